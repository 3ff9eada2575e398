/*
 * A 64-bit sum of bytes, a word at a time: several times as quick as iv_hash() on whole notes and
 * pages. Of this machine's byte order; not for adversaries.
 */
#ifndef IV_INDEX_SUM_H
#define IV_INDEX_SUM_H

#include <stdint.h>
#include <string.h>

#define IV_SUM_MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)

/* Two lanes, so that the multiplications overlap. Every step can be undone: no change is lost. */
static inline uint64_t iv_sum(const void *bytes, size_t len, uint64_t seed)
{
	const unsigned char *at = bytes;
	uint64_t a = seed ^ IV_SUM_MULTIPLIER, b = ~seed ^ len, word[2] = {0, 0};

	for (; len >= sizeof(word); at += sizeof(word), len -= sizeof(word)) {
		memcpy(word, at, sizeof(word));
		a = ((a ^ word[0]) * IV_SUM_MULTIPLIER) ^ (a >> 31);
		b = ((b ^ word[1]) * IV_SUM_MULTIPLIER) ^ (b >> 29);
	}
	if (len) {
		memset(word, 0, sizeof(word));
		memcpy(word, at, len);
		a = ((a ^ word[0]) * IV_SUM_MULTIPLIER) ^ (a >> 31);
		b = ((b ^ word[1]) * IV_SUM_MULTIPLIER) ^ (b >> 29);
	}
	a ^= (b << 23) | (b >> 41);
	a = (a ^ (a >> 32)) * IV_SUM_MULTIPLIER;
	return a ^ (a >> 29);
}

#endif
