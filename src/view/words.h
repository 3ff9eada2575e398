/* Days and links in words, as the views for people say them. */
#ifndef IV_VIEW_WORDS_H
#define IV_VIEW_WORDS_H

#include "base/str.h"

/* "Wednesday" */
const char *iv_weekday_word(iv_day day);
/* "Wed 18 Nov" */
void iv_view_day(struct iv_buf *out, iv_day day);
/* "4 days late", or nothing where `due` is not before `today`. */
void iv_view_late(struct iv_buf *out, iv_day today, iv_day due);

/* What a person reads in `[[jane-green|Jane]]`: Jane. Other texts are as they are. */
struct iv_str iv_view_link(struct iv_str text);

#endif
