/* One reference, written anew wherever it stands. */
#include <string.h>

#include "base/file.h"
#include "edit/target.h"
#include "edit/value.h"
#include "edit/verify.h"
#include "note/value.h"

/* Links of one paragraph that are tried before it is given up. */
#define TRIES_MAX 64

/* A reference that is to be written anew. */
struct retarget {
	struct iv_edit *edit;
	size_t index;
	const struct iv_ref *ref;
	struct iv_renamed renamed;
	/* Where the note stood that moves, and what the reference meant there; else absent. */
	struct iv_str moved, key;
	struct iv_expect expect;
};

/* ---- what must hold ---- */

/* How many texts of two values differ; more than one for values of different form. */
static size_t differences(const struct iv_value *a, const struct iv_value *b)
{
	size_t count = a->kind == IV_VALUE_SCALAR && !iv_str_eq(a->text, b->text), i;

	if (a->kind != b->kind || a->count != b->count || !iv_str_eq(a->key, b->key))
		return 2;
	for (i = 0; i < a->count; i++)
		count += differences(&a->items[i], &b->items[i]);
	return count;
}

static const struct iv_field *field_of(const struct iv_note *note, struct iv_str name)
{
	size_t i;

	for (i = 0; i < note->field_count; i++)
		if (iv_str_eq(note->fields[i].name, name))
			return &note->fields[i];
	return NULL;
}

static bool same_values(const struct retarget *retarget, const struct iv_note *after)
{
	const struct iv_field *old, *new;

	if (!retarget->expect.field.ptr)
		return true;
	old = field_of(retarget->edit->note, retarget->expect.field);
	new = field_of(after, retarget->expect.field);
	return old && new &&iv_str_eq(old->key, new->key) &&
	       differences(&old->value, &new->value) == 1;
}

static bool same_shape(const struct iv_note *before, const struct iv_note *after)
{
	size_t i;

	if (before->ref_count != after->ref_count || before->task_count != after->task_count ||
	    before->record_count != after->record_count ||
	    before->section_count != after->section_count ||
	    before->question_count != after->question_count)
		return false;
	for (i = 0; i < before->task_count; i++)
		if (before->tasks[i].state != after->tasks[i].state ||
		    before->tasks[i].due != after->tasks[i].due)
			return false;
	return true;
}

static bool is_retargeted(const struct iv_edit *edit, const struct iv_note *after,
			  struct iv_str bytes, const void *context)
{
	const struct retarget *retarget = context;
	const struct iv_ref *now;
	size_t i;

	(void)bytes;
	if (!same_shape(edit->note, after) || !same_values(retarget, after))
		return false;
	for (i = 0; i < after->ref_count; i++)
		if (i != retarget->index && !iv_same_ref(&edit->note->refs[i], &after->refs[i]))
			return false;
	now = &after->refs[retarget->index];
	return now->form == retarget->ref->form && now->record == retarget->ref->record &&
	       !strcmp(now->field, retarget->ref->field) &&
	       !iv_str_eq(now->key, retarget->ref->key) &&
	       (retarget->moved.ptr ? iv_str_eq(now->key, retarget->key)
				    : iv_means_new(edit->arena, now, &retarget->renamed));
}

/* ---- trying ---- */

/* Puts a text in place of a stretch of the note; true when that was right. */
static bool try(struct retarget *retarget, size_t from, size_t to, struct iv_str text)
{
	struct iv_draft draft;

	iv_draft_init(&draft, retarget->edit);
	iv_draft_put(&draft, from, to, text);
	return !iv_draft_take(&draft, retarget->edit, &retarget->expect, NULL);
}

static struct iv_str new_target(const struct retarget *retarget, struct iv_str text,
				struct iv_target target)
{
	struct iv_str old = iv_str_slice(text, target.from, target.to);
	struct iv_str folder = iv_path_folder(retarget->edit->path);

	if (retarget->moved.ptr)
		return iv_target_moved(retarget->edit->arena, old, retarget->ref->form,
				       retarget->moved, folder);
	return iv_target_new(retarget->edit->arena, old, retarget->ref->form, target.angled, folder,
			     &retarget->renamed);
}

/* Each target in a stretch of the note's bytes, until one is the reference's. */
static bool try_bytes(struct retarget *retarget, size_t from, size_t to)
{
	struct iv_str bytes = iv_str_slice(iv_edit_bytes(retarget->edit), from, to);
	const struct iv_ref *ref = retarget->ref;
	struct iv_target target;
	size_t at = 0, tries;

	for (tries = 0; tries < TRIES_MAX; tries++) {
		if (!iv_target_next(&target, &at, bytes, ref->form, ref->text, &retarget->renamed))
			return false;
		if (target.to > target.from && try(retarget, from + target.from, from + target.to,
						   new_target(retarget, bytes, target)))
			return true;
	}
	return false;
}

/* ---- in the body ---- */

/* A paragraph ends at an empty line. */
static size_t paragraph_end(struct iv_str bytes, size_t at)
{
	size_t next = iv_line_after(bytes, at);

	while (next < bytes.len &&
	       iv_str_trim(iv_str_slice(bytes, next, iv_line_stop(bytes, next))).len)
		next = iv_line_after(bytes, next);
	return next;
}

static bool retarget_in_body(struct retarget *retarget)
{
	struct iv_str bytes = iv_edit_bytes(retarget->edit);
	size_t at = iv_edit_offset(retarget->edit, retarget->ref->pos);

	retarget->expect.body = true;
	return at < bytes.len && try_bytes(retarget, at, paragraph_end(bytes, at));
}

/* ---- in the header ---- */

/* The innermost node around a place of the note; *flow: it stands in brackets. */
static const struct iv_yaml_node *node_at(const struct iv_yaml_node *node, size_t at, bool *flow)
{
	const struct iv_yaml_node *child, *found;
	bool flows = *flow || node->flow, inner;
	size_t i;

	if (at < node->start || at > node->end)
		return NULL;
	for (i = 0; node->kind != IV_YAML_SCALAR && i < node->count; i++) {
		child = node->kind == IV_YAML_SEQUENCE ? node->items[i] : node->pairs[i].value;
		inner = flows;
		found = node_at(child, at, &inner);
		if (found) {
			*flow = inner;
			return found;
		}
	}
	return node;
}

/* The text of a scalar with another target in it, in the scalar's own quotes. */
static bool try_scalar(struct retarget *retarget, const struct iv_head *head,
		       const struct iv_yaml_node *node, bool flow, const struct iv_field_def *def)
{
	struct iv_str raw = iv_node_raw(head, node), text = node->text, new;
	struct iv_arena *arena = retarget->edit->arena;
	const struct iv_ref *ref = retarget->ref;
	struct iv_target target;
	size_t at = 0, tries;

	for (tries = 0; tries < TRIES_MAX; tries++) {
		if (!iv_target_next(&target, &at, text, ref->form, ref->text, &retarget->renamed))
			return false;
		if (target.to == target.from)
			continue;
		new = new_target(retarget, text, target);
		new = iv_arena_printf(arena, "%.*s%.*s%.*s", (int)target.from, text.ptr,
				      IV_STR_ARG(new), (int)(text.len - target.to),
				      text.ptr + target.to);
		new = iv_quoted_as(arena, new, iv_quotes_of(raw), flow, def);
		if (try(retarget, iv_node_start(head, node), iv_node_end(head, node), new))
			return true;
	}
	return false;
}

/* An unquoted [[id]], which is a list in a list to YAML, takes quotes where it has to. */
static bool try_link(struct retarget *retarget, const struct iv_head *head, size_t at,
		     const struct iv_field_def *def)
{
	struct iv_str bytes = iv_edit_bytes(head->edit), inside = iv_str_slice(bytes, at, head->to);
	struct iv_target target;
	size_t next = 0, end = iv_str_find(inside, IV_LIT("]]"));
	struct iv_str text;

	if (end == SIZE_MAX ||
	    !iv_target_next(&target, &next, inside, IV_REF_WIKI, inside, &retarget->renamed))
		return false;
	text = iv_arena_printf(head->edit->arena, "%.*s%.*s%.*s", (int)target.from, inside.ptr,
			       IV_STR_ARG(new_target(retarget, inside, target)),
			       (int)(end + 2 - target.to), inside.ptr + target.to);
	text = iv_quoted_as(head->edit->arena, text, IV_QUOTES_NONE, true, def);
	return try(retarget, at, at + end + 2, text);
}

static bool retarget_in_value(struct retarget *retarget, const struct iv_head *head,
			      const struct iv_entry *entry)
{
	size_t at = iv_edit_offset(retarget->edit, retarget->ref->pos);
	const struct iv_yaml_node *node;
	bool flow = false;

	if (entry->odd || at < head->from || at > head->to)
		return false;
	node = node_at(entry->value, at - head->from, &flow);
	if (!node || iv_node_is_odd(head, node))
		return false;
	/* A whole text is quoted anew, as its new one may need it. */
	if (retarget->ref->form == IV_REF_BARE)
		return node->kind == IV_YAML_SCALAR &&
		       try_scalar(retarget, head, node, flow, entry->def);
	if (try_bytes(retarget, iv_node_start(head, node), iv_node_end(head, node)))
		return true;
	if (node->kind == IV_YAML_SCALAR)
		return try_scalar(retarget, head, node, flow, entry->def);
	return try_link(retarget, head, at, entry->def);
}

static int retarget_in_header(struct retarget *retarget, struct iv_error *error)
{
	struct iv_entry *entry = NULL;
	struct iv_head head;
	size_t i;
	int rc = iv_head_read(&head, retarget->edit, error);

	if (rc)
		return rc;
	retarget->expect.field = iv_str_of(retarget->ref->field);
	for (i = 0; i < head.count; i++)
		if (head.entries[i].field &&
		    iv_str_eq(head.entries[i].field->name, retarget->expect.field))
			entry = &head.entries[i];
	if (entry && retarget_in_value(retarget, &head, entry))
		return 0;
	iv_error_set(error, IV_EREFUSED, "no exact edit of the reference '%.*s' was found",
		     IV_STR_ARG(retarget->ref->text));
	return iv_edit_refused(retarget->edit, error,
			       iv_edit_offset(retarget->edit, retarget->ref->pos));
}

/* ---- the whole ---- */

static int write_anew(struct retarget *retarget, struct iv_error *error)
{
	struct iv_edit *edit = retarget->edit;

	retarget->ref = &edit->note->refs[retarget->index];
	retarget->expect.holds = is_retargeted;
	retarget->expect.context = retarget;
	if (strcmp(retarget->ref->field, "body"))
		return retarget_in_header(retarget, error);
	if (retarget_in_body(retarget))
		return 0;
	iv_error_set(error, IV_EREFUSED, "no exact edit of the link to '%.*s' was found",
		     IV_STR_ARG(retarget->ref->text));
	return iv_edit_refused(edit, error, iv_edit_offset(edit, retarget->ref->pos));
}

int iv_edit_retarget(struct iv_edit *edit, size_t ref, struct iv_str from, struct iv_str to,
		     struct iv_error *error)
{
	struct retarget retarget = {.edit = edit, .index = ref};
	struct iv_str by_hand = {NULL, 0};
	int rc = iv_edit_check(edit, error);

	retarget.renamed = iv_renamed_of(from, to);
	if (!rc)
		rc = iv_edit_check_text(to, "path", error);
	if (!rc && ref >= edit->note->ref_count)
		rc = iv_error_set(error, IV_ENOTFOUND, "the note has no reference number %zu",
				  ref + 1);
	if (!rc && iv_means_old(edit->arena, &edit->note->refs[ref], &retarget.renamed) &&
	    !iv_means_new(edit->arena, &edit->note->refs[ref], &retarget.renamed))
		rc = write_anew(&retarget, error);
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "write '%.*s' for '%.*s' by hand",
					  IV_STR_ARG(retarget.renamed.to_id),
					  IV_STR_ARG(retarget.renamed.from_id));
	return iv_edit_end(edit, rc, error, by_hand);
}

/* ---- a note that moves ---- */

/* What `edit` is once its references mean there what they meant in `before`. */
static int move_references(struct iv_edit *edit, const struct iv_edit *before,
			   struct iv_error *error)
{
	size_t i;
	int rc = 0;

	if (edit->note->ref_count != before->note->ref_count) {
		iv_error_set(error, IV_EREFUSED, "there, the note would be one of another type");
		rc = iv_edit_refused(before, error, iv_edit_begin(before));
	}
	for (i = 0; !rc && i < before->note->ref_count; i++) {
		struct retarget retarget = {.edit = edit, .index = i, .moved = before->path};

		retarget.key = before->note->refs[i].key;
		/* A link out of the vault has no key, and means nothing to us. */
		if (!retarget.key.len || iv_str_eq(retarget.key, edit->note->refs[i].key))
			continue;
		rc = write_anew(&retarget, error);
		iv_arena_reset(edit->arena);
	}
	return rc;
}

int iv_edit_move(struct iv_edit *edit, struct iv_str to, struct iv_error *error)
{
	struct iv_edit *moved = iv_edit_new(to, iv_edit_bytes(edit), edit->syntax);
	int rc = iv_edit_check_text(to, "path", error);

	if (!rc)
		rc = iv_edit_check(edit, error);
	if (!rc)
		rc = move_references(moved, edit, error);
	return iv_edit_settle(edit, moved, rc);
}
