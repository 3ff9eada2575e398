/*
 * Stage: facts -> findings. A rule says from the notes alone what is owed and by when, or what
 * is wrong and how long; the day one asks on only filters (DESIGN: rules are timeless).
 */
#ifndef IVNOTES_RULES_H
#define IVNOTES_RULES_H

#include <ivnotes/index.h>

#ifdef __cplusplus
extern "C" {
#endif

enum iv_severity { IV_INFO, IV_WARNING, IV_ERROR };
enum iv_rule_kind { IV_RULE_OWED, IV_RULE_UNWISE, IV_RULE_BROKEN };

struct iv_rule_setting {
	const char *key;   /* "nudge.after" */
	const char *value; /* the default */
	const char *summary;
};

/* A rule as its file's header says it. See ivnotes-rules(7) for the keys. */
struct iv_rule {
	const char *id, *summary, *why, *source, *remedy;
	const char *brief; /* the same as the message in a few words, "nudge WHO", or NULL */
	enum iv_rule_kind kind;
	enum iv_severity severity;
	enum iv_severity usual; /* severity without the config */
	bool to_person;         /* owed to a person: pauses and do-not-contact apply */
	bool per_note;          /* scope: note */
	bool lapses;            /* false for `lapse: never` */
	bool search_only;       /* ends with the search: `ends: search` */
	bool agenda_only;       /* `show: agenda`: never a line of check */
	bool optional;          /* `default: off`: the config turns it on */
	const struct iv_rule_setting *settings;
	size_t setting_count;
	const char *sql;
	const char *path; /* of a rule of one's own: its file in the vault; NULL: one of ours */
	bool off;         /* by the config */
};

struct iv_rules;
/*
 * The built-in rules and those of one's own (NULL: none), with the config's severities and
 * settings applied; the config must outlive them. IV_EINPUT when a built-in rule is malformed.
 */
IV_API int iv_rules_new(struct iv_rules **out, const struct iv_config *config,
			const struct iv_files *own, struct iv_error *error);
IV_API void iv_rules_free(struct iv_rules *rules);
/*
 * What the config says of rules and cannot be used: unknown rules and settings, values that cannot
 * be read (the default then holds). Nothing else is stopped by it.
 */
IV_API size_t iv_rules_problems(const struct iv_rules *rules, const struct iv_config_problem **out);
/* What is wrong with a rule of one's own: it finds nothing then, and the others go on. */
struct iv_rule_fault {
	const struct iv_rule *rule; /* NULL: the file holds none */
	const char *path;           /* of the file, in the vault */
	struct iv_pos pos;          /* line 0: all of it */
	const char *message;
};
/* Files that hold no rule, or none that could be read. */
IV_API size_t iv_rules_faults(const struct iv_rules *rules, const struct iv_rule_fault **out);
/* All rules, sorted by id. */
IV_API size_t iv_rules_all(const struct iv_rules *rules, const struct iv_rule **out);
IV_API const struct iv_rule *iv_rules_find(const struct iv_rules *rules, const char *id);
/* The effective value of a setting (config, else the rule's or the practice's default), or NULL. */
IV_API const char *iv_rules_setting(const struct iv_rules *rules, const char *key);
/* The day plus a setting that is a span, holidays left out as rules do; IV_NO_DAY: not to be had. */
IV_API iv_day iv_rules_plus(const struct iv_rules *rules, iv_day day, const char *key);

/*
 * Brings index and findings up to date with the source, in one transaction: the one call that
 * commands make. `day` is the one that will be asked about: findings that ended over a year before
 * it are left out until iv_findings() is asked for them; IV_NO_DAY: all are kept. *read, if given,
 * is the number of notes read anew.
 */
#define IV_KEPT_DAYS 366
IV_API int iv_refresh(struct iv_index *index, const struct iv_rules *rules,
		      struct iv_source *source, iv_day day, size_t *read, struct iv_error *error);

/* Rules of one's own whose query failed when the findings were made, by id. */
struct iv_rule_failures {
	struct iv_rule_fault *items;
	size_t count;
	void *memory;
};
IV_API int iv_rule_failures(struct iv_rule_failures *out, struct iv_index *index,
			    const struct iv_rules *rules, struct iv_error *error);
IV_API void iv_rule_failures_release(struct iv_rule_failures *failures);

/*
 * How long the query of each rule takes when it is asked of all notes, in milliseconds, into an
 * array of as many as iv_rules_all() gives; negative for one that is off or fails.
 */
IV_API int iv_rules_time(double *milliseconds, struct iv_index *index, const struct iv_rules *rules,
			 struct iv_error *error);

/* IV_OVER: it was due, and holds no more, such as a meeting of a day gone by. */
enum iv_when { IV_UPCOMING, IV_DUE, IV_OVERDUE, IV_UNDATED, IV_OVER };

/* One row that holds on a day asked for, or will. */
struct iv_finding {
	const struct iv_rule *rule;
	enum iv_severity severity;
	enum iv_when when; /* seen from today */
	int64_t note;      /* its number in the index */
	const char *path;  /* of the note, in the vault */
	struct iv_pos pos; /* column in bytes */
	const char *note_name;
	const char *who, *who_path; /* the person; NULL where none, who_path NULL without a note */
	iv_day since, due, until;   /* IV_NO_DAY where open */
	const char *message;
	const char *hint; /* "did you mean 'jane-green'?", or NULL; see iv_findings_hint() */
};
struct iv_findings {
	struct iv_finding *items;
	size_t count;
	void *memory;
};

struct iv_finding_query {
	iv_day from, to;          /* rows that hold on some day of these; both the same: that day */
	iv_day today;             /* decides `when` */
	int due_within;           /* days: what is due later than so long after `to` is left out;
	                             0: nothing is */
	enum iv_severity least;   /* below this only what is due on `today` or later */
	const char *const *rules; /* ids, NULL-ended, or NULL for all */
	const char *const *paths; /* notes, or folders that end in '/', NULL-ended; NULL for all */
	bool people;              /* of a contact in `paths` also what other notes say */
};
/* Sorted by path, line, column, rule, message. Suppressed rows and rules that are off are left out. */
IV_API int iv_findings(struct iv_findings *out, struct iv_index *index,
		       const struct iv_rules *rules, const struct iv_finding_query *query,
		       struct iv_error *error);
/*
 * Gives hints to findings that are about to be shown: which notes a link that leads nowhere may
 * have meant, for the first 32 of them. What cannot be asked has no hint.
 */
IV_API void iv_findings_hint(struct iv_findings *findings, struct iv_index *index);
IV_API void iv_findings_release(struct iv_findings *findings);

/* What a letter to a contact can speak of. IV_ENOTFOUND when there is no note of this path. */
IV_API int iv_letter_facts_read(struct iv_letter_facts *out, struct iv_index *index,
				const struct iv_rules *rules, const char *path,
				struct iv_error *error);

/*
 * What is known of an organization, see index.h; by the words that the rules go by, and their
 * settings. The caller releases *out. A meeting that is not there has an empty one.
 */
IV_API int iv_dossier_read(struct iv_dossier *out, struct iv_index *index,
			   const struct iv_rules *rules, const struct iv_dossier_query *query,
			   struct iv_error *error);

/*
 * What was asked of people from `from` to `to`, by the day of the first request, and whom I met in that
 * time, as seen from `today`. IV_NO_DAY: open.
 */
IV_API int iv_tally_read(struct iv_tally *out, struct iv_index *index, const struct iv_rules *rules,
			 iv_day from, iv_day to, iv_day today, struct iv_error *error);
/* Who led to whom, as seen from `today`. */
IV_API int iv_graph_read(struct iv_graph *out, struct iv_index *index, const struct iv_rules *rules,
			 iv_day today, struct iv_error *error);

#ifdef __cplusplus
}
#endif

#endif
