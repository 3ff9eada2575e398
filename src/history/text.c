/* An act in words. */
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/utf8.h"
#include "history/finder.h"

/* As much of a note's text as half a sentence bears, in characters. */
#define TEXT_CHARS 80

static const char *const words[IV_VERB_COUNT] = {
	[IV_ACT_MET] = "met",
	[IV_ACT_ANSWERED] = "answered",
	[IV_ACT_CALLED_OFF] = "called-off",
	[IV_ACT_MOVED] = "moved",
	[IV_ACT_NO_SHOW] = "no-show",
	[IV_ACT_MISSED] = "missed",
	[IV_ACT_ASKED] = "asked",
	[IV_ACT_THANKED] = "thanked",
	[IV_ACT_REPORTED] = "reported",
	[IV_ACT_TOUCHED] = "touched",
	[IV_ACT_FEELER] = "feeler",
	[IV_ACT_REFERRED] = "referred",
	[IV_ACT_ARRANGED] = "arranged",
	[IV_ACT_ADDED] = "added",
	[IV_ACT_TASK_DONE] = "task-done",
	[IV_ACT_TASK_CANCELLED] = "task-cancelled",
	[IV_ACT_TASK_REOPENED] = "task-reopened",
	[IV_ACT_TASK_ADDED] = "task-added",
	[IV_ACT_TASK_CHANGED] = "task-changed",
	[IV_ACT_TASK_GONE] = "task-gone",
	[IV_ACT_RENAMED] = "renamed",
	[IV_ACT_REMOVED] = "removed",
	[IV_ACT_RECORD_ADDED] = "record-added",
	[IV_ACT_RECORD_CHANGED] = "record-changed",
	[IV_ACT_RECORD_GONE] = "record-gone",
	[IV_ACT_FIELD_SET] = "field-set",
	[IV_ACT_FIELD_CHANGED] = "field-changed",
	[IV_ACT_FIELD_GONE] = "field-gone",
	[IV_ACT_ITEM_ADDED] = "item-added",
	[IV_ACT_ITEM_GONE] = "item-gone",
	[IV_ACT_TEXT_CHANGED] = "text-changed",
	[IV_ACT_BROKEN] = "broken",
	[IV_ACT_MENDED] = "mended",
};

const char *iv_verb_word(enum iv_verb verb)
{
	return words[verb];
}

struct saying {
	struct iv_buf out;
	const struct iv_act *act;
	iv_day today;
	bool named;
};

/* ---- parts ---- */

/* On one line, and not too long. */
static void put_text(struct saying *saying, struct iv_str text)
{
	size_t chars = 0;
	bool space = false;

	text = iv_str_trim(text);
	for (size_t i = 0, len; i < text.len; i += len) {
		len = iv_utf8_next(iv_str_slice(text, i, text.len));
		if (iv_is_space(text.ptr[i])) {
			space = true;
			continue;
		}
		chars += 1 + space;
		if (chars >= TEXT_CHARS) {
			iv_buf_puts(&saying->out, "…");
			return;
		}
		if (space)
			iv_buf_putc(&saying->out, ' ');
		iv_buf_add(&saying->out, text.ptr + i, len);
		space = false;
	}
}

static void put_day(struct saying *saying, iv_day day)
{
	char text[11];

	if (day == IV_NO_DAY)
		return;
	iv_day_format(text, day);
	iv_buf_printf(&saying->out, " (%s)", text);
}

/* "18 Nov 14:00"; the year where it is another one. */
static void put_moment(struct saying *saying)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const struct iv_act *act = saying->act;
	struct iv_civil civil = iv_civil_of(act->day);

	iv_buf_printf(&saying->out, "%d %s", civil.day, months[civil.month - 1]);
	if (saying->today == IV_NO_DAY || iv_civil_of(saying->today).year != civil.year)
		iv_buf_printf(&saying->out, " %d", civil.year);
	if (act->minute >= 0)
		iv_buf_printf(&saying->out, " %02d:%02d", act->minute / 60, act->minute % 60);
}

static void put_channel(struct saying *saying)
{
	enum iv_channel channel = saying->act->channel;

	if (channel == IV_CHANNEL_IN_PERSON)
		iv_buf_puts(&saying->out, " in person");
	else if (channel == IV_CHANNEL_LINKEDIN)
		iv_buf_puts(&saying->out, " on LinkedIn");
	else if (channel != IV_CHANNEL_NONE)
		iv_buf_printf(&saying->out, " by %s", iv_channel_word(channel));
}

static void put_name(struct saying *saying, const char *before, const char *after)
{
	if (!saying->named)
		return;
	iv_buf_puts(&saying->out, before);
	put_text(saying, saying->act->name);
	iv_buf_puts(&saying->out, after);
}

static void put_was(struct saying *saying)
{
	if (!saying->act->was.ptr)
		return;
	iv_buf_puts(&saying->out, " (was ");
	put_text(saying, saying->act->was);
	iv_buf_putc(&saying->out, ')');
}

/* ---- acts ---- */

/* "asked Jane Green by email (2026-11-01)" */
static void say_deed(struct saying *saying, const char *deed)
{
	iv_buf_puts(&saying->out, deed);
	put_name(saying, " ", "");
	put_channel(saying);
	put_day(saying, saying->act->day);
	if (saying->act->verb == IV_ACT_REPORTED && saying->act->text.len) {
		iv_buf_puts(&saying->out, ": ");
		put_text(saying, saying->act->text);
	}
}

static void say_answer(struct saying *saying)
{
	const struct iv_act *act = saying->act;
	char day[11];

	put_name(saying, "", ": ");
	if (act->outcome == IV_OUTCOME_BOUNCED)
		iv_buf_puts(&saying->out, "request bounced");
	else
		iv_buf_printf(&saying->out, "reply %s", iv_outcome_word(act->outcome));
	if (act->later != IV_NO_DAY) {
		iv_day_format(day, act->later);
		iv_buf_printf(&saying->out, ", from %s on", day);
	}
	put_day(saying, act->day);
	if (act->was.ptr)
		put_was(saying);
}

/* "meeting with Jane Green of 18 Nov 14:00 cancelled" */
static void say_meeting(struct saying *saying, const char *before, const char *after)
{
	iv_buf_puts(&saying->out, "meeting");
	put_name(saying, " with ", "");
	if (saying->act->day != IV_NO_DAY) {
		iv_buf_puts(&saying->out, before);
		put_moment(saying);
	}
	iv_buf_puts(&saying->out, after);
}

static void say_moved(struct saying *saying)
{
	if (!saying->act->was.ptr) {
		say_meeting(saying, " of ", " moved");
		return;
	}
	say_meeting(saying, " moved to ", "");
	put_was(saying);
}

/* A person and what befell: "Jane Green did not come (2026-11-18)" */
static void say_absence(struct saying *saying)
{
	put_name(saying, "", " ");
	iv_buf_puts(&saying->out, "did not come");
	put_day(saying, saying->act->day);
}

static void say_missed(struct saying *saying)
{
	iv_buf_puts(&saying->out, "missed");
	put_name(saying, " ", "");
	if (!saying->named)
		iv_buf_puts(&saying->out, " the meeting");
	put_day(saying, saying->act->day);
}

static void say_referral(struct saying *saying)
{
	iv_buf_puts(&saying->out, "referral");
	put_name(saying, " from ", "");
	iv_buf_puts(&saying->out, " to ");
	put_text(saying, saying->act->now);
}

static void say_task(struct saying *saying, const char *what)
{
	iv_buf_printf(&saying->out, "follow-up %s: ", what);
	put_text(saying, saying->act->now.ptr ? saying->act->now : saying->act->was);
	if (saying->act->now.ptr)
		put_was(saying);
}

static struct iv_str folder_of(struct iv_str path)
{
	struct iv_str name = iv_path_name(path);

	return iv_str_slice(path, 0, path.len - name.len);
}

static struct iv_str id_of(struct iv_str path)
{
	struct iv_str name = iv_path_name(path);

	return iv_str_ends(name, ".md") ? iv_str_slice(name, 0, name.len - 3) : name;
}

static void say_renamed(struct saying *saying)
{
	struct iv_str was = saying->act->was, now = saying->act->now;
	bool same = iv_str_eq(iv_path_name(was), iv_path_name(now));

	iv_buf_puts(&saying->out, same ? "moved from " : "renamed from ");
	if (!same)
		put_text(saying, id_of(was));
	else if (folder_of(was).len)
		put_text(saying, folder_of(was));
	else
		iv_buf_puts(&saying->out, "the vault's folder");
}

static void say_record(struct saying *saying)
{
	const struct iv_act *act = saying->act;

	iv_buf_printf(&saying->out, "%s%s: ", act->field, act->now.ptr ? "" : " removed");
	put_text(saying, act->now.ptr ? act->now : act->was);
	if (act->now.ptr)
		put_was(saying);
}

static void say_field(struct saying *saying)
{
	put_text(saying, iv_str_of(saying->act->field));
	if (saying->act->now.ptr) {
		iv_buf_puts(&saying->out, ": ");
		put_text(saying, saying->act->now);
	} else {
		iv_buf_puts(&saying->out, " removed");
	}
	put_was(saying);
}

static void say_item(struct saying *saying)
{
	const struct iv_act *act = saying->act;

	put_text(saying, iv_str_of(act->field));
	iv_buf_puts(&saying->out, ": ");
	put_text(saying, act->now.ptr ? act->now : act->was);
	iv_buf_puts(&saying->out, act->now.ptr ? " added" : " removed");
}

static void say_problem(struct saying *saying, const char *what, struct iv_str message)
{
	iv_buf_puts(&saying->out, what);
	put_text(saying, message);
}

static void say(struct saying *saying)
{
	const struct iv_act *act = saying->act;

	switch (act->verb) {
	case IV_ACT_MET: say_deed(saying, "met"); break;
	case IV_ACT_ANSWERED: say_answer(saying); break;
	case IV_ACT_CALLED_OFF: say_meeting(saying, " of ", " cancelled"); break;
	case IV_ACT_MOVED: say_moved(saying); break;
	case IV_ACT_NO_SHOW: say_absence(saying); break;
	case IV_ACT_MISSED: say_missed(saying); break;
	case IV_ACT_ASKED: say_deed(saying, "asked"); break;
	case IV_ACT_THANKED: say_deed(saying, "thanked"); break;
	case IV_ACT_REPORTED: say_deed(saying, saying->named ? "reported to" : "reported"); break;
	case IV_ACT_TOUCHED:
		say_deed(saying, saying->named ? "kept in touch with" : "kept in touch");
		break;
	case IV_ACT_FEELER:
		say_deed(saying, saying->named ? "sent a feeler to" : "sent a feeler");
		break;
	case IV_ACT_REFERRED: say_referral(saying); break;
	case IV_ACT_ARRANGED:
		say_meeting(saying, " set for ", act->day == IV_NO_DAY ? " planned" : "");
		break;
	case IV_ACT_ADDED: say_problem(saying, "new ", act->now); break;
	case IV_ACT_TASK_DONE: say_task(saying, "done"); break;
	case IV_ACT_TASK_CANCELLED: say_task(saying, "cancelled"); break;
	case IV_ACT_TASK_REOPENED: say_task(saying, "open again"); break;
	case IV_ACT_TASK_ADDED: say_task(saying, "added"); break;
	case IV_ACT_TASK_CHANGED: say_task(saying, "changed"); break;
	case IV_ACT_TASK_GONE: say_task(saying, "removed"); break;
	case IV_ACT_RENAMED: say_renamed(saying); break;
	case IV_ACT_REMOVED: iv_buf_puts(&saying->out, "removed"); break;
	case IV_ACT_RECORD_ADDED:
	case IV_ACT_RECORD_CHANGED:
	case IV_ACT_RECORD_GONE: say_record(saying); break;
	case IV_ACT_FIELD_SET:
	case IV_ACT_FIELD_CHANGED:
	case IV_ACT_FIELD_GONE: say_field(saying); break;
	case IV_ACT_ITEM_ADDED:
	case IV_ACT_ITEM_GONE: say_item(saying); break;
	case IV_ACT_TEXT_CHANGED: iv_buf_puts(&saying->out, "text changed"); break;
	case IV_ACT_BROKEN: say_problem(saying, "broken: ", act->now); break;
	case IV_ACT_MENDED: say_problem(saying, "mended: ", act->was); break;
	case IV_VERB_COUNT: break;
	}
}

char *iv_act_text(const struct iv_act *act, iv_day today, bool named)
{
	struct saying saying = {.act = act, .today = today, .named = named};

	say(&saying);
	return iv_buf_detach(&saying.out);
}
