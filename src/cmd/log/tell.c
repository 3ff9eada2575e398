/* Acts of commits in words, and which of them are wanted. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/log/log.h"

bool log_is_deed(const struct iv_act *act)
{
	return act->verb < IV_ACT_ADDED;
}

bool log_is_dated(const struct iv_act *act)
{
	static const bool dated[IV_VERB_COUNT] = {
		[IV_ACT_MET] = true,      [IV_ACT_ANSWERED] = true, [IV_ACT_NO_SHOW] = true,
		[IV_ACT_MISSED] = true,   [IV_ACT_ASKED] = true,    [IV_ACT_THANKED] = true,
		[IV_ACT_REPORTED] = true, [IV_ACT_TOUCHED] = true,  [IV_ACT_FEELER] = true,
	};

	return dated[act->verb] && act->day != IV_NO_DAY;
}

bool log_is_wanted(const struct log *log, iv_day day)
{
	return (log->from == IV_NO_DAY || day >= log->from) &&
	       (log->to == IV_NO_DAY || day <= log->to);
}

static struct iv_told *add(struct log *log, struct iv_told told)
{
	IV_GROW(log->items, log->count, log->capacity);
	log->items[log->count] = told;
	return &log->items[log->count++];
}

/* Its day stands beside the words, or above them. */
static const char *words_of(struct log *log, const struct iv_act *act, struct iv_str name,
			    iv_day day, bool named)
{
	struct iv_act plain = *act;
	const char *kept;
	char *text;

	plain.name = name;
	if (act->verb == IV_ACT_REFERRED)
		plain.now = log_name_of_other(log, act);
	if (log_is_dated(act))
		plain.day = IV_NO_DAY;
	text = iv_act_text(&plain, day, named);
	kept = iv_arena_str(log->arena, iv_str_of(text)).ptr;
	free(text);
	return kept;
}

struct iv_told *log_tell(struct log *log, const struct iv_past_commit *commit,
			 const struct iv_past_note *note, const struct iv_act *act, iv_day day,
			 bool named)
{
	struct iv_told told = {
		.day = day,
		.commit = commit,
		.note = note,
		.act = act,
		.path = note ? note->path : NULL,
		.claimed = IV_NO_DAY,
		.recorded = IV_NO_DAY,
	};

	if (!log_is_wanted(log, day))
		return NULL;
	told.name = log_name(log, act);
	told.text = words_of(log, act, told.name, day, named);
	if (log_is_dated(act) && act->day != day)
		told.claimed = act->day;
	if (log_is_dated(act) && commit && commit->day - act->day > 1)
		told.recorded = commit->day;
	if (named && !log_is_deed(act) && note)
		told.label = note->name;
	return add(log, told);
}

static void tell_unreadable(struct log *log, const struct iv_past_commit *commit,
			    const struct iv_past_note *note)
{
	add(log, (struct iv_told){
			 .day = commit->day,
			 .commit = commit,
			 .note = note,
			 .path = note ? note->path : NULL,
			 .text = note ? "cannot be read" : "its notes cannot be read",
			 .label = note ? note->path : NULL,
			 .claimed = IV_NO_DAY,
			 .recorded = IV_NO_DAY,
		 });
}

/* ---- what other acts of the commit say as well ---- */

static bool has(const struct iv_past_note *note, enum iv_verb verb)
{
	for (size_t i = 0; i < note->act_count; i++)
		if (note->acts[i].verb == verb)
			return true;
	return false;
}

static bool names(struct iv_str text, struct iv_str id)
{
	return id.len && iv_str_find(text, id) != SIZE_MAX;
}

static struct iv_str id_of(const char *path)
{
	struct iv_str name = iv_path_name(iv_str_of(path));

	return iv_str_slice(name, 0, name.len - (iv_str_ends(name, ".md") ? 3 : 0));
}

/* A value of a list, or of a field, that names a note which got another name. */
static bool is_value_of(const struct iv_act *act, struct iv_str old, struct iv_str new)
{
	if (act->verb == IV_ACT_ITEM_GONE)
		return names(act->was, old);
	return names(act->now, new) && (!act->was.len || names(act->was, old));
}

/* A record that is as it was but for that name. */
static bool is_record_of(struct log *log, const struct iv_act *act, struct iv_str old,
			 struct iv_str new)
{
	struct iv_str rest = act->was, text = IV_LIT("");
	size_t at;

	while (old.len && (at = iv_str_find(rest, old)) != SIZE_MAX) {
		text = iv_arena_printf(log->arena, "%.*s%.*s%.*s", IV_STR_ARG(text), (int)at,
				       rest.ptr, IV_STR_ARG(new));
		rest = iv_str_slice(rest, at + old.len, rest.len);
	}
	text = iv_arena_printf(log->arena, "%.*s%.*s", IV_STR_ARG(text), IV_STR_ARG(rest));
	return iv_str_eq(text, act->now);
}

/* Somebody whom the note named before, by the old name. */
static bool is_referral_of(const struct iv_past_note *teller, const struct iv_act *act,
			   struct iv_str old, struct iv_str key)
{
	if (!iv_str_eq(act->other, key))
		return false;
	for (size_t i = 0; i < teller->act_count; i++) {
		const struct iv_act *gone = &teller->acts[i];
		if (gone->verb == IV_ACT_ITEM_GONE && !strcmp(gone->field, "referrals") &&
		    names(gone->was, old))
			return true;
	}
	return false;
}

/* References to a note that got another name. */
static bool follows_rename(struct log *log, const struct iv_past_note *teller,
			   const struct iv_act *act, const struct iv_past_note *renamed)
{
	struct iv_str old = id_of(renamed->from), new = id_of(renamed->path);

	if (act->verb == IV_ACT_REFERRED)
		return is_referral_of(teller, act, old, iv_str_of(renamed->key));
	if (act->verb == IV_ACT_RECORD_CHANGED)
		return is_record_of(log, act, old, new);
	return (act->verb == IV_ACT_ITEM_ADDED || act->verb == IV_ACT_ITEM_GONE ||
		act->verb == IV_ACT_FIELD_CHANGED) &&
	       is_value_of(act, old, new);
}

bool log_is_echo(struct log *log, const struct iv_past_commit *commit,
		 const struct iv_past_note *note, const struct iv_act *act)
{
	if (!log->for_people)
		return false;
	if (act->verb == IV_ACT_ADDED)
		return has(note, IV_ACT_ARRANGED) || has(note, IV_ACT_MET);
	for (size_t i = 0; i < commit->note_count; i++)
		if (commit->notes[i].from && follows_rename(log, note, act, &commit->notes[i]))
			return true;
	return false;
}

/* ---- commits ---- */

static void tell_commit(struct log *log, struct log_trail *trail,
			const struct iv_past_commit *commit)
{
	bool wanted = log_is_wanted(log, commit->day);

	if (wanted && commit->unreadable && !commit->note_count)
		tell_unreadable(log, commit, NULL);
	for (size_t i = 0; i < commit->note_count; i++) {
		const struct iv_past_note *note = &commit->notes[i];
		if ((trail && !log_trail_has(trail, note)) || !wanted)
			continue;
		if (note->unreadable)
			tell_unreadable(log, commit, note);
		for (size_t j = 0; j < note->act_count; j++)
			if (!log_is_echo(log, commit, note, &note->acts[j]))
				log_tell(log, commit, note, &note->acts[j], commit->day, true);
	}
}

void log_tell_all(struct log *log, char **paths, size_t count)
{
	struct log_trail trail;

	log_trail_begin(&trail);
	for (size_t i = 0; i < count; i++)
		log_trail_add(&trail, log_path(log, paths[i]));
	for (size_t i = 0; i < log->commits.count; i++)
		tell_commit(log, count ? &trail : NULL, &log->commits.items[i]);
	log_trail_end(&trail);
}
