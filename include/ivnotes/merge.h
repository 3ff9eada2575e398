/*
 * Stage: three versions of a note -> one. Base is what both sides began with. Pure: no file is
 * opened, git is not asked; merging by lines is the caller's, as iv_lines_merge() of vcs.h does it.
 *
 * Whatever either side changed is in what comes out, or stands between markers with what the other
 * side says:
 *
 *	<<<<<<< ours
 *	role: Head of Research
 *	=======
 *	role: Director
 *	>>>>>>> theirs
 *
 * What comes out is read back before it counts. Where that does not prove that nothing is lost,
 * both versions stand whole between markers.
 */
#ifndef IVNOTES_MERGE_H
#define IVNOTES_MERGE_H

#include <ivnotes/note.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iv_merge_how;

/* What becomes of lines that both sides changed. */
enum iv_merge_favor {
	IV_MERGE_MARK, /* both, between markers */
	IV_MERGE_OURS,
	IV_MERGE_THEIRS
};

/*
 * Merges texts by lines into *out, which the caller frees; *conflicts tells whether markers stand
 * in it. IV_ELIMIT, IV_EIO.
 */
typedef int iv_merge_lines(char **out, size_t *len, bool *conflicts, struct iv_str base,
			   struct iv_str ours, struct iv_str theirs, enum iv_merge_favor favor,
			   const struct iv_merge_how *how, struct iv_error *error);

struct iv_merge_how {
	/* Behind the markers; NULL or "": `ours`, `theirs`. */
	const char *ours_label, *theirs_label;
	const char *base_label; /* NULL: conflicts do not show the base */
	/* 7 where it is less; longer where lines of the note would be taken for markers. */
	unsigned marker_size;
	/* What the vault's config says about reading notes; NULL: the defaults. */
	const struct iv_syntax *syntax;
	iv_merge_lines *lines;
};

struct iv_merged {
	char *bytes; /* with a NUL behind them; the caller frees */
	size_t len;
	bool conflicts; /* markers stand in it */
};

/*
 * Merges what both sides made of a note. `path` is the note's path in the vault. An empty base: both
 * have added it. Never fails: any bytes are taken, and any trouble gives both versions whole.
 */
IV_API void iv_merge(struct iv_merged *out, struct iv_str path, struct iv_str base,
		     struct iv_str ours, struct iv_str theirs, const struct iv_merge_how *how);

/* Both versions whole, between markers. */
IV_API void iv_merge_whole(struct iv_merged *out, struct iv_str base, struct iv_str ours,
			   struct iv_str theirs, const struct iv_merge_how *how);

#ifdef __cplusplus
}
#endif

#endif
