/* refills-order-state.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderState:
 *
 * Everything the service has said of one order, as one value (API reference, sections 11, 12, 15).
 *
 * Immutable. Owns its deliveries. [method@OrderState.merge] is the only way to a later state: a
 * pure function that never loses a code, never goes back, and never takes another address. It
 * never says whether the order may be paid: that is for [class@Payment].
 */

#include "refills-order-state.h"

#include "refills-order-state-private.h"

G_DEFINE_ENUM_TYPE (RefillsOrderPhase, refills_order_phase,
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT,
                                         "waiting-for-payment"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_PARTIALLY_PAID, "partially-paid"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_PAYMENT_SEEN, "payment-seen"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_NEEDS_ACTION, "needs-action"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_SETUP_FAILED, "setup-failed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_PAYMENT_FAILED, "payment-failed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_CANCELED, "canceled"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_REFUNDED, "refunded"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_PHASE_DONE, "done"))

G_DEFINE_FLAGS_TYPE (RefillsOrderAlarm, refills_order_alarm,
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_NONE, "none"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_ADDRESS, "address"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_AMOUNT, "amount"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_COIN, "coin"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_NETWORK, "network"))

G_DEFINE_FINAL_TYPE (RefillsOrderState, refills_order_state, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ORDER_ID,
  PROP_ORDER_STATE,
  PROP_PAYMENT_STATE,
  PROP_PHASE,
  PROP_ALARM,
  PROP_FINAL,
  PROP_PAYMENT_VIA,
  PROP_COIN,
  PROP_NETWORK,
  PROP_WALLET_ADDRESS,
  PROP_COIN_AMOUNT,
  PROP_SENT_COIN_AMOUNT,
  PROP_MISSING_AMOUNT,
  PROP_QR_TEXT,
  PROP_CHECKOUT_URI,
  PROP_CREATED_AT,
  PROP_PAYMENT_REQUESTED_AT,
  PROP_SERVER_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

#define ALARM_ALL (REFILLS_ORDER_ALARM_ADDRESS | REFILLS_ORDER_ALARM_AMOUNT | \
                   REFILLS_ORDER_ALARM_COIN | REFILLS_ORDER_ALARM_NETWORK)

/* The texts and their keys in a stored state. Keys are never renamed. */
static const struct {
  const char *key;
  gsize offset;
} texts[] = {
  { "order-id", G_STRUCT_OFFSET (RefillsOrderState, order_id) },
  { "order-state", G_STRUCT_OFFSET (RefillsOrderState, order_state) },
  { "payment-state", G_STRUCT_OFFSET (RefillsOrderState, payment_state) },
  { "payment-via", G_STRUCT_OFFSET (RefillsOrderState, payment_via) },
  { "coin", G_STRUCT_OFFSET (RefillsOrderState, coin) },
  { "network", G_STRUCT_OFFSET (RefillsOrderState, network) },
  { "wallet-address", G_STRUCT_OFFSET (RefillsOrderState, wallet_address) },
  { "coin-amount", G_STRUCT_OFFSET (RefillsOrderState, coin_amount) },
  { "sent-coin-amount", G_STRUCT_OFFSET (RefillsOrderState, sent_coin_amount) },
  { "missing-amount", G_STRUCT_OFFSET (RefillsOrderState, missing_amount) },
  { "qr-text", G_STRUCT_OFFSET (RefillsOrderState, qr_text) },
  { "checkout-uri", G_STRUCT_OFFSET (RefillsOrderState, checkout_uri) },
};

static const struct {
  const char *key;
  gsize offset;
} times[] = {
  { "created-at", G_STRUCT_OFFSET (RefillsOrderState, created_at) },
  { "payment-requested-at", G_STRUCT_OFFSET (RefillsOrderState, payment_requested_at) },
  { "server-time", G_STRUCT_OFFSET (RefillsOrderState, server_time) },
};

static char **
text_at (RefillsOrderState *self,
         gsize              index)
{
  return (char **) G_STRUCT_MEMBER_P (self, texts[index].offset);
}

static gint64 *
time_at (RefillsOrderState *self,
         gsize              index)
{
  return (gint64 *) G_STRUCT_MEMBER_P (self, times[index].offset);
}

static void
refills_order_state_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsOrderState *self = REFILLS_ORDER_STATE (object);

  switch (prop_id) {
  case PROP_ORDER_ID:
    g_value_set_string (value, self->order_id);
    break;
  case PROP_ORDER_STATE:
    g_value_set_string (value, self->order_state);
    break;
  case PROP_PAYMENT_STATE:
    g_value_set_string (value, self->payment_state);
    break;
  case PROP_PHASE:
    g_value_set_enum (value, self->phase);
    break;
  case PROP_ALARM:
    g_value_set_flags (value, self->alarm);
    break;
  case PROP_FINAL:
    g_value_set_boolean (value, refills_order_state_is_final (self));
    break;
  case PROP_PAYMENT_VIA:
    g_value_set_string (value, self->payment_via);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_NETWORK:
    g_value_set_string (value, self->network);
    break;
  case PROP_WALLET_ADDRESS:
    g_value_set_string (value, self->wallet_address);
    break;
  case PROP_COIN_AMOUNT:
    g_value_set_string (value, self->coin_amount);
    break;
  case PROP_SENT_COIN_AMOUNT:
    g_value_set_string (value, self->sent_coin_amount);
    break;
  case PROP_MISSING_AMOUNT:
    g_value_set_string (value, self->missing_amount);
    break;
  case PROP_QR_TEXT:
    g_value_set_string (value, self->qr_text);
    break;
  case PROP_CHECKOUT_URI:
    g_value_set_string (value, self->checkout_uri);
    break;
  case PROP_CREATED_AT:
    g_value_set_int64 (value, self->created_at);
    break;
  case PROP_PAYMENT_REQUESTED_AT:
    g_value_set_int64 (value, self->payment_requested_at);
    break;
  case PROP_SERVER_TIME:
    g_value_set_int64 (value, self->server_time);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_order_state_finalize (GObject *object)
{
  RefillsOrderState *self = REFILLS_ORDER_STATE (object);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (text_at (self, i), g_free);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);

  G_OBJECT_CLASS (refills_order_state_parent_class)->finalize (object);
}

static void
refills_order_state_class_init (RefillsOrderStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_order_state_get_property;
  object_class->finalize = refills_order_state_finalize;

  props[PROP_ORDER_ID] = g_param_spec_string ("order-id", NULL, NULL, NULL, flags);
  props[PROP_ORDER_STATE] = g_param_spec_string ("order-state", NULL, NULL, NULL, flags);
  props[PROP_PAYMENT_STATE] = g_param_spec_string ("payment-state", NULL, NULL, NULL, flags);
  props[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL,
                                         REFILLS_TYPE_ORDER_PHASE, REFILLS_ORDER_PHASE_UNKNOWN,
                                         flags);
  props[PROP_ALARM] = g_param_spec_flags ("alarm", NULL, NULL,
                                          REFILLS_TYPE_ORDER_ALARM, REFILLS_ORDER_ALARM_NONE,
                                          flags);
  props[PROP_FINAL] = g_param_spec_boolean ("final", NULL, NULL, FALSE, flags);
  props[PROP_PAYMENT_VIA] = g_param_spec_string ("payment-via", NULL, NULL, NULL, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  props[PROP_NETWORK] = g_param_spec_string ("network", NULL, NULL, NULL, flags);
  props[PROP_WALLET_ADDRESS] = g_param_spec_string ("wallet-address", NULL, NULL, NULL, flags);
  props[PROP_COIN_AMOUNT] = g_param_spec_string ("coin-amount", NULL, NULL, NULL, flags);
  props[PROP_SENT_COIN_AMOUNT] = g_param_spec_string ("sent-coin-amount", NULL, NULL, NULL, flags);
  props[PROP_MISSING_AMOUNT] = g_param_spec_string ("missing-amount", NULL, NULL, NULL, flags);
  props[PROP_QR_TEXT] = g_param_spec_string ("qr-text", NULL, NULL, NULL, flags);
  props[PROP_CHECKOUT_URI] = g_param_spec_string ("checkout-uri", NULL, NULL, NULL, flags);
  props[PROP_CREATED_AT] = g_param_spec_int64 ("created-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PAYMENT_REQUESTED_AT] = g_param_spec_int64 ("payment-requested-at", NULL, NULL,
                                                         0, G_MAXINT64, 0, flags);
  props[PROP_SERVER_TIME] = g_param_spec_int64 ("server-time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_state_init (RefillsOrderState *self)
{
  self->deliveries = g_ptr_array_new_with_free_func (g_object_unref);
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
  g_autoptr (GVariant) deliveries = NULL;
  gint32 phase = 0;
  guint32 alarm = 0;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = g_object_new (REFILLS_TYPE_ORDER_STATE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_variant_lookup (variant, texts[i].key, "s", text_at (self, i));
  if (self->order_id == NULL || !refills_order_id_is_valid (self->order_id))
    return NULL;
  if (self->order_state == NULL)
    self->order_state = g_strdup ("");
  if (self->payment_state == NULL)
    self->payment_state = g_strdup ("");

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_variant_lookup (variant, times[i].key, "x", time_at (self, i)))
      *time_at (self, i) = MAX (*time_at (self, i), 0);
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

  return g_steal_pointer (&self);
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

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key,
                             g_variant_new_string (*text_at (self, i)));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    g_variant_builder_add (&builder, "{sv}", times[i].key,
                           g_variant_new_int64 (*time_at (self, i)));
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

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (copy, i) = g_strdup (*text_at (self, i));
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    *time_at (copy, i) = *time_at (self, i);
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

/**
 * refills_order_state_get_order_id:
 * @self: an order's state
 *
 * Returns: the service's id of the order; whoever knows it is given the codes, so it is never
 *   logged
 */
const char *
refills_order_state_get_order_id (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->order_id;
}

/**
 * refills_order_state_get_order_state:
 * @self: an order's state
 *
 * Returns: the order's state in the service's own word, empty when it had none
 */
const char *
refills_order_state_get_order_state (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->order_state;
}

/**
 * refills_order_state_get_payment_state:
 * @self: an order's state
 *
 * Returns: the payment's state in the service's own word, empty when it had none
 */
const char *
refills_order_state_get_payment_state (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->payment_state;
}

/**
 * refills_order_state_get_phase:
 * @self: an order's state
 *
 * Returns: how far the order is
 */
RefillsOrderPhase
refills_order_state_get_phase (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), REFILLS_ORDER_PHASE_UNKNOWN);

  return self->phase;
}

/**
 * refills_order_state_get_alarm:
 * @self: an order's state
 *
 * Returns: what a later answer changed and must not have
 */
RefillsOrderAlarm
refills_order_state_get_alarm (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), REFILLS_ORDER_ALARM_NONE);

  return self->alarm;
}

/**
 * refills_order_state_get_payment_via:
 * @self: an order's state
 *
 * Returns: (nullable): the way to pay
 */
const char *
refills_order_state_get_payment_via (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->payment_via;
}

/**
 * refills_order_state_get_coin:
 * @self: an order's state
 *
 * Returns: (nullable): the coin
 */
const char *
refills_order_state_get_coin (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->coin;
}

/**
 * refills_order_state_get_network:
 * @self: an order's state
 *
 * Returns: (nullable): the network as the service writes it
 */
const char *
refills_order_state_get_network (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->network;
}

/**
 * refills_order_state_get_wallet_address:
 * @self: an order's state
 *
 * Returns: (nullable): where to pay to, not verified; an invoice for Lightning
 */
const char *
refills_order_state_get_wallet_address (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->wallet_address;
}

/**
 * refills_order_state_get_coin_amount:
 * @self: an order's state
 *
 * Returns: (nullable): what to pay exactly as sent, in coin units, not verified
 */
const char *
refills_order_state_get_coin_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->coin_amount;
}

/**
 * refills_order_state_get_sent_coin_amount:
 * @self: an order's state
 *
 * Returns: (nullable): what has come so far, in coin units, not verified
 */
const char *
refills_order_state_get_sent_coin_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->sent_coin_amount;
}

/**
 * refills_order_state_get_missing_amount:
 * @self: an order's state
 *
 * Returns: (nullable): what is still missing, in coin units, not verified
 */
const char *
refills_order_state_get_missing_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->missing_amount;
}

/**
 * refills_order_state_get_qr_text:
 * @self: an order's state
 *
 * Returns: (nullable): the service's own payment text, not verified
 */
const char *
refills_order_state_get_qr_text (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->qr_text;
}

/**
 * refills_order_state_get_checkout_uri:
 * @self: an order's state
 *
 * Returns: (nullable): where an exchange takes the payment, not verified
 */
const char *
refills_order_state_get_checkout_uri (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->checkout_uri;
}

/**
 * refills_order_state_get_created_at:
 * @self: an order's state
 *
 * Returns: when the order was made, in epoch seconds of the service's clock; 0 when unknown
 */
gint64
refills_order_state_get_created_at (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->created_at;
}

/**
 * refills_order_state_get_payment_requested_at:
 * @self: an order's state
 *
 * Returns: when the payment was asked for, in epoch seconds of the service's clock; 0 when
 *   unknown
 */
gint64
refills_order_state_get_payment_requested_at (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->payment_requested_at;
}

/**
 * refills_order_state_get_server_time:
 * @self: an order's state
 *
 * Returns: the service's clock at the answer, in epoch seconds; 0 when unknown
 */
gint64
refills_order_state_get_server_time (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->server_time;
}

/**
 * refills_order_state_has_valid_states:
 * @self: an order's state
 *
 * Returns: whether the answer named both states as texts, as an event must to be valid
 */
gboolean
refills_order_state_has_valid_states (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), FALSE);

  return self->has_valid_states;
}

/**
 * refills_order_state_is_final:
 * @self: an order's state
 *
 * An expired order is not final: late money still completes it (API reference, section 12.2).
 *
 * Returns: whether nothing more is to come
 */
gboolean
refills_order_state_is_final (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), FALSE);

  switch (self->phase) {
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
  case REFILLS_ORDER_PHASE_CANCELED:
  case REFILLS_ORDER_PHASE_REFUNDED:
  case REFILLS_ORDER_PHASE_DONE:
    return TRUE;
  case REFILLS_ORDER_PHASE_UNKNOWN:
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
  case REFILLS_ORDER_PHASE_EXPIRED:
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return FALSE;
  default:
    g_return_val_if_reached (FALSE);
  }
}

/**
 * refills_order_state_get_n_skipped:
 * @self: an order's state
 *
 * Returns: how many deliveries of the last answer could not be read
 */
guint
refills_order_state_get_n_skipped (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->n_skipped;
}

/**
 * refills_order_state_get_n_deliveries:
 * @self: an order's state
 *
 * Returns: how many deliveries it has
 */
guint
refills_order_state_get_n_deliveries (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->deliveries->len;
}

/**
 * refills_order_state_get_delivery:
 * @self: an order's state
 * @index: below [method@OrderState.get_n_deliveries]
 *
 * Returns: (transfer none): a delivery
 */
RefillsDelivery *
refills_order_state_get_delivery (RefillsOrderState *self,
                                  guint              index)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);
  g_return_val_if_fail (index < self->deliveries->len, NULL);

  return self->deliveries->pdata[index];
}
