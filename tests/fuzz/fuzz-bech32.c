/* fuzz-bech32.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as Bech32: refused, or the only text of what was read, as an encoder of our own writes it; and what is a
 * segwit address has a script that says so. Since few texts have a checksum by chance, any groups are written too.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-bech32.h"

#define INVOICE_MAX 2048

/* BIP 173's reference in other words: the remainder of a polynomial over 32 elements, a bit at a time. */
static guint32
append (guint32 state,
        guint   group)
{
  static const guint32 powers[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 next = ((state & 0x1ffffff) << 5) ^ group;

  for (guint bit = 0; bit < 5; bit++)
    if ((state & (1u << (25 + bit))) != 0)
      next ^= powers[bit];

  return next;
}

static char *
encode (const char            *prefix,
        const guint8          *groups,
        gsize                  n_groups,
        RefillsBech32Encoding  encoding)
{
  static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  g_autoptr (GString) text = g_string_new (prefix);
  guint32 state = 1;

  g_string_append_c (text, '1');
  for (const char *at = prefix; *at != '\0'; at++)
    state = append (state, (guint) *at >> 5);
  state = append (state, 0);
  for (const char *at = prefix; *at != '\0'; at++)
    state = append (state, (guint) *at & 31);
  for (gsize i = 0; i < n_groups; i++) {
    g_assert_cmpuint (groups[i], <, 32);
    state = append (state, groups[i]);
    g_string_append_c (text, alphabet[groups[i]]);
  }
  for (guint i = 0; i < 6; i++)
    state = append (state, 0);
  state ^= encoding == REFILLS_BECH32M ? 0x2bc830a3 : 1;
  for (guint i = 0; i < 6; i++)
    g_string_append_c (text, alphabet[(state >> (5 * (5 - i))) & 31]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
try_groups (const guint8 *data,
            gsize         size)
{
  g_autofree guint8 *groups = g_malloc (size + 1);
  g_autofree guint8 *converted = g_malloc (size + 1);
  gsize n_groups = MIN (size, REFILLS_BECH32_MAX - 9), n_converted;
  RefillsSegwit segwit;

  for (gsize i = 0; i < n_groups; i++)
    groups[i] = data[i] & 31;
  for (guint kind = REFILLS_BECH32; kind <= REFILLS_BECH32M; kind++) {
    g_autofree char *text = encode ("bc", groups, n_groups, kind);
    g_autoptr (GBytes) bytes = NULL;
    RefillsBech32Encoding encoding;
    const guint8 *found;
    gsize n_found;
    gboolean is_address;

    g_assert_true (refills_bech32_decode (text, REFILLS_BECH32_MAX, NULL, &bytes, &encoding, NULL));
    g_assert_cmpuint (encoding, ==, kind);
    found = g_bytes_get_data (bytes, &n_found);
    g_assert_cmpmem (found, n_found, groups, n_groups);

    is_address = n_groups > 0 && groups[0] <= 16 && (groups[0] == 0) == (kind == REFILLS_BECH32) &&
                 refills_bech32_convert_bits (groups + 1, n_groups - 1, converted, &n_converted) &&
                 (groups[0] == 0 ? n_converted == 20 || n_converted == 32 : n_converted >= 2 && n_converted <= 40);
    g_assert_cmpint (refills_segwit_decode (text, "bc", &segwit, NULL), ==, is_address);
    if (is_address)
      g_assert_cmpmem (segwit.script + 2, segwit.n_script - 2, converted, n_converted);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *prefix = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RefillsBech32Encoding encoding;
  RefillsSegwit segwit;
  const guint8 *groups;
  gsize n_groups;

  try_groups (data, size);
  if (!refills_bech32_decode (text, INVOICE_MAX, &prefix, &bytes, &encoding, NULL)) {
    g_assert_null (prefix);
    g_assert_null (bytes);
    g_assert_false (refills_segwit_decode (text, "bc", &segwit, NULL));
    return 0;
  }

  lower = g_ascii_strdown (text, -1);
  groups = g_bytes_get_data (bytes, &n_groups);
  written = encode (prefix, groups, n_groups, encoding);
  g_assert_cmpstr (written, ==, lower);
  g_assert_cmpuint (strlen (text), <=, INVOICE_MAX);
  g_assert_true (refills_bech32_decode (text, REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL) ==
                 (strlen (text) <= REFILLS_BECH32_MAX));

  if (refills_segwit_decode (text, "bc", &segwit, NULL)) {
    g_assert_true (g_str_has_prefix (lower, "bc1"));
    g_assert_true ((segwit.version == 0) == (encoding == REFILLS_BECH32));
    g_assert_cmpuint (segwit.n_script, ==, 2u + segwit.script[1]);
    g_assert_cmpuint (segwit.n_script, <=, REFILLS_SEGWIT_SCRIPT_MAX);
    g_assert_cmpuint (segwit.script[0], ==, segwit.version == 0 ? 0 : 0x50 + segwit.version);
  }

  return 0;
}
