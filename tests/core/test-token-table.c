/* test-token-table.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-token-table.h"

#include <string.h>

#include "refills-test.h"

/* Every pair that has a row, with what the service may call its network. */
static const struct {
  const char *coin;
  const char *networks;
  const char *asset;
} rows[] = {
  { "BTC", "Mainnet|BTC_LIKE", "bip122:000000000019d6689c085ae165831e93/slip44:0" },
  { "BTC", "Lightning|LIGHTNING_LIKE", NULL },
  { "LTC", "Mainnet", "bip122:12a765e31ffd4059bada1e25190f6e98/slip44:2" },
  { "DOGE", "Mainnet", "bip122:1a91e3dace36e2be3bf030a65679fe82/slip44:3" },
  { "BCH", "Mainnet", "bip122:000000000000000000651ef99cb9fcbe/slip44:145" },
  { "ETH", "ETH Mainnet|Ethereum Mainnet|Ethereum|ETHEREUM_LIKE", "eip155:1/slip44:60" },
  { "ETH", "Base|Base Mainnet|BASE_LIKE", "eip155:8453/slip44:60" },
  { "ETH", "Arbitrum|Arbitrum Mainnet|ARBITRUM_LIKE", "eip155:42161/slip44:60" },
  { "ETH", "Optimism|Optimism Mainnet|OPTIMISM_LIKE", "eip155:10/slip44:60" },
  { "BNB", "Binance Smart Chain|Binance Smart Chain Mainnet|BINANCE_LIKE|BSC_LIKE", "eip155:56/slip44:714" },
  { "POL", "Polygon (Matic)|Polygon Mainnet|Polygon|MATIC_LIKE", "eip155:137/slip44:966" },
  { "MATIC", "Polygon (Matic)", "eip155:137/slip44:966" },
  { "AVAX", "Avalanche|Avalanche Mainnet|AVALANCHE_LIKE", "eip155:43114/slip44:9005" },
  { "SOL", "Solana|SOLANA_LIKE", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501" },
  { "TRX", "Tron|TRON_LIKE", "tron:0x2b6653dc/slip44:195" },
  { "TON", "Ton|TON|Gram|TON_LIKE", "tvm:-239/slip44:607" },
  { "GRAM", "Ton|TON|Gram|TON_LIKE", "tvm:-239/slip44:607" },
  { "SUI", "Sui|SUI_LIKE", "sui:mainnet/slip44:784" },

  { "USDC", "Solana|SOLANA_LIKE",
    "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v" },
  { "USDC", "ETH Mainnet", "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" },
  { "USDC", "Base", "eip155:8453/erc20:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913" },
  { "USDC", "Arbitrum", "eip155:42161/erc20:0xaf88d065e77c8cC2239327C5EDb3A432268e5831" },
  { "USDC", "Polygon (Matic)", "eip155:137/erc20:0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359" },
  { "USDC", "Optimism Mainnet", "eip155:10/erc20:0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85" },
  { "USDC", "Binance Smart Chain", "eip155:56/erc20:0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d" },
  { "USDC", "Avalanche Mainnet", "eip155:43114/erc20:0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E" },
  { "USDC", "Sonic|SONIC_LIKE", "eip155:146/erc20:0x29219dd400f2Bf60E5a23d13Be72B486D4038894" },
  { "USDC", "WORLDCHAIN|WorldChain|WORLDCHAIN_LIKE", "eip155:480/erc20:0x79A02482A880bCE3F13e09Da970dC34db4CD24d1" },
  { "USDC", "Sui",
    "sui:mainnet/coin:0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7%3A%3Ausdc%3A%3AUSDC" },
  { "USDC.e", "Arbitrum", "eip155:42161/erc20:0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8" },
  { "USDC.e", "Polygon (Matic)", "eip155:137/erc20:0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174" },
  { "USDC.e", "Optimism Mainnet", "eip155:10/erc20:0x7F5c764cBc14f9669B88837ca1490cCa17c31607" },
  { "USDC.e", "Avalanche Mainnet", "eip155:43114/erc20:0xA7D7079b0FEaD91F3e65f86E8915Cb59c1a4C664" },
  { "USDC.e", "Soneium|SONEIUM_LIKE", "eip155:1868/erc20:0xbA9986D2381edf1DA03B0B9c1f8b00dc4AacC369" },

  { "USDT", "Solana",
    "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB" },
  { "USDT", "Tron|TRON|TRON_LIKE", "tron:0x2b6653dc/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t" },
  { "USDT", "TON|Ton|TON_LIKE", "tvm:-239/jetton:EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id%5FsDs" },
  { "USDT", "ETH Mainnet", "eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7" },
  { "USDT", "Base", "eip155:8453/erc20:0xfde4C96c8593536E31F229EA8f37b2ADa2699bb2" },
  { "USDT", "Arbitrum", "eip155:42161/erc20:0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9" },
  { "USDT", "Polygon (Matic)", "eip155:137/erc20:0xc2132D05D31c914a87C6611C10748AEb04B58e8F" },
  { "USDT", "Optimism Mainnet", "eip155:10/erc20:0x94b008aA00579c1307B0EF2c499aD98a8ce58e58" },
  { "USDT", "Binance Smart Chain", "eip155:56/erc20:0x55d398326f99059fF775485246999027B3197955" },
  { "USDT", "Avalanche Mainnet", "eip155:43114/erc20:0x9702230A8Ea53601f5cD2dc00fDBc13d4dF4A8c7" },
  { "USDT", "SONIC_LIKE", "eip155:146/erc20:0x6047828dc181963ba44974801FF68e538dA5eaF9" },
  { "USDT", "Plasma|PLASMA_LIKE", "eip155:9745/erc20:0xB8CE59FC3717ada4C02eaDF9682A9e934F625ebb" },
  { "USDT.e", "Avalanche Mainnet", "eip155:43114/erc20:0xc7198437980c041c805A1EDcbA50c1Ce5db95118" },

  { "DAI", "ETH Mainnet", "eip155:1/erc20:0x6B175474E89094C44Da98b954EedeAC495271d0F" },
  { "DAI", "Polygon (Matic)", "eip155:137/erc20:0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063" },
  { "DAI", "Base", "eip155:8453/erc20:0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb" },
  { "EURC", "ETH Mainnet", "eip155:1/erc20:0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c" },
  { "EURC", "Base", "eip155:8453/erc20:0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42" },
  { "EURC", "Solana",
    "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr" },
  { "EUROC", "ETH Mainnet", "eip155:1/erc20:0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c" },
  { "EUROC", "Base", "eip155:8453/erc20:0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42" },
  { "EUROC", "Solana",
    "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr" },
  { "PYUSD", "ETH Mainnet", "eip155:1/erc20:0x6c3ea9036406852006290770BEdFcAbA0e23A0e8" },
  { "USDS", "ETH Mainnet", "eip155:1/erc20:0xdC035D45d973E3EC169d2276DDab16f1e407384F" },
  { "USDe", "ETH Mainnet", "eip155:1/erc20:0x4c9EDD5852cd905f086C759E8383e09bff1E68B3" },
  { "USDE", "ETH Mainnet", "eip155:1/erc20:0x4c9EDD5852cd905f086C759E8383e09bff1E68B3" },
  { "FDUSD", "ETH Mainnet", "eip155:1/erc20:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409" },
  { "FDUSD", "Binance Smart Chain", "eip155:56/erc20:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409" },
  { "WLD", "WORLDCHAIN", "eip155:480/erc20:0x2cFc85d8E48F8EAB294be644d9E25C3030863003" },
};

/* The group token-contract of the vectors for payments. */
static const struct {
  const char *contract;
  const char *symbol;
  guint64     chain_id;
  guint       decimals;
} vectors[] = {
  { "0xc2132D05D31c914a87C6611C10748AEb04B58e8F", "USDT", 137, 6 },
  { "0x6c3ea9036406852006290770BEdFcAbA0e23A0e8", "PYUSD", 1, 6 },
  { "0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c", "EURC", 1, 6 },
  { "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", "USDC", 42161, 6 },
  { "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8", "USDC.e", 42161, 6 },
  { "0x55d398326f99059fF775485246999027B3197955", "USDT", 56, 18 },
  { "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174", "USDC.e", 137, 6 },
  { "0x6047828dc181963ba44974801FF68e538dA5eaF9", "USDT", 146, 6 },
  { "0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42", "EURC", 8453, 6 },
  { "0x79A02482A880bCE3F13e09Da970dC34db4CD24d1", "USDC", 480, 6 },
  { "0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063", "DAI", 137, 18 },
  { "0xdAC17F958D2ee523a2206206994597C13D831ec7", "USDT", 1, 6 },
  { "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "USDC", 8453, 6 },
  { "0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E", "USDC", 43114, 6 },
  { "0xdC035D45d973E3EC169d2276DDab16f1e407384F", "USDS", 1, 18 },
  { "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", NULL, 8453, 6 }, /* USDbC */
  { "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", "USDC", 56, 18 },
  { "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "USDC", 1, 6 },
  { "0x7F5c764cBc14f9669B88837ca1490cCa17c31607", "USDC.e", 10, 6 },
  { "0x29219dd400f2Bf60E5a23d13Be72B486D4038894", "USDC", 146, 6 },
  { "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9", "USDT", 42161, 6 },
  { "0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409", "FDUSD", 56, 18 },
};

static const RefillsToken *
find_row (gsize i)
{
  g_auto (GStrv) networks = g_strsplit (rows[i].networks, "|", -1);
  const RefillsToken *token = refills_token_find (rows[i].coin, networks[0]);

  g_test_message ("%s on %s", rows[i].coin, networks[0]);
  g_assert_nonnull (token);

  return token;
}

static void
test_rows (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) networks = g_strsplit (rows[i].networks, "|", -1);
    const RefillsToken *token = find_row (i);
    g_autofree char *asset = refills_token_dup_asset (token);

    /* Each pair has a row of its own, found by every name. */
    g_assert_true (g_hash_table_add (seen, (gpointer) token));
    for (gsize j = 0; networks[j] != NULL; j++)
      g_assert_true (refills_token_find (rows[i].coin, networks[j]) == token);
    g_assert_true (refills_token_find (token->coin, token->network) == token);

    g_assert_cmpstr (token->coin, ==, rows[i].coin);
    g_assert_cmpstr (asset, ==, rows[i].asset);
    g_assert_cmpstr (refills_token_get_network_title (token), !=, "");
    if (refills_token_get_exchange_name (token) != NULL)
      g_assert_cmpint (g_ascii_strcasecmp (refills_token_get_exchange_name (token),
                                           refills_token_get_network_title (token)), !=, 0);
    if (asset != NULL)
      g_assert_true (g_regex_match_simple ("^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$",
                                           asset, 0, 0));
    if (token->chain_id != 0) {
      g_autofree char *chain = g_strdup_printf ("eip155:%" G_GUINT64_FORMAT, token->chain_id);

      g_assert_cmpint (token->family, ==, REFILLS_ADDRESS_EVM);
      g_assert_cmpstr (token->chain, ==, chain);
    } else {
      g_assert_cmpint (token->family, !=, REFILLS_ADDRESS_EVM);
    }
  }
}

/* A name of exchanges, or of a token, stands beside the usual one only where it says something. */
static void
test_names (void)
{
  static const struct { const char *coin, *network, *exchange_name, *asset_name; } names[] = {
    { "USDT", "Tron", "TRC-20", NULL },
    { "USDC", "Sui", NULL, NULL },
    { "USDC", "Base", NULL, NULL },
    { "USDC", "Sonic", NULL, NULL },
    { "USDC", "WORLDCHAIN", "World", NULL },
    { "USDC.e", "Polygon (Matic)", "Polygon, MATIC, POL", "Bridged USDC (USDC.e)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const RefillsToken *token = refills_token_find (names[i].coin, names[i].network);

    g_assert_cmpstr (refills_token_get_exchange_name (token), ==, names[i].exchange_name);
    g_assert_cmpstr (token->asset_name, ==, names[i].asset_name);
  }
}

static void
test_unknown_pairs (void)
{
  static const struct {
    const char *coin;
    const char *network;
  } pairs[] = {
    { "USDC", "Tron" }, { "USDC", "OKEx Mainnet" }, { "USDT", "OKEX_LIKE" }, { "USDC", "OKXChain" },
    { "USDC", "Fantom" },
    { "USDC", "Mainnet" }, { "BTC", "ETH Mainnet" }, { "LTC", "Lightning" }, { "XMR", "Mainnet" }, { "usdc", "Solana" },
    { "USDC", "solana" }, { "USDC", "Solana " }, { "USDC", "" }, { "", "Solana" }, { "USDC.E", "Polygon (Matic)" },
    { "USDbC", "Base" }, { "USDC.e", "Base" }, { NULL, "Solana" }, { "USDC", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_null (refills_token_find (pairs[i].coin, pairs[i].network));
}

/* Typed from a list: a digit that is wrong does not pass the checksums of its chain. */
static void
test_contracts (void)
{
  guint n_contracts = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const RefillsToken *token = find_row (i);
    const char *module;
    g_autofree char *contract = NULL;
    g_autofree char *normal = NULL;
    g_autoptr (GError) error = NULL;

    if (token->contract == NULL)
      continue;
    module = strstr (token->contract, "::");
    contract = module != NULL ? g_strndup (token->contract, module - token->contract) : g_strdup (token->contract);
    g_assert_cmpint (module != NULL, ==, token->family == REFILLS_ADDRESS_SUI);
    normal = refills_address_normalize (token->family, contract, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (normal, ==, contract);
    n_contracts++;

    /* Nobody is paid at a contract. */
    g_assert_true (refills_token_is_reserved (token->family, contract));
  }
  g_assert_cmpuint (n_contracts, >=, 44);
}

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const RefillsToken *found = NULL;

    for (gsize j = 0; j < G_N_ELEMENTS (rows); j++) {
      const RefillsToken *token = find_row (j);

      if (token->chain_id == vectors[i].chain_id && g_strcmp0 (token->contract, vectors[i].contract) == 0 &&
          g_strcmp0 (token->coin, vectors[i].symbol) == 0)
        found = token;
    }

    g_assert_cmpint (found != NULL, ==, vectors[i].symbol != NULL);
    if (found != NULL)
      g_assert_cmpuint (found->decimals, ==, vectors[i].decimals);
    g_assert_true (refills_token_is_reserved (REFILLS_ADDRESS_EVM, vectors[i].contract));
  }
}

static void
test_decimals (void)
{
  g_assert_cmpuint (refills_token_find ("USDC", "Base")->decimals, ==, 6);
  g_assert_cmpuint (refills_token_find ("USDC", "BSC_LIKE")->decimals, ==, 18);
  g_assert_cmpuint (refills_token_find ("USDT", "BSC_LIKE")->decimals, ==, 18);
  g_assert_cmpuint (refills_token_find ("BTC", "Mainnet")->decimals, ==, 8);
  g_assert_cmpuint (refills_token_find ("BTC", "Lightning")->decimals, ==, 11);
  g_assert_cmpuint (refills_token_find ("SOL", "Solana")->decimals, ==, 9);
}

static void
test_agrees (void)
{
  const RefillsToken *base = refills_token_find ("USDC", "Base");
  const RefillsToken *bsc = refills_token_find ("USDC", "BSC_LIKE");
  const RefillsToken *eth = refills_token_find ("ETH", "Base");
  const RefillsToken *sui = refills_token_find ("USDC", "Sui");
  const RefillsToken *ton = refills_token_find ("USDT", "TON");
  const RefillsToken *solana = refills_token_find ("USDC", "Solana");
  g_autofree char *lower = g_ascii_strdown (base->contract, -1);
  g_autofree char *other_coin = g_strconcat (sui->contract, "T", NULL);

  g_assert_true (refills_token_agrees (base, base->contract, 6, 8453));
  g_assert_true (refills_token_agrees (base, lower, 6, 0));
  g_assert_false (refills_token_agrees (base, NULL, 6, 8453));
  g_assert_false (refills_token_agrees (base, "", 6, 8453));
  g_assert_false (refills_token_agrees (base, base->contract, -1, 8453));
  g_assert_false (refills_token_agrees (base, base->contract, 18, 8453));
  g_assert_false (refills_token_agrees (base, base->contract, 6, 1));
  /* USDbC, which is not USDC. */
  g_assert_false (refills_token_agrees (base, "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", 6, 8453));
  g_assert_false (refills_token_agrees (bsc, bsc->contract, 6, 56));
  g_assert_true (refills_token_agrees (bsc, bsc->contract, 18, 56));

  g_assert_true (refills_token_agrees (eth, NULL, -1, 8453));
  g_assert_true (refills_token_agrees (eth, NULL, 18, 0));
  g_assert_false (refills_token_agrees (eth, base->contract, -1, 8453));
  g_assert_false (refills_token_agrees (eth, NULL, 6, 8453));
  g_assert_false (refills_token_agrees (eth, NULL, -1, 10));

  g_assert_true (refills_token_agrees (sui, sui->contract, 6, 0));
  g_assert_false (refills_token_agrees (sui, other_coin, 6, 0));
  g_assert_false (refills_token_agrees (sui, "0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7", 6,
                                        0));
  g_assert_true (refills_token_agrees (ton, ton->contract, 6, 0));
  g_assert_true (refills_token_agrees (solana, solana->contract, 6, 0));
  g_assert_false (refills_token_agrees (solana, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 6, 0));
  g_assert_false (refills_token_agrees (solana, solana->contract, 6, 8453));
}

static void
test_reserved (void)
{
  g_assert_true (refills_token_is_reserved (REFILLS_ADDRESS_EVM, "0x01bFF41798a0BcF287b996046Ca68b395DbC1071"));
  g_assert_true (refills_token_is_reserved (REFILLS_ADDRESS_EVM, "0xd9aaec86b65d86f6a7b5b1b0c42ffa531710b6ca"));
  g_assert_true (refills_token_is_reserved (REFILLS_ADDRESS_SOLANA, "So11111111111111111111111111111111111111112"));
  /* A jetton master, not bounceable. */
  g_assert_true (refills_token_is_reserved (REFILLS_ADDRESS_TON, "UQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_p0p"));

  g_assert_false (refills_token_is_reserved (REFILLS_ADDRESS_EVM, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  g_assert_false (refills_token_is_reserved (REFILLS_ADDRESS_SOLANA, "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN"));
  g_assert_false (refills_token_is_reserved (REFILLS_ADDRESS_TRON, "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"));
  g_assert_false (refills_token_is_reserved (REFILLS_ADDRESS_EVM, ""));
  g_assert_false (refills_token_is_reserved (REFILLS_ADDRESS_EVM, NULL));
}

static void
test_explorers (void)
{
#define HEX "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
#define SIGNATURE "51qSfLg2eTX1XL9tz789feJU917iumpGuEeYXLbvCr5esA85Pkeu6BkrVoeghmyHzaSXZ7NUSr61QJ2V88snKTYs"
#define DIGEST "7kuT1dfMhUysWcLEV1eYk8ir7RTjszHmsUdrrPQNThcv"
  static const struct {
    const char *coin;
    const char *network;
    const char *hash;
    const char *uri;
  } cases[] = {
    { "BTC", "Mainnet", HEX, "https://mempool.space/tx/" HEX },
    { "BTC", "Mainnet", "0x" HEX, NULL },
    { "BTC", "Mainnet", HEX "0", NULL },
    { "BTC", "Lightning", HEX, NULL },
    { "LTC", "Mainnet", HEX, "https://litecoinspace.org/tx/" HEX },
    { "USDC", "Base", "0x" HEX, "https://basescan.org/tx/0x" HEX },
    { "USDC", "Base", HEX, NULL },
    { "USDC", "Base", "0x" HEX "/../address", NULL },
    { "USDC", "Base", "", NULL },
    { "USDC", "Base", NULL, NULL },
    { "USDC", "Solana", SIGNATURE, "https://solscan.io/tx/" SIGNATURE },
    { "USDC", "Solana", SIGNATURE "1111", NULL },
    { "USDC", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", NULL },
    { "USDC", "Solana", HEX, NULL },
    { "USDT", "Tron", HEX, "https://tronscan.org/#/transaction/" HEX },
    { "TON", "Ton", HEX, "https://tonviewer.com/transaction/" HEX },
    { "TON", "Ton", "Sl4eS6q4nzoyUYqIwxvIf2GPdmc+LMd6shJ7ev3tozs=",
      "https://tonviewer.com/transaction/Sl4eS6q4nzoyUYqIwxvIf2GPdmc%2BLMd6shJ7ev3tozs%3D" },
    { "TON", "Ton", "Sl4eS6q4nzoyUYqIwxvIf2GPdmc+LMd6shJ7ev3tozs==", NULL },
    { "SUI", "Sui", DIGEST, "https://suiscan.xyz/mainnet/tx/" DIGEST },
    { "SUI", "Sui", SIGNATURE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uri = refills_token_dup_transaction_uri (refills_token_find (cases[i].coin, cases[i].network),
                                                              cases[i].hash);

    g_assert_cmpstr (uri, ==, cases[i].uri);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const RefillsToken *token = find_row (i);
    const char *hash = token->family == REFILLS_ADDRESS_EVM      ? "0x" HEX
                       : token->family == REFILLS_ADDRESS_SOLANA ? SIGNATURE
                       : token->family == REFILLS_ADDRESS_SUI    ? DIGEST
                                                                 : HEX;
    g_autofree char *uri = refills_token_dup_transaction_uri (token, hash);

    if (token->family == REFILLS_ADDRESS_LIGHTNING) {
      g_assert_null (uri);
      continue;
    }
    g_assert_true (g_str_has_prefix (uri, "https://"));
    g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL));
    g_assert_true (g_str_has_suffix (uri, hash));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/token-table/rows", test_rows);
  g_test_add_func ("/token-table/names", test_names);
  g_test_add_func ("/token-table/unknown-pairs", test_unknown_pairs);
  g_test_add_func ("/token-table/contracts", test_contracts);
  g_test_add_func ("/token-table/vectors", test_vectors);
  g_test_add_func ("/token-table/decimals", test_decimals);
  g_test_add_func ("/token-table/agrees", test_agrees);
  g_test_add_func ("/token-table/reserved", test_reserved);
  g_test_add_func ("/token-table/explorers", test_explorers);

  return g_test_run ();
}
