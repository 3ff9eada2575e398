/* reported: you told somebody what came of a name that they gave, or of their advice. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {RECORD_OPTIONS, CHANGE_OPTIONS, {0}};

static const char *const between[] = {"about", NULL};

const struct command cmd_reported = {
	.name = "reported",
	.group = GROUP_RECORD,
	.summary = "record that you told somebody what came of it",
	.usage = "[--on DATE] [--via CHANNEL] [-n] [-f] REF about REF|LEAD ...",
	.options = options,
	.min = 3,
	.max = -1,
	.operands = {OPERAND_CONTACT, OPERAND_WORD, OPERAND_NOTE},
	.words = between,
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

/* ---- the record ---- */

/* `about` is how the record says it, `shown` how the line does. */
static int report(struct change *change, struct change_note *to, struct iv_str about,
		  struct iv_str shown, iv_day day, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	struct record_wish wish = {
		.field = "reported",
		.day = day,
		.via = cmd_text(change->cmd, "via"),
		.minutes = -1,
	};
	iv_buf_printf(&text, "about %.*s", IV_STR_ARG(about));
	wish.text = text.ptr;
	int rc = record_add(change, to, &wish, error);
	iv_buf_clear(&text);
	iv_buf_printf(&text, " about %.*s%s", IV_STR_ARG(shown), record_by(wish.via));
	if (!rc)
		record_say(change, to, "told", text.ptr, day);
	iv_buf_release(&text);
	return rc;
}

static int report_note(struct change *change, struct change_note *to,
		       const struct change_note *about, iv_day day, struct iv_error *error)
{
	struct iv_buf link = IV_BUF_INIT;
	if (to == about)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is whom you told as well as whom about, "
				    "expected two notes",
				    to->path);
	record_link(&link, change->cmd, about);
	int rc = report(change, to, iv_buf_view(&link), about->note->name, day, error);
	iv_buf_release(&link);
	return rc;
}

/* ---- advice ---- */

/* An open entry of `leads` in a meeting with them that has the words. */
struct found {
	struct change_note *meeting;
	const struct iv_lead *lead;
};

static bool has_words(const struct iv_lead *lead, struct iv_str folded)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str text = iv_fold(arena, lead->text);
	bool has = lead->reported == IV_NO_DAY && iv_str_find(text, folded) != SIZE_MAX;
	iv_arena_free(arena);
	return has;
}

/* Those of one meeting; `list` names them all. */
static int find_in(struct found *out, struct iv_buf *list, struct change *change, const char *path,
		   struct iv_str folded, struct iv_error *error)
{
	struct change_note *meeting = NULL;
	int rc = change_open_path(&meeting, change, path, error);
	for (size_t i = 0; !rc && i < meeting->note->lead_count; i++) {
		const struct iv_lead *lead = &meeting->note->leads[i];
		if (!has_words(lead, folded))
			continue;
		iv_buf_printf(list, "%s'%s:%u' (%.*s)", list->len ? ", " : "", path,
			      (unsigned)lead->pos.line, IV_STR_ARG(lead->text));
		if (out->lead)
			rc = IV_EAMBIGUOUS;
		*out = (struct found){meeting, lead};
	}
	return rc;
}

/* In the meetings with that person, each of which is looked into once. */
static int find_lead(struct found *out, struct change *change, const struct change_note *person,
		     const char *words, struct iv_error *error)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_str folded = iv_fold(arena, iv_str_of(words));
	struct iv_buf list = IV_BUF_INIT;
	struct iv_events events;
	const char *last = "";
	int rc = iv_index_events(&events, change->cmd->index, person->path, IV_NO_DAY, IV_NO_DAY,
				 error);
	*out = (struct found){NULL, NULL};
	for (size_t i = 0; !rc && i < events.count; i++) {
		const struct iv_event *event = &events.events[i];
		if (event->kind != IV_EVENT_MEETING || strcmp(event->path, last) == 0)
			continue;
		last = event->path;
		rc = find_in(out, &list, change, last, folded, error);
	}
	if (rc == IV_EAMBIGUOUS)
		iv_error_set(error, rc, "'%s' could be any of %s", words, list.ptr);
	iv_events_release(&events);
	iv_buf_release(&list);
	iv_arena_free(arena);
	return rc;
}

/* What was told is a record of theirs, too: they had a word from you. */
static int report_lead(struct change *change, struct change_note *to, const struct found *found,
		       iv_day day, struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	iv_buf_str(&text, found->lead->text);
	int rc = record_lead(found->meeting, found->lead, day, error);
	if (!rc)
		rc = report(change, to, iv_buf_view(&text), iv_buf_view(&text), day, error);
	iv_buf_release(&text);
	return rc;
}

/* ---- the command ---- */

/* Words that are no note's; `why` says so. */
static int report_words(struct change *change, struct change_note *to, const char *words,
			iv_day day, const char *why, struct iv_error *error)
{
	struct found found;
	int rc = find_lead(&found, change, to, words, error);
	if (rc)
		return rc;
	if (found.lead)
		return report_lead(change, to, &found, day, error);
	return iv_error_set(error, IV_ENOTFOUND, "%s, and no open lead of %.*s says so", why,
			    IV_STR_ARG(to->note->name));
}

static int report_about(struct change *change, struct change_note *to, const char *words,
			iv_day day, struct iv_error *error)
{
	struct change_note *about = NULL;
	int rc = change_open(&about, change, words, error);
	if (!rc)
		return report_note(change, to, about, day, error);
	if (rc != IV_ENOTFOUND)
		return rc;
	struct iv_error other = *error;
	*error = (struct iv_error)IV_ERROR_INIT;
	rc = report_words(change, to, words, day, other.message, error);
	iv_error_release(&other);
	return rc;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *to = NULL;
	iv_day day;
	if (strcmp(words[1], "about") != 0)
		return cmd_usage(cmd, "expected 'REF about REF', not '%s'", words[1]);
	int rc = record_day(&day, cmd);
	if (rc)
		return rc;
	rc = change_contact(&to, &change, words[0], &error);
	if (!rc)
		rc = report_about(&change, to, record_words(cmd, count, words, 2), day, &error);
	return change_end(&change, rc, &error);
}
