/* test-address-forms.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The readers of single forms of addresses, with what their vectors say that a right reading finds.
 */
#include <string.h>

#include "payment-vectors.h"
#include "refills-cashaddr.h"
#include "refills-crc16.h"
#include "refills-monero-address.h"
#include "refills-stellar-address.h"
#include "refills-test.h"
#include "refills-ton-address.h"
#include "refills-xrp-address.h"

static void
assert_expected (const PaymentVector *vector,
                 const char          *name,
                 const char          *found)
{
  g_autofree char *expected = payment_vector_dup_text (vector, name);

  if (expected != NULL)
    g_assert_cmpstr (found, ==, expected);
}

static void
check_cashaddr (const PaymentVector *vector)
{
  RefillsCashaddr cashaddr;
  g_autoptr (GString) payload = g_string_new (NULL);
  g_autofree char *type = NULL;
  g_autofree char *legacy = NULL;
  const char *colon = NULL;

  g_assert_true (refills_cashaddr_decode (vector->input, &cashaddr, NULL) == vector->is_valid);
  if (!vector->is_valid)
    return;

  for (gsize i = 0; i < cashaddr.n_payload; i++)
    g_string_append_printf (payload, "%02x", cashaddr.payload[i]);
  type = g_strdup_printf ("%u", cashaddr.type);
  legacy = refills_cashaddr_dup_legacy (&cashaddr);
  assert_expected (vector, "type", type);
  assert_expected (vector, "payload", payload->str);
  assert_expected (vector, "legacy", legacy);

  /* The prefix is part of the checksum: left out it is taken for Bitcoin Cash's. */
  colon = strchr (vector->input, ':');
  if (colon != NULL)
    g_assert_true (refills_cashaddr_decode (colon + 1, &cashaddr, NULL) ==
                   g_str_has_prefix (vector->input, "bitcoincash:"));
}

static void
test_cashaddr (void)
{
  static const char * const invalid[] = {
    "", ":", "bitcoincash:", ":qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    "bitcoincash:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", "Bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b", "bchtest:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a:",
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a ",
    /* Good checksums: the bit that is kept for later, and 20 bytes where it says 24. */
    "bitcoincash:sqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs63vn7kcm", "bitcoincash:qyqsyqcyq5rqwzqfpg9scrgwpugpzysnzsy2usjetw",
  };
  g_autofree char *letters = g_strnfill (100000, 'q');
  g_autofree char *long_prefix = g_strconcat (letters, ":q", NULL);
  RefillsCashaddr cashaddr;

  payment_vectors_each ("cashaddr", check_cashaddr);
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (refills_cashaddr_decode (invalid[i], &cashaddr, NULL));
  g_assert_false (refills_cashaddr_decode (letters, &cashaddr, NULL));
  g_assert_false (refills_cashaddr_decode (long_prefix, &cashaddr, NULL));
}

static void
check_ton (const PaymentVector *vector)
{
  RefillsTonAddress address, again;
  g_autofree char *raw = NULL;

  g_assert_true (refills_ton_address_parse (vector->input, &address, NULL) == vector->is_valid);
  if (!vector->is_valid)
    return;

  raw = refills_ton_address_dup_raw (&address);
  assert_expected (vector, "bounceable", address.is_bounceable ? "true" : "false");
  assert_expected (vector, "testnet", address.is_testnet ? "true" : "false");
  assert_expected (vector, "raw", raw);
  g_assert_cmpint (address.is_raw, ==, strchr (vector->input, ':') != NULL);

  g_assert_true (refills_ton_address_parse (raw, &again, NULL));
  g_assert_true (again.is_raw);
  g_assert_cmpint (again.workchain, ==, address.workchain);
  g_assert_cmpmem (again.hash, sizeof again.hash, address.hash, sizeof address.hash);
}

#define TON_HASH "8a8627861a5dd96c9db3ce0807b122da5ed473934ce7568a5b4b1c361cbb28ae"

static void
test_ton (void)
{
  static const char * const invalid[] = {
    "", ":", "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsor", "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdm",
    "Ef_lZ1T4NCb2mwkme9h2rJfESCE0W34ma9lWp7+/uY3zXDvq", /* two alphabets */
    "MQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIFnz", /* another tag, with a good checksum */
    ":" TON_HASH, "-:" TON_HASH, "-0:" TON_HASH, "00:" TON_HASH, "+1:" TON_HASH, "2147483648:" TON_HASH,
    "99999999999:" TON_HASH, "0:" TON_HASH "0", "0:8a86", "0:" TON_HASH ":", "x:" TON_HASH,
    "0:g" TON_HASH,
  };
  g_autofree char *letters = g_strnfill (100000, 'E');
  RefillsTonAddress address;

  payment_vectors_each ("ton-address", check_ton);
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (refills_ton_address_parse (invalid[i], &address, NULL));
  g_assert_false (refills_ton_address_parse (letters, &address, NULL));
  g_assert_true (refills_ton_address_parse ("-2147483648:" TON_HASH, &address, NULL));
  g_assert_cmpint (address.workchain, ==, G_MININT32);
}

static void
check_xrp (const PaymentVector *vector)
{
  RefillsXrpAddress address;
  g_autofree char *classic = NULL;
  g_autofree char *tag = NULL;

  g_assert_true (refills_xrp_address_parse (vector->input, &address, NULL) == vector->is_valid);
  if (!vector->is_valid)
    return;

  classic = refills_xrp_address_dup_classic (&address);
  if (address.is_classic) {
    g_assert_cmpstr (classic, ==, vector->input);
    g_assert_false (address.has_tag);
  } else {
    g_autofree char *expected_tag = payment_vector_dup_text (vector, "tag");

    tag = address.has_tag ? g_strdup_printf ("%u", address.tag) : NULL;
    g_assert_cmpstr (tag, ==, expected_tag);
  }
  assert_expected (vector, "classic", classic);
  assert_expected (vector, "testnet", address.is_testnet ? "true" : "false");
}

static void
test_xrp (void)
{
  /* Good checksums: flags for later, a tag of more than 32 bits, a tag where there is none, another prefix and another
   * version. */
  static const char * const invalid[] = {
    "X7TiBbkpU3ZqUnpEh2XKnYLRPVD1G5RtJSwuPCf34SNW9cF", "X7TiBbkpU3ZqUnpEh2XKnYLRPVD1G5LvS8UfDj2ytuivyxn",
    "X7TiBbkpU3ZqUnpEh2XKnYLRPVD1G5GDu1Egp7HN5bXg5q7", "XVmtxgda329nGqkGBsTTzzDAtFjq6SzoXZAJ2w561Qc5QQC",
    "QRAnn5Cae4VX1FcH5w1RuR951ukpSmcTg",
  };
  RefillsXrpAddress address;

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (refills_xrp_address_parse (invalid[i], &address, NULL));
  g_assert_true (refills_xrp_address_parse ("X7TiBbkpU3ZqUnpEh2XKnYLRPVD1G5Mhf95H5h6BYVmmgpS", &address, NULL));
  g_assert_cmpuint (address.tag, ==, 7);

  payment_vectors_each ("xrp-classic", check_xrp);
  payment_vectors_each ("xrp-xaddress", check_xrp);
}

static void
check_stellar (const PaymentVector *vector)
{
  guint8 key[REFILLS_STELLAR_KEY_BYTES];

  g_assert_true (refills_stellar_address_parse (vector->input, key, NULL) == vector->is_valid);
}

static void
test_stellar (void)
{
  static const char secret[] = "SAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU2";
  static const char lower[] = "gab6edwgwsrzuyuycwxafqfbhe5zejpdxcimvzc3lh2c7iu35fti2noq";
  guint8 key[REFILLS_STELLAR_KEY_BYTES];
  g_autoptr (GError) error = NULL;

  payment_vectors_each ("stellar-address", check_stellar);

  /* A secret key, the same form with another version (SEP-23), is no account: this one is all zeros. */
  g_assert_false (refills_stellar_address_parse (secret, key, &error));
  g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_NETWORK);
  g_clear_error (&error);
  g_assert_false (refills_stellar_address_parse (lower, key, &error));
  g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_SYNTAX);
}

static void
check_monero (const PaymentVector *vector)
{
  RefillsMoneroAddress address;

  g_assert_true (refills_monero_address_parse (vector->input, &address, NULL) == vector->is_valid);
  if (!vector->is_valid)
    return;

  assert_expected (vector, "kind", address.kind);
  g_assert_cmpuint (address.n_bytes, ==, g_str_has_suffix (address.kind, "-integrated") ? 72u : 64u);
}

static void
test_monero (void)
{
  static const char integrated[] =
    "4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES9khPK";
  /* Good checksums: an identifier where the tag has none, none where it has one, and another tag; and a first and a
   * last block that are right but for what their bytes cannot hold. */
  static const char * const invalid[] = {
    "41fKjWJQySv2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA1w8N6zv",
    "4BMzkK7uaiS2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24dS1gok",
    "4M4fm7wQByx2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24gr6xik",
    "nqBXJ9vgdwL2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24fKBXm9",
    "41fKjWJQySv2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z2ZYVG2Hm",
  };
  RefillsMoneroAddress address;
  g_autofree char *longest = g_strnfill (106, 'z');
  g_autofree char *too_long = g_strnfill (107, '1');
  g_autofree char *ones = g_strnfill (106, '1');

  payment_vectors_each ("monero-address", check_monero);

  g_assert_true (refills_monero_address_parse (integrated, &address, NULL));
  g_assert_cmpstr (address.kind, ==, "mainnet-integrated");
  g_assert_cmpuint (address.n_bytes, ==, 72);

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (refills_monero_address_parse (invalid[i], &address, NULL));

  /* zzzzzzzzzzz is more than eight bytes hold. */
  g_assert_false (refills_monero_address_parse (longest, &address, NULL));
  g_assert_false (refills_monero_address_parse (too_long, &address, NULL));
  g_assert_false (refills_monero_address_parse (ones, &address, NULL));
  g_assert_false (refills_monero_address_parse ("", &address, NULL));
  for (gsize n = 0; n < 106; n++) {
    g_autofree char *text = g_strnfill (n, '1');

    g_assert_false (refills_monero_address_parse (text, &address, NULL));
  }
}

/* The check value that catalogues of CRCs give for XMODEM. */
static void
test_crc16 (void)
{
  g_assert_cmpuint (refills_crc16 ((const guint8 *) "123456789", 9), ==, 0x31c3);
  g_assert_cmpuint (refills_crc16 (NULL, 0), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/address-forms/cashaddr", test_cashaddr);
  g_test_add_func ("/address-forms/ton", test_ton);
  g_test_add_func ("/address-forms/xrp", test_xrp);
  g_test_add_func ("/address-forms/stellar", test_stellar);
  g_test_add_func ("/address-forms/monero", test_monero);
  g_test_add_func ("/address-forms/crc16", test_crc16);

  return g_test_run ();
}
