/* prep: one page for the day of a meeting. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/change/change.h"
#include "cmd/frame/place.h"
#include "view/prep.h"
#include "view/prose.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"write", 'w', NULL, "put what is missing into the meeting's note", OPTION_FLAG, NULL},
	CHANGE_OPTIONS,
	{0},
};

static const char *const formats[] = {"markdown", "json", NULL};

const struct command cmd_prep = {
	.name = "prep",
	.group = GROUP_WORDS,
	.summary = "prepare a meeting on one page",
	.usage = "[-w [-n] [-f]] REF",
	.options = options,
	.formats = formats,
	.min = 1,
	.max = 1,
	.operands = {OPERAND_NOTE},
	.needs = CMD_INDEX,
	.run = run,
};

/* Everything that a page is made of. */
struct gathered {
	char *path; /* of the meeting */
	struct iv_buf bytes;
	struct iv_note *note;
	struct iv_dossier dossier;
	struct place_texts texts;
	struct iv_buf *buffers; /* of the guests */
	struct iv_str *about;
	struct iv_events events; /* of the first guest */
	struct iv_bank bank;
	struct iv_prepared prepared;
};

static void release(struct gathered *gathered)
{
	for (size_t i = 0; gathered->buffers && i < gathered->dossier.member_count; i++)
		iv_buf_release(&gathered->buffers[i]);
	free(gathered->buffers);
	free(gathered->about);
	if (gathered->prepared.arena)
		iv_prepared_release(&gathered->prepared);
	iv_bank_release(&gathered->bank);
	iv_events_release(&gathered->events);
	place_texts_release(&gathered->texts);
	iv_dossier_release(&gathered->dossier);
	iv_note_free(gathered->note);
	iv_buf_release(&gathered->bytes);
	free(gathered->path);
}

/* ---- which meeting ---- */

static int read_note(struct gathered *out, struct cmd *cmd, struct iv_error *error)
{
	int rc = cmd_read(&out->bytes, cmd, out->path, error);

	if (!rc)
		out->note = iv_note_parse(iv_str_of(out->path), iv_buf_view(&out->bytes),
					  iv_config_syntax(cmd->config));
	return rc;
}

/* From a person to the next meeting with them. */
static int go_to_meeting(struct gathered *out, struct cmd *cmd, struct iv_error *error)
{
	char *person = out->path;
	int rc;

	out->path = NULL;
	rc = iv_index_next_meeting(&out->path, cmd->index, person, cmd->today, NULL);
	if (rc == IV_ENOTFOUND)
		iv_error_set(error, IV_EREFUSED,
			     "no meeting with '%.*s' is ahead; write a note of it first, with "
			     "'type: meeting', 'contact' and 'date'",
			     IV_STR_ARG(out->note->name));
	free(person);
	iv_note_free(out->note);
	out->note = NULL;
	iv_buf_clear(&out->bytes);
	return rc == IV_ENOTFOUND ? IV_EREFUSED : rc ? rc : read_note(out, cmd, error);
}

/* No closing state, no day that is over, and nothing that says that it took place already. */
static int check_ahead(const struct gathered *gathered, iv_day today, struct iv_error *error)
{
	const struct iv_meeting *meeting = gathered->note->meeting;
	const char *path = gathered->path;
	char day[11];

	if (meeting->date.day == IV_NO_DAY)
		return iv_error_set(error, IV_EREFUSED, "'%s' has no date, expected 'date: DAY'",
				    path);
	if (meeting->state != IV_STATE_NONE && meeting->state != IV_STATE_SCHEDULED)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is no longer ahead: its state is '%s'", path,
				    iv_state_word(meeting->state));
	if (meeting->evidence)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is no longer ahead: it says what became of it", path);
	if (meeting->date.day >= today)
		return 0;
	iv_day_format(day, meeting->date.day);
	return iv_error_set(error, IV_EREFUSED, "'%s' was on %s, expected a meeting that is ahead",
			    path, day);
}

static int find_meeting(struct gathered *out, struct cmd *cmd, const char *word,
			struct iv_error *error)
{
	int rc = cmd_resolve_as(&out->path, cmd, word, 1u << IV_TYPE_CONTACT, error);

	if (!rc)
		rc = read_note(out, cmd, error);
	if (!rc && out->note->type == IV_TYPE_CONTACT)
		rc = go_to_meeting(out, cmd, error);
	if (!rc && !out->note->meeting)
		rc = iv_error_set(error, IV_EREFUSED, "'%s' is neither a meeting nor a person",
				  out->path);
	return rc ? rc : check_ahead(out, cmd->today, error);
}

/* ---- what is known ---- */

static int read_guests(struct gathered *out, struct cmd *cmd, struct iv_error *error)
{
	const struct iv_dossier *dossier = &out->dossier;
	int rc = 0;

	out->buffers = iv_calloc(dossier->member_count + 1, sizeof(*out->buffers));
	out->about = iv_calloc(dossier->member_count + 1, sizeof(*out->about));
	for (size_t i = 0; !rc && i < dossier->member_count && dossier->members[i].guest; i++) {
		rc = place_said(&out->buffers[i], cmd, dossier->members[i].path, error);
		out->about[i] = iv_buf_view(&out->buffers[i]);
	}
	if (!rc && dossier->member_count && dossier->members[0].guest)
		rc = iv_index_events(&out->events, cmd->index, dossier->members[0].path, IV_NO_DAY,
				     IV_NO_DAY, error);
	return rc;
}

static int gather(struct gathered *out, struct cmd *cmd, struct iv_error *error)
{
	struct iv_dossier_query query = {.meeting = out->path, .today = cmd->today};
	int rc = iv_dossier_read(&out->dossier, cmd->index, cmd->rules, &query, error);

	if (!rc)
		rc = place_texts_read(&out->texts, cmd, NULL, &out->dossier, error);
	if (!rc)
		rc = read_guests(out, cmd, error);
	if (!rc)
		rc = place_bank(&out->bank, cmd, &out->texts.bank, error);
	return rc;
}

static bool is_setting(const struct cmd *cmd, const char *key, const char *value)
{
	const char *text = iv_rules_setting(cmd->rules, key);

	return text && strcmp(text, value) == 0;
}

static int wanted_questions(const struct cmd *cmd)
{
	int wanted = 0;

	iv_str_int(&wanted, iv_str_of(iv_rules_setting(cmd->rules, "prepare.questions")));
	return wanted;
}

static void prepare(struct gathered *gathered, struct cmd *cmd)
{
	struct iv_prepare from = {
		.note = gathered->note,
		.dossier = &gathered->dossier,
		.bank = &gathered->bank,
		.opening = iv_config_get(cmd->config, "opening"),
		.about_me = iv_config_get(cmd->config, "me.about"),
		.candid = gathered->dossier.candid,
		.end_ok = is_setting(cmd, "resume", "end-ok"),
		.wanted = wanted_questions(cmd),
	};

	iv_prepare(&gathered->prepared, &from);
}

/* The note's questions that better go unasked. They come first, in the note's order. */
static int doubt_questions(struct gathered *gathered, struct cmd *cmd, struct iv_error *error)
{
	static const char *const rules[] = {"asks-pay", "asks-for-job", NULL};
	const char *const paths[] = {gathered->path, NULL};
	const struct iv_finding_query query = {.from = cmd->today,
					       .to = cmd->today,
					       .today = cmd->today,
					       .rules = rules,
					       .paths = paths};
	struct iv_findings findings;
	int rc = iv_findings(&findings, cmd->index, cmd->rules, &query, error);

	for (size_t i = 0; !rc && i < findings.count; i++)
		for (size_t q = 0; q < gathered->prepared.own_count; q++)
			if (gathered->note->questions[q].pos.line == findings.items[i].pos.line &&
			    gathered->note->questions[q].pos.column == findings.items[i].pos.column)
				gathered->prepared.questions[q].against =
					findings.items[i].rule->id;
	iv_findings_release(&findings);
	return rc;
}

static void show(struct cmd *cmd, const struct gathered *gathered)
{
	struct iv_prep_page page = {
		.note = gathered->note,
		.dossier = &gathered->dossier,
		.prepared = &gathered->prepared,
		.events = &gathered->events,
		.said = gathered->texts.said,
		.about = gathered->about,
		.today = cmd->today,
	};

	if (strcmp(cmd->format, "json") == 0)
		iv_prep_json(&cmd->out, &page);
	else
		iv_prep_markdown(&cmd->out, &page);
}

/* ---- into the note ---- */

/* What is missing, as Markdown by section; empty where nothing is. */
struct missing {
	struct iv_buf research, opening, questions;
	size_t research_count, question_count;
};

static void find_missing(struct missing *out, const struct iv_prepared *prepared, int wanted)
{
	for (size_t i = 0; i < prepared->research.count; i++)
		iv_buf_printf(&out->research, "- [ ] %s\n", prepared->research.items[i]);
	out->research_count = prepared->research.count;
	if (prepared->opening_from == IV_OPENING_OURS)
		iv_prose_item(&out->opening, "", prepared->opening);
	if (!prepared->informational || prepared->own_count >= (size_t)wanted)
		return;
	for (size_t i = prepared->own_count; i < prepared->question_count; i++)
		iv_buf_printf(&out->questions, "- %.*s\n", IV_STR_ARG(prepared->questions[i].text));
	out->question_count = prepared->question_count - prepared->own_count;
}

static void release_missing(struct missing *missing)
{
	iv_buf_release(&missing->research);
	iv_buf_release(&missing->opening);
	iv_buf_release(&missing->questions);
}

static int put(struct change_note *note, const char *section, const struct iv_buf *text,
	       enum iv_edit_put mode, struct iv_error *error)
{
	return text->len ? change_put_section(note, section, iv_buf_view(text), mode, error) : 0;
}

/* Of so many parts the next one: "5 questions", with what goes before it. */
static void add_part(struct iv_buf *out, size_t *left, size_t count, const char *one,
		     const char *many)
{
	if (!count)
		return;
	--*left;
	iv_buf_puts(out, !out->len ? "" : *left ? ", " : " and ");
	if (count > 1)
		iv_buf_printf(out, "%zu %s", count, many);
	else
		iv_buf_puts(out, one);
}

/* "put an opening, 6 questions and 3 things to read into 'meetings/x.md'" */
static void say_missing(struct change *change, const char *path, const struct missing *missing)
{
	size_t left = (missing->opening.len > 0) + (missing->question_count > 0) +
		      (missing->research_count > 0);
	struct iv_buf parts = IV_BUF_INIT;
	char *relative = cmd_relative(change->cmd, path);

	add_part(&parts, &left, missing->opening.len > 0, "an opening", "");
	add_part(&parts, &left, missing->question_count, "one question", "questions");
	add_part(&parts, &left, missing->research_count, "one thing to read", "things to read");
	change_say(change, NULL, "put %s into '%s'", parts.ptr, relative);
	iv_buf_release(&parts);
	free(relative);
}

static int put_missing(struct change *change, const char *path, const struct missing *missing,
		       struct iv_error *error)
{
	struct change_note *note = NULL;
	int rc = change_open_path(&note, change, path, error);

	if (!rc)
		rc = put(note, "research", &missing->research, IV_EDIT_FILL, error);
	if (!rc)
		rc = put(note, "opening", &missing->opening, IV_EDIT_FILL, error);
	if (!rc)
		rc = put(note, "questions", &missing->questions, IV_EDIT_APPEND, error);
	if (!rc)
		say_missing(change, path, missing);
	return rc;
}

static void say_whole(struct cmd *cmd, const struct gathered *gathered)
{
	char *path = cmd_relative(cmd, gathered->path);

	cmd_say(cmd, "nothing is missing in '%s'", path);
	free(path);
}

/* Gives the exit status. */
static int complete(struct cmd *cmd, const struct gathered *gathered)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct missing missing = {0};
	int status = CMD_OK;

	find_missing(&missing, &gathered->prepared, wanted_questions(cmd));
	if (missing.research.len || missing.opening.len || missing.questions.len)
		status = change_end(&change, put_missing(&change, gathered->path, &missing, &error),
				    &error);
	else
		say_whole(cmd, gathered);
	release_missing(&missing);
	return status;
}

static int check_options(const struct cmd *cmd)
{
	if ((cmd_has(cmd, "dry-run") || cmd_has(cmd, "force")) && !cmd_has(cmd, "write"))
		return cmd_usage(cmd, "-n and -f go with -w, which writes");
	if (cmd_has(cmd, "write") && strcmp(cmd->format, "markdown") != 0)
		return cmd_usage(cmd, "-w writes into the note, it does not go with --format");
	if (cmd_has(cmd, "write") && cmd->revision)
		return cmd_usage(cmd, "-w writes into the note as it is, it does not go with --at");
	return CMD_OK;
}

static int fail(const struct cmd *cmd, int rc, struct iv_error *error)
{
	cmd_fail(cmd, error);
	return rc == IV_ENOTFOUND ? CMD_FOUND : CMD_FAILED;
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct iv_error error = IV_ERROR_INIT;
	struct gathered gathered = {0};
	int status = check_options(cmd), rc;

	(void)count;
	if (status)
		return status;
	rc = find_meeting(&gathered, cmd, words[0], &error);
	if (!rc)
		rc = gather(&gathered, cmd, &error);
	if (!rc)
		prepare(&gathered, cmd);
	if (!rc)
		rc = doubt_questions(&gathered, cmd, &error);
	if (rc)
		status = fail(cmd, rc, &error);
	else if (cmd_has(cmd, "write"))
		status = complete(cmd, &gathered);
	else
		show(cmd, &gathered);
	release(&gathered);
	return status;
}
