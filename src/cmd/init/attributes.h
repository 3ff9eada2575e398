/* What git's attributes say of merging the vault's notes. */
#ifndef IV_CMD_INIT_ATTRIBUTES_H
#define IV_CMD_INIT_ATTRIBUTES_H

#include <ivnotes/vcs.h>

/* A note stands for all that merge as it does; each path is NULL where there is none. */
struct init_attributes {
	bool ours;           /* some notes are merged by the driver that was asked for */
	char *plain;         /* one for which no driver is named */
	char *other, *taken; /* one that has another driver, and which that is */
};

/*
 * Asks for every note that there is, and for one yet to come in each folder that init makes or that
 * the config gives a type. The caller releases it, in any case. IV_EIO.
 */
int init_attributes_read(struct init_attributes *out, const char *driver,
			 const struct iv_repo *repo, const struct iv_vault *vault,
			 struct iv_error *error);
void init_attributes_release(struct init_attributes *attributes);

#endif
