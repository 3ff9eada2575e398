/* Merge drivers: the program that git calls for files with an attribute. */
#include <stdlib.h>
#include <string.h>

#include "vcs/vcs.h"

static char *key_of(const char *name, const char *what)
{
	struct iv_buf key = IV_BUF_INIT;

	iv_buf_printf(&key, "merge.%s.%s", name, what);
	return iv_buf_detach(&key);
}

static int set(git_config *config, const char *name, const char *what, const char *value,
	       struct iv_error *error)
{
	char *key = key_of(name, what);
	int rc = IV_OK;

	if (git_config_set_string(config, key, value))
		rc = vcs_error(error, IV_EIO, "cannot write the configuration of the repository");
	free(key);
	return rc;
}

/* The file of the repository, whatever the user's own says. */
static int write_driver(const struct iv_repo *repo, const struct iv_driver *driver,
			struct iv_error *error)
{
	git_config *all = NULL, *own = NULL;
	int rc = IV_OK;

	if (git_repository_config(&all, repo->git) ||
	    git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL))
		rc = vcs_error(error, IV_EIO, "cannot open the configuration of the repository");
	if (!rc)
		rc = set(own, driver->name, "driver", driver->command, error);
	if (!rc)
		rc = set(own, driver->name, "name", driver->title, error);
	git_config_free(own);
	git_config_free(all);
	return rc;
}

int iv_repo_set_driver(bool *made, const struct iv_repo *repo, const struct iv_driver *driver,
		       struct iv_error *error)
{
	char *key = key_of(driver->name, "driver"), *there = iv_repo_setting(repo, key);
	int rc = IV_OK;

	*made = false;
	if (there && !iv_str_starts(iv_str_of(there), driver->program)) {
		rc = iv_error_set(error, IV_EREFUSED,
				  "git's configuration has '%s' already: '%s'; if that is not "
				  "wanted: git config --unset %s",
				  key, there, key);
	} else if (!there || strcmp(there, driver->command)) {
		rc = write_driver(repo, driver, error);
		*made = !rc;
	}
	free(there);
	free(key);
	return rc;
}

static const char *driver_of(const char *value)
{
	switch (git_attr_value(value)) {
	case GIT_ATTR_VALUE_UNSPECIFIED: return "";
	case GIT_ATTR_VALUE_TRUE: return "text";
	case GIT_ATTR_VALUE_FALSE: return "binary";
	case GIT_ATTR_VALUE_STRING: break;
	}
	return value;
}

int iv_repo_driver_of(char **out, const struct iv_repo *repo, const char *path,
		      struct iv_error *error)
{
	const char *value = NULL;
	struct iv_buf whole = IV_BUF_INIT;
	int rc = IV_OK;

	iv_buf_printf(&whole, "%s%s", repo->prefix, path);
	if (git_attr_get(&value, repo->git, 0, whole.ptr, "merge"))
		rc = vcs_error(error, IV_EIO, "cannot read git's attributes");
	else
		*out = iv_strdup(driver_of(value));
	iv_buf_release(&whole);
	return rc;
}

void iv_repo_forget_attributes(const struct iv_repo *repo)
{
	git_attr_cache_flush(repo->git);
}
