#include "note/outline.h"

#include <stdlib.h>

#include "note/blocks.h"
#include "note/extent.h"

static bool is_comment(cmark_node *node)
{
	struct iv_str html = iv_str_trim(iv_str_of(cmark_node_get_literal(node)));

	return iv_str_starts(html, "<!--") && iv_str_find(html, IV_LIT("-->")) == html.len - 3;
}

static struct iv_block block_of(const struct iv_outline *outline, cmark_node *node)
{
	struct iv_block block = {.kind = IV_BLOCK_OTHER};
	cmark_node_type type = cmark_node_get_type(node);

	block.first = iv_block_first(&outline->lines, node);
	block.last = iv_block_last(&outline->lines, node);
	if (type == CMARK_NODE_HEADING) {
		block.kind = IV_BLOCK_HEADING;
		block.level = cmark_node_get_heading_level(node);
	} else if (type == CMARK_NODE_LIST) {
		block.kind = IV_BLOCK_LIST;
		block.last_item = iv_block_first(&outline->lines, cmark_node_last_child(node));
	} else if (type == CMARK_NODE_HTML_BLOCK && is_comment(node)) {
		block.kind = IV_BLOCK_COMMENT;
	}
	return block;
}

int iv_outline_read(struct iv_outline *out, struct iv_str body, uint32_t first_line)
{
	struct iv_blocks blocks;
	cmark_node *node;
	int rc;

	*out = (struct iv_outline){.items = NULL};
	iv_lines_init(&out->lines, body, first_line);
	rc = iv_blocks_parse(&blocks, iv_lines_packed(&out->lines));
	node = rc ? NULL : cmark_node_first_child(blocks.document);
	for (; node; node = cmark_node_next(node)) {
		IV_GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = block_of(out, node);
	}
	iv_blocks_release(&blocks);
	return rc;
}

void iv_outline_release(struct iv_outline *outline)
{
	iv_lines_release(&outline->lines);
	free(outline->items);
}
