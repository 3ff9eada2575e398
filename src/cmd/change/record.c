#include "cmd/change/record.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/frame/frame.h"

int record_day(iv_day *out, const struct cmd *cmd)
{
	char text[11];
	*out = cmd_day(cmd, "on", cmd->today);
	if (*out <= cmd->today || cmd_has(cmd, "force"))
		return 0;
	iv_day_format(text, *out);
	return cmd_usage(cmd, "--on: %s is still ahead, expected a day that has come", text);
}

int record_each(struct cmd *cmd, int count, char **words,
		int (*one)(struct change *change, const char *word, iv_day day,
			   struct iv_error *error))
{
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	iv_day day;
	int rc = record_day(&day, cmd);
	if (rc)
		return rc;
	for (int i = 0; !rc && i < count; i++)
		rc = one(&change, words[i], day, &error);
	return change_end(&change, rc, &error);
}

const char *record_by(const char *via)
{
	static const char *const by[] = {" by email", " by letter",   " with a card", " by phone",
					 " by text",  " on LinkedIn", " by video",    " in person"};
	int channel = via ? iv_word_index(iv_str_of(via), iv_channel_words) : -1;
	return channel < 0 ? "" : by[channel];
}

const char *record_words(const struct cmd *cmd, int count, char **words, int first)
{
	struct iv_str text = {NULL, 0};
	for (int i = first; i < count; i++)
		text = iv_arena_printf(cmd->own->arena, "%.*s%s%s", IV_STR_ARG(text),
				       i > first ? " " : "", words[i]);
	return text.ptr;
}

void record_link(struct iv_buf *out, struct cmd *cmd, const struct change_note *note)
{
	struct iv_str id = note->note->id, path = iv_str_of(note->path);
	char *word = iv_strndup(id.ptr, id.len), *found = NULL;
	if (iv_index_resolve(&found, cmd->index, word, NULL) || strcmp(found, note->path) != 0)
		id = iv_str_slice(path, 0, path.len - 3);
	iv_buf_printf(out, "[[%.*s]]", IV_STR_ARG(id));
	free(found);
	free(word);
}

/* Somebody whom a meeting refers to; NULL for a stranger. */
static struct change_note *person_of(struct change *change, const struct iv_ref *ref)
{
	char *word = iv_strndup(ref->key.ptr, ref->key.len), *path = NULL;
	struct change_note *person = NULL;
	if (!iv_index_resolve_as(&path, change->cmd->index, word, 1u << IV_TYPE_CONTACT, NULL) &&
	    change_open_path(&person, change, path, NULL))
		person = NULL;
	free(path);
	free(word);
	return person;
}

size_t record_people(const struct iv_note *meeting)
{
	size_t count = 0;
	for (size_t i = 0; i < meeting->ref_count; i++)
		count += strcmp(meeting->refs[i].field, "contact") == 0;
	return count;
}

/*
 * "Jane Green, Tom Tolley and Ann Lee": a meeting is called by its people. Gives the path of whom next debts
 * are asked of: the only one who was there, else the note.
 */
static const char *add_name(struct iv_buf *out, struct change *change,
			    const struct change_note *note)
{
	const char *path = note->path;
	const size_t people = record_people(note->note);
	size_t count = 0;
	for (size_t i = 0; note->note->meeting && i < note->note->ref_count; i++) {
		const struct iv_ref *ref = &note->note->refs[i];
		if (strcmp(ref->field, "contact") != 0)
			continue;
		const struct change_note *person = person_of(change, ref);
		iv_buf_puts(out, !count ? "" : count + 1 < people ? ", " : " and ");
		iv_buf_str(out, person ? person->note->name : ref->text);
		path = person && !count ? person->path : note->path;
		count++;
	}
	if (!count)
		iv_buf_str(out, note->note->name);
	return path;
}

void record_say(struct change *change, const struct change_note *note, const char *did,
		const char *how, iv_day day)
{
	struct iv_buf text = IV_BUF_INIT;
	iv_buf_printf(&text, "%s ", did);
	const char *about = add_name(&text, change, note);
	iv_buf_puts(&text, how);
	if (day != IV_NO_DAY) {
		iv_buf_puts(&text, " on ");
		change_day(&text, change->cmd, day);
	}
	change_say(change, about, "%s", text.ptr);
	iv_buf_release(&text);
}

/* ---- adding ---- */

/* A record is one line, whatever white space its text has. */
static void add_text(struct iv_buf *out, const char *text)
{
	struct iv_str word, rest = iv_str_trim(iv_str_of(text));
	while ((word = iv_str_word(rest, &rest)).len)
		iv_buf_printf(out, " %.*s", IV_STR_ARG(word));
}

void record_write(struct iv_buf *out, const struct record_wish *wish)
{
	char day[11];
	iv_day_format(day, wish->day);
	iv_buf_puts(out, day);
	if (wish->via)
		iv_buf_printf(out, " %s", wish->via);
	if (wish->minutes >= 0)
		iv_buf_printf(out, " %dm", wish->minutes);
	add_text(out, wish->text);
}

/* That of an item of the field; SIZE_MAX: of the last one. */
static const struct iv_record *record_of(const struct change_note *note, const char *field,
					 size_t item)
{
	const struct iv_note *read = note->note;
	for (size_t i = read->record_count; i-- > 0;)
		if (strcmp(read->records[i].field, field) == 0 &&
		    (item == SIZE_MAX ||
		     iv_edit_item_at(note->edit, field, read->records[i].pos) == item))
			return &read->records[i];
	return NULL;
}

/* Free text may begin with what the form takes for a channel, a length or an answer. */
static bool is_as_meant(const struct iv_record *record, const struct record_wish *wish)
{
	const char *via = wish->via ? wish->via : "";
	return record && record->day == wish->day && record->outcome == IV_OUTCOME_NONE &&
	       record->minutes == wish->minutes && !record->skipped &&
	       strcmp(iv_channel_word(record->channel), via) == 0;
}

/* The same day, channel and text; how long was asked for makes no other request. */
static bool stands_there(const struct iv_note *note, const struct record_wish *wish)
{
	struct iv_buf text = IV_BUF_INIT;
	bool found = false;
	add_text(&text, wish->text);
	struct iv_str words = iv_str_trim(iv_buf_view(&text));
	for (size_t i = 0; !found && i < note->record_count; i++) {
		const struct iv_record *record = &note->records[i];
		found = strcmp(record->field, wish->field) == 0 && record->day == wish->day &&
			iv_str_eq(record->text, words) &&
			strcmp(iv_channel_word(record->channel), wish->via ? wish->via : "") == 0;
	}
	iv_buf_release(&text);
	return found;
}

int record_check_wanted(const struct cmd *cmd, const struct change_note *person, iv_day day,
			struct iv_error *error)
{
	const struct iv_contact *contact = person->note->contact;
	if (!contact || !contact->do_not_contact.text.ptr || cmd_has(cmd, "force") ||
	    day <= contact->do_not_contact_day)
		return 0;
	return iv_error_set(error, IV_EREFUSED,
			    "'%s' says 'do-not-contact'; --force records it all the same",
			    person->path);
}

static int check_record(const struct change *change, const struct change_note *note,
			const struct record_wish *wish, const char *text, struct iv_error *error)
{
	if (cmd_has(change->cmd, "force"))
		return 0;
	if (stands_there(note->note, wish))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' has a record '%s' already; --force adds another one",
				    note->path, text);
	return record_check_wanted(change->cmd, note, wish->day, error);
}

/* Where its day belongs. */
static int put_record(struct change_note *note, const char *field, size_t item, struct iv_str text,
		      struct iv_error *error)
{
	return item == SIZE_MAX ? change_add(note, field, text, error)
				: change_insert(note, field, item, text, error);
}

int record_add(struct change *change, struct change_note *note, const struct record_wish *wish,
	       struct iv_error *error)
{
	struct iv_buf text = IV_BUF_INIT;
	size_t item = iv_edit_place_of(note->edit, wish->field, wish->day);
	record_write(&text, wish);
	int rc = check_record(change, note, wish, text.ptr, error);
	if (!rc)
		rc = put_record(note, wish->field, item, iv_buf_view(&text), error);
	if (!rc && !is_as_meant(record_of(note, wish->field, item), wish))
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' would not be read as it is meant; let the text begin with "
				  "another word",
				  text.ptr);
	iv_buf_release(&text);
	return rc;
}

int record_lead(struct change_note *meeting, const struct iv_lead *lead, iv_day day,
		struct iv_error *error)
{
	const struct iv_value *value = &iv_note_field(meeting->note, "leads")->value;
	size_t index = iv_edit_item_at(meeting->edit, "leads", lead->pos);
	struct iv_buf text = IV_BUF_INIT;
	char date[11];
	if (index == SIZE_MAX)
		return iv_error_set(error, IV_EREFUSED,
				    "'%.*s' in '%s' cannot be marked as reported; add "
				    "'(reported DATE)' by hand",
				    IV_STR_ARG(lead->text), meeting->path);
	if (value->kind == IV_VALUE_LIST)
		value = &value->items[index];
	iv_day_format(date, day);
	iv_buf_printf(&text, "%.*s (reported %s)", IV_STR_ARG(iv_str_trim(value->text)), date);
	int rc = change_item(meeting, "leads", index, iv_buf_view(&text), error);
	iv_buf_release(&text);
	return rc;
}
