/* The words of a commit that nobody worded. */
#include "vcs/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* So many acts of a note are told in its line. */
#define ACTS_MAX 12

struct message {
	struct vcs_told *told;
	size_t *lines; /* of each: the index of that whose line tells of it, mostly its own */
	size_t count;
	iv_day today;
};

/* ---- which line tells of a note ---- */

static const struct iv_note *note_of(const struct vcs_fact *fact)
{
	return fact->after ? fact->after : fact->before;
}

/* Of a meeting that is new: the one person whom its acts are about; absent for none or several. */
static struct iv_str only_person(const struct vcs_told *told)
{
	struct iv_str who = {NULL, 0};

	if (told->fact->kind != IV_CHANGE_ADDED || !told->fact->after ||
	    !told->fact->after->meeting)
		return who;
	for (size_t i = 0; i < told->acts.count; i++) {
		const struct iv_act *act = &told->acts.items[i];

		if (!act->who.len || act->implied)
			continue;
		if (who.len && !iv_str_eq(who, act->who))
			return (struct iv_str){NULL, 0};
		who = act->who;
	}
	return who;
}

/* A new meeting is told in the person's line, where that note is in the commit too. */
static size_t line_of(const struct message *message, size_t index)
{
	struct iv_str who = only_person(&message->told[index]);

	for (size_t i = 0; who.len && i < message->count; i++) {
		const struct iv_note *note = message->told[i].fact->after;

		if (note && note->type == IV_TYPE_CONTACT && iv_str_eq(note->key, who))
			return i;
	}
	return index;
}

/* ---- a line ---- */

static bool same_id(const struct vcs_fact *a, const struct vcs_fact *b)
{
	return note_of(a) && note_of(b) && iv_str_eq(note_of(a)->key, note_of(b)->key);
}

/*
 * The id, or the path where two notes have the same one. What would begin a comment or, to git's
 * reader of trailers, a patch, is written as a path too.
 */
static void put_label(struct iv_buf *out, const struct message *message,
		      const struct vcs_told *told)
{
	const struct iv_note *note = note_of(told->fact);
	struct iv_str label = note ? note->id : iv_str_of(told->fact->path);
	size_t alike = 0;

	for (size_t i = 0; i < message->count; i++)
		alike += same_id(message->told[i].fact, told->fact);
	if (alike > 1)
		label = iv_str_of(told->fact->path);
	if (label.len && strchr("-#; ", label.ptr[0]))
		iv_buf_puts(out, "./");
	iv_buf_str(out, label);
	iv_buf_puts(out, ": ");
}

/* What the acts of one note say, behind `said` others. */
static size_t put_acts(struct iv_buf *out, const struct message *message,
		       const struct vcs_told *told, struct iv_str line, size_t said)
{
	for (size_t i = 0; i < told->acts.count; i++) {
		const struct iv_act *act = &told->acts.items[i];
		char *text;

		/* A meeting that was arranged or held is a new one. */
		if (act->implied || (act->verb == IV_ACT_ADDED && i && told->fact->after->meeting))
			continue;
		if (said++ >= ACTS_MAX)
			continue;
		text = iv_act_text(act, message->today, act->who.len && !iv_str_eq(act->who, line));
		iv_buf_puts(out, said > 1 ? ", " : "");
		iv_buf_puts(out, text);
		free(text);
	}
	return said;
}

/* Of a file that is no note, or says what it said. */
static const char *bare_words(const struct vcs_fact *fact)
{
	switch (fact->kind) {
	case IV_CHANGE_ADDED: return "new";
	case IV_CHANGE_REMOVED: return "removed";
	case IV_CHANGE_MODIFIED: break;
	}
	return fact->before && fact->after ? "written otherwise, says the same" : "changed";
}

static void put_line(struct iv_buf *out, const struct message *message, size_t index)
{
	const struct vcs_told *told = &message->told[index];
	const struct iv_note *note = note_of(told->fact);
	struct iv_str key = note ? note->key : (struct iv_str){NULL, 0};
	struct iv_buf line = IV_BUF_INIT;
	size_t said = 0;

	put_label(&line, message, told);
	said = put_acts(&line, message, told, key, said);
	for (size_t i = 0; i < message->count; i++)
		if (i != index && message->lines[i] == index)
			said = put_acts(&line, message, &message->told[i], key, said);
	if (!said)
		iv_buf_puts(&line, bare_words(told->fact));
	if (said > ACTS_MAX)
		iv_buf_printf(&line, ", and %zu more", said - ACTS_MAX);
	iv_buf_visible(out, iv_buf_view(&line), true);
	iv_buf_putc(out, '\n');
	iv_buf_release(&line);
}

static void write_body(struct iv_buf *out, const struct message *message)
{
	size_t lines = 0;

	for (size_t i = 0; i < message->count; i++) {
		if (message->lines[i] != i)
			continue;
		if (lines++ < VCS_LINES_MAX)
			put_line(out, message, i);
	}
	if (lines > VCS_LINES_MAX)
		iv_buf_printf(out, "and %zu more\n", lines - VCS_LINES_MAX);
}

/* ---- the whole ---- */

void vcs_message(struct iv_buf *out, const struct vcs_fact *facts, size_t count,
		 const struct iv_acts_how *how)
{
	struct message message = {.count = count, .today = how->today};

	message.told = iv_calloc(count + 1, sizeof(*message.told));
	message.lines = iv_calloc(count + 1, sizeof(*message.lines));
	for (size_t i = 0; i < count; i++) {
		message.told[i].fact = &facts[i];
		iv_acts_find(&message.told[i].acts, facts[i].before, facts[i].after, how);
	}
	for (size_t i = 0; i < count; i++)
		message.lines[i] = line_of(&message, i);
	vcs_write_subject(out, message.told, count);
	if (count) {
		iv_buf_putc(out, '\n');
		write_body(out, &message);
		vcs_write_trailers(out, message.told, count);
	}
	for (size_t i = 0; i < count; i++)
		iv_acts_release(&message.told[i].acts);
	free(message.told);
	free(message.lines);
}
