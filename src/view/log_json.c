/* The log for programs. */
#include <string.h>

#include "view/log.h"
#include "view/log_json.h"
#include "view/style.h"

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *word(const char *text)
{
	return iv_json_text(text && *text ? text : NULL);
}

/* "2026-12-02T14:05:00+01:00" */
static json_t *moment(const struct iv_past_commit *commit)
{
	int64_t seconds = commit->written + (int64_t)commit->zone * 60;
	int of_day = (int)((seconds % 86400 + 86400) % 86400);
	int zone = commit->zone < 0 ? -commit->zone : commit->zone;
	struct iv_buf text = IV_BUF_INIT;
	char day[11];
	json_t *value;

	iv_day_format(day, commit->day);
	iv_buf_printf(&text, "%sT%02d:%02d:%02d%c%02d:%02d", day, of_day / 3600, of_day / 60 % 60,
		      of_day % 60, commit->zone < 0 ? '-' : '+', zone / 60, zone % 60);
	value = iv_json_str(iv_buf_view(&text));
	iv_buf_release(&text);
	return value;
}

json_t *iv_log_commit(const struct iv_past_commit *commit)
{
	json_t *object = json_object();

	if (!commit) {
		json_decref(object);
		return json_null();
	}
	set(object, "id", iv_json_text(commit->id));
	set(object, "date", moment(commit));
	set(object, "author", iv_json_text(commit->author));
	set(object, "email", iv_json_text(commit->email));
	set(object, "subject", iv_json_text(commit->subject));
	return object;
}

static json_t *person_of(const struct iv_told *told)
{
	json_t *object = json_object();

	if (!told->act->who.len) {
		json_decref(object);
		return json_null();
	}
	set(object, "id", iv_json_str(told->act->who));
	set(object, "name", iv_json_str(told->name));
	return object;
}

static void set_act(json_t *object, const struct iv_told *told)
{
	const struct iv_act *act = told->act;

	set(object, "verb", iv_json_text(iv_verb_word(act->verb)));
	set(object, "who", person_of(told));
	set(object, "field", iv_json_text(act->field));
	set(object, "date", iv_json_day(act->day));
	set(object, "channel", word(iv_channel_word(act->channel)));
	set(object, "outcome", word(iv_outcome_word(act->outcome)));
	set(object, "was", iv_json_str(act->was));
	set(object, "now", iv_json_str(act->now));
}

static json_t *event_of(const struct iv_told *told, bool versioned)
{
	json_t *object = iv_json_object(versioned);

	set(object, "day", iv_json_day(told->day));
	set(object, "recorded", told->commit ? iv_json_day(told->commit->day) : json_null());
	set(object, "late", json_boolean(told->recorded != IV_NO_DAY));
	set(object, "path", iv_json_text(told->path));
	set(object, "from", iv_json_text(told->note ? told->note->from : NULL));
	if (told->act)
		set_act(object, told);
	set(object, "text", iv_json_text(told->text));
	set(object, "commit", iv_log_commit(told->commit));
	return object;
}

void iv_log_json(const struct iv_view *view, const struct iv_log *log)
{
	struct iv_buf out = IV_BUF_INIT;

	iv_buf_printf(&out, "{\"version\":%d,\"events\":[", IV_VIEW_SCHEMA);
	for (size_t i = 0; i < log->count; i++) {
		iv_buf_puts(&out, i ? ",\n" : "\n");
		iv_json_add(&out, event_of(&log->items[i], false));
		iv_view_drain(view, &out);
	}
	iv_buf_puts(&out, log->count ? "\n]}\n" : "]}\n");
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}

void iv_log_jsonl(const struct iv_view *view, const struct iv_log *log)
{
	struct iv_buf out = IV_BUF_INIT;

	for (size_t i = 0; i < log->count; i++) {
		iv_json_add(&out, event_of(&log->items[i], true));
		iv_buf_putc(&out, '\n');
		iv_view_drain(view, &out);
	}
	iv_view_flush(view, &out);
	iv_buf_release(&out);
}
