/* The net under every merge: what comes out is read, and must say what either side says. */
#ifndef IV_MERGE_PROOF_H
#define IV_MERGE_PROOF_H

#include "merge/markers.h"
#include "merge/plan.h"

/*
 * Does each field read as planned, or stand there as both sides have it? Does the body hold each
 * task, question, reference and section that a side added, and those that neither took away?
 */
bool iv_is_proved(const struct iv_sides *sides, const struct iv_versions *versions,
		  const struct iv_plans *plans);

#endif
