/* test-wallet.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-wallet.h"

#include "refills-test.h"

static const RefillsWallet *
find (RefillsAddressFamily  family,
      const char           *id)
{
  g_autofree const RefillsWallet **list = refills_wallet_list (family);

  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (refills_wallet_get_id (list[i]), id))
      return list[i];

  return NULL;
}

/* What is right for all that are not listed comes first, an exchange second, and no id twice. */
static void
test_lists (void)
{
  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
    g_autofree const RefillsWallet **list = refills_wallet_list (family);
    g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

    g_assert_cmpstr (refills_wallet_get_id (list[0]), ==, "other");
    g_assert_cmpstr (refills_wallet_get_id (list[1]), ==, "exchange");
    g_assert_true (refills_wallet_is_exchange (list[1]));
    for (guint i = 0; list[i] != NULL; i++) {
      g_assert_true (g_hash_table_add (ids, (gpointer) refills_wallet_get_id (list[i])));
      g_assert_cmpstr (refills_wallet_get_name (list[i]), !=, "");
      if (i > 1)
        g_assert_false (refills_wallet_is_exchange (list[i]));
    }
  }
}

static void
test_codes (void)
{
  const struct {
    const char         *coin, *network, *wallet;
    RefillsPaymentCode  code;
    gboolean            has_choice, has_caution;
  } cases[] = {
    { "BTC", "Mainnet", "other", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "BTC", "Lightning", "other", REFILLS_PAYMENT_CODE_REQUEST, FALSE, FALSE },
    { "LTC", "Mainnet", "other", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "DOGE", "Mainnet", "other", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, FALSE },
    { "USDC", "Base", "other", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, FALSE },
    { "USDC", "Solana", "other", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "USDT", "Tron", "other", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, FALSE },
    { "USDT", "Ton", "other", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "USDC", "Sui", "other", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, FALSE },
    { "USDC", "Base", "metamask", REFILLS_PAYMENT_CODE_REQUEST, TRUE, TRUE },
    { "USDC", "Base", "metamask-extension", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Base", "trust", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Base", "rainbow", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Base", "uniswap", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Base", "gem", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Base", "cake", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Solana", "trust", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Solana", "phantom", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "USDC", "Solana", "metamask", REFILLS_PAYMENT_CODE_REQUEST, TRUE, TRUE },
    { "USDT", "Tron", "tronlink", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, FALSE },
    { "USDT", "Ton", "tonkeeper", REFILLS_PAYMENT_CODE_REQUEST, TRUE, FALSE },
    { "USDT", "Ton", "gem", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "BTC", "Lightning", "bluewallet", REFILLS_PAYMENT_CODE_REQUEST, FALSE, FALSE },
    { "BTC", "Mainnet", "exchange", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "BTC", "Lightning", "exchange", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
    { "USDC", "Solana", "exchange", REFILLS_PAYMENT_CODE_ADDRESS, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const RefillsToken *token = refills_token_find (cases[i].coin, cases[i].network);
    const RefillsWallet *wallet = NULL;
    g_autofree char *caution = NULL;

    g_test_message ("%s, %s, %s", cases[i].coin, cases[i].network, cases[i].wallet);
    g_assert_nonnull (token);
    wallet = find (token->family, cases[i].wallet);
    g_assert_nonnull (wallet);
    g_assert_cmpint (refills_wallet_get_code (wallet, token), ==, cases[i].code);
    g_assert_cmpint (refills_wallet_has_choice (wallet, token), ==, cases[i].has_choice);
    caution = refills_wallet_dup_caution (wallet, token);
    g_assert_cmpint (caution != NULL, ==, cases[i].has_caution);
    /* A sentence says of whom it is, and of an invoice nothing that holds for addresses. */
    if (caution != NULL && !refills_wallet_is_exchange (wallet))
      g_assert_true (g_str_has_prefix (caution, refills_wallet_get_name (wallet)));
    if (caution != NULL && token->family == REFILLS_ADDRESS_LIGHTNING)
      g_assert_nonnull (strstr (caution, "Lightning"));
  }
}

/* A wallet is not offered where nothing is known of it. */
static void
test_families (void)
{
  g_assert_null (find (REFILLS_ADDRESS_EVM, "tronlink"));
  g_assert_null (find (REFILLS_ADDRESS_TRON, "metamask"));
  g_assert_null (find (REFILLS_ADDRESS_SOLANA, "bluewallet"));
  g_assert_null (find (REFILLS_ADDRESS_BITCOIN, "phantom"));
}

static void
test_memory (void)
{
  const RefillsToken *solana = refills_token_find ("USDC", "Solana");
  const RefillsToken *base = refills_token_find ("USDC", "Base");
  RefillsPaymentCode code = REFILLS_PAYMENT_CODE_REQUEST;
  g_auto (GStrv) one = refills_wallet_remember (NULL, solana, find (REFILLS_ADDRESS_SOLANA, "phantom"),
                                                REFILLS_PAYMENT_CODE_ADDRESS);
  g_auto (GStrv) two = refills_wallet_remember ((const char * const *) one, base,
                                                find (REFILLS_ADDRESS_EVM, "metamask"), REFILLS_PAYMENT_CODE_REQUEST);
  g_auto (GStrv) three = refills_wallet_remember ((const char * const *) two, solana,
                                                  find (REFILLS_ADDRESS_SOLANA, "gem"), REFILLS_PAYMENT_CODE_REQUEST);

  g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall (NULL, base, &code)), ==, "other");
  g_assert_cmpint (code, ==, REFILLS_PAYMENT_CODE_ADDRESS);
  g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall ((const char * const *) two, solana, &code)), ==,
                   "phantom");
  g_assert_cmpint (code, ==, REFILLS_PAYMENT_CODE_ADDRESS);
  g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall ((const char * const *) three, base, &code)), ==,
                   "metamask");
  g_assert_cmpint (code, ==, REFILLS_PAYMENT_CODE_REQUEST);
  g_assert_cmpuint (g_strv_length (three), ==, 2);
  g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall ((const char * const *) three, solana, &code)), ==,
                   "gem");
}

/* What somebody wrote there by hand gives no wallet a code that it reads wrongly. */
static void
test_bad_memory (void)
{
  const RefillsToken *base = refills_token_find ("USDC", "Base");
  const char * const bad[] = {
    "", "evm", "evm=", "evm=metamask", "evm=metamask:", "evm=metamask:all", "evm=nobody:request",
    "evm=tronlink:address", "evm=metamask:request:more", "EVM=metamask:request", "solana=metamask:address",
  };
  const char * const forced[] = { "evm=trust:request", NULL };
  RefillsPaymentCode code = REFILLS_PAYMENT_CODE_REQUEST;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char * const choices[] = { bad[i], NULL };

    g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall (choices, base, &code)), ==, "other");
    g_assert_cmpint (code, ==, REFILLS_PAYMENT_CODE_ADDRESS);
  }
  g_assert_cmpstr (refills_wallet_get_id (refills_wallet_recall (forced, base, &code)), ==, "trust");
  g_assert_cmpint (code, ==, REFILLS_PAYMENT_CODE_ADDRESS);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/model/wallet/lists", test_lists);
  g_test_add_func ("/model/wallet/codes", test_codes);
  g_test_add_func ("/model/wallet/families", test_families);
  g_test_add_func ("/model/wallet/memory", test_memory);
  g_test_add_func ("/model/wallet/bad-memory", test_bad_memory);

  return g_test_run ();
}
