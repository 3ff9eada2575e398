/* .ivnotes/config.yaml: YAML -> flat keys with their texts. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "vault/days.h"
#include "vault/settings.h"
#include "vault/vault.h"
#include "yaml/yaml.h"

#define KEYS_MAX 4096
#define FILE_PROBLEMS_MAX 10 /* told of a file of days */
#define PART_PROBLEMS_MAX 20 /* told of YAML that is read part by part */

struct texts {
	const char **items; /* NULL-ended once kept */
	struct iv_pos *places;
	size_t count, capacity;
};

struct value {
	struct iv_str key;
	const char *spelling; /* the key as the file has it */
	struct iv_pos pos;
	const char *text;    /* of a list, its texts joined by ',' */
	struct texts texts;  /* one for a scalar */
	struct texts source; /* as they stand in the file: names of files of days */
};

struct iv_config {
	struct iv_arena *arena;
	iv_config_read *read;
	void *data;
	struct value *values;
	size_t count, capacity;
	const char **keys; /* of `values` */
	struct iv_config_problem *problems;
	size_t problem_count, problem_capacity;
	struct iv_globs *globs;
	struct iv_syntax syntax;
	uint64_t reading, whole;
};

static const char *const default_ignore[] = {"node_modules/"};

static void add_problem_in(struct iv_config *config, const char *path, struct iv_pos pos,
			   struct iv_str message)
{
	IV_GROW(config->problems, config->problem_count, config->problem_capacity);
	config->problems[config->problem_count++] =
		(struct iv_config_problem){path, pos, message.ptr};
}

static void add_problem(struct iv_config *config, struct iv_pos pos, struct iv_str message)
{
	add_problem_in(config, IV_CONFIG_FILE, pos, message);
}

static const struct value *find(const struct iv_config *config, struct iv_str key)
{
	for (size_t i = 0; i < config->count; i++)
		if (iv_str_eq(config->values[i].key, key))
			return &config->values[i];
	return NULL;
}

/* ---- values ---- */

static void add_text(struct iv_config *config, struct texts *texts, struct iv_pos pos,
		     struct iv_str text)
{
	size_t capacity = texts->capacity;

	IV_GROW(texts->items, texts->count, texts->capacity);
	IV_GROW(texts->places, texts->count, capacity);
	texts->places[texts->count] = pos;
	texts->items[texts->count++] = iv_arena_str(config->arena, text).ptr;
}

/* Moves them into the arena, with a NULL at their end. */
static void keep_texts(struct iv_config *config, struct texts *texts)
{
	const char **items = texts->items;
	struct iv_pos *places = texts->places;

	texts->items = iv_arena_calloc(config->arena, texts->count + 1, sizeof(*items));
	if (texts->count)
		memcpy(texts->items, items, texts->count * sizeof(*items));
	texts->places = iv_arena_copy(config->arena, places, texts->count, sizeof(*places));
	free(items);
	free(places);
}

static const char *join(struct iv_arena *arena, const struct texts *texts)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str joined;

	for (size_t i = 0; i < texts->count; i++) {
		if (i)
			iv_buf_putc(&buf, ',');
		iv_buf_puts(&buf, texts->items[i]);
	}
	joined = iv_arena_str(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return joined.ptr;
}

/* ---- files of days ---- */

static void take_days(struct iv_config *config, struct value *value, struct iv_pos pos,
		      const char *path, struct iv_str bytes)
{
	struct iv_day_line line = {.pos = {0, 0}};
	size_t faults = 0;

	while (faults < FILE_PROBLEMS_MAX && iv_day_line_next(&line, &bytes)) {
		if (line.is_day) {
			add_text(config, &value->texts, pos, line.text);
			continue;
		}
		faults++;
		add_problem_in(config, path, line.pos,
			       iv_arena_printf(config->arena,
					       "'%.*s' is no day, expected one a line, like "
					       "2026-12-25",
					       IV_STR_ARG(iv_str_slice(line.text, 0, 40))));
	}
}

static int read_file(char **bytes, size_t *len, const struct iv_config *config, const char *path,
		     struct iv_error *error)
{
	return config->read ? config->read(config->data, bytes, len, path, error)
			    : iv_error_set(error, IV_ENOTFOUND, "there is no file '%s'", path);
}

/* Names go from the config's folder, as everywhere in the vault. */
static void take_file(struct iv_config *config, struct value *value,
		      const struct iv_yaml_node *item)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf path = IV_BUF_INIT;
	const char *kept;
	char *bytes = NULL;
	size_t len = 0;
	int rc = IV_EREFUSED;

	add_text(config, &value->source, item->pos, iv_str_trim(item->text));
	if (iv_path_resolve(&path, IV_LIT(IV_CONFIG_FILE), iv_str_trim(item->text))) {
		kept = iv_arena_str(config->arena, iv_buf_view(&path)).ptr;
		rc = read_file(&bytes, &len, config, kept, &error);
		if (!rc)
			take_days(config, value, item->pos, kept, (struct iv_str){bytes, len});
	} else {
		iv_error_set(&error, rc, "'%s' lies outside of the vault",
			     value->source.items[value->source.count - 1]);
	}
	if (rc)
		add_problem(config, item->pos,
			    iv_arena_printf(config->arena, "%s, expected a file of days",
					    error.message));
	iv_error_release(&error);
	iv_buf_release(&path);
	free(bytes);
}

/* ---- keys ---- */

static void take_text(struct iv_config *config, struct value *value,
		      const struct iv_yaml_node *item)
{
	const struct iv_setting_def *def = iv_setting_find(value->key);
	struct iv_str text, fault = {NULL, 0};

	if (item->kind != IV_YAML_SCALAR) {
		fault = iv_arena_printf(config->arena, "'%s' takes a list of texts",
					value->spelling);
		add_problem(config, item->pos, fault);
		return;
	}
	if (def && def->kind == IV_SETTING_DAYS && iv_days_is_name(iv_str_trim(item->text))) {
		take_file(config, value, item);
		return;
	}
	text = iv_setting_check(&fault, config->arena, value->key, item->text);
	if (fault.ptr)
		add_problem(config, item->pos, fault);
	if (!text.ptr)
		return;
	add_text(config, &value->texts, item->pos, text);
	add_text(config, &value->source, item->pos, text);
}

static bool accept_key(struct iv_config *config, const struct value *value)
{
	const struct value *twice = find(config, value->key);
	struct iv_str fault = {NULL, 0};

	if (twice)
		fault = iv_arena_printf(config->arena, "'%s' is set twice, first in line %u",
					value->spelling, (unsigned)twice->pos.line);
	else
		fault = iv_setting_check_key(config->arena, value->key);
	if (fault.ptr)
		add_problem(config, value->pos, fault);
	return !fault.ptr;
}

static bool takes_a_list(const struct iv_setting_def *def, struct iv_str key)
{
	return !def || def->kind == IV_SETTING_TEXTS || def->kind == IV_SETTING_DAYS ||
	       iv_str_starts(key, "sections.");
}

static void add_value(struct iv_config *config, struct value value, const struct iv_yaml_node *node)
{
	bool scalar = node->kind == IV_YAML_SCALAR;

	if (scalar && !iv_str_trim(node->text).len)
		return; /* blank is absent, as in a note */
	value.key = iv_setting_key(config->arena, iv_str_of(value.spelling),
				   scalar ? node->text : IV_LIT(""));
	if (!accept_key(config, &value))
		return;
	if (!scalar && !takes_a_list(iv_setting_find(value.key), value.key)) {
		add_problem(config, node->pos,
			    iv_arena_printf(config->arena, "'%s' takes one value, not a list",
					    value.spelling));
		return;
	}
	for (size_t i = 0; i < (scalar ? 1 : node->count); i++)
		take_text(config, &value, scalar ? node : node->items[i]);
	keep_texts(config, &value.texts);
	keep_texts(config, &value.source);
	value.text = join(config->arena, &value.texts);
	if (scalar && !value.source.count)
		return; /* unusable: the default holds */
	IV_GROW(config->values, config->count, config->capacity);
	config->values[config->count++] = value;
}

/* Below `folders` keys are paths, below `types` words: they stay as written. */
static bool keeps_words(struct iv_str prefix)
{
	return iv_str_starts(prefix, "folders.") || iv_str_starts(prefix, "types.");
}

/* `prefix` is "" or ends in a dot. */
static struct iv_str full_key(struct iv_arena *arena, struct iv_str prefix, struct iv_str key)
{
	size_t dot;

	key = iv_str_trim(key);
	dot = prefix.len ? SIZE_MAX : iv_str_find_char(key, '.');
	if (dot != SIZE_MAX) {
		prefix = iv_fold_key(arena, iv_str_slice(key, 0, dot + 1));
		key = iv_str_slice(key, dot + 1, key.len);
	}
	if (!keeps_words(prefix))
		key = iv_fold_key(arena, key);
	while (iv_str_is(prefix, "folders.") && iv_str_ends(key, "/"))
		key.len--;
	return iv_arena_printf(arena, "%.*s%.*s", IV_STR_ARG(prefix), IV_STR_ARG(key));
}

/* A mapping below a key that is the user's own, as in `folders: {people: {type: contact}}`. */
static bool is_too_deep(struct iv_str key, const struct iv_yaml_node *node)
{
	const struct iv_setting_def *def = iv_setting_find(key);

	return node->kind == IV_YAML_MAPPING && def && def->kind == IV_SETTING_MAP &&
	       !iv_str_is(key, def->key);
}

static void flatten(struct iv_config *config, struct iv_str prefix,
		    const struct iv_yaml_node *mapping)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct iv_yaml_node *node = mapping->pairs[i].value;
		const struct iv_yaml_node *name = mapping->pairs[i].key;
		struct iv_str key = full_key(config->arena, prefix, name->text);
		struct value value = {.spelling = key.ptr, .pos = name->pos};

		if (config->count == KEYS_MAX) {
			add_problem(config, name->pos,
				    iv_arena_printf(config->arena, "expected at most %d settings",
						    KEYS_MAX));
			return;
		}
		if (is_too_deep(key, node))
			add_problem(config, node->pos,
				    iv_arena_printf(config->arena,
						    "'%s' takes one value, not a mapping",
						    key.ptr));
		else if (node->kind == IV_YAML_MAPPING)
			flatten(config, iv_arena_printf(config->arena, "%s.", key.ptr), node);
		else
			add_value(config, value, node);
	}
}

/* ---- bytes ---- */

static int read_yaml(struct iv_config *config, struct iv_str bytes, uint32_t line,
		     struct iv_error *error)
{
	const struct iv_yaml_node *root = NULL;
	int rc = iv_yaml_parse(&root, config->arena, bytes, line, error);

	if (rc)
		return rc;
	if (root && root->kind == IV_YAML_MAPPING)
		flatten(config, (struct iv_str){"", 0}, root);
	else if (root)
		add_problem(config, root->pos, IV_LIT("expected settings as 'key: value'"));
	return 0;
}

/* Does a setting begin here, and not something within one? */
static bool begins(struct iv_str line)
{
	if (iv_str_is(line, "---") || iv_str_is(line, "...") || iv_str_starts(line, "?"))
		return true;
	return line.len && line.ptr[0] && !strchr(" \t#-]}:,", line.ptr[0]) &&
	       iv_str_find_char(line, ':') != SIZE_MAX;
}

/* Up to the line where the next setting begins; advances *rest and *number beyond it. */
static struct iv_str next_part(struct iv_str *rest, uint32_t *number)
{
	struct iv_str part = *rest, line, after = *rest;

	for (bool first = true; iv_str_line(&line, &after); first = false) {
		if (!first && begins(line))
			break;
		*rest = after;
		++*number;
	}
	part.len -= rest->len;
	return part;
}

/* What is broken somewhere is read setting by setting, so that the others still count. */
static void read_parts(struct iv_config *config, struct iv_str bytes, const struct iv_error *whole)
{
	struct iv_error error = IV_ERROR_INIT;
	uint32_t number = 1, line;
	size_t faults = 0;

	while (bytes.len && faults < PART_PROBLEMS_MAX && config->count < KEYS_MAX) {
		struct iv_str part;

		line = number;
		part = next_part(&bytes, &number);
		if (!read_yaml(config, part, line, &error))
			continue;
		faults++;
		add_problem(config, error.pos,
			    iv_arena_str(config->arena, iv_str_of(error.message)));
		iv_error_release(&error);
		error = (struct iv_error)IV_ERROR_INIT;
	}
	if (!faults)
		add_problem(config, whole->pos,
			    iv_arena_str(config->arena, iv_str_of(whole->message)));
}

static void read_bytes(struct iv_config *config, struct iv_str bytes)
{
	struct iv_error error = IV_ERROR_INIT;

	bytes = iv_str_without_bom(bytes);
	if (read_yaml(config, bytes, 1, &error))
		read_parts(config, bytes, &error);
	iv_error_release(&error);
}

/* ---- what follows from the keys ---- */

/* Pairs {rest of the key, text} of all keys below `prefix`; NULL for none. */
static const char *const (*pairs_below(const struct iv_config *config, const char *prefix))[2]
{
	size_t skip = strlen(prefix), count = 0;
	const char *(*pairs)[2];

	for (size_t i = 0; i < config->count; i++)
		if (iv_str_starts(config->values[i].key, prefix))
			count += config->values[i].texts.count;
	if (!count)
		return NULL;
	pairs = iv_arena_calloc(config->arena, count + 1, sizeof(*pairs));
	count = 0;
	for (size_t i = 0; i < config->count; i++) {
		const struct value *value = &config->values[i];

		for (size_t j = 0; iv_str_starts(value->key, prefix) && j < value->texts.count;
		     j++) {
			pairs[count][0] = value->key.ptr + skip;
			pairs[count++][1] = value->texts.items[j];
		}
	}
	return (const char *const(*)[2])pairs;
}

static uint64_t hash_values(const struct iv_config *config, bool reading_only)
{
	struct iv_buf buf = IV_BUF_INIT;
	uint64_t hash;

	for (size_t i = 0; i < config->count; i++) {
		const struct value *value = &config->values[i];
		const struct iv_setting_def *def = iv_setting_find(value->key);

		if (reading_only && !(def && def->reading))
			continue;
		iv_buf_add(&buf, value->key.ptr, value->key.len + 1);
		for (size_t j = 0; j < value->texts.count; j++)
			iv_buf_add(&buf, value->texts.items[j], strlen(value->texts.items[j]) + 1);
		iv_buf_putc(&buf, '\n');
	}
	hash = iv_hash(iv_buf_view(&buf));
	iv_buf_release(&buf);
	return hash;
}

static void complete(struct iv_config *config)
{
	const char *const *ignore;
	size_t count = iv_config_list(config, "ignore", &ignore);

	if (!ignore) {
		ignore = default_ignore;
		count = sizeof(default_ignore) / sizeof(default_ignore[0]);
	}
	config->globs = iv_globs_new(ignore, count);
	config->keys = iv_arena_calloc(config->arena, config->count + 1, sizeof(*config->keys));
	for (size_t i = 0; i < config->count; i++)
		config->keys[i] = config->values[i].key.ptr;
	config->syntax = (struct iv_syntax){
		.sections = pairs_below(config, "sections."),
		.field_aliases = pairs_below(config, "fields."),
		.type_aliases = pairs_below(config, "types."),
		.folder_types = pairs_below(config, "folders."),
	};
	config->reading = hash_values(config, true);
	config->whole = hash_values(config, false);
}

/* ---- the public face ---- */

static struct iv_config *config_new(void)
{
	struct iv_config *config = iv_calloc(1, sizeof(*config));

	config->arena = iv_arena_new();
	return config;
}

struct iv_config *iv_config_parse(struct iv_str bytes)
{
	return iv_config_parse_with(bytes, NULL, NULL);
}

struct iv_config *iv_config_parse_with(struct iv_str bytes, iv_config_read *read, void *data)
{
	struct iv_config *config = config_new();

	config->read = read;
	config->data = data;

	/* The tree points into the bytes, and the config outlives them. */
	read_bytes(config, iv_arena_str(config->arena, bytes));
	complete(config);
	return config;
}

struct iv_config *iv_config_unread(const char *reason)
{
	struct iv_config *config = config_new();

	add_problem(config, (struct iv_pos){0, 0}, iv_arena_str(config->arena, iv_str_of(reason)));
	complete(config);
	return config;
}

void iv_config_free(struct iv_config *config)
{
	if (!config)
		return;
	iv_globs_free(config->globs);
	free(config->values);
	free(config->problems);
	iv_arena_free(config->arena);
	free(config);
}

const char *iv_config_get(const struct iv_config *config, const char *key)
{
	const struct value *value = find(config, iv_str_of(key));

	return value ? value->text : NULL;
}

size_t iv_config_list(const struct iv_config *config, const char *key, const char *const **out)
{
	const struct value *value = find(config, iv_str_of(key));

	*out = value ? value->texts.items : NULL;
	return value ? value->texts.count : 0;
}

size_t iv_config_source(const struct iv_config *config, const char *key, const char *const **out)
{
	const struct value *value = find(config, iv_str_of(key));

	*out = value ? value->source.items : NULL;
	return value ? value->source.count : 0;
}

const char *iv_config_spelling(const struct iv_config *config, const char *key)
{
	const struct value *value = find(config, iv_str_of(key));

	return value ? value->spelling : NULL;
}

struct iv_pos iv_config_pos(const struct iv_config *config, const char *key)
{
	const struct value *value = find(config, iv_str_of(key));

	return value ? value->pos : (struct iv_pos){0, 0};
}

struct iv_pos iv_config_item_pos(const struct iv_config *config, const char *key, size_t index)
{
	const struct value *value = find(config, iv_str_of(key));

	return value && index < value->texts.count ? value->texts.places[index]
						   : (struct iv_pos){0, 0};
}

size_t iv_config_keys(const struct iv_config *config, const char *const **out)
{
	*out = config->keys;
	return config->count;
}

size_t iv_config_problems(const struct iv_config *config, const struct iv_config_problem **out)
{
	*out = config->problems;
	return config->problem_count;
}

const struct iv_syntax *iv_config_syntax(const struct iv_config *config)
{
	return &config->syntax;
}

uint64_t iv_config_reading(const struct iv_config *config)
{
	return config->reading;
}

uint64_t iv_config_whole(const struct iv_config *config)
{
	return config->whole;
}

const struct iv_globs *iv_config_globs(const struct iv_config *config)
{
	return config->globs;
}

bool iv_vault_holds(const struct iv_config *config, struct iv_str path)
{
	size_t start = 0;

	for (size_t i = 0; i <= path.len; i++) {
		bool folder = i < path.len;

		if (folder && path.ptr[i] != '/')
			continue;
		if (i == start || path.ptr[start] == '.' || i >= PATH_MAX)
			return false;
		if (iv_globs_match(config->globs, iv_str_slice(path, 0, i), folder))
			return false;
		start = i + 1;
	}
	return path.len > 3 && iv_str_ends(path, ".md");
}
