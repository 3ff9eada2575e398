#include "vcs/line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <git2/sys/transport.h>

struct subtransport {
	git_smart_subtransport parent;
	git_smart_subtransport_stream stream;
	struct vcs_line *line;
	bool open;
	int from, to;
};

static struct subtransport *of_stream(git_smart_subtransport_stream *stream)
{
	return (struct subtransport *)stream->subtransport;
}

static int line_read(git_smart_subtransport_stream *stream, char *bytes, size_t size, size_t *len)
{
	struct subtransport *own = of_stream(stream);
	ssize_t n;

	do
		n = read(own->from, bytes, size);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		git_error_set_str(GIT_ERROR_NET, "the connection broke");
		return -1;
	}
	*len = (size_t)n;
	return 0;
}

static int line_write(git_smart_subtransport_stream *stream, const char *bytes, size_t len)
{
	struct subtransport *own = of_stream(stream);

	while (len) {
		ssize_t n = send(own->to, bytes, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			git_error_set_str(GIT_ERROR_NET, "the connection broke");
			return -1;
		}
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The stream is part of the subtransport. */
static void line_free(git_smart_subtransport_stream *stream)
{
	(void)stream;
}

static int line_close(git_smart_subtransport *parent)
{
	struct subtransport *own = (struct subtransport *)parent;

	if (!own->open)
		return 0;
	own->open = false;
	close(own->to);
	close(own->from);
	own->line->help->disconnect(own->line->help->data);
	return 0;
}

static void subtransport_free(git_smart_subtransport *parent)
{
	line_close(parent);
	free(parent);
}

static int line_action(git_smart_subtransport_stream **out, git_smart_subtransport *parent,
		       const char *url, git_smart_service_t action)
{
	struct subtransport *own = (struct subtransport *)parent;
	const struct iv_sync_help *help = own->line->help;

	(void)action;
	if (!own->open && help->connect(help->data, &own->from, &own->to, url, own->line->program,
					&own->line->error)) {
		git_error_set_str(GIT_ERROR_NET, "cannot connect");
		return -1;
	}
	own->open = true;
	*out = &own->stream;
	return 0;
}

static int subtransport_new(git_smart_subtransport **out, git_transport *owner, void *data)
{
	struct subtransport *own = iv_calloc(1, sizeof(*own));

	(void)owner;
	own->line = data;
	own->parent = (git_smart_subtransport){line_action, line_close, subtransport_free};
	own->stream =
		(git_smart_subtransport_stream){&own->parent, line_read, line_write, line_free};
	*out = &own->parent;
	return 0;
}

/* "host:path" as scp takes it is ssh, too: a colon before the first slash. */
bool vcs_line_leads(const char *url)
{
	const char *scheme = strstr(url, "://");

	if (!scheme)
		return true;
	return !strncmp(url, "file:", 5) || !strncmp(url, "ssh:", 4) ||
	       !strncmp(url, "git+ssh:", 8) || !strncmp(url, "ssh+git:", 8);
}

int vcs_line_transport(git_transport **out, git_remote *remote, struct vcs_line *line)
{
	git_smart_subtransport_definition definition = {subtransport_new, 0, line};

	return git_transport_smart(out, remote, &definition);
}
