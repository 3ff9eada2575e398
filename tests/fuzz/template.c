/* Any bytes as a template, over values of every kind: it is filled, or says where it is wrong. */
#include <stdint.h>
#include <stdlib.h>

#include "base/error.h"
#include "view/template.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool holds)
{
	if (!holds)
		abort();
}

static int fill(struct iv_buf *out, struct iv_str template, struct iv_error *error)
{
	const struct iv_value texts[] = {iv_template_text(NULL, IV_LIT("one")),
					 iv_template_text(NULL, IV_LIT("")),
					 iv_template_text(NULL, IV_LIT("{{a}}"))};
	const struct iv_value item[] = {iv_template_text("a", IV_LIT("inner")),
					iv_template_list("l", texts, COUNT(texts))};
	const struct iv_value items[] = {iv_template_map(NULL, item, COUNT(item)),
					 iv_template_map(NULL, item, 1), texts[0]};
	const struct iv_value fields[] = {iv_template_text("a", IV_LIT("text")),
					  iv_template_text("e", IV_LIT("")),
					  iv_template_list("l", texts, COUNT(texts)),
					  iv_template_list("m", items, COUNT(items)),
					  iv_template_list("n", items, 0),
					  iv_template_map("o", item, COUNT(item))};
	const struct iv_value all = iv_template_map(NULL, fields, COUNT(fields));

	return iv_template_fill(out, template, &all, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_buf out = IV_BUF_INIT;
	int rc = fill(&out, (struct iv_str){(const char *)data, size}, &error);

	insist(out.len <= IV_TEMPLATE_FILL_MAX + IV_TEMPLATE_SIZE_MAX);
	if (rc) {
		insist(rc == IV_EINPUT || rc == IV_ELIMIT);
		insist(error.code == rc && error.message && !out.len);
		insist(error.pos.line || size > IV_TEMPLATE_SIZE_MAX);
	}
	iv_buf_release(&out);
	iv_error_release(&error);
	return 0;
}
