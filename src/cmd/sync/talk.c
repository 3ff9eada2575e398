#include "cmd/sync/talk.h"

#include <stdlib.h>

/* What `ssh -v` tells of its own doing. */
static bool is_chatter(struct iv_str line)
{
	static const char *const begins[] = {
		"debug1:",       "OpenSSH_",           "Authenticated to ",
		"Transferred: ", "Bytes per second: ", "Warning: Permanently added "};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (iv_str_starts(line, begins[i]))
			return true;
	return !line.len;
}

static bool mentions(struct iv_str said, const char *text)
{
	return iv_str_find(said, iv_str_of(text)) != SIZE_MAX;
}

/* The last word that looks like one: "SHA256:…". Absent where there is none. */
static struct iv_str fingerprint(struct iv_str said)
{
	struct iv_str found = {NULL, 0}, mark = IV_LIT("SHA256:");
	size_t at;

	while ((at = iv_str_find(said, mark)) != SIZE_MAX) {
		struct iv_str rest;
		said = iv_str_slice(said, at, said.len);
		found = iv_str_word(said, &rest);
		said = iv_str_slice(said, mark.len, said.len);
	}
	if (iv_str_ends(found, "."))
		found.len--;
	return found;
}

static char *about_host(struct iv_str said, const char *host)
{
	struct iv_str print = fingerprint(said);
	struct iv_buf out = IV_BUF_INIT;
	bool changed = mentions(said, "IDENTIFICATION HAS CHANGED");

	iv_buf_printf(&out, "the key of '%s' is %s", host,
		      changed ? "another one than known_hosts says" : "not in known_hosts");
	if (print.len)
		iv_buf_printf(&out, "; the server shows %.*s", IV_STR_ARG(print));
	if (changed)
		iv_buf_puts(&out,
			    "; somebody may be listening in. If the server's keeper says that "
			    "this is the new key: 'ssh-keygen -R HOST', then 'ssh");
	else
		iv_buf_puts(&out, "; if the server's keeper says the same, accept it with: 'ssh");
	iv_buf_printf(&out, " %s'", host);
	return iv_buf_detach(&out);
}

static struct iv_str without(struct iv_str line, const char *prefix)
{
	struct iv_str text = iv_str_of(prefix);

	return iv_str_starts(line, prefix) ? iv_str_trim(iv_str_slice(line, text.len, line.len))
					   : line;
}

/* The first line that is an error of git's, else the last that says anything. */
static struct iv_str cause(struct iv_str said)
{
	struct iv_str line, rest = said, last = {NULL, 0};

	while (iv_str_line(&line, &rest)) {
		line = iv_str_trim(line);
		if (is_chatter(line) || mentions(line, "Could not read from remote repository"))
			continue;
		if (iv_str_starts(line, "fatal: ") || iv_str_starts(line, "ERROR: "))
			return without(without(line, "fatal: "), "ERROR: ");
		last = line;
	}
	return last;
}

char *talk_complaint(struct iv_str said, const char *host)
{
	struct iv_str line = cause(said);
	struct iv_buf out = IV_BUF_INIT;

	if (host && mentions(said, "Host key verification failed"))
		return about_host(said, host);
	if (!line.len)
		return NULL;
	iv_buf_str(&out, line);
	if (host && mentions(line, "Permission denied"))
		iv_buf_puts(&out, "; 'ssh-add' gives a key that has a passphrase to the agent");
	return iv_buf_detach(&out);
}
