/* test-problem-choice.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-problem-choice.h"

#include "json-case.h"
#include "refills-test.h"

static void
test_contract (void)
{
  RefillsProblemChoice *choice = refills_problem_choice_new_for_payment ("SOLANA_LIKE", "USDC");

  assert_contract (choice);
  g_assert_cmpstr (refills_problem_choice_get_coin (choice), ==, "USDC");
  g_assert_null (refills_problem_choice_get_kind (choice));
  g_assert_null (refills_problem_choice_get_via (choice));
  g_assert_finalize_object (choice);
}

static void
test_labels (void)
{
  static const char * const cases[][3] = {
    { "SOLANA_LIKE", "USDC", "USDC on Solana" },
    { "ETHEREUM_LIKE", "USDT", "USDT on Ethereum" },
    { "MATIC_LIKE", "USDC", "USDC on Polygon" },
    { "LIGHTNING_LIKE", "BTC", "BTC on Lightning" },
    { "BTC_LIKE", "BTC", "BTC on Bitcoin" },
    { "BTC_LIKE", "LTC", "LTC on Litecoin" },
    { "BTC_LIKE", "DOGE", "DOGE on Dogecoin" },
    { "BRAND_NEW_LIKE", "X", "X on brand new" },
    { "Base", "USDC", "USDC on Base" },
    { NULL, "USDC", NULL },
    { "BASE_LIKE", NULL, NULL },
    { "BASE_LIKE", "<b>", NULL },
    { "", "USDC", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProblemChoice) choice = refills_problem_choice_new_for_payment (cases[i][0], cases[i][1]);

    g_assert_cmpstr (choice != NULL ? refills_problem_choice_get_label (choice) : NULL, ==, cases[i][2]);
  }
}

static void
test_kinds (void)
{
  static const struct { const char *given, *label, *kind, *via; } cases[] = {
    { "giftcard", "gift cards", "giftcard", NULL },
    { "mobile_recharge", "mobile top-ups and eSIMs", "mobile_recharge", NULL },
    { "new_kind", "new kind", "new_kind", NULL },
    { "USER_WALLET", "your own wallet", NULL, "USER_WALLET" },
    { "KRAKEN_PAY", "Kraken Pay (Krak)", NULL, "KRAKEN_PAY" },
    { "NEW_PAY", "New Pay", NULL, "NEW_PAY" },
    { "%s", NULL, NULL, NULL },
    { "_", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProblemChoice) choice = refills_problem_choice_new_for_kind (cases[i].given);

    g_assert_true ((choice == NULL) == (cases[i].label == NULL));
    if (choice == NULL)
      continue;
    g_assert_cmpstr (refills_problem_choice_get_label (choice), ==, cases[i].label);
    g_assert_cmpstr (refills_problem_choice_get_kind (choice), ==, cases[i].kind);
    g_assert_cmpstr (refills_problem_choice_get_via (choice), ==, cases[i].via);
  }
}

/* By chain, by the title people know, and by the very name. */
static void
test_networks (void)
{
  static const struct { const char *protocol, *coin, *network; gboolean same; } cases[] = {
    { "SOLANA_LIKE", "USDC", "{'name':'Solana'}", TRUE },
    { "SOLANA_LIKE", "USDC", "{'name':'Base','chain_id':8453}", FALSE },
    { "BASE_LIKE", "USDC", "{'name':'Something','chain_id':8453}", TRUE },
    { "MATIC_LIKE", "USDC", "{'name':'Polygon (Matic)'}", TRUE },
    { "ETHEREUM_LIKE", "USDC", "{'name':'ETH Mainnet'}", TRUE },
    { "ARBITRUM_LIKE", "USDC", "{'name':'Arbitrum'}", TRUE },
    { "BSC_LIKE", "USDT", "{'name':'Binance Smart Chain'}", TRUE },
    { "WORLDCHAIN_LIKE", "WLD", "{'name':'WORLDCHAIN'}", TRUE },
    { "TON_LIKE", "USDT", "{'name':'Ton'}", TRUE },
    { "BTC_LIKE", "BTC", "{'name':'Mainnet'}", TRUE },
    { "BTC_LIKE", "BTC", "{'name':'Lightning'}", FALSE },
    { "BTC_LIKE", "LTC", "{'name':'Mainnet'}", TRUE },
    { "Polygon (Matic)", "USDC", "{'name':'Polygon (Matic)'}", TRUE },
  };
  g_autoptr (RefillsProblemChoice) kind = refills_problem_choice_new_for_kind ("giftcard");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonCase) json = json_case_new (cases[i].network);
    g_autoptr (RefillsNetwork) network = refills_network_new_for_coin (&json->place, cases[i].coin, NULL);
    g_autoptr (RefillsProblemChoice) choice =
      refills_problem_choice_new_for_payment (cases[i].protocol, cases[i].coin);

    g_test_message ("%s %s", cases[i].protocol, cases[i].network);
    g_assert_cmpint (refills_problem_choice_has_network (choice, network), ==, cases[i].same);
    g_assert_false (refills_problem_choice_has_network (kind, network));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/problem-choice/contract", test_contract);
  g_test_add_func ("/problem-choice/labels", test_labels);
  g_test_add_func ("/problem-choice/kinds", test_kinds);
  g_test_add_func ("/problem-choice/networks", test_networks);

  return g_test_run ();
}
