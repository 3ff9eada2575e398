/* Filling struct iv_error. Every call takes error == NULL as 'nobody wants to know'. */
#ifndef IV_BASE_ERROR_H
#define IV_BASE_ERROR_H

#include <ivnotes/base.h>

/* Sets code and message, and returns the code: `return iv_error_set(error, IV_EIO, "…")`. */
int iv_error_set(struct iv_error *error, int code, const char *format, ...) IV_PRINTF(3, 4);
/* The same from errno: "message: strerror". */
int iv_error_errno(struct iv_error *error, int number, const char *format, ...) IV_PRINTF(3, 4);
/* Says where; keeps what is already known. Returns the code. */
int iv_error_at(struct iv_error *error, const char *path, struct iv_pos pos);
/* Puts "context: " before the message. Returns the code. */
int iv_error_context(struct iv_error *error, const char *format, ...) IV_PRINTF(2, 3);

#endif
