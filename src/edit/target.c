#include "edit/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "note/reference.h"

static bool has_md(struct iv_str text)
{
	return text.len > 3 && iv_str_is_nocase(iv_str_slice(text, text.len - 3, text.len), ".md");
}

static struct iv_str without_md(struct iv_str text)
{
	return has_md(text) ? iv_str_slice(text, 0, text.len - 3) : text;
}

struct iv_str iv_target_id(struct iv_str path)
{
	return without_md(iv_path_name(path));
}

static struct iv_str extension(struct iv_str written)
{
	return has_md(written) ? iv_str_slice(written, written.len - 3, written.len)
			       : (struct iv_str){"", 0};
}

static size_t count_slashes(struct iv_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '/';
	return count;
}

/* The last names of a path, as many as there are slashes and one; all of it where it has less. */
static struct iv_str last_names(struct iv_str path, size_t slashes)
{
	size_t at = path.len;

	while (at && (path.ptr[at - 1] != '/' || slashes--))
		at--;
	return iv_str_slice(path, at, path.len);
}

/* The way from the folder of a note, with "./" before it where it does not lead upwards. */
static struct iv_str way(struct iv_arena *arena, struct iv_str here, struct iv_str to, bool dotted)
{
	struct iv_str folder = iv_arena_str(arena, iv_path_folder(here));
	char *relative = iv_path_relative(folder.ptr, iv_arena_str(arena, to).ptr);
	bool dot = dotted && !iv_str_starts(iv_str_of(relative), "../");
	struct iv_str out = iv_arena_printf(arena, "%s%s", dot ? "./" : "", relative);

	free(relative);
	return out;
}

static bool stays_in_folder(const struct iv_step *move)
{
	return iv_str_eq(iv_path_folder(move->from), iv_path_folder(move->to)) &&
	       iv_str_eq(iv_path_folder(move->here), iv_path_folder(move->here_after));
}

struct iv_str iv_target_name(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written)
{
	struct iv_str to = without_md(move->to), out;
	size_t slashes = count_slashes(written);

	if (slashes && stays_in_folder(move))
		out = iv_arena_printf(arena, "%.*s/%.*s", IV_STR_ARG(iv_path_folder(written)),
				      IV_STR_ARG(iv_target_id(to)));
	else if (iv_str_starts(written, "./") || iv_str_starts(written, "../"))
		out = way(arena, move->here_after, to, true);
	else if (iv_str_starts(written, "/"))
		out = iv_arena_printf(arena, "/%.*s", IV_STR_ARG(to));
	else if (slashes && count_slashes(move->from) == slashes)
		out = to; /* all of its path */
	else
		out = last_names(to, slashes);
	return iv_arena_printf(arena, "%.*s%.*s", IV_STR_ARG(out), IV_STR_ARG(extension(written)));
}

/* ---- destinations ---- */

static bool has_encoded(struct iv_str written)
{
	for (size_t i = 0; i + 1 < written.len; i++)
		if (written.ptr[i] == '%' && strchr("89abcdefABCDEF", written.ptr[i + 1]))
			return true;
	return false;
}

/* Letters beyond ASCII stay what they are, unless they were encoded before. */
static struct iv_str encode(struct iv_arena *arena, struct iv_str text, struct iv_str written,
			    enum iv_target_form form)
{
	struct iv_buf out = IV_BUF_INIT;
	bool all = has_encoded(written);
	struct iv_str kept;

	if (form == IV_TARGET_NAME)
		return text;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (iv_is_alpha(c) || iv_is_digit(c) || strchr("-_./!&'+,;=", c) ||
		    (c >= 0x80 && !all) || (c == ' ' && form == IV_TARGET_ANGLED))
			iv_buf_putc(&out, (char)c);
		else
			iv_buf_printf(&out, "%%%02X", c);
	}
	kept = iv_arena_str(arena, iv_buf_view(&out));
	iv_buf_release(&out);
	return kept;
}

/* Does the destination lead to the path, seen from the note? */
static bool leads_to(struct iv_arena *arena, struct iv_str here, struct iv_str destination,
		     struct iv_str path)
{
	struct iv_buf buf = IV_BUF_INIT;
	bool same = iv_path_resolve(&buf, here, destination) &&
		    iv_str_eq(iv_fold(arena, without_md(iv_buf_view(&buf))),
			      iv_fold(arena, without_md(path)));

	iv_buf_release(&buf);
	return same;
}

struct iv_str iv_target_link(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written, enum iv_target_form form)
{
	struct iv_str plain = iv_ref_decode(arena, written), to;
	struct iv_str name = iv_path_name(written), file = iv_path_name(move->to);

	if (stays_in_folder(move)) {
		to = encode(arena, without_md(file), written, form);
		return iv_arena_printf(arena, "%.*s%.*s%.*s", (int)(written.len - name.len),
				       written.ptr, IV_STR_ARG(to), IV_STR_ARG(extension(written)));
	}
	if (leads_to(arena, move->here, plain, move->from))
		to = way(arena, move->here_after, move->to, iv_str_starts(plain, "./"));
	else
		to = count_slashes(plain) ? move->to : file;
	return encode(arena, to, written, form);
}

struct iv_str iv_target_from(struct iv_arena *arena, const struct iv_step *move,
			     struct iv_str written, struct iv_str path, enum iv_target_form form)
{
	struct iv_str plain = form == IV_TARGET_NAME ? written : iv_ref_decode(arena, written);
	struct iv_buf buf = IV_BUF_INIT;
	struct iv_str out = written;

	if (iv_str_eq(iv_path_folder(move->here), iv_path_folder(move->here_after)) ||
	    !leads_to(arena, move->here, plain, path) || !iv_path_resolve(&buf, move->here, plain))
		goto done;
	out = way(arena, move->here_after, iv_buf_view(&buf),
		  form == IV_TARGET_NAME || iv_str_starts(plain, "./"));
	out = encode(arena, out, written, form);
done:
	iv_buf_release(&buf);
	return out;
}
