#include <ivnotes/history.h>

const char *iv_past_kind_word(enum iv_past_kind kind)
{
	switch (kind) {
	case IV_PAST_ADDED: return "added";
	case IV_PAST_CHANGED: return "changed";
	case IV_PAST_REMOVED: return "removed";
	}
	return "";
}
