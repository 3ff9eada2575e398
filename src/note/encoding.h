/* Bytes -> text that can be read, whatever they are. */
#ifndef IV_NOTE_ENCODING_H
#define IV_NOTE_ENCODING_H

#include "note/reader.h"

/*
 * Sets reader->bytes: without a byte order mark, and with '?' for each byte that is no UTF-8 or
 * is NUL, so that places stay right. False when there is nothing to read (too large, UTF-16).
 */
bool iv_encoding_read(struct iv_reader *reader, struct iv_str bytes);

#endif
