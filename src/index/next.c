/* The meeting with somebody that comes next. */
#include "base/error.h"
#include "base/mem.h"
#include "index/update.h"

static const char sql[] =
	"SELECT n.path FROM ref AS a JOIN ahead AS m ON m.note = a.note"
	" JOIN note AS n ON n.note = m.note"
	" WHERE a.target = (SELECT note FROM note WHERE path = ?1) AND a.field = 'contact'"
	"  AND m.day >= ?2 ORDER BY m.day, coalesce(m.minute, 1440), n.path LIMIT 1";

static int find(char **path, struct iv_index *index, const char *person, iv_day day,
		struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(index), sql, error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(person));
	iv_stmt_bind_day(stmt, 2, day);
	rc = iv_stmt_step(stmt, error);
	if (rc == 1)
		*path = iv_strdup(iv_stmt_text(stmt, 0).ptr);
	else if (!rc)
		rc = iv_error_set(error, IV_ENOTFOUND, "no meeting with '%s' is ahead", person);
	iv_stmt_free(stmt);
	return rc < 0 ? rc : 0;
}

int iv_index_next_meeting(char **path, struct iv_index *index, const char *person, iv_day day,
			  struct iv_error *error)
{
	int rc;

	while ((rc = find(path, index, person, day, error)) && rc != IV_ENOTFOUND &&
	       iv_index_retry(index, error))
		;
	return rc;
}
