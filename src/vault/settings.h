/*
 * The table of settings: every key of `.ivnotes/config.yaml` that belongs to the vault as a whole,
 * with its default. `init` writes it out commented, ivnotes-config(5) lists it, the config is
 * checked against it. Settings of single rules are not here: they come from the rules' headers.
 */
#ifndef IV_VAULT_SETTINGS_H
#define IV_VAULT_SETTINGS_H

#include "base/mem.h"
#include "base/str.h"

enum iv_setting_kind {
	IV_SETTING_TEXT,
	IV_SETTING_TEXTS, /* a list; one value serves as a list */
	IV_SETTING_CHOICE,
	IV_SETTING_DAY,
	IV_SETTING_DAYS,
	IV_SETTING_SPAN,
	IV_SETTING_MAP /* keys of the user's own below it: `folders: {people: contact}` */
};

struct iv_setting_def {
	const char *key;
	enum iv_setting_kind kind;
	const char *value;   /* the default as YAML; "" where there is none */
	const char *example; /* a value worth showing where there is no default, or NULL */
	const char *const
		*choices; /* of a choice, or of the values of a map: NULL-ended; or NULL */
	bool reading;     /* decides how notes are read, or which */
	const char *summary;
};

extern const struct iv_setting_def iv_settings[];
extern const size_t iv_setting_count;

/* The setting of this name, or of the map that a dotted key lies in; NULL when there is none. */
const struct iv_setting_def *iv_setting_find(struct iv_str key);

/*
 * The key that a spelling and its value mean: `nudge: off` and `nudge.severity: info` are
 * `severity.nudge`; every other is itself.
 */
struct iv_str iv_setting_key(struct iv_arena *arena, struct iv_str spelling, struct iv_str value);

/*
 * What is wrong with a key, in words; absent where nothing is. Keys that are not in the table may be
 * settings of rules: who knows the rules tells.
 */
struct iv_str iv_setting_check_key(struct iv_arena *arena, struct iv_str key);

/*
 * Checks one text of a setting. Gives it in canonical spelling, or absent with *fault in words when
 * it cannot be used. Settings of rules are taken as they are.
 */
struct iv_str iv_setting_check(struct iv_str *fault, struct iv_arena *arena, struct iv_str key,
			       struct iv_str text);

#endif
