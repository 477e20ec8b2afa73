/* refills-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether money can be sent to a text, told without asking anybody. Each family has a reader that turns a text into
 * the payee it means, so that two texts for one payee compare as equal; what is checked beyond the form is the same for
 * all: the main network, and an address that somebody can own.
 */
#include "refills-address.h"

#include <string.h>

#include "refills-base58.h"
#include "refills-bech32.h"
#include "refills-bolt11.h"
#include "refills-cashaddr.h"
#include "refills-evm-address.h"
#include "refills-monero-address.h"
#include "refills-stellar-address.h"
#include "refills-ton-address.h"
#include "refills-xrp-address.h"

/* An invoice is longer than any address; more is no invoice either. */
#define TEXT_MAX 2048
#define HASH_BYTES 20
#define SUI_DIGITS 64
#define KEY_BYTES 32
#define LITECOIN_SCRIPT 50
#define LITECOIN_OLD_SCRIPT 5 /* before 2018 */

/* Whom a text pays, in a form that is the same however it was written. */
typedef struct {
  guint8   bytes[80];
  gsize    length;
  gsize    n_version; /* of them, those in front that are no key, hash or program */
  gboolean is_nobodys;
} Payee;

typedef struct {
  gboolean (*read) (RefillsAddressFamily, const char *, Payee *, GError **);
  guint8      versions[3]; /* Base58Check */
  guint       n_versions;
  const char *prefix;      /* segwit */
} Family;

static const Family *get_family (RefillsAddressFamily family);

static void
set_payee (Payee        *out,
           const guint8 *bytes,
           gsize         length,
           gsize         n_version)
{
  g_assert (length <= sizeof out->bytes);

  memcpy (out->bytes, bytes, length);
  out->length = length;
  out->n_version = n_version;
}

/* A version and the hash of a key or a script. */
static gboolean
read_base58check (RefillsAddressFamily   family,
                  const char            *text,
                  Payee                 *out,
                  GError               **error)
{
  const Family *facts = get_family (family);
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;

  if (!refills_base58check_decode (text, REFILLS_BASE58_BITCOIN, bytes, &length, error))
    return FALSE;
  if (length != 1 + HASH_BYTES)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "length");
  if (memchr (facts->versions, bytes[0], facts->n_versions) == NULL)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "version");
  /* Litecoin's scripts had Bitcoin's version before they had their own. */
  if (family == REFILLS_ADDRESS_LITECOIN && bytes[0] == LITECOIN_OLD_SCRIPT)
    bytes[0] = LITECOIN_SCRIPT;
  set_payee (out, bytes, length, 1);

  return TRUE;
}

/* Later versions can be written and, until the chain gives them a meaning, be spent by anybody; so can a program of
 * version 1 that is no key of 32 bytes (BIP 341). */
static gboolean
read_segwit (RefillsAddressFamily   family,
             const char            *text,
             Payee                 *out,
             GError               **error)
{
  RefillsSegwit segwit;

  if (!refills_segwit_decode (text, get_family (family)->prefix, &segwit, error))
    return FALSE;
  set_payee (out, segwit.script, segwit.n_script, 2);
  out->is_nobodys = segwit.version > 1 || (segwit.version == 1 && segwit.n_script != 2 + KEY_BYTES);

  return TRUE;
}

static gboolean
read_bitcoin_like (RefillsAddressFamily   family,
                   const char            *text,
                   Payee                 *out,
                   GError               **error)
{
  const char *prefix = get_family (family)->prefix;
  gsize length = strlen (prefix);

  if ((g_ascii_strncasecmp (text, prefix, length) == 0 && text[length] == '1') ||
      refills_bech32_decode (text, REFILLS_BECH32_MAX, NULL, NULL, NULL, NULL))
    return read_segwit (family, text, out, error);

  return read_base58check (family, text, out, error);
}

/* The payee is the whole invoice; a hash of it has room. */
static gboolean
read_lightning (RefillsAddressFamily   family,
                const char            *text,
                Payee                 *out,
                GError               **error)
{
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GChecksum) sha256 = NULL;
  g_autofree char *lower = NULL;

  if (!refills_bolt11_parse (text, &invoice, &local_error)) {
    if (local_error->domain != REFILLS_ADDRESS_ERROR)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no invoice");
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (!g_str_equal (invoice.network, REFILLS_BOLT11_MAINNET))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "network");
  if (!invoice.is_complete)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no wallet can pay it");

  lower = g_ascii_strdown (text, -1);
  sha256 = g_checksum_new (G_CHECKSUM_SHA256);
  out->length = KEY_BYTES;
  g_checksum_update (sha256, (const guint8 *) lower, -1);
  g_checksum_get_digest (sha256, out->bytes, &out->length);

  return TRUE;
}

static gboolean
read_evm (RefillsAddressFamily   family,
          const char            *text,
          Payee                 *out,
          GError               **error)
{
  if (!refills_evm_address_parse (text, out->bytes, NULL, error))
    return FALSE;
  out->length = REFILLS_EVM_ADDRESS_BYTES;
  /* One byte over and over stands for something: 0xee in place of a contract for the chain's own coin, 0xff for any. */
  out->is_nobodys = memcmp (out->bytes, out->bytes + 1, REFILLS_EVM_ADDRESS_BYTES - 1) == 0;

  return TRUE;
}

/* No checksum: of a wrong character nothing tells but what else is known of the payee. */
static gboolean
read_solana (RefillsAddressFamily   family,
             const char            *text,
             Payee                 *out,
             GError               **error)
{
  /* Programs and accounts of the chain itself, of the token programs and of memos: sdk-ids/src/lib.rs of
   * anza-xyz/solana-sdk, and app/utils/programs.ts of solana-foundation/explorer. A key has one text only. */
  static const char * const programs[] = {
    "11111111111111111111111111111111", /* the system program, and the zero address */
    "1nc1nerator11111111111111111111111111111111",
    "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
    "AddressLookupTab1e1111111111111111111111111",
    "BPFLoader1111111111111111111111111111111111",
    "BPFLoader2111111111111111111111111111111111",
    "BPFLoaderUpgradeab1e11111111111111111111111",
    "ComputeBudget111111111111111111111111111111",
    "Config1111111111111111111111111111111111111",
    "Ed25519SigVerify111111111111111111111111111",
    "Feature111111111111111111111111111111111111",
    "KeccakSecp256k11111111111111111111111111111",
    "LoaderV411111111111111111111111111111111111",
    "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
    "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
    "NativeLoader1111111111111111111111111111111",
    "Secp256r1SigVerify1111111111111111111111111",
    "Stake11111111111111111111111111111111111111",
    "StakeConfig11111111111111111111111111111111",
    "Sysvar1111111111111111111111111111111111111",
    "SysvarC1ock11111111111111111111111111111111",
    "SysvarEpochRewards1111111111111111111111111",
    "SysvarEpochSchedu1e111111111111111111111111",
    "SysvarFees111111111111111111111111111111111",
    "Sysvar1nstructions1111111111111111111111111",
    "SysvarLastRestartS1ot1111111111111111111111",
    "SysvarRecentB1ockHashes11111111111111111111",
    "SysvarRent111111111111111111111111111111111",
    "SysvarRewards111111111111111111111111111111",
    "SysvarS1otHashes111111111111111111111111111",
    "SysvarS1otHistory11111111111111111111111111",
    "SysvarStakeHistory1111111111111111111111111",
    "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
    "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
    "Vote111111111111111111111111111111111111111",
    "ZkE1Gama1Proof11111111111111111111111111111",
    "ZkTokenProof1111111111111111111111111111111",
    "So11111111111111111111111111111111111111112", /* the mint of the chain's own coin */
    NULL,
  };
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;

  if (!refills_base58_decode (text, REFILLS_BASE58_BITCOIN, bytes, &length, error))
    return FALSE;
  if (length != KEY_BYTES)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no 32 bytes");
  set_payee (out, bytes, length, 0);
  out->is_nobodys = g_strv_contains (programs, text);

  return TRUE;
}

static gboolean
read_sui (RefillsAddressFamily   family,
          const char            *text,
          Payee                 *out,
          GError               **error)
{
  if (strnlen (text, 2 + SUI_DIGITS + 1) != 2 + SUI_DIGITS || text[0] != '0' || text[1] != 'x')
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no 0x and 64 digits");
  for (guint i = 0; i < SUI_DIGITS; i++) {
    int value = g_ascii_xdigit_value (text[2 + i]);

    if (value < 0)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no hexadecimal digit");
    out->bytes[i / 2] = (guint8) (out->bytes[i / 2] << 4 | value);
  }
  out->length = KEY_BYTES;

  return TRUE;
}

/* Legacy addresses are Bitcoin's too, and are refused: nothing would tell which of the two is meant. */
static gboolean
read_cashaddr (RefillsAddressFamily   family,
               const char            *text,
               Payee                 *out,
               GError               **error)
{
  RefillsCashaddr cashaddr;

  if (!refills_cashaddr_decode (text, &cashaddr, error))
    return FALSE;
  if (!g_str_equal (cashaddr.prefix, REFILLS_CASHADDR_PREFIX))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "prefix");
  if (cashaddr.type > REFILLS_CASHADDR_P2SH || cashaddr.n_payload != HASH_BYTES)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "type");
  out->bytes[0] = (guint8) cashaddr.type;
  memcpy (out->bytes + 1, cashaddr.payload, HASH_BYTES);
  out->length = 1 + HASH_BYTES;
  out->n_version = 1;

  return TRUE;
}

/* The base chain and the master chain are all there are. Wallets take no raw address. Whether what is sent comes back
 * where there is no contract is for the wallet of the sender, not another payee. */
static gboolean
read_ton (RefillsAddressFamily   family,
          const char            *text,
          Payee                 *out,
          GError               **error)
{
  RefillsTonAddress address;

  if (!refills_ton_address_parse (text, &address, error))
    return FALSE;
  if (address.is_raw)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "raw");
  if (address.is_testnet || (address.workchain != 0 && address.workchain != -1))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "network");
  out->bytes[0] = (guint8) address.workchain;
  memcpy (out->bytes + 1, address.hash, REFILLS_TON_HASH_BYTES);
  out->length = 1 + REFILLS_TON_HASH_BYTES;
  out->n_version = 1;

  return TRUE;
}

/* The tag says whose account at an exchange it is: with another one, or none, it is another payee. */
static gboolean
read_xrp (RefillsAddressFamily   family,
          const char            *text,
          Payee                 *out,
          GError               **error)
{
  RefillsXrpAddress address;

  if (!refills_xrp_address_parse (text, &address, error))
    return FALSE;
  if (address.is_testnet)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "network");
  out->bytes[0] = address.has_tag ? 1 : 0;
  for (guint i = 0; i < 4; i++)
    out->bytes[1 + i] = (guint8) (address.tag >> (8 * i));
  memcpy (out->bytes + 5, address.account, REFILLS_XRP_ACCOUNT_BYTES);
  out->length = 5 + REFILLS_XRP_ACCOUNT_BYTES;
  out->n_version = 5;

  return TRUE;
}

static gboolean
read_stellar (RefillsAddressFamily   family,
              const char            *text,
              Payee                 *out,
              GError               **error)
{
  out->length = REFILLS_STELLAR_KEY_BYTES;

  return refills_stellar_address_parse (text, out->bytes, error);
}

static gboolean
read_monero (RefillsAddressFamily   family,
             const char            *text,
             Payee                 *out,
             GError               **error)
{
  RefillsMoneroAddress address;

  if (!refills_monero_address_parse (text, &address, error))
    return FALSE;
  if (!address.is_mainnet)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "network");
  set_payee (out, address.bytes, address.n_bytes, 0);

  return TRUE;
}

static const Family *
get_family (RefillsAddressFamily family)
{
  static const Family families[REFILLS_N_ADDRESS_FAMILIES] = {
    [REFILLS_ADDRESS_BITCOIN] = { read_bitcoin_like, { 0, 5 }, 2, "bc" },
    [REFILLS_ADDRESS_LIGHTNING] = { read_lightning },
    [REFILLS_ADDRESS_LITECOIN] = { read_bitcoin_like, { 48, LITECOIN_SCRIPT, LITECOIN_OLD_SCRIPT }, 3, "ltc" },
    [REFILLS_ADDRESS_DOGECOIN] = { read_base58check, { 30, 22 }, 2 },
    [REFILLS_ADDRESS_BITCOIN_CASH] = { read_cashaddr },
    [REFILLS_ADDRESS_EVM] = { read_evm },
    [REFILLS_ADDRESS_SOLANA] = { read_solana },
    [REFILLS_ADDRESS_TRON] = { read_base58check, { 0x41 }, 1 },
    [REFILLS_ADDRESS_TON] = { read_ton },
    [REFILLS_ADDRESS_SUI] = { read_sui },
    [REFILLS_ADDRESS_XRP] = { read_xrp },
    [REFILLS_ADDRESS_STELLAR] = { read_stellar },
    [REFILLS_ADDRESS_MONERO] = { read_monero },
  };

  return &families[family];
}

static gboolean
read_payee (RefillsAddressFamily   family,
            const char            *text,
            Payee                 *out,
            GError               **error)
{
  g_return_val_if_fail ((guint) family < REFILLS_N_ADDRESS_FAMILIES, FALSE);

  *out = (Payee) { { 0 } };
  if (text == NULL || strnlen (text, TEXT_MAX + 1) > TEXT_MAX)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "length");

  return get_family (family)->read (family, text, out, error);
}

/* No key hashes to nearly nothing but zeros: such addresses are a chain's own, or where coins are burnt. */
static gboolean
is_nearly_zero (const Payee *payee)
{
  static const guint8 zeros[G_SIZEOF_MEMBER (Payee, bytes)];
  gsize n = payee->length - payee->n_version;

  return n <= 2 || memcmp (payee->bytes + payee->n_version, zeros, n - 2) == 0;
}

/**
 * refills_address_check:
 * @family: what kind of chain the payment is made on
 * @text: (nullable): exactly what would be shown, scanned and copied
 * @error: a `REFILLS_ADDRESS_ERROR`. All but `RESERVED` mean that @text is no address of the main network
 *
 * Whether @text can be paid to: well formed, with the checksum that its family has, of the main network, and not an
 * address that nobody has the key to. Nothing is trimmed or mended. That a family is read does not mean that it is
 * offered: a coin and its network are, by a row of the table of tokens.
 *
 * Returns: whether it can
 */
gboolean
refills_address_check (RefillsAddressFamily   family,
                       const char            *text,
                       GError               **error)
{
  Payee payee;

  if (!read_payee (family, text, &payee, error))
    return FALSE;
  if (payee.is_nobodys || is_nearly_zero (&payee))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_RESERVED, "nobody’s");

  return TRUE;
}

/**
 * refills_address_normalize:
 * @family: what kind of chain
 * @text: (nullable): an address
 * @error: as for [func@address_check]
 *
 * Returns: (transfer full) (nullable): the address as it is shown: with the capitals of EIP-55, segwit and invoices in
 *   small letters, CashAddr with its prefix, else as it is; `NULL` where it cannot be paid to
 */
char *
refills_address_normalize (RefillsAddressFamily   family,
                           const char            *text,
                           GError               **error)
{
  Payee payee;

  if (!refills_address_check (family, text, error) || !read_payee (family, text, &payee, error))
    return NULL;

  switch (family) {
  case REFILLS_ADDRESS_EVM:
    return refills_evm_address_write (payee.bytes);
  case REFILLS_ADDRESS_LIGHTNING:
  case REFILLS_ADDRESS_SUI:
    return g_ascii_strdown (text, -1);
  case REFILLS_ADDRESS_BITCOIN:
  case REFILLS_ADDRESS_LITECOIN:
    return payee.n_version == 2 ? g_ascii_strdown (text, -1) : g_strdup (text);
  case REFILLS_ADDRESS_BITCOIN_CASH: {
    const char *colon = strchr (text, ':');
    g_autofree char *lower = g_ascii_strdown (colon != NULL ? colon + 1 : text, -1);

    return g_strconcat (REFILLS_CASHADDR_PREFIX ":", lower, NULL);
  }
  default:
    return g_strdup (text);
  }
}

/**
 * refills_address_equal:
 * @family: what kind of chain
 * @a: (nullable): an address
 * @b: (nullable): another
 *
 * Returns: whether both are addresses of the family's main network, nobody's among them, and name one payee however
 *   they are written: capitals, CashAddr's prefix and TON's flag for contracts change nothing. What is no address
 *   equals nothing, itself included
 */
gboolean
refills_address_equal (RefillsAddressFamily  family,
                       const char           *a,
                       const char           *b)
{
  Payee payee_a, payee_b;

  return read_payee (family, a, &payee_a, NULL) && read_payee (family, b, &payee_b, NULL) &&
         payee_a.length == payee_b.length && memcmp (payee_a.bytes, payee_b.bytes, payee_a.length) == 0;
}
