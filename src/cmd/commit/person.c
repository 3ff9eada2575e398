#include "cmd/commit/person.h"

#include <stdlib.h>

struct iv_person person_author(void)
{
	return (struct iv_person){getenv("GIT_AUTHOR_NAME"), getenv("GIT_AUTHOR_EMAIL"),
				  getenv("GIT_AUTHOR_DATE")};
}

struct iv_person person_committer(void)
{
	return (struct iv_person){getenv("GIT_COMMITTER_NAME"), getenv("GIT_COMMITTER_EMAIL"),
				  getenv("GIT_COMMITTER_DATE")};
}
