#include "view/words.h"

#include "base/date.h"

const char *iv_weekday_word(iv_day day)
{
	static const char *const words[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
					    "Friday", "Saturday", "Sunday"};
	return words[iv_weekday(day) - 1];
}

void iv_view_day(struct iv_buf *out, iv_day day)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct iv_civil civil = iv_civil_of(day);
	iv_buf_printf(out, "%.3s %d %s", iv_weekday_word(day), civil.day, months[civil.month - 1]);
}

void iv_view_late(struct iv_buf *out, iv_day today, iv_day due)
{
	long days = (long)today - due;
	if (days > 0)
		iv_buf_printf(out, "%ld day%s late", days, days == 1 ? "" : "s");
}

struct iv_str iv_view_link(struct iv_str text)
{
	if (!iv_str_starts(text, "[[") || !iv_str_ends(text, "]]") || text.len < 5)
		return text;
	text = iv_str_slice(text, 2, text.len - 2);
	size_t bar = iv_str_find_char(text, '|');
	return iv_str_trim(bar == SIZE_MAX ? text : iv_str_slice(text, bar + 1, text.len));
}
