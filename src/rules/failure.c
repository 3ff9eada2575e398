#include "rules/failure.h"

#include <stdlib.h>
#include <string.h>

#include "index/update.h"

struct failures {
	struct iv_arena *arena;
	const char **ids;
	size_t count, capacity;
};

int iv_failures_read(struct failures **out, struct iv_db *db, struct iv_error *error)
{
	struct failures *failures = iv_calloc(1, sizeof(*failures));
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db, "SELECT rule FROM failure", error);

	failures->arena = iv_arena_new();
	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		IV_GROW(failures->ids, failures->count, failures->capacity);
		failures->ids[failures->count++] =
			iv_arena_str(failures->arena, iv_stmt_text(stmt, 0)).ptr;
		rc = 0;
	}
	iv_stmt_free(stmt);
	if (rc) {
		iv_failures_free(failures);
		failures = NULL;
	}
	*out = failures;
	return rc;
}

void iv_failures_free(struct failures *failures)
{
	if (!failures)
		return;
	free(failures->ids);
	iv_arena_free(failures->arena);
	free(failures);
}

bool iv_failures_have(const struct failures *failures, const struct iv_rule *rule)
{
	for (size_t i = 0; failures && i < failures->count; i++)
		if (!strcmp(failures->ids[i], rule->id))
			return true;
	return false;
}

int iv_failure_keep(struct iv_db *db, const struct iv_rule *rule, const struct iv_error *why,
		    struct iv_error *error)
{
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, db,
			     why ? "INSERT OR REPLACE INTO failure VALUES (?1, ?2, ?3, ?4)"
				 : "DELETE FROM failure WHERE rule = ?1",
			     error);

	if (rc)
		return rc;
	iv_stmt_bind_text(stmt, 1, iv_str_of(rule->id));
	if (why) {
		iv_stmt_bind_int(stmt, 2, why->pos.line);
		iv_stmt_bind_int(stmt, 3, why->pos.column);
		iv_stmt_bind_text(stmt, 4, iv_str_of(why->message));
	}
	rc = iv_stmt_run(stmt, error);
	iv_stmt_free(stmt);
	return rc;
}

/* ---- for those who ask ---- */

struct list {
	struct iv_arena *arena;
	struct iv_rule_fault *items;
	size_t count, capacity;
};

static void add(struct list *list, const struct iv_rules *rules, struct iv_stmt *stmt)
{
	struct iv_str id = iv_arena_str(list->arena, iv_stmt_text(stmt, 0));
	const struct iv_rule *rule = iv_rules_find(rules, id.ptr ? id.ptr : "");

	if (!rule || rule->off)
		return;
	IV_GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct iv_rule_fault){
		.rule = rule,
		.path = rule->path,
		.pos = {(uint32_t)iv_stmt_int(stmt, 1), (uint32_t)iv_stmt_int(stmt, 2)},
		.message = iv_arena_str(list->arena, iv_stmt_text(stmt, 3)).ptr,
	};
}

static int find(struct iv_rule_failures *out, struct iv_index *index, const struct iv_rules *rules,
		struct iv_error *error)
{
	struct list list = {.arena = iv_arena_new()};
	struct iv_stmt *stmt;
	int rc = iv_stmt_new(&stmt, iv_index_db(index),
			     "SELECT rule, line, col, message FROM failure ORDER BY rule", error);

	while (!rc && (rc = iv_stmt_step(stmt, error)) == 1) {
		add(&list, rules, stmt);
		rc = 0;
	}
	iv_stmt_free(stmt);
	*out = (struct iv_rule_failures){
		iv_arena_copy(list.arena, list.items, list.count, sizeof(*list.items)), list.count,
		list.arena};
	free(list.items);
	if (rc)
		iv_rule_failures_release(out);
	return rc;
}

static bool has_own(const struct iv_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		if (rules->rules[i].path)
			return true;
	return false;
}

int iv_rule_failures(struct iv_rule_failures *out, struct iv_index *index,
		     const struct iv_rules *rules, struct iv_error *error)
{
	int rc;

	*out = (struct iv_rule_failures){0};
	if (!has_own(rules))
		return 0;
	while ((rc = find(out, index, rules, error)) && iv_index_retry(index, error))
		;
	return rc;
}

void iv_rule_failures_release(struct iv_rule_failures *failures)
{
	iv_arena_free(failures->memory);
	*failures = (struct iv_rule_failures){0};
}
