/* refills-token-table.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which coin on which network can be paid, and what is known of it: chain, contract and decimals. Pinned here, so
 * that what the service says of a token is compared and never believed. Constant tables and pure functions on text.
 *
 * The contracts are those of the public token lists of Uniswap, Optimism, PancakeSwap and Plasma, agreeing with at
 * least one more list each; native coins are SLIP-44's. What has no row here is not paid.
 */
#include "refills-token-table.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-base58.h"

/* One hash of a transaction, as the explorers of a chain take it. */
typedef enum {
  HASH_NONE,
  HASH_HEX,       /* 64 hexadecimal digits */
  HASH_0X_HEX,    /* "0x" before them */
  HASH_SIGNATURE, /* base58 of 64 bytes */
  HASH_DIGEST,    /* base58 of 32 bytes */
  HASH_TON,       /* 64 hexadecimal digits, or base64 of 32 bytes in either alphabet */
} HashKind;

typedef struct {
  const char *chain;
  const char *title;    /* a proper name */
  const char *exchange; /* what exchanges call it, a msgid: common usage, no standard says so */
  const char *native;   /* the coin's number in SLIP-44 */
  const char *tokens;   /* CAIP-19 asset namespace */
  const char *explorer; /* a hash is put behind it */
  HashKind    hash;
  const char *names[6]; /* of the service (API reference, section 2.1); a protocol names a network as well */
} Chain;

/* The four members of a row that its network decides. */
#define BITCOIN    "Mainnet", REFILLS_ADDRESS_BITCOIN, "bip122:000000000019d6689c085ae165831e93", 0
#define LIGHTNING  "Lightning", REFILLS_ADDRESS_LIGHTNING, NULL, 0
#define LITECOIN   "Mainnet", REFILLS_ADDRESS_LITECOIN, "bip122:12a765e31ffd4059bada1e25190f6e98", 0
#define DOGECOIN   "Mainnet", REFILLS_ADDRESS_DOGECOIN, "bip122:1a91e3dace36e2be3bf030a65679fe82", 0
#define BCH        "Mainnet", REFILLS_ADDRESS_BITCOIN_CASH, "bip122:000000000000000000651ef99cb9fcbe", 0
#define ETHEREUM   "ETH Mainnet", REFILLS_ADDRESS_EVM, "eip155:1", 1
#define OPTIMISM   "Optimism Mainnet", REFILLS_ADDRESS_EVM, "eip155:10", 10
#define BSC        "Binance Smart Chain Mainnet", REFILLS_ADDRESS_EVM, "eip155:56", 56
#define POLYGON    "Polygon (Matic)", REFILLS_ADDRESS_EVM, "eip155:137", 137
#define SONIC      "Sonic", REFILLS_ADDRESS_EVM, "eip155:146", 146
#define WORLDCHAIN "WORLDCHAIN", REFILLS_ADDRESS_EVM, "eip155:480", 480
#define SONEIUM    "Soneium", REFILLS_ADDRESS_EVM, "eip155:1868", 1868
#define BASE       "Base", REFILLS_ADDRESS_EVM, "eip155:8453", 8453
#define PLASMA     "Plasma", REFILLS_ADDRESS_EVM, "eip155:9745", 9745
#define ARBITRUM   "Arbitrum", REFILLS_ADDRESS_EVM, "eip155:42161", 42161
#define AVALANCHE  "Avalanche Mainnet", REFILLS_ADDRESS_EVM, "eip155:43114", 43114
#define SOLANA     "Solana", REFILLS_ADDRESS_SOLANA, "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", 0
#define TRON       "Tron", REFILLS_ADDRESS_TRON, "tron:0x2b6653dc", 0
#define TON        "Ton", REFILLS_ADDRESS_TON, "tvm:-239", 0
#define SUI        "Sui", REFILLS_ADDRESS_SUI, "sui:mainnet", 0

/* CAIP-2 profiles of bip122, eip155, solana, tvm and sui; TRON's is WalletConnect's. SLIP-44 numbers by CAIP-20.
 * Asset namespaces: erc20 and token have CAIP-19 profiles, trc20 is what wallets write; jetton and coin are ours. */
static const Chain chains[] = {
  { "bip122:000000000019d6689c085ae165831e93", "Bitcoin", "BTC, Bitcoin", "0", NULL,
    "https://mempool.space/tx/", HASH_HEX, { "Mainnet", "BTC_LIKE" } },
  { NULL, "Lightning", "Lightning", NULL, NULL, NULL, HASH_NONE, { "Lightning", "LIGHTNING_LIKE" } },
  { "bip122:12a765e31ffd4059bada1e25190f6e98", "Litecoin", "LTC", "2", NULL,
    "https://litecoinspace.org/tx/", HASH_HEX, { "Mainnet" } },
  { "bip122:1a91e3dace36e2be3bf030a65679fe82", "Dogecoin", "DOGE", "3", NULL,
    "https://dogechain.info/tx/", HASH_HEX, { "Mainnet" } },
  { "bip122:000000000000000000651ef99cb9fcbe", "Bitcoin Cash", "BCH", "145", NULL,
    "https://blockchair.com/bitcoin-cash/transaction/", HASH_HEX, { "Mainnet" } },
  { "eip155:1", "Ethereum", "ERC-20", "60", "erc20", "https://etherscan.io/tx/", HASH_0X_HEX,
    { "ETH Mainnet", "Ethereum Mainnet", "Ethereum", "ETHEREUM_LIKE" } },
  { "eip155:10", "OP Mainnet", "Optimism, OP", "60", "erc20", "https://optimistic.etherscan.io/tx/", HASH_0X_HEX,
    { "Optimism Mainnet", "Optimism", "OPTIMISM_LIKE" } },
  { "eip155:56", "BNB Smart Chain", N_("BEP-20 (not BEP-2)"), "714", "erc20", "https://bscscan.com/tx/", HASH_0X_HEX,
    { "Binance Smart Chain Mainnet", "Binance Smart Chain", "BINANCE_LIKE", "BSC_LIKE" } },
  { "eip155:137", "Polygon", "Polygon, MATIC, POL", "966", "erc20", "https://polygonscan.com/tx/", HASH_0X_HEX,
    { "Polygon (Matic)", "Polygon Mainnet", "Polygon", "MATIC_LIKE" } },
  { "eip155:146", "Sonic", "Sonic", NULL, "erc20", "https://sonicscan.org/tx/", HASH_0X_HEX,
    { "Sonic", "SONIC_LIKE" } },
  { "eip155:480", "World Chain", "World", NULL, "erc20", "https://worldscan.org/tx/", HASH_0X_HEX,
    { "WORLDCHAIN", "WorldChain", "WORLDCHAIN_LIKE" } },
  { "eip155:1868", "Soneium", "Soneium", NULL, "erc20", "https://soneium.blockscout.com/tx/", HASH_0X_HEX,
    { "Soneium", "SONEIUM_LIKE" } },
  { "eip155:8453", "Base", "Base", "60", "erc20", "https://basescan.org/tx/", HASH_0X_HEX,
    { "Base", "Base Mainnet", "BASE_LIKE" } },
  { "eip155:9745", "Plasma", "Plasma", NULL, "erc20", "https://plasmascan.to/tx/", HASH_0X_HEX,
    { "Plasma", "PLASMA_LIKE" } },
  { "eip155:42161", "Arbitrum One", "Arbitrum One", "60", "erc20", "https://arbiscan.io/tx/", HASH_0X_HEX,
    { "Arbitrum", "Arbitrum Mainnet", "ARBITRUM_LIKE" } },
  { "eip155:43114", "Avalanche C-Chain", "AVAX C-Chain", "9005", "erc20", "https://snowtrace.io/tx/", HASH_0X_HEX,
    { "Avalanche Mainnet", "Avalanche", "AVALANCHE_LIKE" } },
  { "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "Solana", "SOL, SPL", "501", "token", "https://solscan.io/tx/",
    HASH_SIGNATURE, { "Solana", "SOLANA_LIKE" } },
  { "tron:0x2b6653dc", "Tron", "TRC-20", "195", "trc20", "https://tronscan.org/#/transaction/", HASH_HEX,
    { "Tron", "TRON", "TRON_LIKE" } },
  { "tvm:-239", "TON", "TON", "607", "jetton", "https://tonviewer.com/transaction/", HASH_TON,
    { "Ton", "TON", "Gram", "TON_LIKE" } },
  { "sui:mainnet", "Sui", "SUI", "784", "coin", "https://suiscan.xyz/mainnet/tx/", HASH_DIGEST,
    { "Sui", "SUI_LIKE" } },
};

/* EUROC, GRAM, MATIC and USDE are other names of EURC, TON, POL and USDe. */
static const RefillsToken tokens[] = {
  { "BTC", BITCOIN, NULL, 8, NULL },
  { "BTC", LIGHTNING, NULL, 11, NULL },
  { "LTC", LITECOIN, NULL, 8, NULL },
  { "DOGE", DOGECOIN, NULL, 8, NULL },
  { "BCH", BCH, NULL, 8, NULL },
  { "ETH", ETHEREUM, NULL, 18, NULL },
  { "ETH", BASE, NULL, 18, NULL },
  { "ETH", ARBITRUM, NULL, 18, NULL },
  { "ETH", OPTIMISM, NULL, 18, NULL },
  { "BNB", BSC, NULL, 18, NULL },
  { "POL", POLYGON, NULL, 18, NULL },
  { "MATIC", POLYGON, NULL, 18, "POL" },
  { "AVAX", AVALANCHE, NULL, 18, NULL },
  { "SOL", SOLANA, NULL, 9, NULL },
  { "TRX", TRON, NULL, 6, NULL },
  { "TON", TON, NULL, 9, NULL },
  { "GRAM", TON, NULL, 9, "Toncoin (GRAM)" },
  { "SUI", SUI, NULL, 9, NULL },

  { "USDC", SOLANA, "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", 6, NULL },
  { "USDC", ETHEREUM, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", 6, NULL },
  { "USDC", BASE, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", 6, NULL },
  { "USDC", ARBITRUM, "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", 6, NULL },
  { "USDC", POLYGON, "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", 6, NULL },
  { "USDC", OPTIMISM, "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85", 6, NULL },
  { "USDC", BSC, "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", 18, "Binance-Peg USDC" },
  { "USDC", AVALANCHE, "0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E", 6, NULL },
  /* The same contract is USDC in some lists and USDC.e in others, so no other name would explain it. */
  { "USDC", SONIC, "0x29219dd400f2Bf60E5a23d13Be72B486D4038894", 6, NULL },
  { "USDC", WORLDCHAIN, "0x79A02482A880bCE3F13e09Da970dC34db4CD24d1", 6, NULL },
  { "USDC", SUI, "0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7::usdc::USDC", 6, NULL },

  { "USDC.e", ARBITRUM, "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8", 6, N_("Bridged USDC (USDC.e)") },
  { "USDC.e", POLYGON, "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174", 6, N_("Bridged USDC (USDC.e)") },
  { "USDC.e", OPTIMISM, "0x7F5c764cBc14f9669B88837ca1490cCa17c31607", 6, N_("Bridged USDC (USDC.e)") },
  { "USDC.e", AVALANCHE, "0xA7D7079b0FEaD91F3e65f86E8915Cb59c1a4C664", 6, N_("Bridged USDC (USDC.e)") },
  { "USDC.e", SONEIUM, "0xbA9986D2381edf1DA03B0B9c1f8b00dc4AacC369", 6, N_("Bridged USDC (USDC.e)") },

  { "USDT", SOLANA, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 6, NULL },
  { "USDT", TRON, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", 6, NULL },
  { "USDT", TON, "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", 6, NULL },
  { "USDT", ETHEREUM, "0xdAC17F958D2ee523a2206206994597C13D831ec7", 6, NULL },
  { "USDT", BASE, "0xfde4C96c8593536E31F229EA8f37b2ADa2699bb2", 6, N_("Bridged USDT") },
  { "USDT", ARBITRUM, "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9", 6, "USD₮0" },
  { "USDT", POLYGON, "0xc2132D05D31c914a87C6611C10748AEb04B58e8F", 6, "USD₮0" },
  { "USDT", OPTIMISM, "0x94b008aA00579c1307B0EF2c499aD98a8ce58e58", 6, N_("Bridged USDT") },
  { "USDT", BSC, "0x55d398326f99059fF775485246999027B3197955", 18, "Binance-Peg USDT" },
  { "USDT", AVALANCHE, "0x9702230A8Ea53601f5cD2dc00fDBc13d4dF4A8c7", 6, NULL },
  { "USDT", SONIC, "0x6047828dc181963ba44974801FF68e538dA5eaF9", 6, N_("Bridged USDT") },
  { "USDT", PLASMA, "0xB8CE59FC3717ada4C02eaDF9682A9e934F625ebb", 6, "USD₮0" },
  { "USDT.e", AVALANCHE, "0xc7198437980c041c805A1EDcbA50c1Ce5db95118", 6, N_("Bridged USDT (USDT.e)") },

  { "DAI", ETHEREUM, "0x6B175474E89094C44Da98b954EedeAC495271d0F", 18, NULL },
  { "DAI", POLYGON, "0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063", 18, NULL },
  { "DAI", BASE, "0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb", 18, NULL },
  { "EURC", ETHEREUM, "0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c", 6, NULL },
  { "EURC", BASE, "0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42", 6, NULL },
  { "EURC", SOLANA, "HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr", 6, NULL },
  { "EUROC", ETHEREUM, "0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c", 6, "EURC" },
  { "EUROC", BASE, "0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42", 6, "EURC" },
  { "EUROC", SOLANA, "HzwqbKZw8HxMN6bF2yFZNrht3c2iXXzpKcFu7uBEDKtr", 6, "EURC" },
  { "PYUSD", ETHEREUM, "0x6c3ea9036406852006290770BEdFcAbA0e23A0e8", 6, NULL },
  { "USDS", ETHEREUM, "0xdC035D45d973E3EC169d2276DDab16f1e407384F", 18, NULL },
  { "USDe", ETHEREUM, "0x4c9EDD5852cd905f086C759E8383e09bff1E68B3", 18, NULL },
  { "USDE", ETHEREUM, "0x4c9EDD5852cd905f086C759E8383e09bff1E68B3", 18, "Ethena USDe" },
  { "FDUSD", ETHEREUM, "0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409", 18, NULL },
  { "FDUSD", BSC, "0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409", 18, NULL },
  { "WLD", WORLDCHAIN, "0x2cFc85d8E48F8EAB294be644d9E25C3030863003", 18, NULL },
};

/* Contracts without a row, of tokens that can be taken for one that has one. */
static const struct {
  RefillsAddressFamily family;
  const char          *address;
} reserved[] = {
  { REFILLS_ADDRESS_EVM, "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA" }, /* USDbC on Base */
  { REFILLS_ADDRESS_EVM, "0x01bFF41798a0BcF287b996046Ca68b395DbC1071" }, /* USD₮0 on OP Mainnet */
  { REFILLS_ADDRESS_SOLANA, "So11111111111111111111111111111111111111112" }, /* wrapped SOL */
};

static const Chain *
find_chain (const RefillsToken *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    if (g_strcmp0 (chains[i].chain, self->chain) == 0)
      return &chains[i];

  g_return_val_if_reached (&chains[0]); /* each row's chain is there: the tests go through them */
}

static gboolean
chain_has_name (const Chain *chain,
                const char  *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chain->names) && chain->names[i] != NULL; i++)
    if (g_str_equal (chain->names[i], name))
      return TRUE;

  return FALSE;
}

/* A coin type of Sui is an address, a module and a type. */
static gboolean
contract_equal (RefillsAddressFamily  family,
                const char           *a,
                const char           *b)
{
  const char *rest_of_a = family == REFILLS_ADDRESS_SUI ? strstr (a, "::") : NULL;
  const char *rest_of_b = family == REFILLS_ADDRESS_SUI ? strstr (b, "::") : NULL;
  g_autofree char *address_of_a = NULL;
  g_autofree char *address_of_b = NULL;

  if (g_strcmp0 (rest_of_a, rest_of_b) != 0)
    return FALSE;
  address_of_a = rest_of_a != NULL ? g_strndup (a, rest_of_a - a) : g_strdup (a);
  address_of_b = rest_of_b != NULL ? g_strndup (b, rest_of_b - b) : g_strdup (b);

  return refills_address_equal (family, address_of_a, address_of_b);
}

/**
 * refills_token_find:
 * @coin: (nullable): the coin, as the service names it
 * @network: (nullable): the network, by any name that the service has for it; "Mainnet" is told by the coin
 *
 * Both are compared letter by letter: "USDC.e" is not "USDC".
 *
 * Returns: (nullable): what is known of the pair, or `NULL` where it cannot be paid safely
 */
const RefillsToken *
refills_token_find (const char *coin,
                    const char *network)
{
  if (coin == NULL || network == NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_equal (tokens[i].coin, coin) && chain_has_name (find_chain (&tokens[i]), network))
      return &tokens[i];

  return NULL;
}

/**
 * refills_token_find_contract:
 * @family: the chains it is looked for on
 * @contract: a token contract, mint or jetton master
 *
 * A contract does not name its chain: the same may be on several.
 *
 * Returns: (nullable): the first token with that contract
 */
const RefillsToken *
refills_token_find_contract (RefillsAddressFamily  family,
                             const char           *contract)
{
  g_return_val_if_fail (contract != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (tokens[i].family == family && tokens[i].contract != NULL &&
        contract_equal (family, tokens[i].contract, contract))
      return &tokens[i];

  return NULL;
}

/**
 * refills_token_get_network_title:
 * @self: a token
 *
 * Returns: the network as people know it, such as "BNB Smart Chain"
 */
const char *
refills_token_get_network_title (const RefillsToken *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return find_chain (self)->title;
}

/**
 * refills_token_get_exchange_name:
 * @self: a token
 *
 * Returns: (nullable): what exchanges call the network when coins are withdrawn, such as "TRC-20"; translated.
 *   `NULL` where they call it as it is called, in whatever case
 */
const char *
refills_token_get_exchange_name (const RefillsToken *self)
{
  const Chain *chain;

  g_return_val_if_fail (self != NULL, NULL);

  chain = find_chain (self);

  return g_ascii_strcasecmp (chain->exchange, chain->title) != 0 ? _(chain->exchange) : NULL;
}

/**
 * refills_token_agrees:
 * @self: a token
 * @contract: (nullable): the contract that the service names
 * @decimals: the decimals that it names, -1 where it names none
 * @chain_id: the EIP-155 number of the chain that it names, 0 where it names none
 *
 * Whether what the service says of the pair is what is pinned. A token needs its contract and its decimals; a
 * chain's own coin has no contract, and what is not said of it is not wrong.
 *
 * Returns: whether they agree
 */
gboolean
refills_token_agrees (const RefillsToken *self,
                      const char         *contract,
                      int                 decimals,
                      guint64             chain_id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (chain_id != 0 && chain_id != self->chain_id)
    return FALSE;
  if (self->contract == NULL)
    return contract == NULL && (decimals < 0 || (guint) decimals == self->decimals);

  return contract != NULL && decimals >= 0 && (guint) decimals == self->decimals &&
         contract_equal (self->family, self->contract, contract);
}

/**
 * refills_token_dup_asset:
 * @self: a token
 *
 * Returns: (transfer full) (nullable): the asset by CAIP-19; `NULL` for Lightning, which is no chain
 */
char *
refills_token_dup_asset (const RefillsToken *self)
{
  const Chain *chain;
  g_autoptr (GString) reference = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  chain = find_chain (self);
  if (self->contract == NULL)
    return chain->native != NULL ? g_strdup_printf ("%s/slip44:%s", self->chain, chain->native) : NULL;

  /* A reference may hold neither ":" nor "_", which an address of TON has (CAIP-19). */
  reference = g_string_new (self->contract);
  g_string_replace (reference, ":", "%3A", 0);
  g_string_replace (reference, "_", "%5F", 0);

  return g_strdup_printf ("%s/%s:%s", self->chain, chain->tokens, reference->str);
}

static gboolean
is_hex (const char *text,
        gsize       length)
{
  return strlen (text) == length && strspn (text, "0123456789abcdefABCDEF") == length;
}

static gboolean
is_base58 (const char *text,
           gsize       n_bytes)
{
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length = 0;

  return refills_base58_decode (text, REFILLS_BASE58_BITCOIN, bytes, &length, NULL) && length == n_bytes;
}

/* 32 bytes are 43 characters and one "=". */
static gboolean
is_base64_digest (const char *text)
{
  const gsize n_characters = 43;
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

  return length == n_characters && (text[length] == '\0' || g_str_equal (text + length, "="));
}

static gboolean
is_hash (const char *text,
         HashKind    kind)
{
  const gsize n_digits = 64;

  switch (kind) {
  case HASH_HEX:
    return is_hex (text, n_digits);
  case HASH_0X_HEX:
    return g_str_has_prefix (text, "0x") && is_hex (text + strlen ("0x"), n_digits);
  case HASH_SIGNATURE:
    return is_base58 (text, 64);
  case HASH_DIGEST:
    return is_base58 (text, 32);
  case HASH_TON:
    return is_hex (text, n_digits) || is_base64_digest (text);
  case HASH_NONE:
  default:
    return FALSE;
  }
}

/**
 * refills_token_dup_transaction_uri:
 * @self: a token
 * @hash: (nullable): what the service calls a transaction
 *
 * Where a transaction can be looked at: one public explorer for each chain.
 *
 * Returns: (transfer full) (nullable): an `https` URI, or `NULL` where @hash is none of the chain's
 */
char *
refills_token_dup_transaction_uri (const RefillsToken *self,
                                   const char         *hash)
{
  const Chain *chain;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  chain = find_chain (self);
  if (hash == NULL || !is_hash (hash, chain->hash))
    return NULL;
  /* Base64 has signs that mean something in a path. */
  escaped = g_uri_escape_string (hash, NULL, FALSE);

  return g_strconcat (chain->explorer, escaped, NULL);
}

/**
 * refills_token_is_reserved:
 * @family: the family of an address
 * @address: (nullable): an address in whatever form
 *
 * Whether an address is a token contract, a mint, a jetton master or a coin's package that is known, on whatever
 * chain of its family. Nobody is paid there: what is sent to one of them is lost.
 *
 * Returns: whether it is one
 */
gboolean
refills_token_is_reserved (RefillsAddressFamily  family,
                           const char           *address)
{
  if (address == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++) {
    const char *module;
    g_autofree char *contract = NULL;

    if (tokens[i].family != family || tokens[i].contract == NULL)
      continue;
    module = strstr (tokens[i].contract, "::");
    contract = module != NULL ? g_strndup (tokens[i].contract, module - tokens[i].contract)
                              : g_strdup (tokens[i].contract);
    if (refills_address_equal (family, contract, address))
      return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (reserved[i].family == family && refills_address_equal (family, reserved[i].address, address))
      return TRUE;

  return FALSE;
}
