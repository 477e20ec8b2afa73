/* refills-cli-payee.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether there is something in a text that somebody could pay to, wherever it stands in it.
 */
#include "refills-cli-payee.h"

#include <string.h>

#include "refills-payment-uri.h"

/* The shortest address there is, of segwit (BIP 350), has as many characters. */
#define SHORTEST 14

typedef gboolean (*IsPart) (char character);

/* Blanks, quotation marks and brackets of any language stand around a word of a sentence. */
static gboolean
is_in_word (char character)
{
  return g_ascii_isgraph (character) && strchr ("\"'`<>()[]{}|,;\\", character) == NULL;
}

/* An address within a request or a link; with the letters of base64 for URLs (RFC 4648), as TON has them. */
static gboolean
is_in_address (char character)
{
  return g_ascii_isalnum (character) || character == '-' || character == '_';
}

static gboolean
is_in_plain_address (char character)
{
  return g_ascii_isalnum (character);
}

static gboolean
has_payable_part (const char *text,
                  IsPart      is_part)
{
  while (*text != '\0') {
    gsize length = 0;

    while (text[length] != '\0' && is_part (text[length]))
      length++;
    if (length >= SHORTEST) {
      g_autofree char *part = g_strndup (text, length);
      gsize end = length;

      /* A sentence ends behind it. */
      while (end > 0 && strchr (".:!?", part[end - 1]) != NULL)
        part[--end] = '\0';
      if (refills_payment_text_is_payable (part))
        return TRUE;
    }
    text += length > 0 ? length : 1;
  }

  return FALSE;
}

static gboolean
has_payee (const char *text)
{
  return has_payable_part (text, is_in_word) || has_payable_part (text, is_in_address) ||
         has_payable_part (text, is_in_plain_address);
}

/* In a link each other character may be written so (RFC 3986, section 2.1). */
static char *
resolve_percents (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));

  while (*text != '\0') {
    if (*text == '%' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2])) {
      int character = g_ascii_xdigit_value (text[1]) * 16 + g_ascii_xdigit_value (text[2]);

      g_string_append_c (plain, character != 0 ? (char) character : ' ');
      text += 3;
    } else {
      g_string_append_c (plain, *text++);
    }
  }

  return g_string_free (plain, FALSE);
}

/**
 * refills_cli_names_payee:
 * @text: any text; in UTF-8 or not
 *
 * Whether an address, an invoice or a payment request of any family stands in a text: alone, in a sentence, or in a
 * link, also one with percent signs in it.
 *
 * Returns: whether there is one
 */
gboolean
refills_cli_names_payee (const char *text)
{
  g_autofree char *plain = resolve_percents (text);

  return has_payee (text) || has_payee (plain);
}
