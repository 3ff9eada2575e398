#include "note/record.h"

#include <stdlib.h>
#include <string.h>

/* More than anybody writes to one person; rules compare each with the others. */
#define RECORDS_MAX 1000

/* A record while it is read from left to right. */
struct line {
	struct iv_reader *reader;
	const struct iv_value *scalar;
	struct iv_str rest;
	struct iv_record record;
};

static void advance(struct line *line, size_t len)
{
	line->rest = iv_str_slice(line->rest, len, line->rest.len);
}

static size_t dash_length(struct iv_str text)
{
	/* En dash and em dash are U+2013 and U+2014. */
	if (iv_str_starts(text, "\xe2\x80\x93") || iv_str_starts(text, "\xe2\x80\x94"))
		return 3;
	return text.len && text.ptr[0] == '-' && (text.len == 1 || iv_is_space(text.ptr[1])) ? 1
											     : 0;
}

/* White space and the punctuation that people put between the parts. */
static void skip_between(struct line *line)
{
	size_t dash;

	for (;;) {
		line->rest = iv_str_trim(line->rest);
		dash = dash_length(line->rest);
		if (dash)
			advance(line, dash);
		else if (line->rest.len && strchr(",;:", line->rest.ptr[0]))
			advance(line, 1);
		else
			return;
	}
}

static void skip_space(struct line *line)
{
	line->rest = iv_str_trim(line->rest);
}

static struct iv_pos here(const struct line *line)
{
	return iv_value_pos(line->reader, line->scalar, line->rest.ptr);
}

/* ---- the parts ---- */

/* Up to white space, without the punctuation that ends it. */
static struct iv_str first_word(struct iv_str text)
{
	struct iv_str rest, word = iv_str_word(text, &rest);

	while (word.len && strchr(".,;:!)", word.ptr[word.len - 1]))
		word.len--;
	return word;
}

static void skip_time(struct line *line)
{
	struct iv_str word = first_word(line->rest);
	size_t at = word.len && word.ptr[0] == 'T' ? 1 : 0;

	if (word.len >= at + 5 && iv_is_digit(word.ptr[at]) && iv_is_digit(word.ptr[at + 1]) &&
	    word.ptr[at + 2] == ':' && iv_is_digit(word.ptr[at + 3]) &&
	    iv_is_digit(word.ptr[at + 4]))
		advance(line, word.len);
}

static bool take_skipped(struct line *line)
{
	size_t len = iv_spelled(line->rest, "skipped");

	if (!len)
		return false;
	line->record.skipped = true;
	line->record.day = IV_NO_DAY;
	advance(line, len);
	skip_between(line);
	return true;
}

static void take_day(struct line *line)
{
	struct iv_str word = first_word(line->rest);
	size_t len;

	len = iv_leading_day(&line->record.day, line->rest);
	if (len) {
		advance(line, len);
		if (line->rest.len && !iv_is_space(line->rest.ptr[0]) && line->rest.ptr[0] != 'T')
			skip_between(line);
		skip_space(line);
		skip_time(line);
		return;
	}
	line->record.day = IV_NO_DAY;
	if (iv_str_starts(word, "[[")) {
		iv_read_day(&line->record.day, line->reader, word, here(line));
		advance(line, word.len);
	} else if (iv_is_datelike(word)) {
		iv_read_day(&line->record.day, line->reader, word, here(line));
		advance(line, word.len);
	} else {
		iv_typed_problem(
			line->reader, "bad-value", here(line),
			"expected a record that begins with a date, as '2026-10-05 email', "
			"found '%.*s'",
			IV_STR_ARG(iv_quoted(line->rest)));
	}
}

static bool take_channel(struct line *line)
{
	int i;

	for (i = 0; iv_channel_words[i]; i++) {
		size_t len = iv_spelled(line->rest, iv_channel_words[i]);

		if (!len)
			continue;
		line->record.channel = (enum iv_channel)(i + 1);
		advance(line, len);
		skip_between(line);
		return true;
	}
	return false;
}

static bool take_minutes(struct line *line)
{
	int minutes;
	size_t len = iv_leading_minutes(&minutes, line->rest, false);

	if (!len)
		return false;
	line->record.minutes = minutes;
	advance(line, len);
	skip_between(line);
	return true;
}

/* ---- the outcome ---- */

static bool is_silence(struct iv_str after_no)
{
	static const char *const words[] = {"reply", "answer", "response", "word", "news", NULL};
	size_t i;

	while (after_no.len && (iv_is_space(after_no.ptr[0]) || after_no.ptr[0] == '-'))
		after_no = iv_str_slice(after_no, 1, after_no.len);
	for (i = 0; words[i]; i++)
		if (iv_spelled(after_no, words[i]))
			return true;
	return false;
}

/* Before the end, a date, or one of . , ; : ! ( - – — */
static bool counts_before(struct iv_str rest)
{
	struct iv_str next = iv_str_trim(rest);

	if (!next.len || strchr(".,;:!(", next.ptr[0]) || dash_length(next) || iv_is_datelike(next))
		return true;
	/* `no -too late`: a hyphen that joins nothing on its left. */
	return next.ptr[0] == '-' && rest.len > next.len;
}

static size_t outcome_word(enum iv_outcome *outcome, struct iv_str text)
{
	size_t i, len;

	for (i = 0; iv_outcome_words[i]; i++) {
		/* A letter that joins by a hyphen (`no-one`) is told apart by the caller. */
		len = strlen(iv_outcome_words[i]);
		if (text.len < len ||
		    !iv_str_is_nocase(iv_str_slice(text, 0, len), iv_outcome_words[i]))
			continue;
		if (text.len > len && text.ptr[len] != '-' &&
		    !iv_word_ends(iv_str_slice(text, len, text.len)))
			continue;
		*outcome = (enum iv_outcome)(i + 1);
		return len;
	}
	return 0;
}

static void take_outcome_day(struct line *line)
{
	struct iv_record *record = &line->record;
	struct iv_str word;
	struct iv_pos pos;
	iv_day day;

	/* `later: 2026-11-01` can only mean that day; `yes, 2026-11-01 at ten` is another one. */
	if (record->outcome == IV_OUTCOME_LATER)
		while (line->rest.len && strchr(" ,;:(-", line->rest.ptr[0]))
			advance(line, 1);
	skip_space(line);
	if (!iv_is_datelike(line->rest))
		return;
	word = first_word(line->rest);
	pos = here(line);
	advance(line, word.len);
	if (!iv_read_day(&day, line->reader, word, pos))
		return;
	if (record->outcome == IV_OUTCOME_LATER)
		record->later_day = day;
	else
		record->outcome_day = day;
}

static void take_outcome(struct line *line)
{
	enum iv_outcome outcome = IV_OUTCOME_NONE;
	size_t len = outcome_word(&outcome, line->rest);
	struct iv_str after = iv_str_slice(line->rest, len, line->rest.len), word;

	if (!len || (outcome == IV_OUTCOME_NO && is_silence(after)))
		return;
	if (counts_before(after)) {
		line->record.outcome = outcome;
		advance(line, len);
		take_outcome_day(line);
		skip_between(line);
		return;
	}
	if (strcmp(line->record.field, "outreach"))
		return;
	word = iv_quoted(line->rest);
	iv_typed_problem(line->reader, "bad-value", here(line),
			 "'%.*s' may be an answer or not; put a comma after '%s' if it is",
			 IV_STR_ARG(word), iv_outcome_word(outcome));
}

/* A word that is nearly a channel, with nothing behind it that would make it a sentence. */
static void check_channel_slip(struct line *line)
{
	struct iv_str word = first_word(line->rest), after;
	struct iv_meant meant = {.word = word};
	enum iv_outcome outcome;
	int minutes;

	if (line->record.channel || strcmp(line->record.field, "outreach") || !word.len)
		return;
	after = iv_str_trim(iv_str_slice(line->rest, word.len, line->rest.len));
	if (after.len && !iv_leading_minutes(&minutes, after, false) &&
	    !outcome_word(&outcome, after))
		return;
	iv_meant_offer_all(&meant, iv_channel_words);
	if (!meant.count || outcome_word(&outcome, word))
		return;
	iv_typed_problem(line->reader, "bad-value", here(line), "'%.*s' is no channel; %s",
			 IV_STR_ARG(word), iv_meant_text(line->reader->arena, &meant));
	advance(line, word.len);
	skip_space(line);
}

static void check_order(struct line *line)
{
	struct iv_record *record = &line->record;
	char answer[11], request[11];

	if (record->day == IV_NO_DAY || record->outcome_day == IV_NO_DAY ||
	    record->outcome_day >= record->day)
		return;
	iv_day_format(answer, record->outcome_day);
	iv_day_format(request, record->day);
	iv_typed_problem(line->reader, "time-travel", record->pos,
			 "the answer of %s is before the request of %s", answer, request);
}

/* ---- references ---- */

bool iv_links_read(struct iv_reader *reader, struct iv_ref_site site, const struct iv_value *scalar,
		   size_t from)
{
	struct iv_str text = iv_str_slice(scalar->text, from, scalar->text.len);
	struct iv_passage passage;
	size_t before = reader->refs.count, i;

	if (iv_str_find_char(text, '[') == SIZE_MAX)
		return false;
	memset(&passage, 0, sizeof(passage));
	iv_passage_begin(&passage, text, iv_value_pos(reader, scalar, text.ptr));
	iv_inline_scan(&passage, reader, site);
	iv_passage_release(&passage);
	for (i = before; i < reader->refs.count && !iv_value_in_source(reader, scalar); i++)
		reader->refs.items[i].pos = reader->refs.items[i].written_pos = scalar->pos;
	return reader->refs.count > before;
}

static bool may_name_people(const char *field)
{
	return !strcmp(field, "thank-you") || !strcmp(field, "reported") ||
	       !strcmp(field, "touches") || !strcmp(field, "feeler");
}

static void add_record(struct line *line, size_t after_day)
{
	struct iv_reader *reader = line->reader;
	struct iv_ref_site site = {line->record.field, (int)reader->records.count};
	bool linked;

	line->record.text = line->rest;
	linked = line->scalar && iv_links_read(reader, site, line->scalar, after_day);
	if (!linked && line->rest.len && may_name_people(line->record.field))
		iv_ref_words(reader, site, line->rest,
			     line->scalar ? here(line) : line->record.pos);
	if (!line->record.skipped && !strcmp(line->record.field, "thank-you"))
		reader->thanked = true;
	IV_PUSH(reader->records, line->record);
}

/* ---- the two forms ---- */

static struct line line_at(struct iv_reader *reader, const char *field,
			   const struct iv_value *value)
{
	struct line line = {
		.reader = reader,
		.scalar = value,
		.record = {.field = field,
			   .pos = value->pos,
			   .day = IV_NO_DAY,
			   .minutes = -1,
			   .outcome_day = IV_NO_DAY,
			   .later_day = IV_NO_DAY},
	};

	return line;
}

static void read_line(struct iv_reader *reader, const char *field, const struct iv_value *scalar)
{
	struct line line = line_at(reader, field, scalar);
	size_t after_day;
	bool more = true;

	line.rest = iv_str_trim(scalar->text);
	line.record.pos = here(&line);
	if (!take_skipped(&line)) {
		take_day(&line);
		skip_between(&line);
	}
	after_day = line.rest.ptr ? (size_t)(line.rest.ptr - scalar->text.ptr) : 0;
	if (!line.record.skipped && !take_skipped(&line)) {
		while (more) {
			more = (!line.record.channel && take_channel(&line)) ||
			       (line.record.minutes < 0 && take_minutes(&line));
		}
		check_channel_slip(&line);
		if (line.record.minutes < 0)
			take_minutes(&line);
		take_outcome(&line);
		check_order(&line);
	}
	add_record(&line, after_day);
}

static void read_part(struct iv_reader *reader, const struct iv_value *map, const char *key,
		      iv_day *out)
{
	const struct iv_value *value = iv_value_at(map, key);

	if (value && value->kind == IV_VALUE_SCALAR)
		iv_read_day(out, reader, value->text, value->pos);
}

static void read_outcome_part(struct line *line, const struct iv_value *map)
{
	const struct iv_value *value = iv_value_at(map, "outcome");
	enum iv_outcome outcome;
	size_t len;

	if (!value || value->kind != IV_VALUE_SCALAR)
		return;
	line->scalar = value;
	line->rest = iv_str_trim(value->text);
	if (iv_spells(line->rest, "none") || is_silence(line->rest))
		return;
	len = outcome_word(&outcome, line->rest);
	if (len && counts_before(iv_str_slice(line->rest, len, line->rest.len)))
		take_outcome(line);
	else if (!len || outcome != IV_OUTCOME_NO ||
		 !is_silence(iv_str_slice(line->rest, len, line->rest.len)))
		iv_bad_choice(line->reader, value->pos, line->rest, "outcome", iv_outcome_words);
}

static void read_details(struct line *line, const struct iv_value *map)
{
	const struct iv_value *value = iv_value_at(map, "via");
	struct iv_record *record = &line->record;
	int channel;

	if (!value)
		value = iv_value_at(map, "channel");
	if (value && value->kind == IV_VALUE_SCALAR) {
		channel = iv_word_index(iv_str_trim(value->text), iv_channel_words);
		record->channel = (enum iv_channel)(channel + 1);
		if (channel < 0)
			iv_bad_choice(line->reader, value->pos, value->text, "channel",
				      iv_channel_words);
	}
	value = iv_value_at(map, "minutes");
	if (value && value->kind == IV_VALUE_SCALAR &&
	    iv_leading_minutes(&record->minutes, value->text, true) != value->text.len) {
		record->minutes = -1;
		iv_typed_problem(line->reader, "bad-value", value->pos,
				 "'%.*s' is no length; expected it as '20m'",
				 IV_STR_ARG(iv_quoted(value->text)));
	}
}

static void read_mapping(struct iv_reader *reader, const char *field, const struct iv_value *map)
{
	struct line line = line_at(reader, field, map);
	const struct iv_value *text = iv_value_at(map, "text");

	if (iv_value_at(map, "date"))
		read_part(reader, map, "date", &line.record.day);
	else
		iv_typed_problem(reader, "bad-value", map->pos,
				 "expected a record with a date, as '2026-10-05 email'");
	read_details(&line, map);
	read_outcome_part(&line, map);
	read_part(reader, map, "answered", &line.record.outcome_day);
	check_order(&line);
	line.scalar = text && text->kind == IV_VALUE_SCALAR ? text : NULL;
	line.rest = line.scalar ? iv_str_trim(text->text) : (struct iv_str){"", 0};
	add_record(&line, 0);
}

void iv_records_read(struct iv_reader *reader, const struct iv_field *field)
{
	const struct iv_value *item;
	size_t i;

	for (i = 0; (item = iv_value_item(&field->value, i)); i++) {
		if (iv_value_is_blank(item) || iv_value_is_none(item))
			continue;
		if (reader->records.count >= RECORDS_MAX) {
			iv_typed_problem(reader, "bad-value", item->pos,
					 "expected at most %d records in a note", RECORDS_MAX);
			return;
		}
		if (item->kind == IV_VALUE_SCALAR)
			read_line(reader, field->known, item);
		else if (item->kind == IV_VALUE_MAP)
			read_mapping(reader, field->known, item);
		else
			iv_typed_problem(reader, "bad-value", item->pos,
					 "expected a record, as '2026-10-05 email', found a list");
	}
}

/* ---- leads ---- */

/* The offset of `(reported DATE)`, and in *day and *end what it says; SIZE_MAX when absent. */
static size_t find_reported(struct iv_str text, struct iv_str *date, size_t *end)
{
	size_t at, from = 0, close;

	while ((at = iv_str_find_char(iv_str_slice(text, from, text.len), '(')) != SIZE_MAX) {
		struct iv_str inside;

		at += from;
		from = at + 1;
		inside = iv_str_slice(text, at + 1, text.len);
		if (!iv_spelled(inside, "reported"))
			continue;
		close = iv_str_find_char(inside, ')');
		if (close == SIZE_MAX)
			return SIZE_MAX;
		*date = iv_str_trim(iv_str_slice(inside, 8, close));
		*end = at + 1 + close + 1;
		return at;
	}
	return SIZE_MAX;
}

static void read_lead(struct iv_reader *reader, const struct iv_value *item)
{
	struct iv_str text = iv_str_trim(item->text), date = {"", 0};
	struct iv_lead lead = {iv_value_pos(reader, item, text.ptr), text, IV_NO_DAY};
	size_t end = 0, at = find_reported(text, &date, &end);

	if (at != SIZE_MAX) {
		iv_read_day(&lead.reported, reader, date, iv_value_pos(reader, item, date.ptr));
		lead.text = iv_str_trim(iv_str_slice(text, 0, at));
		if (end < text.len)
			lead.text = iv_str_trim(iv_arena_printf(
				reader->arena, "%.*s %.*s", IV_STR_ARG(lead.text),
				IV_STR_ARG(iv_str_trim(iv_str_slice(text, end, text.len)))));
	}
	IV_PUSH(reader->leads, lead);
	iv_links_read(reader, (struct iv_ref_site){"leads", -1}, item, 0);
}

void iv_leads_read(struct iv_reader *reader, const struct iv_field *field)
{
	const struct iv_value *item;
	size_t i;

	for (i = 0; (item = iv_value_item(&field->value, i)); i++)
		if (item->kind == IV_VALUE_SCALAR && !iv_value_is_blank(item) &&
		    !iv_value_is_none(item))
			read_lead(reader, item);
}
