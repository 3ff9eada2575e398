/* A text as a YAML scalar that every reader takes for that text, in the style of its neighbours. */
#ifndef IV_EDIT_QUOTE_H
#define IV_EDIT_QUOTE_H

#include "base/mem.h"
#include "base/str.h"
#include "note/fields.h"

enum iv_quotes { IV_QUOTES_NONE, IV_QUOTES_SINGLE, IV_QUOTES_DOUBLE };

/* Those of a scalar by its bytes. */
enum iv_quotes iv_quotes_of(struct iv_str raw);

/*
 * The text on one line, in these quotes if it bears them. `flow`: it stands in brackets or braces. `field`
 * says which words and numbers are meant as such; NULL: a key of the user's own.
 */
struct iv_str iv_quoted_as(struct iv_arena *arena, struct iv_str text, enum iv_quotes quotes,
			   bool flow, const struct iv_field_def *field);

/* Would it mean the same without quotes? */
bool iv_bears_plain(struct iv_str text, bool flow);

#endif
