/* refills-sandbox-rails.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which coins travel on which networks, what a coin costs, and the list of ways to pay. Contracts
 * are the public ones of each chain. Owns constant tables only; never asks anybody for a rate.
 */
#include "refills-sandbox-private.h"

static const RefillsSandboxRail rails[] = {
  { "BTC", "Mainnet", "BTC", "BTC_LIKE", NULL, "BTC", 0, NULL, 8, 8, G_GUINT64_CONSTANT (77665400000),
    "0.000006542118270", 655, REFILLS_SANDBOX_ADDRESS_BITCOIN, FALSE, FALSE },
  { "BTC", "Lightning", "BTC-LIGHTNING", "LIGHTNING_LIKE", NULL, "BTC", 0, NULL, 8, 8,
    G_GUINT64_CONSTANT (77665400000), "0.000006542118270", 655, REFILLS_SANDBOX_ADDRESS_LIGHTNING, FALSE, FALSE },
  { "ETH", "ETH Mainnet", "ETH", "ETHEREUM_LIKE", "EVM", "ETH", 1, NULL, 18, 8, G_GUINT64_CONSTANT (2851300000),
    "0.000197137857075", 19714, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "ETH", "Base", "ETH-BASE", "BASE_LIKE", "EVM", "ETH", 8453, NULL, 18, 8, G_GUINT64_CONSTANT (2851300000),
    "0.000197137857075", 19714, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "LTC", "Mainnet", "LTC", "BTC_LIKE", NULL, "LTC", 0, NULL, 8, 8, G_GUINT64_CONSTANT (92410000),
    "0.006082665680121", 608267, REFILLS_SANDBOX_ADDRESS_LITECOIN, FALSE, FALSE },
  { "SOL", "Solana", "SOL", "SOLANA_LIKE", "SVM", "SOL", 0, NULL, 9, 6, G_GUINT64_CONSTANT (168250000),
    "0.003340856020098", 3341, REFILLS_SANDBOX_ADDRESS_SOLANA, FALSE, FALSE },
  { "TRX", "Tron", "TRX", "TRON_LIKE", "TVM", "TRX", 0, NULL, 6, 4, G_GUINT64_CONSTANT (318000),
    "1.767607470068679", 17677, REFILLS_SANDBOX_ADDRESS_TRON, FALSE, FALSE },
  { "USDC", "Solana", "USDC-SOLANA", "SOLANA_LIKE", "SVM", "SOL", 0,
    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562099175481640", 57, REFILLS_SANDBOX_ADDRESS_SOLANA, FALSE, FALSE },
  { "USDC", "Base", "USDC-BASE", "BASE_LIKE", "EVM", "ETH", 8453,
    "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562099175481640", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDC", "Polygon (Matic)", "USDC-MATIC", "MATIC_LIKE", "EVM", "POL", 137,
    "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562099175481640", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDC", "Arbitrum", "USDC-ARBITRUM", "ARBITRUM_LIKE", "EVM", "ETH", 42161,
    "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562099175481640", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDC", "ETH Mainnet", "USDC-ETHEREUM", "ETHEREUM_LIKE", "EVM", "ETH", 1,
    "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562099175481640", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDT", "Tron", "USDT-TRON", "TRON_LIKE", "TVM", "TRX", 0,
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562381043120007", 57, REFILLS_SANDBOX_ADDRESS_TRON, FALSE, FALSE },
  { "USDT", "ETH Mainnet", "USDT-ETHEREUM", "ETHEREUM_LIKE", "EVM", "ETH", 1,
    "0xdAC17F958D2ee523a2206206994597C13D831ec7", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562381043120007", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDT", "Solana", "USDT-SOLANA", "SOLANA_LIKE", "SVM", "SOL", 0,
    "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562381043120007", 57, REFILLS_SANDBOX_ADDRESS_SOLANA, FALSE, FALSE },
  { "USDT", "Polygon (Matic)", "USDT-MATIC", "MATIC_LIKE", "EVM", "POL", 137,
    "0xc2132D05D31c914a87C6611C10748AEb04B58e8F", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562381043120007", 57, REFILLS_SANDBOX_ADDRESS_EVM, FALSE, FALSE },
  { "USDT", "TON", "USDT-TON", "TON_LIKE", NULL, "TON", 0,
    "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", 6, 2, G_GUINT64_CONSTANT (1000000),
    "0.562381043120007", 57, REFILLS_SANDBOX_ADDRESS_NONE, FALSE, TRUE },
  { "DOGE", "Mainnet", "DOGE", "BTC_LIKE", NULL, "DOGE", 0, NULL, 8, 4, G_GUINT64_CONSTANT (214000),
    "2.626631661129159", 26267, REFILLS_SANDBOX_ADDRESS_DOGECOIN, TRUE, FALSE },
};

static const struct {
  const char *name;
  gboolean    available;
  const char *coins[4];
} exchanges[] = {
  { "GATE_PAY", TRUE, { "USDT", "USDC", "BTC" } },
  { "KUCOIN_PAY", TRUE, { "USDC", "USDT" } },
  { "BUYDL", FALSE, { "BTC" } },
};

/* @network may be NULL: the coin's first. */
const RefillsSandboxRail *
refills_sandbox_rail_find (const char *coin,
                           const char *network)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rails); i++) {
    if (g_str_equal (rails[i].coin, coin) && (network == NULL || g_str_equal (rails[i].network, network)))
      return &rails[i];
  }

  return NULL;
}

/* The label that catalogue prices carry, whatever network is chosen later: `USDC-MATIC` for USDC
 * (API reference, section 6). */
const RefillsSandboxRail *
refills_sandbox_rail_for_quotes (const char *coin)
{
  const RefillsSandboxRail *rail = refills_sandbox_rail_find (coin, "Polygon (Matic)");

  return rail != NULL ? rail : refills_sandbox_rail_find (coin, NULL);
}

/* In the smallest unit that the wire shows, rounded up. */
guint64
refills_sandbox_rail_quote (const RefillsSandboxRail *rail,
                            guint64                   usd_micro)
{
  guint64 power = 1;

  for (guint i = 0; i < rail->decimals; i++)
    power *= 10;

  return (usd_micro * power + rail->coin_usd_micro - 1) / rail->coin_usd_micro;
}

gboolean
refills_sandbox_via_is_known (const char *via,
                              gboolean   *available)
{
  if (g_str_equal (via, "USER_WALLET")) {
    *available = TRUE;
    return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++) {
    if (g_str_equal (exchanges[i].name, via)) {
      *available = exchanges[i].available;
      return TRUE;
    }
  }

  return FALSE;
}

static char *
make_icon_uri (const char *base_uri,
               const char *coin)
{
  g_autofree char *name = g_ascii_strdown (coin, -1);

  return g_strdup_printf ("%s/logos/coin_%s.webp", base_uri, name);
}

static JsonObject *
network_to_json (const RefillsSandboxRail *rail)
{
  JsonObject *network = json_object_new ();

  json_object_set_string_member (network, "name", rail->network);
  json_object_set_string_member (network, "threshold", rail->threshold);
  if (rail->chain_id != 0)
    json_object_set_int_member (network, "chain_id", rail->chain_id);
  if (rail->engine != NULL)
    json_object_set_string_member (network, "smart_contract_engine", rail->engine);
  json_object_set_string_member (network, "base_token", rail->base_token);
  if (rail->contract != NULL) {
    JsonObject *contract = json_object_new ();

    json_object_set_string_member (contract, "engine", rail->engine);
    json_object_set_string_member (contract, "address", rail->contract);
    json_object_set_int_member (contract, "decimals", rail->contract_decimals);
    json_object_set_string_member (contract, "symbol", rail->coin);
    json_object_set_object_member (network, "smart_contract", contract);
  }
  if (rail->network_suspended)
    json_object_set_boolean_member (network, "is_suspended", TRUE);

  return network;
}

static JsonArray *
coins_to_json (const char *base_uri,
               gboolean    with_networks)
{
  JsonArray *coins = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rails);) {
    g_autofree char *icon = make_icon_uri (base_uri, rails[i].coin);
    JsonObject *coin = json_object_new ();
    g_autoptr (JsonArray) networks = json_array_new ();
    gsize first = i;

    json_object_set_string_member (coin, "name", rails[i].coin);
    json_object_set_boolean_member (coin, "is_suspended", rails[i].coin_suspended);
    json_object_set_string_member (coin, "logo_url", icon);
    for (; i < G_N_ELEMENTS (rails) && g_str_equal (rails[i].coin, rails[first].coin); i++)
      json_array_add_object_element (networks, network_to_json (&rails[i]));
    if (with_networks)
      json_object_set_array_member (coin, "networks", g_steal_pointer (&networks));
    json_array_add_object_element (coins, coin);
  }

  return coins;
}

JsonNode *
refills_sandbox_rails_to_vias (const char *base_uri)
{
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *vias = json_array_new ();
  JsonObject *wallet = json_object_new ();

  json_object_set_string_member (wallet, "name", "USER_WALLET");
  json_object_set_boolean_member (wallet, "available", TRUE);
  json_object_set_array_member (wallet, "currencies", coins_to_json (base_uri, TRUE));
  json_array_add_object_element (vias, wallet);
  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++) {
    JsonObject *via = json_object_new ();
    JsonArray *coins = json_array_new ();

    json_object_set_string_member (via, "name", exchanges[i].name);
    json_object_set_boolean_member (via, "available", exchanges[i].available);
    for (gsize j = 0; j < G_N_ELEMENTS (exchanges[i].coins) && exchanges[i].coins[j] != NULL; j++) {
      JsonObject *coin = json_object_new ();

      json_object_set_string_member (coin, "name", exchanges[i].coins[j]);
      json_object_set_boolean_member (coin, "is_suspended", FALSE);
      json_object_set_array_member (coin, "networks", json_array_new ());
      json_array_add_object_element (coins, coin);
    }
    json_object_set_array_member (via, "currencies", coins);
    json_array_add_object_element (vias, via);
  }
  json_node_take_array (root, vias);

  return root;
}

JsonNode *
refills_sandbox_rails_to_coins (const char *base_uri)
{
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (root, coins_to_json (base_uri, FALSE));

  return root;
}

/* `supported_protocol_coin_combo` of API reference, section 14.1. */
JsonArray *
refills_sandbox_rails_to_combos (void)
{
  JsonArray *combos = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rails); i++) {
    JsonObject *combo = json_object_new ();

    json_object_set_string_member (combo, "protocol", rails[i].protocol);
    json_object_set_string_member (combo, "coin", rails[i].coin);
    json_array_add_object_element (combos, combo);
  }

  return combos;
}
