/* Templates: checked whole against the shape of the values, then filled with them. */
#include "view/template.h"

#include "base/error.h"
#include "base/meant.h"
#include "view/template_parts.h"

/* Sections in sections of long lists may give little and take for ever. */
#define STEPS_MAX 1000000

/* The value of a section, and those around it. */
struct scope {
	const struct iv_value *value;
	const struct scope *outer;
};

struct filler {
	struct iv_buf *out;
	const struct iv_parts *parts;
	size_t steps;
	struct iv_error *error;
};

static const struct iv_value nothing = {.kind = IV_VALUE_SCALAR};

struct iv_value iv_template_text(const char *key, struct iv_str text)
{
	return (struct iv_value){.kind = IV_VALUE_SCALAR, .key = iv_str_of(key), .text = text};
}

struct iv_value iv_template_list(const char *key, const struct iv_value *items, size_t count)
{
	return (struct iv_value){
		.kind = IV_VALUE_LIST, .key = iv_str_of(key), .items = items, .count = count};
}

struct iv_value iv_template_map(const char *key, const struct iv_value *items, size_t count)
{
	return (struct iv_value){
		.kind = IV_VALUE_MAP, .key = iv_str_of(key), .items = items, .count = count};
}

/* ---- names ---- */

static const struct iv_value *find_in(const struct iv_value *map, struct iv_str name)
{
	for (size_t i = 0; map->kind == IV_VALUE_MAP && i < map->count; i++)
		if (iv_str_eq(map->items[i].key, name))
			return &map->items[i];
	return NULL;
}

/* The value of a name, from the innermost section outwards; NULL: nobody knows it. */
static const struct iv_value *find(const struct scope *scope, struct iv_str name)
{
	const struct iv_value *value = NULL;

	if (iv_str_is(name, "."))
		return scope->value->kind == IV_VALUE_MAP ? NULL : scope->value;
	for (; !value && scope; scope = scope->outer)
		value = find_in(scope->value, name);
	return value;
}

static bool is_empty(const struct iv_value *value)
{
	return value->kind == IV_VALUE_SCALAR ? !value->text.len : !value->count;
}

/* ---- checking ---- */

static void offer_names(struct iv_meant *meant, const struct iv_value *value)
{
	for (size_t i = 0; value->kind == IV_VALUE_MAP && i < value->count; i++)
		iv_meant_offer(meant, value->items[i].key);
}

static int fail_unknown(const struct filler *filler, const struct scope *scope,
			const struct iv_part *part)
{
	struct iv_meant meant = {.word = part->text};
	struct iv_str shown = iv_part_shown(part->text);
	struct iv_arena *arena = iv_arena_new();
	const char *hint;

	if (iv_str_is(part->text, ".")) {
		iv_error_set(filler->error, IV_EINPUT,
			     "'{{.}}' has no text here, expected it in the section of a text or "
			     "of a list of texts");
	} else {
		for (; scope; scope = scope->outer)
			offer_names(&meant, scope->value);
		hint = iv_meant_text(arena, &meant);
		iv_error_set(filler->error, IV_EINPUT, "unknown field '%.*s', %s",
			     IV_STR_ARG(shown),
			     hint ? hint : "expected one of those in ivnotes-templates(7)");
	}
	iv_arena_free(arena);
	return iv_error_at(filler->error, NULL, part->pos);
}

static int check(const struct filler *filler, const struct scope *scope, size_t from, size_t to);

/* A list by what its first item is: all are alike. */
static int check_section(const struct filler *filler, const struct scope *scope, size_t index,
			 const struct iv_value *value)
{
	const struct iv_part *part = &filler->parts->items[index];
	bool list = value->kind == IV_VALUE_LIST;
	struct scope inner = {list ? value->items : value, scope};

	if (list && !value->items)
		inner.value = &nothing;
	return check(filler, part->kind == IV_PART_INVERTED ? scope : &inner, index + 1, part->end);
}

static int check_field(const struct filler *filler, const struct iv_part *part,
		       const struct iv_value *value)
{
	struct iv_str shown = iv_part_shown(part->text);

	if (value->kind == IV_VALUE_SCALAR)
		return 0;
	iv_error_set(filler->error, IV_EINPUT,
		     "'%.*s' is %s, expected a section: {{#%.*s}}...{{/%.*s}}", IV_STR_ARG(shown),
		     value->kind == IV_VALUE_LIST ? "a list" : "no text, it has fields of its own",
		     IV_STR_ARG(shown), IV_STR_ARG(shown));
	return iv_error_at(filler->error, NULL, part->pos);
}

static int check(const struct filler *filler, const struct scope *scope, size_t from, size_t to)
{
	int rc = 0;

	for (size_t i = from; !rc && i < to; i++) {
		const struct iv_part *part = &filler->parts->items[i];
		const struct iv_value *value;

		if (part->kind == IV_PART_TEXT)
			continue;
		value = find(scope, part->text);
		if (!value)
			return fail_unknown(filler, scope, part);
		if (part->kind == IV_PART_FIELD) {
			rc = check_field(filler, part, value);
		} else {
			rc = check_section(filler, scope, i, value);
			i = part->end - 1;
		}
	}
	return rc;
}

/* ---- filling ---- */

static int fill(struct filler *filler, const struct scope *scope, size_t from, size_t to);

static int fill_section(struct filler *filler, const struct scope *scope, size_t index,
			const struct iv_value *value)
{
	const struct iv_part *part = &filler->parts->items[index];
	bool list = value->kind == IV_VALUE_LIST;
	size_t count = list ? value->count : 1;
	int rc = 0;

	if (is_empty(value) != (part->kind == IV_PART_INVERTED))
		return 0;
	if (part->kind == IV_PART_INVERTED)
		return fill(filler, scope, index + 1, part->end);
	for (size_t i = 0; !rc && i < count; i++) {
		struct scope inner = {list ? &value->items[i] : value, scope};
		filler->steps++;
		rc = fill(filler, &inner, index + 1, part->end);
	}
	return rc;
}

static int check_limits(struct filler *filler, const struct iv_part *part)
{
	if (filler->out->len > IV_TEMPLATE_FILL_MAX)
		iv_error_set(filler->error, IV_ELIMIT,
			     "the text grows too long here, expected at most %zu bytes",
			     IV_TEMPLATE_FILL_MAX);
	else if (++filler->steps > STEPS_MAX)
		iv_error_set(filler->error, IV_ELIMIT,
			     "the template repeats itself too often here, expected fewer sections "
			     "in each other");
	else
		return 0;
	return iv_error_at(filler->error, NULL, part->pos);
}

static int fill(struct filler *filler, const struct scope *scope, size_t from, size_t to)
{
	int rc = 0;

	for (size_t i = from; !rc && i < to; i++) {
		const struct iv_part *part = &filler->parts->items[i];
		const struct iv_value *value =
			part->kind == IV_PART_TEXT ? &nothing : find(scope, part->text);

		if (!value)
			value = &nothing; /* an item unlike the first */
		if (part->kind == IV_PART_TEXT) {
			iv_buf_str(filler->out, part->text);
		} else if (part->kind == IV_PART_FIELD) {
			iv_buf_str(filler->out, value->text);
		} else {
			rc = fill_section(filler, scope, i, value);
			i = part->end - 1;
		}
		if (!rc)
			rc = check_limits(filler, part);
	}
	return rc;
}

int iv_template_fill(struct iv_buf *out, struct iv_str text, const struct iv_value *values,
		     struct iv_error *error)
{
	struct iv_error unheard = IV_ERROR_INIT;
	struct iv_buf filled = IV_BUF_INIT;
	struct iv_parts parts;
	struct scope scope = {values, NULL};
	struct filler filler = {&filled, &parts, 0, error ? error : &unheard};
	int rc = iv_parts_read(&parts, text, filler.error);

	if (!rc)
		rc = check(&filler, &scope, 0, parts.count);
	if (!rc)
		rc = fill(&filler, &scope, 0, parts.count);
	if (!rc)
		iv_buf_str(out, iv_buf_view(&filled));
	iv_parts_release(&parts);
	iv_buf_release(&filled);
	iv_error_release(&unheard);
	return rc;
}
