#include "vcs/create.h"

#include <stdlib.h>
#include <string.h>

#include "vcs/amend.h"
#include "vcs/branch.h"
#include "vcs/state.h"

/* ---- the object ---- */

/* The fields that only some other program knows stand behind ours, before the blank line. */
static void add_content(struct iv_buf *out, const struct vcs_draft *draft, struct iv_str content)
{
	const char *blank = strstr(content.ptr, "\n\n");
	size_t header = blank ? (size_t)(blank - content.ptr) + 1 : content.len;

	iv_buf_str(out, iv_str_slice(content, 0, header));
	if (draft->amend)
		vcs_amend_header(out, draft->last);
	iv_buf_str(out, iv_str_slice(content, header, content.len));
}

static int write_content(struct iv_buf *out, const struct vcs_draft *draft, const git_oid *id,
			 struct iv_error *error)
{
	git_repository *git = draft->repo->git;
	const git_commit *parents[] = {draft->parent, draft->merged};
	size_t count = draft->parent ? draft->merged ? 2 : 1 : 0;
	git_buf content = GIT_BUF_INIT;
	git_tree *tree = NULL;
	int rc = git_tree_lookup(&tree, git, id);

	if (!rc)
		rc = git_commit_create_buffer(&content, git, draft->author, draft->committer,
					      draft->encoding, draft->message, tree, count,
					      parents);
	if (!rc)
		add_content(out, draft, (struct iv_str){content.ptr, content.size});
	git_buf_dispose(&content);
	git_tree_free(tree);
	return rc ? vcs_error(error, IV_EIO, "cannot make the commit") : IV_OK;
}

static int write_plain(git_oid *out, git_repository *git, struct iv_str content)
{
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, git);

	if (!rc)
		rc = git_odb_write(out, odb, content.ptr, content.len, GIT_OBJECT_COMMIT);
	git_odb_free(odb);
	return rc;
}

/* git has no empty line at the end of a signature, which programs end with a newline. */
static int write_signed(git_oid *out, git_repository *git, struct iv_str content,
			const char *signature)
{
	struct iv_str trimmed = iv_str_trim(iv_str_of(signature));
	char *text = iv_strndup(trimmed.ptr, trimmed.len);
	int rc = git_commit_create_with_signature(out, git, content.ptr, text, NULL);

	free(text);
	return rc;
}

static int write_object(git_oid *out, const struct vcs_draft *draft, struct iv_str content,
			struct iv_error *error)
{
	const struct iv_commit_help *help = draft->help;
	git_repository *git = draft->repo->git;
	char *signature = NULL;
	int rc = IV_OK;

	if (draft->signing->wanted)
		rc = help->sign(help->data, &signature, &draft->signing->how, content, error);
	if (rc)
		return rc;
	rc = signature ? write_signed(out, git, content, signature)
		       : write_plain(out, git, content);
	free(signature);
	return rc ? vcs_error(error, IV_EIO, "cannot write the commit") : IV_OK;
}

/* ---- the branch ---- */

static void add_log(struct iv_buf *out, const struct vcs_draft *draft)
{
	struct iv_str subject, rest = iv_str_of(draft->message);

	if (!iv_str_line(&subject, &rest))
		subject = iv_str_of("");
	iv_buf_printf(out, "commit%s: ",
		      draft->amend     ? " (amend)"
		      : !draft->parent ? " (initial)"
				       : "");
	iv_buf_str(out, subject);
}

static int move_branch(const struct vcs_draft *draft, const git_oid *id, struct iv_error *error)
{
	git_repository *git = draft->repo->git;
	git_reference *moved = NULL;
	struct iv_buf log = IV_BUF_INIT;
	char *name = NULL;
	int rc = vcs_branch_find(&name, draft->repo, error), code;

	if (rc)
		return rc;
	add_log(&log, draft);
	if (draft->last)
		code = git_reference_create_matching(&moved, git, name, id, 1,
						     git_commit_id(draft->last), log.ptr);
	else
		code = git_reference_create(&moved, git, name, id, 0, log.ptr);
	git_reference_free(moved);
	iv_buf_release(&log);
	free(name);
	return code ? vcs_ref_error(error, code, "cannot move the branch") : IV_OK;
}

int vcs_create_object(git_oid *out, const struct vcs_draft *draft, const git_oid *tree,
		      struct iv_error *error)
{
	struct iv_buf content = IV_BUF_INIT;
	int rc = write_content(&content, draft, tree, error);

	if (!rc)
		rc = write_object(out, draft, iv_buf_view(&content), error);
	iv_buf_release(&content);
	return rc;
}

int vcs_create(git_oid *out, const struct vcs_draft *draft, const git_oid *tree,
	       struct iv_error *error)
{
	int rc = vcs_create_object(out, draft, tree, error);

	if (rc)
		return rc;
	git_repository_set_ident(draft->repo->git, draft->committer->name, draft->committer->email);
	return move_branch(draft, out, error);
}
