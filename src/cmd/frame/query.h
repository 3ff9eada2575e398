/* What list and search share: asking for notes, and the frame of their JSON. */
#ifndef IV_CMD_QUERY_H
#define IV_CMD_QUERY_H

#include "cmd/cmd.h"

/* The operands as one query; the caller frees. */
char *query_join(int count, char **words);

/* What the query chooses. An exit status: CMD_USAGE for a query that cannot be read. */
int query_rows(struct iv_rows *out, struct cmd *cmd, const char *query);

/* Why nothing may have matched: keys that no note has and types that are none, with what was meant. */
void query_say_slips(struct cmd *cmd, const char *query);
/* ", did you mean 'a'?" for a key that is none of ours, else ""; owned by cmd. */
const char *query_meant(const struct cmd *cmd, struct iv_str key);

/* `{"version":1,"NAME":[` and what closes it. */
void query_json_begin(struct cmd *cmd, const char *name);
void query_json_end(struct cmd *cmd, size_t count);

#endif
