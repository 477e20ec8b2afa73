/* refills-decimal.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Money, exactly: non-negative decimals as integers in base 10^9 with a count of digits after the
 * point. A plain value on the stack; never allocates but for text, never touches a `double`, knows
 * no locale, and needs no integer wider than 64 bits.
 *
 * A value holds 90 digits, 90 of them after the point at most. Working room is twice that, so that
 * bringing two values to one scale can never overflow.
 */
#include "refills-decimal.h"

#include <string.h>

#include "refills-error.h"

#define LIMB_BASE 1000000000u
#define LIMB_DIGITS 9
#define WIDE_LIMBS (2 * REFILLS_DECIMAL_LIMBS)
#define MAX_DIGITS (REFILLS_DECIMAL_LIMBS * LIMB_DIGITS)
#define MAX_SCALE MAX_DIGITS
#define MAX_WHOLE_DIGITS 30
#define MAX_FRACTION_DIGITS 40

typedef struct {
  guint32 limbs[WIDE_LIMBS];
} Wide;

static const guint32 powers_of_ten[LIMB_DIGITS + 1] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, LIMB_BASE,
};

static void
wide_multiply_small (Wide    *wide,
                     guint32  factor,
                     guint32  summand)
{
  guint64 carry = summand;

  for (guint i = 0; i < WIDE_LIMBS; i++) {
    guint64 product = (guint64) wide->limbs[i] * factor + carry;

    wide->limbs[i] = (guint32) (product % LIMB_BASE);
    carry = product / LIMB_BASE;
  }
  g_assert (carry == 0);
}

static void
wide_append_digits (Wide       *wide,
                    const char *digits,
                    gsize       length)
{
  while (length > 0) {
    guint count = (guint) MIN (length, LIMB_DIGITS);
    guint32 part = 0;

    for (guint i = 0; i < count; i++)
      part = part * 10 + (guint32) (digits[i] - '0');
    wide_multiply_small (wide, powers_of_ten[count], part);
    digits += count;
    length -= count;
  }
}

static guint32
wide_divide_small (Wide    *wide,
                   guint32  divisor)
{
  guint64 rest = 0;

  for (guint i = WIDE_LIMBS; i-- > 0;) {
    guint64 part = rest * LIMB_BASE + wide->limbs[i];

    wide->limbs[i] = (guint32) (part / divisor);
    rest = part % divisor;
  }

  return (guint32) rest;
}

/* Multiplies by 10^power. Callers start from 90 digits and add at most 90. */
static void
wide_raise (Wide  *wide,
            guint  power)
{
  guint shift = power / LIMB_DIGITS;

  if (shift > 0) {
    for (guint i = WIDE_LIMBS - shift; i < WIDE_LIMBS; i++)
      g_assert (wide->limbs[i] == 0);
    memmove (wide->limbs + shift, wide->limbs, (WIDE_LIMBS - shift) * sizeof (guint32));
    memset (wide->limbs, 0, shift * sizeof (guint32));
  }
  if (power % LIMB_DIGITS > 0)
    wide_multiply_small (wide, powers_of_ten[power % LIMB_DIGITS], 0);
}

static void
wide_set (Wide                 *wide,
          const RefillsDecimal *decimal,
          guint                 scale)
{
  memset (wide, 0, sizeof *wide);
  memcpy (wide->limbs, decimal->limbs, sizeof decimal->limbs);
  wide_raise (wide, scale - decimal->scale);
}

static int
wide_compare (const Wide *a,
              const Wide *b)
{
  for (guint i = WIDE_LIMBS; i-- > 0;) {
    if (a->limbs[i] != b->limbs[i])
      return a->limbs[i] < b->limbs[i] ? -1 : 1;
  }

  return 0;
}

static gboolean
wide_is_zero (const Wide *wide)
{
  for (guint i = 0; i < WIDE_LIMBS; i++) {
    if (wide->limbs[i] != 0)
      return FALSE;
  }

  return TRUE;
}

static void
wide_add (Wide       *a,
          const Wide *b)
{
  guint32 carry = 0;

  for (guint i = 0; i < WIDE_LIMBS; i++) {
    guint32 sum = a->limbs[i] + b->limbs[i] + carry;

    carry = sum >= LIMB_BASE;
    a->limbs[i] = carry ? sum - LIMB_BASE : sum;
  }
  /* One of the two was already at the common scale, so it has 90 digits and the other 180. */
  g_assert (carry == 0);
}

static void
wide_subtract (Wide       *a,
               const Wide *b)
{
  guint32 borrow = 0;

  for (guint i = 0; i < WIDE_LIMBS; i++) {
    guint32 taken = b->limbs[i] + borrow;

    borrow = a->limbs[i] < taken;
    a->limbs[i] = borrow ? a->limbs[i] + LIMB_BASE - taken : a->limbs[i] - taken;
  }
  g_assert (borrow == 0);
}

static gboolean
wide_fits (const Wide *wide)
{
  for (guint i = REFILLS_DECIMAL_LIMBS; i < WIDE_LIMBS; i++) {
    if (wide->limbs[i] != 0)
      return FALSE;
  }

  return TRUE;
}

/* Gives up trailing zeros after the point where the room asks for it, never a digit that counts. */
static gboolean
wide_store (Wide           *wide,
            guint           scale,
            RefillsDecimal *out)
{
  RefillsDecimal result = REFILLS_DECIMAL_ZERO;

  while (!wide_fits (wide) || scale > MAX_SCALE) {
    if (scale == 0 || wide_divide_small (wide, 10) != 0)
      return FALSE;
    scale--;
  }
  memcpy (result.limbs, wide->limbs, sizeof result.limbs);
  result.scale = (guint8) scale;
  *out = result;

  return TRUE;
}

/* The digits without leading zeros, at least one. */
static char *
wide_to_digits (const Wide *wide)
{
  GString *digits = g_string_sized_new (MAX_DIGITS);

  for (guint i = WIDE_LIMBS; i-- > 0;) {
    if (digits->len > 0)
      g_string_append_printf (digits, "%09u", wide->limbs[i]);
    else if (wide->limbs[i] != 0 || i == 0)
      g_string_append_printf (digits, "%u", wide->limbs[i]);
  }

  return g_string_free (digits, FALSE);
}

static gboolean
is_valid (const RefillsDecimal *self)
{
  if (self == NULL || self->scale > MAX_SCALE)
    return FALSE;
  for (guint i = 0; i < REFILLS_DECIMAL_LIMBS; i++) {
    if (self->limbs[i] >= LIMB_BASE)
      return FALSE;
  }

  return TRUE;
}

static gsize
count_digits (const char *text)
{
  gsize count = 0;

  while (g_ascii_isdigit (text[count]))
    count++;

  return count;
}

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  /* The text itself is left out: it may come from a server and end in a log. */
  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "not an amount: %s", reason);

  return FALSE;
}

/**
 * refills_decimal_parse:
 * @text: (nullable): text by the grammar `^[0-9]{1,30}(\.[0-9]{1,40})?$`
 * @out: (out): the value; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads an amount. No sign, exponent, comma, blank or other script's digits: whatever is not
 * plainly an amount must not be paid.
 *
 * Returns: `TRUE` when @out was set
 */
gboolean
refills_decimal_parse (const char      *text,
                       RefillsDecimal  *out,
                       GError         **error)
{
  gsize whole = 0;
  gsize fraction = 0;
  Wide wide = { { 0 } };

  g_return_val_if_fail (out != NULL, FALSE);

  if (text == NULL)
    return refuse (error, "no text");

  whole = count_digits (text);
  if (whole < 1 || whole > MAX_WHOLE_DIGITS)
    return refuse (error, "one to thirty digits are needed before the point");
  if (text[whole] == '.') {
    fraction = count_digits (text + whole + 1);
    if (fraction < 1 || fraction > MAX_FRACTION_DIGITS)
      return refuse (error, "one to forty digits are needed after the point");
    if (text[whole + 1 + fraction] != '\0')
      return refuse (error, "something follows the digits");
  } else if (text[whole] != '\0') {
    return refuse (error, "something follows the digits");
  }

  wide_append_digits (&wide, text, whole);
  if (fraction > 0)
    wide_append_digits (&wide, text + whole + 1, fraction);

  return wide_store (&wide, (guint) fraction, out);
}

/**
 * refills_decimal_to_text:
 * @self: a value
 *
 * Writes the value with all digits it was read with, trailing zeros too, and `.` as the point in
 * every locale. Leading zeros of what was read are not kept.
 *
 * Returns: (transfer full): the text
 */
char *
refills_decimal_to_text (const RefillsDecimal *self)
{
  Wide wide;
  g_autofree char *digits = NULL;
  GString *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (is_valid (self), NULL);

  wide_set (&wide, self, self->scale);
  digits = wide_to_digits (&wide);
  length = strlen (digits);
  text = g_string_sized_new (MAX_DIGITS + 3);
  if (length <= self->scale) {
    for (gsize i = length; i <= self->scale; i++)
      g_string_append_c (text, '0');
  }
  g_string_append (text, digits);
  if (self->scale > 0)
    g_string_insert_c (text, (gssize) (text->len - self->scale), '.');

  return g_string_free (text, FALSE);
}

/**
 * refills_decimal_to_short_text:
 * @self: a value
 *
 * Writes the value without trailing zeros after the point. Never rounds.
 *
 * Returns: (transfer full): the text
 */
char *
refills_decimal_to_short_text (const RefillsDecimal *self)
{
  char *text = refills_decimal_to_text (self);

  if (text != NULL && strchr (text, '.') != NULL) {
    gsize length = strlen (text);

    while (text[length - 1] == '0')
      length--;
    if (text[length - 1] == '.')
      length--;
    text[length] = '\0';
  }

  return text;
}

/**
 * refills_decimal_is_zero:
 * @self: a value
 *
 * Returns: whether the value is nought
 */
gboolean
refills_decimal_is_zero (const RefillsDecimal *self)
{
  Wide wide;

  g_return_val_if_fail (is_valid (self), FALSE);

  wide_set (&wide, self, self->scale);

  return wide_is_zero (&wide);
}

/**
 * refills_decimal_compare:
 * @a: a value
 * @b: another
 *
 * Compares by value: 11.260000 equals 11.26.
 *
 * Returns: less than, equal to or more than nought
 */
int
refills_decimal_compare (const RefillsDecimal *a,
                         const RefillsDecimal *b)
{
  Wide wide_a;
  Wide wide_b;

  g_return_val_if_fail (is_valid (a) && is_valid (b), 0);

  wide_set (&wide_a, a, MAX (a->scale, b->scale));
  wide_set (&wide_b, b, MAX (a->scale, b->scale));

  return wide_compare (&wide_a, &wide_b);
}

/**
 * refills_decimal_add:
 * @a: a value
 * @b: another
 * @out: (out): the sum; may be @a or @b; untouched on failure
 *
 * Returns: `FALSE` when the sum needs more digits than a value holds
 */
gboolean
refills_decimal_add (const RefillsDecimal *a,
                     const RefillsDecimal *b,
                     RefillsDecimal       *out)
{
  guint scale = 0;
  Wide wide_a;
  Wide wide_b;

  g_return_val_if_fail (is_valid (a) && is_valid (b) && out != NULL, FALSE);

  scale = MAX (a->scale, b->scale);
  wide_set (&wide_a, a, scale);
  wide_set (&wide_b, b, scale);
  wide_add (&wide_a, &wide_b);

  return wide_store (&wide_a, scale, out);
}

/**
 * refills_decimal_subtract:
 * @a: a value
 * @b: what to take from it
 * @out: (out): the difference; may be @a or @b; untouched on failure
 *
 * Returns: `FALSE` when @b is more than @a, or when the difference needs more digits than a value
 *   holds
 */
gboolean
refills_decimal_subtract (const RefillsDecimal *a,
                          const RefillsDecimal *b,
                          RefillsDecimal       *out)
{
  guint scale = 0;
  Wide wide_a;
  Wide wide_b;

  g_return_val_if_fail (is_valid (a) && is_valid (b) && out != NULL, FALSE);

  scale = MAX (a->scale, b->scale);
  wide_set (&wide_a, a, scale);
  wide_set (&wide_b, b, scale);
  if (wide_compare (&wide_a, &wide_b) < 0)
    return FALSE;
  wide_subtract (&wide_a, &wide_b);

  return wide_store (&wide_a, scale, out);
}

/**
 * refills_decimal_multiply:
 * @a: a value
 * @b: another
 * @out: (out): the product; may be @a or @b; untouched on failure
 *
 * Returns: `FALSE` when the product needs more digits than a value holds
 */
gboolean
refills_decimal_multiply (const RefillsDecimal *a,
                          const RefillsDecimal *b,
                          RefillsDecimal       *out)
{
  Wide wide = { { 0 } };

  g_return_val_if_fail (is_valid (a) && is_valid (b) && out != NULL, FALSE);

  for (guint i = 0; i < REFILLS_DECIMAL_LIMBS; i++) {
    guint64 carry = 0;

    for (guint j = 0; j < REFILLS_DECIMAL_LIMBS; j++) {
      guint64 part = (guint64) a->limbs[i] * b->limbs[j] + wide.limbs[i + j] + carry;

      wide.limbs[i + j] = (guint32) (part % LIMB_BASE);
      carry = part / LIMB_BASE;
    }
    wide.limbs[i + REFILLS_DECIMAL_LIMBS] = (guint32) carry;
  }

  return wide_store (&wide, (guint) a->scale + b->scale, out);
}

/**
 * refills_decimal_is_on_step:
 * @value: what was chosen
 * @minimum: the first value that may be chosen
 * @step: the distance between values that may be chosen; nought allows any
 *
 * Returns: whether @value is @minimum plus a whole number of steps; `FALSE` below @minimum
 */
gboolean
refills_decimal_is_on_step (const RefillsDecimal *value,
                            const RefillsDecimal *minimum,
                            const RefillsDecimal *step)
{
  guint scale = 0;
  Wide distance;
  Wide wide_minimum;
  Wide wide_step;
  Wide rest = { { 0 } };

  g_return_val_if_fail (is_valid (value) && is_valid (minimum) && is_valid (step), FALSE);

  scale = MAX (MAX (value->scale, minimum->scale), step->scale);
  wide_set (&distance, value, scale);
  wide_set (&wide_minimum, minimum, scale);
  wide_set (&wide_step, step, scale);
  if (wide_compare (&distance, &wide_minimum) < 0)
    return FALSE;
  wide_subtract (&distance, &wide_minimum);
  if (wide_is_zero (&wide_step) || wide_is_zero (&distance))
    return TRUE;
  if (wide_compare (&distance, &wide_step) < 0)
    return FALSE;

  /* Division as on paper, a digit at a time: short numbers, and no estimate to get wrong. */
  for (guint i = WIDE_LIMBS; i-- > 0;) {
    for (guint digit = LIMB_DIGITS; digit-- > 0;) {
      wide_multiply_small (&rest, 10, distance.limbs[i] / powers_of_ten[digit] % 10);
      while (wide_compare (&rest, &wide_step) >= 0)
        wide_subtract (&rest, &wide_step);
    }
  }

  return wide_is_zero (&rest);
}

/**
 * refills_decimal_to_units:
 * @self: a value in whole coins
 * @decimals: how many digits after the point the coin has, 90 at most
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * The value in the coin's smallest units. Digits finer than those are an error unless they are
 * zeros: what has to be paid is never rounded.
 *
 * Returns: (transfer full) (nullable): the digits of a whole number, or `NULL` with @error set
 */
char *
refills_decimal_to_units (const RefillsDecimal  *self,
                          guint                  decimals,
                          GError               **error)
{
  Wide wide;

  g_return_val_if_fail (is_valid (self), NULL);

  if (decimals > MAX_SCALE) {
    refuse (error, "a coin cannot have that many decimals");
    return NULL;
  }

  wide_set (&wide, self, MAX (self->scale, decimals));
  for (guint scale = self->scale; scale > decimals; scale--) {
    if (wide_divide_small (&wide, 10) != 0) {
      refuse (error, "finer than the coin's smallest unit");
      return NULL;
    }
  }

  return wide_to_digits (&wide);
}

/**
 * refills_decimal_from_units:
 * @units: (nullable): the digits of a whole number of smallest units, 90 at most
 * @decimals: how many digits after the point the coin has, 90 at most
 * @out: (out): the value in whole coins; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * The reverse of [func@decimal_to_units].
 *
 * Returns: `TRUE` when @out was set
 */
gboolean
refills_decimal_from_units (const char      *units,
                            guint            decimals,
                            RefillsDecimal  *out,
                            GError         **error)
{
  Wide wide = { { 0 } };
  gsize length = 0;

  g_return_val_if_fail (out != NULL, FALSE);

  if (units == NULL)
    return refuse (error, "no text");
  length = count_digits (units);
  if (length < 1 || length > MAX_DIGITS || units[length] != '\0')
    return refuse (error, "one to ninety digits are needed");
  if (decimals > MAX_SCALE)
    return refuse (error, "a coin cannot have that many decimals");

  wide_append_digits (&wide, units, length);

  return wide_store (&wide, decimals, out);
}
