/* .ivnotes/config.yaml: YAML -> flat keys with their texts. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "vault/settings.h"
#include "vault/vault.h"
#include "yaml/yaml.h"

#define KEYS_MAX 4096

struct value {
	struct iv_str key;
	struct iv_pos pos;
	const char *text;      /* of a list, its texts joined by ',' */
	const char **texts;    /* one for a scalar; NULL-ended */
	struct iv_pos *places; /* of the texts */
	size_t count;
};

struct iv_config {
	struct iv_arena *arena;
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

static void add_problem(struct iv_config *config, struct iv_pos pos, struct iv_str message)
{
	IV_GROW(config->problems, config->problem_count, config->problem_capacity);
	config->problems[config->problem_count++] = (struct iv_config_problem){pos, message.ptr};
}

static const struct value *find(const struct iv_config *config, struct iv_str key)
{
	for (size_t i = 0; i < config->count; i++)
		if (iv_str_eq(config->values[i].key, key))
			return &config->values[i];
	return NULL;
}

/* ---- reading ---- */

static const char *join(struct iv_arena *arena, const char *const *texts)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str joined;

	for (size_t i = 0; texts[i]; i++) {
		if (i)
			iv_buf_putc(&buf, ',');
		iv_buf_puts(&buf, texts[i]);
	}
	joined = iv_arena_str(arena, (struct iv_str){buf.len ? buf.ptr : "", buf.len});
	iv_buf_release(&buf);
	return joined.ptr;
}

/* Takes the scalars of a sequence, or the one scalar; what is checked and canonical comes back. */
static void take_texts(struct iv_config *config, struct value *value,
		       const struct iv_yaml_node *const *items, size_t count)
{
	value->texts = iv_arena_calloc(config->arena, count + 1, sizeof(*value->texts));
	value->places = iv_arena_calloc(config->arena, count + 1, sizeof(*value->places));
	for (size_t i = 0; i < count; i++) {
		struct iv_str text, fault = {NULL, 0};

		if (items[i]->kind != IV_YAML_SCALAR) {
			fault = iv_arena_printf(config->arena, "'%s' takes a list of texts",
						value->key.ptr);
			add_problem(config, items[i]->pos, fault);
			continue;
		}
		text = iv_setting_check(&fault, config->arena, value->key, items[i]->text);
		if (fault.ptr)
			add_problem(config, items[i]->pos, fault);
		if (!text.ptr)
			continue;
		value->places[value->count] = items[i]->pos;
		value->texts[value->count++] = iv_arena_str(config->arena, text).ptr;
	}
	value->text = join(config->arena, value->texts);
}

static bool accept_key(struct iv_config *config, struct iv_str key, struct iv_pos pos)
{
	const struct value *twice = find(config, key);
	struct iv_str fault = {NULL, 0};

	if (config->count == KEYS_MAX)
		fault = iv_arena_printf(config->arena, "more than %d settings", KEYS_MAX);
	else if (config->count > KEYS_MAX)
		return false;
	else if (twice)
		fault = iv_arena_printf(config->arena, "'%s' is set twice, first in line %u",
					key.ptr, (unsigned)twice->pos.line);
	if (fault.ptr)
		add_problem(config, pos, fault);
	return !fault.ptr;
}

static void add_value(struct iv_config *config, struct iv_str key, struct iv_pos pos,
		      const struct iv_yaml_node *node)
{
	struct value value = {.key = key, .pos = pos};
	struct iv_str fault = iv_setting_check_key(config->arena, key);
	bool scalar = node->kind == IV_YAML_SCALAR;

	if (scalar && !iv_str_trim(node->text).len)
		return; /* blank is absent, as in a note */
	if (!accept_key(config, key, pos))
		return;
	if (fault.ptr)
		add_problem(config, pos, fault);
	if (scalar)
		take_texts(config, &value, &node, 1);
	else
		take_texts(config, &value, node->items, node->count);
	if (scalar && !value.count)
		return; /* unusable: the default holds */
	IV_GROW(config->values, config->count, config->capacity);
	config->values[config->count++] = value;
}

/* `prefix` is "" or ends in a dot. Below `folders` keys are paths and stay as written. */
static struct iv_str full_key(struct iv_arena *arena, struct iv_str prefix, struct iv_str key)
{
	if (!iv_str_is(prefix, "folders."))
		key = iv_fold_key(arena, iv_str_trim(key));
	while (prefix.len && iv_str_ends(key, "/"))
		key.len--;
	return iv_arena_printf(arena, "%.*s%.*s", IV_STR_ARG(prefix), IV_STR_ARG(key));
}

static void flatten(struct iv_config *config, struct iv_str prefix,
		    const struct iv_yaml_node *mapping)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct iv_yaml_node *value = mapping->pairs[i].value;
		const struct iv_yaml_node *name = mapping->pairs[i].key;
		struct iv_str key = full_key(config->arena, prefix, name->text);

		if (value->kind == IV_YAML_MAPPING)
			flatten(config, iv_arena_printf(config->arena, "%s.", key.ptr), value);
		else
			add_value(config, key, name->pos, value);
	}
}

static void read_bytes(struct iv_config *config, struct iv_str bytes)
{
	const struct iv_yaml_node *root = NULL;
	struct iv_error error = IV_ERROR_INIT;

	if (iv_yaml_parse(&root, config->arena, bytes, 1, &error))
		add_problem(config, error.pos,
			    iv_arena_str(config->arena, iv_str_of(error.message)));
	else if (root && root->kind == IV_YAML_MAPPING)
		flatten(config, (struct iv_str){"", 0}, root);
	else if (root)
		add_problem(config, root->pos, IV_LIT("expected settings as 'key: value'"));
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
			count += config->values[i].count;
	if (!count)
		return NULL;
	pairs = iv_arena_calloc(config->arena, count + 1, sizeof(*pairs));
	count = 0;
	for (size_t i = 0; i < config->count; i++) {
		const struct value *value = &config->values[i];

		for (size_t j = 0; iv_str_starts(value->key, prefix) && j < value->count; j++) {
			pairs[count][0] = value->key.ptr + skip;
			pairs[count++][1] = value->texts[j];
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
		for (size_t j = 0; j < value->count; j++)
			iv_buf_add(&buf, value->texts[j], strlen(value->texts[j]) + 1);
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
	struct iv_config *config = config_new();

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

	*out = value ? value->texts : NULL;
	return value ? value->count : 0;
}

struct iv_pos iv_config_pos(const struct iv_config *config, const char *key)
{
	const struct value *value = find(config, iv_str_of(key));

	return value ? value->pos : (struct iv_pos){0, 0};
}

struct iv_pos iv_config_item_pos(const struct iv_config *config, const char *key, size_t index)
{
	const struct value *value = find(config, iv_str_of(key));

	return value && index < value->count ? value->places[index] : (struct iv_pos){0, 0};
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
