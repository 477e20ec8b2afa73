/* test-base58.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-base58.h"

#include <string.h>

#include "refills-test.h"

static char *
to_hex (const guint8 *bytes,
        gsize         length)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (g_steal_pointer (&hex), FALSE);
}

/* All of Bitcoin Core's src/test/data/base58_encode_decode.json that is neither empty nor longer than what is read. */
static void
test_plain (void)
{
  static const struct {
    const char *text;
    const char *hex;
  } cases[] = {
    { "2g", "61" },
    { "a3gV", "626262" },
    { "aPEr", "636363" },
    { "2cFupjhnEsSn59qHXstmK2ffpLv2", "73696d706c792061206c6f6e6720737472696e67" },
    { "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L", "00eb15231dfceb60925886b67d065299925915aeb172c06647" },
    { "ABnLTmg", "516b6fcd0f" },
    { "3SEo3LWLoPntC", "bf4f89001e670274dd" },
    { "3EFU7m", "572e4794" },
    { "EJDM8drfXA6uyA", "ecac89cad93923c02321" },
    { "Rt5zm", "10c8511e" },
    { "1111111111", "00000000000000000000" },
    { "1111111111111111111111111111111111111111",
      "00000000000000000000000000000000000000000000000000000000000000000000000000000000" },
    { "1111111111111111111111111111111111111112",
      "00000000000000000000000000000000000000000000000000000000000000000000000000000001" },
    { "111111111111111111111111111111111111111111111111111111111111111111111111111111111111115TYzLYH1udmLdzCLM",
      "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
      "000000000000000000000000000000000000000000000000000000000000ec39d04c37e71e5d591881f6" },
    { "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
      "000111d38e5fc9071ffcd20b4a763cc9ae4f252bb4e48fd66a835e252ada93ff480d6dd43dc62a641155a5" },
    { "zzzzy", "271f359e" },
    { "zzzzz", "271f359f" },
    { "211111", "271f35a0" },
    { "211112", "271f35a1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint8 bytes[REFILLS_BASE58_MAX];
    gsize length;
    g_autofree char *hex = NULL;
    g_autofree char *text = NULL;

    g_assert_true (refills_base58_decode (cases[i].text, REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
    hex = to_hex (bytes, length);
    text = refills_base58_encode (bytes, length, REFILLS_BASE58_BITCOIN);
    g_assert_cmpstr (hex, ==, cases[i].hex);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_refused (void)
{
  g_autofree char *longest = g_strnfill (REFILLS_BASE58_MAX, '1');
  g_autofree char *largest = g_strnfill (REFILLS_BASE58_MAX, 'z');
  g_autofree char *too_long = g_strnfill (REFILLS_BASE58_MAX + 1, '1');
  g_autofree char *far_too_long = g_strnfill (1000000, 'z');
  const char * const cases[] = {
    "", "0", "O", "I", "l", " 2g", "2g ", "2 g", "2g\n", "2\xc3\xa9", "\xff", "3mJr0", "bad0IOl",
    too_long, far_too_long,
  };
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (refills_base58_decode (cases[i], REFILLS_BASE58_BITCOIN, bytes, &length, &error));
    g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_SYNTAX);
  }

  g_assert_true (refills_base58_decode (longest, REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
  g_assert_cmpuint (length, ==, REFILLS_BASE58_MAX);
  g_assert_true (refills_base58_decode (largest, REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
  g_assert_cmpuint (length, ==, 94);
}

static void
test_checksum (void)
{
  static const char text[] = "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC";
  static const char xrp[] = "rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf";
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;
  g_autofree char *hex = NULL;
  g_autofree char *again = NULL;

  g_assert_true (refills_base58check_decode (text, REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
  hex = to_hex (bytes, length);
  again = refills_base58check_encode (bytes, length, REFILLS_BASE58_BITCOIN);
  g_assert_cmpstr (hex, ==, "415cd0fb0ab3ce40f3051414c604b27756e69e43db");
  g_assert_cmpstr (again, ==, text);

  g_clear_pointer (&again, g_free);
  g_assert_true (refills_base58check_decode (xrp, REFILLS_BASE58_XRP, bytes, &length, NULL));
  g_assert_cmpuint (length, ==, 21);
  g_assert_cmpuint (bytes[0], ==, 0);
  again = refills_base58check_encode (bytes, length, REFILLS_BASE58_XRP);
  g_assert_cmpstr (again, ==, xrp);
  g_assert_false (refills_base58check_decode (xrp, REFILLS_BASE58_BITCOIN, bytes, &length, NULL));

  /* Four bytes or fewer have no room for what the checksum is of. */
  g_assert_false (refills_base58check_decode ("1111", REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
  g_assert_false (refills_base58check_decode ("3QJmnh", REFILLS_BASE58_BITCOIN, bytes, &length, NULL));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/base58/plain", test_plain);
  g_test_add_func ("/base58/refused", test_refused);
  g_test_add_func ("/base58/checksum", test_checksum);

  return g_test_run ();
}
