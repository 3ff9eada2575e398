/*
 * The files that the build puts into the library, by src/embed.sh: the SQL of src/index and
 * src/rules, templates, and the scripts of src/cmd/completion. The Makefile lists them (EMBEDDED).
 */
#ifndef IV_BASE_EMBEDDED_H
#define IV_BASE_EMBEDDED_H

#include <stddef.h>

struct iv_embedded {
	const char *name; /* the path below src/, as "rules/thank-you.sql" */
	const char *text; /* the whole file, NUL-terminated */
};

/* Those of a folder side by side, sorted by name; one entry with name NULL follows the last. */
extern const struct iv_embedded iv_embedded_files[];
extern const size_t iv_embedded_count;

/* The text of the file of this name, or NULL. */
const char *iv_embedded_text(const char *name);

/*
 * A sum of the library's sources, by the Makefile. What was made by others is not trusted: nobody
 * has to remember that another way to read notes, or to tell acts, makes the caches of old untrue.
 */
extern const char iv_sources[];

#endif
