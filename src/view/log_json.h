/* What the JSON forms of the past share. */
#ifndef IV_VIEW_LOG_JSON_H
#define IV_VIEW_LOG_JSON_H

#include <ivnotes/history.h>

#include "view/jsontext.h"

/* `id`, `date`, `author`, `email`, `subject`; null for NULL. */
json_t *iv_log_commit(const struct iv_past_commit *commit);

#endif
