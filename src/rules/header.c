/* The header of a rule's file: comment lines of `key: text`. See README.md in this folder. */
#include <string.h>

#include "base/error.h"
#include "base/patterns.h"
#include "rules/rule.h"
#include "vault/settings.h"

#define ID_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define KEY_LETTERS ID_LETTERS "."

struct line {
	struct iv_str key, text;
	uint32_t number;
};

struct header {
	struct iv_rule *rule;
	struct iv_rules *rules;
	const char *name; /* "rules/nudge.sql", or the file in the vault */
	struct iv_error *error;
	uint32_t id_line;
	size_t settings_from; /* in rules->values */
	bool has_kind, has_severity, has_scope;
};

static int fault(const struct header *header, uint32_t number, const char *what, struct iv_str text)
{
	struct iv_pos pos = {number, 1};

	iv_error_set(header->error, IV_EINPUT, "%s '%.*s'", what, IV_STR_ARG(text));
	return iv_error_at(header->error, header->name, pos);
}

/* "'kind' is 'sad', expected owed, unwise or broken" */
static int misfit(const struct header *header, const struct line *line, const char *const *words)
{
	struct iv_buf list = IV_BUF_INIT;
	struct iv_pos pos = {line->number, 1};

	for (size_t i = 0; words[i]; i++)
		iv_buf_printf(&list, "%s%s", !i ? "" : words[i + 1] ? ", " : " or ", words[i]);
	iv_error_set(header->error, IV_EINPUT, "'%.*s' is '%.*s', expected %s",
		     IV_STR_ARG(line->key), IV_STR_ARG(line->text), list.ptr);
	iv_buf_release(&list);
	return iv_error_at(header->error, header->name, pos);
}

/* The index of a word, or -1. */
static int choose(struct iv_str text, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (iv_str_is(text, words[i]))
			return i;
	return -1;
}

static const char *keep(const struct header *header, struct iv_str text)
{
	return iv_arena_str(header->rules->arena, text).ptr;
}

/* ---- what the keys say ---- */

static int read_word(struct header *header, const struct line *line)
{
	static const char *const kinds[] = {"owed", "unwise", "broken", NULL};
	static const char *const severities[] = {"info", "warning", "error", NULL};
	static const char *const tos[] = {"self", "person", NULL};
	static const char *const scopes[] = {"vault", "note", NULL};
	static const char *const lapses[] = {"never", "yes", NULL};
	static const char *const ends[] = {"search", NULL};
	static const char *const shows[] = {"agenda", NULL};
	static const char *const defaults[] = {"off", NULL};
	static const struct {
		const char *key;
		const char *const *words;
	} keys[] = {{"kind", kinds},   {"severity", severities}, {"to", tos},
		    {"scope", scopes}, {"lapse", lapses},        {"ends", ends},
		    {"show", shows},   {"default", defaults}};
	struct iv_rule *rule = header->rule;
	size_t key = 0;
	int word;

	while (key < sizeof(keys) / sizeof(keys[0]) && !iv_str_is(line->key, keys[key].key))
		key++;
	if (key == sizeof(keys) / sizeof(keys[0]))
		return line->key.len ? fault(header, line->number, "unknown key", line->key)
				     : fault(header, line->number, "expected 'key: text', not",
					     line->text);
	word = choose(line->text, keys[key].words);
	if (word < 0)
		return misfit(header, line, keys[key].words);
	switch (key) {
	case 0:
		rule->kind = (enum iv_rule_kind)word;
		rule->lapses = rule->kind == IV_RULE_OWED;
		header->has_kind = true;
		break;
	case 1:
		rule->severity = (enum iv_severity)word;
		header->has_severity = true;
		break;
	case 2: rule->to_person = word; break;
	case 3:
		rule->per_note = word;
		header->has_scope = true;
		break;
	case 4: rule->lapses = word; break;
	case 5: rule->search_only = true; break;
	case 6: rule->agenda_only = true; break;
	case 7: rule->optional = rule->off = true; break;
	}
	return 0;
}

/* A key belongs to one file, and is written as the config's keys are compared. */
static int add_value(struct header *header, const struct line *line, struct iv_str key,
		     struct value *value)
{
	struct iv_rules *rules = header->rules;

	value->setting.key = keep(header, key);
	if (value->setting.key[strspn(value->setting.key, KEY_LETTERS)])
		return fault(header, line->number,
			     "a setting is made of the letters a to z, digits, '.' and '-', not",
			     key);
	if (iv_rules_value(rules, value->setting.key) || iv_setting_find(key))
		return fault(header, line->number, "there is already a setting", key);
	IV_GROW(rules->values, rules->value_count, rules->value_capacity);
	rules->values[rules->value_count++] = *value;
	return 0;
}

/* `KEY KIND DEFAULT SUMMARY` */
static int read_setting(struct header *header, const struct line *line)
{
	static const char *const kinds[] = {"text", "span", "minutes", "count", "words", NULL};
	struct iv_rules *rules = header->rules;
	struct iv_str rest, key = iv_str_word(line->text, &rest), kind = iv_str_word(rest, &rest);
	struct iv_str text = iv_str_word(rest, &rest);
	int kind_index = choose(kind, kinds);
	struct value value = {.kind = (enum value_kind)kind_index};

	if (kind_index < 0 || !rest.len)
		return fault(header, line->number,
			     "expected 'setting: KEY text|span|minutes|count|words DEFAULT "
			     "SUMMARY', not",
			     line->text);
	if (!iv_value_read(&value.plain, rules->arena, value.kind, text))
		return fault(header, line->number, "no default of this kind:", text);
	value.setting.value = value.text = keep(header, text);
	value.setting.summary = keep(header, rest);
	return add_value(header, line, key, &value);
}

/*
 * `KEY SUMMARY`, and below it a pattern a line. All lines are kept, those of comments too: where
 * in the file a pattern stands can then be told.
 */
static int read_pattern(struct header *header, const struct line *line)
{
	size_t end = iv_str_find_char(line->text, '\n');
	struct iv_str rest, key = iv_str_word(iv_str_slice(line->text, 0, end), &rest);
	struct value value = {.kind = VALUE_PATTERNS, .line = line->number + 1};

	if (end == SIZE_MAX || !rest.len)
		return fault(header, line->number,
			     "expected 'pattern: KEY SUMMARY' and lines with patterns, not",
			     line->text);
	value.setting.value = value.text = "[]";
	value.setting.summary = keep(header, rest);
	value.plain = keep(header, iv_str_slice(line->text, end + 1, line->text.len));
	return add_value(header, line, key, &value);
}

static int read_line(struct header *header, const struct line *line)
{
	struct iv_rule *rule = header->rule;
	const char **texts[] = {&rule->id,     &rule->summary, &rule->why,
				&rule->source, &rule->remedy,  &rule->brief};
	static const char *const names[] = {"id",     "summary", "why", "source",
					    "remedy", "brief",   NULL};
	int text = choose(line->key, names);

	if (iv_str_is(line->key, "setting"))
		return read_setting(header, line);
	if (iv_str_is(line->key, "pattern"))
		return read_pattern(header, line);
	if (text < 0)
		return read_word(header, line);
	if (!text)
		header->id_line = line->number;
	*texts[text] = keep(header, line->text);
	return 0;
}

/* ---- lines ---- */

static size_t indent_of(struct iv_str line)
{
	size_t indent = 2;

	while (indent < line.len && line.ptr[indent] == ' ')
		indent++;
	return indent;
}

/*
 * The lines below `pattern:`. One that is indented further than the first goes on with the pattern
 * above it; an empty line stands for it, so that lines can be counted.
 */
static void add_patterns(struct iv_buf *buf, struct iv_str *rest, uint32_t *number)
{
	struct iv_str line, after = *rest;
	size_t first = 0, owed = 1;

	for (; iv_str_line(&line, &after) && iv_str_starts(line, "--  "); *rest = after) {
		size_t indent = indent_of(line);
		bool more = first && indent > first;
		first = first ? first : indent;
		for (; !more && owed; owed--)
			iv_buf_putc(buf, '\n');
		owed++;
		iv_buf_str(buf, iv_str_trim(iv_str_slice(line, indent, line.len)));
		++*number;
	}
}

/*
 * The next `-- key: text` with what goes on in lines indented further; false at the end of the
 * header. A line that is neither gives an empty key. Patterns keep their lines.
 */
static bool next_line(struct line *out, struct iv_str *rest, uint32_t *number, struct iv_buf *buf)
{
	struct iv_str line, after = *rest;
	size_t colon;

	if (!iv_str_line(&line, &after) || !iv_str_starts(line, "-- "))
		return false;
	out->number = ++*number;
	colon = iv_str_find_char(line, ':');
	out->key = colon == SIZE_MAX ? IV_LIT("") : iv_str_slice(line, 3, colon);
	iv_buf_clear(buf);
	iv_buf_str(buf,
		   iv_str_trim(iv_str_slice(line, colon == SIZE_MAX ? 3 : colon + 1, line.len)));
	*rest = after;
	if (iv_str_is(out->key, "pattern"))
		add_patterns(buf, rest, number);
	for (after = *rest; iv_str_line(&line, &after) && iv_str_starts(line, "--  ");
	     *rest = after) {
		iv_buf_putc(buf, ' ');
		iv_buf_str(buf, iv_str_trim(iv_str_slice(line, 3, line.len)));
		++*number;
	}
	out->text = iv_buf_view(buf);
	return true;
}

/* ---- what a whole header must be ---- */

static int check_ours(const struct header *header)
{
	const struct iv_rule *rule = header->rule;
	const char *missing = !rule->id               ? "id"
			      : !header->has_kind     ? "kind"
			      : !header->has_severity ? "severity"
			      : !header->has_scope    ? "scope"
			      : !rule->summary        ? "summary"
			      : !rule->why            ? "why"
			      : !rule->source         ? "source"
			      : !rule->remedy         ? "remedy"
						      : NULL;
	struct iv_buf file = IV_BUF_INIT;
	bool same;

	if (missing)
		return fault(header, 1, "the header lacks", iv_str_of(missing));
	iv_buf_printf(&file, "rules/%s.sql", rule->id);
	same = !strcmp(file.ptr, header->name);
	iv_buf_release(&file);
	return same ? 0
		    : fault(header, 1, "the file is named otherwise than its id",
			    iv_str_of(rule->id));
}

/* Suppressions and the config name rules by id, so it is one plain word and means one rule. */
static int check_id(const struct header *header)
{
	const struct iv_rules *rules = header->rules;
	const char *id = header->rule->id;
	const struct iv_rule *other = NULL;
	size_t good = strspn(id, ID_LETTERS);

	if (!good || id[good])
		return fault(header, header->id_line,
			     "an id is made of the letters a to z, digits and '-', not",
			     iv_str_of(id));
	for (size_t i = 0; !other && i < rules->count; i++)
		other = strcmp(rules->rules[i].id, id) ? NULL : &rules->rules[i];
	if (!other)
		return 0;
	return other->path ? fault(header, header->id_line, "another file has a rule of the id",
				   iv_str_of(id))
			   : fault(header, header->id_line, "ivnotes itself has a rule of the id",
				   iv_str_of(id));
}

static int check_patterns(const struct header *header)
{
	const struct iv_rules *rules = header->rules;
	int rc = 0;

	for (size_t i = header->settings_from; !rc && i < rules->value_count; i++) {
		const struct value *value = &rules->values[i];
		struct iv_error error = IV_ERROR_INIT;
		if (value->kind != VALUE_PATTERNS)
			continue;
		rc = iv_patterns_check(iv_str_of(value->plain), &error);
		if (rc) {
			struct iv_pos pos = {value->line + error.pos.line - 1, 1};
			iv_error_set(header->error, rc, "%s", error.message);
			iv_error_at(header->error, header->name, pos);
		}
		iv_error_release(&error);
	}
	return rc;
}

/* Why, source and remedy are for others to read. */
static int check_own(const struct header *header)
{
	struct iv_rule *rule = header->rule;
	const char *missing = !rule->id               ? "id"
			      : !header->has_kind     ? "kind"
			      : !header->has_severity ? "severity"
			      : !rule->summary        ? "summary"
						      : NULL;
	int rc;

	if (missing)
		return fault(header, 1, "the header lacks", iv_str_of(missing));
	rule->path = header->name;
	rule->why = rule->why ? rule->why : "";
	rule->source = rule->source ? rule->source : "own";
	rule->remedy = rule->remedy ? rule->remedy : "";
	rc = check_id(header);
	return rc ? rc : check_patterns(header);
}

static int read_header(struct iv_rule *out, struct iv_rules *rules, const char *name,
		       const char *text, bool own, struct iv_error *error)
{
	struct header header = {.rule = out, .rules = rules, .name = name, .error = error};
	struct iv_str rest = iv_str_of(text);
	struct iv_buf buf = IV_BUF_INIT;
	struct line line;
	uint32_t number = 0;
	int rc = 0;

	*out = (struct iv_rule){.sql = text};
	header.settings_from = rules->value_count;
	while (!rc && next_line(&line, &rest, &number, &buf))
		rc = read_line(&header, &line);
	if (!rc)
		rc = own ? check_own(&header) : check_ours(&header);
	if (rc)
		rules->value_count = header.settings_from;
	out->setting_count = rules->value_count - header.settings_from;
	iv_buf_release(&buf);
	return rc;
}

int iv_rule_read(struct iv_rule *out, struct iv_rules *rules, const char *name, const char *text,
		 struct iv_error *error)
{
	return read_header(out, rules, name, text, false, error);
}

int iv_rule_read_own(struct iv_rule *out, struct iv_rules *rules, const char *path,
		     const char *text, struct iv_error *error)
{
	return read_header(out, rules, path, text, true, error);
}
