/* test-network.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-network.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'name':'Base','threshold':'0.562099175481640','chain_id':8453,'smart_contract_engine':'EVM',"
  "'base_token':'ETH','is_suspended':false,'display_name':'Base','unknown':[1],"
  "'smart_contract':{'engine':'EVM','address':'0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',"
  "'decimals':6,'symbol':'USDC'}}";

static RefillsNetwork *
read_network (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsNetwork *network = refills_network_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return network;
}

static void
test_whole (void)
{
  RefillsNetwork *network = read_network (whole);
  RefillsDecimal threshold;
  g_autofree char *text = NULL;

  assert_contract (network);
  g_assert_cmpstr (refills_network_get_name (network), ==, "Base");
  g_assert_cmpstr (refills_network_get_title (network), ==, "Base");
  g_assert_cmpstr (refills_network_get_base_token (network), ==, "ETH");
  g_assert_cmpstr (refills_network_get_contract (network), ==,
                   "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  g_assert_cmpint (refills_network_get_decimals (network), ==, 6);
  g_assert_cmpuint (refills_network_get_chain_id (network), ==, 8453);
  g_assert_false (refills_network_is_suspended (network));
  g_assert_true (refills_network_get_threshold (network, &threshold));
  text = refills_decimal_to_text (&threshold);
  g_assert_cmpstr (text, ==, "0.562099175481640");
  g_assert_finalize_object (network);
}

static void
test_least (void)
{
  g_autoptr (RefillsNetwork) network = read_network ("{'name':'Foo'}");

  g_assert_cmpstr (refills_network_get_title (network), ==, "Foo");
  g_assert_null (refills_network_get_contract (network));
  g_assert_null (refills_network_get_base_token (network));
  g_assert_cmpint (refills_network_get_decimals (network), ==, -1);
  g_assert_cmpuint (refills_network_get_chain_id (network), ==, 0);
  g_assert_false (refills_network_get_threshold (network, NULL));
}

static void
test_titles (void)
{
  static const struct {
    const char *text;
    const char *title;
  } cases[] = {
    { "{'name':'Polygon (Matic)'}", "Polygon" },
    { "{'name':'Polygon (Matic)','display_name':'Polygon (Matic)'}", "Polygon" },
    { "{'name':'Polygon (Matic)','display_name':'Polygon PoS'}", "Polygon PoS" },
    { "{'name':'Polygon (Matic)','display_name':'   '}", "Polygon" },
    { "{'name':'ETH Mainnet'}", "Ethereum" },
    { "{'name':'Mainnet','base_token':'BTC'}", "Bitcoin" },
    { "{'name':'Mainnet','base_token':'LTC','display_name':'Mainnet'}", "Litecoin" },
    { "{'name':'Mainnet','base_token':'XYZ'}", "Mainnet" },
    { "{'name':'Lightning','base_token':'BTC'}", "Lightning" },
    { "{'name':'OKEx Mainnet','base_token':'OKT'}", "OKX Chain (not X Layer)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsNetwork) network = read_network (cases[i].text);

    g_assert_cmpstr (refills_network_get_title (network), ==, cases[i].title);
  }
}

/* Whether it can be verified is told by our table, not by the service. */
static void
test_supported (void)
{
#define USDC "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
#define TOKEN(name, address, decimals) \
  "{'name':'" name "','smart_contract':{'address':'" address "','decimals':" decimals "}"
  static const struct { const char *coin, *text; gboolean supported; } cases[] = {
    { "USDC", TOKEN ("Base", USDC, "6") ",'chain_id':8453}", TRUE },
    { "USDC", TOKEN ("Base", USDC, "6") "}", TRUE },
    { "USDC", TOKEN ("Base", "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", "6") "}", TRUE },
    { "USDC", TOKEN ("Base", USDC, "18") "}", FALSE },
    { "USDC", TOKEN ("Base", USDC, "6") ",'chain_id':1}", FALSE },
    { "USDC", TOKEN ("Base", "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", "6") "}", FALSE },
    { "USDC", TOKEN ("Arbitrum", USDC, "6") "}", FALSE },
    { "USDT", TOKEN ("Base", USDC, "6") "}", FALSE },
    { "USDC", "{'name':'Base','chain_id':8453,'smart_contract':{'address':'" USDC "'}}", FALSE },
    { "USDC", "{'name':'Base','chain_id':8453}", FALSE },
    { "USDC", "{'name':'OKEx Mainnet'}", FALSE },
    { "ETH", "{'name':'Base','chain_id':8453}", TRUE },
    { "ETH", TOKEN ("Base", USDC, "6") "}", FALSE },
    { "BTC", "{'name':'Lightning'}", TRUE },
    { "LTC", "{'name':'Lightning'}", FALSE },
    { "XMR", "{'name':'Mainnet'}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsNetwork) network = read_network (cases[i].text);

    g_test_message ("%s %s", cases[i].coin, cases[i].text);
    g_assert_cmpint (refills_network_is_supported (network, cases[i].coin), ==, cases[i].supported);
  }
}

/* What is verified is said by the name that was verified. */
static void
test_verified_title (void)
{
  g_autoptr (JsonCase) json = json_case_new ("{'name':'Base','display_name':'Solana'}");
  g_autoptr (RefillsNetwork) network = refills_network_new_for_coin (&json->place, "USDC", NULL);

  g_assert_cmpstr (refills_network_get_title (network), ==, "Base");
}

static void
test_bad (void)
{
  static const char * const bad[] = {
    "{}", "[]", "7", "null", "{'name':''}", "{'name':7}", "{'name':'A','threshold':'-1'}",
    "{'name':'A','smart_contract':[]}", "{'name':'A','smart_contract':{'decimals':99}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (JsonCase) json = json_case_new (bad[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_network_new_from_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  }
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (place, &error);

  g_assert_true ((network == NULL) == (error != NULL));
  if (network != NULL)
    g_assert_cmpstr (refills_network_get_name (network), !=, "");
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
  g_test_add_func ("/network/whole", test_whole);
  g_test_add_func ("/network/least", test_least);
  g_test_add_func ("/network/titles", test_titles);
  g_test_add_func ("/network/supported", test_supported);
  g_test_add_func ("/network/verified-title", test_verified_title);
  g_test_add_func ("/network/bad", test_bad);
  g_test_add_func ("/network/vary", test_vary);

  return g_test_run ();
}
