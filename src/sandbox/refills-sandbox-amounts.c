/* refills-sandbox-amounts.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Money as integers: face values in minor units, prices in millionths of a US dollar, coins in the
 * smallest unit that the wire shows. Owns the currencies' rates. Never uses a double.
 */
#include "refills-sandbox-private.h"

/* 25 USD are 22.1678 EUR in the service's own figures (API reference, section 1.2). */
#define EUR_PER_USD_MICRO G_GUINT64_CONSTANT (886712)

static const RefillsSandboxCurrency currencies[] = {
  { "USD", "$", 2, 1000000, FALSE },
  { "EUR", "€", 2, 1127762, TRUE },
  { "GBP", "£", 2, 1318400, FALSE },
  { "CAD", "CA$", 2, 731200, FALSE },
  { "AUD", "A$", 2, 662100, FALSE },
  { "CHF", "CHF ", 2, 1204500, FALSE },
  { "JPY", "¥", 0, 6710, FALSE },
  { "BRL", "R$", 2, 183900, TRUE },
  { "MXN", "MX$", 2, 53800, FALSE },
  { "PLN", "zł ", 2, 265300, TRUE },
  { "SEK", "kr ", 2, 104700, TRUE },
  { "INR", "₹", 2, 11480, FALSE },
  { "TRY", "₺", 2, 24300, TRUE },
};

static const struct {
  const char *country;
  const char *currency;
} country_currencies[] = {
  { "DE", "EUR" }, { "FR", "EUR" }, { "ES", "EUR" }, { "IT", "EUR" }, { "NL", "EUR" },
  { "AT", "EUR" }, { "BE", "EUR" }, { "IE", "EUR" }, { "PT", "EUR" }, { "FI", "EUR" },
  { "GR", "EUR" }, { "GB", "GBP" }, { "CA", "CAD" }, { "AU", "AUD" }, { "CH", "CHF" },
  { "JP", "JPY" }, { "BR", "BRL" }, { "MX", "MXN" }, { "PL", "PLN" }, { "SE", "SEK" },
  { "IN", "INR" }, { "TR", "TRY" },
};

static guint64
power_of_ten (guint exponent)
{
  guint64 power = 1;

  while (exponent-- > 0)
    power *= 10;

  return power;
}

const RefillsSandboxCurrency *
refills_sandbox_currency_find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (currencies); i++) {
    if (g_str_equal (currencies[i].code, code))
      return &currencies[i];
  }

  return &currencies[0];
}

const RefillsSandboxCurrency *
refills_sandbox_currency_of (const char *country_code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (country_currencies); i++) {
    if (g_str_equal (country_currencies[i].country, country_code))
      return refills_sandbox_currency_find (country_currencies[i].currency);
  }

  return &currencies[0];
}

/* All decimals, as the service prints coins: "25.37", "0.00032833"; nothing is "0". */
char *
refills_sandbox_format_units (guint64 units,
                              guint   decimals)
{
  guint64 power = power_of_ten (decimals);

  if (units == 0)
    return g_strdup ("0");
  if (decimals == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, units);

  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
                          units / power, (int) decimals, units % power);
}

/* Without the zeros at the end, as in a denomination: "10", "2.5". */
char *
refills_sandbox_format_short (guint64 units,
                              guint   decimals)
{
  while (decimals > 0 && units % 10 == 0) {
    units /= 10;
    decimals--;
  }

  return refills_sandbox_format_units (units, decimals);
}

/* As a label: "$1,000", "€2,50". */
char *
refills_sandbox_format_localized (guint64                       minor,
                                  const RefillsSandboxCurrency *currency)
{
  guint64 power = power_of_ten (currency->decimals);
  guint64 whole = minor / power;
  guint64 rest = minor % power;
  g_autoptr (GString) text = g_string_new (currency->symbol);
  char group = currency->decimal_comma ? '.' : ',';

  if (whole >= 1000)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT "%c%03" G_GUINT64_FORMAT,
                            whole / 1000, group, whole % 1000);
  else
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, whole);
  if (rest != 0)
    g_string_append_printf (text, "%c%02" G_GUINT64_FORMAT, currency->decimal_comma ? ',' : '.',
                            rest);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Exact: more decimals than there are is FALSE unless they are zeros. */
gboolean
refills_sandbox_parse_units (const char *text,
                             guint       decimals,
                             guint64    *units)
{
  guint64 value = 0;
  guint seen = 0;
  gboolean point = FALSE;
  gboolean digit = FALSE;

  if (text == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '.' && !point && digit) {
      point = TRUE;
      continue;
    }
    if (!g_ascii_isdigit (*p))
      return FALSE;
    digit = TRUE;
    if (point && seen == decimals) {
      if (*p != '0')
        return FALSE;
      continue;
    }
    if (value > G_GUINT64_CONSTANT (1000000000000))
      return FALSE;
    value = value * 10 + (guint64) (*p - '0');
    if (point)
      seen++;
  }
  if (!digit)
    return FALSE;
  *units = value * power_of_ten (decimals - seen);

  return TRUE;
}

guint64
refills_sandbox_to_usd_micro (guint64                       minor,
                              const RefillsSandboxCurrency *currency)
{
  return minor * currency->usd_micro / power_of_ten (currency->decimals);
}

guint64
refills_sandbox_usd_to_eur_micro (guint64 usd_micro)
{
  return usd_micro * EUR_PER_USD_MICRO / 1000000;
}

/* Rounds up: the service never asks for less than its price. */
guint64
refills_sandbox_multiply_ceil (guint64 value,
                               guint64 numerator,
                               guint64 denominator)
{
  guint64 whole = value / denominator;
  guint64 rest = value % denominator;

  return whole * numerator + (rest * numerator + denominator - 1) / denominator;
}
