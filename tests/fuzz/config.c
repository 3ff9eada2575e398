/*
 * Any bytes make a config: problems have words and places of the file, keys have texts, and its
 * globs end for every path. What stands behind the first NUL byte is the path.
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

static void check_keys(const struct iv_config *config)
{
	const char *const *keys, *const *texts;
	size_t count = iv_config_keys(config, &keys);

	for (size_t i = 0; i < count; i++) {
		insist(iv_config_get(config, keys[i]) != NULL);
		insist(iv_config_pos(config, keys[i]).line > 0);
		size_t many = iv_config_list(config, keys[i], &texts);
		insist(texts && !texts[many]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const char *nul = size ? memchr(bytes, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - bytes) : size;
	struct iv_str path = {nul ? nul + 1 : "a/b.md", nul ? size - len - 1 : 6};
	struct iv_config *config = iv_config_parse((struct iv_str){bytes, len});
	const struct iv_config_problem *problems;
	size_t count = iv_config_problems(config, &problems);

	for (size_t i = 0; i < count; i++)
		insist(problems[i].message && *problems[i].message);
	check_keys(config);
	if (iv_vault_holds(config, path))
		insist(path.len > 3 && path.ptr[0] != '.' && path.ptr[0] != '/');
	iv_config_free(config);
	return 0;
}
