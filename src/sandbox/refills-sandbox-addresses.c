/* refills-sandbox-addresses.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses that nobody owns but every wallet accepts as well formed, invoices (BOLT 11) and the texts of QR codes.
 * Also hashes of transactions, ids and gift codes. Owns nothing; never holds a key, so nothing paid to one of these
 * could ever be spent.
 */
#include "refills-sandbox-private.h"

static const char bitcoin_alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char ripple_alphabet[] = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
static const char code_alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static void
fill_random (guint8 *bytes,
             gsize   length,
             GRand  *random)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_rand_int (random) >> 13);
}

static char *
make_base58check (guint8      version,
                  const char *alphabet,
                  GRand      *random)
{
  guint8 hash[20];

  fill_random (hash, sizeof hash, random);

  return refills_sandbox_encode_base58check (version, hash, alphabet);
}

static char *
make_segwit (const char *prefix,
             GRand      *random)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 program[20];
  guint8 version = 0;

  fill_random (program, sizeof program, random);
  g_byte_array_append (data, &version, 1);
  refills_sandbox_encode_groups (data, program, sizeof program);

  return refills_sandbox_encode_bech32 (prefix, data, REFILLS_SANDBOX_BECH32);
}

static char *
make_taproot (GRand *random)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 program[32];
  guint8 version = 1;

  fill_random (program, sizeof program, random);
  g_byte_array_append (data, &version, 1);
  refills_sandbox_encode_groups (data, program, sizeof program);

  return refills_sandbox_encode_bech32 ("bc", data, REFILLS_SANDBOX_BECH32M);
}

static char *
make_bitcoin (RefillsSandbox *sandbox)
{
  if (refills_sandbox_has_shape (sandbox, "bitcoin-address", "script"))
    return make_base58check (5, bitcoin_alphabet, sandbox->random);
  if (refills_sandbox_has_shape (sandbox, "bitcoin-address", "taproot"))
    return make_taproot (sandbox->random);

  return make_segwit ("bc", sandbox->random);
}

static char *
make_hex (const char *prefix,
          gsize       length,
          GRand      *random)
{
  g_autoptr (GString) text = g_string_new (prefix);
  guint8 bytes[32];

  fill_random (bytes, length, random);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_number (GByteArray *data,
               guint64     value,
               guint       groups)
{
  for (guint i = groups; i-- > 0;) {
    guint8 group = value >> 5 * i & 31;

    g_byte_array_append (data, &group, 1);
  }
}

static void
append_tag (GByteArray   *data,
            char          type,
            const guint8 *bytes,
            gsize         length)
{
  append_number (data, refills_sandbox_encode_letter (type), 1);
  append_number (data, (length * 8 + 4) / 5, 2);
  refills_sandbox_encode_groups (data, bytes, length);
}

/* In as few groups as hold it (BOLT 11). */
static void
append_number_tag (GByteArray *data,
                   char        type,
                   guint64     value)
{
  guint groups = 1;

  while (value >> 5 * groups != 0)
    groups++;
  append_number (data, refills_sandbox_encode_letter (type), 1);
  append_number (data, groups, 2);
  append_number (data, value, groups);
}

/* BOLT 11: the amount with the largest multiplier that keeps it whole, a payment hash, a secret, a
 * description, how long it holds, and a signature of random but low numbers. */
static char *
make_invoice (RefillsSandbox *sandbox,
              guint64         satoshi)
{
  static const char multipliers[] = "num";
  static const char description[] = "Practice order";
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree char *prefix = NULL;
  guint64 amount = satoshi * 10;
  guint step = 0;
  guint8 bytes[65];

  while (step < 2 && amount % 1000 == 0) {
    amount /= 1000;
    step++;
  }
  prefix = g_strdup_printf ("lnbc%" G_GUINT64_FORMAT "%c", amount, multipliers[step]);
  append_number (data, (guint64) refills_sandbox_get_time (sandbox), 7);
  fill_random (bytes, 32, sandbox->random);
  append_tag (data, 'p', bytes, 32);
  fill_random (bytes, 32, sandbox->random);
  append_tag (data, 's', bytes, 32);
  append_tag (data, 'd', (const guint8 *) description, strlen (description));
  append_number_tag (data, 'x',
                     g_ascii_strtoull (refills_sandbox_get_shape (sandbox, "invoice-expiry"), NULL, 10));
  /* Feature bits 8 and 14: variable onion and payment secret, which `s` needs. */
  append_number_tag (data, '9', 1 << 14 | 1 << 8);
  fill_random (bytes, 65, sandbox->random);
  bytes[0] &= 0x7f;
  bytes[32] &= 0x3f;
  bytes[64] &= 1;
  refills_sandbox_encode_groups (data, bytes, 65);

  return refills_sandbox_encode_bech32 (prefix, data, REFILLS_SANDBOX_BECH32);
}

/* Where to pay @units of @rail, of the form that the shapes choose. */
char *
refills_sandbox_make_address (RefillsSandbox           *sandbox,
                              const RefillsSandboxRail *rail,
                              guint64                   units)
{
  guint8 bytes[32];

  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_LIGHTNING:
    return make_invoice (sandbox, units);
  case REFILLS_SANDBOX_ADDRESS_LITECOIN:
    return make_segwit ("ltc", sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_DOGECOIN:
    return make_base58check (30, bitcoin_alphabet, sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_BITCOIN_CASH:
    fill_random (bytes, 20, sandbox->random);
    return refills_sandbox_encode_cashaddr (bytes);
  case REFILLS_SANDBOX_ADDRESS_TRON:
    return make_base58check (0x41, bitcoin_alphabet, sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
    fill_random (bytes, 32, sandbox->random);
    bytes[0] |= 1;
    return refills_sandbox_encode_base58 (bytes, 32, bitcoin_alphabet);
  case REFILLS_SANDBOX_ADDRESS_EVM:
    fill_random (bytes, 20, sandbox->random);
    return refills_sandbox_encode_evm (bytes);
  case REFILLS_SANDBOX_ADDRESS_TON:
    fill_random (bytes, 32, sandbox->random);
    return refills_sandbox_encode_ton (bytes);
  case REFILLS_SANDBOX_ADDRESS_SUI:
    return make_hex ("0x", 32, sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_XRP:
    return make_base58check (0, ripple_alphabet, sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_BITCOIN:
  default:
    return make_bitcoin (sandbox);
  }
}

/* The id of a transaction as explorers of the chain write it; of an exchange's (@rail: NULL), a number. */
char *
refills_sandbox_make_transaction (RefillsSandbox           *sandbox,
                                  const RefillsSandboxRail *rail)
{
  guint8 bytes[64];
  g_autofree char *text = NULL;

  if (rail == NULL)
    return refills_sandbox_make_code (sandbox->random, "1000000000000000");
  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_EVM:
    return make_hex ("0x", 32, sandbox->random);
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
  case REFILLS_SANDBOX_ADDRESS_SUI:
    fill_random (bytes, sizeof bytes, sandbox->random);
    bytes[0] |= 1;
    return refills_sandbox_encode_base58 (bytes, rail->address_kind == REFILLS_SANDBOX_ADDRESS_SUI ? 32 : 64,
                                          bitcoin_alphabet);
  case REFILLS_SANDBOX_ADDRESS_XRP:
    text = make_hex ("", 32, sandbox->random);
    return g_ascii_strup (text, -1);
  default:
    return make_hex ("", 32, sandbox->random);
  }
}

/* @units of the wire in the smallest units of the chain. */
static char *
dup_smallest (const RefillsSandboxRail *rail,
              guint64                   units)
{
  g_autoptr (GString) smallest = g_string_new (NULL);

  g_string_printf (smallest, "%" G_GUINT64_FORMAT, units);
  for (guint i = rail->decimals; i < rail->contract_decimals; i++)
    g_string_append_c (smallest, '0');

  return g_string_free (g_steal_pointer (&smallest), FALSE);
}

/* API reference, section 17, C17: BIP 21 for Bitcoin and its kin, EIP-681 for EVM with whole
 * numbers, the bare address elsewhere. */
char *
refills_sandbox_make_qr_text (const RefillsSandboxRail *rail,
                              const char               *address,
                              guint64                   units)
{
  g_autofree char *amount = refills_sandbox_format_units (units, rail->decimals);
  g_autofree char *smallest = dup_smallest (rail, units);

  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_BITCOIN:
    return g_strdup_printf ("bitcoin:%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_LITECOIN:
    return g_strdup_printf ("litecoin:%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_BITCOIN_CASH:
    /* The prefix of the address is the scheme. */
    return g_strdup_printf ("%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_LIGHTNING:
    return g_strdup_printf ("lightning:%s", address);
  case REFILLS_SANDBOX_ADDRESS_EVM:
    if (rail->contract == NULL)
      return g_strdup_printf ("ethereum:%s@%u?value=%s", address, rail->chain_id, smallest);
    return g_strdup_printf ("ethereum:%s@%u/transfer?address=%s&uint256=%s",
                            rail->contract, rail->chain_id, address, smallest);
  default:
    return g_strdup (address);
  }
}

/* A URI with the amount for every chain that has a scheme; NULL where @amount cannot be read. */
char *
refills_sandbox_make_qr_uri (const RefillsSandboxRail *rail,
                             const char               *address,
                             const char               *amount)
{
  guint64 units = 0;
  g_autofree char *smallest = NULL;

  if (amount == NULL || !refills_sandbox_parse_units (amount, rail->decimals, &units))
    return NULL;
  smallest = dup_smallest (rail, units);
  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
    return rail->contract == NULL
             ? g_strdup_printf ("solana:%s?amount=%s", address, amount)
             : g_strdup_printf ("solana:%s?amount=%s&spl-token=%s", address, amount, rail->contract);
  case REFILLS_SANDBOX_ADDRESS_TON:
    return rail->contract == NULL
             ? g_strdup_printf ("ton://transfer/%s?amount=%s", address, smallest)
             : g_strdup_printf ("ton://transfer/%s?jetton=%s&amount=%s", address, rail->contract, smallest);
  case REFILLS_SANDBOX_ADDRESS_TRON:
    return g_strdup_printf ("tron:%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_DOGECOIN:
    return g_strdup_printf ("dogecoin:%s?amount=%s", address, amount);
  default:
    return refills_sandbox_make_qr_text (rail, address, units);
  }
}

char *
refills_sandbox_make_uuid (GRand *random)
{
  guint8 b[16];

  fill_random (b, sizeof b, random);
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/* @shape: `A` becomes a letter or digit that is hard to misread, `0` a digit, `f` a hex digit. */
char *
refills_sandbox_make_code (GRand      *random,
                           const char *shape)
{
  char *code = g_strdup (shape);

  for (char *p = code; *p != '\0'; p++) {
    if (*p == 'A')
      *p = code_alphabet[g_rand_int_range (random, 0, (gint32) strlen (code_alphabet))];
    else if (*p == '0')
      *p = (char) g_rand_int_range (random, '0', '9' + 1);
    else if (*p == 'f')
      *p = "0123456789abcdef"[g_rand_int_range (random, 0, 16)];
  }

  return code;
}
