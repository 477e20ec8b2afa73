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
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_NETWORK, "network"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_PAGE, "page"),
                     G_DEFINE_ENUM_VALUE (REFILLS_ORDER_ALARM_COMMENT, "comment"))

G_DEFINE_FINAL_TYPE (RefillsOrderState, refills_order_state, G_TYPE_OBJECT)

static const RefillsOrderStateField fields[] = {
  { "order-id", G_STRUCT_OFFSET (RefillsOrderState, order_id) },
  { "order-state", G_STRUCT_OFFSET (RefillsOrderState, order_state) },
  { "payment-state", G_STRUCT_OFFSET (RefillsOrderState, payment_state) },
  { "payment-via", G_STRUCT_OFFSET (RefillsOrderState, payment_via) },
  { "coin", G_STRUCT_OFFSET (RefillsOrderState, coin) },
  { "network", G_STRUCT_OFFSET (RefillsOrderState, network) },
  { "wallet-address", G_STRUCT_OFFSET (RefillsOrderState, wallet_address) },
  { "coin-amount", G_STRUCT_OFFSET (RefillsOrderState, coin_amount) },
  { "summary-amount", G_STRUCT_OFFSET (RefillsOrderState, summary_amount) },
  { "sent-coin-amount", G_STRUCT_OFFSET (RefillsOrderState, sent_coin_amount) },
  { "missing-amount", G_STRUCT_OFFSET (RefillsOrderState, missing_amount) },
  { "missing-amount-qr-text", G_STRUCT_OFFSET (RefillsOrderState, missing_amount_qr_text) },
  { "qr-text", G_STRUCT_OFFSET (RefillsOrderState, qr_text) },
  { "checkout-uri", G_STRUCT_OFFSET (RefillsOrderState, checkout_uri) },
  { "memo", G_STRUCT_OFFSET (RefillsOrderState, memo) },
  { "original-coin", G_STRUCT_OFFSET (RefillsOrderState, original_coin) },
  { "original-protocol", G_STRUCT_OFFSET (RefillsOrderState, original_protocol) },
  { "refund-address", G_STRUCT_OFFSET (RefillsOrderState, refund_address) },
  { "refund-amount", G_STRUCT_OFFSET (RefillsOrderState, refund_amount) },
  { "refund-currency", G_STRUCT_OFFSET (RefillsOrderState, refund_currency) },
  { "refund-reason", G_STRUCT_OFFSET (RefillsOrderState, refund_reason) },
  { "refused-coin", G_STRUCT_OFFSET (RefillsOrderState, refused_coin) },
  { "refused-network", G_STRUCT_OFFSET (RefillsOrderState, refused_network) },
  { "refused-wallet-address", G_STRUCT_OFFSET (RefillsOrderState, refused_wallet_address) },
  { "refused-coin-amount", G_STRUCT_OFFSET (RefillsOrderState, refused_coin_amount) },
  { "refused-summary-amount", G_STRUCT_OFFSET (RefillsOrderState, refused_summary_amount) },
  { "refused-checkout-uri", G_STRUCT_OFFSET (RefillsOrderState, refused_checkout_uri) },
  { "refused-qr-text", G_STRUCT_OFFSET (RefillsOrderState, refused_qr_text) },
  { NULL, 0 },
};

static const RefillsOrderStateField times[] = {
  { "created-at", G_STRUCT_OFFSET (RefillsOrderState, created_at) },
  { "payment-requested-at", G_STRUCT_OFFSET (RefillsOrderState, payment_requested_at) },
  { "server-time", G_STRUCT_OFFSET (RefillsOrderState, server_time) },
  { "answered-at", G_STRUCT_OFFSET (RefillsOrderState, answered_at) },
  { "updated-at", G_STRUCT_OFFSET (RefillsOrderState, updated_at) },
  { NULL, 0 },
};

enum {
  PROP_0,
  PROP_FIRST_TEXT,
  PROP_FIRST_TIME = PROP_FIRST_TEXT + G_N_ELEMENTS (fields) - 1,
  PROP_PHASE = PROP_FIRST_TIME + G_N_ELEMENTS (times) - 1,
  PROP_ALARM,
  PROP_FINAL,
  PROP_TRANSACTIONS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/**
 * refills_order_state_get_text_fields:
 *
 * Returns: (array zero-terminated=1): the texts of a state; the name of each is also its key in a
 *   stored state and never changes
 */
const RefillsOrderStateField *
refills_order_state_get_text_fields (void)
{
  return fields;
}

/**
 * refills_order_state_get_time_fields:
 *
 * Returns: (array zero-terminated=1): the times of a state, likewise
 */
const RefillsOrderStateField *
refills_order_state_get_time_fields (void)
{
  return times;
}

static void
refills_order_state_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsOrderState *self = REFILLS_ORDER_STATE (object);

  switch (prop_id) {
  case PROP_PHASE:
    g_value_set_enum (value, self->phase);
    break;
  case PROP_ALARM:
    g_value_set_flags (value, self->alarm);
    break;
  case PROP_FINAL:
    g_value_set_boolean (value, refills_order_state_is_final (self));
    break;
  case PROP_TRANSACTIONS:
    g_value_set_boxed (value, self->transactions);
    break;
  default:
    if (prop_id < PROP_FIRST_TIME)
      g_value_set_string (value, *refills_order_state_text_at (self, &fields[prop_id - PROP_FIRST_TEXT]));
    else if (prop_id < PROP_PHASE)
      g_value_set_int64 (value, *refills_order_state_time_at (self, &times[prop_id - PROP_FIRST_TIME]));
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_order_state_finalize (GObject *object)
{
  RefillsOrderState *self = REFILLS_ORDER_STATE (object);

  for (gsize i = 0; fields[i].name != NULL; i++)
    g_clear_pointer (refills_order_state_text_at (self, &fields[i]), g_free);
  g_clear_pointer (&self->transactions, g_strfreev);
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

  for (guint i = 0; fields[i].name != NULL; i++)
    props[PROP_FIRST_TEXT + i] = g_param_spec_string (fields[i].name, NULL, NULL, NULL, flags);
  for (guint i = 0; times[i].name != NULL; i++)
    props[PROP_FIRST_TIME + i] = g_param_spec_int64 (times[i].name, NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL,
                                         REFILLS_TYPE_ORDER_PHASE, REFILLS_ORDER_PHASE_UNKNOWN,
                                         flags);
  props[PROP_ALARM] = g_param_spec_flags ("alarm", NULL, NULL,
                                          REFILLS_TYPE_ORDER_ALARM, REFILLS_ORDER_ALARM_NONE,
                                          flags);
  props[PROP_FINAL] = g_param_spec_boolean ("final", NULL, NULL, FALSE, flags);
  props[PROP_TRANSACTIONS] = g_param_spec_boxed ("transactions", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_state_init (RefillsOrderState *self)
{
  self->deliveries = g_ptr_array_new_with_free_func (g_object_unref);
  self->transactions = g_new0 (char *, 1);
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
 * Returns: (nullable): what the order costs exactly as sent, in coin units, not verified
 */
const char *
refills_order_state_get_coin_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->coin_amount;
}

/**
 * refills_order_state_get_summary_amount:
 * @self: an order's state
 *
 * Returns: (nullable): what its summary says is to be paid in coins, exactly as sent, in coin units, not verified
 */
const char *
refills_order_state_get_summary_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->summary_amount;
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
 * refills_order_state_get_missing_amount_qr_text:
 * @self: an order's state
 *
 * Returns: (nullable): the service's payment code for what is missing; never shown
 */
const char *
refills_order_state_get_missing_amount_qr_text (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->missing_amount_qr_text;
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
 * refills_order_state_get_memo:
 * @self: an order's state
 *
 * Returns: (nullable): what the service wants to stand beside the payment, such as the text of a memo; it ends in “…”
 *   where it is not as it came
 *   or tag; no payment of ours carries one
 */
const char *
refills_order_state_get_memo (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->memo;
}

/**
 * refills_order_state_get_original_coin:
 * @self: an order's state
 *
 * Returns: (nullable): the coin that came instead of the one asked for, where the service
 *   could use it
 */
const char *
refills_order_state_get_original_coin (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->original_coin;
}

/**
 * refills_order_state_get_original_protocol:
 * @self: an order's state
 *
 * Returns: (nullable): the network of that coin, in a word of the service such as "MATIC_LIKE"
 */
const char *
refills_order_state_get_original_protocol (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->original_protocol;
}

/**
 * refills_order_state_get_refund_address:
 * @self: an order's state
 *
 * Returns: (nullable): where the service would pay money back to
 */
const char *
refills_order_state_get_refund_address (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->refund_address;
}

/**
 * refills_order_state_get_refund_amount:
 * @self: an order's state
 *
 * Returns: (nullable): what the service pays back, in units of the refund's currency
 */
const char *
refills_order_state_get_refund_amount (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->refund_amount;
}

/**
 * refills_order_state_get_refund_currency:
 * @self: an order's state
 *
 * Returns: (nullable): the coin or currency of the refund
 */
const char *
refills_order_state_get_refund_currency (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->refund_currency;
}

/**
 * refills_order_state_get_refund_reason:
 * @self: an order's state
 *
 * Returns: (nullable): why, in the service's own words as plain text
 */
const char *
refills_order_state_get_refund_reason (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return self->refund_reason;
}

/**
 * refills_order_state_get_transactions:
 * @self: an order's state
 *
 * Returns: (transfer none) (array zero-terminated=1): the payments that the service names by what the
 *   network calls them, at most 20
 */
const char * const *
refills_order_state_get_transactions (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), NULL);

  return (const char * const *) self->transactions;
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
 * refills_order_state_get_answered_at:
 * @self: an order's state
 *
 * Returns: the service's clock at its first answer about the order, in epoch seconds, which no later answer changes;
 *   this computer's where the service did not tell; 0 when unknown
 */
gint64
refills_order_state_get_answered_at (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->answered_at;
}

/**
 * refills_order_state_get_updated_at:
 * @self: an order's state
 *
 * Returns: when the service last changed the order, in epoch seconds of its clock; 0 when unknown
 */
gint64
refills_order_state_get_updated_at (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), 0);

  return self->updated_at;
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

static guint
count_prepared_by_hand (RefillsOrderState *self)
{
  guint n = 0;

  for (guint i = 0; i < self->deliveries->len; i++)
    if (refills_delivery_get_phase (self->deliveries->pdata[i]) == REFILLS_DELIVERY_MANUAL)
      n++;

  return n;
}

/**
 * refills_order_state_is_final:
 * @self: an order's state
 *
 * An expired order is not final: late money still completes it (API reference, section 12.2). Nor is
 * a done one of which the service still prepares a part.
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
    return TRUE;
  case REFILLS_ORDER_PHASE_DONE:
    return count_prepared_by_hand (self) == 0;
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
 * refills_order_state_is_all_delivered:
 * @self: an order's state
 *
 * What a done order says of a delivery counts where the delivery itself says nothing.
 *
 * Returns: whether the order is done and nothing of it failed, was refunded or is still prepared
 */
gboolean
refills_order_state_is_all_delivered (RefillsOrderState *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (self), FALSE);

  for (guint i = 0; i < self->deliveries->len; i++) {
    RefillsDeliveryPhase phase = refills_delivery_get_phase (self->deliveries->pdata[i]);

    if (phase != REFILLS_DELIVERY_DELIVERED && phase != REFILLS_DELIVERY_PENDING)
      return FALSE;
  }

  return self->phase == REFILLS_ORDER_PHASE_DONE;
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
