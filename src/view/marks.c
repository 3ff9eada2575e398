#include "view/marks.h"

#include "base/error.h"

/* A mark's line: its number, where it starts, and where the next line does. */
struct mark {
	uint32_t line;
	size_t start, after;
};

/* Finds the only line that is `word`; line 0 when there is none. */
static int find_mark(struct mark *out, struct iv_str text, const char *word, struct iv_error *error)
{
	struct iv_str rest = text, line;
	*out = (struct mark){0};
	for (uint32_t number = 1; iv_str_line(&line, &rest); number++) {
		if (!iv_str_is(iv_str_trim(iv_str_without_bom(line)), word))
			continue;
		if (out->line) {
			iv_error_set(error, IV_EINPUT, "a second '%s', the first is on line %u",
				     word, (unsigned)out->line);
			return iv_error_at(error, NULL, (struct iv_pos){number, 1});
		}
		*out = (struct mark){number, (size_t)(line.ptr - text.ptr), text.len - rest.len};
	}
	return 0;
}

static int find_marks(struct mark *begin, struct mark *end, struct iv_str text,
		      struct iv_error *error)
{
	int rc = find_mark(begin, text, IV_MARK_BEGIN, error);
	if (!rc)
		rc = find_mark(end, text, IV_MARK_END, error);
	if (rc)
		return rc;
	if (!begin->line && !end->line)
		return iv_error_set(error, IV_EINPUT,
				    "no place for the report: add a line '" IV_MARK_BEGIN
				    "' and below it a line '" IV_MARK_END
				    "', what stands between them is replaced");
	if (begin->line && end->line > begin->line)
		return 0;
	struct iv_pos pos = {begin->line ? begin->line : end->line, 1};
	if (begin->line)
		iv_error_set(error, IV_EINPUT,
			     "'" IV_MARK_BEGIN "', but no line '" IV_MARK_END "' below it");
	else
		iv_error_set(error, IV_EINPUT,
			     "'" IV_MARK_END "', but no line '" IV_MARK_BEGIN "' above it");
	return iv_error_at(error, NULL, pos);
}

/* The line end in text just before `after`. */
static const char *line_end(struct iv_str text, size_t after)
{
	struct iv_str line = iv_str_slice(text, 0, after);
	if (iv_str_ends(line, "\r\n"))
		return "\r\n";
	return iv_str_ends(line, "\r") ? "\r" : "\n";
}

static void add_lines(struct iv_buf *out, struct iv_str text, const char *end)
{
	struct iv_str line;
	while (iv_str_line(&line, &text)) {
		iv_buf_str(out, line);
		iv_buf_puts(out, end);
	}
}

int iv_marks_place(struct iv_buf *out, struct iv_str old, struct iv_str text,
		   struct iv_error *error)
{
	struct mark begin, end;
	if (!old.len) {
		iv_buf_puts(out, IV_MARK_BEGIN "\n");
		iv_buf_str(out, text);
		iv_buf_puts(out, IV_MARK_END "\n");
		return 0;
	}
	int rc = find_marks(&begin, &end, old, error);
	if (rc)
		return rc;
	iv_buf_str(out, iv_str_slice(old, 0, begin.after));
	add_lines(out, text, line_end(old, begin.after));
	iv_buf_str(out, iv_str_slice(old, end.start, old.len));
	return 0;
}
