#include "cmd/init/driver.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LINE "*.md " IV_DRIVER_ATTRIBUTE "\n"
#define FILE_MAX ((size_t)1 << 20)

/*
 * Where we are not to be found, could not do it, or were killed, git's own merge does: git would
 * take a file that nobody merged for merged. What merge-file secures before all else has a marker
 * in its first line; further down, a note may show some.
 */
static const struct iv_driver driver = {
	.name = "ivnotes",
	.title = "notes of ivnotes, by their fields",
	.program = "ivnotes merge-file ",
	.command = "ivnotes merge-file --path=%P --marker-size=%L --ours=%X --base=%S --theirs=%Y "
		   "--conflict-style=$(git config merge.conflictStyle || echo merge) "
		   "%O %A %B; case $? in 0) ;; 1) exit 1 ;; "
		   "2|3|126|127) git merge-file --marker-size=%L %A %O %B ;; "
		   "*) head -n 1 %A | grep -q '^<<<<<<<' || "
		   "git merge-file --marker-size=%L %A %O %B; exit 1 ;; "
		   "esac",
};

static int read_attributes(struct iv_buf *out, bool *there, const char *path,
			   struct iv_error *error)
{
	struct stat st;

	*there = !lstat(path, &st);
	if (*there && S_ISLNK(st.st_mode))
		return iv_error_set(error, IV_EREFUSED,
				    "'%s' is a symbolic link, which git does not follow there",
				    path);
	iv_buf_puts(out, "");
	return *there ? iv_file_read(out, path, FILE_MAX, error) : IV_OK;
}

static int add_line(struct init_driver *done, const char *path, struct iv_error *error)
{
	struct iv_buf before = IV_BUF_INIT, after = IV_BUF_INIT;
	struct iv_str expected = {NULL, 0};
	bool there;
	int rc = read_attributes(&before, &there, path, error);

	if (!rc) {
		iv_buf_str(&after, iv_buf_view(&before));
		if (after.len && after.ptr[after.len - 1] != '\n')
			iv_buf_putc(&after, '\n');
		iv_buf_puts(&after, LINE);
		if (there)
			expected = iv_buf_view(&before);
		rc = iv_file_write(path, iv_buf_view(&after), &expected, error);
	}
	done->attributed = !rc;
	done->made = !rc && !there;
	iv_buf_release(&before);
	iv_buf_release(&after);
	return rc;
}

/* What the attributes of git's own folder, or of one below, say counts more than any file. */
static int check_effect(const struct iv_repo *repo, const struct iv_vault *vault, const char *path,
			struct iv_error *error)
{
	struct init_attributes now;
	int rc = init_attributes_read(&now, driver.name, repo, vault, error);
	const char *note = now.other ? now.other : now.plain;

	if (!rc && note)
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' says that notes are merged by ivnotes, but git takes "
				  "no notice of it: git check-attr -a '%s'",
				  path, note);
	init_attributes_release(&now);
	return rc;
}

static bool says_so(const char *folder)
{
	char *path = iv_path_join(folder, IV_ATTRIBUTES_FILE);
	struct iv_buf bytes = IV_BUF_INIT;
	bool says = !iv_file_read(&bytes, path, FILE_MAX, NULL) && bytes.len &&
		    strstr(bytes.ptr, IV_DRIVER_ATTRIBUTE);

	iv_buf_release(&bytes);
	free(path);
	return says;
}

/* In the vault, or above it: libgit2 also asks the index, which git does not while there are files. */
static bool is_said(const struct iv_repo *repo, const struct iv_vault *vault)
{
	size_t top = strlen(iv_repo_folder(repo));
	char *folder = iv_strdup(iv_vault_root(vault)), *slash;
	bool said = says_so(folder);

	while (!said && strlen(folder) > top && (slash = strrchr(folder, '/'))) {
		*slash = '\0';
		said = says_so(*folder ? folder : "/");
	}
	free(folder);
	return said;
}

static int put_line(struct init_driver *done, const struct iv_repo *repo,
		    const struct iv_vault *vault, struct iv_error *error)
{
	char *path = iv_path_join(iv_vault_root(vault), IV_ATTRIBUTES_FILE);
	int rc = add_line(done, path, error);

	if (!rc)
		rc = check_effect(repo, vault, path, error);
	free(path);
	return rc;
}

/*
 * A new line of ours would count more than those above it, which somebody has put there for some of the
 * notes; where ours is there, they were put there on purpose.
 */
static int attribute(struct init_driver *done, const struct iv_repo *repo,
		     const struct iv_vault *vault, struct iv_error *error)
{
	struct init_attributes *found = &done->found;
	int rc = init_attributes_read(found, driver.name, repo, vault, error);
	bool said = found->ours && is_said(repo, vault);

	if (rc || said)
		return rc;
	if (found->other)
		return iv_error_set(
			error, IV_EREFUSED,
			"git's attributes have another merge driver for '%s': '%s'; put "
			"'*.md " IV_DRIVER_ATTRIBUTE "' in its place, or above it if "
			"that is to stay",
			found->other, found->taken);
	return put_line(done, repo, vault, error);
}

int init_driver(struct init_driver *done, const struct iv_repo *repo, const struct iv_vault *vault,
		struct iv_error *error)
{
	int rc;

	*done = (struct init_driver){0};
	rc = iv_repo_set_driver(&done->defined, repo, &driver, error);
	return rc ? rc : attribute(done, repo, vault, error);
}
