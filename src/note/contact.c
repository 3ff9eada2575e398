#include "base/date.h"
#include "note/typed.h"

static enum iv_relation relation_of(struct iv_str text)
{
	static const char *const words[] = {"friend", "family", "mentor", NULL};
	int i;

	if (!text.ptr)
		return IV_RELATION_NONE;
	for (i = 0; words[i]; i++)
		if (iv_spelled(text, words[i]))
			return (enum iv_relation)(i + 1);
	return IV_RELATION_OTHER;
}

static void read_keep_in_touch(struct iv_contact *contact, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "keep-in-touch");
	struct iv_span span;

	if (!text.text.ptr)
		return;
	if (iv_span_parse(&span, text.text) && (span.off || span.number > 0))
		contact->keep_in_touch = text;
	else
		iv_typed_problem(reader, "bad-value", text.pos,
				 "'%.*s' is no span of time; expected one such as '8w' or '3m', or "
				 "'off'",
				 IV_STR_ARG(iv_quoted(text.text)));
}

/* The first day named in a text, or IV_NO_DAY. */
static iv_day day_in(struct iv_str text)
{
	iv_day day = IV_NO_DAY;
	size_t at;

	for (at = 0; at + 10 <= text.len; at++)
		if ((!at || !iv_is_digit(text.ptr[at - 1])) &&
		    iv_leading_day(&day, iv_str_slice(text, at, text.len)))
			return day;
	return IV_NO_DAY;
}

static void read_do_not_contact(struct iv_contact *contact, struct iv_reader *reader)
{
	struct iv_text text = iv_scalar(reader, "do-not-contact");

	contact->do_not_contact_day = IV_NO_DAY;
	if (!text.text.ptr || iv_spells(text.text, "no") || iv_spells(text.text, "false"))
		return;
	contact->do_not_contact = text;
	if (iv_is_datelike(text.text) && !iv_leading_day(&contact->do_not_contact_day, text.text))
		iv_read_day(&contact->do_not_contact_day, reader, text.text, text.pos);
	else
		contact->do_not_contact_day = day_in(text.text);
}

void iv_contact_read(struct iv_reader *reader)
{
	struct iv_contact *contact = iv_arena_calloc(reader->arena, 1, sizeof(*contact));

	contact->name = iv_scalar(reader, "name");
	contact->role = iv_scalar(reader, "role");
	contact->email = iv_scalar(reader, "email");
	contact->phone = iv_scalar(reader, "phone");
	contact->address = iv_scalar(reader, "address");
	contact->url = iv_scalar(reader, "url");
	contact->linkedin = iv_scalar(reader, "linkedin");
	contact->source = iv_scalar(reader, "source");
	contact->purpose = iv_scalar(reader, "purpose");
	contact->relation = iv_scalar(reader, "relation");
	contact->relation_kind = relation_of(contact->relation.text);
	contact->connected = iv_scalar(reader, "connected");
	contact->referrals_given = iv_given(reader, "referrals") != NULL;
	iv_date_field(&contact->paused, reader, "paused");
	read_keep_in_touch(contact, reader);
	read_do_not_contact(contact, reader);
	reader->note->contact = contact;
}
