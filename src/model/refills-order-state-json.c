/* refills-order-state-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads an order from the service's JSON (API reference, sections 11 and 12). Tolerant but for
 * the id: whatever is missing or of another type is left out, since the rest may be a paid code.
 */
#include "refills-order-state-private.h"

#include "refills-decimal.h"
#include "refills-error.h"
#include "refills-order-money.h"
#include "refills-rich-text.h"

#include <string.h>

#define ORDER_ID_MAX_BYTES 128
/* A Lightning invoice with routes is under 2 KiB; more is no text of an order. */
#define TEXT_MAX_BYTES (16 * 1024)
#define TRANSACTION_MAX_BYTES 256
#define LINE_MAX_CHARACTERS 400

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

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\r\n\f\v")] == '\0';
}

/* Something of the amount has come, and not all: API reference, section 17, C9. */
static gboolean
is_partially_paid (RefillsOrderState *self)
{
  const char *whole = refills_order_money_get_amount_to_pay (self);
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  RefillsDecimal missing = REFILLS_DECIMAL_ZERO;

  if (self->missing_amount != NULL &&
      refills_decimal_parse (self->missing_amount, &missing, NULL) &&
      !refills_decimal_is_zero (&missing))
    return TRUE;

  return whole != NULL && self->sent_coin_amount != NULL &&
         refills_decimal_parse (whole, &amount, NULL) &&
         refills_decimal_parse (self->sent_coin_amount, &sent, NULL) &&
         !refills_decimal_is_zero (&sent) && refills_decimal_compare (&sent, &amount) < 0;
}

static gboolean
is_fully_paid (RefillsOrderState *self)
{
  const char *whole = refills_order_money_get_amount_to_pay (self);
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  return whole != NULL && self->sent_coin_amount != NULL &&
         refills_decimal_parse (whole, &amount, NULL) &&
         refills_decimal_parse (self->sent_coin_amount, &sent, NULL) &&
         !refills_decimal_is_zero (&amount) && refills_decimal_compare (&sent, &amount) >= 0;
}

/* Whether a payment of which something has come may still be short, or be told to be elsewhere. */
static gboolean
waits_for_money (RefillsOrderPhase phase)
{
  return phase == REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT ||
         phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID ||
         phase == REFILLS_ORDER_PHASE_PAYMENT_SEEN;
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
  if (!waits_for_money (phase))
    return phase;

  /* By the figures, whichever of the three words stands beside them. */
  if (is_partially_paid (self))
    phase = REFILLS_ORDER_PHASE_PARTIALLY_PAID;
  else if (is_fully_paid (self))
    phase = REFILLS_ORDER_PHASE_PAYMENT_SEEN;

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

/* Beside the total, where a coupon pays a part of it (API reference, sections 9 and 11.1). */
static char *
find_summary_amount (const RefillsJsonPlace *place)
{
  RefillsJsonPlace summary;

  if (!refills_json_find_member (place, "summary", &summary) ||
      refills_json_place_get_kind (&summary) != REFILLS_JSON_OBJECT)
    return NULL;

  return find_text (&summary, "coin_amount_to_pay_in_crypto", TRUE);
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

/* A text for a line of the page. */
static char *
find_line (const RefillsJsonPlace *place,
           const char             *name)
{
  g_autofree char *text = find_text (place, name, TRUE);
  g_autofree char *line = text != NULL ? refills_text_clean_line (text, LINE_MAX_CHARACTERS) : NULL;

  return !is_blank (line) ? g_steal_pointer (&line) : NULL;
}

/* "destinationTag", "destination-tag" and "DESTINATION_TAG" are one name. */
static char *
split_name (const char *name)
{
  GString *split = g_string_new ("_");

  for (const char *at = name; *at != '\0'; at++) {
    if (g_ascii_isupper (*at) && at > name && g_ascii_islower (at[-1]))
      g_string_append_c (split, '_');
    g_string_append_c (split, g_ascii_isalnum (*at) ? g_ascii_tolower (*at) : '_');
  }
  g_string_append_c (split, '_');

  return g_string_free (split, FALSE);
}

static gboolean
names_memo (const char *name)
{
  static const char * const words[] = {
    "_memo_", "_tag_", "_comment_", "_destinationtag_", "_desttag_", "_addresstag_", "_extra_id_",
    "_extraid_", "_chain_payment_id_", "_network_payment_id_",
  };
  g_autofree char *split = split_name (name);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (split, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static char *
find_memo_among_members (const RefillsJsonPlace *object)
{
  RefillsJsonPlace member;

  for (guint i = 0; refills_json_get_member_at (object, i, &member); i++) {
    RefillsJsonKind kind = refills_json_place_get_kind (&member);
    g_autofree char *line = NULL;

    if (kind == REFILLS_JSON_NULL || !names_memo (member.member))
      continue;
    if (kind == REFILLS_JSON_STRING || kind == REFILLS_JSON_NUMBER) {
      if (is_blank (refills_json_place_get_text (&member)))
        continue;
      line = find_line (object, member.member);
    } else if (kind == REFILLS_JSON_ARRAY && refills_json_get_length (&member) == 0) {
      continue;
    } else if (kind == REFILLS_JSON_BOOLEAN) {
      gboolean is_wanted = FALSE;

      refills_json_read_boolean (object, member.member, FALSE, &is_wanted, NULL);
      if (!is_wanted)
        continue;
    }
    g_message ("the service wants a memo or tag beside the payment: %s",
               kind == REFILLS_JSON_STRING ? "a text" : "in another shape");
    if (line == NULL)
      return g_strdup ("…");
    /* Nobody is to pay with a text that was made fit for a line. */
    return g_strconcat (line, g_str_equal (line, refills_json_place_get_text (&member)) ? "" : "…", NULL);
  }

  return NULL;
}

/* No rail of the service is known to need a text beside the payment (API reference, section 17, open
 * question 12). If one does, the money would be lost without it. */
static char *
find_memo (const RefillsJsonPlace *place)
{
  static const char * const objects[] = { "payment", "payment_details", "payment_info", "wallet" };
  char *memo = find_memo_among_members (place);

  for (gsize i = 0; memo == NULL && i < G_N_ELEMENTS (objects); i++) {
    RefillsJsonPlace object;

    if (refills_json_find_member (place, objects[i], &object))
      memo = find_memo_among_members (&object);
  }

  return memo;
}

static void
read_money (RefillsOrderState      *self,
            const RefillsJsonPlace *place)
{
  RefillsJsonPlace object;

  self->memo = find_memo (place);
  self->refund_address = find_line (place, "refund_wallet_address");
  if (refills_json_find_member (place, "original_payment_info", &object) &&
      refills_json_place_get_kind (&object) == REFILLS_JSON_OBJECT) {
    self->original_coin = find_line (&object, "coin");
    self->original_protocol = find_line (&object, "protocol");
  }
  if (refills_json_find_member (place, "refund", &object) &&
      refills_json_place_get_kind (&object) == REFILLS_JSON_OBJECT) {
    self->refund_amount = find_line (&object, "amount");
    self->refund_currency = find_line (&object, "currency");
    self->refund_reason = find_line (&object, "reason");
  }
}

static void
read_transactions (RefillsOrderState      *self,
                   const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  RefillsJsonPlace list;

  if (!refills_json_find_member (place, "payment_transactions", &list))
    return;
  for (guint i = 0; i < refills_json_get_length (&list) && found->len < REFILLS_ORDER_MAX_TRANSACTIONS;
       i++) {
    RefillsJsonPlace element;
    g_autofree char *line = NULL;

    refills_json_get_element (&list, i, &element);
    if (refills_json_place_get_kind (&element) != REFILLS_JSON_STRING)
      continue;
    line = refills_text_clean_line (refills_json_place_get_text (&element), 0);
    if (!is_blank (line) && strlen (line) <= TRANSACTION_MAX_BYTES &&
        !g_ptr_array_find_with_equal_func (found, line, g_str_equal, NULL))
      g_ptr_array_add (found, g_steal_pointer (&line));
  }
  g_ptr_array_add (found, NULL);
  g_strfreev (self->transactions); /* the empty list it was made with */
  self->transactions = (char **) g_ptr_array_steal (found, NULL);
}

/* A code beside the deliveries belongs to the only one there is, unless that has its own (API reference,
 * section 11.3). */
static void
read_lone_code (RefillsOrderState      *self,
                const RefillsJsonPlace *place)
{
  static const char * const names[] = { "pin_code", "voucher_code" };
  RefillsDelivery *only = self->deliveries->len == 1 ? self->deliveries->pdata[0] : NULL;
  g_autofree char *code = NULL;

  if (self->deliveries->len + self->n_skipped > 1 ||
      (only != NULL && refills_delivery_has_any_secret (only)))
    return;
  for (gsize i = 0; code == NULL && i < G_N_ELEMENTS (names); i++)
    code = find_text (place, names[i], TRUE);
  if (code == NULL)
    return;

  g_ptr_array_add (self->deliveries, refills_delivery_new_from_code (only, code));
  if (only != NULL)
    g_ptr_array_remove_index (self->deliveries, 0);
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
  for (guint i = 0; i < MIN (length, REFILLS_ORDER_MAX_DELIVERIES); i++) {
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
  self->n_skipped += length - MIN (length, REFILLS_ORDER_MAX_DELIVERIES);
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
  g_autoptr (RefillsJson) root = NULL;
  RefillsJsonPlace place;

  g_return_val_if_fail (bytes != NULL, NULL);

  root = refills_json_parse (bytes, REFILLS_ORDER_MAX_BYTES, error);
  if (root == NULL)
    return NULL;
  refills_json_place_init (&place, root);

  return refills_order_state_new_from_json (&place, error);
}

/* Whether the time that an answer says can be that of its head. */
static gboolean
is_time_of (gint64 time,
            gint64 date)
{
  return time != 0 && (date == 0 || ABS (time - date) <= REFILLS_ORDER_SLIP_SECONDS);
}

/**
 * refills_order_state_new_from_answer:
 * @bytes: an answer
 * @date: the service's clock by the head of the answer, in epoch seconds; 0 when it did not say
 * @here: what this computer's clock shows, to go by where the service tells no time at all; 0 for nothing
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads an order as [ctor@OrderState.new_from_bytes] does, and notes when it was answered: what the answer says of that
 * itself is believed within a day of @date.
 *
 * Returns: (transfer full) (nullable): the state, or `NULL` with @error set
 */
RefillsOrderState *
refills_order_state_new_from_answer (GBytes  *bytes,
                                     gint64   date,
                                     gint64   here,
                                     GError **error)
{
  RefillsOrderState *self = refills_order_state_new_from_bytes (bytes, error);

  if (self == NULL)
    return NULL;

  date = MAX (date, 0);
  if (!is_time_of (self->server_time, date))
    self->server_time = 0;
  self->answered_at = self->server_time != 0 ? self->server_time : date;
  if (self->answered_at == 0)
    self->answered_at = MAX (here, 0);

  return self;
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
  self->summary_amount = find_summary_amount (place);
  self->sent_coin_amount = find_text (place, "sent_coin_amount", TRUE);
  self->missing_amount = find_text (place, "missing_amount", TRUE);
  self->missing_amount_qr_text = find_text (place, "missing_amount_qr_text", FALSE);
  self->qr_text = find_text (place, "qr_text", FALSE);
  self->checkout_uri = find_text (place, "checkout_url", FALSE);
  self->created_at = find_time (place, "created_at");
  self->payment_requested_at = find_time (place, "payment_requested_at");
  self->server_time = find_time (place, "timestamp_of_request");
  self->updated_at = find_time (place, "updated_at");
  read_money (self, place);
  read_transactions (self, place);
  read_deliveries (self, place);
  read_lone_code (self, place);
  refills_order_state_trim_payment_texts (self);
  self->phase = choose_phase (self);

  return g_steal_pointer (&self);
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
