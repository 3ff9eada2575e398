/* Rules of one's own: files of a vault -> rules, or a word on what is wrong with a file. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "rules/rule.h"

/* Each may take seconds where it is hostile; nobody waits for thousands. */
#define OWN_MAX 64

static void add_fault(struct iv_rules *rules, const char *path, struct iv_pos pos,
		      const char *message)
{
	IV_GROW(rules->faults, rules->fault_count, rules->fault_capacity);
	rules->faults[rules->fault_count++] = (struct iv_rule_fault){
		.path = path,
		.pos = pos,
		.message = iv_arena_str(rules->arena, iv_str_of(message)).ptr,
	};
}

static void read_file(struct iv_rules *rules, const struct iv_file *file, const char *path)
{
	struct iv_error error = IV_ERROR_INIT;
	struct iv_str text = iv_str_without_bom(iv_arena_str(rules->arena, file->bytes));

	if (!iv_rule_read_own(&rules->rules[rules->count], rules, path, text.ptr, &error))
		rules->count++;
	else
		add_fault(rules, path, error.pos, error.message);
	iv_error_release(&error);
}

void iv_own_read(struct iv_rules *rules, const struct iv_files *files)
{
	struct iv_pos all = {0, 0};
	size_t ours = rules->count;

	for (size_t i = 0; i < files->count; i++) {
		const struct iv_file *file = &files->items[i];
		const char *path = iv_arena_str(rules->arena, iv_str_of(file->path)).ptr;

		if (file->trouble)
			add_fault(rules, path, all, file->trouble);
		else if (rules->count - ours == OWN_MAX)
			add_fault(rules, path, all, "more than 64 rules of one's own");
		else
			read_file(rules, file, path);
		rules->hash = rules->hash * 31 + iv_hash(iv_str_of(path));
		rules->hash = rules->hash * 31 + iv_hash(file->bytes);
	}
}
