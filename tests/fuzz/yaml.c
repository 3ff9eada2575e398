/* Any bytes: the tree stays within its bounds, and every place in it is one of the file. */
#include <stdint.h>
#include <stdlib.h>

#include "base/error.h"
#include "yaml/yaml.h"

#define FIRST_LINE 2

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t visited;

static void insist(bool holds)
{
	if (!holds)
		abort();
}

/* Line and column, counted the plain way. */
static struct iv_pos place_of(struct iv_str bytes, size_t offset)
{
	struct iv_pos pos = {FIRST_LINE, 1};
	size_t i;

	for (i = 0; i < offset; i++) {
		bool crlf = bytes.ptr[i] == '\r' && i + 1 < bytes.len && bytes.ptr[i + 1] == '\n';

		pos.column++;
		if (bytes.ptr[i] == '\n' || (bytes.ptr[i] == '\r' && !crlf))
			pos = (struct iv_pos){pos.line + 1, 1};
	}
	return pos;
}

static void visit(const struct iv_yaml_node *node, struct iv_str bytes, size_t depth)
{
	struct iv_pos pos = place_of(bytes, node->start);
	size_t i;

	insist(++visited <= IV_YAML_NODES_MAX);
	insist(node->start <= node->end && node->end <= bytes.len);
	insist(pos.line == node->pos.line && pos.column == node->pos.column);
	if (node->kind != IV_YAML_SCALAR)
		insist(++depth <= IV_YAML_DEPTH_MAX);
	for (i = 0; i < node->count && node->kind == IV_YAML_SEQUENCE; i++)
		visit(node->items[i], bytes, depth);
	for (i = 0; i < node->count && node->kind == IV_YAML_MAPPING; i++) {
		insist(node->pairs[i].key->kind == IV_YAML_SCALAR);
		visit(node->pairs[i].key, bytes, depth);
		visit(node->pairs[i].value, bytes, depth);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct iv_str bytes = {(const char *)data, size};
	struct iv_arena *arena = iv_arena_new();
	struct iv_error error = IV_ERROR_INIT;
	const struct iv_yaml_node *root;
	int rc = iv_yaml_parse(&root, arena, bytes, FIRST_LINE, &error);

	visited = 0;
	if (rc) {
		insist(!root && error.message && error.code == rc);
		insist(rc == IV_EINPUT || rc == IV_ELIMIT);
		insist(error.pos.line >= FIRST_LINE && error.pos.column >= 1);
	} else if (root) {
		visit(root, bytes, 0);
	}
	iv_error_release(&error);
	iv_arena_free(arena);
	return 0;
}
