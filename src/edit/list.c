#include "edit/list.h"

#include <string.h>

#include "note/value.h"

/* ---- places ---- */

static int refuse(struct iv_change *change, struct iv_error *error, const char *why)
{
	iv_error_set(error, IV_EREFUSED, "%s", why);
	return iv_edit_refused(change->edit, error, change->entry->line);
}

/* An alias has the place of what it repeats. */
static int check_items(struct iv_change *change, struct iv_error *error)
{
	const struct iv_yaml_node *list = change->entry->value;
	size_t i, at = list->start;

	for (i = 0; i < list->count; i++) {
		if (list->items[i]->start < at || list->items[i]->end > list->end)
			return refuse(change, error, "the list holds an alias");
		at = list->items[i]->end;
	}
	return 0;
}

size_t iv_item_dash(const struct iv_head *head, const struct iv_yaml_node *item)
{
	struct iv_str bytes = iv_edit_bytes(head->edit);
	size_t at = iv_node_start(head, item), line;

	while (at > head->from && iv_is_space(bytes.ptr[at - 1]))
		at--;
	if (at == head->from || bytes.ptr[at - 1] != '-')
		return SIZE_MAX;
	line = iv_line_begin(bytes, --at);
	return iv_str_trim(iv_str_slice(bytes, line, at)).len ? SIZE_MAX : at;
}

/* ---- adding ---- */

/* The item whose quotes a new one gets: the last, unless one of them does without. */
static const struct iv_yaml_node *model(const struct iv_yaml_node *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->items[i]->kind != IV_YAML_SCALAR || list->items[i]->plain)
			return NULL;
	return list->items[list->count - 1];
}

static struct iv_str styled(struct iv_change *change, struct iv_str text, bool flow,
			    const struct iv_yaml_node *neighbour)
{
	enum iv_quotes quotes = IV_QUOTES_NONE;

	if (neighbour && neighbour->kind == IV_YAML_SCALAR)
		quotes = iv_quotes_of(iv_node_raw(&change->head, neighbour));
	return iv_quoted_as(change->edit->arena, text, quotes, flow, change->def);
}

/* What stands between two items: `, `, or a comma and a line end with indentation. */
static struct iv_str separator(struct iv_change *change)
{
	const struct iv_yaml_node *list = change->entry->value;
	struct iv_str bytes = iv_edit_bytes(change->edit), between;

	if (list->count < 2)
		return IV_LIT(", ");
	between = iv_str_slice(bytes, iv_node_end(&change->head, list->items[list->count - 2]),
			       iv_node_start(&change->head, list->items[list->count - 1]));
	return iv_str_is(iv_str_trim(between), ",") ? between : IV_LIT(", ");
}

/* Before an item, with what stands between items behind it. */
static void insert_in_brackets(struct iv_change *change, size_t index, struct iv_str text)
{
	const struct iv_yaml_node *list = change->entry->value;
	struct iv_str comma = separator(change), scalar = styled(change, text, true, model(list));
	size_t at = iv_node_start(&change->head, list->items[index]);

	iv_draft_put(&change->draft, at, at,
		     iv_arena_printf(change->edit->arena, "%.*s%.*s", IV_STR_ARG(scalar),
				     IV_STR_ARG(comma)));
}

static int add_in_brackets(struct iv_change *change, struct iv_str text, struct iv_error *error)
{
	const struct iv_entry *entry = change->entry;
	const struct iv_yaml_node *list = entry->value, *last;
	struct iv_arena *arena = change->edit->arena;
	struct iv_str scalar, comma = separator(change);
	size_t at;

	if (!list->count) {
		scalar = styled(change, text, true, NULL);
		if (iv_str_trim(iv_str_slice(iv_node_raw(&change->head, list), 1,
					     list->end - list->start - 1))
			    .len)
			return refuse(change, error, "the list holds a comment");
		iv_draft_put(&change->draft, entry->start, entry->end,
			     iv_arena_printf(arena, "[%.*s]", IV_STR_ARG(scalar)));
		return 0;
	}
	last = list->items[list->count - 1];
	scalar = styled(change, text, true, model(list));
	at = iv_node_end(&change->head, last);
	iv_draft_put(&change->draft, at, at,
		     iv_arena_printf(arena, "%.*s%.*s", IV_STR_ARG(comma), IV_STR_ARG(scalar)));
	return 0;
}

static int no_dash(struct iv_change *change, struct iv_error *error)
{
	return refuse(change, error, "the list's dashes were not found");
}

/* A line of its own behind the one that `at` is in, with the dash of that item. */
static void put_line(struct iv_change *change, size_t at, size_t dash,
		     const struct iv_yaml_node *item, struct iv_str scalar)
{
	struct iv_str bytes = iv_edit_bytes(change->edit), before, space;

	before = iv_str_slice(bytes, iv_line_begin(bytes, dash), dash);
	space = iv_str_slice(bytes, dash + 1, iv_node_start(&change->head, item));
	if (!space.len || iv_line_stop(space, 0) < space.len ||
	    iv_str_find_char(space, '\t') != SIZE_MAX)
		space = IV_LIT(" ");
	at = iv_line_stop(bytes, at);
	iv_draft_put(&change->draft, at, at,
		     iv_arena_printf(change->edit->arena, "%s%.*s-%.*s%.*s",
				     iv_edit_eol(change->edit), IV_STR_ARG(before),
				     IV_STR_ARG(space), IV_STR_ARG(scalar)));
}

/* Behind the item before it, or behind the key: comments stay with what stands below them. */
static int insert_in_lines(struct iv_change *change, size_t index, struct iv_str text,
			   struct iv_error *error)
{
	const struct iv_yaml_node *list = change->entry->value;
	const struct iv_yaml_node *item = list->items[index ? index - 1 : 0];
	size_t dash = iv_item_dash(&change->head, item), at = change->entry->colon;

	if (dash == SIZE_MAX)
		return no_dash(change, error);
	if (index)
		at = item->start == item->end ? dash : iv_node_end(&change->head, item);
	put_line(change, at, dash, item, styled(change, text, false, model(list)));
	return 0;
}

static int add_in_lines(struct iv_change *change, struct iv_str text, struct iv_error *error)
{
	const struct iv_yaml_node *list = change->entry->value, *last;
	struct iv_str scalar;
	size_t dash;

	last = list->items[list->count - 1];
	dash = iv_item_dash(&change->head, last);
	if (dash == SIZE_MAX)
		return no_dash(change, error);
	scalar = styled(change, text, false, model(list));
	if (last->start == last->end)
		iv_scalar_fill(change, dash + 1, scalar);
	else
		put_line(change, iv_node_end(&change->head, last), dash, last, scalar);
	return 0;
}

/* ---- lists that are none yet ---- */

static struct iv_str dash_line(struct iv_change *change, struct iv_str indent, struct iv_str scalar)
{
	return iv_arena_printf(change->edit->arena, "%s%.*s- %.*s", iv_edit_eol(change->edit),
			       IV_STR_ARG(indent), IV_STR_ARG(scalar));
}

/* The first value of a key that is not there, is blank, or says `none`. */
static void begin_list(struct iv_change *change, struct iv_str text)
{
	struct iv_str bytes = iv_edit_bytes(change->edit), indent, scalar;
	const struct iv_entry *entry = change->entry;
	bool dashes = iv_head_has_dashes(&change->head, entry, change->def, &indent);
	size_t stop;

	scalar = styled(change, text, !dashes, NULL);
	scalar = dashes ? dash_line(change, indent, scalar)
			: iv_arena_printf(change->edit->arena, "[%.*s]", IV_STR_ARG(scalar));
	if (!entry) {
		if (!dashes)
			scalar = iv_arena_printf(change->edit->arena, " %.*s", IV_STR_ARG(scalar));
		iv_head_insert(&change->draft, &change->head, change->key, scalar);
	} else if (dashes) {
		iv_value_clear(change);
		stop = iv_line_stop(bytes, entry->end);
		iv_draft_put(&change->draft, stop, stop, scalar);
	} else if (entry->start < entry->end) {
		iv_draft_put(&change->draft, entry->start, entry->end, scalar);
	} else {
		iv_scalar_fill(change, entry->colon, scalar);
	}
}

/* The dash goes before the value, on a line of its own unless the value has one. */
static void make_lines(struct iv_change *change, struct iv_str indent, struct iv_str text,
		       bool first)
{
	const struct iv_entry *entry = change->entry;
	struct iv_arena *arena = change->edit->arena;
	struct iv_str bytes = iv_edit_bytes(change->edit), none = {"", 0}, line, dash;
	struct iv_str scalar = styled(change, text, false, entry->value);
	size_t stop = iv_line_stop(bytes, entry->end), begin = iv_line_begin(bytes, entry->start);
	bool below = begin != entry->line;

	if (below)
		indent = iv_str_slice(bytes, begin, entry->start);
	line = dash_line(change, indent, scalar);
	dash = dash_line(change, indent, none);
	if (below && first)
		dash = iv_arena_printf(arena, "- %.*s%.*s", IV_STR_ARG(scalar), IV_STR_ARG(dash));
	else if (below)
		dash = IV_LIT("- ");
	else if (first)
		dash = iv_arena_printf(arena, "%.*s%.*s", IV_STR_ARG(line), IV_STR_ARG(dash));
	iv_draft_put(&change->draft, below ? entry->start : entry->colon, entry->start, dash);
	if (!first)
		iv_draft_put(&change->draft, stop, stop, line);
}

/* One value, or one record in braces, becomes an item: the first, or behind a new first one. */
static int extend_to_list(struct iv_change *change, struct iv_str text, bool first,
			  struct iv_error *error)
{
	const struct iv_entry *entry = change->entry;
	struct iv_arena *arena = change->edit->arena;
	struct iv_str raw = iv_node_raw(&change->head, entry->value), indent, scalar;
	bool dashes = iv_head_has_dashes(&change->head, entry, change->def, &indent);
	bool link = entry->value->kind == IV_YAML_SEQUENCE;

	if (iv_line_stop(raw, 0) < raw.len || strchr("|>", raw.ptr[0]))
		return refuse(change, error, "the value runs over several lines");
	if (link || (iv_quotes_of(raw) == IV_QUOTES_NONE && entry->value->plain &&
		     !iv_bears_plain(raw, true)))
		dashes = true;
	if (dashes) {
		make_lines(change, indent, text, first);
		return 0;
	}
	scalar = styled(change, text, true, entry->value);
	iv_draft_put(&change->draft, entry->start, entry->start,
		     first ? iv_arena_printf(arena, "[%.*s, ", IV_STR_ARG(scalar)) : IV_LIT("["));
	iv_draft_put(&change->draft, entry->end, entry->end,
		     first ? IV_LIT("]") : iv_arena_printf(arena, ", %.*s]", IV_STR_ARG(scalar)));
	return 0;
}

/* The value is a list, or one that may be made a list of. */
static int check_value(struct iv_change *change, struct iv_error *error)
{
	const struct iv_value *value = iv_change_value(change);

	if (value->kind == IV_VALUE_LIST)
		return check_items(change, error);
	if (value->kind == IV_VALUE_MAP && !change->entry->value->flow)
		return refuse(change, error, "the value is a mapping in lines");
	return 0;
}

int iv_list_add(struct iv_change *change, struct iv_str text, struct iv_error *error)
{
	int rc;

	if (!change->entry || iv_change_is_free(change)) {
		begin_list(change, text);
		return 0;
	}
	rc = check_value(change, error);
	if (rc)
		return rc;
	if (iv_change_value(change)->kind != IV_VALUE_LIST)
		return extend_to_list(change, text, false, error);
	return change->entry->value->flow ? add_in_brackets(change, text, error)
					  : add_in_lines(change, text, error);
}

int iv_list_insert(struct iv_change *change, size_t index, struct iv_str text,
		   struct iv_error *error)
{
	int rc = check_value(change, error);

	if (rc)
		return rc;
	if (iv_change_value(change)->kind != IV_VALUE_LIST)
		return extend_to_list(change, text, true, error);
	if (!change->entry->value->flow)
		return insert_in_lines(change, index, text, error);
	insert_in_brackets(change, index, text);
	return 0;
}

/* ---- replacing ---- */

/* A sentence with a colon in it, which YAML takes for a mapping. */
static int replace_sentence(struct iv_change *change, const struct iv_yaml_node *item,
			    struct iv_str text, struct iv_error *error)
{
	struct iv_str raw = iv_node_raw(&change->head, item);

	if (iv_line_stop(raw, 0) < raw.len)
		return refuse(change, error, "the value runs over several lines");
	iv_draft_put(&change->draft, iv_node_start(&change->head, item),
		     iv_node_end(&change->head, item), styled(change, text, false, NULL));
	return 0;
}

int iv_list_replace(struct iv_change *change, size_t index, struct iv_str text,
		    struct iv_error *error)
{
	const struct iv_value *value = iv_change_value(change);
	const struct iv_yaml_node *item = change->entry->value;
	bool flow = false;
	size_t dash;

	if (value->kind == IV_VALUE_LIST) {
		if (check_items(change, error))
			return IV_EREFUSED;
		flow = item->flow;
		item = item->items[index];
	}
	if (item->kind == IV_YAML_MAPPING)
		return replace_sentence(change, item, text, error);
	if (item->start < item->end)
		return iv_scalar_replace(change, item, flow, text, error);
	if (flow)
		return refuse(change, error, "the list has an empty place");
	dash = value->kind == IV_VALUE_LIST ? iv_item_dash(&change->head, item) : SIZE_MAX;
	iv_scalar_fill(change, dash == SIZE_MAX ? change->entry->colon : dash + 1,
		       styled(change, text, false, NULL));
	return 0;
}

/* ---- removing ---- */

static int remove_from_lines(struct iv_change *change, const struct iv_yaml_node *item,
			     struct iv_error *error)
{
	struct iv_str bytes = iv_edit_bytes(change->edit);
	size_t dash = iv_item_dash(&change->head, item);

	if (dash == SIZE_MAX)
		return no_dash(change, error);
	iv_draft_put(&change->draft, iv_line_begin(bytes, dash),
		     iv_line_after(bytes, iv_node_end(&change->head, item)), IV_LIT(""));
	return 0;
}

/* With the comma behind it, or for the last one the comma before it. */
static int remove_from_brackets(struct iv_change *change, size_t index, struct iv_error *error)
{
	const struct iv_yaml_node *list = change->entry->value, *item = list->items[index];
	struct iv_str bytes = iv_edit_bytes(change->edit);
	size_t from = item->start, to = item->end;

	if (index + 1 < list->count)
		to = list->items[index + 1]->start;
	else
		from = list->items[index - 1]->end;
	from += change->head.from;
	to += change->head.from;
	if (iv_str_find_char(iv_str_slice(bytes, from, iv_node_start(&change->head, item)), '#') !=
		    SIZE_MAX ||
	    iv_str_find_char(iv_str_slice(bytes, iv_node_end(&change->head, item), to), '#') !=
		    SIZE_MAX)
		return refuse(change, error, "a comment stands beside the value");
	iv_draft_put(&change->draft, from, to, IV_LIT(""));
	return 0;
}

int iv_list_remove(struct iv_change *change, size_t index, struct iv_error *error)
{
	const struct iv_yaml_node *list = change->entry->value;

	if (iv_change_value(change)->kind != IV_VALUE_LIST || (list->flow && list->count == 1)) {
		iv_value_clear(change);
		return 0;
	}
	if (check_items(change, error))
		return IV_EREFUSED;
	return list->flow ? remove_from_brackets(change, index, error)
			  : remove_from_lines(change, list->items[index], error);
}
