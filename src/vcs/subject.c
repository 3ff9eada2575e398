/* The subject of a commit: whom it is about, and what was done. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "vcs/message.h"

/* So that any one saying fits a subject with '; and 99999 more' behind it. */
#define NAME_MAX_CHARS 36
#define RENAME_MAX_CHARS 22

/* What can be said of a note, the most telling first. */
enum kind {
	MET,
	SAID_YES,
	SAID_NO,
	SAID_LATER,
	BOUNCED,
	CALLED_OFF,
	MOVED,
	NO_SHOW,
	MISSED,
	ASKED,
	THANKED,
	REPORTED,
	TOUCHED,
	FEELER,
	ARRANGED,
	ADD,
	TASKS, /* counted, not named */
	RENAME,
	REMOVE,
	UPDATE,
	KIND_COUNT,
};

/* Words before or after the name. */
static const struct {
	const char *before, *after;
} forms[KIND_COUNT] = {
	[MET] = {"Met ", ""},
	[SAID_YES] = {"", " said yes"},
	[SAID_NO] = {"", " said no"},
	[SAID_LATER] = {"", " said later"},
	[BOUNCED] = {"Message bounced: ", ""},
	[CALLED_OFF] = {"Meeting cancelled: ", ""},
	[MOVED] = {"Meeting moved: ", ""},
	[NO_SHOW] = {"", " did not come"},
	[MISSED] = {"Missed ", ""},
	[ASKED] = {"Asked ", ""},
	[THANKED] = {"Thanked ", ""},
	[REPORTED] = {"Reported to ", ""},
	[TOUCHED] = {"Kept in touch with ", ""},
	[FEELER] = {"Sent a feeler to ", ""},
	[ARRANGED] = {"Arranged to meet ", ""},
	[ADD] = {"Add ", ""},
	[TASKS] = {"", ""},
	[RENAME] = {"Rename ", ""},
	[REMOVE] = {"Remove ", ""},
	[UPDATE] = {"Update ", ""},
};

struct saying {
	enum kind kind;
	size_t fact;
	struct iv_str name;
};

struct speaker {
	struct iv_arena *arena;
	struct saying *sayings;
	size_t count, capacity;
	size_t fact; /* that is spoken of */
	size_t tasks;
};

/* ---- names ---- */

/* On one line, without control characters, and not too long. */
static struct iv_str shorten(struct speaker *speaker, struct iv_str text, size_t max)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out;
	size_t chars = 0;

	text = iv_str_trim(text);
	for (size_t i = 0; i < text.len && chars < max; chars++) {
		size_t len = iv_utf8_next(iv_str_slice(text, i, text.len));
		unsigned char c = (unsigned char)text.ptr[i];

		if (c < 0x20 || c == 0x7f)
			iv_buf_putc(&buf, ' ');
		else
			iv_buf_add(&buf, text.ptr + i, len);
		i += len;
		if (chars + 2 == max && i < text.len) {
			iv_buf_puts(&buf, "…");
			break;
		}
	}
	out = iv_arena_str(speaker->arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return out;
}

static struct iv_str plain(struct speaker *speaker, struct iv_str text)
{
	return shorten(speaker, text, NAME_MAX_CHARS);
}

static struct iv_str file_name(struct speaker *speaker, const char *path)
{
	struct iv_str name = iv_str_of(path);
	size_t slash = name.len;

	if (iv_str_starts(name, ".ivnotes/"))
		return plain(speaker, name);
	while (slash && path[slash - 1] != '/')
		slash--;
	name = iv_str_slice(name, slash, name.len);
	return plain(speaker,
		     iv_str_ends(name, ".md") ? iv_str_slice(name, 0, name.len - 3) : name);
}

/* ---- sayings ---- */

static void say(struct speaker *speaker, enum kind kind, struct iv_str name)
{
	for (size_t i = speaker->count; i-- > 0 && speaker->sayings[i].fact == speaker->fact;)
		if (speaker->sayings[i].kind == kind && iv_str_eq(speaker->sayings[i].name, name))
			return;
	IV_GROW(speaker->sayings, speaker->count, speaker->capacity);
	speaker->sayings[speaker->count++] = (struct saying){kind, speaker->fact, name};
}

static enum kind kind_of_answer(enum iv_outcome outcome)
{
	switch (outcome) {
	case IV_OUTCOME_YES: return SAID_YES;
	case IV_OUTCOME_NO: return SAID_NO;
	case IV_OUTCOME_LATER: return SAID_LATER;
	case IV_OUTCOME_BOUNCED: return BOUNCED;
	case IV_OUTCOME_NONE: break;
	}
	return KIND_COUNT;
}

/* KIND_COUNT for what makes no subject. */
static enum kind kind_of(const struct iv_act *act)
{
	static const struct {
		enum iv_verb verb;
		enum kind kind;
	} kinds[] = {{IV_ACT_MET, MET},           {IV_ACT_CALLED_OFF, CALLED_OFF},
		     {IV_ACT_MOVED, MOVED},       {IV_ACT_NO_SHOW, NO_SHOW},
		     {IV_ACT_MISSED, MISSED},     {IV_ACT_ASKED, ASKED},
		     {IV_ACT_THANKED, THANKED},   {IV_ACT_REPORTED, REPORTED},
		     {IV_ACT_TOUCHED, TOUCHED},   {IV_ACT_FEELER, FEELER},
		     {IV_ACT_ARRANGED, ARRANGED}, {IV_ACT_TASK_DONE, TASKS}};

	if (act->implied)
		return KIND_COUNT;
	if (act->verb == IV_ACT_ANSWERED)
		return kind_of_answer(act->outcome);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].verb == act->verb)
			return kinds[i].kind;
	return KIND_COUNT;
}

static void say_rename(struct speaker *speaker, const struct vcs_fact *fact)
{
	struct iv_str from = file_name(speaker, fact->from), to = file_name(speaker, fact->path);

	if (iv_str_eq(from, to)) { /* it moved to another folder */
		from = iv_str_of(fact->from);
		to = iv_str_of(fact->path);
	}
	from = shorten(speaker, from, RENAME_MAX_CHARS);
	to = shorten(speaker, to, RENAME_MAX_CHARS);
	say(speaker, RENAME,
	    iv_arena_printf(speaker->arena, "%.*s to %.*s", IV_STR_ARG(from), IV_STR_ARG(to)));
}

/* "Met dinner" says nothing where the note names no person; "Meeting moved: dinner" does. */
static bool wants_person(enum kind kind)
{
	return kind == MET || kind == NO_SHOW || kind == THANKED || kind == ARRANGED;
}

static void say_acts(struct speaker *speaker, const struct iv_acts *acts)
{
	for (size_t i = 0; i < acts->count; i++) {
		const struct iv_act *act = &acts->items[i];
		enum kind kind = kind_of(act);

		speaker->tasks += kind == TASKS;
		if (kind != KIND_COUNT && (act->who.len || !wants_person(kind)))
			say(speaker, kind, kind == TASKS ? IV_LIT("") : plain(speaker, act->name));
	}
}

static void speak_of(struct speaker *speaker, const struct vcs_told *told)
{
	const struct vcs_fact *fact = told->fact;
	const struct iv_note *known = fact->after ? fact->after : fact->before;
	struct iv_str name = known ? plain(speaker, known->name) : file_name(speaker, fact->path);
	size_t said = speaker->count;

	if (fact->from)
		say_rename(speaker, fact);
	if (fact->kind == IV_CHANGE_REMOVED)
		say(speaker, REMOVE, name);
	say_acts(speaker, &told->acts);
	if (speaker->count == said)
		say(speaker, fact->kind == IV_CHANGE_ADDED ? ADD : UPDATE, name);
}

/* ---- the line ---- */

static int by_kind(const void *a, const void *b)
{
	const struct saying *x = a, *y = b;

	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	if (x->kind == TASKS)
		return x->fact < y->fact ? -1 : x->fact > y->fact;
	return x->fact != y->fact ? (x->fact < y->fact ? -1 : 1) : iv_str_cmp(x->name, y->name);
}

/* Appends one saying behind those of the same sentence; `capital` where it begins one. */
static void append(struct iv_buf *out, const struct saying *saying, const struct saying *last,
		   bool capital)
{
	const char *before = forms[saying->kind].before;

	if (last && last->kind == saying->kind && *before) {
		iv_buf_puts(out, ", ");
	} else {
		iv_buf_puts(out, last ? "; " : "");
		if (*before)
			iv_buf_putc(out, (char)(capital ? *before : iv_to_lower(*before)));
		iv_buf_puts(out, *before ? before + 1 : "");
	}
	iv_buf_str(out, saying->name);
	iv_buf_puts(out, forms[saying->kind].after);
}

static size_t chars(const struct iv_buf *buf, size_t from)
{
	struct iv_str view = iv_str_slice(iv_buf_view(buf), from, buf->len);

	return iv_utf8_count(view, view.len);
}

/* In the subject all tasks are one saying, and the same is said once. */
static size_t condense(struct speaker *speaker)
{
	size_t kept = 0;

	for (size_t i = 0; i < speaker->count; i++) {
		struct saying saying = speaker->sayings[i];
		const struct saying *last = kept ? &speaker->sayings[kept - 1] : NULL;

		if (last && last->kind == saying.kind &&
		    (saying.kind == TASKS || iv_str_eq(last->name, saying.name)))
			continue;
		if (saying.kind == TASKS)
			saying.name =
				iv_arena_printf(speaker->arena, "%zu follow-up%s done",
						speaker->tasks, speaker->tasks == 1 ? "" : "s");
		speaker->sayings[kept++] = saying;
	}
	return kept;
}

/* As many sayings as leave room for 'and 12 more'; the first one always. */
static void write_line(struct iv_buf *out, struct speaker *speaker)
{
	const size_t start = out->len, count = condense(speaker);
	const size_t reserve = sizeof("; and 99999 more") - 1;

	for (size_t i = 0; i < count; i++) {
		size_t before = out->len, room = i + 1 < count ? reserve : 0;

		append(out, &speaker->sayings[i], i ? &speaker->sayings[i - 1] : NULL, !i);
		if (!i || chars(out, start) + room < VCS_SUBJECT_MAX)
			continue;
		out->len = before;
		out->ptr[before] = '\0';
		iv_buf_printf(out, "; and %zu more", count - i);
		break;
	}
	iv_buf_putc(out, '\n');
}

void vcs_write_subject(struct iv_buf *out, const struct vcs_told *told, size_t count)
{
	struct speaker speaker = {.arena = iv_arena_new()};

	for (size_t i = 0; i < count; i++) {
		speaker.fact = i;
		speak_of(&speaker, &told[i]);
	}
	if (speaker.count) {
		qsort(speaker.sayings, speaker.count, sizeof(*speaker.sayings), by_kind);
		write_line(out, &speaker);
	}
	free(speaker.sayings);
	iv_arena_free(speaker.arena);
}
