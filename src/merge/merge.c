#include <ivnotes/merge.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "merge/front.h"
#include "merge/proof.h"

static struct iv_str known(struct iv_str bytes)
{
	return bytes.ptr ? bytes : IV_LIT("");
}

static void take(struct iv_merged *out, struct iv_buf *bytes, bool conflicts)
{
	out->len = bytes->len;
	out->bytes = iv_buf_detach(bytes);
	out->conflicts = conflicts;
}

/* The line end of the first line. */
static const char *eol_of(struct iv_str bytes)
{
	size_t end = iv_str_find_char(bytes, '\n');

	return end != SIZE_MAX && end && bytes.ptr[end - 1] == '\r' ? "\r\n" : "\n";
}

void iv_merge_whole(struct iv_merged *out, struct iv_str base, struct iv_str ours,
		    struct iv_str theirs, const struct iv_merge_how *how)
{
	const struct iv_str texts[IV_VERSIONS] = {known(base), known(ours), known(theirs)};
	struct iv_merge_how sized = *how;
	struct iv_sides sides = {0};
	struct iv_markers markers;

	sized.marker_size = iv_marker_size(how->marker_size, texts);
	iv_markers_init(&markers, &sized, eol_of(texts[IV_OURS]));
	iv_sides_conflict(&sides, &markers, texts);
	iv_markers_release(&markers);
	take(out, &sides.texts[IV_MARKED], true);
	iv_sides_release(&sides);
}

/* ---- one way to merge ---- */

struct merger {
	const struct iv_merge_how *how;
	struct iv_versions versions;
	struct iv_plans plans;
	struct iv_markers markers;
};

/* Each is tried when what came of those before it could not be proved. */
enum way {
	WAY_KEYS,       /* the header key by key, the body by lines */
	WAY_LINES,      /* all of it by lines */
	WAY_KEYS_ALONE, /* the header key by key, both bodies whole */
	WAY_BODY_ALONE, /* both headers whole, the body by lines */
	WAY_COUNT
};

/* As one reads who takes that side in every conflict. */
static bool add_favored(struct iv_buf *out, bool *conflicts, const struct merger *merger,
			const struct iv_str texts[IV_VERSIONS], enum iv_merge_favor favor)
{
	char *bytes = NULL;
	size_t len = 0;

	if (merger->how->lines(&bytes, &len, conflicts, texts[IV_BASE], texts[IV_OURS],
			       texts[IV_THEIRS], favor, merger->how, NULL))
		return false;
	iv_buf_add(out, bytes, len);
	free(bytes);
	return true;
}

static bool add_lines(struct iv_sides *out, const struct merger *merger,
		      const struct iv_str texts[IV_VERSIONS])
{
	struct iv_sides sides = {0};
	bool none, done;

	done = add_favored(&sides.texts[IV_MARKED], &sides.conflicts, merger, texts, IV_MERGE_MARK);
	if (done && sides.conflicts)
		done = add_favored(&sides.texts[IV_OURS], &none, merger, texts, IV_MERGE_OURS) &&
		       add_favored(&sides.texts[IV_THEIRS], &none, merger, texts, IV_MERGE_THEIRS);
	if (done && sides.conflicts)
		iv_sides_append(out, &sides);
	else if (done)
		iv_sides_add(out, iv_buf_view(&sides.texts[IV_MARKED]));
	iv_sides_release(&sides);
	return done;
}

static bool add_front(struct iv_sides *out, struct merger *merger, bool by_keys)
{
	struct iv_str fronts[IV_VERSIONS];
	int choice;

	for (int i = 0; i < IV_VERSIONS; i++)
		fronts[i] = merger->versions.of[i].front;
	choice = iv_winner(fronts);
	/* Who took all of it away may have taken the body, too: that is one change. */
	if (choice >= 0 && (fronts[choice].len || !fronts[IV_BASE].len)) {
		iv_sides_add(out, fronts[choice]);
		return true;
	}
	return by_keys ? iv_front_merge(out, &merger->versions, &merger->plans, &merger->markers)
		       : iv_front_conflict(out, &merger->versions, &merger->markers);
}

static bool add_body(struct iv_sides *out, const struct merger *merger, bool by_lines)
{
	struct iv_buf *front = &out->texts[IV_MARKED];
	struct iv_str bodies[IV_VERSIONS];
	int choice;

	for (int i = 0; i < IV_VERSIONS; i++)
		bodies[i] = merger->versions.of[i].body;
	if (front->len && front->ptr[front->len - 1] != '\n' &&
	    (bodies[IV_OURS].len || bodies[IV_THEIRS].len))
		iv_sides_add(out, iv_str_of(merger->markers.eol));
	choice = iv_winner(bodies);
	if (choice >= 0)
		iv_sides_add(out, bodies[choice]);
	else if (by_lines)
		return add_lines(out, merger, bodies);
	else
		iv_sides_conflict(out, &merger->markers, bodies);
	return true;
}

static bool add_all(struct iv_sides *out, const struct merger *merger)
{
	struct iv_str texts[IV_VERSIONS];

	for (int i = 0; i < IV_VERSIONS; i++)
		texts[i] = iv_edit_bytes(merger->versions.of[i].edit);
	return add_lines(out, merger, texts);
}

static bool go(struct iv_sides *out, struct merger *merger, enum way way)
{
	switch (way) {
	case WAY_KEYS: return add_front(out, merger, true) && add_body(out, merger, true);
	case WAY_LINES: return add_all(out, merger);
	case WAY_KEYS_ALONE: return add_front(out, merger, true) && add_body(out, merger, false);
	case WAY_BODY_ALONE: return add_front(out, merger, false) && add_body(out, merger, true);
	case WAY_COUNT: break;
	}
	return false;
}

static bool try_way(struct iv_merged *out, struct merger *merger, enum way way)
{
	struct iv_sides sides = {0};
	struct iv_buf bytes = IV_BUF_INIT;
	bool done =
		go(&sides, merger, way) && iv_is_proved(&sides, &merger->versions, &merger->plans);

	if (done) {
		iv_dress_put(&bytes, &merger->versions.dress, iv_buf_view(&sides.texts[IV_MARKED]));
		take(out, &bytes, sides.conflicts);
	}
	iv_sides_release(&sides);
	return done;
}

/* ---- the way that is taken ---- */

/* One side alone changed it, or both alike: these bytes. */
static bool take_at_once(struct iv_merged *out, const struct iv_str texts[IV_VERSIONS])
{
	struct iv_buf bytes = IV_BUF_INIT;
	int choice = iv_winner(texts);

	if (choice < 0)
		return false;
	iv_buf_str(&bytes, texts[choice]);
	take(out, &bytes, false);
	return true;
}

static bool is_text(const struct iv_str texts[IV_VERSIONS])
{
	for (int i = 0; i < IV_VERSIONS; i++)
		if (texts[i].len > IV_NOTE_SIZE_MAX || iv_utf8_no_text(texts[i]) != SIZE_MAX)
			return false;
	return true;
}

static bool merge(struct iv_merged *out, struct iv_str path, const struct iv_str texts[IV_VERSIONS],
		  const struct iv_merge_how *how)
{
	struct merger merger = {.how = how};
	bool done = false;

	iv_versions_init(&merger.versions, path, texts[IV_BASE], texts[IV_OURS], texts[IV_THEIRS],
			 how->syntax);
	iv_plans_init(&merger.plans, &merger.versions);
	iv_markers_init(&merger.markers, how,
			eol_of(iv_edit_bytes(merger.versions.of[IV_OURS].edit)));
	for (int way = 0; !done && way < WAY_COUNT; way++)
		done = try_way(out, &merger, (enum way)way);
	iv_markers_release(&merger.markers);
	iv_plans_release(&merger.plans);
	iv_versions_release(&merger.versions);
	return done;
}

void iv_merge(struct iv_merged *out, struct iv_str path, struct iv_str base, struct iv_str ours,
	      struct iv_str theirs, const struct iv_merge_how *how)
{
	const struct iv_str texts[IV_VERSIONS] = {known(base), known(ours), known(theirs)};
	struct iv_merge_how sized = *how;

	if (take_at_once(out, texts))
		return;
	sized.marker_size = iv_marker_size(how->marker_size, texts);
	if (!is_text(texts) || !merge(out, path, texts, &sized))
		iv_merge_whole(out, base, ours, theirs, how);
}
