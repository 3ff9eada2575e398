/* What libyaml stumbled over, in our words: where, what was expected, how to mend it. */
#ifndef IV_YAML_PROBLEM_H
#define IV_YAML_PROBLEM_H

#include "yaml/place.h"

/* Fills error from the parser's failed state; returns IV_EINPUT, or IV_ELIMIT without memory. */
int iv_yaml_problem(struct iv_error *error, const yaml_parser_t *parser, struct iv_place *place);

#endif
