/*
 * The past as acts: one thread reads commits, trees and versions of notes from git, this one parses
 * and compares them. Both take about as long.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "vcs/blobs.h"
#include "vcs/walk.h"

/*
 * What was read and not yet taken: so many pieces, and versions of so many bytes. To wake the other
 * thread costs more than a piece does, so both are woken for some of them.
 */
#define PIECES_AHEAD 512
#define PIECES_WORTH 64
#define BYTES_AHEAD ((size_t)16 << 20)

/* A commit, then a piece for each of its notes, then one that ends it. */
enum piece_kind { PIECE_COMMIT, PIECE_NOTE, PIECE_END };
struct piece {
	enum piece_kind kind;
	struct vcs_commit commit; /* at its end, too; texts are the walk's */
	char *why;                /* the commit's trees could not be read */
	char *path, *from;
	struct vcs_blob *before, *after;
};

struct past {
	struct iv_repo *repo;
	const struct iv_past_reader *reader;
	struct vcs_walk walk;
	struct vcs_trees trees;
	struct vcs_blobs blobs;
	struct iv_error error; /* of the reading thread */
	int rc;

	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t more, less;
	struct piece pieces[PIECES_AHEAD];
	size_t first, count, bytes;
	bool ended, stop;
};

/* ---- between the threads ---- */

static size_t size_of(const struct piece *piece)
{
	return (piece->before ? piece->before->len : 0) + (piece->after ? piece->after->len : 0);
}

static void drop(struct past *past, struct piece *piece)
{
	vcs_blobs_drop(&past->blobs, piece->before);
	vcs_blobs_drop(&past->blobs, piece->after);
	free(piece->path);
	free(piece->from);
	free(piece->why);
}

/* False when nobody wants more. */
static bool give(struct past *past, struct piece piece)
{
	bool wanted;

	pthread_mutex_lock(&past->lock);
	while (!past->stop && past->count &&
	       (past->count == PIECES_AHEAD || past->bytes > BYTES_AHEAD)) {
		pthread_cond_signal(&past->more);
		pthread_cond_wait(&past->less, &past->lock);
	}
	wanted = !past->stop;
	if (wanted) {
		past->pieces[(past->first + past->count++) % PIECES_AHEAD] = piece;
		past->bytes += size_of(&piece);
		if (past->count == PIECES_WORTH)
			pthread_cond_signal(&past->more);
	}
	pthread_mutex_unlock(&past->lock);
	if (!wanted)
		drop(past, &piece);
	return wanted;
}

/* False at the end. */
static bool next(struct piece *out, struct past *past)
{
	bool any;

	pthread_mutex_lock(&past->lock);
	while (!past->count && !past->ended) {
		pthread_cond_signal(&past->less);
		pthread_cond_wait(&past->more, &past->lock);
	}
	any = past->count > 0;
	if (any) {
		*out = past->pieces[past->first];
		past->first = (past->first + 1) % PIECES_AHEAD;
		past->count--;
		past->bytes -= size_of(out);
		if (past->count == PIECES_AHEAD - PIECES_WORTH)
			pthread_cond_signal(&past->less);
	}
	pthread_mutex_unlock(&past->lock);
	return any;
}

static void set_flag(struct past *past, bool *flag)
{
	pthread_mutex_lock(&past->lock);
	*flag = true;
	pthread_cond_broadcast(&past->more);
	pthread_cond_broadcast(&past->less);
	pthread_mutex_unlock(&past->lock);
}

/* ---- the thread that reads ---- */

static bool known(void *data, const git_oid *id, struct vcs_commit *out)
{
	struct past *past = data;
	struct iv_past_commit commit = {0};
	char hex[GIT_OID_HEXSZ + 1];
	git_oid *parents;

	git_oid_tostr(hex, sizeof(hex), id);
	if (!past->reader->known || !past->reader->known(past->reader->data, hex, &commit))
		return false;
	parents = iv_arena_alloc(past->walk.arena, (commit.parent_count + 1) * sizeof(*parents));
	for (size_t i = 0; i < commit.parent_count; i++)
		if (git_oid_fromstr(&parents[i], commit.parents[i]))
			return false;
	out->parents = parents;
	out->parent_count = commit.parent_count;
	out->time = commit.time;
	return true;
}

static bool give_move(struct past *past, const struct vcs_move *move)
{
	struct piece piece = {
		.kind = PIECE_NOTE,
		.path = iv_strdup(move->path),
		.from = move->from ? iv_strdup(move->from) : NULL,
	};

	if (!git_oid_is_zero(&move->after))
		piece.after = vcs_blobs_after(&past->blobs, &move->after, move->path);
	if (!git_oid_is_zero(&move->before))
		piece.before = vcs_blobs_before(&past->blobs, &move->before,
						move->from ? move->from : move->path);
	return give(past, piece);
}

/* The reason is the caller's to free, or NULL. */
static char *find_moves(struct vcs_moves *out, struct past *past, const struct vcs_commit *commit)
{
	struct iv_error error = IV_ERROR_INIT;
	char *why = NULL;

	if (vcs_walk_compare(out, &past->trees, &past->walk, commit, &error))
		why = iv_strdup(error.message);
	else
		vcs_moves_pair(out, past->repo);
	iv_error_release(&error);
	return why;
}

static bool give_commit(struct past *past, const struct vcs_commit *commit)
{
	struct piece piece = {.kind = PIECE_COMMIT, .commit = *commit};
	struct vcs_moves moves = {0};
	bool wanted, whole;

	if (!commit->known && !commit->cut)
		piece.why = find_moves(&moves, past, commit);
	whole = !piece.why;
	wanted = give(past, piece);
	for (size_t i = 0; wanted && whole && i < moves.count; i++)
		wanted = give_move(past, &moves.items[i]);
	vcs_moves_release(&moves);
	return wanted && give(past, (struct piece){.kind = PIECE_END, .commit = *commit});
}

static void *read_past(void *data)
{
	struct past *past = data;
	struct vcs_commit commit;
	int rc;

	while ((rc = vcs_walk_next(&commit, &past->walk, &past->error)) == 1)
		if (!give_commit(past, &commit))
			break;
	past->rc = rc < 0 ? rc : IV_OK;
	set_flag(past, &past->ended);
	return NULL;
}

/* ---- the thread that takes ---- */

struct taker {
	struct past *past;
	const struct iv_syntax *syntax;
	struct iv_arena *arena; /* of one commit */
	struct iv_past_commit commit;
	struct iv_past_note *notes;
	size_t count, capacity;
};

static const char *hex_of(struct iv_arena *arena, const git_oid *id)
{
	char *hex = iv_arena_alloc(arena, GIT_OID_HEXSZ + 1);

	return git_oid_tostr(hex, GIT_OID_HEXSZ + 1, id);
}

static iv_day day_of(struct vcs_when when)
{
	int64_t seconds = when.seconds + (int64_t)when.zone * 60;

	return (iv_day)(seconds / 86400 - (seconds % 86400 < 0));
}

static void begin(struct taker *taker, const struct piece *piece)
{
	const struct vcs_commit *commit = &piece->commit;
	const char **parents;

	iv_arena_reset(taker->arena);
	parents = iv_arena_calloc(taker->arena, commit->parent_count + 1, sizeof(*parents));
	for (size_t i = 0; i < commit->parent_count; i++)
		parents[i] = hex_of(taker->arena, &commit->parents[i]);
	taker->count = 0;
	taker->commit = (struct iv_past_commit){
		.id = hex_of(taker->arena, &commit->id),
		.parents = parents,
		.parent_count = commit->parent_count,
		.time = commit->time,
		.written = commit->when.seconds,
		.zone = commit->when.zone,
		.day = day_of(commit->when),
		.author = commit->author.ptr,
		.email = commit->email.ptr,
		.subject = commit->subject.ptr,
		.cut = commit->cut,
		.unreadable = piece->why != NULL,
		.why = piece->why ? iv_arena_str(taker->arena, iv_str_of(piece->why)).ptr : NULL,
	};
}

static const struct iv_note *note_of(struct taker *taker, struct vcs_blob *blob)
{
	if (!blob || !blob->bytes)
		return NULL;
	if (!blob->note)
		blob->note = iv_note_parse(iv_str_of(blob->path),
					   (struct iv_str){blob->bytes, blob->len}, taker->syntax);
	return blob->note;
}

static struct iv_str keep(struct iv_arena *arena, struct iv_str text)
{
	return text.ptr ? iv_arena_str(arena, text) : text;
}

/* A commit may have many thousands of notes: what was found goes as soon as it is copied. */
static const struct iv_act *copy_acts(size_t *count, struct iv_arena *arena,
				      const struct iv_acts *acts)
{
	struct iv_act *copies;
	size_t own = 0;

	for (size_t i = 0; i < acts->count; i++)
		own += !acts->items[i].implied;
	copies = iv_arena_calloc(arena, own + 1, sizeof(*copies));
	for (size_t i = 0; i < acts->count; i++) {
		struct iv_act act = acts->items[i];
		if (act.implied)
			continue;
		act.note = keep(arena, act.note);
		act.who = keep(arena, act.who);
		act.name = keep(arena, act.name);
		act.other = keep(arena, act.other);
		act.field = keep(arena, iv_str_of(act.field)).ptr;
		act.text = keep(arena, act.text);
		act.was = keep(arena, act.was);
		act.now = keep(arena, act.now);
		copies[(*count)++] = act;
	}
	return copies;
}

static const char *why_of(struct iv_arena *arena, const struct piece *piece)
{
	const char *why = piece->before ? piece->before->why : NULL;

	if (!why && piece->after)
		why = piece->after->why;
	return why ? iv_arena_str(arena, iv_str_of(why)).ptr : NULL;
}

static void add_note(struct taker *taker, const struct piece *piece)
{
	const struct iv_note *before = note_of(taker, piece->before);
	const struct iv_note *after = note_of(taker, piece->after), *known = after ? after : before;
	const struct iv_acts_how how = {.today = taker->commit.day};
	struct iv_arena *arena = taker->arena;
	struct iv_acts acts = {0};
	struct iv_past_note note = {
		.key = "",
		.name = "",
		.path = iv_arena_str(arena, iv_str_of(piece->path)).ptr,
		.from = piece->from ? iv_arena_str(arena, iv_str_of(piece->from)).ptr : NULL,
		.kind = !piece->before  ? IV_PAST_ADDED
			: !piece->after ? IV_PAST_REMOVED
					: IV_PAST_CHANGED,
		.unreadable = !!piece->before != !!before || !!piece->after != !!after,
		.why = why_of(arena, piece),
	};

	if (known) {
		note.type = known->type;
		note.key = iv_arena_str(arena, known->key).ptr;
		note.name = iv_arena_str(arena, known->name).ptr;
	}
	if (!note.unreadable)
		iv_acts_find(&acts, before, after, &how);
	note.acts = copy_acts(&note.act_count, arena, &acts);
	iv_acts_release(&acts);
	taker->notes = iv_grow(taker->notes, taker->count, &taker->capacity, sizeof(note));
	taker->notes[taker->count++] = note;
}

static int end(struct taker *taker, const struct piece *piece, struct iv_error *error)
{
	const struct iv_past_reader *reader = taker->past->reader;

	taker->commit.notes = taker->notes;
	taker->commit.note_count = taker->count;
	return reader->take(reader->data, &taker->commit, piece->commit.known, error);
}

static int take_all(struct past *past, struct iv_error *error)
{
	struct taker taker = {
		.past = past,
		.syntax = iv_config_syntax(iv_vault_config(past->repo->vault)),
		.arena = iv_arena_new(),
	};
	struct piece piece;
	int rc = IV_OK;

	while (!rc && next(&piece, past)) {
		switch (piece.kind) {
		case PIECE_COMMIT: begin(&taker, &piece); break;
		case PIECE_NOTE: add_note(&taker, &piece); break;
		case PIECE_END: rc = end(&taker, &piece, error); break;
		}
		drop(past, &piece);
	}
	free(taker.notes);
	iv_arena_free(taker.arena);
	return rc;
}

/* ---- the whole ---- */

static int run(struct past *past, struct iv_error *error)
{
	pthread_t thread;
	struct piece piece;
	int rc;

	if (pthread_create(&thread, NULL, read_past, past))
		return iv_error_set(error, IV_EIO, "cannot start a thread");
	rc = take_all(past, error);
	set_flag(past, &past->stop);
	pthread_join(thread, NULL);
	while (next(&piece, past))
		drop(past, &piece);
	if (!rc && past->rc)
		rc = iv_error_set(error, past->rc, "%s", past->error.message);
	iv_error_release(&past->error);
	return rc;
}

int iv_repo_past(struct iv_repo *repo, const char *revision, const struct iv_past_reader *reader,
		 struct iv_error *error)
{
	struct past *past = iv_calloc(1, sizeof(*past));
	int rc;

	past->repo = repo;
	past->reader = reader;
	pthread_mutex_init(&past->lock, NULL);
	pthread_cond_init(&past->more, NULL);
	pthread_cond_init(&past->less, NULL);
	rc = vcs_walk_begin(&past->walk, repo, revision, known, past, error);
	vcs_trees_init(&past->trees, past->walk.odb);
	past->trees.trusted = true;
	vcs_blobs_init(&past->blobs, past->walk.odb);
	if (!rc)
		rc = run(past, error);
	vcs_blobs_release(&past->blobs);
	vcs_trees_release(&past->trees);
	vcs_walk_release(&past->walk);
	pthread_cond_destroy(&past->less);
	pthread_cond_destroy(&past->more);
	pthread_mutex_destroy(&past->lock);
	free(past);
	return rc;
}
