/* What was given of a new note: options, and JSON from stdin. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/new/new.h"

/* ---- the list ---- */

const struct new_field *new_field_find(const struct new_note *note, const char *name)
{
	for (size_t i = 0; i < note->field_count; i++)
		if (note->fields[i].def && strcmp(note->fields[i].key, name) == 0)
			return &note->fields[i];
	return NULL;
}

/* The field of that key, made where there is none. */
static struct new_field *field_of(struct new_note *note, const struct iv_field_def *def,
				  const char *key)
{
	for (size_t i = 0; i < note->field_count; i++)
		if (strcmp(note->fields[i].key, key) == 0)
			return &note->fields[i];
	IV_GROW(note->fields, note->field_count, note->field_capacity);
	note->fields[note->field_count] = (struct new_field){def, key, NULL, 0};
	return &note->fields[note->field_count++];
}

static void add_value(struct new_note *note, struct new_field *field, struct iv_str value)
{
	struct iv_str *values =
		iv_arena_calloc(note->arena, field->count + 1, sizeof(*field->values));
	if (field->count)
		memcpy(values, field->values, field->count * sizeof(*values));
	values[field->count++] = value;
	field->values = values;
}

void new_field_set(struct new_note *note, const char *name, struct iv_str *values, size_t count)
{
	const struct iv_field_def *def = iv_field_find(note->type, iv_str_of(name));
	struct new_field *field = field_of(note, def, def->name);
	field->values = values;
	field->count = count;
}

/* ---- values ---- */

static bool is_list(const struct iv_field_def *def)
{
	return def->kind == IV_FIELD_TEXTS || def->kind == IV_FIELD_REFS ||
	       def->kind == IV_FIELD_RULES;
}

/* Several, each of which may have commas. */
static bool is_lines(const struct iv_field_def *def)
{
	return def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS;
}

static int check_text(const struct new_note *note, const char *shown, struct iv_str text)
{
	if (iv_utf8_no_text(text) != SIZE_MAX)
		return cmd_usage(note->cmd, "%s: expected a text in UTF-8", shown);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7f)
			return cmd_usage(note->cmd,
					 "%s: expected one line without control characters, not "
					 "'%.*s'",
					 shown, IV_STR_ARG(text));
	return 0;
}

/* Days are written as notes have them. A note of a day to come back on looks ahead. */
static int read_day(struct iv_str *out, struct new_note *note, const struct iv_field_def *def,
		    const char *shown)
{
	enum iv_lean lean = strcmp(def->name, "created") == 0  ? IV_LEAN_BACK
			    : strcmp(def->name, "paused") == 0 ? IV_LEAN_AHEAD
							       : IV_LEAN_NONE;
	char day[11];
	iv_day that;
	int rc = cmd_read_day(&that, note->cmd, shown, out->ptr, lean);
	if (rc)
		return rc;
	iv_day_format(day, that);
	*out = iv_arena_str(note->arena, iv_str_of(day));
	return 0;
}

static int read_moment(struct iv_str *out, struct new_note *note, const char *shown)
{
	struct iv_moment when;
	char day[11];
	int rc = cmd_read_moment(&when, note->cmd, shown, out->ptr, IV_LEAN_NONE);
	if (rc)
		return rc;
	iv_day_format(day, when.day);
	note->day = when.day;
	note->minute = when.minute;
	if (when.minute < 0)
		*out = iv_arena_str(note->arena, iv_str_of(day));
	else
		*out = iv_arena_printf(note->arena, "%s %02d:%02d%s%.*s", day, when.minute / 60,
				       when.minute % 60, when.zone.len ? " " : "",
				       IV_STR_ARG(when.zone));
	return 0;
}

/* One value; blank ones are as not given. A field of one value keeps the last. */
static int put_value(struct new_note *note, const struct iv_field_def *def, const char *key,
		     const char *shown, struct iv_str text)
{
	struct iv_str value = iv_arena_str(note->arena, iv_str_trim(text));
	int rc = check_text(note, shown, value);
	if (!rc && value.len && def && def->kind == IV_FIELD_DATE)
		rc = read_day(&value, note, def, shown);
	else if (!rc && value.len && def && def->kind == IV_FIELD_DATETIME)
		rc = read_moment(&value, note, shown);
	if (rc || !value.len)
		return rc;
	struct new_field *field = field_of(note, def, key);
	if (def && !is_list(def) && !is_lines(def))
		field->count = 0;
	add_value(note, field, value);
	return 0;
}

int new_field_put(struct new_note *note, const char *name, const char *shown, struct iv_str text)
{
	const struct iv_field_def *def = iv_field_find(note->type, iv_str_of(name));
	return put_value(note, def, def->name, shown, text);
}

/* ---- options ---- */

/* "contacts and organizations", of those that have the field. */
static int wrong_type(const struct new_note *note, const char *shown, unsigned types)
{
	struct iv_buf list = IV_BUF_INIT;
	for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
		if (types & (1u << type))
			iv_buf_printf(&list, "%s%ss", list.len ? " and " : "",
				      iv_type_word((enum iv_type)type));
	int rc = cmd_usage(note->cmd, "'%s' is a field of %s, not of a new %s", shown, list.ptr,
			   iv_type_word(note->type));
	iv_buf_release(&list);
	return rc;
}

static int put_option(struct new_note *note, const struct cmd_given *given)
{
	const char *name = given->option->name;
	const struct iv_field_def *def = iv_field_find(note->type, iv_str_of(name));
	struct iv_str rest = iv_str_of(given->value);
	const char *shown = iv_arena_printf(note->arena, "--%s", name).ptr;
	int rc = 0;
	if (!def) {
		unsigned types = 0;
		for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
			if (iv_field_find((enum iv_type)type, iv_str_of(name)))
				types |= 1u << type;
		return wrong_type(note, shown, types);
	}
	if (!is_list(def))
		return put_value(note, def, def->name, shown, rest);
	while (!rc && rest.len) {
		size_t comma = iv_str_find_char(rest, ',');
		rc = put_value(note, def, def->name, shown, iv_str_slice(rest, 0, comma));
		rest = iv_str_slice(rest, comma == SIZE_MAX ? rest.len : comma + 1, rest.len);
	}
	return rc;
}

int new_read_options(struct new_note *note)
{
	const struct cmd_private *own = note->cmd->own;
	int rc = 0;
	for (size_t i = 0; !rc && i < own->given_count; i++)
		if (own->given[i].option->kind == OPTION_FIELD)
			rc = put_option(note, &own->given[i]);
	return rc;
}

/* ---- JSON ---- */

/* The field that a key means on this type, by its own names and those of the config. */
static const struct iv_field_def *def_of(const struct new_note *note, const char *key)
{
	const struct iv_syntax *syntax = iv_config_syntax(note->cmd->config);
	struct iv_str folded = iv_fold_key(note->arena, iv_str_of(key));
	const char *own = iv_field_of_own(syntax, folded);
	return iv_field_find(note->type, own ? iv_str_of(own) : folded);
}

/* A key that is no field: the user's own, unless a field was meant. */
static int check_own_key(const struct new_note *note, const char *key)
{
	struct iv_str folded = iv_fold_key(note->arena, iv_str_of(key));
	struct iv_meant meant = {.word = folded};
	unsigned types = 0;
	if (!*key)
		return cmd_usage(note->cmd, "stdin: a field has no name");
	for (size_t i = 0; i < iv_field_count; i++) {
		if (iv_fields[i].types & (1u << note->type))
			iv_meant_offer(&meant, iv_str_of(iv_fields[i].name));
		else if (iv_str_is(folded, iv_fields[i].name))
			types = iv_fields[i].types;
	}
	if (types)
		return wrong_type(note, key, types);
	if (meant.count)
		return cmd_usage(note->cmd, "stdin: unknown field '%s', %s", key,
				 cmd_meant(note->cmd, &meant));
	return 0;
}

/* A text, number or truth as a text; NULL for what a field cannot hold. */
static const char *scalar_of(const struct new_note *note, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING: return json_string_value(value);
	case JSON_TRUE: return "yes";
	case JSON_FALSE: return "no";
	case JSON_INTEGER:
		return iv_arena_printf(note->arena, "%lld", (long long)json_integer_value(value))
			.ptr;
	case JSON_REAL: return iv_arena_printf(note->arena, "%g", json_real_value(value)).ptr;
	case JSON_NULL: return "";
	case JSON_OBJECT:
	case JSON_ARRAY: break;
	}
	return NULL;
}

static int put_json(struct new_note *note, const char *key, const json_t *value)
{
	const struct iv_field_def *def = def_of(note, key);
	const char *text = scalar_of(note, value);
	if (!text)
		return cmd_usage(note->cmd, "stdin: '%s': expected a text or a list of texts", key);
	return put_value(note, def, def ? def->name : iv_arena_str(note->arena, iv_str_of(key)).ptr,
			 iv_arena_printf(note->arena, "stdin: '%s'", key).ptr, iv_str_of(text));
}

static int read_type(const struct new_note *note, const json_t *value)
{
	const char *word = json_string_value(value);
	const struct iv_syntax *syntax = iv_config_syntax(note->cmd->config);
	if (word && iv_type_linked(syntax, iv_str_of(word)) == note->type)
		return 0;
	return cmd_usage(note->cmd, "stdin: 'type' is another than %s", iv_type_word(note->type));
}

static int read_id(struct new_note *note, const json_t *value)
{
	if (!json_is_string(value))
		return cmd_usage(note->cmd, "stdin: 'id': expected a text");
	if (!note->id)
		note->id = iv_arena_str(note->arena, iv_str_of(json_string_value(value))).ptr;
	return 0;
}

static int read_member(struct new_note *note, const char *key, const json_t *value)
{
	const struct iv_field_def *def = def_of(note, key);
	int rc = 0;
	size_t i;
	json_t *item;
	if (def && strcmp(def->name, "type") == 0)
		return read_type(note, value);
	if (!def && strcmp(key, "id") == 0)
		return read_id(note, value);
	if (!def)
		rc = check_own_key(note, key);
	/* An option goes before. */
	if (rc || (def && new_field_find(note, def->name)))
		return rc;
	if (!json_is_array(value))
		return put_json(note, key, value);
	if (def && !is_list(def) && !is_lines(def))
		return cmd_usage(note->cmd, "stdin: '%s': expected one text, not a list", key);
	json_array_foreach(value, i, item) if (!rc) rc = put_json(note, key, item);
	return rc;
}

int new_read_json(struct new_note *note, struct iv_str text)
{
	json_error_t error;
	json_t *root =
		json_loadb(text.ptr ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &error);
	const char *key;
	json_t *value;
	int rc = 0;
	if (!root)
		return cmd_usage(note->cmd, "stdin:%d:%d: expected a JSON object: %s", error.line,
				 error.column, error.text);
	if (!json_is_object(root))
		rc = cmd_usage(note->cmd, "stdin: expected a JSON object such as "
					  "{\"name\": \"Jane Green\"}");
	else
		json_object_foreach(root, key, value) if (!rc) rc = read_member(note, key, value);
	json_decref(root);
	return rc;
}
