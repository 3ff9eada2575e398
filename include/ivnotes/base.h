/* What every stage of libivnotes shares: slices, civil days, errors. */
#ifndef IVNOTES_BASE_H
#define IVNOTES_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define IV_API __attribute__((visibility("default")))
#define IV_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define IV_API
#define IV_PRINTF(text, first)
#endif

/* A slice: bytes that somebody else owns, not NUL-terminated. `ptr` is NULL when absent. */
struct iv_str {
	const char *ptr;
	size_t len;
};

/*
 * A place in a note: line and column count from 1, the column in bytes as Vim and Emacs do.
 * Line 0 says 'no place'.
 */
struct iv_pos {
	uint32_t line, column;
};

/*
 * A civil day, counted from 1970-01-01 in the proleptic Gregorian calendar. Notes hold civil
 * dates as written; they are never shifted by a zone.
 */
typedef int32_t iv_day;
#define IV_NO_DAY INT32_MIN

/* What a call can answer besides 0. Headers say which of them each call returns. */
enum iv_code {
	IV_OK = 0,
	IV_EIO = -1,        /* reading or writing failed; the message names file and cause */
	IV_EINPUT = -2,     /* malformed input; path, line and column say where */
	IV_ENOTFOUND = -3,  /* what was asked for is not there */
	IV_EAMBIGUOUS = -4, /* a reference fits several notes; the message lists them */
	IV_EBUSY = -5,      /* held by another process, or an operation is under way */
	IV_ECHANGED = -6,   /* changed since it was read */
	IV_ELIMIT = -7,     /* over a limit: size, depth, steps, memory */
	IV_EREFUSED = -8    /* could be done, but would be unsafe; the message says why */
};

/*
 * What went wrong, in words for the person at the terminal. The caller owns it, starts with
 * IV_ERROR_INIT and ends with iv_error_release(). Calls that succeed leave it alone.
 */
struct iv_error {
	int code;
	char *message; /* lower-case start, no full stop, the subject in single quotes */
	char *path;    /* the file it is about, or NULL */
	struct iv_pos pos;
};

/* clang-format takes the braces for a block. */
/* clang-format off */
#define IV_ERROR_INIT {0, NULL, NULL, {0, 0}}
/* clang-format on */

IV_API void iv_error_release(struct iv_error *error);

/* Version of the library as "major.minor.patch". */
IV_API const char *iv_version(void);

/*
 * Reads `YYYY-MM-DD`, nothing before or after. False for anything else and for days that do not
 * exist (2026-02-30); *out is then IV_NO_DAY. Years 1 to 9999.
 */
IV_API bool iv_day_parse(iv_day *out, struct iv_str text);

/* Writes `YYYY-MM-DD` and a NUL into out. The day must lie in the years 1 to 9999. */
IV_API void iv_day_format(char out[11], iv_day day);

#ifdef __cplusplus
}
#endif

#endif
