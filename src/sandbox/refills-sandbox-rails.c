/* refills-sandbox-rails.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of ways to pay, and what a coin costs. Owns the exchanges, and the list's bytes for as long as nothing
 * of it is chosen anew; never asks anybody for a rate.
 */
#include "refills-sandbox-private.h"

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
  gsize n_rails = 0;
  const RefillsSandboxRail *rails = refills_sandbox_rails_get (&n_rails);

  for (gsize i = 0; i < n_rails; i++) {
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

/* Another token's contract, of the same kind of chain where there is one. */
static const char *
find_other_contract (const RefillsSandboxRail *rail)
{
  gsize n_rails = 0;
  const RefillsSandboxRail *rails = refills_sandbox_rails_get (&n_rails);
  const char *found = NULL;

  for (gsize i = 0; i < n_rails; i++) {
    const char *contract = rails[i].contract;

    if (contract == NULL || g_str_equal (contract, rail->contract))
      continue;
    if (rails[i].address_kind == rail->address_kind)
      return contract;
    found = contract;
  }

  return found;
}

/* What the list says of a token, true or in one point not, so that a client can be seen to look. */
static JsonObject *
contract_to_json (RefillsSandbox           *sandbox,
                  const RefillsSandboxRail *rail)
{
  JsonObject *contract = json_object_new ();
  gboolean has_other_decimals = refills_sandbox_has_shape (sandbox, "contracts", "decimals");
  const char *address = rail->contract;

  if (refills_sandbox_has_shape (sandbox, "contracts", "address"))
    address = find_other_contract (rail);
  json_object_set_string_member (contract, "engine", rail->engine);
  json_object_set_string_member (contract, "address", address);
  json_object_set_int_member (contract, "decimals",
                              has_other_decimals ? 24 - rail->contract_decimals : rail->contract_decimals);
  json_object_set_string_member (contract, "symbol", rail->coin);

  return contract;
}

static JsonObject *
network_to_json (RefillsSandbox           *sandbox,
                 const RefillsSandboxRail *rail)
{
  JsonObject *network = json_object_new ();

  json_object_set_string_member (network, "name", rail->network);
  json_object_set_string_member (network, "threshold", rail->threshold);
  if (rail->chain_id != 0)
    json_object_set_int_member (network, "chain_id", rail->chain_id);
  if (rail->engine != NULL)
    json_object_set_string_member (network, "smart_contract_engine", rail->engine);
  json_object_set_string_member (network, "base_token", rail->base_token);
  if (rail->contract != NULL && !refills_sandbox_has_shape (sandbox, "contracts", "absent"))
    json_object_set_object_member (network, "smart_contract", contract_to_json (sandbox, rail));
  if (rail->network_suspended && refills_sandbox_has_shape (sandbox, "suspended", "some"))
    json_object_set_boolean_member (network, "is_suspended", TRUE);

  return network;
}

static JsonArray *
coins_to_json (RefillsSandbox *sandbox,
               gboolean        with_networks)
{
  JsonArray *coins = json_array_new ();
  gsize n_rails = 0;
  const RefillsSandboxRail *rails = refills_sandbox_rails_get (&n_rails);
  gboolean some_suspended = refills_sandbox_has_shape (sandbox, "suspended", "some");

  for (gsize i = 0; i < n_rails;) {
    g_autofree char *icon = make_icon_uri (sandbox->base_uri, rails[i].coin);
    JsonObject *coin = json_object_new ();
    g_autoptr (JsonArray) networks = json_array_new ();
    gsize first = i;

    json_object_set_string_member (coin, "name", rails[i].coin);
    json_object_set_boolean_member (coin, "is_suspended", rails[i].coin_suspended && some_suspended);
    json_object_set_string_member (coin, "logo_url", icon);
    for (; i < n_rails && g_str_equal (rails[i].coin, rails[first].coin); i++)
      json_array_add_object_element (networks, network_to_json (sandbox, &rails[i]));
    if (with_networks)
      json_object_set_array_member (coin, "networks", g_steal_pointer (&networks));
    json_array_add_object_element (coins, coin);
  }

  return coins;
}

/* A coin of an exchange; its networks are given in one form only, and in another one its first coin is suspended. */
static JsonObject *
exchange_coin_to_json (RefillsSandbox *sandbox,
                       const char     *name,
                       gboolean        is_first)
{
  JsonObject *coin = json_object_new ();
  JsonArray *networks = json_array_new ();
  gsize n_rails = 0;
  const RefillsSandboxRail *rails = refills_sandbox_rails_get (&n_rails);

  for (gsize i = 0; i < n_rails && refills_sandbox_has_shape (sandbox, "exchanges", "networks"); i++)
    if (g_str_equal (rails[i].coin, name))
      json_array_add_object_element (networks, network_to_json (sandbox, &rails[i]));
  json_object_set_string_member (coin, "name", name);
  json_object_set_boolean_member (coin, "is_suspended",
                                  is_first && refills_sandbox_has_shape (sandbox, "exchanges", "suspended"));
  json_object_set_array_member (coin, "networks", networks);

  return coin;
}

static JsonNode *
vias_to_json (RefillsSandbox *sandbox)
{
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *vias = json_array_new ();
  JsonObject *wallet = json_object_new ();

  json_object_set_string_member (wallet, "name", "USER_WALLET");
  json_object_set_boolean_member (wallet, "available", TRUE);
  json_object_set_array_member (wallet, "currencies", coins_to_json (sandbox, TRUE));
  json_array_add_object_element (vias, wallet);
  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++) {
    JsonObject *via = json_object_new ();
    JsonArray *coins = json_array_new ();

    json_object_set_string_member (via, "name", exchanges[i].name);
    json_object_set_boolean_member (via, "available", exchanges[i].available);
    for (gsize j = 0; j < G_N_ELEMENTS (exchanges[i].coins) && exchanges[i].coins[j] != NULL; j++)
      json_array_add_object_element (coins, exchange_coin_to_json (sandbox, exchanges[i].coins[j], j == 0));
    json_object_set_array_member (via, "currencies", coins);
    json_array_add_object_element (vias, via);
  }
  json_node_take_array (root, vias);

  return root;
}

/* (transfer none): the body of `/v3/payment_vias`. */
GBytes *
refills_sandbox_get_vias (RefillsSandbox *sandbox)
{
  if (sandbox->vias_body == NULL) {
    g_autoptr (JsonNode) vias = vias_to_json (sandbox);
    char *text = refills_sandbox_json_to_text (vias);

    sandbox->vias_body = g_bytes_new_take (text, strlen (text));
  }

  return sandbox->vias_body;
}

JsonNode *
refills_sandbox_rails_to_coins (RefillsSandbox *sandbox)
{
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (root, coins_to_json (sandbox, FALSE));

  return root;
}

/* `supported_protocol_coin_combo` of API reference, section 14.1. */
JsonArray *
refills_sandbox_rails_to_combos (void)
{
  JsonArray *combos = json_array_new ();
  gsize n_rails = 0;
  const RefillsSandboxRail *rails = refills_sandbox_rails_get (&n_rails);

  for (gsize i = 0; i < n_rails; i++) {
    JsonObject *combo = json_object_new ();

    json_object_set_string_member (combo, "protocol", rails[i].protocol);
    json_object_set_string_member (combo, "coin", rails[i].coin);
    json_array_add_object_element (combos, combo);
  }

  return combos;
}
