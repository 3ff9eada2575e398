#include "view/compare.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "view/csv.h"
#include "view/jsontext.h"
#include "view/markdown.h"
#include "view/prose.h"
#include "view/words.h"

/* Takes the name of everybody who is meant. */
typedef void (*take_fn)(void *data, const char *name);

static bool is_pending(const struct iv_member *member)
{
	return member->speaks &&
	       (member->standing == IV_STANDING_ASKED || member->standing == IV_STANDING_LATER ||
		member->standing == IV_STANDING_YES);
}

static void each_pending(const struct iv_compared *item, take_fn take, void *data)
{
	for (size_t i = 0; i < item->dossier.member_count; i++)
		if (is_pending(&item->dossier.members[i]))
			take(data, item->dossier.members[i].name);
}

static void each_to_meet(const struct iv_compared *item, take_fn take, void *data)
{
	for (size_t i = 0; i < item->dossier.member_count; i++)
		if (item->dossier.members[i].standing == IV_STANDING_UNASKED)
			take(data, item->dossier.members[i].name);
	for (size_t i = 0; i < item->dossier.name_count; i++)
		take(data, item->dossier.names[i].name);
}

static void add_iso(struct iv_buf *out, iv_day day)
{
	char text[11];

	if (day == IV_NO_DAY)
		return;
	iv_day_format(text, day);
	iv_buf_puts(out, text);
}

/* ---- text ---- */

/* A list of names with a label before it, apart from what stands there by "; ". */
struct names {
	struct iv_buf *out;
	const char *label;
	size_t count;
};

static void add_plain_name(void *data, const char *name)
{
	struct names *names = data;

	if (names->count++)
		iv_buf_puts(names->out, ", ");
	else
		iv_buf_printf(names->out, "%s%s: ", names->out->len ? "; " : "", names->label);
	iv_buf_visible(names->out, iv_view_link(iv_str_of(name)), true);
}

static void add_stage(struct iv_buf *out, const struct iv_compared *item)
{
	if (item->place->target)
		iv_buf_puts(out, "target");
	if (item->place->pursuing != IV_NO_DAY) {
		iv_buf_printf(out, "%spursued since ", out->len ? ", " : "");
		iv_prose_day(out, item->place->pursuing);
	}
	if (strcmp(item->stance, "candid") == 0)
		iv_buf_printf(out, "%scandid", out->len ? ", " : "");
}

static void add_text_row(struct iv_buf *out, const struct iv_compared *item)
{
	const struct iv_figures *figures = &item->figures;
	struct iv_buf rank = IV_BUF_INIT, last = IV_BUF_INIT, rating = IV_BUF_INIT;

	iv_buf_visible(&rank, iv_str_of(item->place->rank), true);
	add_iso(&last, figures->last);
	iv_figures_rating(&rating, figures);
	iv_buf_printf(out, "%*s",
		      (int)(iv_utf8_width(iv_buf_view(&rank)) < 4
				    ? 4 - iv_utf8_width(iv_buf_view(&rank))
				    : 0),
		      "");
	iv_buf_str(out, iv_buf_view(&rank));
	iv_buf_printf(out, " %6zu %3zu %-10s %-12s %4zu %7zu %7zu  ", figures->voices,
		      figures->meetings, last.len ? last.ptr : "", rating.len ? rating.ptr : "",
		      figures->promises, figures->pending, figures->to_meet);
	iv_buf_visible(out, iv_view_link(iv_str_of(item->place->name)), true);
	iv_buf_putc(out, '\n');
	iv_buf_release(&rank);
	iv_buf_release(&last);
	iv_buf_release(&rating);
}

void iv_compare_text(struct iv_buf *out, const struct iv_compared *items, size_t count)
{
	iv_buf_puts(out, "Rank Voices Met Last met   Rating       Open Pending To meet  "
			 "Organization\n");
	for (size_t i = 0; i < count; i++) {
		struct iv_buf more = IV_BUF_INIT;
		struct names pending = {&more, "asked", 0}, to_meet = {&more, "to meet", 0};

		add_text_row(out, &items[i]);
		add_stage(&more, &items[i]);
		each_pending(&items[i], add_plain_name, &pending);
		each_to_meet(&items[i], add_plain_name, &to_meet);
		if (more.len)
			iv_prose_item(out, "            ", iv_buf_view(&more));
		iv_buf_release(&more);
	}
}

/* ---- Markdown ---- */

/* A cell of a table, which a bar would end. */
static void add_cell(struct iv_buf *out, struct iv_str text)
{
	struct iv_buf cell = IV_BUF_INIT;

	iv_markdown_text(&cell, iv_view_link(text));
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '|')
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, cell.ptr[i]);
	}
	iv_buf_release(&cell);
}

struct cell {
	struct iv_buf *out;
	size_t count;
};

static void add_cell_name(void *data, const char *name)
{
	struct cell *cell = data;

	iv_buf_puts(cell->out, cell->count++ ? ", " : "");
	add_cell(cell->out, iv_str_of(name));
}

static void add_markdown_row(struct iv_buf *out, const struct iv_compared *item)
{
	const struct iv_figures *figures = &item->figures;
	struct cell pending = {out, 0}, to_meet = {out, 0};
	struct iv_buf stage = IV_BUF_INIT;

	add_stage(&stage, item);
	iv_buf_puts(out, "| ");
	add_cell(out, iv_str_of(item->place->name));
	iv_buf_puts(out, " | ");
	add_cell(out, iv_str_of(item->place->rank));
	iv_buf_printf(out, " | %s | %zu | %zu | ", stage.len ? stage.ptr : "", figures->voices,
		      figures->meetings);
	add_iso(out, figures->last);
	iv_buf_puts(out, " | ");
	iv_figures_rating(out, figures);
	iv_buf_printf(out, " | %zu | ", figures->promises);
	each_pending(item, add_cell_name, &pending);
	iv_buf_puts(out, " | ");
	each_to_meet(item, add_cell_name, &to_meet);
	iv_buf_puts(out, " |\n");
	iv_buf_release(&stage);
}

void iv_compare_markdown(struct iv_buf *out, const struct iv_compared *items, size_t count)
{
	iv_buf_puts(out,
		    "| organization | rank | stage | voices | meetings | last met | rating | open "
		    "promises | asked | to meet |\n"
		    "| --- | ---: | --- | ---: | ---: | --- | --- | ---: | --- | --- |\n");
	for (size_t i = 0; i < count; i++)
		add_markdown_row(out, &items[i]);
}

/* ---- CSV ---- */

static void add_csv_name(void *data, const char *name)
{
	struct iv_buf *names = data;

	iv_buf_puts(names, names->len ? "; " : "");
	iv_buf_str(names, iv_view_link(iv_str_of(name)));
}

static void add_csv_names(struct iv_buf *out, const struct iv_compared *item,
			  void (*each)(const struct iv_compared *item, take_fn take, void *data))
{
	struct iv_buf names = IV_BUF_INIT;

	each(item, add_csv_name, &names);
	iv_csv_cell(out, iv_buf_view(&names));
	iv_buf_release(&names);
}

static void add_csv_row(struct iv_buf *out, const struct iv_compared *item)
{
	const struct iv_figures *figures = &item->figures;

	iv_csv_cell(out, iv_view_link(iv_str_of(item->place->name)));
	iv_buf_puts(out, item->place->target ? ",yes," : ",no,");
	iv_csv_cell(out, iv_str_of(item->place->rank));
	iv_buf_printf(out, ",%s,", item->stance);
	add_iso(out, item->place->pursuing);
	iv_buf_printf(out, ",%zu,%zu,", figures->voices, figures->meetings);
	add_iso(out, figures->last);
	iv_buf_putc(out, ',');
	iv_figures_mean(out, figures);
	if (figures->rated)
		iv_buf_printf(out, ",%lld,%lld,%zu,", (long long)figures->lowest,
			      (long long)figures->highest, figures->rated);
	else
		iv_buf_puts(out, ",,,0,");
	iv_buf_printf(out, "%zu,", figures->promises);
	add_csv_names(out, item, each_pending);
	iv_buf_putc(out, ',');
	add_csv_names(out, item, each_to_meet);
	iv_buf_puts(out, "\r\n");
}

void iv_compare_csv(struct iv_buf *out, const struct iv_compared *items, size_t count)
{
	iv_buf_puts(out, "organization,target,rank,stance,pursuing,voices,meetings,last_met,"
			 "rating,lowest,highest,ratings,promises,asked,to_meet\r\n");
	for (size_t i = 0; i < count; i++)
		add_csv_row(out, &items[i]);
}

/* ---- JSON ---- */

static void append_name(void *data, const char *name)
{
	json_array_append_new(data, iv_json_text(name));
}

static json_t *rating_json(const struct iv_figures *figures)
{
	json_t *out = json_object();

	if (!figures->rated) {
		json_decref(out);
		return json_null();
	}
	json_object_set_new(out, "mean", json_real((double)figures->sum / (double)figures->rated));
	json_object_set_new(out, "lowest", json_integer(figures->lowest));
	json_object_set_new(out, "highest", json_integer(figures->highest));
	json_object_set_new(out, "count", iv_json_count(figures->rated));
	return out;
}

static json_t *compared_json(const struct iv_compared *item)
{
	const struct iv_place *place = item->place;
	const struct iv_figures *figures = &item->figures;
	json_t *out = json_object(), *pending = json_array(), *to_meet = json_array();

	each_pending(item, append_name, pending);
	each_to_meet(item, append_name, to_meet);
	json_object_set_new(out, "name", iv_json_text(place->name));
	json_object_set_new(out, "path", iv_json_text(place->path));
	json_object_set_new(out, "target", json_boolean(place->target));
	json_object_set_new(out, "rank", iv_json_text(place->rank));
	json_object_set_new(out, "stance", iv_json_text(item->stance));
	json_object_set_new(out, "pursuing", iv_json_day(place->pursuing));
	json_object_set_new(out, "voices", iv_json_count(figures->voices));
	json_object_set_new(out, "meetings", iv_json_count(figures->meetings));
	json_object_set_new(out, "last_met", iv_json_day(figures->last));
	json_object_set_new(out, "rating", rating_json(figures));
	json_object_set_new(out, "promises", iv_json_count(figures->promises));
	json_object_set_new(out, "asked", pending);
	json_object_set_new(out, "to_meet", to_meet);
	return out;
}

void iv_compare_json(struct iv_buf *out, const struct iv_compared *items, size_t count,
		     iv_day today)
{
	json_t *object = iv_json_object(true), *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, compared_json(&items[i]));
	json_object_set_new(object, "today", iv_json_day(today));
	json_object_set_new(object, "organizations", list);
	iv_json_add(out, object);
	iv_buf_putc(out, '\n');
}
