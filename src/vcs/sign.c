#include "vcs/sign.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct iv_repo *repo)
{
	git_config *config = NULL;
	int sign = 0;

	if (!git_repository_config_snapshot(&config, repo->git) &&
	    git_config_get_bool(&sign, config, "commit.gpgsign"))
		sign = 0;
	git_config_free(config);
	return sign != 0;
}

static int read_format(enum iv_signing_format *out, const struct iv_repo *repo,
		       struct iv_error *error)
{
	char *text = iv_repo_setting(repo, "gpg.format");
	int rc = IV_OK;

	if (!text || !strcmp(text, "openpgp"))
		*out = IV_SIGNING_OPENPGP;
	else if (!strcmp(text, "ssh"))
		*out = IV_SIGNING_SSH;
	else
		rc = iv_error_set(
			error, IV_EREFUSED,
			"commits are to be signed here with the gpg.format '%s', which "
			"ivnotes does not do, only 'openpgp' and 'ssh'; use 'git add' and "
			"'git commit'",
			text);
	free(text);
	return rc;
}

static char *read_program(const struct iv_repo *repo, enum iv_signing_format format)
{
	char *text = NULL;

	switch (format) {
	case IV_SIGNING_OPENPGP:
		text = iv_repo_setting(repo, "gpg.openpgp.program");
		if (!text)
			text = iv_repo_setting(repo, "gpg.program");
		return text ? text : iv_strdup("gpg");
	case IV_SIGNING_SSH: text = iv_repo_setting(repo, "gpg.ssh.program"); break;
	}
	return text ? text : iv_strdup("ssh-keygen");
}

static int read_key(struct vcs_signing *out, const struct iv_repo *repo,
		    const git_signature *committer, struct iv_error *error)
{
	struct iv_buf whole = IV_BUF_INIT;

	out->key = iv_repo_setting(repo, "user.signingkey");
	if (out->key)
		return IV_OK;
	if (out->how.format == IV_SIGNING_SSH)
		return iv_error_set(error, IV_EREFUSED,
				    "commits are to be signed here with SSH, and user.signingKey "
				    "does not say by which key; git config user.signingKey "
				    "~/.ssh/id_ed25519.pub");
	iv_buf_printf(&whole, "%s <%s>", committer->name, committer->email);
	out->key = iv_buf_detach(&whole);
	return IV_OK;
}

int vcs_signing_read(struct vcs_signing *out, const struct iv_repo *repo,
		     const git_signature *committer, struct iv_error *error)
{
	int rc;

	memset(out, 0, sizeof(*out));
	out->wanted = is_wanted(repo);
	if (!out->wanted)
		return IV_OK;
	rc = read_format(&out->how.format, repo, error);
	if (rc)
		return rc;
	out->program = read_program(repo, out->how.format);
	rc = read_key(out, repo, committer, error);
	out->how.program = out->program;
	out->how.key = out->key;
	return rc;
}

void vcs_signing_release(struct vcs_signing *signing)
{
	free(signing->program);
	free(signing->key);
}
