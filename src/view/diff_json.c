/* The same for programs. */
#include <stdio.h>
#include <stdlib.h>

#include "view/diff.h"
#include "view/jsontext.h"

static void set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static json_t *word(const char *text)
{
	return *text ? iv_json_text(text) : json_null();
}

static json_t *time_json(int minute)
{
	char text[8];

	if (minute < 0)
		return json_null();
	snprintf(text, sizeof(text), "%02d:%02d", minute / 60 % 24, minute % 60);
	return json_string(text);
}

static json_t *act_json(const struct iv_act *act, iv_day today)
{
	json_t *out = json_object();
	char *said = iv_act_text(act, today, true);

	set(out, "verb", iv_json_text(iv_verb_word(act->verb)));
	set(out, "said", iv_json_text(said));
	set(out, "implied", json_boolean(act->implied));
	set(out, "who", iv_json_str(act->who));
	set(out, "name", iv_json_str(act->name));
	set(out, "other", iv_json_str(act->other));
	set(out, "field", iv_json_text(act->field));
	set(out, "day", iv_json_day(act->day));
	set(out, "time", time_json(act->minute));
	set(out, "channel", word(iv_channel_word(act->channel)));
	set(out, "outcome", word(iv_outcome_word(act->outcome)));
	set(out, "later", iv_json_day(act->later));
	set(out, "text", iv_json_str(act->text));
	set(out, "was", iv_json_str(act->was));
	set(out, "now", iv_json_str(act->now));
	set(out, "line", iv_json_number(act->line, 0));
	free(said);
	return out;
}

void iv_view_diff_json_begin(struct iv_buf *out, const char *from, const char *to)
{
	iv_buf_printf(out, "{\"version\":%d,\"from\":", IV_VIEW_SCHEMA);
	iv_json_add(out, iv_json_text(from));
	iv_buf_puts(out, ",\"to\":");
	iv_json_add(out, iv_json_text(to));
	iv_buf_puts(out, ",\"files\":[");
}

void iv_view_diff_json_file(struct iv_buf *out, const struct iv_diff_file *file, bool first,
			    iv_day today)
{
	json_t *object = json_object(), *acts = json_array();

	set(object, "kind", iv_json_text(file->kind));
	set(object, "path", iv_json_text(file->path));
	set(object, "from", iv_json_text(file->from));
	set(object, "id", file->note ? iv_json_str(file->note->id) : json_null());
	set(object, "name", file->note ? iv_json_str(file->note->name) : json_null());
	set(object, "type", file->note ? word(iv_type_word(file->note->type)) : json_null());
	for (size_t i = 0; file->note && i < file->acts->count; i++)
		json_array_append_new(acts, act_json(&file->acts->items[i], today));
	set(object, "acts", acts);
	set(object, "inserted", iv_json_count(file->inserted));
	set(object, "deleted", iv_json_count(file->deleted));
	set(object, "patch", *file->patch ? iv_json_text(file->patch) : json_null());
	iv_buf_puts(out, first ? "\n" : ",\n");
	iv_json_add(out, object);
}

void iv_view_diff_json_end(struct iv_buf *out)
{
	iv_buf_puts(out, "\n]}\n");
}
