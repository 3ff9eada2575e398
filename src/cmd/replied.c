/* replied: the answer to the last open request, in the line of the request. */
#include <string.h>

#include "cmd/change/record.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {
	{"on", 0, "DATE", "the day of the answer; without it, today", OPTION_DAY_BACK, NULL},
	CHANGE_OPTIONS,
	{0},
};

const struct command cmd_replied = {
	.name = "replied",
	.group = GROUP_RECORD,
	.summary = "record the answer to a request: yes, no, later, bounced",
	.usage = "[--on DATE] [-n] [-f] REF yes|no|later|bounced [DATE]",
	.options = options,
	.min = 2,
	.max = 3,
	.operands = {OPERAND_CONTACT, OPERAND_WORD, OPERAND_TEXT},
	.words = iv_outcome_words,
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

struct answer {
	enum iv_outcome outcome;
	iv_day day;  /* of the answer */
	iv_day back; /* later: when to come back; IV_NO_DAY when not told */
};

/* ---- the words ---- */

static int bad_outcome(const struct cmd *cmd, const char *word)
{
	struct iv_meant meant = {.word = iv_str_of(word)};
	iv_meant_offer_all(&meant, iv_outcome_words);
	if (meant.count)
		return cmd_usage(cmd, "'%s' is no answer, %s", word, cmd_meant(cmd, &meant));
	return cmd_usage(cmd, "'%s' is no answer, expected yes, no, later or bounced", word);
}

static int read_answer(struct answer *out, const struct cmd *cmd, int count, char **words)
{
	int word = iv_word_index(iv_str_of(words[1]), iv_outcome_words);
	out->outcome = (enum iv_outcome)(word + 1);
	out->back = IV_NO_DAY;
	if (word < 0)
		return bad_outcome(cmd, words[1]);
	if (count < 3)
		return 0;
	if (out->outcome != IV_OUTCOME_LATER)
		return cmd_usage(cmd,
				 "'%s' takes no day to come back on; the day of the answer is "
				 "'--on %s'",
				 words[1], words[2]);
	return cmd_read_day(&out->back, cmd, "later", words[2], IV_LEAN_AHEAD);
}

/* ---- the request ---- */

/* One that bounced may stand behind an open one; an answer closes all before it. */
static const struct iv_record *open_request(const struct iv_note *note)
{
	for (size_t i = note->record_count; i-- > 0;) {
		const struct iv_record *record = &note->records[i];
		if (strcmp(record->field, "outreach") != 0 || record->day == IV_NO_DAY ||
		    record->outcome == IV_OUTCOME_BOUNCED)
			continue;
		return record->outcome == IV_OUTCOME_NONE ? record : NULL;
	}
	return NULL;
}

/* A header that cannot be read shows no request. */
static const struct iv_problem *broken_header(const struct iv_note *note)
{
	for (size_t i = 0; i < note->problem_count; i++)
		if (strcmp(note->problems[i].rule, "front-matter") == 0)
			return &note->problems[i];
	return NULL;
}

static const struct iv_record *last_answered(const struct iv_note *note)
{
	for (size_t i = note->record_count; i-- > 0;)
		if (strcmp(note->records[i].field, "outreach") == 0 &&
		    note->records[i].outcome != IV_OUTCOME_NONE)
			return &note->records[i];
	return NULL;
}

/* The same command with --force, whole. */
static void add_command(struct iv_buf *out, const struct cmd *cmd, struct iv_str id,
			const struct answer *answer)
{
	char day[11];
	iv_buf_puts(out, "ivnotes replied -f");
	iv_day_format(day, answer->day);
	if (answer->day != cmd->today)
		iv_buf_printf(out, " --on %s", day);
	iv_buf_printf(out, " %s %s", cmd_operand(cmd, id), iv_outcome_word(answer->outcome));
	iv_day_format(day, answer->back);
	if (answer->back != IV_NO_DAY)
		iv_buf_printf(out, " %s", day);
}

static int no_request(const struct cmd *cmd, const struct change_note *note,
		      const struct answer *answer, struct iv_error *error)
{
	const struct iv_problem *broken = broken_header(note->note);
	struct iv_str id = note->note->id;
	struct iv_buf mend = IV_BUF_INIT;
	if (broken)
		return iv_error_set(error, IV_EREFUSED, "%s:%u:%u: the header cannot be read: %.*s",
				    note->path, (unsigned)broken->pos.line,
				    (unsigned)broken->pos.column, IV_STR_ARG(broken->message));
	if (last_answered(note->note)) {
		iv_buf_puts(&mend, ", '");
		add_command(&mend, cmd, id, answer);
		iv_buf_puts(&mend, "' replaces the last answer");
	}
	iv_error_set(error, IV_EREFUSED,
		     "no request to %.*s waits for an answer; 'ivnotes asked %s' records one%s",
		     IV_STR_ARG(note->note->name), cmd_operand(cmd, id), mend.len ? mend.ptr : "");
	iv_buf_release(&mend);
	return IV_EREFUSED;
}

/* The request to answer; with --force also the last one that was answered. */
static int find_request(const struct iv_record **out, const struct cmd *cmd,
			const struct change_note *note, const struct answer *answer,
			struct iv_error *error)
{
	*out = open_request(note->note);
	if (!*out && cmd_has(cmd, "force"))
		*out = last_answered(note->note);
	return *out ? 0 : no_request(cmd, note, answer, error);
}

/* "later 2026-11-09", "yes 2026-10-07" */
static void write_answer(struct iv_buf *out, const struct answer *answer)
{
	char day[11];
	iv_day when = answer->outcome == IV_OUTCOME_LATER ? answer->back : answer->day;
	iv_buf_puts(out, iv_outcome_word(answer->outcome));
	if (when == IV_NO_DAY)
		return;
	iv_day_format(day, when);
	iv_buf_printf(out, " %s", day);
}

/* Where an answer that the part before the free text has begins, else its end. */
static size_t answer_of(struct iv_str part)
{
	struct iv_str word, rest = part;
	size_t end = part.len;
	while ((word = iv_str_word(rest, &rest)).len) {
		size_t letters = word.len;
		while (letters && strchr(",;:.!(", word.ptr[letters - 1]))
			letters--;
		if (iv_word_index(iv_str_slice(word, 0, letters), iv_outcome_words) >= 0)
			end = (size_t)(word.ptr - part.ptr);
	}
	return end;
}

/* The line up to the free text, the answer, and the rest as it stands. */
static void answered_line(struct iv_buf *out, struct iv_str line, const struct iv_record *request,
			  const struct answer *answer)
{
	size_t end = request->text.len ? (size_t)(request->text.ptr - line.ptr) : line.len;
	while (end && strchr(" \t,;:-", line.ptr[end - 1]))
		end--;
	size_t begin = request->outcome ? answer_of(iv_str_slice(line, 0, end)) : end;
	while (begin && strchr(" \t,;:-", line.ptr[begin - 1]))
		begin--;
	iv_buf_str(out, iv_str_slice(line, 0, begin));
	iv_buf_putc(out, ' ');
	write_answer(out, answer);
	/* A word behind an answer makes it none, unless a day or a comma stands between. */
	if (answer->outcome == IV_OUTCOME_LATER && answer->back == IV_NO_DAY && end < line.len &&
	    line.ptr[end] == ' ')
		iv_buf_putc(out, ',');
	iv_buf_str(out, iv_str_slice(line, end, line.len));
}

static bool is_answered(const struct iv_record *request, const struct answer *answer)
{
	if (request->outcome != answer->outcome)
		return false;
	return answer->outcome == IV_OUTCOME_LATER ? request->later_day == answer->back
						   : request->outcome_day == answer->day;
}

/* The request as it stands, or, of a mapping, as it would be in a line. */
static void request_line(struct iv_buf *out, const struct iv_note *note, size_t index,
			 const struct iv_record *request, const struct answer *answer)
{
	const struct iv_value *value = &iv_note_field(note, request->field)->value;
	const struct record_wish wish = {
		.day = request->day,
		.via = request->channel ? iv_channel_word(request->channel) : NULL,
		.minutes = request->minutes,
	};
	struct iv_buf line = IV_BUF_INIT;
	if (value->kind == IV_VALUE_LIST)
		value = &value->items[index];
	if (value->kind == IV_VALUE_SCALAR) {
		answered_line(out, value->text, request, answer);
		return;
	}
	record_write(&line, &wish);
	iv_buf_printf(&line, "%s%.*s", request->text.len ? " " : "", IV_STR_ARG(request->text));
	struct iv_record same = *request;
	same.text = iv_str_slice(iv_buf_view(&line), line.len - request->text.len, line.len);
	answered_line(out, iv_buf_view(&line), &same, answer);
	iv_buf_release(&line);
}

/* The line has no place for the day of a `later`, from which the month until then counts. */
static void choose_back(struct answer *answer, const struct cmd *cmd,
			const struct iv_record *request)
{
	if (answer->outcome == IV_OUTCOME_LATER && answer->back == IV_NO_DAY &&
	    answer->day != request->day)
		answer->back = iv_rules_plus(cmd->rules, answer->day, "come-back.after");
}

static int put_answer(struct change_note *note, const struct iv_record *request,
		      const struct answer *answer, struct iv_error *error)
{
	size_t number = (size_t)(request - note->note->records);
	size_t index = iv_edit_item_at(note->edit, request->field, request->pos);
	struct iv_buf line = IV_BUF_INIT;
	if (index == SIZE_MAX)
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' holds the request in line %u in a way that cannot be "
				    "edited; write the answer there by hand",
				    note->path, (unsigned)request->pos.line);
	request_line(&line, note->note, index, request, answer);
	int rc = change_item(note, "outreach", index, iv_buf_view(&line), error);
	if (!rc && !is_answered(&note->note->records[number], answer))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' would not be read as it is meant",
				  line.ptr);
	iv_buf_release(&line);
	return rc;
}

/* "Jane Green said later, to be asked again on Mon 9 Nov" */
static void say(struct change *change, const struct change_note *note, const struct answer *answer)
{
	struct iv_buf day = IV_BUF_INIT;
	struct iv_str name = note->note->name;
	change_day(&day, change->cmd, answer->day);
	if (answer->outcome == IV_OUTCOME_BOUNCED)
		change_say(change, note->path, "the request to %.*s bounced on %s",
			   IV_STR_ARG(name), day.ptr);
	else
		change_say(change, note->path, "%.*s said %s on %s", IV_STR_ARG(name),
			   iv_outcome_word(answer->outcome), day.ptr);
	iv_buf_release(&day);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *note = NULL;
	const struct iv_record *request = NULL;
	struct answer answer;
	int rc = read_answer(&answer, cmd, count, words);
	if (!rc)
		rc = record_day(&answer.day, cmd);
	if (rc)
		return rc;
	rc = change_contact(&note, &change, words[0], &error);
	if (!rc)
		rc = find_request(&request, cmd, note, &answer, &error);
	if (!rc)
		choose_back(&answer, cmd, request);
	if (!rc)
		rc = put_answer(note, request, &answer, &error);
	if (!rc)
		say(&change, note, &answer);
	return change_end(&change, rc, &error);
}
