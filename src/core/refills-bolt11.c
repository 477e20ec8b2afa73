/* refills-bolt11.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lightning invoices (BOLT 11): bech32 without its limit of 90 characters, an amount in the human-readable part, then
 * a time, tagged fields and a signature.
 *
 * The signature is not verified: that is the payer's wallet's to do, and it needs a curve that no library we have
 * offers. What is checked keeps a mistyped, cut, testnet, expired or differently priced invoice from being shown.
 */
#include "refills-bolt11.h"

#include <string.h>

#include "refills-bech32.h"
#include "refills-uri-query.h"

#define MAX_BYTES 2048
#define TIMESTAMP_GROUPS 7
#define SIGNATURE_GROUPS 104
#define SIGNATURE_BYTES 65
#define HASH_GROUPS 52
#define NODE_GROUPS 53
#define DEFAULT_EXPIRY_S 3600

/* The letters of BOLT 11, by their place in bech32's alphabet. */
enum {
  FIELD_PAYMENT_HASH = 1, /* p */
  FIELD_FEATURES = 5, /* 9 */
  FIELD_EXPIRY = 6, /* x */
  FIELD_DESCRIPTION = 13, /* d */
  FIELD_SECRET = 16, /* s */
  FIELD_NODE = 19, /* n */
  FIELD_DESCRIPTION_HASH = 23, /* h */
};

/* Longest first: one begins with another. */
static const char * const networks[] = { "bcrt", "tbs", "bc", "tb" };

/**
 * refills_bolt11_clear:
 * @self: what an invoice says
 *
 * Frees the texts, not the struct.
 */
void
refills_bolt11_clear (RefillsBolt11 *self)
{
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->description, g_free);
}

static gboolean
multiply (guint64  number,
          guint64  factor,
          guint64 *out)
{
  if (number > G_MAXUINT64 / factor)
    return FALSE;
  *out = number * factor;

  return TRUE;
}

/* A positive whole number without zeros in front, then perhaps a multiplier. */
static gboolean
read_amount (const char     *text,
             RefillsBolt11  *self,
             GError        **error)
{
  static const char reason[] = "the amount of the invoice cannot be read";
  const char *digits = text;
  guint64 number = 0;

  if (*text == '\0')
    return TRUE;
  if (!g_ascii_isdigit (*text) || *text == '0')
    return refills_uri_refuse (error, reason);
  for (; g_ascii_isdigit (*text); text++) {
    if (text - digits > 18)
      return refills_uri_refuse (error, reason);
    number = number * 10 + (guint64) g_ascii_digit_value (*text);
  }
  if (*text != '\0' && text[1] != '\0')
    return refills_uri_refuse (error, reason);

  self->has_amount = TRUE;
  switch (*text) {
  case '\0':
    if (multiply (number, G_GUINT64_CONSTANT (100000000000), &self->millisatoshi))
      return TRUE;
    break;
  case 'm':
    if (multiply (number, 100000000, &self->millisatoshi))
      return TRUE;
    break;
  case 'u':
    if (multiply (number, 100000, &self->millisatoshi))
      return TRUE;
    break;
  case 'n':
    if (multiply (number, 100, &self->millisatoshi))
      return TRUE;
    break;
  case 'p':
    /* Nothing smaller than a millisatoshi can be sent. */
    self->millisatoshi = number / 10;
    if (number % 10 == 0)
      return TRUE;
    break;
  default:
    break;
  }

  return refills_uri_refuse (error, reason);
}

static gboolean
read_prefix (const char     *prefix,
             RefillsBolt11  *self,
             GError        **error)
{
  if (!g_str_has_prefix (prefix, "ln"))
    return refills_uri_refuse (error, "this is not a Lightning invoice");
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    if (g_str_has_prefix (prefix + 2, networks[i])) {
      self->network = g_strdup (networks[i]);
      return read_amount (prefix + 2 + strlen (networks[i]), self, error);
    }
  }

  return refills_uri_refuse (error, "the network of the invoice is not known");
}

/* Groups of five bits, as a number; G_MAXUINT64 where it is larger than that. */
static guint64
read_number (const guint8 *groups,
             gsize         length)
{
  guint64 number = 0;

  for (gsize i = 0; i < length; i++) {
    if (number > G_MAXUINT64 >> 5)
      return G_MAXUINT64;
    number = number << 5 | groups[i];
  }

  return number;
}

/* Groups of five bits to whole bytes; what is left over is padding. */
static void
read_bytes (const guint8 *groups,
            gsize         n_groups,
            guint8       *bytes)
{
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < n_groups; i++) {
    bits = (bits << 5 | groups[i]) & 0xfff;
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      *bytes++ = (guint8) (bits >> n_bits);
    }
  }
}

/* Whether a signature can be one: the part of it that is plain comparison. Where the invoice names its signer the
 * signature has to be the lower of two (BOLT 11); elsewhere the key is recovered from it (SEC 1, section 4.1.6). */
static gboolean
is_signature (const guint8 *groups,
              gboolean      has_node)
{
  /* The order of the group, half of it, and by how much the field's prime is larger (SEC 2, section 2.4.1). */
  static const guint8 order[32] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
  };
  static const guint8 half[32] = {
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
  };
  static const guint8 surplus[32] = {
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01,
    0x45, 0x51, 0x23, 0x19, 0x50, 0xb7, 0x5f, 0xc4, 0x40, 0x2d, 0xa1, 0x72, 0x2f, 0xc9, 0xba, 0xee,
  };
  static const guint8 zero[32] = { 0 };
  guint8 signature[SIGNATURE_BYTES];
  const guint8 *r = signature;
  const guint8 *s = signature + 32;
  guint8 id = 0;

  read_bytes (groups, SIGNATURE_GROUPS, signature);
  id = signature[64];
  if (memcmp (r, zero, 32) == 0 || memcmp (r, order, 32) >= 0 || memcmp (s, zero, 32) == 0)
    return FALSE;
  if (has_node)
    return memcmp (s, half, 32) <= 0;

  return id <= 3 && memcmp (s, order, 32) < 0 && (id < 2 || memcmp (r, surplus, 32) < 0);
}

static char *
read_text (const guint8 *groups,
           gsize         length)
{
  gsize n_bytes = length * 5 / 8;
  g_autofree char *text = g_malloc0 (n_bytes + 1);

  read_bytes (groups, length, (guint8 *) text);

  return g_utf8_validate (text, (gssize) n_bytes, NULL) ? g_steal_pointer (&text) : NULL;
}

/* What the payee asks of the payer is written as even bits, the least of which comes last. One that no wallet can know
 * forbids to pay (BOLT 11); those that BOLT 9 gives a meaning are left to the wallet. */
static gboolean
has_unknown_feature (const guint8 *groups,
                     gsize         length)
{
  static const guint8 known[] = {
    0, 4, 6, 8, 10, 12, 14, 16, 18, 22, 24, 26, 28, 34, 36, 38, 42, 44, 46, 48, 50, 60, 62,
  };

  for (gsize bit = 0; bit < 5 * length; bit += 2) {
    if ((groups[length - 1 - bit / 5] >> bit % 5 & 1) != 0 &&
        (bit > G_MAXUINT8 || memchr (known, (int) bit, sizeof known) == NULL))
      return TRUE;
  }

  return FALSE;
}

/* Of several fields the preferred one is the first. One of a wrong length is passed over, as in the standard's own
 * example; its text has since been changed to refuse the whole, which no other payment could come of. */
static gboolean
is_taken (guint32 *seen,
          guint    type,
          gsize    length,
          gsize    wanted)
{
  if ((*seen & 1u << type) != 0 || (wanted > 0 && length != wanted))
    return FALSE;
  *seen |= 1u << type;

  return TRUE;
}

static gboolean
read_field (guint           type,
            const guint8   *groups,
            gsize           length,
            guint32        *seen,
            RefillsBolt11  *self,
            GError        **error)
{
  switch (type) {
  case FIELD_PAYMENT_HASH:
    if (is_taken (seen, type, length, HASH_GROUPS)) {
      read_bytes (groups, length, self->payment_hash);
      self->has_payment_hash = TRUE;
    }
    return TRUE;
  case FIELD_SECRET:
  case FIELD_DESCRIPTION_HASH:
    is_taken (seen, type, length, HASH_GROUPS);
    return TRUE;
  case FIELD_NODE:
    is_taken (seen, type, length, NODE_GROUPS);
    return TRUE;
  case FIELD_EXPIRY:
    if (is_taken (seen, type, length, 0))
      self->expiry = read_number (groups, length);
    return TRUE;
  case FIELD_DESCRIPTION:
    if (!is_taken (seen, type, length, 0))
      return TRUE;
    self->description = read_text (groups, length);
    return self->description != NULL || refills_uri_refuse (error, "the description of the invoice is no text");
  case FIELD_FEATURES:
    if (has_unknown_feature (groups, length))
      *seen |= 1u << FIELD_FEATURES;
    return TRUE;
  default:
    /* Routes and fallbacks are the wallet's. */
    return TRUE;
  }
}

static gboolean
read_fields (const guint8   *groups,
             gsize           length,
             guint32        *seen,
             RefillsBolt11  *self,
             GError        **error)
{
  for (gsize at = 0; at < length;) {
    gsize field_length = 0;

    if (length - at < 3)
      return refills_uri_refuse (error, "the invoice is cut off");
    field_length = (gsize) groups[at + 1] << 5 | groups[at + 2];
    if (field_length > length - at - 3)
      return refills_uri_refuse (error, "the invoice is cut off");
    if (!read_field (groups[at], groups + at + 3, field_length, seen, self, error))
      return FALSE;
    at += 3 + field_length;
  }

  return TRUE;
}

static gboolean
read_data (const guint8   *groups,
           gsize           length,
           RefillsBolt11  *self,
           GError        **error)
{
  guint32 seen = 0;
  const guint32 needed = 1u << FIELD_PAYMENT_HASH | 1u << FIELD_SECRET;
  gboolean has_text = FALSE;
  gboolean has_text_hash = FALSE;

  if (length < TIMESTAMP_GROUPS + SIGNATURE_GROUPS)
    return refills_uri_refuse (error, "the invoice is cut off");

  self->timestamp = (gint64) read_number (groups, TIMESTAMP_GROUPS); /* 35 bits */
  self->expiry = DEFAULT_EXPIRY_S;
  if (!read_fields (groups + TIMESTAMP_GROUPS, length - TIMESTAMP_GROUPS - SIGNATURE_GROUPS, &seen, self, error))
    return FALSE;
  self->expires_at = self->expiry > (guint64) (G_MAXINT64 - self->timestamp)
                     ? G_MAXINT64 : self->timestamp + (gint64) self->expiry;
  has_text = (seen & 1u << FIELD_DESCRIPTION) != 0;
  has_text_hash = (seen & 1u << FIELD_DESCRIPTION_HASH) != 0;
  self->is_complete = (seen & needed) == needed && (seen & 1u << FIELD_FEATURES) == 0 && has_text != has_text_hash &&
                      is_signature (groups + length - SIGNATURE_GROUPS, (seen & 1u << FIELD_NODE) != 0);

  return TRUE;
}

/**
 * refills_bolt11_parse:
 * @text: (nullable): what may be an invoice, without `lightning:`; in one case, 2048 bytes at most
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`, or what bech32 says
 *
 * Reads an invoice of any network; only #REFILLS_BOLT11_MAINNET is to be paid.
 *
 * Returns: whether @text is an invoice
 */
gboolean
refills_bolt11_parse (const char     *text,
                      RefillsBolt11  *out,
                      GError        **error)
{
  g_auto (RefillsBolt11) self = { NULL };
  g_autofree char *prefix = NULL;
  g_autoptr (GBytes) groups = NULL;
  const guint8 *data = NULL;
  gsize length = 0;
  RefillsBech32Encoding encoding = REFILLS_BECH32;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text == NULL)
    return refills_uri_refuse (error, "there is no invoice");
  if (!refills_bech32_decode (text, MAX_BYTES, &prefix, &groups, &encoding, error))
    return FALSE;
  if (encoding != REFILLS_BECH32)
    return refills_uri_refuse (error, "the checksum of the invoice is of another kind");
  data = g_bytes_get_data (groups, &length);
  if (!read_prefix (prefix, &self, error) || !read_data (data, length, &self, error))
    return FALSE;

  *out = self;
  self = (RefillsBolt11) { NULL };

  return TRUE;
}
