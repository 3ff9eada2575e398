#include "base/patterns.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"

/* What a text of a few hundred letters costs must not be paid for thousands of them. */
#define OVERRUNS_MAX 20

struct entry {
	struct iv_str text;
	uint32_t line;
	struct iv_needs needs;
	unsigned overruns;
	struct form {
		struct iv_pattern *pattern; /* NULL until it is needed */
		struct iv_match *match;
	} any, ascii;   /* for texts of the one and the other kind */
	bool not_ascii; /* there can be no form for these */
};

struct iv_patterns {
	struct entry *entries;
	size_t count, capacity;
};

/* ---- the set ---- */

/* The next line that is a pattern; entry->line counts all. */
static bool next_entry(struct entry *entry, struct iv_str *lines)
{
	while (iv_str_line(&entry->text, lines)) {
		entry->line++;
		if (iv_str_trim(entry->text).len && entry->text.ptr[0] != '#')
			return true;
	}
	return false;
}

struct iv_patterns *iv_patterns_new(struct iv_str lines)
{
	struct iv_patterns *patterns = iv_calloc(1, sizeof(*patterns));
	struct entry entry = {.line = 0};

	while (next_entry(&entry, &lines)) {
		IV_GROW(patterns->entries, patterns->count, patterns->capacity);
		patterns->entries[patterns->count] = entry;
		iv_needs_read(&patterns->entries[patterns->count++].needs, entry.text);
	}
	return patterns;
}

int iv_patterns_check(struct iv_str lines, struct iv_error *error)
{
	struct entry entry = {.line = 0};
	int rc = 0;

	while (!rc && next_entry(&entry, &lines))
		rc = iv_pattern_check(entry.text, error);
	if (rc && error)
		error->pos = (struct iv_pos){entry.line, 1};
	return rc;
}

static void release_form(struct form *form)
{
	iv_match_free(form->match);
	iv_pattern_free(form->pattern);
}

void iv_patterns_free(struct iv_patterns *patterns)
{
	if (!patterns)
		return;
	for (size_t i = 0; i < patterns->count; i++) {
		release_form(&patterns->entries[i].any);
		release_form(&patterns->entries[i].ascii);
		iv_needs_release(&patterns->entries[i].needs);
	}
	free(patterns->entries);
	free(patterns);
}

static int make_form(struct form *out, const struct entry *entry, bool ascii,
		     struct iv_error *error)
{
	int rc = ascii ? iv_pattern_new_ascii(&out->pattern, entry->text, true, error)
		       : iv_pattern_new(&out->pattern, entry->text, true, error);

	if (!rc)
		out->match = iv_match_new(out->pattern);
	return rc;
}

/* The form of a pattern that suits a text, compiled when it is first asked for. */
static int form_for(struct form **out, struct entry *entry, const struct iv_gist *gist,
		    struct iv_error *error)
{
	int rc = 0;

	if (gist->ascii && !entry->not_ascii && !entry->ascii.pattern)
		entry->not_ascii = make_form(&entry->ascii, entry, true, NULL) != 0;
	*out = gist->ascii && !entry->not_ascii ? &entry->ascii : &entry->any;
	if (!(*out)->pattern)
		rc = make_form(*out, entry, false, error);
	if (rc && error)
		error->pos = (struct iv_pos){entry->line, 1};
	return rc;
}

int iv_patterns_find(struct iv_patterns *patterns, const struct iv_gist *gist, struct iv_str text,
		     size_t from, size_t *start, size_t *end, struct iv_error *error)
{
	int found = 0, rc;

	for (size_t i = 0; i < patterns->count; i++) {
		struct entry *entry = &patterns->entries[i];
		struct form *form;
		if (!iv_needs_met(&entry->needs, gist))
			continue;
		if ((rc = form_for(&form, entry, gist, error)) != 0)
			return rc;
		rc = entry->overruns == OVERRUNS_MAX
			     ? IV_ELIMIT
			     : iv_pattern_find(form->pattern, form->match, text, from, true, start,
					       end);
		if (rc == 1)
			return 1;
		if (rc == IV_ELIMIT) {
			entry->overruns += entry->overruns < OVERRUNS_MAX;
			found = IV_ELIMIT;
		}
	}
	return found;
}
