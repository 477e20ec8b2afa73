/* test-bech32.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-bech32.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-test.h"

static void
check_encoding (const PaymentVector   *vector,
                RefillsBech32Encoding  expected)
{
  g_autofree char *prefix = NULL;
  g_autofree char *lower = g_ascii_strdown (vector->input, -1);
  g_autoptr (GBytes) groups = NULL;
  g_autoptr (GError) error = NULL;
  RefillsBech32Encoding encoding = expected;
  gboolean is_read = refills_bech32_decode (vector->input, REFILLS_BECH32_MAX, &prefix, &groups, &encoding, &error);

  g_assert_true (is_read == (error == NULL));
  g_assert_true ((is_read && encoding == expected) == vector->is_valid);
  if (is_read) {
    g_assert_true (g_str_has_prefix (lower, prefix));
    g_assert_cmpuint (g_bytes_get_size (groups), ==, strlen (lower) - strlen (prefix) - 7);
  } else {
    g_assert_null (prefix);
    g_assert_null (groups);
  }
}

static void
check_bech32 (const PaymentVector *vector)
{
  check_encoding (vector, REFILLS_BECH32);
}

static void
check_bech32m (const PaymentVector *vector)
{
  check_encoding (vector, REFILLS_BECH32M);
}

static void
test_vectors (void)
{
  payment_vectors_each ("bech32", check_bech32);
  payment_vectors_each ("bech32m", check_bech32m);
}

/* BIP 350's own cases that the vectors leave out. */
static void
test_bech32m (void)
{
  static const char * const valid[] = {
    "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
    "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
    "split1checkupstagehandshakeupstreamerranterredcaperredlc445v", "?1v759aa",
  };
  static const char * const invalid[] = {
    " 1xj0phk", "\x7f" "1g6xzxy", "\x80" "1vctc34", "qyrz8wqd2c9m", "1qyrz8wqd2c9m", "y1b0jsk6g", "lt1igcx5c0",
    "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4", "in1muywd",
    "mm1crxm3i", "au1s5cgom", "M1VUXWEZ", "16plkw9", "1p2gdwpf",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++) {
    RefillsBech32Encoding encoding = REFILLS_BECH32;

    g_assert_true (refills_bech32_decode (valid[i], REFILLS_BECH32_MAX, NULL, NULL, &encoding, NULL));
    g_assert_cmpint (encoding, ==, REFILLS_BECH32M);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (refills_bech32_decode (invalid[i], REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL));
}

static void
check_segwit (const PaymentVector *vector)
{
  g_autofree char *expected = payment_vector_dup_text (vector, "script");
  g_autoptr (GError) error = NULL;
  const char *prefix = g_ascii_strncasecmp (vector->input, "tb", 2) == 0 ? "tb" : "bc";
  RefillsSegwit segwit;
  gboolean is_read = refills_segwit_decode (vector->input, prefix, &segwit, &error);

  g_assert_true (is_read == vector->is_valid);
  g_assert_true (is_read == (error == NULL));
  if (is_read) {
    g_autoptr (GString) script = g_string_new (NULL);

    for (gsize i = 0; i < segwit.n_script; i++)
      g_string_append_printf (script, "%02x", segwit.script[i]);
    g_assert_cmpstr (script->str, ==, expected);
  }
}

static void
test_segwit (void)
{
  static const char address[] = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
  /* From BIP 350, with good checksums: version 17, a program of one byte, and one of 41. */
  static const char * const no_programs[] = {
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "bc1pw5dgrnzv",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
  };
  static const char * const test_network[] = {
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
  };
  /* The other encoding, two characters that are none, and too much padding, or padding that is not zero. */
  static const char * const broken[] = {
    "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
    "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "bc1gmk9yu",
  };
  RefillsSegwit segwit;
  g_autoptr (GError) error = NULL;

  payment_vectors_each ("segwit", check_segwit);

  for (gsize i = 0; i < G_N_ELEMENTS (no_programs); i++) {
    g_assert_true (refills_bech32_decode (no_programs[i], REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL));
    g_assert_false (refills_segwit_decode (no_programs[i], "bc", &segwit, &error));
    g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_SYNTAX);
    g_clear_error (&error);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (test_network); i++)
    g_assert_true (refills_segwit_decode (test_network[i], "tb", &segwit, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_assert_false (refills_segwit_decode (broken[i], "tb", &segwit, NULL));
    g_assert_false (refills_segwit_decode (broken[i], "bc", &segwit, NULL));
  }

  g_assert_false (refills_segwit_decode (address, "ltc", &segwit, &error));
  g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_NETWORK);
}

/* BIP 173 promises that any four wrong characters are found; so is each single one, which covers both encodings. */
static void
test_wrong_characters (void)
{
  static const char * const texts[] = {
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize at = 0; texts[i][at] != '\0'; at++)
      for (int c = 1; c < 256; c++) {
        g_autofree char *changed = g_strdup (texts[i]);

        changed[at] = (char) c;
        if (changed[at] != texts[i][at])
          g_assert_false (refills_bech32_decode (changed, REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL));
      }
}

static void
test_bounds (void)
{
  static const char text[] = "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w";
  g_autofree char *ones = g_strnfill (100000, '1');
  g_autofree char *letters = g_strnfill (100000, 'q');

  g_assert_true (refills_bech32_decode (text, strlen (text), NULL, NULL, NULL, NULL));
  g_assert_false (refills_bech32_decode (text, strlen (text) - 1, NULL, NULL, NULL, NULL));
  g_assert_false (refills_bech32_decode ("", REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL));
  g_assert_false (refills_bech32_decode ("1", REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL));
  g_assert_false (refills_bech32_decode (ones, 2048, NULL, NULL, NULL, NULL));
  g_assert_false (refills_bech32_decode (letters, 2048, NULL, NULL, NULL, NULL));
}

/* A group is 5 bits: what is left over is less than another one, and zero. */
static void
test_bits (void)
{
  static const guint8 groups[] = { 31, 28, 16, 1, 0, 0, 0, 4 };
  guint8 out[8];
  gsize n;

  g_assert_true (refills_bech32_convert_bits (groups, 0, out, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (refills_bech32_convert_bits (groups, 1, out, &n)); /* five bits */
  g_assert_true (refills_bech32_convert_bits (groups, 2, out, &n));  /* 11111 111|00 */
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (out[0], ==, 0xff);
  g_assert_false (refills_bech32_convert_bits (groups, 3, out, &n)); /* 10000 is too much, and not zero */
  g_assert_false (refills_bech32_convert_bits (groups, 4, out, &n)); /* 0001 is not zero */
  g_assert_true (refills_bech32_convert_bits (groups, 8, out, &n));
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (out[1], ==, 0x20);
  g_assert_cmpuint (out[2], ==, 0x10);
  g_assert_cmpuint (out[4], ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/bech32/vectors", test_vectors);
  g_test_add_func ("/bech32/bech32m", test_bech32m);
  g_test_add_func ("/bech32/segwit", test_segwit);
  g_test_add_func ("/bech32/wrong-characters", test_wrong_characters);
  g_test_add_func ("/bech32/bounds", test_bounds);
  g_test_add_func ("/bech32/bits", test_bits);

  return g_test_run ();
}
