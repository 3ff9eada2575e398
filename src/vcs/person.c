#include "vcs/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* `Z`, `+HHMM` or `+HH:MM`, all of the text. */
static bool parse_zone(int *offset, struct iv_str text)
{
	char digits[5] = "";
	int number;

	*offset = 0;
	if (iv_str_is(text, "Z"))
		return true;
	if (!iv_str_starts(text, "+") && !iv_str_starts(text, "-"))
		return false;
	if (text.len == 6 && text.ptr[3] == ':')
		snprintf(digits, sizeof(digits), "%.2s%.2s", text.ptr + 1, text.ptr + 4);
	else if (text.len == 5)
		snprintf(digits, sizeof(digits), "%.4s", text.ptr + 1);
	if (!iv_str_int(&number, iv_str_of(digits)) || number % 100 > 59 || number > 1459)
		return false;
	*offset = (number / 100 * 60 + number % 100) * (text.ptr[0] == '-' ? -1 : 1);
	return true;
}

static bool parse_seconds(int64_t *seconds, struct iv_str text)
{
	int64_t value = 0;

	if (!text.len || text.len > 12)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!iv_is_digit(text.ptr[i]))
			return false;
		value = value * 10 + (text.ptr[i] - '0');
	}
	*seconds = value;
	return true;
}

/* YYYY-MM-DD, 'T' or space, HH:MM:SS, zone. */
static bool parse_iso(int64_t *seconds, int *offset, struct iv_str text)
{
	iv_day day;
	int part[3];

	if (text.len < 20 || (text.ptr[10] != 'T' && text.ptr[10] != ' ') || text.ptr[13] != ':' ||
	    text.ptr[16] != ':' || !iv_day_parse(&day, iv_str_slice(text, 0, 10)))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (!iv_str_int(&part[i], iv_str_slice(text, 11 + 3 * i, 13 + 3 * i)) ||
		    part[i] > (i ? 59 : 23))
			return false;
	if (!parse_zone(offset, iv_str_trim(iv_str_slice(text, 19, text.len))))
		return false;
	*seconds = (int64_t)day * 86400 + part[0] * 3600 + part[1] * 60 + part[2] - *offset * 60;
	return true;
}

bool vcs_date_parse(int64_t *seconds, int *offset, const char *text)
{
	struct iv_str all = iv_str_trim(iv_str_of(text)), zone;
	struct iv_str number = iv_str_word(all, &zone);

	if (parse_iso(seconds, offset, all))
		return true;
	if (iv_str_starts(number, "@"))
		number = iv_str_slice(number, 1, number.len);
	*offset = 0;
	return parse_seconds(seconds, number) && (!zone.len || parse_zone(offset, zone));
}

/* A text of git's configuration, or NULL; the caller frees. */
static char *configured(git_config *config, const char *role, const char *what)
{
	git_buf value = GIT_BUF_INIT;
	char key[32];
	char *text = NULL;

	snprintf(key, sizeof(key), "%s.%s", role, what);
	if (config && !git_config_get_string_buf(&value, config, key) && value.size)
		text = iv_strdup(value.ptr);
	git_buf_dispose(&value);
	return text;
}

static char *choose(const char *given, git_config *config, const char *role, const char *what)
{
	char *text = given && *given ? iv_strdup(given) : configured(config, role, what);

	return text ? text : configured(config, "user", what);
}

static int sign(git_signature **out, const char *name, const char *email, const char *date,
		struct iv_error *error)
{
	int64_t seconds;
	int offset, rc;

	if (!name || !email)
		return iv_error_set(
			error, IV_EREFUSED,
			"git does not know who you are; tell it with: git config --global "
			"user.%s",
			name ? "email 'you@example.org'" : "name 'Your Name'");
	if (date && !vcs_date_parse(&seconds, &offset, date))
		return iv_error_set(
			error, IV_EINPUT,
			"the date '%s' cannot be read, expected '2026-11-23T10:00:00+01:00' "
			"or '1795424400 +0100'",
			date);
	rc = date ? git_signature_new(out, name, email, seconds, offset)
		  : git_signature_now(out, name, email);
	return rc ? vcs_error(error, IV_EREFUSED, "cannot commit under this name") : IV_OK;
}

int vcs_person(git_signature **out, git_repository *git, const struct iv_person *given,
	       const char *role, struct iv_error *error)
{
	git_config *config = NULL;
	char *name, *email;
	int rc;

	if (git_repository_config_snapshot(&config, git))
		config = NULL;
	name = choose(given->name, config, role, "name");
	email = choose(given->email, config, role, "email");
	rc = sign(out, name, email, given->date && *given->date ? given->date : NULL, error);
	free(name);
	free(email);
	git_config_free(config);
	return rc;
}

static void open_config(git_config **out, const struct iv_vault *vault)
{
	struct iv_repo *repo = NULL;

	*out = NULL;
	if (!iv_repo_open(&repo, vault, NULL))
		git_repository_config_snapshot(out, repo->git);
	iv_repo_close(repo);
	if (!*out && git_config_open_default(out))
		*out = NULL;
}

void iv_repo_user(char **name, char **email, const struct iv_vault *vault)
{
	git_config *config = NULL;

	*name = *email = NULL;
	if (git_libgit2_init() < 0)
		return;
	open_config(&config, vault);
	*name = configured(config, "user", "name");
	*email = configured(config, "user", "email");
	git_config_free(config);
	git_libgit2_shutdown();
}
