/* refills-order-outline.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be known of an order by who has no key to it: enough for its line in a list. No order id, code,
 * recipient, address, transaction or text of the service's own beside its words for a state is in it.
 *
 * An outline is read as a request and a state that lack the rest. Such a request says so
 * (refills_order_request_is_outline()), and nothing can be paid by it; the id of such a state is empty.
 */
#include "refills-order-outline.h"

#include "refills-order-request-private.h"
#include "refills-order-state-private.h"

/* Only what is named here goes into an outline; what a later version adds does not by itself. */
static const char * const request_keys[] = {
  "payment-via", "coin", "network-name", "network-title", "quoted-amount", NULL
};
static const char * const line_keys[] = {
  "brand-name", "brand-color", "country", "kind", "denomination", "product-value", "face-label",
  "delivery-type", NULL
};
static const char * const state_keys[] = {
  "order-state", "payment-state", "coin", "network", "coin-amount", "summary-amount", "sent-coin-amount",
  "missing-amount", "original-coin", "created-at", "payment-requested-at", "states-valid", "phase", "alarm", "skipped",
  NULL
};
static const char * const delivery_keys[] = {
  "brand-name", "family", "kind", "delivery-type", "phase", "state", NULL
};

/* @whole: (transfer full): a{sv}, floating or not */
static GVariant *
pick (GVariant           *whole,
      const char * const *keys)
{
  g_autoptr (GVariant) owned = g_variant_take_ref (whole);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; keys[i] != NULL; i++) {
    g_autoptr (GVariant) value = g_variant_lookup_value (owned, keys[i], NULL);

    if (value != NULL)
      g_variant_builder_add (&builder, "{sv}", keys[i], value);
  }

  return g_variant_builder_end (&builder);
}

static GVariant *
add (GVariant   *dictionary,
     const char *key,
     GVariant   *value)
{
  g_autoptr (GVariant) owned = g_variant_take_ref (dictionary);
  GVariantDict dict = G_VARIANT_DICT_INIT (owned);

  g_variant_dict_insert_value (&dict, key, value);

  return g_variant_dict_end (&dict);
}

static GVariant *
outline_request (RefillsOrderRequest *asked)
{
  g_auto (GVariantBuilder) lines = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  GVariant *outline = pick (refills_order_request_to_variant (asked), request_keys);

  for (guint i = 0; i < refills_order_request_get_n_lines (asked); i++)
    g_variant_builder_add_value (&lines, pick (
      refills_order_line_to_variant (refills_order_request_get_line (asked, i)), line_keys));
  outline = add (outline, "lines", g_variant_builder_end (&lines));

  return add (outline, REFILLS_ORDER_REQUEST_KEY_OUTLINE, g_variant_new_boolean (TRUE));
}

static GVariant *
outline_state (RefillsOrderState *state)
{
  g_auto (GVariantBuilder) deliveries = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  GVariant *outline = pick (refills_order_state_to_variant (state), state_keys);

  for (guint i = 0; i < refills_order_state_get_n_deliveries (state); i++) {
    /* A redacted delivery names the kinds of its secrets. */
    g_autoptr (RefillsDelivery) redacted = refills_delivery_redact (refills_order_state_get_delivery (state, i));
    g_autoptr (GVariant) whole = g_variant_ref_sink (refills_delivery_to_variant (redacted));
    g_autoptr (GVariant) had = g_variant_lookup_value (whole, "had", G_VARIANT_TYPE_STRING_ARRAY);
    GVariant *delivery = pick (g_variant_ref (whole), delivery_keys);

    g_variant_builder_add_value (&deliveries, had != NULL ? add (delivery, "had", had) : delivery);
  }

  return add (outline, "deliveries", g_variant_builder_end (&deliveries));
}

/**
 * refills_order_outline_new:
 * @asked: what was asked
 * @state: (nullable): the order's state
 *
 * Returns: (transfer none): the outline, of `REFILLS_ORDER_OUTLINE_TYPE`, a floating reference
 */
GVariant *
refills_order_outline_new (RefillsOrderRequest *asked,
                           RefillsOrderState   *state)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);
  g_return_val_if_fail (state == NULL || REFILLS_IS_ORDER_STATE (state), NULL);

  return g_variant_new ("(@a{sv}m@a{sv})", outline_request (asked),
                        state != NULL ? outline_state (state) : NULL);
}

/**
 * refills_order_outline_new_bare:
 * @brand: (nullable): the brand
 * @face: (nullable): what was bought
 * @coin: (nullable): the coin
 *
 * Makes an outline of an order whose own cannot be read.
 *
 * Returns: (transfer none): the outline, a floating reference
 */
GVariant *
refills_order_outline_new_bare (const char *brand,
                                const char *face,
                                const char *coin)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = brand != NULL ? brand : "", .country = "", .denomination = face != NULL ? face : "",
  };
  const RefillsOrderRequestFields fields = { .payment_via = "", .coin = coin != NULL ? coin : "" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, NULL);

  return refills_order_outline_new (asked, NULL);
}

/**
 * refills_order_outline_read:
 * @outline: what [func@order_outline_new] gave, perhaps of another version or damaged
 * @asked: (out) (transfer full): what was asked, without what an outline lacks
 * @state: (out) (transfer full) (nullable): the order's state, likewise
 *
 * Reads an outline.
 *
 * Returns: whether it is one
 */
gboolean
refills_order_outline_read (GVariant             *outline,
                            RefillsOrderRequest **asked,
                            RefillsOrderState   **state)
{
  g_autoptr (GVariant) request = NULL;
  g_autoptr (GVariant) dictionary = NULL;
  g_autoptr (RefillsOrderRequest) found = NULL;

  g_return_val_if_fail (outline != NULL, FALSE);

  if (!g_variant_is_of_type (outline, REFILLS_ORDER_OUTLINE_TYPE))
    return FALSE;

  g_variant_get (outline, "(@a{sv}m@a{sv})", &request, &dictionary);
  found = refills_order_request_new_from_variant (request);
  if (found == NULL || !refills_order_request_is_outline (found))
    return FALSE;
  *asked = g_steal_pointer (&found);
  *state = dictionary != NULL ? refills_order_state_new_from_outline (dictionary) : NULL;

  return TRUE;
}
