/* Who commits, and when. */
#ifndef IV_VCS_PERSON_H
#define IV_VCS_PERSON_H

#include "vcs/vcs.h"

/*
 * The signature of a person: what was given, else <role>.name and <role>.email of git's
 * configuration, else user.name and user.email. IV_EREFUSED when none of them says; IV_EINPUT for a
 * date that cannot be read.
 */
int vcs_person(git_signature **out, git_repository *git, const struct iv_person *given,
	       const char *role, struct iv_error *error);

/* `[@]SECONDS [+HHMM]`, or ISO 8601 with a time and a zone. Minutes east of Greenwich. */
bool vcs_date_parse(int64_t *seconds, int *offset, const char *text);

#endif
