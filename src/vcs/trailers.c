/* What programs read in a commit's message: an act and a person a line. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "vcs/message.h"

/* A key over the length of a file name is no note's, and a line of that length nobody's. */
#define KEY_MAX_BYTES 255

/* The trailer of each verb; those without one are told by Ivnotes-Changed. */
static const struct {
	const char *name;
	bool of_note; /* it names the note, else the person */
} forms[IV_VERB_COUNT] = {
	[IV_ACT_MET] = {"Met", false},
	[IV_ACT_ANSWERED] = {"Answered", false},
	[IV_ACT_CALLED_OFF] = {"Cancelled", false},
	[IV_ACT_MOVED] = {"Moved", false},
	[IV_ACT_NO_SHOW] = {"No-Show", false},
	[IV_ACT_MISSED] = {"Missed", false},
	[IV_ACT_ASKED] = {"Asked", false},
	[IV_ACT_THANKED] = {"Thanked", false},
	[IV_ACT_REPORTED] = {"Reported", false},
	[IV_ACT_TOUCHED] = {"Touched", false},
	[IV_ACT_FEELER] = {"Feeler", false},
	[IV_ACT_REFERRED] = {"Referred", false},
	[IV_ACT_ARRANGED] = {"Arranged", false},
	[IV_ACT_ADDED] = {"Added", true},
	[IV_ACT_TASK_DONE] = {"Done", true},
	[IV_ACT_RENAMED] = {"Renamed", true},
	[IV_ACT_REMOVED] = {"Removed", true},
};

struct trailer {
	int order;
	struct iv_str line;
};

struct trailers {
	struct iv_arena *arena;
	struct trailer *items;
	size_t count, capacity;
};

/* One line without white space at its ends; absent for what no reader could use. */
static struct iv_str readable(struct iv_arena *arena, struct iv_str key)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out = {NULL, 0};

	iv_buf_visible(&buf, iv_str_trim(key), true);
	if (buf.len && buf.len <= KEY_MAX_BYTES)
		out = iv_arena_str(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static void add(struct trailers *trailers, int order, const char *name, struct iv_str key,
		const char *word)
{
	struct iv_str value = readable(trailers->arena, key);

	if (!value.ptr)
		return;
	IV_GROW(trailers->items, trailers->count, trailers->capacity);
	trailers->items[trailers->count++] = (struct trailer){
		order, iv_arena_printf(trailers->arena, "Ivnotes-%s: %.*s%s%s", name,
				       IV_STR_ARG(value), *word ? " " : "", word)};
}

static struct iv_str subject_of(const struct iv_act *act)
{
	if (act->verb == IV_ACT_REFERRED)
		return act->other;
	return forms[act->verb].of_note || !act->who.len ? act->note : act->who;
}

static void add_acts(struct trailers *trailers, const struct vcs_told *told)
{
	const struct iv_acts *acts = &told->acts;
	bool any = false;

	for (size_t i = 0; i < acts->count; i++) {
		const struct iv_act *act = &acts->items[i];

		if (act->implied || !forms[act->verb].name)
			continue;
		add(trailers, (int)act->verb, forms[act->verb].name, subject_of(act),
		    iv_outcome_word(act->outcome));
		any = true;
	}
	if (!any && told->fact->after)
		add(trailers, IV_VERB_COUNT, "Changed", told->fact->after->key, "");
}

static int by_order(const void *a, const void *b)
{
	const struct trailer *x = a, *y = b;

	return x->order != y->order ? x->order - y->order : iv_str_cmp(x->line, y->line);
}

void vcs_write_trailers(struct iv_buf *out, const struct vcs_told *told, size_t count)
{
	struct trailers trailers = {.arena = iv_arena_new()};
	size_t lines = 0;

	for (size_t i = 0; i < count; i++)
		add_acts(&trailers, &told[i]);
	if (trailers.count)
		qsort(trailers.items, trailers.count, sizeof(*trailers.items), by_order);
	for (size_t i = 0; i < trailers.count && lines < VCS_TRAILERS_MAX; i++) {
		struct iv_str line = trailers.items[i].line;

		if (i && iv_str_eq(line, trailers.items[i - 1].line))
			continue;
		iv_buf_puts(out, lines++ ? "" : "\n");
		iv_buf_str(out, line);
		iv_buf_putc(out, '\n');
	}
	free(trailers.items);
	iv_arena_free(trailers.arena);
}
