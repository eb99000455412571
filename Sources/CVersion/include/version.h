#pragma once
/// The release, from the build; "0.1.0-dev" when the build was not told.
extern const char *const apus_version;
/// The source commit, from the build.
extern const char *const apus_commit;
