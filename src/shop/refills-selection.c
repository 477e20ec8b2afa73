/* refills-selection.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsSelection:
 *
 * What was chosen to be bought: a brand, one of its options, of a range the face value, and the price that stood
 * beside it. Plain data of one owner.
 */
#include "refills-selection-private.h"

#include "refills-order-line.h"
#include "refills-price-drift.h"

struct _RefillsSelection {
  RefillsBrand         *brand;
  RefillsProductOption *option;
  char                 *product_value; /* of a range, in units of the option's currency; or NULL */
  char                 *face_label;
  char                 *seen_coin;
  char                 *seen_amount; /* of one, in units of the coin */
};

/**
 * refills_selection_new:
 * @brand: what is bought
 * @option: which of its options
 * @value: (nullable): the face value, for a range
 *
 * Returns: (transfer full): a selection of which no price was seen
 */
RefillsSelection *
refills_selection_new (RefillsBrand         *brand,
                       RefillsProductOption *option,
                       const RefillsDecimal *value)
{
  RefillsSelection *self = g_new0 (RefillsSelection, 1);

  self->brand = g_object_ref (brand);
  self->option = g_object_ref (option);
  if (value != NULL) {
    self->product_value = refills_decimal_to_short_text (value);
    self->face_label = g_strdup_printf ("%s %s", self->product_value,
                                        refills_product_option_get_currency (option));
  } else {
    self->face_label = g_strdup (refills_product_option_get_label (option));
  }

  return self;
}

/**
 * refills_selection_free:
 * @self: (transfer full): a selection
 */
void
refills_selection_free (RefillsSelection *self)
{
  g_clear_object (&self->brand);
  g_clear_object (&self->option);
  g_clear_pointer (&self->product_value, g_free);
  g_clear_pointer (&self->face_label, g_free);
  g_clear_pointer (&self->seen_coin, g_free);
  g_clear_pointer (&self->seen_amount, g_free);
  g_free (self); /* a plain struct: nothing else frees it */
}

/**
 * refills_selection_get_brand:
 * @self: a selection
 *
 * Returns: (transfer none): the brand
 */
RefillsBrand *
refills_selection_get_brand (const RefillsSelection *self)
{
  return self->brand;
}

/**
 * refills_selection_get_face_label:
 * @self: a selection
 *
 * Returns: the face value in words
 */
const char *
refills_selection_get_face_label (const RefillsSelection *self)
{
  return self->face_label;
}

/**
 * refills_selection_set_seen_price:
 * @self: a selection
 * @coin: the coin's symbol
 * @amount: the price of one, in units of the coin
 *
 * Remembers what was shown before.
 */
void
refills_selection_set_seen_price (RefillsSelection *self,
                                  const char       *coin,
                                  const char       *amount)
{
  g_clear_pointer (&self->seen_coin, g_free);
  g_clear_pointer (&self->seen_amount, g_free);
  self->seen_coin = g_strdup (coin);
  self->seen_amount = g_strdup (amount);
}

/**
 * refills_selection_get_seen_total:
 * @self: a selection
 * @quantity: of how many
 * @total: (out): the price that was shown before, that many times, in units of the coin
 *
 * Returns: (nullable): the coin's symbol, `NULL` where no price was shown
 */
const char *
refills_selection_get_seen_total (const RefillsSelection *self,
                                  guint                   quantity,
                                  RefillsDecimal         *total)
{
  g_autofree char *times = g_strdup_printf ("%u", quantity);
  RefillsDecimal price, factor;

  if (self->seen_coin == NULL || self->seen_amount == NULL ||
      !refills_decimal_parse (self->seen_amount, &price, NULL) || !refills_decimal_parse (times, &factor, NULL) ||
      !refills_decimal_multiply (&price, &factor, total))
    return NULL;

  return self->seen_coin;
}

/**
 * refills_selection_make_lines:
 * @self: a selection
 * @recipient: (nullable): for whom
 * @quantity: how many
 *
 * Returns: (transfer full) (element-type RefillsOrderLine): a line of an order for each
 */
GPtrArray *
refills_selection_make_lines (const RefillsSelection *self,
                              const char             *recipient,
                              guint                   quantity)
{
  const RefillsOrderLineFields fields = {
    .brand_name = refills_brand_get_name (self->brand),
    .brand_color = refills_brand_get_color (self->brand),
    .country = refills_brand_get_country (self->brand),
    .kind = refills_brand_get_kind (self->brand),
    .denomination = refills_product_option_get_denomination (self->option),
    .product_value = self->product_value,
    .face_label = self->face_label,
    .delivery_type = refills_product_option_get_delivery_type (self->option),
    .beneficiary = recipient,
  };
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < quantity; i++)
    g_ptr_array_add (lines, refills_order_line_new (&fields));

  return lines;
}

/**
 * refills_selection_describe_drift:
 * @self: a selection
 * @quote: the total
 * @quantity: of how many
 *
 * Returns: (transfer full) (nullable): how far the total is from the price that was seen, where that says something:
 *   another coin is a reason that is seen
 */
char *
refills_selection_describe_drift (const RefillsSelection *self,
                                  RefillsQuote           *quote,
                                  guint                   quantity)
{
  if (g_strcmp0 (self->seen_coin, refills_quote_get_coin (quote)) != 0)
    return NULL;

  return refills_price_drift_describe (self->seen_amount, quantity, refills_quote_get_coin_amount (quote),
                                       self->seen_coin);
}
