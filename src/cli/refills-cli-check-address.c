/* refills-cli-check-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `refills-cli check` reads of addresses, and of the encodings that they are made of. The form is what is checked:
 * an address of a test network has it, and so has the zero address; `payable` tells whether anybody should send money.
 */
#include "refills-cli-check.h"

#include "refills-address.h"
#include "refills-base58.h"
#include "refills-bech32.h"
#include "refills-cashaddr.h"
#include "refills-cli-output.h"
#include "refills-evm-address.h"
#include "refills-monero-address.h"
#include "refills-token-table.h"
#include "refills-ton-address.h"
#include "refills-xrp-address.h"

/* Tokens whose name in the public lists is not the service's, or that have no row in the table of those that can be
 * paid. A zero: as pinned there. */
static const struct {
  const char *contract;
  const char *symbol;
  guint64     chain_id;
  guint       decimals;
} names[] = {
  { "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", "USDC (Binance-Peg)", 0, 0 },
  { "0x55d398326f99059fF775485246999027B3197955", "USDT (Binance-Peg)", 0, 0 },
  { "0x29219dd400f2Bf60E5a23d13Be72B486D4038894", "USDC.e/USDC", 0, 0 },
  { "0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9", "USDT0", 0, 0 },
  { "0xc2132D05D31c914a87C6611C10748AEb04B58e8F", "USDT0", 0, 0 },
  { "0xB8CE59FC3717ada4C02eaDF9682A9e934F625ebb", "USDT0", 0, 0 },
  { "0x01bFF41798a0BcF287b996046Ca68b395DbC1071", "USDT0", 10, 6 },
  { "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", "USDbC", 8453, 6 },
  /* The same on Ethereum. */
  { "0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409", "FDUSD", 56, 0 },
};

/**
 * refills_cli_add_boolean:
 * @object: an object
 * @name: a member's name
 * @value: what it is
 *
 * Adds true or false.
 */
void
refills_cli_add_boolean (GString    *object,
                         const char *name,
                         gboolean    value)
{
  refills_cli_add_raw (object, name, value ? "true" : "false");
}

/**
 * refills_cli_add_unsigned:
 * @object: an object
 * @name: a member's name
 * @number: a number
 *
 * Adds a number, which may take all 64 bits.
 */
void
refills_cli_add_unsigned (GString    *object,
                          const char *name,
                          guint64     number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  refills_cli_add_raw (object, name, digits);
}

static void
add_hex (GString      *facts,
         const char   *name,
         const guint8 *bytes,
         gsize         length)
{
  g_autoptr (GString) hex = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  refills_cli_add_text (facts, name, hex->str);
}

/* Well formed is also what nobody owns. */
static gboolean
check_family (RefillsAddressFamily   family,
              const char            *text,
              GString               *facts,
              GError               **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean is_payable = refills_address_check (family, text, &problem);

  if (!is_payable && !g_error_matches (problem, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_RESERVED)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  refills_cli_add_boolean (facts, "payable", is_payable && !refills_token_is_reserved (family, text));

  return TRUE;
}

static gboolean
check_encoding (const char             *text,
                RefillsBech32Encoding   expected,
                GString                *facts,
                GError                **error)
{
  g_autofree char *prefix = NULL;
  RefillsBech32Encoding encoding = REFILLS_BECH32;

  if (!refills_bech32_decode (text, REFILLS_BECH32_MAX, &prefix, NULL, &encoding, error))
    return FALSE;
  if (encoding != expected) {
    g_set_error_literal (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_CHECKSUM, "encoding");
    return FALSE;
  }
  if (g_utf8_validate (prefix, -1, NULL))
    refills_cli_add_text (facts, "prefix", prefix);

  return TRUE;
}

static gboolean
check_bech32 (const char  *text,
              GString     *facts,
              GError     **error)
{
  return check_encoding (text, REFILLS_BECH32, facts, error);
}

static gboolean
check_bech32m (const char  *text,
               GString     *facts,
               GError     **error)
{
  return check_encoding (text, REFILLS_BECH32M, facts, error);
}

static gboolean
check_segwit (const char  *text,
              GString     *facts,
              GError     **error)
{
  RefillsSegwit segwit;
  const char *prefix = g_ascii_strncasecmp (text, "tb1", 3) == 0 ? "tb" : "bc";

  if (!refills_segwit_decode (text, prefix, &segwit, error))
    return FALSE;
  refills_cli_add_text (facts, "prefix", prefix);
  add_hex (facts, "script", segwit.script, segwit.n_script);

  return TRUE;
}

static gboolean
check_bitcoin (const char  *text,
               GString     *facts,
               GError     **error)
{
  return check_family (REFILLS_ADDRESS_BITCOIN, text, facts, error);
}

static gboolean
check_litecoin (const char  *text,
                GString     *facts,
                GError     **error)
{
  return check_family (REFILLS_ADDRESS_LITECOIN, text, facts, error);
}

static gboolean
check_dogecoin (const char  *text,
                GString     *facts,
                GError     **error)
{
  return check_family (REFILLS_ADDRESS_DOGECOIN, text, facts, error);
}

static gboolean
check_evm (const char  *text,
           GString     *facts,
           GError     **error)
{
  guint8 bytes[REFILLS_EVM_ADDRESS_BYTES];
  gboolean has_checksum = FALSE;
  g_autofree char *written = NULL;

  if (!refills_evm_address_parse (text, bytes, &has_checksum, error))
    return FALSE;
  written = refills_evm_address_write (bytes);
  refills_cli_add_boolean (facts, "checksum", has_checksum);
  refills_cli_add_text (facts, "written", written);

  return check_family (REFILLS_ADDRESS_EVM, text, facts, error);
}

static gboolean
check_token (const char  *text,
             GString     *facts,
             GError     **error)
{
  static const RefillsAddressFamily families[] = {
    REFILLS_ADDRESS_EVM, REFILLS_ADDRESS_SOLANA, REFILLS_ADDRESS_TRON, REFILLS_ADDRESS_TON,
  };
  const RefillsToken *token = NULL;
  const char *symbol = NULL;
  guint64 chain_id = 0;
  guint decimals = 0;
  guint8 bytes[REFILLS_EVM_ADDRESS_BYTES];

  if (g_str_has_prefix (text, "0x") && !refills_evm_address_parse (text, bytes, NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (families) && token == NULL; i++)
    token = refills_token_find_contract (families[i], text);
  if (token != NULL) {
    symbol = token->coin;
    chain_id = token->chain_id;
    decimals = token->decimals;
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!refills_address_equal (REFILLS_ADDRESS_EVM, names[i].contract, text))
      continue;
    symbol = names[i].symbol;
    chain_id = names[i].chain_id != 0 ? names[i].chain_id : chain_id;
    decimals = names[i].decimals != 0 ? names[i].decimals : decimals;
  }
  if (symbol == NULL) {
    g_set_error_literal (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_NETWORK, "contract");
    return FALSE;
  }
  refills_cli_add_text (facts, "symbol", symbol);
  if (chain_id != 0)
    refills_cli_add_unsigned (facts, "chain_id", chain_id);
  refills_cli_add_unsigned (facts, "decimals", decimals);
  refills_cli_add_boolean (facts, "payable", FALSE);

  return TRUE;
}

static gboolean
check_solana (const char  *text,
              GString     *facts,
              GError     **error)
{
  return check_family (REFILLS_ADDRESS_SOLANA, text, facts, error);
}

static gboolean
check_tron (const char  *text,
            GString     *facts,
            GError     **error)
{
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length = 0;

  if (!check_family (REFILLS_ADDRESS_TRON, text, facts, error))
    return FALSE;
  if (refills_base58check_decode (text, REFILLS_BASE58_BITCOIN, bytes, &length, NULL))
    add_hex (facts, "hex", bytes, length);

  return TRUE;
}

static gboolean
check_sui (const char  *text,
           GString     *facts,
           GError     **error)
{
  return check_family (REFILLS_ADDRESS_SUI, text, facts, error);
}

static gboolean
check_ton (const char  *text,
           GString     *facts,
           GError     **error)
{
  RefillsTonAddress address;
  g_autofree char *raw = NULL;

  if (!refills_ton_address_parse (text, &address, error))
    return FALSE;
  raw = refills_ton_address_dup_raw (&address);
  /* The raw form says neither. */
  if (address.is_raw) {
    refills_cli_add_text (facts, "bounceable", NULL);
    refills_cli_add_text (facts, "testnet", NULL);
  } else {
    refills_cli_add_boolean (facts, "bounceable", address.is_bounceable);
    refills_cli_add_boolean (facts, "testnet", address.is_testnet);
  }
  refills_cli_add_text (facts, "raw", raw);
  refills_cli_add_boolean (facts, "payable", refills_address_check (REFILLS_ADDRESS_TON, text, NULL) &&
                           !refills_token_is_reserved (REFILLS_ADDRESS_TON, text));

  return TRUE;
}

static gboolean
check_stellar (const char  *text,
               GString     *facts,
               GError     **error)
{
  return check_family (REFILLS_ADDRESS_STELLAR, text, facts, error);
}

static gboolean
read_xrp (const char         *text,
          gboolean            is_classic,
          RefillsXrpAddress  *out,
          GError            **error)
{
  if (!refills_xrp_address_parse (text, out, error))
    return FALSE;
  if (out->is_classic == is_classic)
    return TRUE;
  g_set_error_literal (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_SYNTAX, "form");

  return FALSE;
}

static gboolean
check_xrp_classic (const char  *text,
                   GString     *facts,
                   GError     **error)
{
  RefillsXrpAddress address;

  return read_xrp (text, TRUE, &address, error);
}

static gboolean
check_xrp_x (const char  *text,
             GString     *facts,
             GError     **error)
{
  RefillsXrpAddress address;
  g_autofree char *classic = NULL;

  if (!read_xrp (text, FALSE, &address, error))
    return FALSE;
  classic = refills_xrp_address_dup_classic (&address);
  refills_cli_add_text (facts, "classic", classic);
  if (address.has_tag)
    refills_cli_add_unsigned (facts, "tag", address.tag);
  else
    refills_cli_add_text (facts, "tag", NULL);
  refills_cli_add_boolean (facts, "testnet", address.is_testnet);

  return TRUE;
}

static gboolean
check_cashaddr (const char  *text,
                GString     *facts,
                GError     **error)
{
  RefillsCashaddr address;
  g_autofree char *legacy = NULL;

  if (!refills_cashaddr_decode (text, &address, error))
    return FALSE;
  legacy = refills_cashaddr_dup_legacy (&address);
  refills_cli_add_text (facts, "prefix", address.prefix);
  refills_cli_add_unsigned (facts, "type", address.type);
  add_hex (facts, "payload", address.payload, address.n_payload);
  refills_cli_add_text (facts, "legacy", legacy);
  refills_cli_add_boolean (facts, "payable", refills_address_check (REFILLS_ADDRESS_BITCOIN_CASH, text, NULL));

  return TRUE;
}

static gboolean
check_monero (const char  *text,
              GString     *facts,
              GError     **error)
{
  RefillsMoneroAddress address;

  if (!refills_monero_address_parse (text, &address, error))
    return FALSE;
  refills_cli_add_text (facts, "kind", address.kind);

  return TRUE;
}

/**
 * refills_cli_find_address_check:
 * @kind: what a text is said to be
 *
 * Returns: (nullable): what reads it; `NULL` where it is no kind of address
 */
RefillsCliCheckFunc
refills_cli_find_address_check (const char *kind)
{
  static const struct {
    const char          *name;
    RefillsCliCheckFunc  check;
  } kinds[] = {
    { "segwit", check_segwit },
    { "bech32m", check_bech32m },
    { "bech32", check_bech32 },
    { "bitcoin-address", check_bitcoin },
    { "litecoin-address", check_litecoin },
    { "dogecoin-address", check_dogecoin },
    { "evm-address", check_evm },
    { "token-contract", check_token },
    { "solana-address", check_solana },
    { "tron-address", check_tron },
    { "sui-address", check_sui },
    { "ton-address", check_ton },
    { "stellar-address", check_stellar },
    { "xrp-classic", check_xrp_classic },
    { "xrp-xaddress", check_xrp_x },
    { "cashaddr", check_cashaddr },
    { "monero-address", check_monero },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].name, kind))
      return kinds[i].check;
  }

  return NULL;
}
