/* refills-keccak.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keccak-256 as Ethereum and Monero use it: the function that won the competition, before FIPS 202 changed the padding.
 * GLib, libgcrypt and nettle offer the later SHA3-256 only; nettle's permutation is public, and the sponge around it is
 * what differs.
 */
#include "refills-keccak.h"

#include <nettle/sha3.h>
#include <string.h>

#define BLOCK_BYTES 136 /* of the 200 of the state, less twice the 32 of the result */
#define WORD_BYTES 8

static void
absorb (struct sha3_state *state,
        const guint8       block[BLOCK_BYTES])
{
  for (guint i = 0; i < BLOCK_BYTES / WORD_BYTES; i++) {
    guint64 word;

    memcpy (&word, block + i * WORD_BYTES, WORD_BYTES);
    state->a[i] ^= GUINT64_FROM_LE (word);
  }
  sha3_permute (state);
}

/**
 * refills_keccak256:
 * @bytes: (array length=length) (nullable): what to hash
 * @length: how many bytes
 * @out: (out caller-allocates): the hash
 *
 * Keccak-256 with the padding of the Keccak submission, version 3, section 1.1: a 1 bit and nothing before it.
 */
void
refills_keccak256 (const guint8 *bytes,
                   gsize         length,
                   guint8        out[REFILLS_KECCAK256_BYTES])
{
  struct sha3_state state = { { 0 } };
  guint8 last[BLOCK_BYTES] = { 0 };

  for (; length >= BLOCK_BYTES; bytes += BLOCK_BYTES, length -= BLOCK_BYTES)
    absorb (&state, bytes);

  if (length > 0)
    memcpy (last, bytes, length);
  last[length] = 0x01;
  last[BLOCK_BYTES - 1] |= 0x80;
  absorb (&state, last);

  for (guint i = 0; i < REFILLS_KECCAK256_BYTES / WORD_BYTES; i++) {
    guint64 word = GUINT64_TO_LE (state.a[i]);

    memcpy (out + i * WORD_BYTES, &word, WORD_BYTES);
  }
}
