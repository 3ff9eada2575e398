/* The merge driver of `init --merge-driver`. */
#ifndef IV_CMD_INIT_DRIVER_H
#define IV_CMD_INIT_DRIVER_H

#include <ivnotes/vcs.h>

#include "cmd/cmd.h"
#include "cmd/init/attributes.h"

struct init_driver {
	bool defined;    /* in the repository's configuration, or anew */
	bool made;       /* .gitattributes in the vault's folder is new */
	bool attributed; /* there is a new line in it */
	struct init_attributes
		found; /* as it was before; `other` and `plain` stay so, if nothing was added */
};

/*
 * Tells git to merge the vault's notes with `ivnotes merge-file`. What is there already is left as it is.
 * IV_EREFUSED where something else is: the message says what, and how to mend it. IV_EIO.
 * The caller releases `found`, in any case.
 */
int init_driver(struct init_driver *done, const struct iv_repo *repo, const struct iv_vault *vault,
		struct iv_error *error);

#endif
