/* test-payment-choice.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which coin and network are chosen where nobody chose, what is said of it, and what cannot be chosen.
 */
#include "refills-payment-choice-private.h"

#include <string.h>

#include "refills-payment-via.h"
#include "refills-problem.h"
#include "refills-test.h"

#define TOKEN(name, address, decimals, more) \
  "{\"name\":\"" name "\",\"threshold\":\"0.562099175481640\"," more "\"smart_contract\":{\"address\":\"" address \
  "\",\"decimals\":" decimals "}}"
#define SOLANA(more) TOKEN ("Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "6", more)
#define BASE TOKEN ("Base", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "6", "")
#define ETHEREUM TOKEN ("ETH Mainnet", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "6", "")
#define BRIDGED TOKEN ("Polygon (Matic)", "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174", "6", "")
#define TRON TOKEN ("Tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "6", "")
#define COIN(name, networks) "{\"name\":\"" name "\",\"networks\":[" networks "]}"
#define WALLET(coins) "{\"name\":\"USER_WALLET\",\"available\":true,\"currencies\":[" coins "]}"
#define BTC COIN ("BTC", "{\"name\":\"Mainnet\",\"threshold\":\"0.000006542118270\"},{\"name\":\"Lightning\"}")
#define DOGE "{\"name\":\"DOGE\",\"is_suspended\":true,\"networks\":[{\"name\":\"Mainnet\"}]}"
#define ALL(solana) \
  WALLET (BTC "," COIN ("USDT", TRON) "," DOGE "," COIN ("USDC", ETHEREUM "," BRIDGED "," BASE "," solana))

static RefillsCollection *
make_vias (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) json = refills_json_parse (bytes, 1 << 16, &error);
  RefillsCollection *vias = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsJsonPlace place, element;

  g_assert_no_error (error);
  refills_json_place_init (&place, json);
  if (refills_json_place_get_kind (&place) == REFILLS_JSON_ARRAY) {
    for (guint i = 0; i < refills_json_get_length (&place); i++) {
      refills_json_get_element (&place, i, &element);
      g_ptr_array_add (items, refills_payment_via_new_from_json (&element, &error));
    }
  } else {
    g_ptr_array_add (items, refills_payment_via_new_from_json (&place, &error));
  }
  g_assert_no_error (error);
  refills_collection_take_items (vias, items, items->len, 0);

  return vias;
}

static RefillsPaymentChoice *
make_choice (const char *text,
             const char *coin,
             const char *network)
{
  g_autoptr (RefillsCollection) vias = make_vias (text);
  g_autoptr (RefillsPreferredPayment) preferred = refills_preferred_payment_new ();

  if (coin != NULL)
    refills_preferred_payment_set (preferred, coin, network);

  return refills_payment_choice_new (vias, preferred);
}

static void
assert_pair (RefillsPaymentChoice *choice,
             const char           *coin,
             const char           *network)
{
  RefillsNetwork *chosen = refills_payment_choice_get_network (choice);

  g_assert_cmpstr (refills_coin_get_symbol (refills_payment_choice_get_coin (choice)), ==, coin);
  g_assert_cmpstr (chosen != NULL ? refills_network_get_name (chosen) : NULL, ==, network);
}

static char *
list_coins (RefillsPaymentChoice *choice)
{
  GListModel *coins = refills_payment_choice_get_coins (choice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (coins, i);

    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", refills_coin_get_symbol (coin));
  }

  return g_string_free (text, FALSE);
}

/* Each with what stands against it, behind a colon. */
static char *
list_networks (RefillsPaymentChoice *choice)
{
  GListModel *networks = refills_payment_choice_get_networks (choice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, i);
    g_autofree char *bar = refills_payment_choice_dup_bar (choice, refills_payment_choice_get_coin (choice), network);

    g_string_append_printf (text, "%s%s%s%s", i > 0 ? "|" : "", refills_network_get_title (network),
                            bar != NULL ? ": " : "", bar != NULL ? bar : "");
  }

  return g_string_free (text, FALSE);
}

static gpointer
find_named (GListModel *list,
            const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (list, i);
    const char *own = REFILLS_IS_COIN (item) ? refills_coin_get_symbol (REFILLS_COIN (item))
                                             : refills_network_get_name (REFILLS_NETWORK (item));

    if (g_str_equal (own, name))
      return item; /* the list keeps it */
  }

  return NULL;
}

static void
pick (RefillsPaymentChoice *choice,
      const char           *coin,
      const char           *network)
{
  refills_payment_choice_set_coin (choice, find_named (refills_payment_choice_get_coins (choice), coin));
  if (network != NULL)
    refills_payment_choice_set_network (choice, find_named (refills_payment_choice_get_networks (choice), network));
}

static void
set_price (RefillsPaymentChoice *choice,
           const char           *amount)
{
  RefillsDecimal total;

  g_assert_true (refills_decimal_parse (amount, &total, NULL));
  refills_payment_choice_set_price (choice, "USDC", &total);
}

/* What is recommended stands first, stablecoins on cheap networks next, all else as the service lists it. */
static void
test_order (void)
{
  g_autoptr (RefillsPaymentChoice) choice = make_choice (ALL (SOLANA ("")), NULL, NULL);
  g_autofree char *coins = list_coins (choice);
  g_autofree char *networks = list_networks (choice);

  assert_pair (choice, "USDC", "Solana");
  g_assert_null (refills_payment_choice_get_notice (choice));
  g_assert_null (refills_payment_choice_get_hint (choice));
  g_assert_cmpstr (coins, ==, "USDC,BTC,USDT,DOGE");
  /* The contract on Polygon is of another token. */
  g_assert_cmpstr (networks, ==, "Solana|Polygon: Not supported by this version|Base|Ethereum");
}

static void
test_fallback (void)
{
  static const struct { const char *vias, *coin, *network, *notice; } cases[] = {
    { ALL (SOLANA ("\"is_suspended\":true,")), "USDC", "Base",
      "USDC on Solana is suspended for now. USDC on Base is chosen instead." },
    { ALL (TOKEN ("Solana", "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", "6", "")), "USDC", "Base",
      "USDC on Solana is not supported by this version. USDC on Base is chosen instead." },
    { WALLET (BTC "," COIN ("USDC", SOLANA ("\"is_suspended\":true,"))), "BTC", "Mainnet",
      "USDC on Solana is suspended for now. BTC on Bitcoin is chosen instead." },
    /* It is not there, so nobody expects it. */
    { WALLET (BTC), "BTC", "Mainnet", NULL },
    { WALLET (BTC "," COIN ("USDC", BASE)), "USDC", "Base", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPaymentChoice) choice = make_choice (cases[i].vias, NULL, NULL);

    assert_pair (choice, cases[i].coin, cases[i].network);
    g_assert_cmpstr (refills_payment_choice_get_notice (choice), ==, cases[i].notice);
  }
}

static void
test_nothing (void)
{
  g_autoptr (RefillsPaymentChoice) choice = make_choice (WALLET (DOGE), NULL, NULL);
  g_autoptr (RefillsPaymentChoice) none = make_choice (WALLET (""), NULL, NULL);
  RefillsCoin *doge = find_named (refills_payment_choice_get_coins (choice), "DOGE");
  g_autofree char *bar = refills_payment_choice_dup_coin_bar (choice, doge);

  /* What cannot be used is listed with the reason, and never chosen. */
  g_assert_null (refills_payment_choice_get_coin (choice));
  g_assert_cmpstr (bar, ==, "Suspended for now");
  g_assert_cmpstr (refills_payment_choice_get_hint (choice), ==, "None of these coins can be used now.");
  pick (choice, "DOGE", NULL);
  g_assert_null (refills_payment_choice_get_coin (choice));
  g_assert_null (refills_payment_choice_get_coin (none));
  g_assert_cmpstr (refills_payment_choice_get_hint (none), ==, "Choose a coin to pay with.");
}

static void
test_preferred (void)
{
  static const struct { const char *coin, *network, *chosen_coin, *chosen_network, *notice; } cases[] = {
    { "USDT", "Tron", "USDT", "Tron", NULL },
    { "BTC", "Lightning", "BTC", "Lightning", NULL },
    { "DOGE", "Mainnet", "USDC", "Solana", "DOGE on Dogecoin is suspended for now. USDC on Solana is chosen instead." },
    { "USDC", "Polygon (Matic)", "USDC", "Solana",
      "USDC on Polygon is not supported by this version. USDC on Solana is chosen instead." },
    /* It is gone. */
    { "XMR", "Mainnet", "USDC", "Solana", NULL },
    { "USDT", "", "USDC", "Solana", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPaymentChoice) choice = make_choice (ALL (SOLANA ("")), cases[i].coin, cases[i].network);

    assert_pair (choice, cases[i].chosen_coin, cases[i].chosen_network);
    g_assert_cmpstr (refills_payment_choice_get_notice (choice), ==, cases[i].notice);
  }
}

/* Only what a person chose is a wish. */
static void
test_remember (void)
{
  g_autoptr (RefillsCollection) vias = make_vias (ALL (SOLANA ("\"is_suspended\":true,")));
  g_autoptr (RefillsPreferredPayment) preferred = refills_preferred_payment_new ();
  g_autoptr (RefillsPaymentChoice) choice = refills_payment_choice_new (vias, preferred);

  assert_pair (choice, "USDC", "Base");
  refills_payment_choice_remember (choice);
  g_assert_cmpstr (refills_preferred_payment_get_coin (preferred), ==, "");
  pick (choice, "USDT", NULL);
  assert_pair (choice, "USDT", "Tron");
  g_assert_null (refills_payment_choice_get_notice (choice));
  refills_payment_choice_remember (choice);
  g_assert_cmpstr (refills_preferred_payment_get_coin (preferred), ==, "USDT");
  g_assert_cmpstr (refills_preferred_payment_get_network (preferred), ==, "Tron");
}

static void
count_cb (RefillsPaymentChoice *choice,
          guint                *n)
{
  (*n)++;
}

static void
test_barred_is_not_chosen (void)
{
  g_autoptr (RefillsPaymentChoice) choice = make_choice (ALL (SOLANA ("")), NULL, NULL);
  guint n_changes = 0;

  g_signal_connect (choice, "changed", G_CALLBACK (count_cb), &n_changes);
  pick (choice, "USDC", "Polygon (Matic)");
  assert_pair (choice, "USDC", "Solana");
  g_assert_cmpuint (n_changes, ==, 0);
  pick (choice, "USDC", "Base");
  assert_pair (choice, "USDC", "Base");
  g_assert_cmpuint (n_changes, ==, 1);
  pick (choice, "DOGE", NULL);
  assert_pair (choice, "USDC", "Base");
  g_assert_cmpuint (n_changes, ==, 1);
  refills_payment_choice_set_locked (choice, TRUE);
  pick (choice, "BTC", NULL);
  assert_pair (choice, "USDC", "Base");
}

static void
test_minimum (void)
{
  g_autoptr (RefillsPaymentChoice) choice = make_choice (ALL (SOLANA ("")), NULL, NULL);
  g_autofree char *bar = NULL;

  set_price (choice, "0.57");
  assert_pair (choice, "USDC", "Solana");
  set_price (choice, "0.56");
  /* The least of the next coin is not known in that coin. */
  assert_pair (choice, "BTC", "Mainnet");
  g_assert_cmpstr (refills_payment_choice_get_notice (choice), ==,
                   "USDC on Solana needs at least 0.57 USDC. BTC on Bitcoin is chosen instead.");
  bar = refills_payment_choice_dup_coin_bar (choice, find_named (refills_payment_choice_get_coins (choice), "USDC"));
  g_assert_cmpstr (bar, ==, "Minimum 0.57 USDC");
  pick (choice, "USDC", NULL);
  assert_pair (choice, "BTC", "Mainnet");
  refills_payment_choice_set_price (choice, NULL, NULL);
  pick (choice, "USDC", "Base");
  assert_pair (choice, "USDC", "Base");

  /* What a person chose is not changed for something else, and is not kept where it cannot be used. */
  set_price (choice, "0.56");
  g_assert_null (refills_payment_choice_get_coin (choice));
  g_assert_null (refills_payment_choice_get_network (choice));
  g_assert_cmpstr (refills_payment_choice_get_notice (choice), ==,
                   "USDC on Base needs at least 0.57 USDC. Choose another coin.");
  g_assert_cmpstr (refills_payment_choice_get_hint (choice), ==, "Choose a coin to pay with.");
}

static GListModel *
make_problems (const char *combos,
               const char *second)
{
  g_autofree char *text = g_strdup_printf ("{\"problem\":\"UNSUPPORTED_PROTOCOL_COIN_COMBINATION\",\"moreDetails\":"
                                           "{\"supported_protocol_coin_combo\":[%s]}}", combos);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (RefillsJson) json = refills_json_parse (bytes, 1 << 16, NULL);
  g_autoptr (RefillsProblem) problem = NULL;
  GListStore *store = g_list_store_new (REFILLS_TYPE_PROBLEM);
  RefillsJsonPlace place;

  refills_json_place_init (&place, json);
  problem = refills_problem_new_from_json (&place, NULL);
  g_list_store_append (store, problem);
  if (second != NULL) {
    g_autoptr (RefillsProblem) other = refills_problem_new_for_code (second);

    g_list_store_append (store, other);
  }

  return G_LIST_MODEL (store);
}

static void
test_basket (void)
{
  static const char base[] = "{\"protocol\":\"BASE_LIKE\",\"coin\":\"USDC\"}";
  g_autoptr (RefillsPaymentChoice) choice = make_choice (ALL (SOLANA ("")), NULL, NULL);
  g_autoptr (RefillsPaymentChoice) picked = make_choice (ALL (SOLANA ("")), NULL, NULL);
  g_autoptr (RefillsPaymentChoice) in_doubt = make_choice (ALL (SOLANA ("")), NULL, NULL);
  g_autoptr (GListModel) problems = make_problems (base, NULL);
  g_autoptr (GListModel) two = make_problems (base, "OUT_OF_STOCK");
  g_autoptr (GListModel) silent = make_problems ("", NULL);
  g_autofree char *networks = NULL;

  refills_payment_choice_heed_problems (choice, problems);
  assert_pair (choice, "USDC", "Base");
  g_assert_cmpstr (refills_payment_choice_get_notice (choice), ==,
                   "USDC on Solana is not accepted for this product. USDC on Base is chosen instead.");
  networks = list_networks (choice);
  g_assert_cmpstr (networks, ==, "Solana: Not accepted for this product|Polygon: Not supported by this version|Base|"
                                 "Ethereum: Not accepted for this product");

  /* What a person chose stays, and so does what moving on would not help. */
  pick (picked, "USDC", "ETH Mainnet");
  refills_payment_choice_heed_problems (picked, problems);
  assert_pair (picked, "USDC", "ETH Mainnet");
  refills_payment_choice_heed_problems (in_doubt, silent);
  refills_payment_choice_heed_problems (in_doubt, two);
  assert_pair (in_doubt, "USDC", "Solana");
}

#define EXCHANGE(name, coins) "{\"name\":\"" name "\",\"available\":true,\"currencies\":[" coins "]}"
#define SUSPENDED(name) "{\"name\":\"" name "\",\"is_suspended\":true,\"networks\":[]}"
#define EXCHANGES(kucoin) \
  "[" EXCHANGE ("KUCOIN_PAY", kucoin) "," \
  "{\"name\":\"BUYDL\",\"available\":false,\"currencies\":[" COIN ("BTC", "") "]}," \
  ALL (SOLANA ("")) "," EXCHANGE ("SOME_PAY", "") "," EXCHANGE ("_", COIN ("BTC", "")) "," \
  EXCHANGE ("GATE_PAY", COIN ("USDT", "{\"name\":\"Foo\",\"is_suspended\":true}," TRON)) "]"

static void
pick_via (RefillsPaymentChoice *choice,
          const char           *name)
{
  GListModel *vias = refills_payment_choice_get_vias (choice);

  for (guint i = 0; i < g_list_model_get_n_items (vias); i++) {
    g_autoptr (RefillsPaymentVia) via = g_list_model_get_item (vias, i);

    if (g_str_equal (refills_payment_via_get_name (via), name))
      refills_payment_choice_set_via (choice, via);
  }
  g_assert_cmpstr (refills_payment_via_get_name (refills_payment_choice_get_via (choice)), ==, name);
}

static void
test_exchange (void)
{
  g_autoptr (RefillsCollection) vias = make_vias (EXCHANGES (SUSPENDED ("USDC") "," COIN ("USDT", "")));
  g_autoptr (RefillsPreferredPayment) preferred = refills_preferred_payment_new ();
  g_autoptr (RefillsPaymentChoice) choice = refills_payment_choice_new (vias, preferred);
  g_autofree char *coins = NULL;
  g_autofree char *networks = NULL;
  guint n_changes = 0;

  g_signal_connect (choice, "changed", G_CALLBACK (count_cb), &n_changes);
  /* What can be used and named, a wallet in front and chosen. */
  g_assert_cmpuint (g_list_model_get_n_items (refills_payment_choice_get_vias (choice)), ==, 3);
  pick_via (choice, "USER_WALLET");
  g_assert_cmpuint (n_changes, ==, 0);
  assert_pair (choice, "USDC", "Solana");

  /* The coin is the exchange's; what is suspended there is not chosen by itself, and cannot be used. */
  pick_via (choice, "KUCOIN_PAY");
  g_assert_cmpuint (n_changes, ==, 1);
  assert_pair (choice, "USDT", NULL);
  coins = list_coins (choice);
  g_assert_cmpstr (coins, ==, "USDC,USDT");
  g_assert_true (refills_payment_choice_is_complete (choice));
  g_assert_null (refills_payment_choice_get_hint (choice));
  g_assert_true (g_str_has_prefix (refills_payment_choice_get_notice (choice), "You pay on the exchange’s own page"));
  pick (choice, "USDC", NULL);
  assert_pair (choice, "USDT", NULL);

  /* One that has networks. */
  pick_via (choice, "GATE_PAY");
  assert_pair (choice, "USDT", "Tron");
  networks = list_networks (choice);
  g_assert_nonnull (strstr (networks, "Foo: Suspended for now"));
  g_assert_null (strstr (networks, "Not supported"));

  /* It is a choice for one purchase. */
  refills_payment_choice_remember (choice);
  g_assert_cmpstr (refills_preferred_payment_get_coin (preferred), ==, "");
  pick_via (choice, "USER_WALLET");
  assert_pair (choice, "USDC", "Solana");
  g_assert_null (refills_payment_choice_get_notice (choice));
  refills_payment_choice_set_locked (choice, TRUE);
  refills_payment_choice_set_via (choice, refills_payment_choice_get_via (choice));
  assert_pair (choice, "USDC", "Solana");
}

/* Where all that an exchange has is suspended it can be looked at, and nothing is chosen there. */
static void
test_exchange_suspended (void)
{
  g_autoptr (RefillsPaymentChoice) choice = make_choice (EXCHANGES (SUSPENDED ("USDC")), NULL, NULL);

  pick_via (choice, "KUCOIN_PAY");
  g_assert_null (refills_payment_choice_get_coin (choice));
  g_assert_false (refills_payment_choice_is_complete (choice));
  g_assert_cmpstr (refills_payment_choice_get_hint (choice), ==, "None of these coins can be used now.");
  pick_via (choice, "USER_WALLET");
  assert_pair (choice, "USDC", "Solana");
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-choice/order", test_order);
  g_test_add_func ("/payment-choice/fallback", test_fallback);
  g_test_add_func ("/payment-choice/nothing", test_nothing);
  g_test_add_func ("/payment-choice/preferred", test_preferred);
  g_test_add_func ("/payment-choice/remember", test_remember);
  g_test_add_func ("/payment-choice/barred-is-not-chosen", test_barred_is_not_chosen);
  g_test_add_func ("/payment-choice/minimum", test_minimum);
  g_test_add_func ("/payment-choice/basket", test_basket);
  g_test_add_func ("/payment-choice/exchange", test_exchange);
  g_test_add_func ("/payment-choice/exchange-suspended", test_exchange_suspended);

  return g_test_run ();
}
