/* Classes of bytes, inline: the loops over whole bodies live on them. */
#ifndef IV_NOTE_BYTES_H
#define IV_NOTE_BYTES_H

#include <stdbool.h>

static inline bool iv_byte_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool iv_byte_is_letter(char c)
{
	return (unsigned)((unsigned char)c | 0x20) - 'a' < 26;
}

static inline bool iv_byte_is_digit(char c)
{
	return (unsigned)(unsigned char)c - '0' < 10;
}

/* A byte of a word: a letter, a digit, or a part of anything beyond ASCII. */
static inline bool iv_byte_is_word(char c)
{
	return iv_byte_is_letter(c) || iv_byte_is_digit(c) || (unsigned char)c >= 0x80;
}

#endif
