#include "note/typed.h"

#include <string.h>

#include "note/header.h"
#include "note/ignore.h"
#include "note/record.h"

static void read_reference(struct iv_reader *reader, const char *field, const struct iv_value *item)
{
	struct iv_ref_site site = {field, -1};
	struct iv_str text = iv_str_trim(item->text);

	if (item->kind != IV_VALUE_SCALAR) {
		iv_typed_problem(reader, "bad-value", item->pos,
				 "expected a name or a [[link]] in '%s'", field);
		return;
	}
	if (!text.len || iv_value_is_none(item))
		return;
	if (!iv_links_read(reader, site, item, 0))
		iv_ref_bare(reader, site, text, iv_value_pos(reader, item, text.ptr));
}

static void read_references(struct iv_reader *reader, const struct iv_field *field)
{
	const struct iv_value *item;
	size_t i;

	for (i = 0; (item = iv_value_item(&field->value, i)); i++)
		read_reference(reader, field->known, item);
}

static void read_aliases(struct iv_reader *reader, const struct iv_field *field)
{
	const struct iv_value *item;
	struct iv_text alias;
	size_t i;

	for (i = 0; (item = iv_value_item(&field->value, i)); i++) {
		if (item->kind != IV_VALUE_SCALAR || iv_value_is_blank(item) ||
		    iv_value_is_none(item))
			continue;
		alias.text = iv_str_trim(item->text);
		alias.pos = iv_value_pos(reader, item, alias.text.ptr);
		IV_PUSH(reader->aliases, alias);
	}
}

/* Links in other fields, the user's own included, are references too. */
static void read_links(struct iv_reader *reader, const char *field, const struct iv_value *value)
{
	size_t i;

	if (value->kind == IV_VALUE_SCALAR)
		iv_links_read(reader, (struct iv_ref_site){field, -1}, value, 0);
	for (i = 0; i < value->count; i++)
		read_links(reader, field, &value->items[i]);
}

static void read_field(struct iv_reader *reader, const struct iv_field_def *def,
		       const struct iv_field *field)
{
	if (iv_str_is(field->name, "type") || iv_key_is_type(reader, field->name))
		return; /* [[People]] is a word there, whether or not there is such a note */
	if (!def) {
		read_links(reader, field->name.ptr, &field->value);
		return;
	}
	switch (def->kind) {
	case IV_FIELD_REF:
	case IV_FIELD_REFS: read_references(reader, field); break;
	case IV_FIELD_RECORDS:
		if (reader->note->type != IV_TYPE_NONE)
			iv_records_read(reader, field);
		break;
	case IV_FIELD_LEADS: iv_leads_read(reader, field); break;
	case IV_FIELD_RULES: iv_ignore_field(reader, field); break;
	case IV_FIELD_TEXTS:
		if (!strcmp(def->name, "aliases"))
			read_aliases(reader, field);
		break;
	case IV_FIELD_TEXT: read_links(reader, def->name, &field->value); break;
	case IV_FIELD_DATE:
	case IV_FIELD_DATETIME:
	case IV_FIELD_SPAN:
	case IV_FIELD_MINUTES:
	case IV_FIELD_PERCENT:
	case IV_FIELD_RATING:
	case IV_FIELD_CHOICE:
	case IV_FIELD_FLAG: break;
	}
}

void iv_fields_read(struct iv_reader *reader)
{
	struct iv_note *note = reader->note;
	struct iv_text name = iv_scalar(reader, "name");
	size_t i;

	if (name.text.ptr) {
		note->name = name.text;
		note->name_pos = name.pos;
	}
	iv_date_field(&note->created, reader, "created");
	for (i = 0; i < reader->fields.count; i++)
		if (!iv_value_is_blank(&reader->fields.items[i].value))
			read_field(reader, reader->defs.items[i], &reader->fields.items[i]);
}
