#include "vcs/remote.h"

#include <stdlib.h>
#include <string.h>

#include <git2/sys/transport.h>

#include "vcs/address.h"
#include "vcs/http.h"
#include "vcs/line.h"
#include "vcs/state.h"

#define CREDENTIAL_TRIES 3

/* One connection; what libgit2's callbacks find in their payload. */
struct session {
	const struct vcs_remote *remote;
	git_remote *git;
	struct vcs_address address;
	struct vcs_http http;
	struct vcs_line line;
	struct iv_buf heard;     /* the beginning of a line that is not whole yet */
	unsigned asked;          /* for credentials */
	struct iv_buf rejection; /* in the remote's words */
	struct iv_error error;   /* of a callback */
};

/* ---- callbacks ---- */

static int on_transport(git_transport **out, git_remote *git, void *data)
{
	struct session *session = data;

	if (vcs_line_leads(session->address.url))
		return vcs_line_transport(out, git, &session->line);
	return git_transport_new(out, git, session->address.url);
}

/* The other side writes lines, and parts of them; '\r' ends those that are written over. */
static int on_talk(const char *text, int len, void *data)
{
	struct session *session = data;
	const struct iv_sync_help *help = session->remote->help;

	for (int i = 0; i < len; i++) {
		if (text[i] != '\n' && text[i] != '\r') {
			iv_buf_putc(&session->heard, text[i]);
			continue;
		}
		if (session->heard.len && text[i] == '\n')
			help->heard(help->data, iv_str_trim(iv_buf_view(&session->heard)));
		iv_buf_clear(&session->heard);
	}
	return 0;
}

static int on_credentials(git_credential **out, const char *url, const char *user, unsigned allowed,
			  void *data)
{
	struct session *session = data;
	const struct iv_sync_help *help = session->remote->help;
	char *name = NULL, *password = NULL;
	int rc = -1;

	(void)user;
	if (!(allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT)) {
		iv_error_set(&session->error, IV_EREFUSED,
			     "the server wants a kind of log-in that is none of user and password");
		return -1;
	}
	if (session->asked)
		help->credentials_end(help->data, false);
	if (++session->asked > CREDENTIAL_TRIES) {
		iv_error_set(&session->error, IV_EREFUSED, "user and password were not accepted");
		return -1;
	}
	if (!help->credentials(help->data, &name, &password, url, &session->error))
		rc = git_credential_userpass_plaintext_new(out, name, password);
	free(name);
	free(password);
	return rc;
}

static int on_received(const git_indexer_progress *progress, void *data)
{
	struct session *session = data;
	const struct iv_sync_help *help = session->remote->help;

	help->progress(help->data, progress->received_objects, progress->total_objects);
	return 0;
}

static int on_sent(unsigned done, unsigned total, size_t bytes, void *data)
{
	struct session *session = data;
	const struct iv_sync_help *help = session->remote->help;

	(void)bytes;
	help->progress(help->data, done, total);
	return 0;
}

static int on_updated(const char *name, const char *status, void *data)
{
	struct session *session = data;

	(void)name;
	if (status)
		iv_buf_puts(&session->rejection, *status ? status : "no reason given");
	return 0;
}

/* Only where somebody has told git not to look at certificates. */
static int on_certificate(git_cert *certificate, int valid, const char *host, void *data)
{
	(void)certificate;
	(void)valid;
	(void)host;
	(void)data;
	return 0;
}

static git_remote_callbacks callbacks(struct session *session)
{
	git_remote_callbacks calls;

	git_remote_init_callbacks(&calls, GIT_REMOTE_CALLBACKS_VERSION);
	calls.transport = on_transport;
	calls.sideband_progress = on_talk;
	calls.credentials = on_credentials;
	calls.transfer_progress = on_received;
	calls.push_transfer_progress = on_sent;
	calls.push_update_reference = on_updated;
	if (session->http.unverified)
		calls.certificate_check = on_certificate;
	calls.payload = session;
	return calls;
}

/* ---- a session ---- */

static int begin(struct session *session, const struct vcs_remote *remote, bool push,
		 struct iv_error *error)
{
	const char *name = remote->upstream->remote;
	int rc;

	memset(session, 0, sizeof(*session));
	session->remote = remote;
	rc = vcs_address_find(&session->address, remote->repo, name, push, error);
	if (!rc)
		rc = vcs_http_read(&session->http, remote->repo, session->address.url, error);
	if (!rc && git_remote_lookup(&session->git, remote->repo->git, name))
		rc = vcs_error(error, IV_EREFUSED, name);
	session->line =
		(struct vcs_line){.help = remote->help, .program = session->address.program};
	return rc;
}

static void end(struct session *session)
{
	const struct iv_sync_help *help = session->remote->help;

	if (session->heard.len)
		help->heard(help->data, iv_str_trim(iv_buf_view(&session->heard)));
	git_remote_free(session->git);
	vcs_http_release(&session->http);
	vcs_address_release(&session->address);
	iv_buf_release(&session->heard);
	iv_buf_release(&session->rejection);
	iv_error_release(&session->error);
	iv_error_release(&session->line.error);
}

/* The nearest cause counts: ours, then the other program's last words, then libgit2's. */
static int failed(struct session *session, const char *what, struct iv_error *error)
{
	const struct iv_sync_help *help = session->remote->help;
	const char *name = session->remote->upstream->remote;
	const char *complaint =
		vcs_line_leads(session->address.url) ? help->complaint(help->data) : NULL;
	struct iv_str lock = vcs_lock_met();
	struct iv_buf text = IV_BUF_INIT;
	int rc;

	iv_buf_printf(&text, "cannot %s '%s'", what, name);
	if (session->line.error.message)
		rc = iv_error_set(error, session->line.error.code, "%s: %s", text.ptr,
				  session->line.error.message);
	else if (session->error.message)
		rc = iv_error_set(error, session->error.code, "%s: %s", text.ptr,
				  session->error.message);
	else if (lock.len)
		rc = vcs_ref_error(error, GIT_ELOCKED, text.ptr);
	else if (complaint)
		rc = iv_error_set(error, IV_EIO, "%s: %s", text.ptr, complaint);
	else
		rc = vcs_error(error, IV_EIO, text.ptr);
	iv_buf_release(&text);
	return rc;
}

static void settle_credentials(struct session *session)
{
	if (session->asked)
		session->remote->help->credentials_end(session->remote->help->data, true);
}

/* ---- fetch ---- */

static int find_tip(struct vcs_tip *tip, struct session *session)
{
	const git_remote_head **heads;
	size_t count;
	int rc = git_remote_ls(&heads, &count, session->git);

	memset(tip, 0, sizeof(*tip));
	for (size_t i = 0; !rc && i < count; i++)
		if (!strcmp(heads[i]->name, session->remote->upstream->branch))
			tip->id = heads[i]->oid;
	return rc;
}

/* The configured refspec that brings the branch along, or NULL. */
static const git_refspec *spec_of(const struct session *session)
{
	for (size_t i = 0; i < git_remote_refspec_count(session->git); i++) {
		const git_refspec *spec = git_remote_get_refspec(session->git, i);
		if (git_refspec_direction(spec) == GIT_DIRECTION_FETCH &&
		    git_refspec_src_matches(spec, session->remote->upstream->branch))
			return spec;
	}
	return NULL;
}

/* Where the branch was when it was fetched last; zero if that is not known. */
static void find_known(git_oid *id, const struct session *session)
{
	const git_refspec *spec = spec_of(session);
	git_buf name = GIT_BUF_INIT;

	memset(id, 0, sizeof(*id));
	if (spec && !git_refspec_transform(&name, spec, session->remote->upstream->branch) &&
	    git_reference_name_to_id(id, session->remote->repo->git, name.ptr))
		memset(id, 0, sizeof(*id));
	git_buf_dispose(&name);
	git_error_clear();
}

static bool is_rewound(const struct session *session, const git_oid *tip, const git_oid *known)
{
	return !git_oid_is_zero(tip) && !git_oid_is_zero(known) && !git_oid_equal(tip, known) &&
	       !git_graph_descendant_of(session->remote->repo->git, tip, known);
}

/* The branch alone: each ref that moves waits for the disk, and others may have thousands. */
static int download(struct session *session)
{
	git_fetch_options options;
	char *branch = session->remote->upstream->branch;
	const git_strarray only = {&branch, 1};

	git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
	options.callbacks = callbacks(session);
	options.proxy_opts.type = GIT_PROXY_AUTO;
	options.custom_headers = session->http.headers;
	options.follow_redirects = session->http.redirects;
	return git_remote_fetch(session->git, &only, &options, "ivnotes sync: fetch");
}

/* What a remote says it has and does not send is a remote that is broken. */
static int check_arrived(const git_oid *tip, const struct vcs_remote *remote,
			 struct iv_error *error)
{
	git_commit *commit = NULL;
	int rc = IV_OK;

	if (!git_oid_is_zero(tip) && git_commit_lookup(&commit, remote->repo->git, tip))
		rc = vcs_error(error, IV_EIO, "what was fetched is not whole");
	git_commit_free(commit);
	return rc;
}

static int connect(struct session *session)
{
	git_remote_connect_options options;

	git_remote_connect_options_init(&options, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
	options.callbacks = callbacks(session);
	options.proxy_opts.type = GIT_PROXY_AUTO;
	options.custom_headers = session->http.headers;
	options.follow_redirects = session->http.redirects;
	return git_remote_connect_ext(session->git, GIT_DIRECTION_FETCH, &options);
}

int vcs_remote_fetch(struct vcs_tip *tip, const struct vcs_remote *remote, struct iv_error *error)
{
	struct session session;
	git_oid known;
	int rc = begin(&session, remote, false, error);

	if (!rc && (connect(&session) || find_tip(tip, &session)))
		rc = failed(&session, "reach", error);
	if (!rc) {
		settle_credentials(&session);
		find_known(&known, &session);
		if (!git_oid_is_zero(&tip->id) && download(&session))
			rc = failed(&session, "fetch from", error);
	}
	if (!rc)
		rc = check_arrived(&tip->id, remote, error);
	if (!rc)
		tip->rewound = is_rewound(&session, &tip->id, &known);
	end(&session);
	return rc;
}

/* ---- push ---- */

int vcs_remote_ask(const struct vcs_remote *remote, const git_oid *head, const git_oid *tip,
		   struct iv_error *error)
{
	const struct iv_sync_help *help = remote->help;
	const struct vcs_upstream *upstream = remote->upstream;
	struct vcs_address address = {.url = NULL};
	struct iv_push push = {
		.remote = upstream->remote, .from = upstream->head, .to = upstream->branch};
	int rc = IV_OK;

	git_oid_tostr(push.head, sizeof(push.head), head);
	git_oid_tostr(push.tip, sizeof(push.tip), tip);
	if (help->push)
		rc = vcs_address_find(&address, remote->repo, upstream->remote, true, error);
	push.url = address.url;
	if (!rc && help->push)
		rc = help->push(help->data, &push, error);
	vcs_address_release(&address);
	return rc;
}

static int push_failed(struct session *session, int code, struct iv_error *error)
{
	if (code == GIT_ENONFASTFORWARD)
		return iv_error_set(error, IV_ECHANGED, "somebody else was quicker");
	if (session->rejection.len)
		return iv_error_set(error, IV_EREFUSED, "'%s' rejects the push: %s",
				    session->remote->upstream->remote, session->rejection.ptr);
	return failed(session, "push to", error);
}

int vcs_remote_push(const struct vcs_remote *remote, struct iv_error *error)
{
	git_push_options options;
	struct iv_buf refspec = IV_BUF_INIT;
	git_strarray refspecs = {&refspec.ptr, 1};
	struct session session;
	int rc = begin(&session, remote, true, error), code;

	if (!rc) {
		iv_buf_printf(&refspec, "%s:%s", remote->upstream->head, remote->upstream->branch);
		git_push_options_init(&options, GIT_PUSH_OPTIONS_VERSION);
		options.callbacks = callbacks(&session);
		options.proxy_opts.type = GIT_PROXY_AUTO;
		options.custom_headers = session.http.headers;
		options.follow_redirects = session.http.redirects;
		code = git_remote_push(session.git, &refspecs, &options);
		if (code || session.rejection.len)
			rc = push_failed(&session, code, error);
		else
			settle_credentials(&session);
	}
	iv_buf_release(&refspec);
	end(&session);
	return rc;
}
