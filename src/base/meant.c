#include "base/meant.h"

#include <limits.h>

#include "base/utf8.h"

#define WORD_MAX 64

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The characters of a word as slices; SIZE_MAX when it has too many. */
static size_t split(struct iv_str out[WORD_MAX], struct iv_str word)
{
	size_t count = 0;

	while (word.len) {
		size_t len = iv_utf8_next(word);

		if (count == WORD_MAX)
			return SIZE_MAX;
		out[count++] = iv_str_slice(word, 0, len);
		word = iv_str_slice(word, len, word.len);
	}
	return count;
}

static bool same(struct iv_str a, struct iv_str b)
{
	return a.len == 1 && b.len == 1 ? iv_to_lower(a.ptr[0]) == iv_to_lower(b.ptr[0])
					: iv_str_eq(a, b);
}

/*
 * The restricted Damerau-Levenshtein distance ('optimal string alignment'): each swap of
 * neighbours counts one. Three rows of the table are kept.
 */
static unsigned distance(const struct iv_str *a, size_t a_count, const struct iv_str *b,
			 size_t b_count)
{
	unsigned rows[3][WORD_MAX + 1];

	for (size_t j = 0; j <= b_count; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_count; i++) {
		unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3];
		const unsigned *two_above = rows[(i + 1) % 3];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_count; j++) {
			unsigned change = !same(a[i - 1], b[j - 1]);

			row[j] = least(above[j - 1] + change, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
				row[j] = least(row[j], two_above[j - 2] + 1);
		}
	}
	return rows[a_count % 3][b_count];
}

unsigned iv_edit_distance(struct iv_str a, struct iv_str b)
{
	struct iv_str left[WORD_MAX], right[WORD_MAX];
	size_t a_count = split(left, a), b_count = split(right, b);

	if (a_count == SIZE_MAX || b_count == SIZE_MAX)
		return UINT_MAX;
	return distance(left, a_count, right, b_count);
}

/* A bit for each letter of a word; 0 where it has others than ASCII's. */
static uint64_t letters(struct iv_str word)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < word.len; i++) {
		if ((unsigned char)word.ptr[i] >= 0x80)
			return 0;
		bits |= UINT64_C(1) << (iv_to_lower(word.ptr[i]) & 63);
	}
	return bits;
}

static bool has_more(uint64_t bits, unsigned than)
{
	for (; bits && than; than--)
		bits &= bits - 1;
	return bits;
}

/* A quick no to most of many names: a slip changes one letter and the length by one at most. */
static bool is_far(struct iv_str a, struct iv_str b, unsigned most)
{
	uint64_t left = letters(a), right = letters(b);

	return left && right &&
	       (a.len > b.len + most || b.len > a.len + most || has_more(left & ~right, most) ||
		has_more(right & ~left, most));
}

static bool has(const struct iv_meant *meant, struct iv_str shown)
{
	for (size_t i = 0; i < meant->count; i++)
		if (iv_str_eq(meant->found[i], shown))
			return true;
	return false;
}

void iv_meant_offer_as(struct iv_meant *meant, struct iv_str word, struct iv_str shown)
{
	size_t typed = iv_utf8_count(meant->word, meant->word.len);
	unsigned slips, most = typed >= 6 ? 2 : 1;

	if (meant->count)
		most = meant->distance;
	/* What differs much in length is far away; a character has at most four bytes. */
	if (word.len > 4 * (typed + most) || meant->word.len > 4 * (word.len + most))
		return;
	if (is_far(meant->word, word, most))
		return;
	slips = iv_edit_distance(meant->word, word);
	/* Every letter replaced is no slip: 'a' is not 'b'. */
	if (slips > most || slips >= typed)
		return;
	if (slips < meant->distance)
		meant->count = 0;
	meant->distance = slips;
	if (meant->count < IV_MEANT_MAX && !has(meant, shown))
		meant->found[meant->count++] = shown;
}

void iv_meant_offer(struct iv_meant *meant, struct iv_str word)
{
	iv_meant_offer_as(meant, word, word);
}

void iv_meant_offer_all(struct iv_meant *meant, const char *const *words)
{
	for (; *words; words++)
		iv_meant_offer(meant, iv_str_of(*words));
}

const char *iv_meant_text(struct iv_arena *arena, const struct iv_meant *meant)
{
	struct iv_buf text = IV_BUF_INIT;
	const char *kept;

	if (!meant->count)
		return NULL;
	iv_buf_puts(&text, "did you mean ");
	for (size_t i = 0; i < meant->count; i++)
		iv_buf_printf(&text, "%s'%.*s'",
			      !i                      ? ""
			      : i + 1 == meant->count ? " or "
						      : ", ",
			      IV_STR_ARG(meant->found[i]));
	iv_buf_putc(&text, '?');
	kept = iv_arena_str(arena, iv_buf_view(&text)).ptr;
	iv_buf_release(&text);
	return kept;
}
