/*
 * Any bytes make a config: problems have words and places of the file, keys have texts, and its
 * globs end for every path. What stands behind the first NUL byte is the path, and what every file
 * holds that the config names.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <ivnotes/vault.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static int read_file(void *data, char **bytes, size_t *len, const char *path,
		     struct iv_error *error)
{
	const struct iv_str *text = data;

	(void)error;
	insist(path[0] && path[0] != '/' && strncmp(path, "../", 3) != 0);
	*len = text->len;
	*bytes = malloc(text->len + 1);
	insist(*bytes != NULL);
	memcpy(*bytes, text->ptr, text->len);
	return 0;
}

static void check_keys(const struct iv_config *config)
{
	const char *const *keys, *const *texts;
	size_t count = iv_config_keys(config, &keys);

	for (size_t i = 0; i < count; i++) {
		insist(iv_config_get(config, keys[i]) != NULL);
		insist(iv_config_pos(config, keys[i]).line > 0);
		size_t many = iv_config_list(config, keys[i], &texts);
		insist(texts && !texts[many]);
		for (size_t j = 0; j < many; j++)
			insist(iv_config_item_pos(config, keys[i], j).line > 0);
		many = iv_config_source(config, keys[i], &texts);
		insist(texts && !texts[many]);
		insist(iv_config_spelling(config, keys[i]) != NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const char *nul = size ? memchr(bytes, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - bytes) : size;
	struct iv_str path = {nul ? nul + 1 : "a/b.md", nul ? size - len - 1 : 6};
	struct iv_config *config =
		iv_config_parse_with((struct iv_str){bytes, len}, read_file, &path);
	const struct iv_config_problem *problems;
	size_t count = iv_config_problems(config, &problems);

	for (size_t i = 0; i < count; i++)
		insist(problems[i].message && *problems[i].message && problems[i].path);
	check_keys(config);
	if (iv_vault_holds(config, path))
		insist(path.len > 3 && path.ptr[0] != '.' && path.ptr[0] != '/');
	iv_config_free(config);
	return 0;
}
