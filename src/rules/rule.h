/* What the files of this folder know of the rules. Nobody else includes it. */
#ifndef IV_RULES_RULE_H
#define IV_RULES_RULE_H

#include <ivnotes/rules.h>

#include "base/date.h"
#include "base/meant.h"
#include "base/mem.h"
#include "base/str.h"

/*
 * What a setting's text has to be; `minutes` reach SQL as a bare number, and `words`, some of those
 * of the default, as `one,other-one`. Patterns are the rule's own, which the config adds to: a line
 * each, those of comments begin with '#'.
 */
enum value_kind { VALUE_TEXT, VALUE_SPAN, VALUE_MINUTES, VALUE_COUNT, VALUE_WORDS, VALUE_PATTERNS };

/* A setting of a rule, as its header and the config give it. */
struct value {
	struct iv_rule_setting setting;
	enum value_kind kind;
	const char *text;  /* in force, as written */
	const char *plain; /* in force, as SQL reads it */
	uint32_t line;     /* of the file where a rule's own patterns begin */
};

/* The settings that effects need, parsed once. */
struct bounds {
	struct iv_span lapse;
	iv_day search_ended; /* IV_NO_DAY while it goes on */
	struct iv_holidays holidays;
};

struct iv_rules {
	struct iv_arena *arena;
	const struct iv_config *config;
	struct iv_rule *rules; /* sorted by id */
	bool *fixed;           /* the config says the severity, which rows then cannot soften */
	size_t count;
	struct value *values;
	size_t value_count, value_capacity;
	struct iv_config_problem *problems;
	size_t problem_count, problem_capacity;
	struct iv_rule_fault *faults;
	size_t fault_count, fault_capacity;
	const char *holidays; /* separated by commas */
	struct bounds bounds;
	uint64_t hash; /* changes with every rule and every setting */
};

/*
 * Reads the header of a rule's file into *out; what it says of settings is added to
 * rules->values. IV_EINPUT with file and line when something is missing or not understood.
 */
int iv_rule_read(struct iv_rule *out, struct iv_rules *rules, const char *name, const char *text,
		 struct iv_error *error);
/*
 * The same of a rule of one's own, which may leave out scope, why, source and remedy, and whose id
 * must be that of no rule read before. Path and text must live as long as the rules.
 */
int iv_rule_read_own(struct iv_rule *out, struct iv_rules *rules, const char *path,
		     const char *text, struct iv_error *error);
/* Adds the rules of these files to rules->rules, which has room, and to rules->faults the rest. */
void iv_own_read(struct iv_rules *rules, const struct iv_files *files);

/* Adds to a rule's patterns those that the config has for it; what does not compile is a problem. */
void iv_patterns_apply(struct iv_rules *rules, struct value *value);
/* Takes the words that the config chooses for a setting; an unknown one is a problem. */
void iv_words_apply(struct iv_rules *rules, struct value *value);
void iv_rules_problem(struct iv_rules *rules, struct iv_pos pos, const char *message);

/* A setting of a rule, or NULL. */
struct value *iv_rules_value(const struct iv_rules *rules, const char *key);

/* Is the text what the kind wants? Then *plain is how SQL reads it, in the arena. */
bool iv_value_read(const char **plain, struct iv_arena *arena, enum value_kind kind,
		   struct iv_str text);

/* The first day of which the index keeps all findings; IV_NO_DAY: of any. */
iv_day iv_rules_horizon(struct iv_index *index);

/* Applies the config to the rules as their headers have them; rules->problems says what failed. */
void iv_rules_apply(struct iv_rules *rules);

/* Offers the ids of all rules. */
void iv_rules_offer(struct iv_meant *meant, const struct iv_rules *rules);

/* setting(key) of SQL: iv_setting_fn with the rules as data. */
const char *iv_rules_lookup(void *data, const char *key);
/* no_rule(id) of SQL: iv_hint_fn, "there is no rule 'nugde', did you mean 'nudge'?". */
bool iv_rules_hint(void *data, struct iv_str id, struct iv_buf *out);

#endif
