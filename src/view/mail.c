#include "view/mail.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

#define LINE 76 /* RFC 2045, 6.7 and RFC 2047, 2 */
#define WORD_START "=?UTF-8?Q?"
#define WORD_END "?="
#define WORD_MAX 75
#define PLAIN_MAX 60    /* of a header's text; what is longer is encoded, which folds anywhere */
#define ADDRESS_MAX 254 /* RFC 5321, 4.5.3.1.3, without the angle brackets */
#define LOCAL_MAX 64
#define LABEL_MAX 63

static const char hex[] = "0123456789ABCDEF";

static bool is_alnum(unsigned char c)
{
	return iv_is_alpha(c) || iv_is_digit(c);
}

/* ---- addresses ---- */

/* RFC 5322, 3.2.3 */
static bool is_atom(unsigned char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Parts between dots, none of them empty. */
static bool is_dotted(struct iv_str text, size_t most, bool (*fits)(unsigned char))
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool dot = text.ptr[i] == '.';

		if (dot ? !len : !fits((unsigned char)text.ptr[i]) || ++len > most)
			return false;
		if (dot)
			len = 0;
	}
	return len > 0;
}

static bool is_label(unsigned char c)
{
	return is_alnum(c) || c == '-';
}

bool iv_mail_address(struct iv_str text)
{
	size_t at = iv_str_find_char(text, '@');

	return at != SIZE_MAX && at <= LOCAL_MAX && text.len <= ADDRESS_MAX &&
	       is_dotted(iv_str_slice(text, 0, at), LOCAL_MAX, is_atom) &&
	       is_dotted(iv_str_slice(text, at + 1, text.len), LABEL_MAX, is_label);
}

/* ---- headers ---- */

/* A header line that grows; `used` columns of the last one. */
struct header {
	struct iv_buf *out;
	size_t used;
};

static struct header begin(struct iv_buf *out, const char *name)
{
	iv_buf_printf(out, "%s:", name);
	return (struct header){out, strlen(name) + 1};
}

/* A text after a space, or on a line of its own where it would be too long. */
static void add(struct header *header, struct iv_str text)
{
	if (header->used + 1 + text.len > LINE) {
		iv_buf_puts(header->out, "\r\n");
		header->used = 0;
	}
	iv_buf_putc(header->out, ' ');
	iv_buf_str(header->out, text);
	header->used += 1 + text.len;
}

static void add_escaped(struct iv_buf *buf, char escape, unsigned char c)
{
	char text[] = {escape, hex[c >> 4], hex[c & 15]};

	iv_buf_add(buf, text, sizeof(text));
}

/* RFC 2047, 5 (3): what an encoded word may hold wherever it stands. Control characters are spaces. */
static void add_q(struct iv_buf *buf, struct iv_str character)
{
	for (size_t i = 0; i < character.len; i++) {
		unsigned char c = (unsigned char)character.ptr[i];

		if (c <= ' ' || c == 0x7f)
			iv_buf_putc(buf, '_');
		else if (is_alnum(c) || strchr("!*+-/", c))
			iv_buf_putc(buf, (char)c);
		else
			add_escaped(buf, '=', c);
	}
}

/* As many whole characters of *text as fit into an encoded word of `most` bytes. */
static void add_word(struct header *header, struct iv_str *text, size_t most)
{
	struct iv_buf word = IV_BUF_INIT, next = IV_BUF_INIT;

	iv_buf_puts(&word, WORD_START);
	while (text->len) {
		size_t len = iv_utf8_next(*text);

		iv_buf_clear(&next);
		add_q(&next, iv_str_slice(*text, 0, len));
		if (word.len + next.len + sizeof(WORD_END) - 1 > most)
			break;
		iv_buf_str(&word, iv_buf_view(&next));
		*text = iv_str_slice(*text, len, text->len);
	}
	iv_buf_puts(&word, WORD_END);
	add(header, iv_buf_view(&word));
	iv_buf_release(&word);
	iv_buf_release(&next);
}

/* The first word stands beside the header's name, every other on a line of its own. */
static void add_encoded(struct header *header, struct iv_str text)
{
	size_t most = LINE - 1 - header->used;

	for (; text.len; most = WORD_MAX)
		add_word(header, &text, most);
}

/* Printable ASCII that nobody takes for an encoded word. */
static bool is_plain(struct iv_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < ' ' || text.ptr[i] > '~')
			return false;
	return text.len <= PLAIN_MAX && iv_str_find(text, IV_LIT("=?")) == SIZE_MAX;
}

/* A name as words, or between quotes where it holds what has a meaning in addresses. */
static void add_phrase(struct header *header, struct iv_str name)
{
	struct iv_buf quoted = IV_BUF_INIT;
	bool plain = true;

	for (size_t i = 0; i < name.len; i++)
		plain = plain && (name.ptr[i] == ' ' || is_atom((unsigned char)name.ptr[i]));
	if (plain) {
		add(header, name);
		return;
	}
	iv_buf_putc(&quoted, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (strchr("\"\\", name.ptr[i]))
			iv_buf_putc(&quoted, '\\');
		iv_buf_putc(&quoted, name.ptr[i]);
	}
	iv_buf_putc(&quoted, '"');
	add(header, iv_buf_view(&quoted));
	iv_buf_release(&quoted);
}

static void add_mailbox(struct iv_buf *out, const char *header_name, struct iv_str name,
			struct iv_str address)
{
	struct header header = begin(out, header_name);
	struct iv_buf text = IV_BUF_INIT;

	if (name.len && is_plain(name))
		add_phrase(&header, name);
	else
		add_encoded(&header, name);
	iv_buf_printf(&text, name.len ? "<%.*s>" : "%.*s", IV_STR_ARG(address));
	add(&header, iv_buf_view(&text));
	iv_buf_puts(out, "\r\n");
	iv_buf_release(&text);
}

static void add_subject(struct iv_buf *out, struct iv_str subject)
{
	struct header header = begin(out, "Subject");

	if (is_plain(subject))
		add(&header, subject);
	else
		add_encoded(&header, subject);
	iv_buf_puts(out, "\r\n");
}

/* RFC 5322, 3.3: -0000 says that the zone is not known. */
static void add_date(struct iv_buf *out, iv_day day)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	struct iv_civil civil = iv_civil_of(day);

	iv_buf_printf(out, "Date: %s, %d %s %04d 12:00:00 -0000\r\n", days[iv_weekday(day) - 1],
		      civil.day, months[civil.month - 1], civil.year);
}

/* ---- body ---- */

/* A word with the space behind it, quoted-printable; `last`: the line ends here. */
static void quote(struct iv_buf *out, size_t *used, struct iv_str word, bool last)
{
	if (*used && *used + word.len > LINE - 1) {
		iv_buf_puts(out, "=\r\n");
		*used = 0;
	}
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		bool space = c == ' ' && !(last && i + 1 == word.len);
		bool plain = space || (c > ' ' && c <= '~' && c != '=');

		if (*used + (plain ? 1 : 3) > LINE - 1) {
			iv_buf_puts(out, "=\r\n");
			*used = 0;
		}
		*used += plain ? 1 : 3;
		if (plain)
			iv_buf_putc(out, (char)c);
		else
			add_escaped(out, '=', c);
	}
}

static void add_body(struct iv_buf *out, struct iv_str body)
{
	struct iv_str line;

	while (iv_str_line(&line, &body)) {
		size_t used = 0;

		while (line.len) {
			size_t space = iv_str_find_char(line, ' ');
			size_t end = space == SIZE_MAX ? line.len : space + 1;

			quote(out, &used, iv_str_slice(line, 0, end), end == line.len);
			line = iv_str_slice(line, end, line.len);
		}
		iv_buf_puts(out, "\r\n");
	}
}

void iv_mail_message(struct iv_buf *out, const struct iv_mail *mail)
{
	add_date(out, mail->day);
	add_mailbox(out, "From", mail->from_name, mail->from);
	add_mailbox(out, "To", mail->to_name, mail->to);
	add_subject(out, mail->subject);
	iv_buf_puts(out, "X-Unsent: 1\r\n"
			 "MIME-Version: 1.0\r\n"
			 "Content-Type: text/plain; charset=utf-8\r\n"
			 "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	add_body(out, mail->body);
}

/* ---- URI ---- */

static void add_percent(struct iv_buf *out, struct iv_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (is_alnum(c) || (c && strchr("-._~", c)))
			iv_buf_putc(out, (char)c);
		else
			add_escaped(out, '%', c);
	}
}

void iv_mail_uri(struct iv_buf *out, const struct iv_mail *mail)
{
	size_t at = iv_str_find_char(mail->to, '@');
	struct iv_str body = iv_str_trim(mail->body), line;
	bool first = true;

	iv_buf_puts(out, "mailto:");
	add_percent(out, iv_str_slice(mail->to, 0, at));
	iv_buf_putc(out, '@');
	iv_buf_str(out, iv_str_slice(mail->to, at + 1, mail->to.len));
	iv_buf_puts(out, "?subject=");
	add_percent(out, mail->subject);
	iv_buf_puts(out, "&body=");
	while (iv_str_line(&line, &body)) {
		iv_buf_puts(out, first ? "" : "%0D%0A");
		add_percent(out, line);
		first = false;
	}
	iv_buf_putc(out, '\n');
}
