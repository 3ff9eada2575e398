/* The graph for programs that draw: Graphviz and Mermaid. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/graph.h"
#include "view/words.h"

/* How people look by where they stand: words are those of iv_knot_word(). */
static const struct {
	const char *word, *fill, *line;
} looks[] = {
	{"named", "#ffffff", "#999999"},   {"unasked", "#ffffff", "#333333"},
	{"asked", "#fff3c4", "#8a6d00"},   {"silent", "#eeeeee", "#777777"},
	{"later", "#fff3c4", "#8a6d00"},   {"yes", "#d8efff", "#1f5f8b"},
	{"no", "#f6d5d5", "#8b1f1f"},      {"closed", "#dddddd", "#555555"},
	{"ahead", "#d8efff", "#1f5f8b"},   {"met", "#d9f2d9", "#2c6e2c"},
	{"thanked", "#b9e4b9", "#2c6e2c"},
};

#define LOOKS (sizeof(looks) / sizeof(*looks))

static size_t look_of(const struct iv_knot *knot)
{
	const char *word = iv_knot_word(knot);
	size_t i = 0;

	while (i + 1 < LOOKS && strcmp(looks[i].word, word) != 0)
		i++;
	return i;
}

static void each_edge(struct iv_buf *out, const struct iv_graph_part *part, const bool *held,
		      const char *indent, const char *arrow, const char *end)
{
	for (size_t i = 0; i < part->graph->count; i++) {
		const struct iv_knot *knot = &part->graph->knots[i];

		for (size_t k = 0; held[i] && k < knot->led_count; k++)
			if (held[knot->led[k]])
				iv_buf_printf(out, "%sn%zu %s n%zu%s\n", indent, i, arrow,
					      knot->led[k], end);
	}
}

/* The name, and where they work, each as one line of visible text. */
static void labels(struct iv_buf *name, struct iv_buf *place, const struct iv_knot *knot)
{
	iv_buf_visible(name, iv_view_link(iv_str_of(knot->name ? knot->name : "")), true);
	iv_buf_visible(place, iv_view_link(iv_str_of(knot->organization ? knot->organization : "")),
		       true);
}

/* ---- DOT ---- */

/* Between quotes only they and the backslash mean anything, and references as HTML has them. */
static void add_quoted(struct iv_buf *out, struct iv_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			iv_buf_putc(out, '\\');
		iv_buf_putc(out, text.ptr[i]);
		iv_buf_puts(out, text.ptr[i] == '&' ? "amp;" : "");
	}
}

static void add_dot_knot(struct iv_buf *out, const struct iv_knot *knot, size_t at)
{
	struct iv_buf name = IV_BUF_INIT, place = IV_BUF_INIT;
	size_t look = look_of(knot);

	labels(&name, &place, knot);
	iv_buf_printf(out, "\tn%zu [label=\"", at);
	add_quoted(out, iv_buf_view(&name));
	if (place.len) {
		iv_buf_puts(out, "\\n");
		add_quoted(out, iv_buf_view(&place));
	}
	iv_buf_printf(out, "\", class=\"%s\", tooltip=\"%s\", fillcolor=\"%s\", color=\"%s\"];\n",
		      looks[look].word, looks[look].word, looks[look].fill, looks[look].line);
	iv_buf_release(&name);
	iv_buf_release(&place);
}

void iv_graph_dot(struct iv_buf *out, const struct iv_graph_part *part)
{
	bool *held = iv_graph_held(part);

	iv_buf_puts(out,
		    "digraph search {\n"
		    "\trankdir=LR;\n"
		    "\tnode [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n");
	for (size_t i = 0; i < part->graph->count; i++)
		if (held[i])
			add_dot_knot(out, &part->graph->knots[i], i);
	each_edge(out, part, held, "\t", "->", ";");
	iv_buf_puts(out, "}\n");
	free(held);
}

/* ---- Mermaid ---- */

/* Mermaid reads '#34;' as it reads HTML's references, and nothing else is safe between quotes. */
static void add_referenced(struct iv_buf *out, struct iv_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (strchr("\"#;<>&`\\[]{}()|*_~", c) && c)
			iv_buf_printf(out, "#%u;", c);
		else
			iv_buf_putc(out, (char)c);
	}
}

static void add_mermaid_knot(struct iv_buf *out, const struct iv_knot *knot, size_t at)
{
	struct iv_buf name = IV_BUF_INIT, place = IV_BUF_INIT;

	labels(&name, &place, knot);
	iv_buf_printf(out, "    n%zu[\"", at);
	add_referenced(out, iv_buf_view(&name));
	if (place.len) {
		iv_buf_puts(out, "<br/>");
		add_referenced(out, iv_buf_view(&place));
	}
	iv_buf_printf(out, "\"]:::%s\n", iv_knot_word(knot));
	iv_buf_release(&name);
	iv_buf_release(&place);
}

void iv_graph_mermaid(struct iv_buf *out, const struct iv_graph_part *part)
{
	bool *held = iv_graph_held(part);

	iv_buf_puts(out, "flowchart LR\n");
	for (size_t i = 0; i < part->graph->count; i++)
		if (held[i])
			add_mermaid_knot(out, &part->graph->knots[i], i);
	each_edge(out, part, held, "    ", "-->", "");
	for (size_t i = 0; i < LOOKS; i++)
		iv_buf_printf(out, "    classDef %s fill:%s,stroke:%s,color:#000000\n",
			      looks[i].word, looks[i].fill, looks[i].line);
	free(held);
}
