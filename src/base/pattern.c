#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/mem.h"

#define STEPS_MAX 1000000
#define DEPTH_MAX 100000
#define HEAP_MAX_KIB (16u << 10)
/*
 * PCRE2 counts steps anew at each place where a match could begin, so a text is tried in windows
 * of such places, each larger than the one before, with a look at the clock between them.
 */
#define WINDOW_FIRST ((size_t)1024)
#define WINDOW_GROWTH 2
#define MILLISECONDS_MAX 2000
#define UNICODE (PCRE2_UTF | PCRE2_UCP)
#define JIT_STACK_FIRST ((size_t)32 << 10)
#define JIT_STACK_LARGEST ((size_t)512 << 10)

struct iv_pattern {
	pcre2_general_context *memory;
	pcre2_code *code;
};

struct iv_match {
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

static void *allocate(size_t size, void *unused)
{
	(void)unused;
	return iv_malloc(size);
}

static void release(void *ptr, void *unused)
{
	(void)unused;
	free(ptr);
}

/* PCRE2 takes no NULL, not even for no bytes. */
static PCRE2_SPTR bytes_of(struct iv_str text)
{
	return (PCRE2_SPTR)(text.ptr ? text.ptr : "");
}

/*
 * \C is refused: it splits code points. Line ends are all that notes may have, so that `$` finds
 * the end of a line that closes with CR LF.
 */
static pcre2_code *compile(pcre2_general_context *memory, struct iv_str pattern, uint32_t options,
			   int *number, size_t *offset)
{
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *code;

	options |= PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
	pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
	code = pcre2_compile(bytes_of(pattern), pattern.len, options, number, offset, context);
	pcre2_compile_context_free(context);
	return code;
}

static int open_pattern(struct iv_pattern **out, struct iv_str pattern, uint32_t options,
			struct iv_error *error)
{
	struct iv_pattern *self = iv_malloc(sizeof(*self));
	PCRE2_UCHAR words[256];
	size_t offset = 0;
	int number = 0;

	*out = NULL;
	self->memory = pcre2_general_context_create(allocate, release, NULL);
	self->code = compile(self->memory, pattern, options, &number, &offset);
	if (!self->code) {
		iv_pattern_free(self);
		if (pcre2_get_error_message(number, words, sizeof(words)) < 0)
			words[0] = '\0';
		return iv_error_set(error, IV_EINPUT, "pattern '%.*s': %s at offset %zu",
				    (int)(pattern.len < 200 ? pattern.len : 200), bytes_of(pattern),
				    words, offset);
	}
	*out = self;
	return 0;
}

/* Without JIT the interpreter does it, within the same limits. */
static int make_pattern(struct iv_pattern **out, struct iv_str pattern, uint32_t options,
			bool ignore_case, struct iv_error *error)
{
	int rc = open_pattern(out, pattern, options | (ignore_case ? PCRE2_CASELESS : 0), error);

	if (!rc)
		pcre2_jit_compile((*out)->code, PCRE2_JIT_COMPLETE);
	return rc;
}

int iv_pattern_new(struct iv_pattern **out, struct iv_str pattern, bool ignore_case,
		   struct iv_error *error)
{
	return make_pattern(out, pattern, UNICODE, ignore_case, error);
}

int iv_pattern_new_ascii(struct iv_pattern **out, struct iv_str pattern, bool ignore_case,
			 struct iv_error *error)
{
	*out = NULL;
	/* The bytes of a letter beyond ASCII would be letters of their own: `é?` needs one. */
	if (!iv_str_is_ascii(pattern))
		return iv_error_set(error, IV_EINPUT, "the pattern is not ASCII");
	return make_pattern(out, pattern, 0, ignore_case, error);
}

int iv_pattern_check(struct iv_str pattern, struct iv_error *error)
{
	struct iv_pattern *self;
	int rc = open_pattern(&self, pattern, UNICODE | PCRE2_CASELESS, error);

	iv_pattern_free(self);
	return rc;
}

void iv_pattern_free(struct iv_pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	pcre2_general_context_free(pattern->memory);
	free(pattern);
}

struct iv_match *iv_match_new(const struct iv_pattern *pattern)
{
	struct iv_match *match = iv_malloc(sizeof(*match));

	match->data = pcre2_match_data_create_from_pattern(pattern->code, pattern->memory);
	match->context = pcre2_match_context_create(pattern->memory);
	pcre2_set_match_limit(match->context, STEPS_MAX);
	pcre2_set_depth_limit(match->context, DEPTH_MAX);
	pcre2_set_heap_limit(match->context, HEAP_MAX_KIB);
	/* NULL here leaves PCRE2 its own small stack. */
	match->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_LARGEST, pattern->memory);
	pcre2_jit_stack_assign(match->context, NULL, match->stack);
	return match;
}

void iv_match_free(struct iv_match *match)
{
	if (!match)
		return;
	pcre2_jit_stack_free(match->stack);
	pcre2_match_context_free(match->context);
	pcre2_match_data_free(match->data);
	free(match);
}

static bool is_bad_text(int rc)
{
	return rc == PCRE2_ERROR_BADUTFOFFSET ||
	       (rc <= PCRE2_ERROR_UTF8_ERR1 && rc >= PCRE2_ERROR_UTF8_ERR21);
}

static int64_t milliseconds(void)
{
	struct timespec now = {0, 0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The first place after byte `at` where a character begins. */
static size_t next_place(struct iv_str text, size_t at)
{
	do
		at++;
	while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
	return at;
}

/* PCRE2's answer for a match that begins from byte `from` on, window by window. */
static int match_windows(const struct iv_pattern *pattern, struct iv_match *match,
			 struct iv_str text, size_t from, uint32_t options)
{
	size_t window = WINDOW_FIRST;
	int64_t began = -1, now;
	int rc;

	for (;;) {
		bool last = text.len - from <= window;

		pcre2_set_offset_limit(match->context, last ? PCRE2_UNSET : from + window);
		rc = pcre2_match(pattern->code, bytes_of(text), text.len, from, options,
				 match->data, match->context);
		if (rc != PCRE2_ERROR_NOMATCH || last)
			return rc;
		now = milliseconds();
		if (began < 0)
			began = now;
		if (now - began > MILLISECONDS_MAX)
			return PCRE2_ERROR_MATCHLIMIT;
		from = next_place(text, from + window);
		window *= WINDOW_GROWTH;
	}
}

int iv_pattern_find(const struct iv_pattern *pattern, struct iv_match *match, struct iv_str text,
		    size_t from, bool checked, size_t *start, size_t *end)
{
	const size_t *found;
	int rc;

	if (from > text.len)
		return 0;
	rc = match_windows(pattern, match, text, from, checked ? PCRE2_NO_UTF_CHECK : 0);
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	if (rc < 0)
		return is_bad_text(rc) ? IV_EINPUT : IV_ELIMIT;
	found = pcre2_get_ovector_pointer(match->data);
	/* \K in a group that a lookahead calls can put the start behind the end. */
	*start = found[0] < found[1] ? found[0] : found[1];
	*end = found[1];
	return 1;
}
