#include "note/header.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "note/conflict.h"
#include "note/value.h"

/* A delimiter line, trailing blanks allowed. */
static bool is_delimiter(struct iv_str line, const char *marks)
{
	size_t at;

	if (!iv_str_starts(line, marks))
		return false;
	for (at = 3; at < line.len; at++)
		if (!iv_is_space(line.ptr[at]))
			return false;
	return true;
}

static struct iv_str between(const char *from, const char *to)
{
	return (struct iv_str){from, (size_t)(to - from)};
}

/* The known type that a line `type: word` names; the space may have been forgotten. */
static enum iv_type type_in_line(const struct iv_syntax *syntax, struct iv_str line)
{
	struct iv_str word;
	size_t colon = iv_str_find_char(line, ':');

	if (colon == SIZE_MAX || !iv_spells(iv_str_trim(iv_str_slice(line, 0, colon)), "type"))
		return IV_TYPE_NONE;
	word = iv_str_trim(iv_str_slice(line, colon + 1, line.len));
	if (word.len > 1 && (word.ptr[0] == '"' || word.ptr[0] == '\''))
		word = iv_str_slice(word, 1, word.len - 1);
	return iv_type_of(syntax, word);
}

/* The place of the line that names a known type; line 0 when none does. */
static struct iv_pos type_line(const struct iv_reader *reader)
{
	struct iv_pos pos = {reader->header_line, 1};
	struct iv_str line, rest = reader->header;

	for (; iv_str_line(&line, &rest); pos.line++)
		if (type_in_line(reader->syntax, line) != IV_TYPE_NONE)
			return pos;
	return (struct iv_pos){0, 0};
}

/* How far an unclosed header goes: up to the first line that no header has. */
static void take_unclosed(struct iv_reader *reader, struct iv_str rest)
{
	const char *from = rest.ptr;
	struct iv_str line, key, left = rest;

	while (iv_str_line(&line, &left)) {
		bool goes_on = line.len && (strchr(" \t-", line.ptr[0]) != NULL);

		if (!goes_on && !iv_is_key_line(&key, line) &&
		    type_in_line(reader->syntax, line) == IV_TYPE_NONE)
			break;
		rest = left;
		reader->body_line++;
	}
	reader->header = between(from, rest.ptr);
	reader->body = rest;
}

static void take_all_as_body(struct iv_reader *reader)
{
	reader->header = (struct iv_str){NULL, 0};
	reader->body = reader->bytes;
	reader->body_line = 1;
	reader->closed = false;
}

void iv_header_find(struct iv_reader *reader)
{
	struct iv_str line, rest = reader->bytes, after;

	take_all_as_body(reader);
	if (!iv_str_line(&line, &rest) || !is_delimiter(line, "---"))
		return;
	if (!rest.len)
		rest = between(reader->bytes.ptr + reader->bytes.len,
			       reader->bytes.ptr + reader->bytes.len);
	after = rest;
	reader->header_line = reader->body_line = 2;
	while (iv_str_line(&line, &rest)) {
		reader->body_line++;
		if (!is_delimiter(line, "---") && !is_delimiter(line, "..."))
			continue;
		reader->header = between(after.ptr, line.ptr);
		reader->body = rest.len ? rest : between(line.ptr + line.len, line.ptr + line.len);
		reader->closed = true;
		return;
	}
	reader->body_line = 2;
	take_unclosed(reader, after);
	if (!type_line(reader).line)
		take_all_as_body(reader);
}

/* A block that nobody meant as a header (between two thematic breaks) must not raise errors. */
static bool is_meant(const struct iv_reader *reader)
{
	struct iv_str line, rest = reader->header, key;

	if (type_line(reader).line)
		return true;
	return iv_str_line(&line, &rest) && iv_is_key_line(&key, line) &&
	       iv_str_find_char(key, ' ') == SIZE_MAX;
}

/* ---- type ---- */

bool iv_key_is_type(const struct iv_reader *reader, struct iv_str folded_key)
{
	const char *field = iv_field_of_own(reader->syntax, folded_key);

	return field && !strcmp(field, "type");
}

/* A key that says the type stays what it is: `categories` and `tags` have readers of their own. */
static struct iv_str folded_key(struct iv_reader *reader, const struct iv_yaml_pair *pair)
{
	struct iv_str key = iv_fold_key(reader->arena, iv_str_trim(pair->key->text));
	const char *field = iv_field_of_own(reader->syntax, key);

	return field && strcmp(field, "type") != 0 ? iv_str_of(field) : key;
}

/* Of a field only the nearest of its names is offered: two names of one field are no choice. */
static void offer_field(struct iv_meant *meant, const struct iv_field_def *def)
{
	struct iv_meant nearest = {.word = meant->word};

	iv_meant_offer(&nearest, iv_str_of(def->name));
	if (def->aliases)
		iv_meant_offer_all(&nearest, def->aliases);
	if (nearest.count)
		iv_meant_offer(meant, nearest.found[0]);
}

/* The fields of the type that a key is one slip from. */
static bool is_slip(struct iv_meant *meant, enum iv_type type, struct iv_str name)
{
	size_t i;

	*meant = (struct iv_meant){.word = name};
	if (iv_field_of_any(name))
		return false;
	for (i = 0; i < iv_field_count; i++)
		if (iv_fields[i].types & (1u << type))
			offer_field(meant, &iv_fields[i]);
	/* `course` is two slips from `source`, and no slip. */
	return meant->count && meant->distance <= (name.len < 9 ? 1 : 2);
}

static enum iv_type type_of_folder(const struct iv_reader *reader)
{
	const char *const(*own)[2] = reader->syntax->folder_types;
	struct iv_str path = reader->note->path, best = {"", 0};
	enum iv_type type = IV_TYPE_NONE;

	for (; own && (*own)[0]; own++) {
		struct iv_str folder = iv_str_of((*own)[0]);

		while (folder.len && folder.ptr[folder.len - 1] == '/')
			folder.len--;
		if (folder.len < best.len || path.len <= folder.len ||
		    path.ptr[folder.len] != '/' ||
		    !iv_str_eq(iv_str_slice(path, 0, folder.len), folder))
			continue;
		best = folder;
		type = iv_type_of(reader->syntax, iv_str_of((*own)[1]));
	}
	return type;
}

/*
 * `type: meeting` is a common word, in other people's vaults too. A note that has none of the fields
 * that only a meeting of ours has, and keys that we do not know, is one of theirs; without such keys
 * it is one of ours that was just begun.
 */
static bool is_meeting_of_others(struct iv_reader *reader, const struct iv_pairs *pairs)
{
	struct iv_meant meant;
	bool strange = false;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct iv_str key = folded_key(reader, pairs->items[i].yaml);
		const struct iv_field_def *def = iv_field_find(IV_TYPE_MEETING, key);

		if (!def && is_slip(&meant, IV_TYPE_MEETING, key))
			return false;
		if (def && def->types != IV_ON_ALL && strcmp(def->name, "date") &&
		    strcmp(def->name, "place"))
			return false;
		strange |= !def;
	}
	return strange;
}

/* The first of the texts of a pair that names a type, in a key that the config made for it. */
static bool take_own_type(struct iv_reader *reader, const struct iv_pair *pair)
{
	struct iv_value value = iv_value_of(reader->arena, pair->source, pair->yaml->value, false);
	const struct iv_value *item;
	enum iv_type type;
	size_t i;

	for (i = 0; (item = iv_value_item(&value, i)); i++) {
		if (item->kind != IV_VALUE_SCALAR)
			continue;
		type = iv_type_linked(reader->syntax, iv_str_trim(item->text));
		if (type == IV_TYPE_NONE)
			continue;
		reader->note->type = type;
		reader->note->type_text = iv_str_trim(item->text);
		return true;
	}
	return false;
}

static void take_type(struct iv_reader *reader, const struct iv_pair *pair,
		      const struct iv_pairs *pairs)
{
	struct iv_note *note = reader->note;
	struct iv_value value = iv_value_of(reader->arena, pair->source, pair->yaml->value, false);
	const struct iv_value *word = iv_value_scalar(&value);

	if (!word)
		return;
	note->type_text = iv_str_trim(word->text);
	note->type = iv_type_of_own(reader->syntax, note->type_text);
	if (note->type != IV_TYPE_NONE)
		return;
	note->type = iv_type_of(reader->syntax, note->type_text);
	if (note->type == IV_TYPE_MEETING && is_meeting_of_others(reader, pairs))
		note->type = IV_TYPE_NONE;
}

/* What the config made a key for goes first, then `type`, then the folder. */
static void read_type(struct iv_reader *reader, const struct iv_pairs *pairs)
{
	size_t i;

	reader->note->type = type_of_folder(reader);
	for (i = 0; reader->syntax->field_aliases && i < pairs->count; i++)
		if (iv_key_is_type(reader, folded_key(reader, pairs->items[i].yaml)) &&
		    take_own_type(reader, &pairs->items[i]))
			return;
	for (i = 0; i < pairs->count; i++)
		if (iv_str_is(folded_key(reader, pairs->items[i].yaml), "type")) {
			take_type(reader, &pairs->items[i], pairs);
			return;
		}
}

/* ---- fields ---- */

static bool wants_texts(const struct iv_field_def *def)
{
	return def && (def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS ||
		       def->kind == IV_FIELD_TEXTS || def->kind == IV_FIELD_REFS);
}

static struct iv_field *given_before(const struct iv_reader *reader, struct iv_str name)
{
	size_t i;

	for (i = 0; i < reader->fields.count; i++)
		if (iv_str_eq(reader->fields.items[i].name, name))
			return &reader->fields.items[i];
	return NULL;
}

/* In a note of no type, keys that mean the same to us are different ones to their owner. */
static void report_second(struct iv_reader *reader, const struct iv_field *first,
			  const struct iv_field *second)
{
	if (iv_str_eq(first->key, second->key))
		iv_problem(
			reader, "front-matter", second->pos,
			"'%.*s' stands here a second time, after line %u; expected each key once",
			IV_STR_ARG(iv_quoted(second->key)), (unsigned)first->pos.line);
	else if (reader->note->type != IV_TYPE_NONE)
		iv_problem(reader, "front-matter", second->pos,
			   "'%.*s' means the same as '%.*s' in line %u; expected one of them",
			   IV_STR_ARG(iv_quoted(second->key)), IV_STR_ARG(iv_quoted(first->key)),
			   (unsigned)first->pos.line);
}

static void add_field(struct iv_reader *reader, const struct iv_pair *pair)
{
	struct iv_str folded = folded_key(reader, pair->yaml);
	const struct iv_field_def *def = iv_field_find(reader->note->type, folded);
	struct iv_field *first;
	struct iv_field field = {
		.known = def ? def->name : NULL,
		.name = def ? iv_str_of(def->name) : folded,
		.key = iv_str_trim(pair->yaml->key->text),
		.pos = pair->yaml->key->pos,
	};

	field.value = iv_value_of(reader->arena, pair->source, pair->yaml->value, wants_texts(def));
	first = given_before(reader, field.name);
	/* Of two names of one field a blank one is not there. */
	if (first && !iv_str_eq(first->key, field.key)) {
		if (iv_value_is_blank(&field.value))
			return;
		if (iv_value_is_blank(&first->value)) {
			*first = field;
			return;
		}
	}
	if (first) {
		report_second(reader, first, &field);
		return;
	}
	IV_PUSH(reader->fields, field);
	IV_PUSH(reader->defs, def);
}

static bool has_value(const struct iv_reader *reader, const char *name)
{
	const struct iv_field *field = given_before(reader, iv_str_of(name));

	return field && !iv_value_is_blank(&field->value);
}

static void check_unknown_field(struct iv_reader *reader, const struct iv_field *field)
{
	const enum iv_type type = reader->note->type;
	struct iv_meant all, meant = {.word = field->name};
	size_t i;

	if (!is_slip(&all, type, field->name))
		return;
	/* Somebody who has filled in that field already means something else. */
	for (i = 0; i < all.count; i++)
		if (!has_value(reader, iv_field_find(type, all.found[i])->name))
			iv_meant_offer(&meant, all.found[i]);
	if (meant.count)
		iv_typed_problem(reader, "unknown-field", field->pos,
				 "'%.*s' is no field of a %s; %s",
				 IV_STR_ARG(iv_quoted(field->key)), iv_type_word(type),
				 iv_meant_text(reader->arena, &meant));
}

/* Other programs have types too: only fields that the meant type alone has make it a slip. */
static void check_unknown_type(struct iv_reader *reader)
{
	struct iv_meant meant = iv_type_meant(reader->syntax, reader->note->type_text);
	const struct iv_field *field, *type = given_before(reader, IV_LIT("type"));
	size_t i;

	if (!type || !meant.count ||
	    iv_type_of(reader->syntax, reader->note->type_text) != IV_TYPE_NONE)
		return;
	for (i = 0; i < reader->fields.count; i++) {
		field = &reader->fields.items[i];
		if (!field->known &&
		    iv_field_find(iv_type_of(reader->syntax, meant.found[0]), field->name))
			break;
	}
	if (i == reader->fields.count)
		return;
	iv_problem(reader, "unknown-type", type->value.pos, "'%.*s' is no type of note; %s",
		   IV_STR_ARG(iv_quoted(reader->note->type_text)),
		   iv_meant_text(reader->arena, &meant));
}

static void check_unknown(struct iv_reader *reader)
{
	size_t i;

	if (reader->note->type == IV_TYPE_NONE) {
		if (reader->note->type_text.len)
			check_unknown_type(reader);
		return;
	}
	for (i = 0; i < reader->fields.count; i++)
		if (!reader->fields.items[i].known)
			check_unknown_field(reader, &reader->fields.items[i]);
}

/* ---- the whole ---- */

static void report_no_mapping(struct iv_reader *reader)
{
	struct iv_pos pos = type_line(reader);

	if (pos.line)
		iv_problem(reader, "front-matter", pos,
			   "expected a mapping of keys to values, as 'type: contact'");
}

void iv_header_read(struct iv_reader *reader)
{
	struct iv_pairs pairs = {NULL, 0, 0};
	bool parsed;
	size_t i;

	if (!reader->header.ptr) {
		read_type(reader, &pairs);
		return;
	}
	reader->header = iv_conflict_ours(reader, reader->header);
	parsed = iv_header_pairs(&pairs, reader, reader->header, reader->header_line,
				 !is_meant(reader));
	read_type(reader, &pairs);
	for (i = 0; i < pairs.count; i++)
		add_field(reader, &pairs.items[i]);
	if (!reader->closed)
		iv_problem(reader, "front-matter", (struct iv_pos){1, 1},
			   "the header is not closed; expected a line '---' after it");
	check_unknown(reader);
	if (!pairs.count) {
		if (parsed)
			report_no_mapping(reader);
		if (iv_str_trim(reader->header).len)
			take_all_as_body(reader);
	}
	free(pairs.items);
}
