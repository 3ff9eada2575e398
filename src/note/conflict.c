#include "note/conflict.h"

#include <string.h>

/* Seven of them, or more: git's attributes may ask for longer ones. */
size_t iv_conflict_marker(struct iv_str line, char c)
{
	size_t size = 0;

	while (size < line.len && line.ptr[size] == c)
		size++;
	return size >= 7 && (size == line.len || line.ptr[size] == ' ') ? size : 0;
}

/* Of a line that opens a conflict, with a word on whose side it is. */
static size_t opening_size(struct iv_str line)
{
	size_t size = iv_conflict_marker(line, '<');

	return line.len > size + 1 ? size : 0;
}

bool iv_conflict_suspected(struct iv_str bytes)
{
	return iv_str_find(bytes, IV_LIT("<<<<<<< ")) != SIZE_MAX;
}

static bool is_in(const struct iv_lines *code, size_t count, uint32_t line)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code[middle].last < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && code[low].first <= line;
}

void iv_conflict_check(struct iv_reader *reader, const struct iv_lines *code, size_t count)
{
	struct iv_str line, rest = reader->bytes;
	uint32_t number = 0, opened = 0;
	size_t size = 0;

	while (iv_str_line(&line, &rest)) {
		number++;
		/* What one side left open may take in the end of the conflict. */
		if (!opened && is_in(code, count, number))
			continue;
		if (!opened && opening_size(line)) {
			opened = number;
			size = opening_size(line);
		} else if (opened && iv_conflict_marker(line, '>') == size) {
			iv_problem(reader, "conflict-marker", (struct iv_pos){opened, 1},
				   "unresolved merge up to line %u; keep one side, or both, and "
				   "remove the marker lines",
				   (unsigned)number);
			opened = 0;
		}
	}
}

struct iv_str iv_conflict_ours(struct iv_reader *reader, struct iv_str header)
{
	struct iv_str line, rest = header;
	struct iv_str ours;
	bool keep = true;
	size_t size = 0; /* of the markers of the conflict that we are in */
	char *out;

	if (!iv_conflict_suspected(header))
		return header;
	ours = iv_arena_str(reader->arena, header);
	while (iv_str_line(&line, &rest)) {
		bool drop = !keep;

		if (opening_size(line)) {
			size = size ? size : opening_size(line);
			drop = true;
		} else if (size && (iv_conflict_marker(line, '=') == size ||
				    iv_conflict_marker(line, '|') == size)) {
			keep = false;
			drop = true;
		} else if (size && iv_conflict_marker(line, '>') == size) {
			size = 0;
			keep = drop = true;
		}
		out = (char *)ours.ptr + (line.ptr - header.ptr);
		if (drop && line.len)
			memset(out, ' ', line.len);
	}
	return ours;
}
