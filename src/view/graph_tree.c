/* The graph as a tree of text. */
#include <stdlib.h>

#include "base/mem.h"
#include "view/dossier.h"
#include "view/graph.h"
#include "view/style.h"
#include "view/words.h"

/* Chains longer than this go on without further indenting: what stands before grows with each. */
#define INDENT_MAX 30

/* A knot that is being shown, and which of its branches comes next. */
struct step {
	size_t knot, next;
	size_t left;   /* branches still to come */
	size_t indent; /* length of what stands before its branches */
};

struct writer {
	struct iv_buf *out;
	const struct iv_graph_part *part;
	bool *held, *shown;
	struct iv_buf before; /* what stands before the branches */
	struct step *steps;
	size_t depth, room;
};

static enum iv_style style_of(const struct iv_knot *knot)
{
	if (!knot->path || knot->standing == IV_STANDING_UNASKED ||
	    knot->standing == IV_STANDING_SILENT || knot->closed)
		return IV_STYLE_FAINT;
	return knot->standing == IV_STANDING_MET || knot->standing == IV_STANDING_AHEAD
		       ? IV_STYLE_STRONG
		       : IV_STYLE_PLAIN;
}

static void add_state(struct iv_buf *out, const struct iv_knot *knot)
{
	struct iv_buf state = IV_BUF_INIT;

	if (!knot->path)
		iv_buf_puts(&state, "only named so far");
	else if (knot->closed)
		iv_standing_text(&state, IV_STANDING_CLOSED, IV_NO_DAY);
	else
		iv_standing_text(&state, knot->standing, knot->day);
	if (knot->path && knot->standing == IV_STANDING_MET && !knot->thanked && !knot->closed)
		iv_buf_puts(&state, ", thanks are open");
	if (knot->jobs)
		iv_buf_puts(&state, ", job interview");
	iv_buf_printf(out, ": %s", state.len ? state.ptr : "");
	iv_buf_release(&state);
}

static void write_knot(struct writer *writer, const struct iv_knot *knot)
{
	struct iv_str organization =
		iv_view_link(iv_str_of(knot->organization ? knot->organization : ""));
	struct iv_buf name = IV_BUF_INIT;

	iv_buf_str(&name, iv_view_link(iv_str_of(knot->name ? knot->name : "")));
	if (organization.len) {
		iv_buf_puts(&name, " (");
		iv_buf_str(&name, organization);
		iv_buf_putc(&name, ')');
	}
	iv_style_text(writer->out, writer->part->color, style_of(knot), iv_buf_view(&name));
	iv_buf_release(&name);
	add_state(writer->out, knot);
}

static size_t count_held(const struct writer *writer, const struct iv_knot *knot)
{
	size_t count = 0;

	for (size_t i = 0; i < knot->led_count; i++)
		count += writer->held[knot->led[i]];
	return count;
}

/* Its line; its branches follow where they were not shown before. */
static void enter(struct writer *writer, size_t at)
{
	const struct iv_knot *knot = &writer->part->graph->knots[at];
	size_t branches = count_held(writer, knot);

	write_knot(writer, knot);
	if (branches && writer->shown[at])
		iv_buf_puts(writer->out, "; see above");
	iv_buf_putc(writer->out, '\n');
	if (!branches || writer->shown[at])
		return;
	writer->shown[at] = true;
	IV_GROW(writer->steps, writer->depth, writer->room);
	writer->steps[writer->depth++] = (struct step){at, 0, branches, writer->before.len};
}

static void next_branch(struct writer *writer)
{
	struct step *step = &writer->steps[writer->depth - 1];
	const struct iv_knot *knot = &writer->part->graph->knots[step->knot];
	size_t at;

	writer->before.len = step->indent;
	if (!step->left) {
		writer->depth--;
		return;
	}
	while (!writer->held[at = knot->led[step->next++]])
		;
	step->left--;
	iv_buf_add(writer->out, writer->before.ptr, writer->before.len);
	iv_buf_puts(writer->out, step->left ? "├─ " : "└─ ");
	if (writer->depth < INDENT_MAX)
		iv_buf_puts(&writer->before, step->left ? "│  " : "   ");
	enter(writer, at);
}

static void write_from(struct writer *writer, size_t root, const char *indent)
{
	iv_buf_clear(&writer->before);
	iv_buf_puts(&writer->before, indent);
	iv_buf_puts(writer->out, indent);
	enter(writer, root);
	while (writer->depth)
		next_branch(writer);
}

void iv_graph_tree(struct iv_buf *out, const struct iv_graph_part *part, const char *indent)
{
	const struct iv_graph *graph = part->graph;
	struct writer writer = {.out = out,
				.part = part,
				.held = iv_graph_held(part),
				.shown = iv_calloc(graph->count + 1, sizeof(bool))};
	size_t count = 0, *roots = part->up ? iv_graph_roots(&count, graph) : NULL;

	for (size_t i = 0; !part->up && i < part->count; i++) {
		write_from(&writer, part->knots[i], indent);
		if (part->after)
			part->after(part->data, out, i);
	}
	for (size_t i = 0; i < count; i++)
		if (writer.held[roots[i]])
			write_from(&writer, roots[i], indent);
	free(roots);
	free(writer.held);
	free(writer.shown);
	free(writer.steps);
	iv_buf_release(&writer.before);
}
