/* refills-sandbox-addresses.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses that nobody owns but every wallet accepts as well formed: base58check, bech32 (BIP 173),
 * BOLT 11 invoices, all lower case 0x addresses (no EIP-55 checksum claimed), 32 random bytes for
 * Solana. Also ids and gift codes. Owns nothing; never holds a key, so nothing paid to one of these
 * could ever be spent.
 */
#include "refills-sandbox-private.h"

static const char base58_alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char bech32_alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
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
base58_encode (const guint8 *bytes,
               gsize         length)
{
  guint8 digits[64] = { 0 };
  gsize n_digits = 0;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++) {
    guint carry = bytes[i];

    for (gsize j = 0; j < n_digits; j++) {
      carry += (guint) digits[j] << 8;
      digits[j] = (guint8) (carry % 58);
      carry /= 58;
    }
    while (carry > 0) {
      digits[n_digits++] = (guint8) (carry % 58);
      carry /= 58;
    }
  }
  for (gsize i = 0; i < length && bytes[i] == 0; i++)
    g_string_append_c (text, '1');
  while (n_digits > 0)
    g_string_append_c (text, base58_alphabet[digits[--n_digits]]);

  return g_string_free (text, FALSE);
}

static void
sha256 (const guint8 *bytes,
        gsize         length,
        guint8        digest[32])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
}

static char *
make_base58check (guint8  version,
                  GRand  *random)
{
  guint8 bytes[25];
  guint8 digest[32];

  bytes[0] = version;
  fill_random (bytes + 1, 20, random);
  sha256 (bytes, 21, digest);
  sha256 (digest, 32, digest);
  memcpy (bytes + 21, digest, 4);

  return base58_encode (bytes, 25);
}

static guint32
bech32_polymod (guint32 check,
                guint8  value)
{
  static const guint32 generators[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 top = check >> 25;

  check = (check & 0x1ffffff) << 5 ^ value;
  for (guint i = 0; i < 5; i++) {
    if ((top >> i & 1) != 0)
      check ^= generators[i];
  }

  return check;
}

/* @data is groups of five bits. The checksum is bech32's, constant 1. */
static char *
bech32_encode (const char *prefix,
               GByteArray *data)
{
  GString *text = g_string_new (prefix);
  guint32 check = 1;

  for (const char *p = prefix; *p != '\0'; p++)
    check = bech32_polymod (check, (guint8) *p >> 5);
  check = bech32_polymod (check, 0);
  for (const char *p = prefix; *p != '\0'; p++)
    check = bech32_polymod (check, (guint8) *p & 31);
  g_string_append_c (text, '1');
  for (guint i = 0; i < data->len; i++) {
    check = bech32_polymod (check, data->data[i]);
    g_string_append_c (text, bech32_alphabet[data->data[i]]);
  }
  for (guint i = 0; i < 6; i++)
    check = bech32_polymod (check, 0);
  check ^= 1;
  for (guint i = 0; i < 6; i++)
    g_string_append_c (text, bech32_alphabet[check >> 5 * (5 - i) & 31]);

  return g_string_free (text, FALSE);
}

static void
append_groups (GByteArray   *data,
               const guint8 *bytes,
               gsize         length)
{
  guint32 buffer = 0;
  guint bits = 0;

  for (gsize i = 0; i < length; i++) {
    buffer = (buffer << 8 | bytes[i]) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      guint8 group = buffer >> (bits - 5) & 31;

      g_byte_array_append (data, &group, 1);
      bits -= 5;
    }
  }
  if (bits > 0) {
    guint8 group = buffer << (5 - bits) & 31;

    g_byte_array_append (data, &group, 1);
  }
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
  append_groups (data, program, sizeof program);

  return bech32_encode (prefix, data);
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
  append_number (data, (guint64) (strchr (bech32_alphabet, type) - bech32_alphabet), 1);
  append_number (data, (length * 8 + 4) / 5, 2);
  append_groups (data, bytes, length);
}

/* BOLT 11: the amount with the largest multiplier that keeps it whole, a payment hash, a secret, a
 * description, 30 minutes, and a signature of random but low numbers. */
static char *
make_invoice (guint64  satoshi,
              gint64   now,
              GRand   *random)
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
  append_number (data, (guint64) now, 7);
  fill_random (bytes, 32, random);
  append_tag (data, 'p', bytes, 32);
  fill_random (bytes, 32, random);
  append_tag (data, 's', bytes, 32);
  append_tag (data, 'd', (const guint8 *) description, strlen (description));
  append_number (data, (guint64) (strchr (bech32_alphabet, 'x') - bech32_alphabet), 1);
  append_number (data, 3, 2);
  append_number (data, 1800, 3);
  /* Feature bits 8 and 14: variable onion and payment secret, which `s` needs. */
  append_number (data, (guint64) (strchr (bech32_alphabet, '9') - bech32_alphabet), 1);
  append_number (data, 3, 2);
  append_number (data, 1 << 14 | 1 << 8, 3);
  fill_random (bytes, 65, random);
  bytes[0] &= 0x7f;
  bytes[32] &= 0x3f;
  bytes[64] &= 1;
  append_groups (data, bytes, 65);

  return bech32_encode (prefix, data);
}

/* Where to pay @units of @rail; NULL where the rail has no addresses. @now is in epoch seconds. */
char *
refills_sandbox_make_address (const RefillsSandboxRail *rail,
                              guint64                   units,
                              gint64                    now,
                              GRand                    *random)
{
  guint8 bytes[32];
  GString *text;

  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_BITCOIN:
    return make_segwit ("bc", random);
  case REFILLS_SANDBOX_ADDRESS_LIGHTNING:
    return make_invoice (units, now, random);
  case REFILLS_SANDBOX_ADDRESS_LITECOIN:
    return make_segwit ("ltc", random);
  case REFILLS_SANDBOX_ADDRESS_DOGECOIN:
    return make_base58check (30, random);
  case REFILLS_SANDBOX_ADDRESS_TRON:
    return make_base58check (0x41, random);
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
    fill_random (bytes, 32, random);
    bytes[0] |= 1;
    return base58_encode (bytes, 32);
  case REFILLS_SANDBOX_ADDRESS_EVM:
    fill_random (bytes, 20, random);
    text = g_string_new ("0x");
    for (guint i = 0; i < 20; i++)
      g_string_append_printf (text, "%02x", bytes[i]);
    return g_string_free (text, FALSE);
  case REFILLS_SANDBOX_ADDRESS_NONE:
  default:
    return NULL;
  }
}

/* API reference, section 17, C17: BIP 21 for Bitcoin and Litecoin, EIP-681 for EVM with whole
 * numbers, the bare address elsewhere. */
char *
refills_sandbox_make_qr_text (const RefillsSandboxRail *rail,
                              const char               *address,
                              guint64                   units)
{
  g_autofree char *amount = refills_sandbox_format_units (units, rail->decimals);
  g_autoptr (GString) smallest = NULL;

  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_BITCOIN:
    return g_strdup_printf ("bitcoin:%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_LITECOIN:
    return g_strdup_printf ("litecoin:%s?amount=%s", address, amount);
  case REFILLS_SANDBOX_ADDRESS_LIGHTNING:
    return g_strdup_printf ("lightning:%s", address);
  case REFILLS_SANDBOX_ADDRESS_EVM:
    smallest = g_string_new (NULL);
    g_string_printf (smallest, "%" G_GUINT64_FORMAT, units);
    for (guint i = rail->decimals; i < rail->contract_decimals; i++)
      g_string_append_c (smallest, '0');
    if (rail->contract == NULL)
      return g_strdup_printf ("ethereum:%s@%u?value=%s", address, rail->chain_id, smallest->str);
    return g_strdup_printf ("ethereum:%s@%u/transfer?address=%s&uint256=%s",
                            rail->contract, rail->chain_id, address, smallest->str);
  case REFILLS_SANDBOX_ADDRESS_DOGECOIN:
  case REFILLS_SANDBOX_ADDRESS_TRON:
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
  case REFILLS_SANDBOX_ADDRESS_NONE:
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

  if (amount == NULL || !refills_sandbox_parse_units (amount, rail->decimals, &units))
    return NULL;
  switch (rail->address_kind) {
  case REFILLS_SANDBOX_ADDRESS_SOLANA:
    return rail->contract == NULL
             ? g_strdup_printf ("solana:%s?amount=%s", address, amount)
             : g_strdup_printf ("solana:%s?amount=%s&spl-token=%s", address, amount, rail->contract);
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
