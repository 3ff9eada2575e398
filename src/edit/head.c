#include "edit/head.h"

#include <string.h>

#include "base/utf8.h"
#include "edit/quote.h"
#include "note/header.h"

size_t iv_node_start(const struct iv_head *head, const struct iv_yaml_node *node)
{
	return head->from + node->start;
}

size_t iv_node_end(const struct iv_head *head, const struct iv_yaml_node *node)
{
	return head->from + node->end;
}

struct iv_str iv_node_raw(const struct iv_head *head, const struct iv_yaml_node *node)
{
	return iv_str_slice(iv_edit_bytes(head->edit), iv_node_start(head, node),
			    iv_node_end(head, node));
}

bool iv_node_is_odd(const struct iv_head *head, const struct iv_yaml_node *node)
{
	struct iv_str raw = iv_node_raw(head, node);

	return raw.len && (raw.ptr[0] == '&' || raw.ptr[0] == '!');
}

struct iv_str iv_head_name(const struct iv_field_def **def, const struct iv_edit *edit,
			   struct iv_str key)
{
	struct iv_str folded = iv_fold_key(edit->arena, iv_str_trim(key));
	const char *own = iv_field_of_own(edit->syntax, folded);

	if (own && strcmp(own, "type"))
		folded = iv_str_of(own);
	*def = iv_field_find(edit->note->type, folded);
	return *def ? iv_str_of((*def)->name) : folded;
}

/* ---- reading ---- */

/* Blank, or a comment that is indented no deeper than the keys. */
static bool is_between(struct iv_str line, size_t indent)
{
	struct iv_str text = iv_str_trim(line);

	return !text.len || (text.ptr[0] == '#' && (size_t)(text.ptr - line.ptr) <= indent);
}

/* `|+`: the blank lines behind it are a part of it. */
static bool keeps_blank_lines(struct iv_str bytes, const struct iv_entry *entry)
{
	struct iv_str first = iv_str_slice(bytes, entry->start, iv_line_stop(bytes, entry->start));

	return !entry->odd && first.len > 1 && strchr("|>", first.ptr[0]) &&
	       iv_str_find_char(first, '+') != SIZE_MAX;
}

/* Behind the last line of an entry's value: what stands up to `next` may belong to the next key. */
static size_t lines_end(const struct iv_head *head, const struct iv_entry *entry, size_t next)
{
	struct iv_str bytes = iv_edit_bytes(head->edit);
	size_t least = iv_line_after(bytes, entry->odd ? entry->line : entry->end), before;

	while (next > least && !keeps_blank_lines(bytes, entry)) {
		before = iv_line_before(bytes, next);
		if (before < least ||
		    !is_between(iv_str_slice(bytes, before, next), head->indent.len))
			break;
		next = before;
	}
	return next;
}

static const struct iv_field *field_at(const struct iv_note *note, struct iv_pos pos)
{
	size_t i;

	for (i = 0; i < note->field_count; i++)
		if (iv_same_place(note->fields[i].pos, pos))
			return &note->fields[i];
	return NULL;
}

static void read_entry(struct iv_entry *entry, const struct iv_head *head,
		       const struct iv_yaml_pair *pair)
{
	struct iv_str bytes = iv_edit_bytes(head->edit), before;
	size_t start = iv_node_start(head, pair->key);

	entry->key = iv_str_trim(pair->key->text);
	entry->name = iv_head_name(&entry->def, head->edit, entry->key);
	entry->field = field_at(head->edit->note, pair->key->pos);
	entry->value = pair->value;
	entry->line = iv_line_begin(bytes, start);
	entry->start = iv_node_start(head, pair->value);
	entry->end = iv_node_end(head, pair->value);
	entry->colon = iv_node_end(head, pair->key);
	while (entry->colon < head->to && strchr(" \t", bytes.ptr[entry->colon]))
		entry->colon++;
	before = iv_str_slice(bytes, entry->line, start);
	entry->odd = iv_str_trim(before).len || entry->colon >= head->to ||
		     bytes.ptr[entry->colon] != ':' || entry->start <= entry->colon ||
		     iv_node_is_odd(head, pair->key) || iv_node_is_odd(head, pair->value);
	entry->colon++;
}

static void read_entries(struct iv_head *head, const struct iv_yaml_node *root)
{
	struct iv_str bytes = iv_edit_bytes(head->edit);
	size_t i, start = iv_node_start(head, root->pairs[0].key);

	head->count = root->count;
	head->entries = iv_arena_calloc(head->edit->arena, root->count, sizeof(*head->entries));
	head->indent = iv_str_slice(bytes, iv_line_begin(bytes, start), start);
	for (i = 0; i < root->count; i++)
		read_entry(&head->entries[i], head, &root->pairs[i]);
	for (i = 0; i < root->count; i++)
		head->entries[i].after =
			lines_end(head, &head->entries[i],
				  i + 1 < root->count ? head->entries[i + 1].line : head->to);
}

/* Text between the lines that is no mapping of keys, or one in braces. */
static int refuse_root(const struct iv_head *head, const struct iv_yaml_node *root,
		       struct iv_error *error)
{
	iv_error_set(error, IV_EREFUSED, "%s",
		     root->kind == IV_YAML_MAPPING
			     ? "the header is one mapping in braces; expected 'key: value' lines"
			     : "expected 'key: value' lines between the '---' lines");
	return iv_edit_refused(head->edit, error, iv_node_start(head, root));
}

static int read_yaml(struct iv_head *head, uint32_t line, struct iv_error *error)
{
	struct iv_str header = iv_str_slice(iv_edit_bytes(head->edit), head->from, head->to);
	struct iv_error why = IV_ERROR_INIT;
	const struct iv_yaml_node *root;
	int rc = 0;

	if (iv_yaml_parse(&root, head->edit->arena, header, line, &why)) {
		iv_error_set(error, IV_EREFUSED, "the header cannot be read: %s", why.message);
		rc = iv_edit_refused(head->edit, error, iv_edit_offset(head->edit, why.pos));
	} else if (root && (root->kind != IV_YAML_MAPPING || root->flow)) {
		rc = refuse_root(head, root, error);
	} else if (root) {
		read_entries(head, root);
	}
	iv_error_release(&why);
	return rc;
}

int iv_head_read(struct iv_head *out, const struct iv_edit *edit, struct iv_error *error)
{
	size_t begin = iv_edit_begin(edit);
	struct iv_reader reader = {.note = edit->note, .arena = edit->arena};
	int rc = iv_edit_check(edit, error);

	*out = (struct iv_head){.edit = edit, .indent = {"", 0}};
	if (rc)
		return rc;
	reader.syntax = edit->syntax;
	reader.bytes = iv_str_slice(iv_edit_bytes(edit), begin, edit->bytes.len);
	iv_header_find(&reader);
	if (!reader.closed && iv_str_starts(reader.bytes, "---") &&
	    iv_line_stop(reader.bytes, 0) == 3 + strspn(reader.bytes.ptr + 3, " \t")) {
		iv_error_set(error, IV_EREFUSED,
			     "the header is not closed; expected a line '---' after it");
		return iv_edit_refused(edit, error, begin);
	}
	if (!reader.closed)
		return 0;
	out->present = true;
	out->from = begin + (size_t)(reader.header.ptr - reader.bytes.ptr);
	out->to = out->from + reader.header.len;
	return read_yaml(out, reader.header_line, error);
}

/* ---- finding ---- */

static bool is_blank(const struct iv_entry *entry)
{
	return entry->value->kind == IV_YAML_SCALAR && !iv_str_trim(entry->value->text).len;
}

static int refuse_second(const struct iv_head *head, const struct iv_entry *first,
			 const struct iv_entry *second, struct iv_error *error)
{
	iv_error_set(error, IV_EREFUSED, "'%.*s' says the same as '%.*s' in line %u; keep one",
		     IV_STR_ARG(second->key), IV_STR_ARG(first->key),
		     (unsigned)iv_edit_pos(head->edit, first->line).line);
	return iv_edit_refused(head->edit, error, second->line);
}

static int check_key(const char *key, struct iv_error *error)
{
	struct iv_str text = iv_str_of(key);
	size_t i;

	if (!iv_str_trim(text).len)
		return iv_error_set(error, IV_EINPUT, "expected a key, found none");
	for (i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < ' ')
			return iv_error_set(error, IV_EINPUT, "a key stands on one line");
	return iv_edit_check_text(text, "key", error);
}

int iv_head_find(struct iv_entry **out, const struct iv_head *head, const char *key,
		 struct iv_error *error)
{
	const struct iv_field_def *def;
	struct iv_entry *entry, *found = NULL;
	struct iv_str name;
	size_t i;
	int rc = check_key(key, error);

	*out = NULL;
	if (rc)
		return rc;
	name = iv_head_name(&def, head->edit, iv_str_of(key));
	for (i = 0; i < head->count; i++) {
		entry = &head->entries[i];
		if (!iv_str_eq(entry->name, name))
			continue;
		/* Of two names of one field a blank one is not there. */
		if (found && iv_str_eq(found->key, entry->key))
			return refuse_second(head, found, entry, error);
		if (found && !is_blank(found) && !is_blank(entry))
			return refuse_second(head, found, entry, error);
		if (!found || is_blank(found))
			found = entry;
	}
	if (found && found->odd) {
		iv_error_set(error, IV_EREFUSED,
			     "'%.*s' has an anchor, an alias, a tag or an unusual form, which an "
			     "edit might break",
			     IV_STR_ARG(found->key));
		return iv_edit_refused(head->edit, error, found->line);
	}
	*out = found;
	return 0;
}

/* ---- new keys ---- */

const struct iv_field_def *iv_head_def(struct iv_str name, enum iv_type type)
{
	const struct iv_field_def *def = iv_field_find(type, name);
	int any;

	for (any = IV_TYPE_CONTACT; type == IV_TYPE_NONE && !def && any <= IV_TYPE_ORGANIZATION;
	     any++)
		def = iv_field_find((enum iv_type)any, name);
	return def;
}

/* Referrals of a meeting are what comes of it; the table has them once, with a contact's. */
static size_t rank_of(struct iv_str name, enum iv_type type)
{
	const struct iv_field_def *def = iv_head_def(name, type);

	if (def && type == IV_TYPE_MEETING && !strcmp(def->name, "referrals"))
		def = iv_field_find(type, IV_LIT("thank-you"));
	return def ? (size_t)(def - iv_fields) : SIZE_MAX;
}

/* Comments right above a key are about it. */
static size_t above(const struct iv_head *head, size_t line)
{
	struct iv_str bytes = iv_edit_bytes(head->edit), text;
	size_t before = line;

	while (before > head->from) {
		before = iv_line_before(bytes, before);
		text = iv_str_slice(bytes, before, line);
		if (!iv_str_trim(text).len || !is_between(text, head->indent.len))
			break;
		line = before;
	}
	return line;
}

/* Behind the nearest of the fields that the table has before it, or else before one after it. */
static size_t place_for(const struct iv_head *head, struct iv_str name)
{
	enum iv_type type = head->edit->note->type;
	size_t rank = rank_of(name, type), i, at;
	const struct iv_entry *before = NULL, *after = NULL;

	for (i = 0; rank != SIZE_MAX && i < head->count; i++) {
		struct iv_entry *entry = &head->entries[i];

		at = rank_of(entry->name, type);
		if (at <= rank && (!before || at >= rank_of(before->name, type)))
			before = entry;
		if (at > rank && at != SIZE_MAX && (!after || at < rank_of(after->name, type)))
			after = entry;
	}
	if (before)
		return before->after;
	if (after)
		return above(head, after->line);
	return head->count ? head->entries[head->count - 1].after : head->to;
}

void iv_head_insert(struct iv_draft *draft, const struct iv_head *head, const char *key,
		    struct iv_str rest)
{
	const struct iv_edit *edit = head->edit;
	const char *eol = iv_edit_eol(edit);
	const struct iv_field_def *def;
	struct iv_buf text = IV_BUF_INIT;
	struct iv_str line, body = iv_edit_bytes(edit), name;
	size_t at = iv_edit_begin(edit);

	name = iv_quoted_as(edit->arena, iv_str_trim(iv_str_of(key)), IV_QUOTES_NONE, false, NULL);
	line = iv_arena_printf(edit->arena, "%.*s%.*s:%.*s%s", IV_STR_ARG(head->indent),
			       IV_STR_ARG(name), IV_STR_ARG(rest), eol);
	if (head->present) {
		at = place_for(head, iv_head_name(&def, edit, iv_str_of(key)));
		iv_draft_put(draft, at, at, line);
		return;
	}
	iv_buf_printf(&text, "---%s%.*s---%s", eol, IV_STR_ARG(line), eol);
	if (iv_str_trim(iv_str_slice(body, at, iv_line_stop(body, at))).len)
		iv_buf_puts(&text, eol);
	iv_draft_put(draft, at, at, iv_buf_view(&text));
	iv_buf_release(&text);
}

bool iv_head_has_dashes(const struct iv_head *head, const struct iv_entry *entry,
			const struct iv_field_def *def, struct iv_str *indent)
{
	struct iv_str bytes = iv_edit_bytes(head->edit);
	bool lines = def && (def->kind == IV_FIELD_RECORDS || def->kind == IV_FIELD_LEADS);
	bool dashes = false, brackets = false;
	size_t i, at;

	*indent = iv_arena_printf(head->edit->arena, "%.*s  ", IV_STR_ARG(head->indent));
	for (i = 0; i < head->count; i++) {
		const struct iv_entry *other = &head->entries[i];
		enum iv_field_kind kind = other->def ? other->def->kind : IV_FIELD_TEXTS;

		if (other == entry || other->odd || other->value->kind != IV_YAML_SEQUENCE)
			continue;
		if (other->value->flow) {
			brackets = true;
			continue;
		}
		at = iv_line_begin(bytes, other->start);
		*indent = iv_str_slice(bytes, at, other->start);
		dashes |= kind != IV_FIELD_RECORDS && kind != IV_FIELD_LEADS;
	}
	return lines || (dashes && !brackets);
}
