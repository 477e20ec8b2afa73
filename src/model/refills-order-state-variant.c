/* refills-order-state-variant.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An order's state as it is stored, copied, stripped of its secrets and compared.
 */
#include "refills-order-state-private.h"

#define ALARM_ALL (REFILLS_ORDER_ALARM_ADDRESS | REFILLS_ORDER_ALARM_AMOUNT | \
                   REFILLS_ORDER_ALARM_COIN | REFILLS_ORDER_ALARM_NETWORK | REFILLS_ORDER_ALARM_PAGE | \
                   REFILLS_ORDER_ALARM_COMMENT)

/**
 * refills_order_state_trim_payment_texts:
 * @self: a state that is being made
 *
 * Takes the blanks away that stand around an address and around a payment code: they are no part of either, and are
 * the same to who reads, stores, compares and shows them. What is within is left as it is; an amount is, too.
 */
void
refills_order_state_trim_payment_texts (RefillsOrderState *self)
{
  char *texts[] = { self->wallet_address, self->qr_text, self->missing_amount_qr_text };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_strstrip (texts[i]); /* in place, and ASCII blanks alone */
}

/* All but the id. */
static RefillsOrderState *
read_variant (GVariant *variant)
{
  RefillsOrderState *self = g_object_new (REFILLS_TYPE_ORDER_STATE, NULL);
  g_autoptr (GVariant) deliveries = NULL;
  g_auto (GStrv) transactions = NULL;
  gint32 phase = 0;
  guint32 alarm = 0;

  for (const RefillsOrderStateField *text = refills_order_state_get_text_fields (); text->name != NULL;
       text++)
    g_variant_lookup (variant, text->name, "s", refills_order_state_text_at (self, text));
  if (self->order_state == NULL)
    self->order_state = g_strdup ("");
  if (self->payment_state == NULL)
    self->payment_state = g_strdup ("");
  refills_order_state_trim_payment_texts (self);

  for (const RefillsOrderStateField *time = refills_order_state_get_time_fields (); time->name != NULL;
       time++) {
    gint64 *seconds = refills_order_state_time_at (self, time);

    if (g_variant_lookup (variant, time->name, "x", seconds) && (*seconds < 0 || *seconds > REFILLS_ORDER_LAST_EPOCH))
      *seconds = 0;
  }
  if (g_variant_lookup (variant, "transactions", "^as", &transactions)) {
    g_strfreev (self->transactions); /* the empty list it was made with */
    self->transactions = g_steal_pointer (&transactions);
  }
  g_variant_lookup (variant, "states-valid", "b", &self->has_valid_states);
  g_variant_lookup (variant, "skipped", "u", &self->n_skipped);
  if (g_variant_lookup (variant, "phase", "i", &phase) &&
      phase >= REFILLS_ORDER_PHASE_UNKNOWN && phase <= REFILLS_ORDER_PHASE_DONE)
    self->phase = (RefillsOrderPhase) phase;
  if (g_variant_lookup (variant, "alarm", "u", &alarm))
    self->alarm = (RefillsOrderAlarm) (alarm & ALARM_ALL);

  deliveries = g_variant_lookup_value (variant, "deliveries", G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; deliveries != NULL && i < MIN (g_variant_n_children (deliveries),
                                                   REFILLS_ORDER_MAX_DELIVERIES); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (deliveries, i);

    g_ptr_array_add (self->deliveries, refills_delivery_new_from_variant (child));
  }

  return self;
}

/**
 * refills_order_state_new_from_variant:
 * @variant: what [method@OrderState.to_variant] gave, perhaps of another version or damaged
 *
 * Makes a stored state again. Unknown keys are ignored.
 *
 * Returns: (transfer full) (nullable): the state, or `NULL` when @variant holds no order
 */
RefillsOrderState *
refills_order_state_new_from_variant (GVariant *variant)
{
  g_autoptr (RefillsOrderState) self = NULL;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = read_variant (variant);
  if (self->order_id == NULL || !refills_order_id_is_valid (self->order_id))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_order_state_new_from_outline:
 * @variant: the part of an outline that is the state's; see [func@order_outline_new]
 *
 * Returns: (transfer full) (nullable): a state with an empty order id, and without what an outline lacks
 */
RefillsOrderState *
refills_order_state_new_from_outline (GVariant *variant)
{
  RefillsOrderState *self = NULL;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = read_variant (variant);
  g_clear_pointer (&self->order_id, g_free);
  self->order_id = g_strdup ("");

  return self;
}

/**
 * refills_order_state_to_variant:
 * @self: an order's state
 *
 * The secrets are in it in clear. The same state always gives the same bytes.
 *
 * Returns: (transfer none): the state as `a{sv}`, a floating reference
 */
GVariant *
refills_order_state_to_variant (RefillsOrderState *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  for (const RefillsOrderStateField *text = refills_order_state_get_text_fields (); text->name != NULL;
       text++)
    if (*refills_order_state_text_at (self, text) != NULL)
      g_variant_builder_add (&builder, "{sv}", text->name,
                             g_variant_new_string (*refills_order_state_text_at (self, text)));
  for (const RefillsOrderStateField *time = refills_order_state_get_time_fields (); time->name != NULL;
       time++)
    g_variant_builder_add (&builder, "{sv}", time->name,
                           g_variant_new_int64 (*refills_order_state_time_at (self, time)));
  if (self->transactions[0] != NULL)
    g_variant_builder_add (&builder, "{sv}", "transactions",
                           g_variant_new_strv ((const char * const *) self->transactions, -1));
  g_variant_builder_add (&builder, "{sv}", "states-valid",
                         g_variant_new_boolean (self->has_valid_states));
  g_variant_builder_add (&builder, "{sv}", "phase", g_variant_new_int32 ((gint32) self->phase));
  g_variant_builder_add (&builder, "{sv}", "alarm", g_variant_new_uint32 (self->alarm));
  g_variant_builder_add (&builder, "{sv}", "skipped", g_variant_new_uint32 (self->n_skipped));

  g_variant_builder_open (&builder, G_VARIANT_TYPE ("{sv}"));
  g_variant_builder_add (&builder, "s", "deliveries");
  g_variant_builder_open (&builder, G_VARIANT_TYPE_VARIANT);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < self->deliveries->len; i++)
    g_variant_builder_add_value (&builder,
                                 refills_delivery_to_variant (self->deliveries->pdata[i]));
  g_variant_builder_close (&builder);
  g_variant_builder_close (&builder);
  g_variant_builder_close (&builder);

  return g_variant_builder_end (&builder);
}

/**
 * refills_order_state_copy_without_deliveries:
 * @self: an order's state
 *
 * For the two that make a state from another, which then add the deliveries.
 *
 * Returns: (transfer full): the copy
 */
RefillsOrderState *
refills_order_state_copy_without_deliveries (RefillsOrderState *self)
{
  RefillsOrderState *copy = g_object_new (REFILLS_TYPE_ORDER_STATE, NULL);

  for (const RefillsOrderStateField *text = refills_order_state_get_text_fields (); text->name != NULL;
       text++)
    *refills_order_state_text_at (copy, text) = g_strdup (*refills_order_state_text_at (self, text));
  for (const RefillsOrderStateField *time = refills_order_state_get_time_fields (); time->name != NULL;
       time++)
    *refills_order_state_time_at (copy, time) = *refills_order_state_time_at (self, time);
  g_strfreev (copy->transactions); /* the empty list it was made with */
  copy->transactions = g_strdupv (self->transactions);
  copy->has_valid_states = self->has_valid_states;
  copy->phase = self->phase;
  copy->alarm = self->alarm;
  copy->n_skipped = self->n_skipped;

  return copy;
}

/**
 * refills_order_state_redact:
 * @self: an order's state
 *
 * Returns: (transfer full): the state with deliveries that tell which secrets there are and no
 *   longer what they say
 */
RefillsOrderState *
refills_order_state_redact (RefillsOrderState *self)
{
  RefillsOrderState *redacted = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  redacted = refills_order_state_copy_without_deliveries (self);
  for (guint i = 0; i < self->deliveries->len; i++)
    g_ptr_array_add (redacted->deliveries, refills_delivery_redact (self->deliveries->pdata[i]));

  return redacted;
}

/**
 * refills_order_state_equal:
 * @a: an order's state
 * @b: another
 *
 * Returns: whether both would be stored as the same bytes
 */
gboolean
refills_order_state_equal (RefillsOrderState *a,
                           RefillsOrderState *b)
{
  g_autoptr (GVariant) left = NULL;
  g_autoptr (GVariant) right = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (b), FALSE);

  left = g_variant_ref_sink (refills_order_state_to_variant (a));
  right = g_variant_ref_sink (refills_order_state_to_variant (b));

  return g_variant_equal (left, right);
}
