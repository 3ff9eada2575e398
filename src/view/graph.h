/* Who led to whom: as a tree to read, as DOT and Mermaid to draw, as JSON for programs. */
#ifndef IV_VIEW_GRAPH_H
#define IV_VIEW_GRAPH_H

#include <ivnotes/index.h>

#include "base/str.h"

/*
 * Where trees begin: those whom nobody led to, then the first by name of everybody who is left,
 * since people can have led to each other in a circle. Numbers of knots, by name; the caller frees.
 */
size_t *iv_graph_roots(size_t *count, const struct iv_graph *graph);

/* What came of one root: of everybody they led to, and whom these led to. */
struct iv_reach {
	size_t people, asked, accepted, met, organizations;
	int64_t jobs;
};
/* Of each of the roots, in their order. */
void iv_graph_reach(struct iv_reach *out, const struct iv_graph *graph, const size_t *roots,
		    size_t count);

/* How many of the texts differ; sorts them. */
size_t iv_count_different(const char **texts, size_t count);

/* A part of the graph: from these knots on, or (`up`) what led to them. */
struct iv_graph_part {
	const struct iv_graph *graph;
	const size_t *knots;
	size_t count;
	bool up;
	bool color;
	iv_day today;
	/* Told, for a tree, when all below a knot of `knots` is there; or NULL. */
	void (*after)(void *data, struct iv_buf *out, size_t number);
	void *data;
};

/* A line each; whoever comes again has no branches, with a word on where they stand. */
void iv_graph_tree(struct iv_buf *out, const struct iv_graph_part *part, const char *indent);
/* The language of Graphviz, and that of Mermaid's flowcharts. */
void iv_graph_dot(struct iv_buf *out, const struct iv_graph_part *part);
void iv_graph_mermaid(struct iv_buf *out, const struct iv_graph_part *part);
/* One object in one line. */
void iv_graph_json(struct iv_buf *out, const struct iv_graph_part *part);

/* Which knots the part holds; the caller frees. */
bool *iv_graph_held(const struct iv_graph_part *part);
/* "met", "unasked", …, "named" for a name without a note; may stand in the name of a class. */
const char *iv_knot_word(const struct iv_knot *knot);

#endif
