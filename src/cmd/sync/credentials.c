#include "cmd/sync/credentials.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ivnotes/vcs.h>

#include "cmd/frame/program.h"

static int ask(struct credentials *own, const char *what, struct iv_str input, struct iv_buf *out,
	       struct iv_error *error)
{
	static const char *const alone[] = {"GIT_TERMINAL_PROMPT=0", NULL};
	const char *const words[] = {"git", "credential", what, NULL};
	struct iv_buf talk = IV_BUF_INIT;
	const struct program program = {
		.words = words,
		.folder = iv_repo_folder(own->cmd->repo),
		.environment = isatty(STDIN_FILENO) && isatty(STDERR_FILENO) ? NULL : alone,
		.input = input,
		.out = out,
		.talk = &talk,
	};
	int rc = program_run(own->cmd, &program, error);

	iv_buf_release(&talk);
	return rc;
}

/* The value of a line `KEY=VALUE`, or NULL; the caller frees. */
static char *value_of(struct iv_str text, const char *key)
{
	struct iv_str line;
	size_t len = strlen(key);

	while (iv_str_line(&line, &text))
		if (iv_str_starts(line, key) && line.len > len && line.ptr[len] == '=')
			return iv_strndup(line.ptr + len + 1, line.len - len - 1);
	return NULL;
}

int credentials_fill(struct credentials *own, char **user, char **password, const char *url,
		     struct iv_error *error)
{
	struct iv_buf input = IV_BUF_INIT;
	int rc;

	if (strchr(url, '\n'))
		return iv_error_set(error, IV_EREFUSED, "the remote's URL holds a line end");
	iv_buf_printf(&input, "url=%s\n\n", url);
	iv_buf_clear(&own->text);
	rc = ask(own, "fill", iv_buf_view(&input), &own->text, error);
	iv_buf_release(&input);
	*user = value_of(iv_buf_view(&own->text), "username");
	*password = value_of(iv_buf_view(&own->text), "password");
	if (rc == IV_ENOTFOUND)
		return rc;
	if (!rc && *user && *password)
		return IV_OK;
	return iv_error_set(error, IV_EREFUSED,
			    "a user and a password are needed, and git knows none; a helper keeps "
			    "them: see 'git help credentials'");
}

void credentials_end(struct credentials *own, bool right)
{
	struct iv_buf out = IV_BUF_INIT;
	struct iv_error error = IV_ERROR_INIT;

	if (!own->text.len)
		return;
	iv_buf_putc(&own->text, '\n');
	ask(own, right ? "approve" : "reject", iv_buf_view(&own->text), &out, &error);
	iv_buf_clear(&own->text);
	iv_error_release(&error);
	iv_buf_release(&out);
}
