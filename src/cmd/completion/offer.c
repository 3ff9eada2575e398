#include "cmd/completion/offer.h"

#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "index/query.h"
#include "note/fields.h"
#include "vault/settings.h"

struct offering {
	struct offers *out;
	struct cmd *cmd;
	const struct typed *typed;
	struct iv_str head, rest, folded;
};

static enum fit fit(const struct offering *o, struct iv_str word)
{
	if (iv_str_eq(iv_str_slice(word, 0, o->rest.len), o->rest))
		return FIT_BEGINS;
	size_t at = iv_str_find(iv_fold(o->out->arena, word), o->folded);
	return at == 0 ? FIT_FOLDED : at == SIZE_MAX ? FIT_NOT : FIT_WITHIN;
}

/* A name with control characters is left out: no shell could show it. */
static bool is_plain(struct iv_str word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((unsigned char)word.ptr[i] < 0x20 || word.ptr[i] == 0x7f)
			return false;
	return word.len && iv_utf8_invalid(word) == SIZE_MAX;
}

static enum fit add(struct offering *o, struct iv_str word, const char *end, const char *note)
{
	struct offers *out = o->out;
	enum fit how = is_plain(word) ? fit(o, word) : FIT_NOT;

	if (!how)
		return how;
	IV_GROW(out->items, out->count, out->capacity);
	out->items[out->count++] =
		(struct offer){iv_arena_printf(out->arena, "%.*s%.*s%s", IV_STR_ARG(o->head),
					       IV_STR_ARG(word), end),
			       note, how};
	return how;
}

static void add_word(struct offering *o, const char *word, const char *note)
{
	add(o, iv_str_of(word), "", note);
}

/* ---- tables of the program ---- */

static void add_words(struct offering *o, const char *const *words)
{
	for (; words && *words; words++)
		add_word(o, *words, NULL);
}

static void add_commands(struct offering *o)
{
	for (const struct command *const *command = commands; *command; command++)
		add_word(o, (*command)->name, (*command)->summary);
}

/* `--at` and `--format` are refused by some commands. */
static bool applies(const struct command *command, const struct cmd_option *option)
{
	if (!command || !option->name)
		return true;
	if (strcmp(option->name, "format") == 0)
		return command->formats != NULL;
	if (strcmp(option->name, "at") == 0)
		return command->needs && !(command->needs & CMD_PRESENT);
	return true;
}

static void add_fields(struct offering *o, const char *start, const char *end)
{
	for (size_t i = 0; i < iv_field_count; i++)
		add(o, iv_arena_printf(o->out->arena, "%s%s", start, iv_fields[i].name), end,
		    iv_fields[i].summary);
}

static void add_options(struct offering *o)
{
	const struct command *command = o->typed->command;
	const struct cmd_option *option = NULL;

	if (command && command->takes_fields)
		add_fields(o, "--", "");
	while ((option = option_next(command, option))) {
		if (!applies(command, option))
			continue;
		if (option->name)
			add(o, iv_arena_printf(o->out->arena, "--%s", option->name), "",
			    option->help);
		else
			add(o, iv_arena_printf(o->out->arena, "-%c", option->letter), "",
			    option->help);
	}
}

/* ---- rules and settings ---- */

static void add_rules(struct offering *o)
{
	const struct iv_rule *rules;
	size_t count = cmd_open(o->cmd, CMD_RULES) ? 0 : iv_rules_all(o->cmd->rules, &rules);

	for (size_t i = 0; i < count; i++)
		add_word(o, rules[i].id, rules[i].summary);
}

static void add_settings(struct offering *o)
{
	const struct iv_rule *rules;
	size_t count = cmd_open(o->cmd, CMD_RULES) ? 0 : iv_rules_all(o->cmd->rules, &rules);

	for (size_t i = 0; i < iv_setting_count; i++)
		add_word(o, iv_settings[i].key, iv_settings[i].summary);
	for (size_t i = 0; i < count; i++) {
		if (!iv_setting_find(iv_str_of(rules[i].id)))
			add_word(o, rules[i].id, rules[i].summary);
		for (size_t j = 0; j < rules[i].setting_count; j++)
			add_word(o, rules[i].settings[j].key, rules[i].settings[j].summary);
	}
}

/* ---- notes ---- */

static bool glance(struct iv_rows *rows, struct cmd *cmd)
{
	struct iv_index *index = NULL;
	char *folder = open_index_folder(cmd);
	bool done = folder && !iv_index_glance(&index, cmd->vault, folder, NULL) &&
		    !iv_index_notes(rows, index, NULL);
	iv_index_close(index);
	free(folder);
	return done;
}

/* Without an index the files still have names. */
static void walk(struct iv_rows *rows, struct cmd *cmd, struct iv_arena *arena)
{
	struct iv_listing listing = {0};
	size_t capacity = 0;

	if (cmd_open(cmd, CMD_SOURCE) || cmd->source->list(cmd->source, &listing, NULL))
		return;
	for (size_t i = 0; i < listing.count; i++) {
		struct iv_str path = iv_arena_str(arena, iv_str_of(listing.entries[i].path));
		struct iv_str id = iv_path_name(path);
		if (!iv_str_ends(id, ".md"))
			continue;
		id = iv_arena_str(arena, iv_str_slice(id, 0, id.len - 3));
		IV_GROW(rows->rows, rows->count, capacity);
		rows->rows[rows->count++] = (struct iv_row){.path = path.ptr, .id = id.ptr};
	}
	iv_listing_release(&listing);
}

struct called {
	struct iv_str key;
	const struct iv_row *row;
};

static int by_key(const void *a, const void *b)
{
	return iv_str_cmp(((const struct called *)a)->key, ((const struct called *)b)->key);
}

static bool is_shared(const struct called *all, size_t count, size_t i)
{
	return (i && !by_key(&all[i], &all[i - 1])) ||
	       (i + 1 < count && !by_key(&all[i], &all[i + 1]));
}

static const char *note_on(const struct iv_row *row)
{
	return row->name && strcmp(row->name, row->id) != 0 ? row->name : row->type;
}

/* What an index does not tell of is taken for anything. */
static bool is_of(const struct iv_row *row, const char *type)
{
	return !type || !row->name || (row->type && strcmp(row->type, type) == 0);
}

/* Ids; of those that two notes have, the paths. Does one begin with what was typed? */
static bool add_ids(struct offering *o, const struct iv_rows *rows, const char *type)
{
	struct called *all = iv_arena_calloc(o->out->arena, rows->count + 1, sizeof(*all));
	bool by_path = iv_str_find_char(o->rest, '/') != SIZE_MAX, begins = false;

	for (size_t i = 0; i < rows->count; i++)
		all[i] = (struct called){iv_fold(o->out->arena, iv_str_of(rows->rows[i].id)),
					 &rows->rows[i]};
	qsort(all, rows->count, sizeof(*all), by_key);
	for (size_t i = 0; i < rows->count; i++) {
		const struct iv_row *row = all[i].row;
		struct iv_str text = iv_str_of(row->id);
		if (!is_of(row, type))
			continue;
		if (by_path || is_shared(all, rows->count, i))
			text = iv_str_slice(iv_str_of(row->path), 0, strlen(row->path) - 3);
		begins = add(o, text, "", note_on(row)) >= FIT_FOLDED || begins;
	}
	return begins;
}

static void add_names(struct offering *o, const struct iv_rows *rows, const char *type)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->rows[i].name && is_of(&rows->rows[i], type))
			add_word(o, rows->rows[i].name, rows->rows[i].id);
}

/* `type`: of which they are; NULL for all. */
static void add_notes(struct offering *o, bool names, const char *type)
{
	struct iv_rows *rows = &o->out->notes;

	if (cmd_open(o->cmd, CMD_VAULT))
		return;
	if (!glance(rows, o->cmd))
		walk(rows, o->cmd, o->out->arena);
	if (!add_ids(o, rows, type) && names && o->rest.len)
		add_names(o, rows, type);
}

/* ---- queries ---- */

static void add_keys(struct offering *o)
{
	const char *key;

	for (size_t i = 0; (key = iv_query_key(i)); i++)
		if (!iv_field_of_any(iv_str_of(key)))
			add(o, iv_str_of(key), ":", NULL);
	add_fields(o, "", ":");
}

static const struct iv_field_def *field_named(struct iv_str key)
{
	const struct iv_field_def *def = NULL;

	for (int type = IV_TYPE_CONTACT; !def && type <= IV_TYPE_ORGANIZATION; type++)
		def = iv_field_find((enum iv_type)type, key);
	return def;
}

static void add_values(struct offering *o, struct iv_str key)
{
	const struct iv_field_def *def = field_named(iv_fold_key(o->out->arena, key));

	if (!def)
		return;
	if (strcmp(def->name, "type") == 0)
		for (int type = IV_TYPE_CONTACT; type <= IV_TYPE_ORGANIZATION; type++)
			add_word(o, iv_type_word((enum iv_type)type), NULL);
	else if (def->kind == IV_FIELD_REF || def->kind == IV_FIELD_REFS)
		add_notes(o, false, NULL);
	else
		add_words(o, def->choices);
}

/* Everything up to `cut` stays as it is. */
static void cut_at(struct offering *o, size_t cut)
{
	struct iv_str typed = o->rest;

	o->head = iv_str_slice(typed, 0, cut);
	o->rest = iv_str_slice(typed, cut, typed.len);
	o->folded = iv_fold(o->out->arena, o->rest);
}

static void add_change(struct offering *o)
{
	struct iv_str typed = o->rest, key;
	size_t equals = iv_str_find_char(typed, '=');
	bool removes = iv_str_starts(typed, "-");

	if (equals == SIZE_MAX) {
		cut_at(o, removes);
		add_fields(o, "", removes ? "" : "=");
		return;
	}
	key = iv_str_slice(typed, 0, equals - (equals && typed.ptr[equals - 1] == '+'));
	cut_at(o, equals + 1);
	add_values(o, key);
}

static void add_query(struct offering *o)
{
	struct iv_str typed = o->rest;
	size_t start = iv_str_starts(typed, "-"), end = start, value;

	while (end < typed.len && !strchr(":=~<>", typed.ptr[end]))
		end++;
	value = end;
	while (value < typed.len && strchr(":=~<>", typed.ptr[value]))
		value++;
	size_t cut = end < typed.len ? value : start;
	cut_at(o, cut);
	if (end < typed.len)
		add_values(o, iv_str_slice(typed, start, end));
	else
		add_keys(o);
}

/* ---- git ---- */

static void add_remotes(struct offering *o)
{
	char **remotes = cmd_open(o->cmd, CMD_REPOSITORY) ? NULL : iv_repo_remotes(o->cmd->repo);

	for (size_t i = 0; remotes && remotes[i]; i++)
		add_word(o, iv_arena_str(o->out->arena, iv_str_of(remotes[i])).ptr, NULL);
	free(remotes);
}

/* ---- all of them ---- */

static void add_wanted(struct offering *o)
{
	const struct typed *typed = o->typed;

	switch (typed->wanted) {
	case OPERAND_UNSAID:
	case OPERAND_NONE:
	case OPERAND_TEXT: break;
	case OPERAND_WORD: add_words(o, typed->words); break;
	case OPERAND_CONTACT: add_notes(o, true, "contact"); break;
	case OPERAND_ORGANIZATION: add_notes(o, true, "organization"); break;
	case OPERAND_NOTE:
	case OPERAND_PLACE:
		add_notes(o, true, NULL);
		o->out->else_files = "files";
		break;
	case OPERAND_FILE: o->out->else_files = "files"; break;
	case OPERAND_FOLDER: o->out->else_files = "folders"; break;
	case OPERAND_COMMAND: add_commands(o); break;
	case OPERAND_RULE: add_rules(o); break;
	case OPERAND_SETTING: add_settings(o); break;
	case OPERAND_FIELD: add_fields(o, "", ""); break;
	case OPERAND_QUERY: add_query(o); break;
	case OPERAND_REMOTE: add_remotes(o); break;
	case OPERAND_CHANGE: add_change(o); break;
	}
	if (typed->fields)
		add_fields(o, "", "");
}

void offers_init(struct offers *out, struct iv_arena *arena, struct cmd *cmd,
		 const struct typed *typed)
{
	struct offering o = {out, cmd, typed, typed->head, typed->rest, {NULL, 0}};

	*out = (struct offers){.arena = arena};
	o.folded = iv_fold(arena, typed->rest);
	if (typed->option)
		add_options(&o);
	else
		add_wanted(&o);
}

void offers_release(struct offers *offers)
{
	free(offers->items);
	iv_rows_release(&offers->notes);
}
