/* fuzz-cashaddr.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a CashAddr: refused, or the only text of what was read, as an encoder of our own writes it. Since few
 * texts have a checksum by chance, any payloads are written too.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-cashaddr.h"

static guint64
append (guint64 state,
        guint   group)
{
  static const guint64 powers[] = { 0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470 };
  guint64 next = ((state & 0x7ffffffff) << 5) ^ group;

  for (guint bit = 0; bit < 5; bit++)
    if ((state & ((guint64) 1 << (35 + bit))) != 0)
      next ^= powers[bit];

  return next;
}

static char *
encode (const RefillsCashaddr *cashaddr)
{
  static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  static const guint8 lengths[] = { 20, 24, 28, 32, 40, 48, 56, 64 };
  g_autoptr (GString) text = g_string_new (cashaddr->prefix);
  guint8 bytes[1 + REFILLS_CASHADDR_PAYLOAD_MAX + 1] = { 0 };
  gsize n_bits = 8 * (1 + cashaddr->n_payload);
  const guint8 *size = memchr (lengths, (int) cashaddr->n_payload, sizeof lengths);
  guint64 state = 1;

  g_assert_nonnull (size);
  bytes[0] = (guint8) (cashaddr->type << 3 | (guint) (size - lengths));
  memcpy (bytes + 1, cashaddr->payload, cashaddr->n_payload);

  g_string_append_c (text, ':');
  for (const char *at = cashaddr->prefix; *at != '\0'; at++)
    state = append (state, (guint) *at & 31);
  state = append (state, 0);
  for (gsize bit = 0; bit < n_bits; bit += 5) {
    guint pair = (guint) bytes[bit / 8] << 8 | bytes[bit / 8 + 1];
    guint group = pair >> (11 - bit % 8) & 31;

    state = append (state, group);
    g_string_append_c (text, alphabet[group]);
  }
  for (guint i = 0; i < 8; i++)
    state = append (state, 0);
  state ^= 1;
  for (guint i = 0; i < 8; i++)
    g_string_append_c (text, alphabet[(state >> (5 * (7 - i))) & 31]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
try_payload (const guint8 *data,
             gsize         size)
{
  static const guint8 lengths[] = { 20, 24, 28, 32, 40, 48, 56, 64 };
  RefillsCashaddr cashaddr = { "bchtest" }, found;
  g_autofree char *text = NULL;

  if (size < 1)
    return;
  cashaddr.type = data[0] & 15;
  cashaddr.n_payload = lengths[data[0] >> 4 & 7];
  memcpy (cashaddr.payload, data, MIN (size, cashaddr.n_payload));
  text = encode (&cashaddr);
  g_assert_true (refills_cashaddr_decode (text, &found, NULL));
  g_assert_cmpstr (found.prefix, ==, cashaddr.prefix);
  g_assert_cmpuint (found.type, ==, cashaddr.type);
  g_assert_cmpmem (found.payload, found.n_payload, cashaddr.payload, cashaddr.n_payload);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *written = NULL;
  g_autofree char *legacy = NULL;
  RefillsCashaddr cashaddr;

  try_payload (data, size);
  if (!refills_cashaddr_decode (text, &cashaddr, NULL))
    return 0;

  written = encode (&cashaddr);
  g_assert_cmpstr (strchr (text, ':') != NULL ? written : strchr (written, ':') + 1, ==, lower);
  g_assert_cmpuint (cashaddr.type, <=, 15);
  legacy = refills_cashaddr_dup_legacy (&cashaddr);
  if (legacy != NULL)
    g_assert_true (legacy[0] == (cashaddr.type == REFILLS_CASHADDR_P2SH ? '3' : '1'));

  return 0;
}
