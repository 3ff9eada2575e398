/* config: the settings in force, and where each comes from. */
#include <stdlib.h>
#include <string.h>

#include <ivnotes/view.h>

#include "cmd/cmd.h"
#include "vault/settings.h"
#include "view/jsontext.h"
#include "yaml/yaml.h"

#define COLUMN 40 /* where the origins begin, if they can */

static int run(struct cmd *cmd, int count, char **words);

static const char *const formats[] = {"text", "json", NULL};

const struct command cmd_config = {
	.name = "config",
	.group = GROUP_START,
	.summary = "print the settings in force, and where each comes from",
	.usage = "[KEY ...]",
	.formats = formats,
	.max = -1,
	.operands = {OPERAND_SETTING},
	.needs = CMD_RULES,
	.run = run,
};

enum { FROM_DEFAULT, FROM_RULE, FROM_CONFIG, FROM_NOWHERE };
static const char *const from_words[] = {"default", "rule", "config", NULL};

/* A setting; all texts are in the arena of its list, or live as long as the rules. */
struct line {
	const char *key;
	const char *full;      /* the key as the library has it: `severity.nudge` for `nudge` */
	const char *value;     /* as YAML; "" where it is not set */
	const char *otherwise; /* the default as YAML, "" where there is none */
	const char *summary;
	const struct iv_rule *rule; /* whose it is, or NULL */
	int from;
	struct iv_pos pos; /* in the config */
};

struct lines {
	struct cmd *cmd;
	struct iv_arena *arena;
	struct line *items;
	size_t count, capacity;
};

/* ---- collecting ---- */

static void add_line(struct lines *lines, struct line line)
{
	line.full = line.full ? line.full : line.key;
	IV_GROW(lines->items, lines->count, lines->capacity);
	lines->items[lines->count++] = line;
}

static const char *yaml_text(struct lines *lines, const char *text)
{
	struct iv_buf buf = IV_BUF_INIT;
	const char *kept;

	iv_yaml_add(&buf, iv_str_of(text));
	kept = iv_arena_str(lines->arena, iv_buf_view(&buf)).ptr;
	iv_buf_release(&buf);
	return kept;
}

/* A default: lists are YAML already. */
static const char *yaml_default(struct lines *lines, const char *text)
{
	return !*text || *text == '[' ? text : yaml_text(lines, text);
}

/* What the config has for a key, as YAML; `list` for settings that are lists by nature. */
static const char *yaml_set(struct lines *lines, const char *key, bool list)
{
	const char *const *texts;
	size_t count = iv_config_source(lines->cmd->config, key, &texts);
	struct iv_buf buf = IV_BUF_INIT;
	const char *kept;

	if (list || count != 1)
		iv_yaml_add_list(&buf, texts, count);
	else
		iv_yaml_add(&buf, iv_str_of(texts[0]));
	kept = iv_arena_str(lines->arena, iv_buf_view(&buf)).ptr;
	iv_buf_release(&buf);
	return kept;
}

static void set_by_config(struct lines *lines, struct line *line, const char *key, bool list)
{
	line->value = yaml_set(lines, key, list);
	line->from = FROM_CONFIG;
	line->pos = iv_config_pos(lines->cmd->config, key);
}

/* A line for each key of the config below that of a map, or one that says there is none. */
static void add_map(struct lines *lines, const struct iv_setting_def *def)
{
	struct line line = {.summary = def->summary, .otherwise = ""};
	size_t before = lines->count;
	const char *const *keys;
	size_t count = iv_config_keys(lines->cmd->config, &keys), len = strlen(def->key);

	for (size_t i = 0; i < count; i++) {
		if (strncmp(keys[i], def->key, len) != 0 || keys[i][len] != '.')
			continue;
		line.key = keys[i];
		set_by_config(lines, &line, keys[i], false);
		add_line(lines, line);
	}
	line = (struct line){.key = def->key,
			     .value = "{}",
			     .otherwise = "{}",
			     .summary = def->summary,
			     .from = FROM_DEFAULT};
	if (lines->count == before)
		add_line(lines, line);
}

static void add_vault_setting(struct lines *lines, const struct iv_setting_def *def)
{
	struct line line = {.key = def->key, .summary = def->summary};
	const char *const *texts;
	bool list = def->kind == IV_SETTING_TEXTS || def->kind == IV_SETTING_DAYS;

	iv_config_source(lines->cmd->config, def->key, &texts);
	line.value = line.otherwise = yaml_default(lines, def->value);
	line.from = *def->value ? FROM_DEFAULT : FROM_NOWHERE;
	if (texts)
		set_by_config(lines, &line, def->key, list);
	add_line(lines, line);
}

/* `nudge: warning`, or `severity.opening: off` for a rule named as a setting is. */
static void add_severity(struct lines *lines, const struct iv_rule *rule)
{
	struct line line = {.rule = rule, .from = FROM_RULE, .summary = rule->summary};
	struct iv_str id = iv_str_of(rule->id),
		      key = iv_arena_printf(lines->arena, "severity.%s", rule->id);

	line.key = iv_setting_find(id) ? key.ptr : rule->id;
	line.full = key.ptr;
	line.value = rule->off ? "off" : iv_severity_word(rule->severity);
	line.otherwise = rule->optional ? "off" : iv_severity_word(rule->usual);
	if (iv_config_get(lines->cmd->config, key.ptr)) {
		line.from = FROM_CONFIG;
		line.pos = iv_config_pos(lines->cmd->config, key.ptr);
	}
	add_line(lines, line);
}

static void add_rule_setting(struct lines *lines, const struct iv_rule *rule,
			     const struct iv_rule_setting *setting)
{
	struct line line = {.key = setting->key, .rule = rule, .from = FROM_RULE};
	const char *set = iv_config_get(lines->cmd->config, setting->key);
	const char *now = iv_rules_setting(lines->cmd->rules, setting->key);

	line.summary = setting->summary;
	line.value = line.otherwise = yaml_default(lines, setting->value);
	/* What could not be used of the config is not in force. */
	if (set && (*setting->value == '[' || (now && strcmp(set, now) == 0)))
		set_by_config(lines, &line, setting->key, *setting->value == '[');
	add_line(lines, line);
}

static void collect(struct lines *lines)
{
	const struct iv_rule *rules;
	size_t count = iv_rules_all(lines->cmd->rules, &rules);

	for (size_t i = 0; i < iv_setting_count; i++)
		if (iv_settings[i].kind != IV_SETTING_MAP)
			add_vault_setting(lines, &iv_settings[i]);
		else if (strcmp(iv_settings[i].key, "severity") != 0)
			add_map(lines, &iv_settings[i]);
	for (size_t i = 0; i < count; i++) {
		add_severity(lines, &rules[i]);
		for (size_t j = 0; j < rules[i].setting_count; j++)
			add_rule_setting(lines, &rules[i], &rules[i].settings[j]);
	}
}

/* ---- choosing ---- */

/* Is this the key that was typed, or one below it? `nudge` is `nudge` and `nudge.after`. */
static bool is_at_or_below(struct iv_str key, struct iv_str wanted)
{
	return iv_str_eq(iv_str_slice(key, 0, wanted.len), wanted) &&
	       (key.len == wanted.len || (key.len > wanted.len && key.ptr[wanted.len] == '.'));
}

/* The other spellings of a severity count as in the config. */
static bool is_wanted(const struct lines *lines, const struct line *line, struct iv_str wanted)
{
	struct iv_str key = iv_fold_key(lines->arena, iv_str_of(line->key));
	struct iv_str full = iv_fold_key(lines->arena, iv_str_of(line->full));

	return is_at_or_below(key, wanted) ||
	       is_at_or_below(full, iv_setting_key(lines->arena, wanted, IV_LIT("")));
}

static int unknown(const struct lines *lines, const char *word, struct iv_str wanted)
{
	struct iv_meant meant = {.word = wanted};

	for (size_t i = 0; i < lines->count; i++)
		iv_meant_offer(&meant, iv_str_of(lines->items[i].key));
	for (size_t i = 0; i < iv_setting_count; i++)
		iv_meant_offer(&meant, iv_str_of(iv_settings[i].key));
	if (meant.count)
		return cmd_usage(lines->cmd, "unknown setting '%s', %s", word,
				 cmd_meant(lines->cmd, &meant));
	return cmd_usage(lines->cmd, "unknown setting '%s', 'ivnotes config' lists them", word);
}

/* Leaves the lines that the words name. One of a map that is not set is no mistake: CMD_FOUND. */
static int choose(struct lines *lines, int count, char **words)
{
	bool *keep = iv_arena_calloc(lines->arena, lines->count + 1, sizeof(*keep));
	size_t kept = 0;
	int status = CMD_OK;

	for (int i = 0; i < count; i++) {
		struct iv_str wanted = iv_fold_key(lines->arena, iv_str_of(words[i]));
		bool found = false;

		for (size_t j = 0; j < lines->count; j++)
			if (is_wanted(lines, &lines->items[j], wanted))
				keep[j] = found = true;
		if (!found && !iv_setting_find(wanted))
			return unknown(lines, words[i], wanted);
		status = found ? status : CMD_FOUND;
	}
	for (size_t j = 0; count && j < lines->count; j++)
		if (keep[j])
			lines->items[kept++] = lines->items[j];
	lines->count = count ? kept : lines->count;
	return status;
}

/* ---- printing ---- */

static void add_origin(struct iv_buf *out, const struct cmd *cmd, const struct line *line)
{
	char *path;

	switch (line->from) {
	case FROM_DEFAULT: iv_buf_puts(out, "default"); break;
	case FROM_NOWHERE: iv_buf_puts(out, "not set"); break;
	case FROM_RULE:
		if (!line->rule->path) {
			iv_buf_printf(out, "rule %s", line->rule->id);
			break;
		}
		path = cmd_relative(cmd, line->rule->path);
		iv_buf_visible(out, iv_str_of(path), true);
		free(path);
		break;
	case FROM_CONFIG:
		path = cmd_relative(cmd, IV_CONFIG_FILE);
		iv_buf_visible(out, iv_str_of(path), true);
		iv_buf_printf(out, ":%u", (unsigned)line->pos.line);
		free(path);
		break;
	}
}

/* `key: value  # origin`, which is YAML. */
static void add_text(struct lines *lines, const struct line *line)
{
	struct iv_buf text = IV_BUF_INIT, *out = &lines->cmd->out;

	iv_yaml_add(&text, iv_str_of(line->key));
	iv_buf_printf(&text, ":%s%s", *line->value ? " " : "", line->value);
	iv_buf_str(out, iv_buf_view(&text));
	for (size_t width = iv_utf8_width(iv_buf_view(&text)); width < COLUMN; width++)
		iv_buf_putc(out, ' ');
	iv_buf_puts(out, "  # ");
	add_origin(out, lines->cmd, line);
	iv_buf_putc(out, '\n');
	iv_buf_release(&text);
}

/* A value as JSON: a string, a list of them, or null where there is none. */
static json_t *json_of(struct lines *lines, const char *yaml)
{
	const struct iv_yaml_node *node = NULL;
	json_t *list;

	if (iv_yaml_parse(&node, lines->arena, iv_str_of(yaml), 1, NULL) || !node)
		return *yaml ? json_string("") : json_null();
	if (node->kind == IV_YAML_SCALAR)
		return iv_json_str(node->text);
	list = node->kind == IV_YAML_MAPPING ? json_object() : json_array();
	for (size_t i = 0; node->kind == IV_YAML_SEQUENCE && i < node->count; i++)
		json_array_append_new(list, iv_json_str(node->items[i]->text));
	return list;
}

static json_t *json_line(struct lines *lines, const struct line *line)
{
	bool set = line->from == FROM_CONFIG;
	json_t *object = iv_json_object(false);

	json_object_set_new(object, "key", iv_json_text(line->key));
	json_object_set_new(object, "value", json_of(lines, line->value));
	json_object_set_new(object, "default", json_of(lines, line->otherwise));
	json_object_set_new(object, "from",
			    line->from == FROM_NOWHERE ? json_null()
						       : json_string(from_words[line->from]));
	json_object_set_new(object, "path",
			    iv_json_text(set          ? IV_CONFIG_FILE
					 : line->rule ? line->rule->path
						      : NULL));
	json_object_set_new(object, "line", set ? json_integer(line->pos.line) : json_null());
	json_object_set_new(object, "column", set ? json_integer(line->pos.column) : json_null());
	json_object_set_new(object, "rule", iv_json_text(line->rule ? line->rule->id : NULL));
	json_object_set_new(object, "summary", iv_json_text(line->summary));
	return object;
}

static void add_json(struct lines *lines, struct iv_buf *out)
{
	iv_buf_printf(out, "{\"version\":%d,\"settings\":[", IV_VIEW_SCHEMA);
	for (size_t i = 0; i < lines->count; i++) {
		iv_buf_puts(out, i ? ",\n" : "\n");
		iv_json_add(out, json_line(lines, &lines->items[i]));
	}
	iv_buf_puts(out, lines->count ? "\n]}\n" : "]}\n");
}

static int run(struct cmd *cmd, int count, char **words)
{
	struct lines lines = {.cmd = cmd, .arena = iv_arena_new()};
	int status;

	collect(&lines);
	status = choose(&lines, count, words);
	if (status <= CMD_FOUND && strcmp(cmd->format, "json") == 0)
		add_json(&lines, &cmd->out);
	for (size_t i = 0;
	     status <= CMD_FOUND && strcmp(cmd->format, "text") == 0 && i < lines.count; i++)
		add_text(&lines, &lines.items[i]);
	free(lines.items);
	iv_arena_free(lines.arena);
	return status;
}
