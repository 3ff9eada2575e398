/*
 * YAML as notes' headers and the config use it: bytes -> a tree of texts with exact positions.
 * libyaml parses; nothing is typed implicitly (`no`, `007`, `10:00` stay what was typed), anchors
 * and aliases are expanded within bounds. And back: a text as YAML.
 */
#ifndef IV_YAML_YAML_H
#define IV_YAML_YAML_H

#include "base/mem.h"
#include "base/str.h"

#define IV_YAML_DEPTH_MAX 64
#define IV_YAML_NODES_MAX 100000 /* after expansion */
#define IV_YAML_ANCHORS_MAX 1000

enum iv_yaml_kind { IV_YAML_SCALAR, IV_YAML_SEQUENCE, IV_YAML_MAPPING };

struct iv_yaml_node {
	enum iv_yaml_kind kind;
	struct iv_str text; /* of a scalar; "" when blank */
	bool plain;         /* scalar without quotes or block style */
	bool flow;          /* sequence or mapping in [] or {} */
	struct iv_pos pos;  /* column in bytes, lines counted as in the file */
	/*
	 * Byte offsets in the document's bytes: with quotes, brackets and an anchor, without the
	 * white space that follows. An alias is the node it repeats, with that one's place.
	 */
	size_t start, end;
	const struct iv_yaml_pair *pairs;        /* of a mapping */
	const struct iv_yaml_node *const *items; /* of a sequence */
	size_t count;
};

struct iv_yaml_pair {
	const struct iv_yaml_node *key, *value; /* a key that is no scalar is an error */
};

/*
 * Parses one document out of `bytes` (the header without its `---` lines); `first_line` is the
 * line of the file on which bytes start. *out is NULL for an empty document. Nodes live in the
 * arena; texts may point into bytes. IV_EINPUT with place and 'expected …', IV_ELIMIT for too deep or too
 * many nodes after expansion.
 */
int iv_yaml_parse(const struct iv_yaml_node **out, struct iv_arena *arena, struct iv_str bytes,
		  uint32_t first_line, struct iv_error *error);

/*
 * Writes a text (UTF-8) as a value, a key or an item of a list in brackets that YAML reads back as
 * the same text: on one line, in quotes where it needs them.
 */
void iv_yaml_add(struct iv_buf *out, struct iv_str text);
/* The texts in brackets. */
void iv_yaml_add_list(struct iv_buf *out, const char *const *texts, size_t count);

#endif
