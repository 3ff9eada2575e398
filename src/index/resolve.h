/* What a reference means. DESIGN: by path, id, alias, name, in that order. */
#ifndef IV_INDEX_RESOLVE_H
#define IV_INDEX_RESOLVE_H

#include "index/links.h"
#include "index/names.h"

/*
 * matches: how many notes it could mean; 0 none, above 1 ambiguous and without a target; -1: no
 * note's business (a link with another extension, out of the vault, to a file that is left out
 * by dot-folder or `ignore`, of which only the file system could say whether it is there, or to
 * a symlink).
 */
#define IV_NOT_A_NOTE (-1)
struct iv_resolved {
	int64_t target; /* 0: none */
	int64_t matches;
};

/* A reference as the resolver needs it. */
struct iv_wanted {
	enum iv_ref_form form;
	struct iv_str field, key;
	const char *path; /* of the note it stands in */
};

struct iv_resolver {
	struct iv_names *names;
	const struct iv_config *config;
	struct iv_arena *scratch;
	const struct iv_links *links;
};

struct iv_resolved iv_resolve(struct iv_resolver *resolver, const struct iv_wanted *wanted);

const char *iv_form_word(enum iv_ref_form form);
enum iv_ref_form iv_form_of(struct iv_str word);

/*
 * The contacts that a record's text names: runs of up to six words that are the id, alias or name
 * of a contact, the longest first; one that several share names nobody. Calls `found` for each.
 */
void iv_find_people(struct iv_resolver *resolver, struct iv_str text,
		    void (*found)(void *data, int64_t note), void *data);

#endif
