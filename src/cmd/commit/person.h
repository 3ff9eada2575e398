/* Who commits, as git's environment variables say it. */
#ifndef IV_CMD_COMMIT_PERSON_H
#define IV_CMD_COMMIT_PERSON_H

#include <ivnotes/vcs.h>

/* GIT_AUTHOR_NAME, _EMAIL and _DATE; NULL where one is not set. */
struct iv_person person_author(void);
/* GIT_COMMITTER_… */
struct iv_person person_committer(void);

#endif
