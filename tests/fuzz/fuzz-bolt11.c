/* fuzz-bolt11.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as an invoice, and the same once more with a checksum that is right, or none would get past it.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-bolt11.h"

static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static guint32
add (guint32 sum,
     guint32 group)
{
  static const guint32 generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 top = sum >> 25;

  sum = (sum & 0x1ffffff) << 5 ^ group;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    sum ^= (top >> i & 1) != 0 ? generator[i] : 0;

  return sum;
}

/* Up to the first 1 the prefix, then groups of five bits; the last six give way to the checksum (BIP 173). */
static char *
mend (const char *text)
{
  const char *separator = strchr (text, '1');
  g_autoptr (GString) mended = g_string_new (NULL);
  guint32 sum = 1;
  gsize length = 0;

  if (separator == NULL || strlen (separator) < 7)
    return NULL;
  for (const char *at = text; at < separator; at++)
    g_string_append_c (mended, g_ascii_tolower (*at));
  for (gsize i = 0; i < mended->len; i++)
    sum = add (sum, (guchar) mended->str[i] >> 5);
  sum = add (sum, 0);
  for (gsize i = 0; i < mended->len; i++)
    sum = add (sum, mended->str[i] & 31);
  g_string_append_c (mended, '1');
  length = strlen (separator + 1) - 6;
  for (gsize i = 1; i <= length; i++) {
    const char *letter = strchr (letters, g_ascii_tolower (separator[i]));
    guint32 group = letter != NULL ? (guint32) (letter - letters) : separator[i] & 31;

    sum = add (sum, group);
    g_string_append_c (mended, letters[group]);
  }
  for (guint i = 0; i < 6; i++)
    sum = add (sum, 0);
  sum ^= 1;
  for (guint i = 0; i < 6; i++)
    g_string_append_c (mended, letters[sum >> 5 * (5 - i) & 31]);

  return g_string_free (g_steal_pointer (&mended), FALSE);
}

static void
try (const char *text)
{
  g_auto (RefillsBolt11) invoice = { NULL };
  g_auto (RefillsBolt11) again = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *capitals = g_ascii_strup (text, -1);
  g_autofree char *small = g_ascii_strdown (text, -1);

  if (!refills_bolt11_parse (text, &invoice, &error)) {
    g_assert_nonnull (error);
    return;
  }
  /* Never in both cases at once. */
  g_assert_true (g_str_equal (text, small) || g_str_equal (text, capitals));
  g_assert_true (g_str_has_prefix (small, "ln"));
  g_assert_true (g_str_has_prefix (small + 2, invoice.network));
  g_assert_cmpint (invoice.timestamp, >=, 0);
  g_assert_cmpint (invoice.expires_at, >=, invoice.timestamp);
  g_assert_true (invoice.description == NULL || g_utf8_validate (invoice.description, -1, NULL));
  g_assert_true (!invoice.has_amount || invoice.millisatoshi > 0);
  g_assert_true (refills_bolt11_parse (capitals, &again, NULL));
  g_assert_cmpuint (again.millisatoshi, ==, invoice.millisatoshi);
  g_assert_cmpint (again.expires_at, ==, invoice.expires_at);
  g_assert_cmpstr (again.description, ==, invoice.description);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *mended = mend (text);

  try (text);
  if (mended != NULL)
    try (mended);

  return 0;
}
