#include "merge/version.h"

#include <string.h>

#include "merge/ticks.h"
#include "note/header.h"

int iv_winner(const struct iv_str texts[IV_VERSIONS])
{
	if (iv_str_eq(texts[IV_OURS], texts[IV_THEIRS]) ||
	    iv_str_eq(texts[IV_THEIRS], texts[IV_BASE]))
		return IV_OURS;
	return iv_str_eq(texts[IV_OURS], texts[IV_BASE]) ? IV_THEIRS : -1;
}

/* ---- dress ---- */

enum ends { ENDS_NONE, ENDS_LF, ENDS_CRLF, ENDS_MIXED };

static enum ends ends_of(struct iv_str bytes)
{
	enum ends ends = ENDS_NONE;
	size_t i;

	for (i = 0; i < bytes.len; i++) {
		enum ends here = ENDS_LF;

		if (bytes.ptr[i] == '\r') {
			if (++i == bytes.len || bytes.ptr[i] != '\n')
				return ENDS_MIXED;
			here = ENDS_CRLF;
		} else if (bytes.ptr[i] != '\n') {
			continue;
		}
		if (ends != ENDS_NONE && ends != here)
			return ENDS_MIXED;
		ends = here;
	}
	return ends;
}

/* What one side changed counts, else what ours has. */
static int chosen(const int values[IV_VERSIONS])
{
	return values[values[IV_OURS] == values[IV_BASE] ? IV_THEIRS : IV_OURS];
}

static struct iv_dress read_dress(const struct iv_str texts[IV_VERSIONS], bool *undress)
{
	int ends[IV_VERSIONS], boms[IV_VERSIONS], i;
	struct iv_dress dress;

	*undress = true;
	for (i = 0; i < IV_VERSIONS; i++) {
		boms[i] = iv_str_without_bom(texts[i]).len < texts[i].len;
		ends[i] = ends_of(texts[i]);
		*undress &= ends[i] != ENDS_MIXED;
	}
	/* A version without a line end goes with the others. */
	if (ends[IV_BASE] == ENDS_NONE)
		ends[IV_BASE] = ends[IV_THEIRS];
	if (ends[IV_OURS] == ENDS_NONE)
		ends[IV_OURS] = ends[IV_BASE];
	if (ends[IV_THEIRS] == ENDS_NONE)
		ends[IV_THEIRS] = ends[IV_BASE];
	dress.bom = chosen(boms);
	dress.crlf = *undress && chosen(ends) == ENDS_CRLF;
	return dress;
}

static void add_without(struct iv_buf *out, struct iv_str bytes, char c)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.ptr[i] != c)
			iv_buf_putc(out, bytes.ptr[i]);
}

void iv_dress_put(struct iv_buf *out, const struct iv_dress *dress, struct iv_str bytes)
{
	if (dress->bom)
		iv_buf_puts(out, "\xef\xbb\xbf");
	if (!dress->crlf) {
		iv_buf_str(out, bytes);
		return;
	}
	iv_buf_reserve(out, bytes.len);
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.ptr[i] == '\n')
			iv_buf_putc(out, '\r');
		iv_buf_putc(out, bytes.ptr[i]);
	}
}

/* ---- reading ---- */

/* A key that stands twice has no one place. */
static bool has_each_once(const struct iv_head *head)
{
	for (size_t i = 0; i < head->count; i++)
		for (size_t j = 0; j < i; j++)
			if (iv_str_eq(head->entries[i].name, head->entries[j].name))
				return false;
	return true;
}

static void find_front(struct iv_version *version)
{
	struct iv_edit *edit = version->edit;
	struct iv_reader reader = {.note = edit->note, .arena = edit->arena};
	struct iv_str bytes = iv_edit_bytes(edit);
	size_t end;

	reader.syntax = edit->syntax;
	reader.bytes = bytes;
	iv_header_find(&reader);
	end = reader.closed ? bytes.len - reader.body.len : 0;
	version->front = iv_str_slice(bytes, 0, end);
	version->body = iv_str_slice(bytes, end, bytes.len);
}

/* A carriage return alone ends a line of YAML, and none of git's. */
static bool ends_in_feeds(struct iv_str front)
{
	size_t i = 0;

	while (i < front.len &&
	       (front.ptr[i] != '\r' || (i + 1 < front.len && front.ptr[i + 1] == '\n')))
		i++;
	return i == front.len;
}

static void read_version(struct iv_version *version, struct iv_versions *all, struct iv_str bytes)
{
	version->edit = iv_edit_new(all->path, bytes, all->syntax);
	find_front(version);
	version->in_lines = ends_in_feeds(version->front);
	version->readable = !iv_head_read(&version->head, version->edit, NULL) &&
			    version->head.count <= IV_PAIRS_MAX && has_each_once(&version->head);
}

/* A version without front matter has no type of its own. */
static bool have_same_type(const struct iv_versions *versions)
{
	const struct iv_version *ours = &versions->of[IV_OURS];

	for (int i = 0; i < IV_VERSIONS; i++)
		if (versions->of[i].front.len &&
		    iv_edit_note(versions->of[i].edit)->type != iv_edit_note(ours->edit)->type)
			return false;
	return true;
}

void iv_versions_init(struct iv_versions *out, struct iv_str path, struct iv_str base,
		      struct iv_str ours, struct iv_str theirs, const struct iv_syntax *syntax)
{
	const struct iv_str texts[IV_VERSIONS] = {base, ours, theirs};
	struct iv_buf bytes[IV_VERSIONS] = {IV_BUF_INIT, IV_BUF_INIT, IV_BUF_INIT};
	bool undress;
	int i;

	memset(out, 0, sizeof(*out));
	out->path = path;
	out->syntax = syntax;
	out->dress = read_dress(texts, &undress);
	for (i = 0; i < IV_VERSIONS; i++) {
		iv_buf_reserve(&bytes[i], texts[i].len + 1);
		if (undress)
			add_without(&bytes[i], iv_str_without_bom(texts[i]), '\r');
		else
			iv_buf_str(&bytes[i], iv_str_without_bom(texts[i]));
	}
	iv_ticks_share(bytes, path, syntax);
	for (i = 0; i < IV_VERSIONS; i++) {
		read_version(&out->of[i], out, iv_buf_view(&bytes[i]));
		iv_buf_release(&bytes[i]);
	}
	out->same_type = have_same_type(out);
}

void iv_versions_release(struct iv_versions *versions)
{
	for (int i = 0; i < IV_VERSIONS; i++)
		iv_edit_free(versions->of[i].edit);
}
