#include "note/typed.h"

static bool read_target(struct iv_reader *reader)
{
	static const char *const yes[] = {"yes", "true", "y", NULL};
	static const char *const no[] = {"no", "false", "n", "none", NULL};
	struct iv_text text = iv_scalar(reader, "target");
	iv_day day;

	if (!text.text.ptr || iv_word_index(text.text, no) >= 0)
		return false;
	if (iv_word_index(text.text, yes) >= 0 || iv_leading_day(&day, text.text))
		return true;
	iv_typed_problem(reader, "bad-value", text.pos, "'%.*s' is no answer; expected yes or no",
			 IV_STR_ARG(iv_quoted(text.text)));
	return false;
}

void iv_organization_read(struct iv_reader *reader)
{
	struct iv_organization *organization =
		iv_arena_calloc(reader->arena, 1, sizeof(*organization));

	organization->name = iv_scalar(reader, "name");
	organization->url = iv_scalar(reader, "url");
	organization->rank = iv_scalar(reader, "rank");
	organization->target = read_target(reader);
	organization->stance = iv_choice_text(reader, "stance");
	iv_date_field(&organization->pursuing, reader, "pursuing");
	reader->note->organization = organization;
}
