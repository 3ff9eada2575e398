#include "cmd/frame/baseline.h"

#include <stdlib.h>

#include <ivnotes/view.h>

#include "base/mem.h"
#include "view/fingerprint.h"
#include "view/jsontext.h"

#define SIZE_LIMIT ((size_t)256 << 20)
#define EXPECTED "expected what 'ivnotes check --format=json' prints"

struct baseline {
	struct iv_prints met;
	uint64_t *prints; /* sorted once all are read */
	size_t count, capacity;
};

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return (left > right) - (left < right);
}

static void sort(struct baseline *baseline)
{
	if (baseline->count)
		qsort(baseline->prints, baseline->count, sizeof(*baseline->prints), by_number);
}

static void add_print(struct baseline *baseline, const char *rule, const char *path,
		      const char *message)
{
	IV_GROW(baseline->prints, baseline->count, baseline->capacity);
	baseline->prints[baseline->count++] = iv_fingerprint(&baseline->met, rule, path, message);
}

struct baseline *baseline_of(const struct iv_findings *findings)
{
	struct baseline *baseline = iv_calloc(1, sizeof(*baseline));
	for (size_t i = 0; i < findings->count; i++) {
		const struct iv_finding *f = &findings->items[i];
		add_print(baseline, f->rule->id, f->path, f->message);
	}
	sort(baseline);
	return baseline;
}

/* ---- reading ---- */

/* The text that is read, and the file it is from. */
struct reading {
	struct baseline *baseline;
	const char *path;
	struct iv_str bytes;
	size_t at;
	struct iv_error *error;
};

/* At so many bytes from the beginning of the value that is read. */
static int refuse(const struct reading *reading, size_t offset, const char *message)
{
	struct iv_pos pos = {1, 1};
	for (size_t i = 0; i < reading->at + offset && i < reading->bytes.len; i++) {
		bool ends = reading->bytes.ptr[i] == '\n';
		pos.line += ends;
		pos.column = ends ? 1 : pos.column + 1;
	}
	iv_error_set(reading->error, IV_EINPUT, "%s", message);
	return iv_error_at(reading->error, reading->path, pos);
}

static int add_finding(struct reading *reading, json_t *finding)
{
	const char *rule = json_string_value(json_object_get(finding, "rule"));
	const char *path = json_string_value(json_object_get(finding, "path"));
	const char *message = json_string_value(json_object_get(finding, "message"));
	if (!rule || !path || !message)
		return refuse(reading, 0,
			      "a finding here lacks 'rule', 'path' or 'message'; " EXPECTED);
	add_print(reading->baseline, rule, path, message);
	return 0;
}

static int check_version(const struct reading *reading, json_t *value)
{
	json_t *version = json_object_get(value, "version");
	if (json_object_get(value, "runs"))
		return refuse(reading, 0, "this is SARIF; " EXPECTED);
	if (!json_is_integer(version))
		return refuse(reading, 0, EXPECTED);
	if (json_integer_value(version) != IV_VIEW_SCHEMA)
		return refuse(reading, 0, "this is of another version of the format; make it anew");
	return 0;
}

/* One object with all findings, or a finding a line. */
static int add_value(struct reading *reading, json_t *value)
{
	json_t *findings = json_object_get(value, "findings");
	int rc = check_version(reading, value);
	if (rc || !findings)
		return rc ? rc : add_finding(reading, value);
	if (!json_is_array(findings))
		return refuse(reading, 0, "'findings' is no list; " EXPECTED);
	for (size_t i = 0; !rc && i < json_array_size(findings); i++)
		rc = add_finding(reading, json_array_get(findings, i));
	return rc;
}

static void skip_space(struct reading *reading)
{
	while (reading->at < reading->bytes.len &&
	       iv_is_space((unsigned char)reading->bytes.ptr[reading->at]))
		reading->at++;
}

static int read_value(struct reading *reading)
{
	struct iv_str rest = iv_str_slice(reading->bytes, reading->at, reading->bytes.len);
	json_error_t fault;
	json_t *value = json_loadb(rest.ptr, rest.len, JSON_DISABLE_EOF_CHECK, &fault);
	struct iv_buf message = IV_BUF_INIT;
	int rc;
	if (value) {
		rc = add_value(reading, value);
		reading->at += (size_t)fault.position;
	} else {
		iv_buf_printf(&message, "%s; " EXPECTED, fault.text);
		rc = refuse(reading, fault.position > 0 ? (size_t)fault.position - 1 : 0,
			    message.ptr);
	}
	json_decref(value);
	iv_buf_release(&message);
	return rc;
}

static int read_all(struct reading *reading)
{
	int rc = 0;
	skip_space(reading);
	if (reading->at == reading->bytes.len)
		return refuse(reading, 0, "the file is empty; " EXPECTED);
	while (!rc && reading->at < reading->bytes.len) {
		rc = read_value(reading);
		skip_space(reading);
	}
	return rc;
}

int baseline_read(struct baseline **out, const char *path, struct iv_error *error)
{
	struct baseline *baseline = iv_calloc(1, sizeof(*baseline));
	struct iv_buf bytes = IV_BUF_INIT;
	int rc = iv_file_read(&bytes, path, SIZE_LIMIT, error);
	if (!rc) {
		struct reading reading = {baseline, path, iv_buf_view(&bytes), 0, error};
		rc = read_all(&reading);
	}
	iv_buf_release(&bytes);
	sort(baseline);
	if (rc) {
		baseline_free(baseline);
		baseline = NULL;
	}
	*out = baseline;
	return rc;
}

void baseline_free(struct baseline *baseline)
{
	if (!baseline)
		return;
	iv_prints_release(&baseline->met);
	free(baseline->prints);
	free(baseline);
}

/* ---- comparing ---- */

static bool has(const struct baseline *baseline, uint64_t print)
{
	return baseline->count &&
	       bsearch(&print, baseline->prints, baseline->count, sizeof(print), by_number);
}

size_t baseline_drop(const struct baseline *baseline, struct iv_findings *findings)
{
	struct iv_prints met = {0};
	size_t kept = 0, count = findings->count;
	for (size_t i = 0; i < count; i++) {
		const struct iv_finding *f = &findings->items[i];
		if (!has(baseline, iv_fingerprint(&met, f->rule->id, f->path, f->message)))
			findings->items[kept++] = *f;
	}
	iv_prints_release(&met);
	findings->count = kept;
	return count - kept;
}
