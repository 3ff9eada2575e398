/*
 * Texts with places to fill in: letters and new notes. The language is a small part of mustache
 * (https://mustache.github.io/mustache.5.html), told to the user in ivnotes-templates(7):
 *
 *	{{name}}                a text, as it is: nothing is escaped
 *	{{.}}                   the item of the section around it
 *	{{#name}}…{{/name}}     once for a text or a map, for each item of a list; not for an empty one
 *	{{^name}}…{{/name}}     only for an empty one
 *	{{! words }}            nothing
 *
 * A line that holds nothing but sections' tags or a comment vanishes. Names are looked up in the
 * innermost section first. Pure.
 *
 * Values are trees of struct iv_value: maps whose items carry their keys, lists, and scalars. The
 * caller gives every name that a template may use, with an empty text or list where there is nothing
 * to tell: a name that is not there is an error. A list's items are alike, and a list of no items
 * may still point at one (count 0), which says what its items would be. The whole template is
 * checked by that, whatever the values are.
 */
#ifndef IV_VIEW_TEMPLATE_H
#define IV_VIEW_TEMPLATE_H

#include <ivnotes/vault.h>

#include "base/str.h"

#define IV_TEMPLATE_FILL_MAX ((size_t)1 << 20) /* bytes that a template may give */
#define IV_TEMPLATE_DEPTH_MAX 16               /* sections in sections */

/* Values as literals have them; the arrays must outlive what is made of them. */
struct iv_value iv_template_text(const char *key, struct iv_str text);
struct iv_value iv_template_list(const char *key, const struct iv_value *items, size_t count);
struct iv_value iv_template_map(const char *key, const struct iv_value *items, size_t count);

/*
 * Adds the filled template to `out`; on failure nothing. IV_EINPUT for a template that is wrong, with
 * its place in error->pos (the caller adds the path), IV_ELIMIT for one over IV_TEMPLATE_SIZE_MAX, that
 * nests too deep, or gives too much.
 */
int iv_template_fill(struct iv_buf *out, struct iv_str text, const struct iv_value *values,
		     struct iv_error *error);

#endif
