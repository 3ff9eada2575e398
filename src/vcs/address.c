#include "vcs/address.h"

#include <stdlib.h>
#include <string.h>

/* A question about one remote. */
struct asking {
	const struct iv_repo *repo;
	const char *remote;
	struct iv_error *error;
};

/* ---- git's configuration ---- */

static char *key_of(const char *section, const char *name, const char *key)
{
	struct iv_buf out = IV_BUF_INIT;

	iv_buf_printf(&out, "%s.%s.%s", section, name, key);
	return iv_buf_detach(&out);
}

/* The value of SECTION.NAME.KEY, or NULL; the caller frees. */
static char *setting(const struct asking *asking, const char *section, const char *name,
		     const char *key)
{
	char *whole = key_of(section, name, key), *text = iv_repo_setting(asking->repo, whole);

	free(whole);
	return text;
}

static bool is_on(const char *text)
{
	int on = 0;

	return text && (git_config_parse_bool(&on, text) || on);
}

static int count_one(const git_config_entry *entry, void *data)
{
	(void)entry;
	++*(size_t *)data;
	return 0;
}

static size_t count_of(const struct asking *asking, const char *key)
{
	char *whole = key_of("remote", asking->remote, key);
	git_config *config = NULL;
	size_t count = 0;

	if (!git_repository_config_snapshot(&config, asking->repo->git))
		git_config_get_multivar_foreach(config, whole, NULL, count_one, &count);
	git_config_free(config);
	free(whole);
	return count;
}

/* ---- what git would do, and we cannot ---- */

static int check_count(const struct asking *asking, const char *key, const char *what)
{
	size_t count = count_of(asking, key);

	if (count < 2)
		return IV_OK;
	return iv_error_set(asking->error, IV_EREFUSED,
			    "'remote.%s.%s' names %zu URLs, and a sync is with one; %s",
			    asking->remote, key, count, what);
}

static int cannot_heed(const struct asking *asking, const char *key)
{
	return iv_error_set(asking->error, IV_EREFUSED,
			    "git's setting 'remote.%s.%s' cannot be heeded here; use 'git pull' "
			    "and 'git push' with this remote, or unset it",
			    asking->remote, key);
}

/* What is sent, or by which program, is another matter then. */
static int check_settings(const struct asking *asking)
{
	char *mirror = setting(asking, "remote", asking->remote, "mirror");
	char *vcs = setting(asking, "remote", asking->remote, "vcs");
	int rc = IV_OK;

	if (count_of(asking, "push"))
		rc = cannot_heed(asking, "push");
	else if (is_on(mirror))
		rc = cannot_heed(asking, "mirror");
	else if (vcs)
		rc = cannot_heed(asking, "vcs");
	free(mirror);
	free(vcs);
	return rc;
}

static int check_signed(const struct asking *asking)
{
	char *wanted = iv_repo_setting(asking->repo, "push.gpgsign");
	bool must = is_on(wanted) && strcmp(wanted, "if-asked") != 0;

	free(wanted);
	if (!must)
		return IV_OK;
	return iv_error_set(asking->error, IV_EREFUSED,
			    "'push.gpgSign' wants pushes to be signed, which ivnotes cannot; use "
			    "'git pull' and 'git push'");
}

/* ---- the URL ---- */

/* "NAME::ADDRESS" is for the program git-remote-NAME. */
static size_t helper_len(const char *url)
{
	size_t len = 0;

	while (iv_is_alpha(url[len]) || iv_is_digit(url[len]) || url[len] == '-' || url[len] == '+')
		len++;
	return len && !strncmp(url + len, "::", 2) ? len : 0;
}

static char *protocol_of(const char *url)
{
	const char *scheme = strstr(url, "://"), *slash = strchr(url, '/');
	const char *colon = strchr(url, ':');

	if (!scheme)
		return iv_strdup(colon && (!slash || colon < slash) ? "ssh" : "file");
	if (!strncmp(url, "git+ssh:", 8) || !strncmp(url, "ssh+git:", 8))
		return iv_strdup("ssh");
	return iv_strndup(url, (size_t)(scheme - url));
}

static int check_allowed(const struct asking *asking, const char *url)
{
	char *protocol = protocol_of(url);
	char *allowed = setting(asking, "protocol", protocol, "allow");
	int rc = IV_OK;

	if (!allowed)
		allowed = iv_repo_setting(asking->repo, "protocol.allow");
	if (allowed && !strcmp(allowed, "never"))
		rc = iv_error_set(asking->error, IV_EREFUSED,
				  "git's configuration does not allow the protocol '%s' "
				  "('protocol.%s.allow')",
				  protocol, protocol);
	free(allowed);
	free(protocol);
	return rc;
}

static int check_url(const struct asking *asking, const char *url)
{
	size_t helper = helper_len(url);

	if (!helper)
		return check_allowed(asking, url);
	return iv_error_set(asking->error, IV_EREFUSED,
			    "the URL of '%s' is for the program 'git-remote-%.*s', which ivnotes "
			    "does not start; use 'git pull' and 'git push' with this remote",
			    asking->remote, (int)helper, url);
}

/* As libgit2 1.5 goes by one for https alone. */
static int check_proxy(const struct asking *asking, const char *url)
{
	char *proxy = setting(asking, "remote", asking->remote, "proxy");
	bool passed_by = proxy && !strncmp(url, "http:", 5);

	free(proxy);
	return passed_by ? cannot_heed(asking, "proxy") : IV_OK;
}

static int find_url(struct vcs_address *out, const struct asking *asking, bool push)
{
	git_remote *remote = NULL;
	const char *url = NULL;
	int rc = IV_OK;

	if (git_remote_lookup(&remote, asking->repo->git, asking->remote))
		return vcs_error(asking->error, IV_EREFUSED, asking->remote);
	if (push)
		url = git_remote_pushurl(remote);
	if (!url)
		url = git_remote_url(remote);
	if (url)
		out->url = iv_strdup(url);
	else
		rc = iv_error_set(asking->error, IV_EREFUSED, "the remote '%s' has no URL",
				  asking->remote);
	git_remote_free(remote);
	return rc;
}

/* ---- all of it ---- */

static int check(const struct asking *asking, bool push)
{
	static const char *const way = "make a remote of its own of each ('git remote add')";
	int rc = check_count(asking, "url", way);

	if (!rc && push)
		rc = check_count(asking, "pushurl", way);
	if (!rc)
		rc = check_settings(asking);
	if (!rc && push)
		rc = check_signed(asking);
	return rc;
}

int vcs_address_find(struct vcs_address *out, const struct iv_repo *repo, const char *remote,
		     bool push, struct iv_error *error)
{
	const struct asking asking = {repo, remote, error};
	int rc = check(&asking, push);

	memset(out, 0, sizeof(*out));
	if (!rc)
		rc = find_url(out, &asking, push);
	if (!rc)
		rc = check_url(&asking, out->url);
	if (!rc)
		rc = check_proxy(&asking, out->url);
	if (!rc)
		out->program =
			setting(&asking, "remote", remote, push ? "receivepack" : "uploadpack");
	if (!rc && !out->program)
		out->program = iv_strdup(push ? "git-receive-pack" : "git-upload-pack");
	return rc;
}

void vcs_address_release(struct vcs_address *address)
{
	free(address->url);
	free(address->program);
	memset(address, 0, sizeof(*address));
}
