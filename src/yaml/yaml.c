#include "yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "yaml/place.h"
#include "yaml/problem.h"

#define NO_ANCHOR SIZE_MAX

struct anchor {
	const char *name;
	uint64_t hash;
	const struct iv_yaml_node *node; /* NULL while it is being read */
	size_t size;                     /* nodes after expansion, itself included */
	size_t height;                   /* levels of collections; 0 for a scalar */
};

/* A sequence or mapping that is not at its end yet. */
struct frame {
	struct iv_yaml_node *node;
	size_t first_child;
	size_t anchor; /* which it has to fill in at its end, or NO_ANCHOR */
	size_t size_before;
	size_t height; /* of its highest child */
	size_t end;    /* of its last child in the bytes */
};

struct builder {
	yaml_parser_t parser;
	struct iv_place place;
	struct iv_arena *arena;
	struct iv_error *error;
	const struct iv_yaml_node *root;
	struct frame frames[IV_YAML_DEPTH_MAX];
	size_t depth;
	const struct iv_yaml_node **children; /* of all open frames, keys and values in turn */
	size_t child_count, child_capacity;
	struct anchor *anchors;
	size_t anchor_count, anchor_capacity;
	size_t size; /* nodes so far, expanded */
	bool over;   /* the document's end was seen */
};

static int fail_at(struct builder *b, int code, struct iv_pos pos, const char *words)
{
	iv_error_set(b->error, code, "%s", words);
	iv_error_at(b->error, NULL, pos);
	return code;
}

static int fail(struct builder *b, int code, const yaml_event_t *event, const char *words)
{
	struct iv_pos pos;

	iv_place_of(&b->place, &pos, &event->start_mark);
	return fail_at(b, code, pos, words);
}

static int count_nodes(struct builder *b, const yaml_event_t *event, size_t more)
{
	b->size += more;
	if (b->size <= IV_YAML_NODES_MAX)
		return 0;
	return fail(b, IV_ELIMIT, event,
		    "expected at most 100000 values, those that '*' repeats counted each time");
}

static bool expects_key(const struct builder *b)
{
	const struct frame *top = b->depth ? &b->frames[b->depth - 1] : NULL;

	return top && top->node->kind == IV_YAML_MAPPING &&
	       (b->child_count - top->first_child) % 2 == 0;
}

/* Gives a finished node to the collection it stands in, or makes it the root. */
static int attach(struct builder *b, const yaml_event_t *event, const struct iv_yaml_node *node,
		  size_t height, size_t end)
{
	struct frame *top;

	if (!b->depth) {
		b->root = node;
		return 0;
	}
	if (b->depth + height > IV_YAML_DEPTH_MAX)
		return fail(b, IV_ELIMIT, event, "expected at most 64 levels of nesting");
	top = &b->frames[b->depth - 1];
	if (height > top->height)
		top->height = height;
	top->end = end;
	IV_GROW(b->children, b->child_count, b->child_capacity);
	b->children[b->child_count++] = node;
	return 0;
}

static int add_anchor(struct builder *b, const yaml_event_t *event, const yaml_char_t *name,
		      size_t *which)
{
	struct iv_str text = iv_str_of((const char *)name);

	*which = NO_ANCHOR;
	if (!name)
		return 0;
	if (b->anchor_count == IV_YAML_ANCHORS_MAX)
		return fail(b, IV_ELIMIT, event, "expected at most 1000 anchors");
	IV_GROW(b->anchors, b->anchor_count, b->anchor_capacity);
	*which = b->anchor_count++;
	b->anchors[*which] = (struct anchor){
		.name = iv_arena_str(b->arena, text).ptr,
		.hash = iv_hash(text),
	};
	return 0;
}

static void fill_anchor(struct builder *b, size_t which, const struct iv_yaml_node *node,
			size_t size, size_t height)
{
	if (which == NO_ANCHOR)
		return;
	b->anchors[which].node = node;
	b->anchors[which].size = size;
	b->anchors[which].height = height;
}

/* The latest of that name counts: YAML lets an anchor be given anew. */
static const struct anchor *find_anchor(const struct builder *b, const char *name)
{
	uint64_t hash = iv_hash(iv_str_of(name));
	size_t i;

	for (i = b->anchor_count; i; i--)
		if (b->anchors[i - 1].hash == hash && !strcmp(b->anchors[i - 1].name, name))
			return &b->anchors[i - 1];
	return NULL;
}

static int on_alias(struct builder *b, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	const struct anchor *anchor = find_anchor(b, name);
	struct iv_pos pos;
	size_t end;
	int rc;

	if (!anchor || !anchor->node) {
		iv_place_of(&b->place, &pos, &event->start_mark);
		iv_error_set(b->error, IV_EINPUT,
			     anchor ? "expected '*%s' outside of what it repeats"
				    : "expected '&%s' above; a value that begins with '*' goes in "
				      "quotes",
			     name);
		iv_error_at(b->error, NULL, pos);
		return IV_EINPUT;
	}
	if (expects_key(b) && anchor->node->kind != IV_YAML_SCALAR)
		return fail(b, IV_EINPUT, event, "expected a text as key");
	rc = count_nodes(b, event, anchor->size);
	if (rc)
		return rc;
	end = iv_place_of(&b->place, NULL, &event->end_mark);
	return attach(b, event, anchor->node, anchor->height, end);
}

static struct iv_yaml_node *new_node(struct builder *b, const yaml_event_t *event,
				     enum iv_yaml_kind kind)
{
	struct iv_yaml_node *node = iv_arena_calloc(b->arena, 1, sizeof(*node));

	node->kind = kind;
	node->start = node->end = iv_place_of(&b->place, &node->pos, &event->start_mark);
	return node;
}

/* A block scalar ends, for libyaml, after the blank lines that follow it. */
static size_t scalar_end(struct builder *b, const yaml_event_t *event, size_t start)
{
	size_t end = iv_place_of(&b->place, NULL, &event->end_mark);

	if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	    event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE)
		while (end > start && iv_is_space(b->place.bytes.ptr[end - 1]))
			end--;
	return end;
}

static int on_scalar(struct builder *b, const yaml_event_t *event)
{
	struct iv_str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct iv_yaml_node *node = new_node(b, event, IV_YAML_SCALAR);
	struct iv_str source;
	size_t anchor;
	int rc;

	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->end = scalar_end(b, event, node->start);
	source = iv_str_slice(b->place.bytes, node->start, node->end);
	node->text = iv_str_eq(source, text) ? source : iv_arena_str(b->arena, text);
	rc = add_anchor(b, event, event->data.scalar.anchor, &anchor);
	if (!rc)
		rc = count_nodes(b, event, 1);
	if (rc)
		return rc;
	fill_anchor(b, anchor, node, 1, 0);
	return attach(b, event, node, 0, node->end);
}

static int on_start(struct builder *b, const yaml_event_t *event)
{
	bool mapping = event->type == YAML_MAPPING_START_EVENT;
	struct iv_yaml_node *node;
	struct frame *frame;
	size_t before = b->size, anchor;
	int rc;

	if (expects_key(b))
		return fail(b, IV_EINPUT, event,
			    "expected a text as key; put what begins with a bracket in quotes");
	if (b->depth == IV_YAML_DEPTH_MAX)
		return fail(b, IV_ELIMIT, event, "expected at most 64 levels of nesting");
	rc = add_anchor(b, event,
			mapping ? event->data.mapping_start.anchor
				: event->data.sequence_start.anchor,
			&anchor);
	if (!rc)
		rc = count_nodes(b, event, 1);
	if (rc)
		return rc;
	node = new_node(b, event, mapping ? IV_YAML_MAPPING : IV_YAML_SEQUENCE);
	node->flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			     : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	frame = &b->frames[b->depth++];
	*frame = (struct frame){
		.node = node,
		.first_child = b->child_count,
		.anchor = anchor,
		.size_before = before,
		.end = iv_place_of(&b->place, NULL, &event->end_mark),
	};
	return 0;
}

static void take_children(struct builder *b, struct iv_yaml_node *node, size_t first)
{
	size_t count = b->child_count - first, i;
	const struct iv_yaml_node **children;
	struct iv_yaml_pair *pairs;

	if (!count)
		return;
	b->child_count = first;
	children = b->children + first;
	if (node->kind == IV_YAML_SEQUENCE) {
		node->items = iv_arena_copy(b->arena, children, count, sizeof(*children));
		node->count = count;
		return;
	}
	node->count = count / 2;
	pairs = iv_arena_alloc(b->arena, node->count * sizeof(*pairs));
	for (i = 0; i < node->count; i++)
		pairs[i] = (struct iv_yaml_pair){children[2 * i], children[2 * i + 1]};
	node->pairs = pairs;
}

/*
 * Only a bracket is an end of its own: a block, and a pair in a list without braces, end with
 * their last child, where libyaml's mark is that of whatever comes next.
 */
static int on_end(struct builder *b, const yaml_event_t *event)
{
	struct frame *frame = &b->frames[--b->depth];
	struct iv_yaml_node *node = frame->node;

	node->end = frame->end;
	if (node->flow && event->end_mark.index > event->start_mark.index)
		node->end = iv_place_of(&b->place, NULL, &event->end_mark);
	take_children(b, node, frame->first_child);
	fill_anchor(b, frame->anchor, node, b->size - frame->size_before, frame->height + 1);
	return attach(b, event, node, frame->height + 1, node->end);
}

static int on_event(struct builder *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT: return on_alias(b, event);
	case YAML_SCALAR_EVENT: return on_scalar(b, event);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT: return on_start(b, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: return on_end(b, event);
	case YAML_DOCUMENT_START_EVENT:
		if (b->over)
			return fail(b, IV_EINPUT, event, "expected one document, found a second");
		return 0;
	case YAML_DOCUMENT_END_EVENT: b->over = true; return 0;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT: break;
	}
	return 0;
}

static int run(struct builder *b)
{
	yaml_event_t event;
	bool last = false;
	int rc = 0;

	while (!rc && !last) {
		if (!yaml_parser_parse(&b->parser, &event))
			return iv_yaml_problem(b->error, &b->parser, &b->place);
		last = event.type == YAML_STREAM_END_EVENT;
		rc = on_event(b, &event);
		yaml_event_delete(&event);
	}
	return rc;
}

/* An empty document may still hold the value that is not there. */
static bool is_nothing(const struct iv_yaml_node *node)
{
	return !node || (node->kind == IV_YAML_SCALAR && node->plain && !node->text.len);
}

int iv_yaml_parse(const struct iv_yaml_node **out, struct iv_arena *arena, struct iv_str bytes,
		  uint32_t first_line, struct iv_error *error)
{
	struct builder b;
	int rc;

	*out = NULL;
	memset(&b, 0, sizeof(b));
	b.arena = arena;
	b.error = error;
	if (!yaml_parser_initialize(&b.parser))
		return iv_error_set(error, IV_ELIMIT, "out of memory");
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)(bytes.ptr ? bytes.ptr : ""),
				     bytes.len);
	iv_place_init(&b.place, bytes, first_line);
	rc = run(&b);
	if (!rc && !is_nothing(b.root))
		*out = b.root;
	yaml_parser_delete(&b.parser);
	free(b.children);
	free(b.anchors);
	return rc;
}
