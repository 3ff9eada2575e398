/* set: fields of a note, by their names. */
#include <string.h>

#include "cmd/change/change.h"
#include "cmd/frame/frame.h"
#include "note/fields.h"

static int run(struct cmd *cmd, int count, char **words);

static const struct cmd_option options[] = {CHANGE_OPTIONS, {0}};

const struct command cmd_set = {
	.name = "set",
	.group = GROUP_RECORD,
	.summary = "set, extend or remove fields of a note",
	.usage = "[-n] [-f] REF KEY=VALUE|KEY+=VALUE|-KEY ...",
	.options = options,
	.min = 2,
	.max = -1,
	.takes_keys = true,
	.operands = {OPERAND_NOTE, OPERAND_CHANGE},
	.needs = CMD_INDEX | CMD_PRESENT,
	.run = run,
};

enum act { ACT_SET, ACT_ADD, ACT_REMOVE };

struct wish {
	enum act act;
	const char *key; /* as typed */
	const char *value;
};

/* ---- the words ---- */

static int read_wish(struct wish *out, const struct cmd *cmd, const char *word)
{
	struct iv_str text = iv_str_of(word);
	size_t equals = iv_str_find_char(text, '=');
	if (word[0] == '-' && equals == SIZE_MAX) {
		*out = (struct wish){ACT_REMOVE, word + 1, NULL};
		return 0;
	}
	if (equals == SIZE_MAX)
		return cmd_usage(cmd, "expected 'KEY=VALUE', 'KEY+=VALUE' or '-KEY', not '%s'",
				 word);
	bool adds = equals > 0 && word[equals - 1] == '+';
	out->act = adds ? ACT_ADD : ACT_SET;
	struct iv_str key = iv_str_trim(iv_str_slice(text, 0, equals - adds));
	out->key = iv_arena_str(cmd->own->arena, key).ptr;
	out->value = word + equals + 1;
	if (!key.len)
		return cmd_usage(cmd, "'%s' lacks the key before '='", word);
	if (!iv_str_trim(iv_str_of(out->value)).len)
		return cmd_usage(cmd, "'%s' has no value; '-%s' removes the field", word, out->key);
	return 0;
}

/* ---- the field ---- */

static const struct iv_field_def *field_of(const struct cmd *cmd, const struct change_note *note,
					   const char *key)
{
	struct iv_str folded = iv_fold_key(cmd->own->arena, iv_str_of(key));
	const char *own = iv_field_of_own(iv_config_syntax(cmd->config), folded);
	return iv_field_find(note->note->type, own ? iv_str_of(own) : folded);
}

static bool takes_several(const struct iv_field_def *def)
{
	return !def || def->kind == IV_FIELD_TEXTS || def->kind == IV_FIELD_REFS ||
	       def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS ||
	       def->kind == IV_FIELD_RULES;
}

/* `tags=a,b` are two; a record or a lead is a line that may have commas. */
static bool splits(const struct iv_field_def *def)
{
	return def && (def->kind == IV_FIELD_TEXTS || def->kind == IV_FIELD_REFS ||
		       def->kind == IV_FIELD_RULES);
}

/* The values of one word, in the arena. */
static size_t values_of(struct iv_str **out, const struct cmd *cmd, const struct iv_field_def *def,
			const char *value)
{
	struct iv_str rest = iv_str_of(value);
	struct iv_str *items = iv_arena_calloc(cmd->own->arena, rest.len + 1, sizeof(*items));
	size_t count = 0;
	*out = items;
	while (rest.len) {
		size_t comma = splits(def) ? iv_str_find_char(rest, ',') : SIZE_MAX;
		struct iv_str item = iv_str_trim(iv_str_slice(rest, 0, comma));
		rest = iv_str_slice(rest, comma == SIZE_MAX ? rest.len : comma + 1, rest.len);
		if (item.len)
			items[count++] = item;
	}
	return count;
}

/* `connected` may be a day or a word. */
static bool may_be_day(const struct iv_field_def *def)
{
	return def && (def->kind == IV_FIELD_DATE || def->kind == IV_FIELD_DATETIME ||
		       def->kind == IV_FIELD_FLAG || strcmp(def->name, "connected") == 0);
}

/*
 * A day in words becomes the day that it means; what notes may hold as it is stays. 0, or CMD_USAGE with
 * the reason printed.
 */
static int read_days(struct wish *wish, const struct cmd *cmd, const struct change_note *note)
{
	const struct iv_field_def *def =
		wish->act == ACT_REMOVE ? NULL : field_of(cmd, note, wish->key);
	struct iv_str value = iv_str_of(wish->value);
	struct iv_moment when = {IV_NO_DAY, -1, {NULL, 0}};
	struct iv_buf out = IV_BUF_INIT;
	iv_day day;
	int minute;
	char text[11];
	if (!may_be_day(def) || iv_datetime_parse(&day, &minute, value) ||
	    iv_str_is(value, "yes") || iv_str_is(value, "no") || cmd_has(cmd, "force"))
		return 0;
	int rc = def->kind == IV_FIELD_DATETIME
			 ? cmd_read_moment(&when, cmd, wish->key, wish->value, IV_LEAN_NONE)
			 : cmd_read_day(&when.day, cmd, wish->key, wish->value, IV_LEAN_NONE);
	if (rc)
		return rc;
	iv_day_format(text, when.day);
	iv_buf_puts(&out, text);
	if (when.minute >= 0)
		iv_buf_printf(&out, " %02d:%02d%s%.*s", when.minute / 60, when.minute % 60,
			      when.zone.len ? " " : "", IV_STR_ARG(when.zone));
	wish->value = iv_arena_str(cmd->own->arena, iv_buf_view(&out)).ptr;
	iv_buf_release(&out);
	return 0;
}

/* ---- the change ---- */

static int add_values(struct change *change, struct change_note *note, const struct wish *wish,
		      const struct iv_field_def *def, struct iv_error *error)
{
	struct iv_str *values;
	size_t count = values_of(&values, change->cmd, def, wish->value);
	int rc = 0;
	if (!takes_several(def))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' has one value; '%s=%s' puts it in the place of what "
				    "is there",
				    def->name, wish->key, wish->value);
	for (size_t i = 0; !rc && i < count; i++)
		rc = splits(def) ? change_add_once(note, wish->key, values[i], error)
				 : change_add(note, wish->key, values[i], error);
	return rc;
}

static int grant(struct change *change, struct change_note *note, const struct wish *wish,
		 struct iv_error *error)
{
	const struct iv_field_def *def = field_of(change->cmd, note, wish->key);
	struct iv_str *values;
	size_t count;
	switch (wish->act) {
	case ACT_SET:
		count = values_of(&values, change->cmd, def, wish->value);
		return change_set(note, wish->key, values, count, error);
	case ACT_ADD: return add_values(change, note, wish, def, error);
	case ACT_REMOVE: return change_remove(note, wish->key, error);
	}
	return 0;
}

static bool is_named_before(const struct wish *wishes, int index)
{
	bool named = false;
	for (int i = 0; !named && i < index; i++)
		named = strcmp(wishes[i].key, wishes[index].key) == 0;
	return named;
}

/* The keys go to `keys`, as they were typed, once each. */
static int grant_all(struct change *change, struct change_note *note, struct wish *wishes,
		     int count, struct iv_buf *keys, struct iv_error *error)
{
	int rc = 0;
	for (int i = 0; !rc && i < count; i++) {
		rc = read_days(&wishes[i], change->cmd, note);
		if (!rc)
			rc = grant(change, note, &wishes[i], error);
		if (!is_named_before(wishes, i))
			iv_buf_printf(keys, "%s%s", i ? ", " : "", wishes[i].key);
	}
	return rc;
}

/* ---- what it means for the type ---- */

/* Fields of the old type that the new one has not. */
static void list_lost(struct iv_buf *out, const struct iv_note *note, enum iv_type before)
{
	for (size_t i = 0; i < note->field_count; i++) {
		struct iv_str name = note->fields[i].name;
		if (iv_field_find(before, name) && !iv_field_find(note->type, name))
			iv_buf_printf(out, "%s%.*s", out->len ? ", " : "",
				      IV_STR_ARG(note->fields[i].key));
	}
}

static void tell_type(const struct cmd *cmd, const struct change_note *note,
		      const struct iv_note *before)
{
	const char *old = iv_type_word(before->type), *new = iv_type_word(note->note->type);
	struct iv_buf lost = IV_BUF_INIT;
	if (before->type != note->note->type)
		list_lost(&lost, note->note, before->type);
	if (before->type != IV_TYPE_NONE && lost.len)
		cmd_warn(cmd,
			 "'%s' is no %s any longer%s%s; what it held as one no longer counts: %s",
			 note->path, old, *new ? ", but a note of type " : "", new, lost.ptr);
	if (!before->field_count && note->note->type == IV_TYPE_NONE)
		cmd_say(cmd,
			"'%s' is of no type, so no rule reads it; 'ivnotes set %s type=contact' "
			"makes it one, or type=meeting, type=organization",
			note->path, cmd_operand(cmd, note->note->id));
	iv_buf_release(&lost);
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct wish *wishes = iv_arena_calloc(cmd->own->arena, (size_t)count, sizeof(*wishes));
	struct change change = CHANGE_INIT(cmd);
	struct iv_error error = IV_ERROR_INIT;
	struct change_note *note = NULL;
	struct iv_note *before = NULL;
	struct iv_buf keys = IV_BUF_INIT;
	int rc = 0;
	for (int i = 1; !rc && i < count; i++)
		rc = read_wish(&wishes[i - 1], cmd, words[i]);
	if (!rc)
		rc = change_open(&note, &change, words[0], &error);
	if (!rc)
		before = iv_note_parse(iv_str_of(note->path), iv_buf_view(&note->before),
				       iv_config_syntax(cmd->config));
	if (!rc)
		rc = grant_all(&change, note, wishes, count - 1, &keys, &error);
	if (!rc)
		change_say(&change, note->path, "changed %s of %.*s", keys.ptr,
			   IV_STR_ARG(note->note->name));
	if (!rc)
		tell_type(cmd, note, before);
	iv_buf_release(&keys);
	iv_note_free(before);
	return change_end(&change, rc, &error);
}
