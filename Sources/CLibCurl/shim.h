#ifndef APUS_CLIBCURL_SHIM_H
#define APUS_CLIBCURL_SHIM_H

#include <curl/curl.h>

// Swift does not import variadic functions, and a cast to a fixed signature breaks the calling convention on arm64.
// So each class of argument that we pass gets one function with a fixed signature.

// CURL_GLOBAL_DEFAULT is a macro that Swift does not import.
static inline CURLcode apus_curl_start(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

// Options of type CURLOPTTYPE_LONG: libcurl reads a long, never an int.
static inline CURLcode apus_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Options of type CURLOPTTYPE_STRINGPOINT: libcurl copies the text; NULL takes the option back.
static inline CURLcode apus_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// Options of type CURLOPTTYPE_SLISTPOINT: libcurl reads the list until the transfer has ended.
static inline CURLcode apus_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// Pointers that libcurl keeps and hands back, or writes to, as long as the handle lives.
static inline CURLcode apus_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// The size goes first: COPYPOSTFIELDS copies that many bytes, NUL bytes included.
static inline CURLcode apus_curl_set_body(CURL *easy, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

// The callback types make the compiler check what Swift passes.
static inline CURLcode apus_curl_set_writer(CURL *easy, curl_write_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
}

static inline CURLcode apus_curl_set_socket_opener(CURL *easy, curl_opensocket_callback callback) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

// Answers of type CURLINFO_LONG.
static inline CURLcode apus_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

// Answers of type CURLINFO_OFF_T.
static inline CURLcode apus_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

// Answers of type CURLINFO_STRING: libcurl keeps the text, NULL when there is none.
static inline CURLcode apus_curl_get_text(CURL *easy, CURLINFO info, char **value) {
    return curl_easy_getinfo(easy, info, value);
}

// CURLINFO_PRIVATE is typed as a string, whatever pointer was stored.
static inline void *apus_curl_get_private(CURL *easy) {
    char *value = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
    return value;
}

#endif
