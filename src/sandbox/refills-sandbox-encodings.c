/* refills-sandbox-encodings.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the chains write bytes as text, and their checksums: Base58Check, bech32 and bech32m (BIP 173, BIP 350),
 * CashAddr, Keccak-256 and the capitals of EIP-55, TON's friendly form (TEP 2). Written from the specifications, and
 * not from what the application has. Owns nothing.
 */
#include "refills-sandbox-private.h"

static const char bech32_alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* At most 64 bytes, in the order of @alphabet. */
char *
refills_sandbox_encode_base58 (const guint8 *bytes,
                               gsize         length,
                               const char   *alphabet)
{
  guint8 digits[96] = { 0 };
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
    g_string_append_c (text, alphabet[0]);
  while (n_digits > 0)
    g_string_append_c (text, alphabet[digits[--n_digits]]);

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

/* A version byte, @hash and four bytes of its double SHA-256. */
char *
refills_sandbox_encode_base58check (guint8        version,
                                    const guint8  hash[20],
                                    const char   *alphabet)
{
  guint8 bytes[25];
  guint8 digest[32];

  bytes[0] = version;
  memcpy (bytes + 1, hash, 20);
  sha256 (bytes, 21, digest);
  sha256 (digest, 32, digest);
  memcpy (bytes + 21, digest, 4);

  return refills_sandbox_encode_base58 (bytes, 25, alphabet);
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

/* @data is groups of five bits. @constant: 1 for bech32, 0x2bc830a3 for bech32m. */
char *
refills_sandbox_encode_bech32 (const char *prefix,
                               GByteArray *data,
                               guint32     constant)
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
  check ^= constant;
  for (guint i = 0; i < 6; i++)
    g_string_append_c (text, bech32_alphabet[check >> 5 * (5 - i) & 31]);

  return g_string_free (text, FALSE);
}

/* The number that a letter of bech32 stands for. */
guint8
refills_sandbox_encode_letter (char letter)
{
  return (guint8) (strchr (bech32_alphabet, letter) - bech32_alphabet);
}

/* Appends @bytes as groups of five bits, the last filled up with zeros. */
void
refills_sandbox_encode_groups (GByteArray   *data,
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

static guint64
cashaddr_polymod (guint64 check,
                  guint8  value)
{
  static const guint64 generators[] = {
    G_GUINT64_CONSTANT (0x98f2bc8e61), G_GUINT64_CONSTANT (0x79b76d99e2), G_GUINT64_CONSTANT (0xf33e5fb3c4),
    G_GUINT64_CONSTANT (0xae2eabe2a8), G_GUINT64_CONSTANT (0x1e4f43e470),
  };
  guint64 top = check >> 35;

  check = (check & G_GUINT64_CONSTANT (0x07ffffffff)) << 5 ^ value;
  for (guint i = 0; i < 5; i++) {
    if ((top >> i & 1) != 0)
      check ^= generators[i];
  }

  return check;
}

/* A key's hash in the form of spec/cashaddr.md: prefix, colon, version byte 0, checksum of 40 bits. */
char *
refills_sandbox_encode_cashaddr (const guint8 hash[20])
{
  static const char prefix[] = "bitcoincash";
  g_autoptr (GByteArray) data = g_byte_array_new ();
  GString *text = g_string_new (prefix);
  guint8 versioned[21] = { 0 };
  guint64 check = 1;

  memcpy (versioned + 1, hash, 20);
  refills_sandbox_encode_groups (data, versioned, sizeof versioned);
  for (const char *p = prefix; *p != '\0'; p++)
    check = cashaddr_polymod (check, (guint8) *p & 31);
  check = cashaddr_polymod (check, 0);
  g_string_append_c (text, ':');
  for (guint i = 0; i < data->len; i++) {
    check = cashaddr_polymod (check, data->data[i]);
    g_string_append_c (text, bech32_alphabet[data->data[i]]);
  }
  for (guint i = 0; i < 8; i++)
    check = cashaddr_polymod (check, 0);
  check ^= 1;
  for (guint i = 0; i < 8; i++)
    g_string_append_c (text, bech32_alphabet[check >> 5 * (7 - i) & 31]);

  return g_string_free (text, FALSE);
}

static guint64
rotate (guint64 word,
        guint   bits)
{
  return bits == 0 ? word : word << bits | word >> (64 - bits);
}

/* The permutation of FIPS 202, section 3.2: theta; rho and pi together; chi; iota. Lane (x, y) is [x + 5 y]. */
static void
keccak_permute (guint64 lanes[25])
{
  /* The round constants as an LFSR makes them: x^8 + x^6 + x^5 + x^4 + 1, one bit for each of the places 2^j - 1. */
  guint8 lfsr = 1;

  for (guint round = 0; round < 24; round++) {
    guint64 columns[5];
    guint64 moved = lanes[1];
    guint x = 1;
    guint y = 0;

    for (guint i = 0; i < 5; i++)
      columns[i] = lanes[i] ^ lanes[i + 5] ^ lanes[i + 10] ^ lanes[i + 15] ^ lanes[i + 20];
    for (guint i = 0; i < 25; i++)
      lanes[i] ^= columns[(i % 5 + 4) % 5] ^ rotate (columns[(i % 5 + 1) % 5], 1);
    moved = lanes[1];
    for (guint t = 0; t < 24; t++) {
      guint next_y = (2 * x + 3 * y) % 5;
      guint64 kept;

      x = y;
      y = next_y;
      kept = lanes[x + 5 * y];
      lanes[x + 5 * y] = rotate (moved, (t + 1) * (t + 2) / 2 % 64);
      moved = kept;
    }
    for (guint row = 0; row < 25; row += 5) {
      guint64 before[5];

      memcpy (before, lanes + row, sizeof before);
      for (guint i = 0; i < 5; i++)
        lanes[row + i] = before[i] ^ (~before[(i + 1) % 5] & before[(i + 2) % 5]);
    }
    for (guint j = 0; j < 7; j++) {
      if ((lfsr & 1) != 0)
        lanes[0] ^= G_GUINT64_CONSTANT (1) << ((1u << j) - 1);
      lfsr = (guint8) ((lfsr & 0x80) != 0 ? lfsr << 1 ^ 0x71 : lfsr << 1);
    }
  }
}

/* Keccak-256 of less than one block of 136 bytes, with the padding from before FIPS 202. */
static void
keccak256 (const guint8 *bytes,
           gsize         length,
           guint8        digest[32])
{
  guint64 lanes[25] = { 0 };

  for (gsize i = 0; i < length; i++)
    lanes[i / 8] ^= (guint64) bytes[i] << 8 * (i % 8);
  lanes[length / 8] ^= G_GUINT64_CONSTANT (1) << 8 * (length % 8);
  lanes[16] ^= G_GUINT64_CONSTANT (1) << 63;
  keccak_permute (lanes);
  for (guint i = 0; i < 32; i++)
    digest[i] = (guint8) (lanes[i / 8] >> 8 * (i % 8));
}

/* With the capitals of EIP-55. */
char *
refills_sandbox_encode_evm (const guint8 bytes[20])
{
  char *text = g_malloc (43);
  guint8 digest[32];

  memcpy (text, "0x", 2);
  for (guint i = 0; i < 20; i++)
    g_snprintf (text + 2 + 2 * i, 3, "%02x", bytes[i]);
  keccak256 ((const guint8 *) text + 2, 40, digest);
  for (guint i = 0; i < 40; i++) {
    if ((digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 8) != 0)
      text[2 + i] = g_ascii_toupper (text[2 + i]);
  }

  return text;
}

/* @account of the basic workchain in TON's friendly form, not bounceable, mainnet: tag, workchain, account, CRC16 of
 * XMODEM, in the alphabet of URLs. */
char *
refills_sandbox_encode_ton (const guint8 account[32])
{
  guint8 bytes[36] = { 0x51, 0 };
  guint16 check = 0;
  g_autofree char *text = NULL;

  memcpy (bytes + 2, account, 32);
  for (guint i = 0; i < 34; i++) {
    check ^= (guint16) (bytes[i] << 8);
    for (guint bit = 0; bit < 8; bit++)
      check = (guint16) ((check & 0x8000) != 0 ? check << 1 ^ 0x1021 : check << 1);
  }
  bytes[34] = (guint8) (check >> 8);
  bytes[35] = (guint8) check;
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');

  return g_steal_pointer (&text);
}
