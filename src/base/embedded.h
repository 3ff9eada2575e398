/*
 * The SQL files that the build puts into the library: the .sql files of src/index and src/rules,
 * by src/embed.sh.
 */
#ifndef IV_BASE_EMBEDDED_H
#define IV_BASE_EMBEDDED_H

#include <stddef.h>

struct iv_embedded {
	const char *name; /* the path below src/, as "rules/thank-you.sql" */
	const char *text; /* the whole file, NUL-terminated */
};

/* Sorted by name in byte order; one entry with name NULL follows the last. */
extern const struct iv_embedded iv_embedded_sql[];
extern const size_t iv_embedded_sql_count;

#endif
