#include "vault/settings.h"

#include "base/date.h"
#include "base/meant.h"
#include "base/utf8.h"
#include "note/fields.h"

static const char *const stances[] = {"learn", "candid", NULL};
static const char *const resumes[] = {"end-ok", "asked-only", NULL};
static const char *const types[] = {"contact", "meeting", "organization", NULL};
static const char *const sections[] = {"request", "research",   "opening", "questions",
				       "notes",   "follow-ups", NULL};
static const char *const severities[] = {"info", "warning", "error", "off", NULL};

const struct iv_setting_def iv_settings[] = {
	{"ignore", IV_SETTING_TEXTS, "[node_modules/]", NULL, NULL, true,
	 "files and folders that hold no notes: 'archive/**', '*.draft.md', 'drafts/'"},
	{"sections", IV_SETTING_MAP, "", "{follow-ups: Next steps}", NULL, true,
	 "your headings for request, research, opening, questions, notes, follow-ups"},
	{"fields", IV_SETTING_MAP, "", "{firma: organization}", NULL, true,
	 "your words for front-matter fields"},
	{"types", IV_SETTING_MAP, "", "{lead: contact}", types, true, "your words for `type`"},
	{"folders", IV_SETTING_MAP, "", "{people: contact}", types, true,
	 "folders whose notes are of one type without saying so"},
	{"stance", IV_SETTING_CHOICE, "learn", NULL, stances, false,
	 "learn: never ask for a job in the interview; candid: say that you want to work there"},
	{"resume", IV_SETTING_CHOICE, "end-ok", NULL, resumes, false,
	 "end-ok: offer a resume at the end; asked-only: never unasked"},
	{"opening", IV_SETTING_TEXT, "", "I am finding out what people do in ...", NULL, false,
	 "your opening statement, where a meeting has none of its own"},
	{"me.name", IV_SETTING_TEXT, "", "Robin Seeker", NULL, false,
	 "your name, as letters are signed; without it git's user.name"},
	{"me.about", IV_SETTING_TEXT, "", "I keep inventory books and study accounting at night.",
	 NULL, false, "who you are, in one sentence, as a request says it"},
	{"me.email", IV_SETTING_TEXT, "", "robin@example.org", NULL, false,
	 "your address, as letters come from it; without it git's user.email"},
	{"me.phone", IV_SETTING_TEXT, "", "+1 360 555 0199", NULL, false,
	 "your number, below your name in letters"},
	{"lapse", IV_SETTING_SPAN, "60d", NULL, NULL, false,
	 "after this long nobody is dunned any more for what was due"},
	{"holidays", IV_SETTING_DAYS, "[]", "[2026-12-25, 2027-01-01]", NULL, false,
	 "days that are no business days, besides Saturday and Sunday, or a file of days: "
	 "holidays.txt"},
	{"search-ended", IV_SETTING_DAY, "", "2027-03-01", NULL, false,
	 "the day your search ended: time to tell those who helped"},
	{"severity", IV_SETTING_MAP, "", "{connect: off}", severities, false,
	 "how much a rule matters to you: info, warning, error or off"},
};

const size_t iv_setting_count = sizeof(iv_settings) / sizeof(iv_settings[0]);

const struct iv_setting_def *iv_setting_find(struct iv_str key)
{
	size_t dot = iv_str_find_char(key, '.');
	struct iv_str top = dot == SIZE_MAX ? key : iv_str_slice(key, 0, dot);

	for (size_t i = 0; i < iv_setting_count; i++) {
		const struct iv_setting_def *def = &iv_settings[i];
		if (iv_str_is(def->kind == IV_SETTING_MAP ? top : key, def->key))
			return def;
	}
	return NULL;
}

static struct iv_str below(struct iv_str key)
{
	size_t dot = iv_str_find_char(key, '.');

	return dot == SIZE_MAX ? (struct iv_str){NULL, 0} : iv_str_slice(key, dot + 1, key.len);
}

static const char *choice(const char *const *choices, struct iv_str text)
{
	for (size_t i = 0; choices[i]; i++)
		if (iv_str_is_nocase(text, choices[i]))
			return choices[i];
	return NULL;
}

struct iv_str iv_setting_key(struct iv_arena *arena, struct iv_str spelling, struct iv_str value)
{
	size_t dot = iv_str_find_char(spelling, '.');
	struct iv_str top = iv_str_slice(spelling, 0, dot);
	bool plain = dot == SIZE_MAX && choice(severities, iv_str_trim(value));

	if (iv_setting_find(top) || (!plain && !iv_str_is(below(spelling), "severity")))
		return spelling;
	return iv_arena_printf(arena, "severity.%.*s", IV_STR_ARG(top));
}

static struct iv_str check_section(struct iv_arena *arena, struct iv_str name)
{
	struct iv_str none = {NULL, 0};

	for (size_t i = 0; sections[i]; i++)
		if (iv_str_is(name, sections[i]))
			return none;
	return iv_arena_printf(arena,
			       "unknown section '%.*s', expected request, research, opening, "
			       "questions, notes or follow-ups",
			       IV_STR_ARG(name));
}

struct iv_str iv_setting_check_key(struct iv_arena *arena, struct iv_str key)
{
	struct iv_str none = {NULL, 0}, top = iv_str_slice(key, 0, iv_str_find_char(key, '.'));
	const struct iv_setting_def *def = iv_setting_find(key);

	if (!def && iv_setting_find(top))
		return iv_arena_printf(arena, "'%.*s' has no settings below it", IV_STR_ARG(top));
	if (!def || def->kind != IV_SETTING_MAP)
		return none;
	if (!below(key).len)
		return iv_arena_printf(arena, "'%s' takes keys of its own, as in '%s: %s'",
				       def->key, def->key, def->example);
	return iv_str_is(IV_LIT("sections"), def->key) ? check_section(arena, below(key)) : none;
}

static struct iv_str expected_one_of(struct iv_arena *arena, struct iv_str key, struct iv_str text,
				     const char *const *choices)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str message;

	iv_buf_printf(&buf, "'%.*s' is '%.*s', expected ", IV_STR_ARG(key), IV_STR_ARG(text));
	for (size_t i = 0; choices[i]; i++)
		iv_buf_printf(&buf, "%s%s", !i ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
	message = iv_arena_str(arena, iv_buf_view(&buf));
	iv_buf_release(&buf);
	return message;
}

static const char *field_named(struct iv_arena *arena, struct iv_str text)
{
	static const enum iv_type all[] = {IV_TYPE_CONTACT, IV_TYPE_MEETING, IV_TYPE_ORGANIZATION};
	struct iv_str key = iv_fold_key(arena, text);

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct iv_field_def *field = iv_field_find(all[i], key);
		if (field)
			return field->name;
	}
	return NULL;
}

static struct iv_str expected_a_field(struct iv_arena *arena, struct iv_str key, struct iv_str text)
{
	struct iv_meant meant = {.word = text};
	const char *hint;

	for (size_t i = 0; i < iv_field_count; i++)
		iv_meant_offer(&meant, iv_str_of(iv_fields[i].name));
	hint = iv_meant_text(arena, &meant);
	return iv_arena_printf(
		arena, "'%.*s' is '%.*s', expected a field%s%s", IV_STR_ARG(key), IV_STR_ARG(text),
		hint ? ", " : ", as in 'fields: ", hint ? hint : "{firma: organization}'");
}

/* What the kind of the setting expects, or NULL when the text is just that. */
static const char *misfit(const struct iv_setting_def *def, struct iv_str text)
{
	struct iv_span span;
	iv_day day;

	switch (def->kind) {
	case IV_SETTING_DAY: return iv_day_parse(&day, text) ? NULL : "a day like 2026-12-25";
	case IV_SETTING_DAYS:
		return iv_day_parse(&day, text) ? NULL
						: "a day like 2026-12-25, or a file of days like "
						  "holidays.txt";
	case IV_SETTING_SPAN:
		return iv_span_parse(&span, text) && span.number >= 0
			       ? NULL
			       : "a span like 60d, 8w or 3m, or off";
	case IV_SETTING_TEXT:
	case IV_SETTING_TEXTS:
	case IV_SETTING_CHOICE:
	case IV_SETTING_MAP: break;
	}
	return NULL;
}

struct iv_str iv_setting_check(struct iv_str *fault, struct iv_arena *arena, struct iv_str key,
			       struct iv_str text)
{
	const struct iv_setting_def *def = iv_setting_find(key);
	const char *canonical = NULL, *expected;

	text = iv_str_trim(text);
	if (!def)
		return text;
	if (def->choices) {
		canonical = choice(def->choices, text);
		if (!canonical)
			*fault = expected_one_of(arena, key, text, def->choices);
		return iv_str_of(canonical);
	}
	if (iv_str_starts(key, "fields.")) {
		canonical = field_named(arena, text);
		if (!canonical)
			*fault = expected_a_field(arena, key, text);
		return iv_str_of(canonical);
	}
	expected = misfit(def, text);
	if (!expected)
		return text;
	*fault = iv_arena_printf(arena, "'%.*s' is '%.*s', expected %s", IV_STR_ARG(key),
				 IV_STR_ARG(text), expected);
	return (struct iv_str){NULL, 0};
}
