#include "edit/value.h"

#include <string.h>

#include "edit/verify.h"
#include "note/value.h"

/* ---- one change ---- */

int iv_change_begin(struct iv_change *out, struct iv_edit *edit, const char *key,
		    struct iv_error *error)
{
	int rc;

	*out = (struct iv_change){.edit = edit, .key = key};
	iv_draft_init(&out->draft, edit);
	rc = iv_edit_check_text(iv_str_of(key), "key", error);
	if (rc)
		return rc;
	out->name = iv_head_name(&out->def, edit, iv_str_of(key));
	out->def = iv_head_def(out->name, edit->note->type);
	rc = iv_head_read(&out->head, edit, error);
	return rc ? rc : iv_head_find(&out->entry, &out->head, key, error);
}

static bool reads_as(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
		     const void *context)
{
	const struct iv_change *change = ((const void *const *)context)[0];
	const struct iv_value *value = ((const void *const *)context)[1];
	const struct iv_field_def *def;
	struct iv_str name = change->name;
	const struct iv_field *found = NULL;
	size_t i;

	(void)edit;
	(void)bytes;
	/* The change may have given the note its type, and the field its name. */
	def = iv_field_find(after->type, name);
	if (def)
		name = iv_str_of(def->name);
	for (i = 0; i < after->field_count; i++)
		if (iv_str_eq(after->fields[i].name, name))
			found = &after->fields[i];
	if (!value)
		return !found || iv_value_is_blank(&found->value);
	return found && iv_same_value(&found->value, value);
}

int iv_change_take(struct iv_change *change, const struct iv_value *value, struct iv_error *error)
{
	const void *context[] = {change, value};
	struct iv_expect expect = {change->name, false, reads_as, context};

	return iv_draft_take(&change->draft, change->edit, &expect, error);
}

int iv_change_end(struct iv_change *change, int rc, struct iv_error *error, struct iv_str by_hand)
{
	iv_draft_release(&change->draft);
	return iv_edit_end(change->edit, rc, error, by_hand);
}

/* How to type it: below the key as one more item, or behind it. */
static struct iv_str by_hand(const struct iv_change *change, struct iv_str text, bool item)
{
	struct iv_arena *arena = change->edit->arena;
	struct iv_str key = change->entry ? change->entry->key : iv_str_of(change->key);
	struct iv_str scalar = iv_quoted_as(arena, text, IV_QUOTES_NONE, false, change->def);

	return iv_arena_printf(arena, "type by hand%s%.*s%s %.*s", item ? " below '" : ": ",
			       IV_STR_ARG(key), item ? ":': -" : ":", IV_STR_ARG(scalar));
}

int iv_change_end_with(struct iv_change *change, int rc, struct iv_error *error, struct iv_str text,
		       bool item)
{
	struct iv_str none = {NULL, 0};

	return iv_change_end(change, rc, error,
			     rc == IV_EREFUSED ? by_hand(change, text, item) : none);
}

/* ---- values ---- */

static const struct iv_value blank = {.kind = IV_VALUE_SCALAR};

const struct iv_value *iv_change_value(const struct iv_change *change)
{
	return change->entry && change->entry->field ? &change->entry->field->value : &blank;
}

bool iv_change_is_free(const struct iv_change *change)
{
	const struct iv_value *value = iv_change_value(change);

	return iv_value_is_blank(value) || iv_value_is_none(value);
}

const struct iv_value *iv_value_with(struct iv_arena *arena, const struct iv_value *list,
				     size_t index, struct iv_str text)
{
	struct iv_value *out = iv_arena_copy(arena, list, 1, sizeof(*list)), *items;
	struct iv_value item = {.kind = IV_VALUE_SCALAR, .text = text};
	size_t count = 0;

	items = iv_arena_calloc(arena, index + list->count + 1, sizeof(*items));
	for (; iv_value_item(list, count); count++)
		items[count] = *iv_value_item(list, count);
	items[index] = item;
	out->kind = IV_VALUE_LIST;
	out->text = (struct iv_str){NULL, 0};
	out->items = items;
	out->count = index < count ? count : index + 1;
	return out;
}

const struct iv_value *iv_value_before(struct iv_arena *arena, const struct iv_value *list,
				       size_t index, struct iv_str text)
{
	size_t count = list->kind == IV_VALUE_LIST ? list->count : 1;
	struct iv_value *out = iv_arena_copy(arena, list, 1, sizeof(*list)), *items;

	items = iv_arena_calloc(arena, count + 1, sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i + (i >= index)] = *iv_value_item(list, i);
	items[index] = (struct iv_value){.kind = IV_VALUE_SCALAR, .text = text};
	out->kind = IV_VALUE_LIST;
	out->text = (struct iv_str){NULL, 0};
	out->items = items;
	out->count = count + 1;
	return out;
}

const struct iv_value *iv_value_without(struct iv_arena *arena, const struct iv_value *list,
					size_t index)
{
	struct iv_value *out = iv_arena_copy(arena, list, 1, sizeof(*list)), *items;

	if (list->kind != IV_VALUE_LIST || list->count < 2)
		return NULL;
	items = iv_arena_copy(arena, list->items, list->count, sizeof(*items));
	memmove(items + index, items + index + 1, (list->count - index - 1) * sizeof(*items));
	out->items = items;
	out->count--;
	return out;
}

/* ---- scalars ---- */

static bool is_block(struct iv_str raw)
{
	return raw.len && (raw.ptr[0] == '|' || raw.ptr[0] == '>');
}

/* Would the text, its lines indented, be read as it is below this first line of a block? */
static bool bears_block(struct iv_str first, struct iv_str text)
{
	bool ended = iv_str_ends(text, "\n");
	struct iv_str line, rest = text;

	if (iv_str_find_char(text, '\n') == SIZE_MAX || iv_str_find_char(text, '\r') != SIZE_MAX ||
	    !(iv_str_is(first, "|") ? ended : iv_str_is(first, "|-") && !ended))
		return false;
	while (iv_str_line(&line, &rest))
		if (!line.len || iv_is_space(line.ptr[0]))
			return false;
	return true;
}

/* The lines of a block scalar behind its first one, indented as the old ones. */
static struct iv_str block_lines(struct iv_change *change, struct iv_str raw, struct iv_str text)
{
	struct iv_str old = iv_str_slice(raw, iv_line_after(raw, 0), raw.len), line, rest = text;
	size_t indent = (size_t)(iv_str_trim(old).ptr - old.ptr);
	struct iv_buf out = IV_BUF_INIT;
	struct iv_str lines;

	while (iv_str_line(&line, &rest))
		iv_buf_printf(&out, "%s%*s%.*s", out.len ? iv_edit_eol(change->edit) : "",
			      (int)indent, "", IV_STR_ARG(line));
	lines = iv_arena_str(change->edit->arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return lines;
}

int iv_scalar_replace(struct iv_change *change, const struct iv_yaml_node *node, bool flow,
		      struct iv_str text, struct iv_error *error)
{
	const struct iv_head *head = &change->head;
	struct iv_str raw = iv_node_raw(head, node), first, scalar;
	size_t start = iv_node_start(head, node);

	first = iv_str_slice(raw, 0, iv_line_stop(raw, 0));
	if (iv_node_is_odd(head, node) ||
	    (is_block(raw) && iv_str_find_char(first, '#') != SIZE_MAX)) {
		iv_error_set(error, IV_EREFUSED,
			     "the value has an anchor, a tag, or a comment "
			     "in its first line");
		return iv_edit_refused(change->edit, error, start);
	}
	if (first.len < raw.len && bears_block(first, text)) {
		scalar = block_lines(change, raw, text);
		start += iv_line_after(raw, 0);
	} else {
		scalar = iv_quoted_as(change->edit->arena, text, iv_quotes_of(raw), flow,
				      change->def);
	}
	iv_draft_put(&change->draft, start, iv_node_end(head, node), scalar);
	return 0;
}

void iv_scalar_fill(struct iv_change *change, size_t at, struct iv_str scalar)
{
	struct iv_str bytes = iv_edit_bytes(change->edit), rest;

	rest = iv_str_slice(bytes, at, iv_line_stop(bytes, at));
	/* `key: ` has its space already, unless a comment needs it. */
	if (rest.len && !iv_str_trim(rest).len)
		at++;
	else
		scalar = iv_arena_printf(change->edit->arena, " %.*s", IV_STR_ARG(scalar));
	iv_draft_put(&change->draft, at, at, scalar);
}

void iv_value_clear(struct iv_change *change)
{
	const struct iv_entry *entry = change->entry;
	struct iv_str bytes = iv_edit_bytes(change->edit);
	size_t from = entry->start;

	if (!iv_str_trim(iv_str_slice(bytes, entry->colon, from)).len)
		from = entry->colon;
	iv_draft_put(&change->draft, from, entry->end, IV_LIT(""));
}
