/* JSON that is sound whatever the notes hold, and safe to show on a terminal. */
#ifndef IV_VIEW_JSONTEXT_H
#define IV_VIEW_JSONTEXT_H

#include <jansson.h>

#include "base/str.h"

/* The text as a JSON string, bytes that are no UTF-8 as U+FFFD; null for NULL or absent. */
json_t *iv_json_str(struct iv_str text);
json_t *iv_json_text(const char *text);
json_t *iv_json_count(size_t count);
/* Null where `absent` stands for none. */
json_t *iv_json_number(int64_t value, int64_t absent);
/* YYYY-MM-DD, or null. */
json_t *iv_json_day(iv_day day);
/* An object without members, but for the schema's version where it is a line of its own. */
json_t *iv_json_object(bool versioned);

/*
 * Adds the value in one line and frees it. What a terminal might obey and JSON would leave as it
 * is (DEL, C1 controls, bidi overrides) is written as \uXXXX.
 */
void iv_json_add(struct iv_buf *buf, json_t *value);

#endif
