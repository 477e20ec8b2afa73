/* test-coin.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-coin.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'name':'BTC','is_suspended':true,'networks':["
  "{'name':'Mainnet','threshold':'0.000006542118270'},{'name':7},"
  "{'name':'Lightning','threshold':'0.000006542118270','base_token':'BTC'}]}";

static void
test_whole (void)
{
  g_autoptr (JsonCase) json = json_case_new (whole);
  g_autoptr (GError) error = NULL;
  RefillsCoin *coin = refills_coin_new_from_json (&json->place, &error);
  g_autoptr (RefillsNetwork) first = NULL;

  g_assert_no_error (error);
  assert_contract (coin);
  g_assert_cmpstr (refills_coin_get_symbol (coin), ==, "BTC");
  g_assert_true (refills_coin_is_suspended (coin));
  /* The broken one is left out, its neighbours stay. */
  g_assert_cmpuint (g_list_model_get_n_items (refills_coin_get_networks (coin)), ==, 2);
  first = g_list_model_get_item (refills_coin_get_networks (coin), 0);
  g_assert_cmpstr (refills_network_get_title (first), ==, "Bitcoin");
  g_assert_finalize_object (coin);
}

static void
test_without_networks (void)
{
  static const char * const texts[] = {
    "{'name':'USDC.e'}", "{'name':'USDC.e','networks':null}", "{'name':'USDC.e','networks':[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonCase) json = json_case_new (texts[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsCoin) coin = refills_coin_new_from_json (&json->place, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (refills_coin_get_symbol (coin), ==, "USDC.e");
    g_assert_cmpuint (g_list_model_get_n_items (refills_coin_get_networks (coin)), ==, 0);
  }
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCoin) coin = refills_coin_new_from_json (place, &error);

  g_assert_true ((coin == NULL) == (error != NULL));
  /* A broken network never takes the coin away. */
  if (g_str_has_prefix (path, "$.networks["))
    g_assert_nonnull (coin);
}

static void
test_vary (void)
{
  json_case_vary (whole, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/coin/whole", test_whole);
  g_test_add_func ("/coin/without-networks", test_without_networks);
  g_test_add_func ("/coin/vary", test_vary);

  return g_test_run ();
}
