/* Slices, and the one growing byte buffer. */
#ifndef IV_BASE_STR_H
#define IV_BASE_STR_H

#include <string.h>

#include <ivnotes/base.h>

#define IV_LIT(literal) ((struct iv_str){(literal), sizeof(literal) - 1})
#define IV_STR_ARG(s) (int)(s).len, (s).ptr /* for "%.*s" */

struct iv_str iv_str_of(const char *text); /* absent for NULL */
static inline bool iv_str_eq(struct iv_str a, struct iv_str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}
bool iv_str_is(struct iv_str a, const char *text);
bool iv_str_eq_nocase(struct iv_str a, struct iv_str b); /* ASCII case */
bool iv_str_is_nocase(struct iv_str a, const char *text);
bool iv_str_is_ascii(struct iv_str a);
bool iv_str_starts(struct iv_str a, const char *prefix);
bool iv_str_ends(struct iv_str a, const char *suffix);
int iv_str_cmp(struct iv_str a, struct iv_str b); /* by bytes */
static inline struct iv_str iv_str_slice(struct iv_str a, size_t from, size_t to)
{
	if (to > a.len)
		to = a.len;
	if (from > to)
		from = to;
	return (struct iv_str){from ? a.ptr + from : a.ptr, to - from}; /* an absent one stays so */
}
struct iv_str iv_str_trim(struct iv_str a);        /* ASCII white space at both ends */
struct iv_str iv_str_without_bom(struct iv_str a); /* as some editors begin a file */
/* The first word (up to ASCII white space) and, in *rest, what follows it, trimmed on the left. */
struct iv_str iv_str_word(struct iv_str a, struct iv_str *rest);
/* The next line without its end (\n, \r\n or \r); advances *rest. False when none is left. */
bool iv_str_line(struct iv_str *line, struct iv_str *rest);
/* Offset of the byte or text, or SIZE_MAX. */
size_t iv_str_find(struct iv_str a, struct iv_str needle);
size_t iv_str_find_char(struct iv_str a, char c);

/* ASCII only, whatever the locale. */
static inline bool iv_is_space(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}
bool iv_is_digit(int c);
bool iv_is_alpha(int c);
static inline int iv_to_lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/*
 * Reads a whole non-negative number (digits only, the whole slice) up to INT_MAX; false
 * otherwise.
 */
bool iv_str_int(int *out, struct iv_str a);

/* Bytes that grow; `ptr` is always NUL-terminated once anything was added. */
struct iv_buf {
	char *ptr;
	size_t len, capacity;
};
/* clang-format takes the braces for a block. */
/* clang-format off */
#define IV_BUF_INIT {NULL, 0, 0}
/* clang-format on */

void iv_buf_release(struct iv_buf *buf);
void iv_buf_clear(struct iv_buf *buf); /* keeps the memory */
void iv_buf_reserve(struct iv_buf *buf, size_t more);
void iv_buf_add(struct iv_buf *buf, const void *bytes, size_t len);
void iv_buf_str(struct iv_buf *buf, struct iv_str text);
void iv_buf_puts(struct iv_buf *buf, const char *text);
void iv_buf_putc(struct iv_buf *buf, char c);
void iv_buf_printf(struct iv_buf *buf, const char *format, ...) IV_PRINTF(2, 3);
struct iv_str iv_buf_view(const struct iv_buf *buf);
char *iv_buf_detach(struct iv_buf *buf); /* the caller frees; "" when empty */

/* 64-bit FNV-1a, for fingerprints and change detection; not for adversaries. */
uint64_t iv_hash(struct iv_str text);

#endif
