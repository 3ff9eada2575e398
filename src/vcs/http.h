/* git's settings for http and https. */
#ifndef IV_VCS_HTTP_H
#define IV_VCS_HTTP_H

#include "vcs/vcs.h"

struct vcs_http {
	bool unverified; /* http.sslVerify is off */
	git_strarray headers;
	git_remote_redirect_t redirects;
};

/*
 * What git's configuration has for this URL, http.* and http.URL.*, the latter by git's rules; nothing
 * for URLs of other kinds. Certificates that it names are vouched for from here on. IV_EREFUSED for a setting
 * on which safety or the way depends and that libgit2 cannot heed; IV_EIO.
 */
int vcs_http_read(struct vcs_http *out, const struct iv_repo *repo, const char *url,
		  struct iv_error *error);
void vcs_http_release(struct vcs_http *http);

/*
 * How well http.PATTERN.* fits a URL: 0 not at all, else the more, the closer. Host before path before
 * user; '*' stands for one label of a host. See git-config(1), http.<url>.*.
 */
size_t vcs_http_fits(const char *pattern, const char *url);

#endif
