#include "cmd/sync/url.h"

#include <stdlib.h>
#include <string.h>

static int hex(char c)
{
	if (iv_is_digit(c))
		return c - '0';
	c = (char)iv_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %41 is A. The caller frees. */
static char *decode(struct iv_str text)
{
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0; i < text.len; i++) {
		int high = text.ptr[i] == '%' && i + 2 < text.len ? hex(text.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex(text.ptr[i + 2]) : -1;

		if (low >= 0 && (high || low)) {
			iv_buf_putc(&out, (char)(high * 16 + low));
			i += 2;
		} else {
			iv_buf_putc(&out, text.ptr[i]);
		}
	}
	return iv_buf_detach(&out);
}

/* "[::1]" is ::1 for ssh. */
static char *bare_host(struct iv_str text)
{
	size_t at = iv_str_find_char(text, '@'), open = iv_str_find_char(text, '[');
	struct iv_buf out = IV_BUF_INIT;
	char *decoded;

	if (open != SIZE_MAX && iv_str_ends(text, "]") && (open == 0 || open == at + 1)) {
		iv_buf_str(&out, iv_str_slice(text, 0, open));
		iv_buf_str(&out, iv_str_slice(text, open + 1, text.len - 1));
		return iv_buf_detach(&out);
	}
	decoded = decode(text);
	iv_buf_puts(&out, decoded);
	free(decoded);
	return iv_buf_detach(&out);
}

/* "host:2222", "[::1]:2222": the colon behind the brackets. */
static void split_port(struct url *out, struct iv_str authority)
{
	size_t close = iv_str_find_char(authority, ']');
	size_t from = close == SIZE_MAX ? 0 : close;
	size_t colon = iv_str_find_char(iv_str_slice(authority, from, authority.len), ':');

	if (colon != SIZE_MAX) {
		struct iv_str port = iv_str_slice(authority, from + colon + 1, authority.len);
		out->port = port.len ? iv_strndup(port.ptr, port.len) : NULL;
		authority = iv_str_slice(authority, 0, from + colon);
	}
	out->host = bare_host(authority);
}

static void read_ssh(struct url *out, struct iv_str rest)
{
	size_t slash = iv_str_find_char(rest, '/');
	struct iv_str path = {"/", 1};

	if (slash != SIZE_MAX) {
		path = iv_str_slice(rest, slash, rest.len);
		rest = iv_str_slice(rest, 0, slash);
	}
	if (iv_str_starts(path, "/~"))
		path = iv_str_slice(path, 1, path.len);
	out->path = decode(path);
	split_port(out, rest);
}

/* As scp takes it: the colon before any slash, though not one in brackets. */
static bool read_scp(struct url *out, struct iv_str text)
{
	size_t close = iv_str_find_char(text, ']');
	size_t from = close == SIZE_MAX ? 0 : close;
	size_t colon = iv_str_find_char(iv_str_slice(text, from, text.len), ':');
	struct iv_str host;

	if (colon == SIZE_MAX ||
	    iv_str_find_char(iv_str_slice(text, 0, from + colon), '/') != SIZE_MAX)
		return false;
	host = iv_str_slice(text, 0, from + colon);
	if (iv_str_starts(host, "[") && iv_str_ends(host, "]") &&
	    iv_str_find_char(host, ':') != SIZE_MAX &&
	    iv_str_find(iv_str_slice(host, iv_str_find_char(host, ':') + 1, host.len),
			IV_LIT(":")) == SIZE_MAX)
		split_port(out, iv_str_slice(host, 1, host.len - 1)); /* [host:port]:path */
	else
		out->host = bare_host(host);
	text = iv_str_slice(text, from + colon + 1, text.len);
	out->path = iv_strndup(text.ptr, text.len);
	return true;
}

static const char *behind(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) ? NULL : text + strlen(prefix);
}

int url_read(struct url *out, const char *text, const char *folder, struct iv_error *error)
{
	static const char *const schemes[] = {"ssh://", "git+ssh://", "ssh+git://"};
	const char *rest = NULL;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]) && !rest; i++)
		rest = behind(text, schemes[i]);
	if (rest)
		read_ssh(out, iv_str_of(rest));
	else if ((rest = behind(text, "file://")))
		out->path = decode(iv_str_of(rest));
	else if (!read_scp(out, iv_str_of(text)))
		out->path = iv_path_join(folder, text);
	if ((out->host && (*out->host == '-' || !*out->host)) || *out->path == '-' ||
	    (out->port && *out->port == '-'))
		return iv_error_set(error, IV_EREFUSED, "the URL '%s' is none that is safe to use",
				    text);
	return IV_OK;
}

void url_release(struct url *url)
{
	free(url->host);
	free(url->port);
	free(url->path);
	memset(url, 0, sizeof(*url));
}
