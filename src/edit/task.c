/* Tasks: their boxes, and new ones. */
#include <string.h>

#include "edit/page.h"
#include "edit/verify.h"
#include "note/task.h"

/* ---- boxes ---- */

struct tick {
	size_t index;
	enum iv_task_state state;
};

static char mark_of(enum iv_task_state state)
{
	switch (state) {
	case IV_TASK_OPEN: return ' ';
	case IV_TASK_DONE: return 'x';
	case IV_TASK_CANCELLED: return '-';
	}
	return ' ';
}

static bool is_ticked(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
		      const void *context)
{
	const struct tick *tick = context;
	struct iv_task task;
	size_t i;

	(void)bytes;
	if (after->task_count != edit->note->task_count)
		return false;
	for (i = 0; i < after->task_count; i++) {
		task = edit->note->tasks[i];
		if (i == tick->index)
			task.state = tick->state;
		if (!iv_same_task(&task, &after->tasks[i]))
			return false;
	}
	return true;
}

static int tick_at(struct iv_edit *edit, struct tick tick, struct iv_error *error)
{
	size_t at = iv_edit_offset(edit, edit->note->tasks[tick.index].pos);
	struct iv_str bytes = iv_edit_bytes(edit), box;
	struct iv_expect expect = {.body = true, .holds = is_ticked, .context = &tick};
	enum iv_task_state state;
	struct iv_draft draft;
	char mark = mark_of(tick.state);

	box = at < bytes.len ? iv_str_slice(bytes, at, iv_line_stop(bytes, at)) : bytes;
	if (!iv_task_box(&state, box)) {
		iv_error_set(error, IV_EREFUSED, "the task's box was not found");
		return iv_edit_refused(edit, error, at);
	}
	iv_draft_init(&draft, edit);
	iv_draft_put(&draft, at + 1, at + 2, (struct iv_str){&mark, 1});
	return iv_draft_take(&draft, edit, &expect, error);
}

int iv_edit_tick(struct iv_edit *edit, uint32_t line, enum iv_task_state state,
		 struct iv_error *error)
{
	const struct iv_note *note = edit->note;
	struct tick tick = {0, state};
	struct iv_str by_hand = {NULL, 0};
	int rc = iv_edit_check(edit, error);

	while (tick.index < note->task_count && note->tasks[tick.index].pos.line != line)
		tick.index++;
	if (!rc && tick.index == note->task_count)
		rc = iv_error_set(error, IV_ENOTFOUND, "no task begins on line %u", (unsigned)line);
	if (!rc && note->tasks[tick.index].state != state)
		rc = tick_at(edit, tick, error);
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "type by hand in line %u: [%c]",
					  (unsigned)line, mark_of(state));
	return iv_edit_end(edit, rc, error, by_hand);
}

/* ---- new ones ---- */

/* The section's last list, wherever in it. */
static const struct iv_block *last_list(const struct iv_page *page,
					const struct iv_stretch *stretch)
{
	size_t i;

	for (i = stretch->end; i > stretch->heading + 1; i--)
		if (page->outline.items[i - 1].kind == IV_BLOCK_LIST)
			return &page->outline.items[i - 1];
	return NULL;
}

/* A box that waits for its text, as templates have it. */
static bool is_waiting(const struct iv_page *page, const struct iv_block *list)
{
	struct iv_str line = iv_str_trim(iv_line(&page->outline.lines, list->last_item));

	return list->last == list->last_item && line.len > 4 && iv_str_ends(line, " [ ]");
}

/* One task had no text, and has one now. */
static bool is_filled(const struct iv_edit *edit, const struct iv_note *after, struct iv_str bytes,
		      const void *context)
{
	const struct iv_note *before = edit->note;
	size_t filled = 0, i;

	(void)bytes;
	(void)context;
	if (after->task_count != before->task_count)
		return false;
	for (i = 0; i < after->task_count; i++) {
		if (iv_same_task(&before->tasks[i], &after->tasks[i]))
			continue;
		if (before->tasks[i].text.len || after->tasks[i].state != IV_TASK_OPEN)
			return false;
		filled++;
	}
	return filled == 1;
}

static int fill_box(struct iv_page *page, struct iv_edit *edit, const struct iv_block *list,
		    struct iv_str text, struct iv_error *error)
{
	struct iv_str line = iv_line(&page->outline.lines, list->last_item);
	struct iv_expect expect = {.body = true, .holds = is_filled};
	size_t end = iv_str_find(line, IV_LIT("[ ]")) + 3, at;
	struct iv_draft draft;

	at = page->from + iv_line_start(&page->outline.lines, list->last_item) + end;
	iv_draft_init(&draft, edit);
	if (end < line.len)
		at++;
	else
		text = iv_arena_printf(edit->arena, " %.*s", IV_STR_ARG(text));
	iv_draft_put(&draft, at, at, text);
	return iv_draft_take(&draft, edit, &expect, error);
}

static int add_task(struct iv_page *page, struct iv_edit *edit, struct iv_str text,
		    struct iv_error *error)
{
	struct iv_arena *arena = edit->arena;
	const struct iv_block *list = NULL;
	struct iv_stretch stretch;
	struct iv_str mark;

	if (iv_page_find(&stretch, page, "follow-ups"))
		list = last_list(page, &stretch);
	if (!list)
		return iv_edit_put_section(edit, "follow-ups",
					   iv_arena_printf(arena, "- [ ] %.*s", IV_STR_ARG(text)),
					   IV_EDIT_APPEND, error);
	if (is_waiting(page, list))
		return fill_box(page, edit, list, text, error);
	mark = iv_page_mark(page, list, 0);
	text = iv_arena_printf(arena, "%.*s[ ] %.*s", IV_STR_ARG(mark), IV_STR_ARG(text));
	return iv_page_put(page, edit,
			   iv_gap_behind(page, list->last, iv_page_is_loose(page, list)),
			   "follow-ups", text, error);
}

static int check_task(struct iv_str text, struct iv_error *error)
{
	if (!iv_str_trim(text).len)
		return iv_error_set(error, IV_EINPUT, "expected the text of a task, found none");
	if (iv_line_stop(text, 0) < text.len)
		return iv_error_set(error, IV_EINPUT, "expected a task on one line");
	return iv_edit_check_text(text, "task", error);
}

/* Those that say what is to be done. */
static size_t open_tasks(const struct iv_note *note)
{
	size_t i, count = 0;

	for (i = 0; i < note->task_count; i++)
		count += note->tasks[i].state == IV_TASK_OPEN && note->tasks[i].text.len;
	return count;
}

int iv_edit_add_task(struct iv_edit *edit, struct iv_str text, struct iv_error *error)
{
	struct iv_str by_hand = {NULL, 0};
	struct iv_edit *trial;
	struct iv_page page;
	int rc = check_task(text, error);

	if (rc)
		return rc;
	trial = iv_edit_trial(edit);
	rc = iv_page_read(&page, trial, error);
	if (!rc)
		rc = add_task(&page, trial, iv_str_trim(text), error);
	iv_page_release(&page);
	if (!rc && open_tasks(trial->note) != open_tasks(edit->note) + 1) {
		iv_error_set(error, IV_EREFUSED, "the new line would not be read as a task");
		rc = iv_edit_refused(edit, error, 0);
	}
	rc = iv_edit_settle(edit, trial, rc);
	if (rc == IV_EREFUSED)
		by_hand = iv_arena_printf(edit->arena, "type by hand: - [ ] %.*s",
					  IV_STR_ARG(iv_str_trim(text)));
	return iv_edit_end(edit, rc, error, by_hand);
}
