#include "cmd/commit/sign.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/frame/frame.h"
#include "cmd/frame/program.h"

#define SIGNATURE_MAX ((size_t)1 << 20)
#define SAID_MAX 20 /* lines */
#define STATUS "[GNUPG:] "

/* Its words, but for those that it says to programs. */
static void say(const struct cmd *cmd, const char *program, const struct iv_buf *talk)
{
	struct iv_str line, rest = iv_buf_view(talk), name = iv_path_name(iv_str_of(program));

	for (int said = 0; said < SAID_MAX && iv_str_line(&line, &rest);) {
		if (!line.len || iv_str_starts(line, STATUS))
			continue;
		cmd_warn(cmd, "%.*s: %.*s", IV_STR_ARG(name), IV_STR_ARG(line));
		said++;
	}
}

static int not_signed(int rc, struct iv_error *error)
{
	if (rc)
		iv_error_context(error, "nothing is committed, as the commit could not be signed");
	return rc;
}

/* ---- OpenPGP ---- */

static bool is_created(const struct iv_buf *talk)
{
	struct iv_str line, rest = iv_buf_view(talk);

	while (iv_str_line(&line, &rest))
		if (iv_str_starts(line, STATUS "SIG_CREATED "))
			return true;
	return false;
}

static int sign_openpgp(struct cmd *cmd, struct iv_buf *out, const struct iv_signing *how,
			struct iv_str content, struct iv_error *error)
{
	const char *const words[] = {how->program, "--status-fd=2", "-bsau", how->key, NULL};
	struct iv_buf talk = IV_BUF_INIT;
	const struct program program = {
		.words = words,
		.folder = iv_repo_folder(cmd->repo),
		.input = content,
		.out = out,
		.talk = &talk,
	};
	int rc = program_run(cmd, &program, error);

	if (!rc && !is_created(&talk))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' made no signature", how->program);
	if (rc)
		say(cmd, how->program, &talk);
	iv_buf_release(&talk);
	return rc;
}

/* ---- SSH ---- */

/* The key itself stands in the configuration, and an agent has its other half. */
static const char *literal_key(const char *key)
{
	if (!strncmp(key, "key::", 5))
		return key + 5;
	return strncmp(key, "ssh-", 4) ? NULL : key;
}

static const char *key_file(struct cmd *cmd, const char *folder, const char *key,
			    struct iv_error *error)
{
	const char *literal = literal_key(key), *home = getenv("HOME");
	struct iv_arena *arena = cmd->own->arena;
	const char *path;

	if (!literal && !strncmp(key, "~/", 2) && home)
		return iv_arena_printf(arena, "%s%s", home, key + 1).ptr;
	if (!literal)
		return key;
	path = iv_arena_printf(arena, "%s/key", folder).ptr;
	return iv_file_write(path, iv_arena_printf(arena, "%s\n", literal), NULL, error) ? NULL
											 : path;
}

static int run_ssh(struct cmd *cmd, const struct iv_signing *how, const char *key, const char *file,
		   struct iv_error *error)
{
	const char *const with_file[] = {how->program, "-Y", "sign", "-n", "git",
					 "-f",         key,  file,   NULL};
	const char *const with_agent[] = {how->program, "-Y", "sign", "-n", "git",
					  "-f",         key,  "-U",   file, NULL};
	struct iv_buf talk = IV_BUF_INIT;
	const struct program program = {
		.words = literal_key(how->key) ? with_agent : with_file,
		.folder = iv_repo_folder(cmd->repo),
		.talk = &talk,
	};
	int rc = program_run(cmd, &program, error);

	if (rc)
		say(cmd, how->program, &talk);
	iv_buf_release(&talk);
	return rc;
}

static void remove_files(const char *folder)
{
	static const char *const names[] = {"commit", "commit.sig", "key"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *path = iv_path_join(folder, names[i]);

		unlink(path);
		free(path);
	}
	rmdir(folder);
}

/* By files, as git calls it: not every program that stands in for ssh-keygen reads a pipe. */
static int sign_ssh(struct cmd *cmd, struct iv_buf *out, const struct iv_signing *how,
		    struct iv_str content, struct iv_error *error)
{
	const char *temporary = getenv("TMPDIR");
	struct iv_arena *arena = cmd->own->arena;
	char *folder = (char *)iv_arena_printf(arena, "%s/ivnotes-XXXXXX",
					       temporary && *temporary ? temporary : "/tmp")
			       .ptr;
	const char *file, *key;
	int rc;

	if (!mkdtemp(folder))
		return iv_error_errno(error, errno, "cannot make '%s'", folder);
	file = iv_arena_printf(arena, "%s/commit", folder).ptr;
	key = key_file(cmd, folder, how->key, error);
	rc = key ? iv_file_write(file, content, NULL, error) : IV_EIO;
	if (!rc)
		rc = run_ssh(cmd, how, key, file, error);
	if (!rc &&
	    iv_file_read(out, iv_arena_printf(arena, "%s.sig", file).ptr, SIGNATURE_MAX, NULL))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' made no signature", how->program);
	remove_files(folder);
	return rc;
}

int sign_content(struct cmd *cmd, char **signature, const struct iv_signing *how,
		 struct iv_str content, struct iv_error *error)
{
	struct iv_buf out = IV_BUF_INIT;
	int rc = IV_OK;

	switch (how->format) {
	case IV_SIGNING_OPENPGP: rc = sign_openpgp(cmd, &out, how, content, error); break;
	case IV_SIGNING_SSH: rc = sign_ssh(cmd, &out, how, content, error); break;
	}
	if (!rc && (!out.len || memchr(out.ptr, '\0', out.len)))
		rc = iv_error_set(error, IV_EREFUSED, "'%s' made no signature", how->program);
	if (!rc)
		*signature = iv_buf_detach(&out);
	iv_buf_release(&out);
	return not_signed(rc, error);
}
