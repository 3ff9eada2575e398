#include "note/encoding.h"

#include <string.h>

#include "base/utf8.h"

static struct iv_pos place_of(struct iv_str bytes, size_t at)
{
	struct iv_pos pos = {1, 1};
	struct iv_str line, rest = bytes;

	while (iv_str_line(&line, &rest) && at > (size_t)(line.ptr - bytes.ptr) + line.len &&
	       rest.len)
		pos.line++;
	pos.column = (uint32_t)(at - (size_t)(line.ptr - bytes.ptr)) + 1;
	return pos;
}

static bool is_utf16(struct iv_str bytes)
{
	return iv_str_starts(bytes, "\xff\xfe") || iv_str_starts(bytes, "\xfe\xff");
}

static struct iv_str repaired(struct iv_arena *arena, struct iv_str bytes, size_t bad)
{
	struct iv_str copy = iv_arena_str(arena, bytes);
	char *out = (char *)copy.ptr;
	size_t at = bad, i;

	for (i = bad; i < copy.len; i++)
		if (!out[i])
			out[i] = '?';
	while ((i = iv_utf8_invalid(iv_str_slice(copy, at, copy.len))) != SIZE_MAX) {
		at += i;
		out[at] = '?';
	}
	return copy;
}

bool iv_encoding_read(struct iv_reader *reader, struct iv_str bytes)
{
	struct iv_pos start = {1, 1};
	size_t bad;

	if (bytes.len > IV_NOTE_SIZE_MAX) {
		iv_problem(reader, "encoding", start,
			   "%zu bytes are too many for a note; expected at most %zu", bytes.len,
			   IV_NOTE_SIZE_MAX);
		return false;
	}
	if (is_utf16(bytes)) {
		iv_problem(reader, "encoding", start,
			   "this is UTF-16; expected UTF-8 (save it as such)");
		return false;
	}
	bytes = iv_str_without_bom(bytes);
	bad = iv_utf8_no_text(bytes);
	if (bad != SIZE_MAX) {
		iv_problem(reader, "encoding", place_of(bytes, bad),
			   bytes.ptr[bad] ? "byte 0x%02x is not UTF-8; expected UTF-8 (save it as "
					    "such)"
					  : "expected text, found a NUL byte (0x%02x)",
			   (unsigned char)bytes.ptr[bad]);
		bytes = repaired(reader->arena, bytes, bad);
	}
	reader->bytes = bytes;
	return true;
}
