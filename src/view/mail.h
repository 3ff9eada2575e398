/*
 * A letter as a draft for mail programs: a message (RFC 5322, MIME by RFC 2045 and 2047) or a mailto
 * URI (RFC 6068). Nothing of the notes can add a header: what is not plain ASCII is encoded, control characters
 * are spaces. The same letter and day give the same bytes.
 */
#ifndef IV_VIEW_MAIL_H
#define IV_VIEW_MAIL_H

#include "base/str.h"

struct iv_mail {
	struct iv_str from_name, from; /* name absent: the address alone */
	struct iv_str to_name, to;
	struct iv_str subject;
	struct iv_str body; /* lines of any length, ended by '\n' */
	iv_day day;         /* of the Date header, at noon of no zone */
};

/*
 * One address that mail can be sent to: local part and domain of RFC 5321 in ASCII, without
 * comments, quotes and display names.
 */
bool iv_mail_address(struct iv_str text);

/* Both addresses have passed iv_mail_address(). */
void iv_mail_message(struct iv_buf *out, const struct iv_mail *mail);
void iv_mail_uri(struct iv_buf *out, const struct iv_mail *mail);

#endif
