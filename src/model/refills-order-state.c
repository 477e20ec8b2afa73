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

#include "refills-decimal.h"
#include "refills-error.h"

#include <string.h>

#define ORDER_ID_MAX_BYTES 128
/* A Lightning invoice with routes is under 2 KiB; more is no text of an order. */
#define TEXT_MAX_BYTES (16 * 1024)
#define DELIVERIES_MAX 1000

struct _RefillsOrderState {
  GObject parent_instance;

  char *order_id;
  char *order_state;
  char *payment_state;
  gboolean has_valid_states;
  RefillsOrderPhase phase;
  RefillsOrderAlarm alarm;
  char *payment_via;
  char *coin;
  char *network;
  char *wallet_address;
  char *coin_amount;
  char *sent_coin_amount;
  char *missing_amount;
  char *qr_text;
  char *checkout_uri;
  gint64 created_at;
  gint64 payment_requested_at;
  gint64 server_time;
  GPtrArray *deliveries;
  guint n_skipped;
};

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

/* API reference, section 12.1. Other words, in another case too, are unknown. */
static const struct {
  const char *name;
  RefillsOrderPhase phase;
} known_states[] = {
  { "Created", REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT },
  { "WaitingForPayment", REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT },
  { "PartialPaymentStarted", REFILLS_ORDER_PHASE_PARTIALLY_PAID },
  { "Expired", REFILLS_ORDER_PHASE_EXPIRED },
  { "PaymentStarted", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
  { "PaymentReceived", REFILLS_ORDER_PHASE_PREPARING },
  { "WaitingForDelivery", REFILLS_ORDER_PHASE_PREPARING },
  { "WaitingForRebuy", REFILLS_ORDER_PHASE_NEEDS_ACTION },
  { "WaitingForManualAction", REFILLS_ORDER_PHASE_NEEDS_ACTION },
  { "PaymentSetupFailed", REFILLS_ORDER_PHASE_SETUP_FAILED },
  { "PaymentFailed", REFILLS_ORDER_PHASE_PAYMENT_FAILED },
  { "Canceled", REFILLS_ORDER_PHASE_CANCELED },
  { "Cancelled", REFILLS_ORDER_PHASE_CANCELED },
  { "Refunded", REFILLS_ORDER_PHASE_REFUNDED },
  { "Done", REFILLS_ORDER_PHASE_DONE },
  { "Completed", REFILLS_ORDER_PHASE_DONE },
};

/* What a payment's state says more than an order that still waits for it. A payment called off
 * under a waiting order is not to be paid, and not known to be over either. */
static const struct {
  const char *name;
  RefillsOrderPhase phase;
} known_payment_states[] = {
  { "PaymentStarted", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
  { "PaymentReceived", REFILLS_ORDER_PHASE_PREPARING },
  { "PaymentCompleted", REFILLS_ORDER_PHASE_PREPARING },
  { "Expired", REFILLS_ORDER_PHASE_EXPIRED },
  { "PaymentCanceled", REFILLS_ORDER_PHASE_EXPIRED },
  { "ExpiredAfterPaymentDetection", REFILLS_ORDER_PHASE_NEEDS_ACTION },
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

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n\f\v")] == '\0';
}

/* Something of the amount has come, and not all: API reference, section 17, C9. */
static gboolean
is_partially_paid (RefillsOrderState *self)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  RefillsDecimal missing = REFILLS_DECIMAL_ZERO;

  if (self->missing_amount != NULL &&
      refills_decimal_parse (self->missing_amount, &missing, NULL) &&
      !refills_decimal_is_zero (&missing))
    return TRUE;

  return self->coin_amount != NULL && self->sent_coin_amount != NULL &&
         refills_decimal_parse (self->coin_amount, &amount, NULL) &&
         refills_decimal_parse (self->sent_coin_amount, &sent, NULL) &&
         !refills_decimal_is_zero (&sent) && refills_decimal_compare (&sent, &amount) < 0;
}

static gboolean
is_fully_paid (RefillsOrderState *self)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  return self->coin_amount != NULL && self->sent_coin_amount != NULL &&
         refills_decimal_parse (self->coin_amount, &amount, NULL) &&
         refills_decimal_parse (self->sent_coin_amount, &sent, NULL) &&
         !refills_decimal_is_zero (&amount) && refills_decimal_compare (&sent, &amount) >= 0;
}

static RefillsOrderPhase
choose_phase (RefillsOrderState *self)
{
  RefillsOrderPhase phase = REFILLS_ORDER_PHASE_UNKNOWN;

  for (gsize i = 0; i < G_N_ELEMENTS (known_states); i++)
    if (g_str_equal (known_states[i].name, self->order_state))
      phase = known_states[i].phase;

  if (phase == REFILLS_ORDER_PHASE_EXPIRED &&
      g_str_equal (self->payment_state, "ExpiredAfterPaymentDetection"))
    return REFILLS_ORDER_PHASE_NEEDS_ACTION;
  if (phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT)
    return phase;

  if (is_fully_paid (self))
    phase = REFILLS_ORDER_PHASE_PAYMENT_SEEN;
  else if (is_partially_paid (self))
    phase = REFILLS_ORDER_PHASE_PARTIALLY_PAID;

  for (gsize i = 0; i < G_N_ELEMENTS (known_payment_states); i++)
    if (g_str_equal (known_payment_states[i].name, self->payment_state) &&
        known_payment_states[i].phase > phase &&
        !(phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID &&
          known_payment_states[i].phase == REFILLS_ORDER_PHASE_PAYMENT_SEEN))
      return known_payment_states[i].phase;

  return phase;
}

/* A text of another type is left out: the rest of the answer may hold a paid code. */
static char *
find_text (const RefillsJsonPlace *place,
           const char             *name,
           gboolean                number_too)
{
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  gboolean read = number_too ? refills_json_read_text (place, name, &text, &error)
                             : refills_json_read_string (place, name, &text, &error);

  if (!read) {
    g_message ("a text of an order is left out: %s", error->message);
    return NULL;
  }
  if (is_blank (text))
    return NULL;
  if (strlen (text) > TEXT_MAX_BYTES) {
    g_message ("a text of an order is left out: %s is too long", name);
    return NULL;
  }

  return g_strdup (text);
}

static gint64
find_time (const RefillsJsonPlace *place,
           const char             *name)
{
  g_autoptr (GError) error = NULL;
  gint64 time = 0;

  if (!refills_json_read_epoch (place, name, &time, &error)) {
    g_message ("a time of an order is left out: %s", error->message);
    return 0;
  }

  return MAX (time, 0);
}

static gboolean
is_string (const RefillsJsonPlace *place,
           const char             *name)
{
  RefillsJsonPlace member;

  return refills_json_find_member (place, name, &member) &&
         refills_json_place_get_kind (&member) == REFILLS_JSON_STRING;
}

static void
read_states (RefillsOrderState      *self,
             const RefillsJsonPlace *place)
{
  RefillsJsonPlace member;
  const char *name = refills_json_find_member (place, "order_state", &member) ? "order_state"
                                                                              : "status";

  self->has_valid_states = is_string (place, name) && is_string (place, "payment_state");
  self->order_state = find_text (place, name, FALSE);
  self->payment_state = find_text (place, "payment_state", FALSE);
  if (self->order_state == NULL)
    self->order_state = g_strdup ("");
  if (self->payment_state == NULL)
    self->payment_state = g_strdup ("");
}

static void
read_deliveries (RefillsOrderState      *self,
                 const RefillsJsonPlace *place)
{
  RefillsJsonPlace deliveries;
  guint length = 0;

  if (!refills_json_find_member (place, "deliveries", &deliveries))
    return;
  if (refills_json_place_get_kind (&deliveries) != REFILLS_JSON_ARRAY) {
    g_message ("the deliveries of an order are no list");
    self->n_skipped = 1;
    return;
  }

  length = refills_json_get_length (&deliveries);
  for (guint i = 0; i < MIN (length, DELIVERIES_MAX); i++) {
    g_autoptr (GError) error = NULL;
    RefillsDelivery *delivery = NULL;
    RefillsJsonPlace element;

    refills_json_get_element (&deliveries, i, &element);
    delivery = refills_delivery_new_from_json (&element, &error);
    if (delivery != NULL) {
      g_ptr_array_add (self->deliveries, delivery);
    } else {
      self->n_skipped++;
      g_message ("a delivery is left out: %s", error->message);
    }
  }
  self->n_skipped += length - MIN (length, DELIVERIES_MAX);
}

static char *
read_order_id (const RefillsJsonPlace  *place,
               GError                 **error)
{
  static const char * const names[] = { "order_id", "id", "orderId", "reference_order_id" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    RefillsJsonPlace member;
    const char *order_id = NULL;

    if (!refills_json_find_member (place, names[i], &member))
      continue;
    if (!refills_json_require_string (place, names[i], &order_id, error))
      return NULL;
    if (!refills_order_id_is_valid (order_id)) {
      g_autofree char *path = refills_json_place_get_path (&member);

      g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s is no order id", path);
      return NULL;
    }
    return g_strdup (order_id);
  }

  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "order_id is missing");

  return NULL;
}

static RefillsOrderState *
copy_without_deliveries (RefillsOrderState *self)
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

static void
replace_text (char       **text,
              const char  *by)
{
  g_autofree char *old = *text;

  *text = g_strdup (by);
}

/* Fills a text that may be said once; whether a later answer says another. */
static gboolean
fill_once (char       **text,
           const char  *incoming)
{
  if (incoming == NULL)
    return FALSE;
  if (*text == NULL) {
    *text = g_strdup (incoming);
    return FALSE;
  }

  return !g_str_equal (*text, incoming);
}

/* "11.260000" is 11.26. What is no number is compared letter by letter. */
static gboolean
is_same_amount (const char *a,
                const char *b)
{
  RefillsDecimal left = REFILLS_DECIMAL_ZERO;
  RefillsDecimal right = REFILLS_DECIMAL_ZERO;

  if (refills_decimal_parse (a, &left, NULL) && refills_decimal_parse (b, &right, NULL))
    return refills_decimal_compare (&left, &right) == 0;

  return g_str_equal (a, b);
}

static void
merge_what_never_changes (RefillsOrderState *merged,
                          RefillsOrderState *incoming)
{
  RefillsOrderAlarm alarm = merged->alarm | incoming->alarm;

  if (fill_once (&merged->wallet_address, incoming->wallet_address))
    alarm |= REFILLS_ORDER_ALARM_ADDRESS;
  if (fill_once (&merged->coin_amount, incoming->coin_amount) &&
      !is_same_amount (merged->coin_amount, incoming->coin_amount))
    alarm |= REFILLS_ORDER_ALARM_AMOUNT;
  if (fill_once (&merged->coin, incoming->coin))
    alarm |= REFILLS_ORDER_ALARM_COIN;
  if (fill_once (&merged->network, incoming->network))
    alarm |= REFILLS_ORDER_ALARM_NETWORK;

  fill_once (&merged->payment_via, incoming->payment_via);
  fill_once (&merged->qr_text, incoming->qr_text);
  fill_once (&merged->checkout_uri, incoming->checkout_uri);

  if (alarm != merged->alarm)
    g_message ("a later answer changed what an order may not change: alarm %u", (guint) alarm);
  merged->alarm = alarm;
}

static void
merge_what_moves (RefillsOrderState *merged,
                  RefillsOrderState *incoming)
{
  /* An older answer that comes late says nothing new. */
  if (incoming->phase < merged->phase)
    return;

  merged->phase = incoming->phase;
  merged->has_valid_states = incoming->has_valid_states;
  replace_text (&merged->order_state, incoming->order_state);
  replace_text (&merged->payment_state, incoming->payment_state);
  replace_text (&merged->missing_amount, incoming->missing_amount);
  if (incoming->sent_coin_amount != NULL)
    replace_text (&merged->sent_coin_amount, incoming->sent_coin_amount);
}

static guint
find_delivery (RefillsOrderState *self,
               RefillsDelivery   *wanted,
               guint              position)
{
  const char *id = refills_delivery_get_id (wanted);

  for (guint i = 0; id != NULL && i < self->deliveries->len; i++)
    if (g_strcmp0 (refills_delivery_get_id (self->deliveries->pdata[i]), id) == 0)
      return i;

  /* By position only where one of both has no id: two ids that differ are two cards. */
  if (position < self->deliveries->len &&
      (id == NULL || refills_delivery_get_id (self->deliveries->pdata[position]) == NULL))
    return position;

  return G_MAXUINT;
}

static void
merge_deliveries (RefillsOrderState *merged,
                  RefillsOrderState *stored,
                  RefillsOrderState *incoming)
{
  for (guint i = 0; i < stored->deliveries->len; i++)
    g_ptr_array_add (merged->deliveries, g_object_ref (stored->deliveries->pdata[i]));

  for (guint i = 0; i < incoming->deliveries->len; i++) {
    RefillsDelivery *delivery = incoming->deliveries->pdata[i];
    guint at = find_delivery (merged, delivery, i);

    if (at == G_MAXUINT) {
      if (merged->deliveries->len < DELIVERIES_MAX)
        g_ptr_array_add (merged->deliveries, g_object_ref (delivery));
    } else {
      g_autoptr (RefillsDelivery) old = merged->deliveries->pdata[at];

      merged->deliveries->pdata[at] = refills_delivery_merge (old, delivery);
    }
  }
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
 * refills_order_state_new_from_bytes:
 * @bytes: an answer of the service, or the data of one event
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads an order from at most `REFILLS_ORDER_MAX_BYTES` of JSON. On any thread.
 *
 * Returns: (transfer full) (nullable): the state, or `NULL` with @error set
 */
RefillsOrderState *
refills_order_state_new_from_bytes (GBytes  *bytes,
                                    GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  RefillsJsonPlace place;

  g_return_val_if_fail (bytes != NULL, NULL);

  root = refills_json_parse (bytes, REFILLS_ORDER_MAX_BYTES, error);
  if (root == NULL)
    return NULL;
  refills_json_place_init (&place, root);

  return refills_order_state_new_from_json (&place, error);
}

/**
 * refills_order_state_new_from_json:
 * @place: an order
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads an order. Only an id that is safe in a path is required: whatever else is missing or of
 * another type is left out, since the rest may be a paid code. Amounts keep their exact text.
 *
 * Returns: (transfer full) (nullable): the state, or `NULL` with @error set
 */
RefillsOrderState *
refills_order_state_new_from_json (const RefillsJsonPlace  *place,
                                   GError                 **error)
{
  g_autoptr (RefillsOrderState) self = NULL;
  g_autofree char *order_id = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error))
    return NULL;
  order_id = read_order_id (place, error);
  if (order_id == NULL)
    return NULL;

  self = g_object_new (REFILLS_TYPE_ORDER_STATE, NULL);
  self->order_id = g_steal_pointer (&order_id);
  read_states (self, place);
  self->payment_via = find_text (place, "payment_via", FALSE);
  self->coin = find_text (place, "coin", FALSE);
  self->network = find_text (place, "network", FALSE);
  self->wallet_address = find_text (place, "wallet_address", FALSE);
  self->coin_amount = find_text (place, "coin_amount", TRUE);
  self->sent_coin_amount = find_text (place, "sent_coin_amount", TRUE);
  self->missing_amount = find_text (place, "missing_amount", TRUE);
  self->qr_text = find_text (place, "qr_text", FALSE);
  self->checkout_uri = find_text (place, "checkout_url", FALSE);
  self->created_at = find_time (place, "created_at");
  self->payment_requested_at = find_time (place, "payment_requested_at");
  self->server_time = find_time (place, "timestamp_of_request");
  read_deliveries (self, place);
  self->phase = choose_phase (self);

  return g_steal_pointer (&self);
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
                                                   DELIVERIES_MAX); i++) {
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
 * refills_order_state_merge:
 * @stored: what is known
 * @incoming: a later answer about the same order
 *
 * Folds two answers. Pure; on any thread.
 *
 * - The phase never moves to a lower rank, the order of #RefillsOrderPhase. An expired order may
 *   still be paid; a word that is not known lowers nothing.
 * - Secrets are a union. Deliveries are matched by id, or by position where there is none.
 * - Address, amount, coin and network are filled once. Where a later answer says another, the
 *   first stays and the alarm is raised for good.
 * - What has come and what is missing follow the later answer, unless it is of a lower rank; the
 *   times follow it.
 *
 * An answer about another order changes nothing.
 *
 * Returns: (transfer full): the state after both
 */
RefillsOrderState *
refills_order_state_merge (RefillsOrderState *stored,
                           RefillsOrderState *incoming)
{
  RefillsOrderState *merged = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (stored), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (incoming), NULL);

  if (!g_str_equal (stored->order_id, incoming->order_id)) {
    g_message ("an answer about another order is left out");
    return g_object_ref (stored);
  }

  merged = copy_without_deliveries (stored);
  merge_what_never_changes (merged, incoming);
  merge_what_moves (merged, incoming);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (*time_at (incoming, i) != 0)
      *time_at (merged, i) = *time_at (incoming, i);
  merged->n_skipped = incoming->n_skipped;
  merge_deliveries (merged, stored, incoming);

  return merged;
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

  redacted = copy_without_deliveries (self);
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
 * refills_order_id_is_valid:
 * @order_id: (nullable): what may be an order's id
 *
 * Only `[A-Za-z0-9_-]{1,128}` goes into a path or a row.
 *
 * Returns: whether it is one
 */
gboolean
refills_order_id_is_valid (const char *order_id)
{
  gsize length = order_id != NULL ? strlen (order_id) : 0;

  if (length == 0 || length > ORDER_ID_MAX_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (order_id[i]) && order_id[i] != '_' && order_id[i] != '-')
      return FALSE;

  return TRUE;
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
