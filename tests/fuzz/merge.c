/*
 * Any three texts, one behind the other: merging ends, one side alone is taken byte for byte, and
 * what either side added to a field is in what comes out. The first two bytes say where the texts
 * part, the next two where a second trial puts the other two into the first.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <git2.h>

#include <ivnotes/merge.h>
#include <ivnotes/vcs.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct iv_merge_how how = {.lines = iv_lines_merge};

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static struct iv_merged merge(struct iv_str base, struct iv_str ours, struct iv_str theirs)
{
	struct iv_merged out;

	iv_merge(&out, IV_LIT("contacts/ann.md"), base, ours, theirs, &how);
	return out;
}

static void check_alone(struct iv_str base, struct iv_str side)
{
	struct iv_merged ours = merge(base, side, base), theirs = merge(base, base, side);

	insist(!ours.conflicts && iv_str_eq((struct iv_str){ours.bytes, ours.len}, side));
	insist(!theirs.conflicts && iv_str_eq((struct iv_str){theirs.bytes, theirs.len}, side));
	free(ours.bytes);
	free(theirs.bytes);
}

/* ---- nothing is lost ---- */

static bool is_there(struct iv_str merged, struct iv_str text)
{
	return iv_str_find(merged, text) != SIZE_MAX;
}

/* A text that stands nowhere in the base, and in the side as it is read: without folded lines, say. */
static void check_value(const struct iv_value *value, struct iv_str base, struct iv_str side,
			struct iv_str merged)
{
	if (value->kind == IV_VALUE_SCALAR && value->text.len && is_there(side, value->text) &&
	    !is_there(base, value->text))
		insist(is_there(merged, value->text));
	for (size_t i = 0; value->kind != IV_VALUE_SCALAR && i < value->count; i++)
		check_value(&value->items[i], base, side, merged);
}

static void check_side(struct iv_str base, struct iv_str side, struct iv_str merged)
{
	struct iv_note *note = iv_note_parse(IV_LIT("contacts/ann.md"), side, NULL);

	for (size_t i = 0; i < note->field_count; i++)
		check_value(&note->fields[i].value, base, side, merged);
	iv_note_free(note);
}

/* ---- texts that have something in common ---- */

/* Another text with a stretch of the first in place of one of its own. */
static void cross(struct iv_buf *out, struct iv_str text, struct iv_str with, uint8_t by)
{
	size_t at = text.len * (by & 15) / 16, to = text.len * (by >> 4) / 16;

	iv_buf_puts(out, "");
	iv_buf_str(out, iv_str_slice(text, 0, at));
	iv_buf_str(out, with);
	iv_buf_str(out, iv_str_slice(text, to > at ? to : at, text.len));
}

static void check(struct iv_str base, struct iv_str ours, struct iv_str theirs)
{
	struct iv_merged merged = merge(base, ours, theirs), mirrored = merge(base, theirs, ours);
	struct iv_str bytes = {merged.bytes, merged.len};

	insist(merged.bytes[merged.len] == '\0' && mirrored.bytes[mirrored.len] == '\0');
	check_side(base, ours, bytes);
	check_side(base, theirs, bytes);
	check_alone(base, ours);
	check_alone(base, theirs);
	free(merged.bytes);
	free(mirrored.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct iv_str rest = {(const char *)data, size}, base, one, two;
	struct iv_buf ours = IV_BUF_INIT, theirs = IV_BUF_INIT;
	static bool started;
	size_t first, second;

	if (size < 4)
		return 0;
	/* It is slow to start, and each merge would start it. */
	if (!started)
		git_libgit2_init();
	started = true;
	rest = iv_str_slice(rest, 4, size);
	first = rest.len * data[0] / 256;
	second = first + (rest.len - first) * data[1] / 256;
	base = iv_str_slice(rest, 0, first);
	one = iv_str_slice(rest, first, second);
	two = iv_str_slice(rest, second, rest.len);
	cross(&ours, base, one, data[2]);
	cross(&theirs, base, two, data[3]);
	check(base, iv_buf_view(&ours), iv_buf_view(&theirs));
	check(base, one, two);
	iv_buf_release(&ours);
	iv_buf_release(&theirs);
	return 0;
}
