#include "index/standing.h"

struct iv_had iv_had_read(struct iv_stmt *stmt, int first)
{
	return (struct iv_had){
		.met = iv_stmt_day(stmt, first),
		.ahead = iv_stmt_day(stmt, first + 1),
		.closed = !iv_stmt_is_null(stmt, first + 2),
		.request = iv_stmt_day(stmt, first + 3),
		.answer = iv_stmt_day(stmt, first + 4),
		.outcome = iv_stmt_text(stmt, first + 5),
		.touch = iv_stmt_day(stmt, first + 6),
	};
}

enum iv_standing iv_standing_of(iv_day *day, const struct iv_had *had, iv_day today)
{
	bool answered = had->answer != IV_NO_DAY &&
			(had->request == IV_NO_DAY || had->answer >= had->request);

	*day = had->ahead != IV_NO_DAY ? had->ahead : had->met;
	if (*day != IV_NO_DAY)
		return had->ahead != IV_NO_DAY ? IV_STANDING_AHEAD : IV_STANDING_MET;
	*day = answered ? had->answer : had->request;
	if (had->closed)
		return IV_STANDING_CLOSED;
	if (answered)
		return iv_str_is(had->outcome, "no")      ? IV_STANDING_NO
		       : iv_str_is(had->outcome, "later") ? IV_STANDING_LATER
							  : IV_STANDING_YES;
	if (had->request == IV_NO_DAY) {
		*day = had->touch;
		return IV_STANDING_UNASKED;
	}
	return had->request < today - IV_PATIENCE ? IV_STANDING_SILENT : IV_STANDING_ASKED;
}
