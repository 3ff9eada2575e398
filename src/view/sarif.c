/*
 * SARIF 2.1.0, OASIS Standard (Static Analysis Results Interchange Format). Section numbers below
 * are of that document.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view/columns.h"
#include "view/fingerprint.h"
#include "view/jsontext.h"
#include "view/style.h"

#define SCHEMA                                                                \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
	"sarif-schema-2.1.0.json"

static const char *level(enum iv_severity severity) /* 3.27.10 */
{
	return severity == IV_INFO ? "note" : iv_severity_word(severity);
}

/* ---- the tool's rules (3.49) ---- */

static json_t *message(const char *text)
{
	return json_pack("{s:o}", "text", iv_json_text(text && *text ? text : "-"));
}

static json_t *hinted(const struct iv_finding *f)
{
	struct iv_buf buf = IV_BUF_INIT;
	if (!f->hint)
		return message(f->message);
	iv_buf_printf(&buf, "%s; %s", f->message, f->hint);
	json_t *text = message(buf.ptr);
	iv_buf_release(&buf);
	return text;
}

static json_t *rule_entry(const struct iv_rule *rule)
{
	json_t *entry = json_pack("{s:s}", "id", rule->id);
	json_object_set_new(entry, "shortDescription", message(rule->summary));
	json_object_set_new(entry, "fullDescription", message(rule->why));
	json_object_set_new(entry, "help", message(rule->remedy));
	json_object_set_new(
		entry, "defaultConfiguration",
		json_pack("{s:b, s:s}", "enabled", !rule->off, "level", level(rule->severity)));
	json_object_set_new(entry, "properties",
			    json_pack("{s:[s]}", "tags", iv_rule_kind_word(rule->kind)));
	return entry;
}

static void add_rules(struct iv_buf *buf, const struct iv_rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		iv_buf_puts(buf, i ? ",\n" : "\n");
		iv_json_add(buf, rule_entry(&rules[i]));
	}
}

static int rule_index(const struct iv_rule *rules, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rules[i].id, id) == 0)
			return (int)i;
	return -1;
}

/* ---- results (3.27) ---- */

/* RFC 3986: what may stand in a path as it is; a ':' would read as a scheme. */
static bool is_uri_char(unsigned char c)
{
	return iv_is_alpha(c) || iv_is_digit(c) || (c && strchr("-._~/!$&'()*+,;=@", c));
}

static json_t *uri(const char *path)
{
	struct iv_buf buf = IV_BUF_INIT;
	for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
		if (is_uri_char(*p))
			iv_buf_putc(&buf, (char)*p);
		else
			iv_buf_printf(&buf, "%%%02X", *p);
	}
	json_t *out = iv_json_text(buf.ptr ? buf.ptr : "");
	iv_buf_release(&buf);
	return out;
}

static json_t *location(const struct iv_view *view, const struct iv_finding *f)
{
	json_t *physical = json_pack("{s:{s:o, s:s}}", "artifactLocation", "uri", uri(f->path),
				     "uriBaseId", "VAULT");
	if (f->pos.line) {
		json_t *region = json_pack("{s:i}", "startLine", (int)f->pos.line);
		int column = (int)iv_view_column(view, f);
		if (column)
			json_object_set_new(region, "startColumn", json_integer(column));
		json_object_set_new(physical, "region", region);
	}
	return json_pack("{s:o}", "physicalLocation", physical);
}

/* It stays the same when text moves (3.27.17). */
static json_t *fingerprint(struct iv_prints *met, const struct iv_finding *f)
{
	uint64_t print = iv_fingerprint(met, f->rule->id, f->path, f->message);
	char text[17];
	for (int i = 0; i < 16; i++)
		text[i] = "0123456789abcdef"[print >> (60 - 4 * i) & 15];
	text[16] = 0;
	return json_string(text);
}

static json_t *result(const struct iv_view *view, const struct iv_finding *f, int index,
		      struct iv_prints *met)
{
	json_t *entry = json_pack("{s:s, s:i}", "ruleId", f->rule->id, "ruleIndex", index);
	json_object_set_new(entry, "level", json_string(level(f->severity)));
	json_object_set_new(entry, "message", hinted(f));
	json_object_set_new(entry, "locations", json_pack("[o]", location(view, f)));
	json_object_set_new(entry, "partialFingerprints",
			    json_pack("{s:o}", "ivnotes/v1", fingerprint(met, f)));
	return entry;
}

void iv_view_sarif(const struct iv_view *view, const struct iv_rule *rules, size_t rule_count,
		   const struct iv_finding *findings, size_t count)
{
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_prints met = {0};
	iv_buf_printf(&buf,
		      "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n"
		      "\"tool\":{\"driver\":{\"name\":\"ivnotes\",\"version\":\"%s\",\"rules\":[",
		      iv_version());
	add_rules(&buf, rules, rule_count);
	iv_buf_puts(&buf, "\n]}},\n\"columnKind\":\"unicodeCodePoints\",\n"
			  "\"originalUriBaseIds\":{\"VAULT\":{\"description\":{\"text\":"
			  "\"the folder of the vault\"}}},\n\"results\":[");
	for (size_t i = 0; i < count; i++) {
		int index = rule_index(rules, rule_count, findings[i].rule->id);
		iv_buf_puts(&buf, i ? ",\n" : "\n");
		iv_json_add(&buf, result(view, &findings[i], index, &met));
		iv_view_drain(view, &buf);
	}
	iv_buf_puts(&buf, "\n]}]}\n");
	iv_view_flush(view, &buf);
	iv_prints_release(&met);
	iv_buf_release(&buf);
}
