/* A refresh: walk, compare, read what changed, write it, settle references. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/indexes.h"
#include "index/links.h"
#include "index/settle.h"
#include "index/stamp.h"

#define AFFECTED_MAX 2000 /* above this, or a tenth of all notes, all findings are made anew */
#define SIFT_MAX 64       /* suspects that are looked at before anything is locked */
#define TALK_FROM 2000    /* notes; fewer take no time worth a word */
#define TALK_EVERY 512

/* ---- the walk, on a thread of its own ---- */

struct walk {
	struct iv_source *source;
	struct iv_listing listing;
	struct iv_error error;
	int64_t started; /* nanoseconds since 1970 */
	int rc;
	pthread_t thread;
	bool threaded, joined;
};

static void *run_walk(void *data)
{
	struct walk *walk = data;
	walk->rc = walk->source->list(walk->source, &walk->listing, &walk->error);
	return NULL;
}

static void start_walk(struct walk *walk, struct iv_source *source)
{
	struct timespec now;

	*walk = (struct walk){.source = source, .error = IV_ERROR_INIT};
	clock_gettime(CLOCK_REALTIME, &now);
	walk->started =
		source->immutable ? INT64_MAX : (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	walk->threaded = !pthread_create(&walk->thread, NULL, run_walk, walk);
	if (!walk->threaded)
		run_walk(walk);
}

static int finish_walk(struct walk *walk, struct iv_error *error)
{
	if (walk->threaded && !walk->joined)
		pthread_join(walk->thread, NULL);
	walk->joined = true;
	if (!walk->rc)
		return 0;
	iv_error_set(error, walk->rc, "%s",
		     walk->error.message ? walk->error.message : "cannot list the notes");
	if (walk->error.path)
		iv_error_at(error, walk->error.path, walk->error.pos);
	return walk->rc;
}

static void release_walk(struct walk *walk)
{
	finish_walk(walk, NULL);
	iv_listing_release(&walk->listing);
	iv_error_release(&walk->error);
}

/* ---- one update ---- */

struct update {
	struct iv_index *index;
	struct iv_source *source;
	struct walk *walk;
	struct iv_changes *out;
	struct iv_stock stock;
	struct iv_suspects suspects;
	struct iv_arena *scratch;
	struct iv_pending pending;
	struct iv_names *names;
	struct iv_writer *writer;
	struct iv_shift *shift;       /* NULL in a first build, where every name is new */
	struct iv_affected *affected; /* NULL there too */
	struct iv_stamps stamps;
	struct iv_resolver resolver;
	struct iv_settle settle;
	struct iv_indexes indexes; /* dropped for a first build */
	struct iv_links *links;
	char links_now[17];
	bool links_differ; /* from those that references were resolved with */
};

static const struct iv_syntax *syntax_of(const struct update *update)
{
	return iv_config_syntax(iv_index_config(update->index));
}

static int64_t limit_of(const struct update *update)
{
	int64_t tenth = (int64_t)(update->walk->listing.count / 10);
	return tenth < AFFECTED_MAX && tenth > 64 ? tenth : tenth <= 64 ? 64 : AFFECTED_MAX;
}

/* Are notes to be read as they were when the index was made? If not it starts afresh. */
static int check_reading(struct iv_index *index, struct iv_error *error)
{
	char now[17];
	char *then = iv_index_meta(index, "reading");
	int rc = 0;

	snprintf(now, sizeof(now), "%016" PRIx64, iv_config_reading(iv_index_config(index)));
	if (!index->fresh && (!then || !iv_str_is(iv_str_of(now), then)))
		rc = iv_index_start(index, false, error);
	if (!rc && index->fresh)
		rc = iv_index_set_meta(index, "reading", now, error);
	free(then);
	return rc;
}

static void compare_links(struct update *update)
{
	char *then = iv_index_meta(update->index, "links");

	if (!update->links)
		update->links = iv_links_new(&update->walk->listing);
	snprintf(update->links_now, sizeof(update->links_now), "%016" PRIx64,
		 iv_links_hash(update->links));
	update->links_differ = !then || !iv_str_is(iv_str_of(update->links_now), then);
	free(then);
}

/* Rows of the index against the walk's entries. */
static int compare(struct update *update, struct iv_error *error)
{
	int rc = 0;

	iv_suspects_release(&update->suspects);
	iv_stock_release(&update->stock);
	update->suspects = (struct iv_suspects){0};
	if (!update->index->fresh)
		rc = iv_stock_read(&update->stock, update->index, error);
	if (!rc)
		rc = finish_walk(update->walk, error);
	if (rc)
		return rc;
	iv_stock_compare(&update->suspects, &update->stock, &update->walk->listing,
			 update->walk->started);
	compare_links(update);
	return 0;
}

static bool times_differ(const struct iv_read *read)
{
	const struct iv_stamp *old = read->suspect->old;
	const struct iv_entry *entry = read->suspect->entry;

	return old->size != entry->size || old->mtime != entry->mtime ||
	       old->ctime != entry->ctime || old->inode != entry->inode ||
	       old->racy != (read->retry || read->suspect->racy);
}

/*
 * Drops suspects that are what they were in every respect, such as files that cannot be read: no
 * lock is needed to find that nothing changed.
 */
static void sift(struct update *update)
{
	struct iv_suspects *suspects = &update->suspects;
	size_t kept = 0;

	if (suspects->count > SIFT_MAX)
		return;
	for (size_t i = 0; i < suspects->count; i++) {
		struct iv_suspect suspect = suspects->items[i];
		struct iv_read read = {0};
		bool drop = false;
		if (suspect.old) {
			iv_read_one(&read, update->source, syntax_of(update), &suspect);
			drop = read.same && !times_differ(&read);
			iv_read_release(&read);
		}
		if (!drop)
			suspects->items[kept++] = suspect;
	}
	suspects->count = kept;
}

static bool is_current(const struct update *update)
{
	return !update->index->fresh && update->suspects.count == 0 &&
	       update->suspects.removed == 0 && !update->links_differ;
}

/* Takes the write lock; what another process wrote meanwhile is compared anew. */
static int begin(struct update *update, struct iv_error *error)
{
	int rc;

	if (update->index->fresh)
		return 0;
	rc = iv_index_begin(update->index, error);
	if (!rc && iv_stock_version(update->index) != update->stock.version) {
		rc = check_reading(update->index, error);
		if (!rc)
			rc = compare(update, error);
	}
	return rc;
}

/* ---- writing ---- */

/* From here on single steps are not worth tracking: everything is looked at. */
static void go_large(struct update *update)
{
	if ((int64_t)update->out->read <= limit_of(update))
		return;
	update->out->all = true;
}

static int before_change(struct update *update, int64_t note, struct iv_error *error)
{
	int rc = 0;

	update->out->any = true;
	go_large(update);
	if (update->shift && !update->out->all)
		rc = iv_shift_before(update->shift, note, error);
	if (!rc && note && update->affected && !update->out->all)
		rc = iv_affected_add(update->affected, note, error);
	if (!rc && note)
		rc = iv_writer_remove(update->writer, note, error);
	return rc;
}

static int after_change(struct update *update, int64_t note, struct iv_error *error)
{
	int rc = 0;

	if (update->out->all)
		return 0;
	rc = iv_writer_flush(update->writer, error);
	if (!rc && update->shift)
		rc = iv_shift_after(update->shift, note, error);
	if (!rc && update->affected)
		rc = iv_affected_add(update->affected, note, error);
	return rc;
}

static int remove_note(struct update *update, int64_t note, struct iv_error *error)
{
	int rc;

	update->out->read++;
	iv_stamps_touch(&update->stamps, note);
	rc = before_change(update, note, error);
	return rc ? rc : after_change(update, note, error);
}

static int stamp_first(struct update *update, const struct iv_read *read, int64_t note,
		       struct iv_error *error)
{
	const struct iv_entry *entry = read->suspect->entry;
	struct iv_stamp stamp = {
		.note = note,
		.mtime = entry->mtime,
		.ctime = entry->ctime,
		.hash = read->hash,
		.size = entry->size,
		.inode = entry->inode,
		.racy = read->retry || read->suspect->racy,
	};

	return iv_stamps_put(&update->stamps, stamp, entry->path, error);
}

static int put_note(struct update *update, const struct iv_read *read, struct iv_error *error)
{
	int64_t note = read->suspect->old ? read->suspect->old->note : 0;
	int rc;

	update->out->read++;
	rc = before_change(update, note, error);
	if (!rc)
		rc = iv_writer_put(update->writer, read, &note, error);
	if (!rc && update->index->fresh)
		rc = stamp_first(update, read, note, error);
	else if (!rc)
		iv_stamps_touch(&update->stamps, note);
	return rc ? rc : after_change(update, note, error);
}

static int take(struct update *update, const struct iv_read *read, struct iv_error *error)
{
	const struct iv_stamp *old = read->suspect->old;

	if (read->gone) {
		update->out->seen--;
		return old ? remove_note(update, old->note, error) : 0;
	}
	if (!read->same)
		return put_note(update, read, error);
	if (!times_differ(read))
		return 0;
	iv_stamps_touch(&update->stamps, old->note);
	return iv_writer_touch(update->writer, read, error);
}

static void say_progress(const struct update *update, size_t done)
{
	const struct iv_index_talk *talk = &update->index->keeping.talk;

	if (talk->progress && update->suspects.count >= TALK_FROM &&
	    (done % TALK_EVERY == 0 || done == update->suspects.count))
		talk->progress(talk->data, done, update->suspects.count);
}

static int remove_gone(struct update *update, struct iv_error *error)
{
	const struct iv_stock *stock = &update->stock;
	const struct iv_stamp *stamp;
	int rc = 0;

	for (size_t at = 0; !rc && (stamp = iv_stamp_next(stock->data, &at, stock->len));)
		if (!stamp->seen)
			rc = remove_note(update, stamp->note, error);
	return rc;
}

static int take_all(struct update *update, struct iv_error *error)
{
	struct iv_intake *intake =
		iv_intake_new(update->source, syntax_of(update), &update->suspects);
	const struct iv_read *read;
	size_t done = 0;
	int rc = 0;

	while (!rc && (read = iv_intake_next(intake))) {
		rc = take(update, read, error);
		say_progress(update, ++done);
	}
	iv_intake_free(intake);
	if (!rc && update->suspects.removed)
		rc = remove_gone(update, error);
	return rc ? rc : iv_writer_flush(update->writer, error);
}

/* ---- settling ---- */

/* Work on nothing but memory, beside what this thread writes. */
struct beside {
	pthread_t thread;
	bool threaded;
	void *(*work)(void *update);
	struct update *update;
};

static struct beside beside_begin(struct update *update, void *(*work)(void *update))
{
	struct beside beside = {.work = work, .update = update};

	beside.threaded = !pthread_create(&beside.thread, NULL, work, update);
	return beside;
}

static void beside_end(struct beside *beside)
{
	if (beside->threaded)
		pthread_join(beside->thread, NULL);
	else
		beside->work(beside->update);
}

static void *seal(void *data)
{
	iv_names_seal(((struct update *)data)->names);
	return NULL;
}

static void *resolve(void *data)
{
	iv_settle_resolve(&((struct update *)data)->settle);
	return NULL;
}

/* All names are at hand: they are sorted, and what they mean is found out, while the rest is written. */
static int settle_first(struct update *update, struct iv_error *error)
{
	struct iv_db *db = update->index->db;
	struct beside beside = beside_begin(update, seal);
	int rc = iv_stamps_write(&update->stamps, error);

	if (!rc)
		rc = iv_db_exec(db, update->indexes.others, error);
	beside_end(&beside);
	beside = beside_begin(update, resolve);
	if (!rc)
		rc = iv_names_write(update->names, error);
	if (!rc)
		rc = iv_db_exec(db, update->indexes.names, error);
	beside_end(&beside);
	if (!rc)
		rc = iv_settle_pending(&update->settle, error);
	return rc ? rc : iv_db_exec(db, update->indexes.refs, error);
}

static int settle(struct update *update, struct iv_error *error)
{
	struct iv_settle *settle = &update->settle;
	bool small = !update->out->all;
	int rc = small ? 0 : iv_names_load(update->names, error);

	if (small)
		settle->affected = update->affected;
	if (!rc)
		rc = iv_settle_pending(settle, error);
	if (!rc)
		rc = small ? iv_settle_shift(settle, update->shift, error)
			   : iv_settle_all(settle, error);
	if (!rc && small)
		rc = iv_affected_finish(&update->out->all, update->affected, error);
	return rc;
}

/* ---- the whole ---- */

static int prepare(struct update *update, struct iv_error *error)
{
	struct iv_db *db = update->index->db;
	bool fresh = update->index->fresh;
	int rc;

	iv_pending_init(&update->pending);
	update->scratch = iv_arena_new();
	update->names = iv_names_new(db);
	update->out->all = fresh;
	update->stamps.db = db;
	update->resolver = (struct iv_resolver){update->names, iv_index_config(update->index),
						update->scratch, update->links};
	update->settle = (struct iv_settle){
		.db = db, .resolver = &update->resolver, .pending = &update->pending};
	rc = iv_affected_new(&update->affected, db, limit_of(update), error);
	if (!rc && !fresh)
		rc = iv_shift_new(&update->shift, db, error);
	if (!rc)
		rc = iv_writer_new(&update->writer, db, &update->pending,
				   fresh ? update->names : NULL, error);
	return rc;
}

static void release(struct update *update)
{
	iv_writer_free(update->writer);
	iv_shift_free(update->shift);
	iv_affected_free(update->affected);
	iv_names_free(update->names);
	if (update->pending.arena)
		iv_pending_release(&update->pending);
	if (update->scratch)
		iv_arena_free(update->scratch);
	iv_suspects_release(&update->suspects);
	iv_stock_release(&update->stock);
	iv_stamps_release(&update->stamps);
	iv_settle_release(&update->settle);
	iv_indexes_release(&update->indexes);
	iv_links_free(update->links);
}

/* A symlink that came or went: whatever is called broken may not be, and the other way round. */
static int keep_links(struct update *update, struct iv_error *error)
{
	if (!update->links_differ)
		return 0;
	update->out->any = update->out->all = true;
	return iv_index_set_meta(update->index, "links", update->links_now, error);
}

static int write_changes(struct update *update, struct iv_error *error)
{
	bool fresh = update->index->fresh;
	int rc = fresh ? iv_indexes_drop(&update->indexes, update->index->db, error) : 0;

	if (!rc)
		rc = prepare(update, error);
	if (!rc)
		rc = keep_links(update, error);
	if (!rc)
		rc = take_all(update, error);
	if (!rc && fresh)
		rc = settle_first(update, error);
	else if (!rc)
		rc = iv_stamps_write(&update->stamps, error);
	if (!rc && !fresh && update->out->any)
		rc = settle(update, error);
	update->out->any |= fresh;
	return rc;
}

static int update_once(struct update *update, struct iv_error *error)
{
	int rc = check_reading(update->index, error);

	if (!rc)
		rc = compare(update, error);
	if (rc)
		return rc;
	*update->out = (struct iv_changes){.seen = update->walk->listing.count};
	sift(update);
	if (is_current(update))
		return 0;
	rc = begin(update, error);
	if (!rc)
		rc = write_changes(update, error);
	if (!rc && !update->out->any)
		rc = iv_index_commit(update->index, error);
	return rc;
}

int iv_index_update(struct iv_changes *out, struct iv_index *index, struct iv_source *source,
		    struct iv_error *error)
{
	struct iv_error own = IV_ERROR_INIT;
	struct walk walk;
	int rc;

	start_walk(&walk, source);
	for (;;) {
		struct update update = {
			.index = index, .source = source, .walk = &walk, .out = out};
		rc = update_once(&update, &own);
		release(&update);
		if (!rc || walk.rc || !iv_index_heal(index, &own))
			break;
	}
	if (rc) {
		iv_index_rollback(index);
		iv_error_set(error, rc, "%s", own.message ? own.message : "cannot update");
		if (own.path)
			iv_error_at(error, own.path, own.pos);
	}
	iv_error_release(&own);
	release_walk(&walk);
	return rc;
}
