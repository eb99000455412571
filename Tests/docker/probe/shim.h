// Swift cannot call variadic functions.
#include <curl/curl.h>
#include <libpq-fe.h>

static inline void probe_set_text(CURL *handle, CURLoption option, const char *value) {
    curl_easy_setopt(handle, option, value);
}
static inline void probe_set_number(CURL *handle, CURLoption option, long value) {
    curl_easy_setopt(handle, option, value);
}
