#include "version.h"
const char *const apus_version = APUS_VERSION;
const char *const apus_commit = APUS_COMMIT;
