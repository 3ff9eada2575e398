/* A term of a query as an SQL condition. Every text of the user's is bound, never spelled out. */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/query.h"
#include "note/fields.h"

struct builder {
	struct iv_buf *sql;
	struct iv_binds *binds;
	struct iv_arena *arena;
	const struct iv_syntax *syntax;
	const struct iv_term *term;
	struct iv_when_from from;
	struct iv_error *error;
};

/* Puts a parameter for the text. */
static void bind(struct builder *builder, struct iv_str text)
{
	struct iv_binds *binds = builder->binds;

	IV_GROW(binds->items, binds->count, binds->capacity);
	binds->items[binds->count++] = text;
	iv_buf_printf(builder->sql, "?%zu", binds->count);
}

static void bind_folded(struct builder *builder, struct iv_str text)
{
	bind(builder, iv_fold(builder->arena, iv_str_trim(text)));
}

static void put(struct builder *builder, const char *sql)
{
	iv_buf_puts(builder->sql, sql);
}

static const char *sign_of(enum iv_op op)
{
	switch (op) {
	case IV_OP_LESS: return "<";
	case IV_OP_LESS_EQUAL: return "<=";
	case IV_OP_MORE: return ">";
	case IV_OP_MORE_EQUAL: return ">=";
	case IV_OP_WORD:
	case IV_OP_IS:
	case IV_OP_EXACT:
	case IV_OP_CONTAINS:
	case IV_OP_PRESENT: break;
	}
	return NULL;
}

/* How a text, given as an SQL expression, is held against one value. */
static void compare(struct builder *builder, const char *expression, struct iv_str value)
{
	enum iv_op op = builder->term->op;

	switch (op) {
	case IV_OP_PRESENT: iv_buf_printf(builder->sql, "%s IS NOT NULL", expression); return;
	case IV_OP_EXACT:
		iv_buf_printf(builder->sql, "%s = ", expression);
		bind(builder, value);
		return;
	case IV_OP_CONTAINS:
		iv_buf_printf(builder->sql, "instr(fold(%s), ", expression);
		bind_folded(builder, value);
		put(builder, ") > 0");
		return;
	case IV_OP_IS:
		iv_buf_printf(builder->sql, "fold(%s) = ", expression);
		bind_folded(builder, value);
		return;
	case IV_OP_LESS:
	case IV_OP_LESS_EQUAL:
	case IV_OP_MORE:
	case IV_OP_MORE_EQUAL:
		iv_buf_printf(builder->sql, "collate_values(%s, ", expression);
		bind(builder, value);
		iv_buf_printf(builder->sql, ") %s 0", sign_of(op));
		return;
	case IV_OP_WORD: return;
	}
}

/* 2026, 2026-10 or 2026-10-05. */
static bool is_day_prefix(struct iv_str value)
{
	static const char shape[] = "0000-00-00";

	for (size_t i = 0; i < value.len; i++)
		if (i >= sizeof(shape) - 1 ||
		    (shape[i] == '0' ? !iv_is_digit(value.ptr[i]) : value.ptr[i] != shape[i]))
			return false;
	return value.len == 4 || value.len == 7 || value.len == 10;
}

/* The same, where `2026-10-05` also means that day at ten, and `2026-10` all of the month. */
static void compare_days(struct builder *builder, const char *expression, struct iv_str value)
{
	bool whole = builder->term->op == IV_OP_IS && is_day_prefix(value);

	put(builder, whole ? "(" : "");
	compare(builder, expression, value);
	if (!whole)
		return;
	iv_buf_printf(builder->sql, " OR collate_values(%s, ", expression);
	bind(builder, value);
	put(builder, ") = 0)");
}

/* ---- days ---- */

/* As people say them, from today on; false for another text, which stays what it is. */
static bool read_days(struct iv_str *first, struct iv_str *last, struct builder *builder,
		      struct iv_str value, struct iv_error *error)
{
	enum iv_op op = builder->term->op;
	char text[2][11];
	iv_day days[2];

	*first = *last = value;
	if (op == IV_OP_CONTAINS || op == IV_OP_PRESENT || is_day_prefix(value))
		return true;
	if (builder->from.today == IV_NO_DAY ||
	    iv_when_parse_days(&days[0], &days[1], value, &builder->from, error))
		return false;
	iv_day_format(text[0], days[0]);
	iv_day_format(text[1], days[1]);
	*first = iv_arena_str(builder->arena, iv_str_of(text[0]));
	*last = iv_arena_str(builder->arena, iv_str_of(text[1]));
	return true;
}

/* A week is met by its days; what is before it is before its first one. */
static void compare_span(struct builder *builder, const char *expression, struct iv_str value)
{
	enum iv_op op = builder->term->op;
	struct iv_str first, last;

	read_days(&first, &last, builder, value, NULL);
	if (iv_str_eq(first, last)) {
		compare_days(builder, expression, first);
	} else if (op == IV_OP_IS || op == IV_OP_EXACT) {
		iv_buf_printf(builder->sql, "(collate_values(%s, ", expression);
		bind(builder, first);
		iv_buf_printf(builder->sql, ") >= 0 AND collate_values(%s, ", expression);
		bind(builder, last);
		put(builder, ") <= 0)");
	} else {
		compare(builder, expression,
			op == IV_OP_LESS || op == IV_OP_MORE_EQUAL ? first : last);
	}
}

/* `one` for every value, joined by OR. */
static void any_value(struct builder *builder,
		      void (*one)(struct builder *builder, const char *data, struct iv_str value),
		      const char *data)
{
	put(builder, "(");
	for (size_t i = 0; i < builder->term->value_count; i++) {
		put(builder, i ? " OR " : "");
		one(builder, data, builder->term->values[i]);
	}
	put(builder, ")");
}

/* ---- keys of our own making ---- */

/* A whole path with or without `.md`, or a folder that ends in '/'. */
static void put_path(struct builder *builder, const char *data, struct iv_str value)
{
	(void)data;
	if (builder->term->op != IV_OP_IS) {
		compare(builder, "n.path", value);
	} else if (iv_str_ends(value, "/")) {
		put(builder, "instr(fold(n.path), ");
		bind_folded(builder, value);
		put(builder, ") = 1");
	} else {
		put(builder, "fold(n.path) IN (");
		bind_folded(builder, value);
		put(builder, ", ");
		bind_folded(builder, value);
		put(builder, " || '.md')");
	}
}

static struct iv_str canonical_type(struct builder *builder, struct iv_str value)
{
	enum iv_type type = iv_type_of(builder->syntax, iv_str_trim(value));

	return type == IV_TYPE_NONE ? iv_fold(builder->arena, value)
				    : iv_str_of(iv_type_word(type));
}

/* The type that ivnotes took it for, or the word that the user wrote. */
static void put_type(struct builder *builder, const char *data, struct iv_str value)
{
	(void)data;
	if (builder->term->op == IV_OP_IS) {
		put(builder, "n.type = ");
		bind(builder, canonical_type(builder, value));
		put(builder, " OR ");
	}
	compare(builder, "json_extract(f.json, '$.type')", value);
}

static void put_tag(struct builder *builder, const char *data, struct iv_str value)
{
	struct iv_str bare = iv_str_starts(value, "#") ? iv_str_slice(value, 1, value.len) : value;

	(void)data;
	put(builder, "EXISTS (SELECT 1 FROM json_each(f.json, '$.tags') AS v WHERE ");
	compare(builder, "ltrim(v.value, '#')", bare);
	if (builder->term->op == IV_OP_IS) {
		put(builder, " OR instr(fold(ltrim(v.value, '#')), ");
		bind_folded(builder, bare);
		put(builder, " || '/') = 1");
	}
	put(builder, ")");
}

/* Days of what happened. */
static const struct {
	const char *key, *expression;
} days[] = {
	{"asked", "(SELECT max(x.day) FROM record AS x WHERE x.note = n.note"
		  " AND x.field = 'outreach' AND x.outcome IS NOT 'bounced')"},
	{"answered", "(SELECT max(max(x.day, ifnull(x.outcome_day, x.day))) FROM record AS x"
		     " WHERE x.note = n.note AND x.field = 'outreach'"
		     " AND x.outcome IN ('yes', 'no', 'later'))"},
	{"met", "ifnull((SELECT x.day FROM took_place AS x WHERE x.note = n.note),"
		" (SELECT max(x.day) FROM met AS x WHERE x.person = n.note))"},
	{"thanked", "ifnull((SELECT max(x.day) FROM record AS x WHERE x.note = n.note"
		    " AND x.field = 'thank-you' AND x.outcome IS NOT 'bounced'),"
		    " (SELECT max(x.day) FROM thanks AS x WHERE x.person = n.note))"},
	{"touched", "(SELECT x.day FROM last_touch AS x WHERE x.person = n.note)"},
	{"due", NULL}, /* standing() */
};

/* When what still holds, or will, is due first. */
static const char *standing(struct builder *builder)
{
	char day[11] = "0001-01-01";

	if (builder->from.today != IV_NO_DAY)
		iv_day_format(day, builder->from.today);
	return iv_arena_printf(builder->arena,
			       "(SELECT min(x.due) FROM finding AS x WHERE x.note = n.note AND"
			       " NOT x.suppressed AND ifnull(x.until, '9999-12-31') >= '%s')",
			       day)
		.ptr;
}

/* Its own reason, where there is one. */
static int bad_day(struct builder *builder, struct iv_str value)
{
	struct iv_error *error = builder->error;

	if (!error || !error->message)
		iv_error_set(error, IV_EINPUT, "expected a day such as 2026-10-05, not '%.*s'",
			     IV_STR_ARG(value));
	return iv_error_context(error, "query, '%.*s'", IV_STR_ARG(builder->term->key));
}

static int put_day_key(struct builder *builder, const char *expression)
{
	const struct iv_term *term = builder->term;
	struct iv_str first, last;

	for (size_t i = 0; i < term->value_count; i++)
		if (!read_days(&first, &last, builder, term->values[i], builder->error) ||
		    (term->op == IV_OP_CONTAINS && !is_day_prefix(term->values[i])))
			return bad_day(builder, term->values[i]);
	any_value(builder, compare_span, expression);
	return 0;
}

/* ---- any front-matter key ---- */

/* The names under which the index keeps what the user calls `key`: at most two. */
static size_t field_names(const char *out[2], struct builder *builder)
{
	struct iv_str key = builder->term->key;
	const char *own = iv_field_of_own(builder->syntax, key);
	size_t count = 0;

	/* What says the type is kept under its own name. */
	if (own && strcmp(own, "type") != 0) {
		out[count++] = own;
		return count;
	}
	out[count++] = iv_arena_str(builder->arena, key).ptr;
	for (int type = IV_TYPE_NONE; type <= IV_TYPE_ORGANIZATION; type++) {
		const struct iv_field_def *def = iv_field_find((enum iv_type)type, key);
		if (def && strcmp(def->name, out[0])) {
			out[count++] = def->name;
			break;
		}
	}
	return count;
}

/* A field of days, or of records, which are compared by theirs. */
static bool has_days(const char *name)
{
	const struct iv_field_def *def = NULL;

	for (int type = IV_TYPE_CONTACT; !def && type <= IV_TYPE_ORGANIZATION; type++)
		def = iv_field_find((enum iv_type)type, iv_str_of(name));
	return def && (def->kind == IV_FIELD_DATE || def->kind == IV_FIELD_DATETIME ||
		       def->kind == IV_FIELD_RECORDS);
}

/* One value of the field, whether the field is a list or not. */
static void put_json(struct builder *builder, const char *name, struct iv_str value)
{
	struct iv_str path = iv_arena_printf(builder->arena, "$.\"%s\"", name);

	put(builder, "EXISTS (SELECT 1 FROM json_each(f.json, ");
	bind(builder, path);
	put(builder, ") AS v WHERE ");
	if (has_days(name))
		compare_span(builder, "v.value", value);
	else
		compare_days(builder, "v.value", value);
	put(builder, ")");
}

/* A reference in the field, by what it means. */
static void put_ref(struct builder *builder, const char *name, struct iv_str value)
{
	put(builder, "EXISTS (SELECT 1 FROM ref AS r WHERE r.note = n.note AND r.field = ");
	bind(builder, iv_str_of(name));
	put(builder, " AND (r.key = ");
	bind_folded(builder, value);
	put(builder, " OR fold(r.text) = ");
	bind_folded(builder, value);
	put(builder, " OR r.target IN (SELECT note FROM name WHERE key = ");
	bind_folded(builder, value);
	put(builder, ")))");
}

static void put_field(struct builder *builder)
{
	const char *names[2];
	size_t count = field_names(names, builder);

	put(builder, "(");
	for (size_t i = 0; i < count; i++) {
		put(builder, i ? " OR " : "");
		any_value(builder, put_json, names[i]);
		if (builder->term->op == IV_OP_IS) {
			put(builder, " OR ");
			any_value(builder, put_ref, names[i]);
		}
	}
	put(builder, ")");
}

static void put_word(struct builder *builder)
{
	put(builder, "EXISTS (SELECT 1 FROM name AS a WHERE a.note = n.note AND instr(a.key, ");
	bind_folded(builder, builder->term->values[0]);
	put(builder, ") > 0)");
}

const char *iv_query_key(size_t index)
{
	static const char *const others[] = {"id", "path", "name", "type", "tag", NULL};
	const size_t count = sizeof(others) / sizeof(*others) - 1;
	const size_t day_count = sizeof(days) / sizeof(*days);

	if (index < count)
		return others[index];
	return index - count < day_count ? days[index - count].key : NULL;
}

int iv_query_condition(struct iv_buf *sql, struct iv_binds *binds, struct iv_arena *arena,
		       const struct iv_syntax *syntax, const struct iv_term *term,
		       const struct iv_when_from *from, struct iv_error *error)
{
	struct builder builder = {sql, binds, arena, syntax, term, *from, error};

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		if (!iv_str_is(term->key, days[i].key))
			continue;
		if (days[i].expression)
			builder.from.lean = IV_LEAN_BACK;
		return put_day_key(&builder,
				   days[i].expression ? days[i].expression : standing(&builder));
	}
	if (term->op == IV_OP_WORD)
		put_word(&builder);
	else if (iv_str_is(term->key, "id"))
		any_value(&builder, compare, "n.id");
	else if (iv_str_is(term->key, "name"))
		any_value(&builder, compare, "n.name");
	else if (iv_str_is(term->key, "path"))
		any_value(&builder, put_path, NULL);
	else if (iv_str_is(term->key, "type"))
		any_value(&builder, put_type, NULL);
	else if (iv_str_is(term->key, "tag") || iv_str_is(term->key, "tags"))
		any_value(&builder, put_tag, NULL);
	else
		put_field(&builder);
	return 0;
}
