#include "vcs/http.h"

#include <stdlib.h>
#include <string.h>

/* ---- which settings are for a URL ---- */

struct parts {
	struct iv_str scheme, user, host, port, path;
};

static struct iv_str head(struct iv_str text, size_t len)
{
	return iv_str_slice(text, 0, len == SIZE_MAX ? text.len : len);
}

static struct iv_str behind(struct iv_str text, size_t at)
{
	return at == SIZE_MAX ? (struct iv_str){"", 0} : iv_str_slice(text, at + 1, text.len);
}

static bool split(struct parts *out, const char *url)
{
	struct iv_str text = iv_str_of(url), authority;
	size_t scheme = iv_str_find(text, IV_LIT("://")), at, colon, close;

	if (scheme == SIZE_MAX)
		return false;
	out->scheme = head(text, scheme);
	text = iv_str_slice(text, scheme + 3, text.len);
	authority = head(text, iv_str_find_char(text, '/'));
	out->path = iv_str_slice(text, authority.len, text.len);
	while (iv_str_ends(out->path, "/"))
		out->path.len--;
	at = iv_str_find_char(authority, '@');
	out->user = head(authority, at == SIZE_MAX ? 0 : at);
	out->user = head(out->user, iv_str_find_char(out->user, ':'));
	authority = at == SIZE_MAX ? authority : behind(authority, at);
	close = iv_str_find_char(authority, ']');
	close = close == SIZE_MAX ? 0 : close;
	colon = iv_str_find_char(iv_str_slice(authority, close, authority.len), ':');
	out->host = head(authority, colon == SIZE_MAX ? colon : close + colon);
	out->port = behind(authority, colon == SIZE_MAX ? colon : close + colon);
	if (!out->port.len)
		out->port = iv_str_is_nocase(out->scheme, "https") ? IV_LIT("443") : IV_LIT("80");
	return true;
}

/* Label by label; "*" is any one of them. */
static bool host_fits(struct iv_str pattern, struct iv_str host)
{
	while (pattern.len && host.len) {
		size_t end = iv_str_find_char(pattern, '.'), dot = iv_str_find_char(host, '.');
		struct iv_str label = head(pattern, end);

		if (!iv_str_is_nocase(label, "*") && !iv_str_eq_nocase(label, head(host, dot)))
			return false;
		if ((end == SIZE_MAX) != (dot == SIZE_MAX))
			return false;
		pattern = behind(pattern, end);
		host = behind(host, dot);
	}
	return !pattern.len && !host.len;
}

static bool path_fits(struct iv_str pattern, struct iv_str path)
{
	return pattern.len <= path.len && !memcmp(pattern.ptr, path.ptr, pattern.len) &&
	       (pattern.len == path.len || path.ptr[pattern.len] == '/');
}

size_t vcs_http_fits(const char *pattern, const char *url)
{
	struct parts wanted, given;

	if (!split(&wanted, pattern) || !split(&given, url) ||
	    !iv_str_eq_nocase(wanted.scheme, given.scheme) || !iv_str_eq(wanted.port, given.port) ||
	    !host_fits(wanted.host, given.host) || !path_fits(wanted.path, given.path) ||
	    (wanted.user.len && !iv_str_eq(wanted.user, given.user)))
		return 0;
	return 2 + (wanted.host.len * 4096 + wanted.path.len) * 2 + (wanted.user.len > 0);
}

/* ---- what they say ---- */

struct reading {
	struct vcs_http *out;
	const char *url, *value;
	bool plain;          /* http, and not https */
	bool passed_by;      /* a proxy would be */
	char *file, *folder; /* certificates of those who vouch */
	size_t capacity;     /* of the headers */
};

static bool is_on(const char *value)
{
	int on = 0;

	return !git_config_parse_bool(&on, value) && on;
}

static void take_verify(struct reading *reading)
{
	reading->out->unverified = !is_on(reading->value);
}

static void take_path(char **out, const char *value)
{
	git_buf path = GIT_BUF_INIT;

	free(*out);
	*out = NULL;
	if (value && *value && !git_config_parse_path(&path, value))
		*out = iv_strdup(path.ptr);
	git_buf_dispose(&path);
}

static void take_file(struct reading *reading)
{
	take_path(&reading->file, reading->value);
}

static void take_folder(struct reading *reading)
{
	take_path(&reading->folder, reading->value);
}

static void drop_headers(git_strarray *headers)
{
	for (size_t i = 0; i < headers->count; i++)
		free(headers->strings[i]);
	headers->count = 0;
}

/* An empty one clears those before it. */
static void take_header(struct reading *reading)
{
	git_strarray *headers = &reading->out->headers;

	if (!reading->value || !*reading->value) {
		drop_headers(headers);
		return;
	}
	IV_GROW(headers->strings, headers->count, reading->capacity);
	headers->strings[headers->count++] = iv_strdup(reading->value);
}

static void take_redirects(struct reading *reading)
{
	bool initial = reading->value && !strcmp(reading->value, "initial");

	reading->out->redirects = initial                 ? GIT_REMOTE_REDIRECT_INITIAL
				  : is_on(reading->value) ? GIT_REMOTE_REDIRECT_ALL
							  : GIT_REMOTE_REDIRECT_NONE;
}

/* libgit2 finds it by itself, but 1.5 goes by it for https alone. */
static void take_proxy(struct reading *reading)
{
	reading->passed_by = reading->plain && reading->value && *reading->value;
}

/* Those without a function are refused; what is not here is a matter of speed. */
static const struct setting {
	const char *key;
	void (*take)(struct reading *reading);
} settings[] = {
	{"proxy", take_proxy},
	{"sslverify", take_verify},
	{"sslcainfo", take_file},
	{"sslcapath", take_folder},
	{"extraheader", take_header},
	{"followredirects", take_redirects},
	{"sslcert", NULL},
	{"sslkey", NULL},
	{"sslversion", NULL},
	{"sslcipherlist", NULL},
	{"pinnedpubkey", NULL},
	{"curloptresolve", NULL},
	{"cookiefile", NULL},
	{"proxyauthmethod", NULL},
	{"proxysslcert", NULL},
	{"proxysslkey", NULL},
	{"proxysslcainfo", NULL},
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

/* Which of them "http.KEY" or "http.URL.KEY" is; SETTINGS for none. */
static size_t setting_of(const char *name)
{
	const char *key = strrchr(name, '.') + 1;
	size_t i = strncmp(name, "http.", 5) ? SETTINGS : 0;

	while (i < SETTINGS && strcmp(settings[i].key, key) != 0)
		i++;
	return i;
}

/* "http.KEY" fits all, "http.URL.KEY" some. */
static size_t fits(const char *name, const char *url)
{
	const char *from = strchr(name, '.') + 1, *to = strrchr(name, '.');
	char *pattern;
	size_t how;

	if (from > to)
		return 1;
	pattern = iv_strndup(from, (size_t)(to - from));
	how = vcs_http_fits(pattern, url);
	free(pattern);
	return how;
}

static int cannot_heed(const char *name, const char *url, struct iv_error *error)
{
	return iv_error_set(error, IV_EREFUSED,
			    "git's setting '%s' is for '%s' and cannot be heeded here; use 'git "
			    "pull' and 'git push', or unset it",
			    name, url);
}

/* The closest counts, and of those as close the last. */
static int read_all(struct reading *reading, git_config_iterator *all, struct iv_error *error)
{
	size_t best[SETTINGS] = {0};
	git_config_entry *entry;
	int rc = IV_OK;

	while (!rc && !git_config_next(&entry, all)) {
		size_t i = setting_of(entry->name),
		       how = i < SETTINGS ? fits(entry->name, reading->url) : 0;

		if (!how || how < best[i])
			continue;
		best[i] = how;
		reading->value = entry->value;
		if (settings[i].take)
			settings[i].take(reading);
		if (settings[i].take ? reading->passed_by : entry->value && *entry->value)
			rc = cannot_heed(entry->name, reading->url, error);
	}
	return rc;
}

static int read_settings(struct reading *reading, const struct iv_repo *repo,
			 struct iv_error *error)
{
	git_config *config = NULL;
	git_config_iterator *all = NULL;
	int rc;

	if (git_repository_config_snapshot(&config, repo->git) ||
	    git_config_iterator_new(&all, config))
		rc = vcs_error(error, IV_EIO, "cannot read git's configuration");
	else
		rc = read_all(reading, all, error);
	git_config_iterator_free(all);
	git_config_free(config);
	return rc;
}

int vcs_http_read(struct vcs_http *out, const struct iv_repo *repo, const char *url,
		  struct iv_error *error)
{
	struct reading reading = {.out = out, .url = url, .plain = !strncmp(url, "http:", 5)};
	int rc;

	*out = (struct vcs_http){.redirects = GIT_REMOTE_REDIRECT_INITIAL};
	if (!reading.plain && strncmp(url, "https:", 6) != 0)
		return IV_OK;
	rc = read_settings(&reading, repo, error);
	if (!rc && (reading.file || reading.folder) &&
	    git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, reading.file, reading.folder))
		rc = vcs_error(error, IV_EIO, "cannot read the certificates of 'http.sslCAInfo'");
	free(reading.file);
	free(reading.folder);
	return rc;
}

void vcs_http_release(struct vcs_http *http)
{
	drop_headers(&http->headers);
	free(http->headers.strings);
	memset(http, 0, sizeof(*http));
}
