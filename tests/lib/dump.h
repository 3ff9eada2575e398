/* Everything that an index holds, as sorted lines without row numbers: two that say the same are
 * equal. Include after cmocka.h. */
#ifndef TESTS_DUMP_H
#define TESTS_DUMP_H

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/update.h"

/* Numbers of notes become paths. Row numbers, and what depends on the moment of reading, stay out. */
static const char *const dump_queries[] = {
	"SELECT 'note', path, size, mtime, ctime, inode, hash, type, id, key, name, name_line,"
	" created FROM note",
	"SELECT 'fields', n.path, t.json FROM fields t LEFT JOIN note n USING (note)",
	"SELECT 'name', n.path, t.key, t.rank FROM name t LEFT JOIN note n USING (note)",
	"SELECT 'ref', n.path, t.seq, t.field, t.record, t.form, t.line, t.col, t.text, t.key,"
	" t.target IS NULL, x.path, t.matches FROM ref t LEFT JOIN note n USING (note)"
	" LEFT JOIN note x ON x.note = t.target",
	"SELECT 'mention', n.path, t.record, x.path FROM mention t LEFT JOIN note n USING (note)"
	" LEFT JOIN note x ON x.note = t.target",
	"SELECT 'contact', n.path, t.* FROM contact t LEFT JOIN note n USING (note)",
	"SELECT 'meeting', n.path, t.* FROM meeting t LEFT JOIN note n USING (note)",
	"SELECT 'organization', n.path, t.* FROM organization t LEFT JOIN note n USING (note)",
	"SELECT 'record', n.path, t.* FROM record t LEFT JOIN note n USING (note)",
	"SELECT 'task', n.path, t.* FROM task t LEFT JOIN note n USING (note)",
	"SELECT 'question', n.path, t.* FROM question t LEFT JOIN note n USING (note)",
	"SELECT 'lead', n.path, t.* FROM lead t LEFT JOIN note n USING (note)",
	"SELECT 'section', n.path, t.* FROM section t LEFT JOIN note n USING (note)",
	"SELECT 'problem', n.path, t.* FROM problem t LEFT JOIN note n USING (note)",
	"SELECT 'suppression', n.path, t.* FROM suppression t LEFT JOIN note n USING (note)",
	"SELECT 'finding', n.path, t.rule, t.line, t.col, ifnull(x.path, t.who), t.since, t.due,"
	" t.until, t.severity, t.message, t.suppressed FROM finding t LEFT JOIN note n USING (note)"
	" LEFT JOIN note x ON x.note = t.who",
	"SELECT 'failure', t.* FROM failure t",
};

static inline char *dump_line(struct iv_stmt *stmt)
{
	struct iv_buf line = IV_BUF_INIT;

	for (int i = 0; i < iv_stmt_columns(stmt); i++) {
		struct iv_str text = iv_stmt_text(stmt, i);
		if (i > 0 && !strcmp(iv_stmt_column_name(stmt, i), "note"))
			continue;
		iv_buf_puts(&line, i ? "|" : "");
		iv_buf_str(&line, text.ptr ? text : IV_LIT("-"));
	}
	return iv_buf_detach(&line);
}

static inline int dump_by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The caller frees. As every question does, it asks again when it has met damage. */
static inline char *dump_index(struct iv_index *index)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	char **lines = NULL;
	size_t count = 0, capacity = 0;

	for (size_t i = 0; i < sizeof(dump_queries) / sizeof(*dump_queries); i++) {
		struct iv_stmt *stmt;
		int rc = iv_stmt_new(&stmt, iv_index_db(index), dump_queries[i], &error);
		while (!rc && (rc = iv_stmt_step(stmt, &error)) == 1) {
			IV_GROW(lines, count, capacity);
			lines[count++] = dump_line(stmt);
			rc = 0;
		}
		iv_stmt_free(stmt);
		if (!rc)
			continue;
		if (!iv_index_retry(index, &error))
			fail_msg("%s", error.message);
		while (count > 0)
			free(lines[--count]);
		i = SIZE_MAX;
	}
	if (count > 1)
		qsort(lines, count, sizeof(*lines), dump_by_text);
	for (size_t i = 0; i < count; i++) {
		iv_buf_printf(&out, "%s\n", lines[i]);
		free(lines[i]);
	}
	free(lines);
	return iv_buf_detach(&out);
}

/* Fails with the first line that differs. */
static inline void assert_same_dump(const char *got, const char *expected)
{
	while (*got && *got == *expected) {
		size_t len = strcspn(got, "\n") + 1;
		if (strncmp(got, expected, len))
			break;
		got += len;
		expected += len;
	}
	if (*got || *expected)
		fail_msg("got\n  %.*s\nexpected\n  %.*s", (int)strcspn(got, "\n"), got,
			 (int)strcspn(expected, "\n"), expected);
}

#endif
