/* refills-payment.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPayment:
 *
 * What may be paid, where and how much: the one record that text, QR code and clipboard show.
 *
 * Immutable. Made only from an order's state that agrees with what was asked; where anything does
 * not, there is no payment, and nothing payable to show. It never shows the service's own QR text.
 */

#include "refills-payment.h"

#include "refills-decimal.h"
#include "refills-order-comparison.h"

#include <glib/gi18n.h>

#include <string.h>

#define LIGHTNING_NETWORK "Lightning"
#define ADDRESS_MAX_BYTES 128
#define INVOICE_MAX_BYTES 2048

struct _RefillsPayment {
  GObject parent_instance;

  char *address;
  char *amount;
  char *coin;
  char *network_title;
  char *amount_label;
  char *qr_text;
  gint64 payable_until;
};

G_DEFINE_QUARK (refills-payment-error-quark, refills_payment_error)

G_DEFINE_FINAL_TYPE (RefillsPayment, refills_payment, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ADDRESS,
  PROP_AMOUNT,
  PROP_COIN,
  PROP_NETWORK_TITLE,
  PROP_AMOUNT_LABEL,
  PROP_QR_TEXT,
  PROP_PAYABLE_UNTIL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
check_what_was_asked (RefillsOrderState    *state,
                      RefillsOrderRequest  *asked,
                      GError              **error)
{
  const struct {
    const char *answered;
    const char *wanted;
    const char *what;
  } pairs[] = {
    { refills_order_state_get_coin (state), refills_order_request_get_coin (asked), "coin" },
    { refills_order_state_get_network (state), refills_order_request_get_network_name (asked),
      "network" },
    { refills_order_state_get_payment_via (state), refills_order_request_get_payment_via (asked),
      "way to pay" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    /* An exchange has no networks to choose from, and names what it likes. */
    if (g_strcmp0 (pairs[i].wanted, "") != 0 && g_strcmp0 (pairs[i].answered, pairs[i].wanted) != 0) {
      g_set_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED,
                   "the %s is not the one asked for", pairs[i].what);
      return FALSE;
    }
  }

  if (!refills_order_comparison_is_state_of (state, asked)) {
    g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES,
                         "the deliveries are not those asked for");
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_address (const char  *address,
               gboolean     is_lightning,
               GError     **error)
{
  gsize length = address != NULL ? strlen (address) : 0;

  if (length == 0 || length > (is_lightning ? INVOICE_MAX_BYTES : ADDRESS_MAX_BYTES)) {
    g_set_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ADDRESS,
                 "an address of %" G_GSIZE_FORMAT " bytes", length);
    return FALSE;
  }
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isgraph (address[i])) {
      g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ADDRESS,
                           "an address with a blank or a character that is not ASCII");
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
refuse_amount (const char  *reason,
               GError     **error)
{
  g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_AMOUNT, reason);

  return FALSE;
}

/* The whole amount of the order, whatever of it is still to be paid. */
static gboolean
check_amount (const char           *text,
              RefillsOrderRequest  *asked,
              RefillsDecimal       *amount,
              GError              **error)
{
  const char *quoted_text = refills_order_request_get_quoted_amount (asked);

  if (text == NULL || !refills_decimal_parse (text, amount, NULL))
    return refuse_amount ("an amount that is no plain decimal number", error);
  if (refills_decimal_is_zero (amount))
    return refuse_amount ("an amount of nothing", error);
  if (quoted_text != NULL && !refills_order_comparison_is_within_limit (text, quoted_text))
    return refuse_amount ("an amount above the total that was agreed to", error);

  return TRUE;
}

/* Whether what has come and what is asked for now are together no more than the whole may be. */
static gboolean
is_within_whole (RefillsOrderState    *state,
                 const RefillsDecimal *missing)
{
  const char *sent_text = refills_order_state_get_sent_coin_amount (state);
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  RefillsDecimal all = REFILLS_DECIMAL_ZERO;
  g_autofree char *all_text = NULL;

  if (sent_text == NULL || !refills_decimal_parse (sent_text, &sent, NULL))
    return TRUE;
  if (!refills_decimal_add (&sent, missing, &all))
    return FALSE;
  all_text = refills_decimal_to_text (&all);

  return refills_order_comparison_is_within_limit (all_text, refills_order_state_get_coin_amount (state));
}

/* What is still to be paid: the service's figure where it is sane, else what has not come yet. */
static char *
choose_missing_amount (RefillsOrderState     *state,
                       const RefillsDecimal  *whole,
                       RefillsDecimal        *missing,
                       GError               **error)
{
  const char *missing_text = refills_order_state_get_missing_amount (state);
  const char *sent_text = refills_order_state_get_sent_coin_amount (state);
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  if (missing_text != NULL) {
    if (!refills_decimal_parse (missing_text, missing, NULL) || refills_decimal_is_zero (missing) ||
        refills_decimal_compare (missing, whole) > 0 || !is_within_whole (state, missing)) {
      refuse_amount ("a missing amount that cannot be", error);
      return NULL;
    }
    return g_strdup (missing_text);
  }

  if (sent_text == NULL || !refills_decimal_parse (sent_text, &sent, NULL) ||
      refills_decimal_compare (&sent, whole) >= 0 ||
      !refills_decimal_subtract (whole, &sent, missing)) {
    refuse_amount ("a part payment without a missing amount", error);
    return NULL;
  }

  return refills_decimal_to_short_text (missing);
}

static gint64
choose_payable_until (RefillsOrderState *state)
{
  gint64 start = refills_order_state_get_payment_requested_at (state);

  if (start == 0)
    start = refills_order_state_get_created_at (state);
  if (start == 0 || start > G_MAXINT64 - REFILLS_PAYMENT_WINDOW_MINUTES * 60)
    return 0;

  return start + REFILLS_PAYMENT_WINDOW_MINUTES * 60;
}

static void
refills_payment_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsPayment *self = REFILLS_PAYMENT (object);

  switch (prop_id) {
  case PROP_ADDRESS:
    g_value_set_string (value, self->address);
    break;
  case PROP_AMOUNT:
    g_value_set_string (value, self->amount);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_NETWORK_TITLE:
    g_value_set_string (value, self->network_title);
    break;
  case PROP_AMOUNT_LABEL:
    g_value_set_string (value, self->amount_label);
    break;
  case PROP_QR_TEXT:
    g_value_set_string (value, self->qr_text);
    break;
  case PROP_PAYABLE_UNTIL:
    g_value_set_int64 (value, self->payable_until);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_payment_finalize (GObject *object)
{
  RefillsPayment *self = REFILLS_PAYMENT (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->network_title, g_free);
  g_clear_pointer (&self->amount_label, g_free);
  g_clear_pointer (&self->qr_text, g_free);

  G_OBJECT_CLASS (refills_payment_parent_class)->finalize (object);
}

static void
refills_payment_class_init (RefillsPaymentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_payment_get_property;
  object_class->finalize = refills_payment_finalize;

  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  props[PROP_AMOUNT] = g_param_spec_string ("amount", NULL, NULL, NULL, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  props[PROP_NETWORK_TITLE] = g_param_spec_string ("network-title", NULL, NULL, NULL, flags);
  props[PROP_AMOUNT_LABEL] = g_param_spec_string ("amount-label", NULL, NULL, NULL, flags);
  props[PROP_QR_TEXT] = g_param_spec_string ("qr-text", NULL, NULL, NULL, flags);
  props[PROP_PAYABLE_UNTIL] = g_param_spec_int64 ("payable-until", NULL, NULL,
                                                  0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_payment_init (RefillsPayment *self)
{
}

/**
 * refills_payment_error_to_text:
 * @error: (nullable): an error of [ctor@Payment.new]
 *
 * Returns: (nullable): a sentence for people, `NULL` for no error
 */
const char *
refills_payment_error_to_text (const GError *error)
{
  if (error == NULL)
    return NULL;
  if (error->domain != REFILLS_PAYMENT_ERROR)
    return _("The payment cannot be shown. Don’t pay.");

  switch ((RefillsPaymentError) error->code) {
  case REFILLS_PAYMENT_ERROR_CHANGED:
    return _("The service changed the payment after the order was made. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_NOT_AS_ASKED:
    return _("The service asks for another payment than you chose. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES:
    return _("The service made another order than you asked for. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_ADDRESS:
    return _("The payment address looks wrong. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_AMOUNT:
    return _("The amount looks wrong. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_MEMO:
    return _("The service wants a memo or tag with this payment, which cannot be checked here. "
             "Order again with another coin or network. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_NOT_PAYABLE:
    return _("This order cannot be paid now. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_ELSEWHERE:
    return _("This order is paid on a page of the exchange.");
  default:
    return _("The payment cannot be shown. Don’t pay.");
  }
}

/**
 * refills_payment_new:
 * @state: an order's state
 * @asked: what was asked
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Verifies that @state can be paid and asks for what was agreed to: the phase, no alarm, no memo, the
 * coin, network, way to pay and deliveries, an address that could be one, an amount by the grammar
 * `[0-9]{1,30}(\.[0-9]{1,40})?`, above zero, at most 1 % above the validated total and no finer
 * than the token. After a part payment the amount is what is missing. What is paid at an exchange passes the same
 * but for address and network, and is no payment of a wallet: %REFILLS_PAYMENT_ERROR_ELSEWHERE.
 *
 * Returns: (transfer full) (nullable): the payment, or `NULL` with @error set
 */
RefillsPayment *
refills_payment_new (RefillsOrderState    *state,
                     RefillsOrderRequest  *asked,
                     GError              **error)
{
  g_autoptr (RefillsPayment) self = NULL;
  g_autofree char *amount_text = NULL;
  RefillsDecimal whole = REFILLS_DECIMAL_ZERO;
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  const char *address = NULL;
  gboolean is_lightning = FALSE;
  int decimals = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  if (refills_order_request_is_outline (asked)) {
    g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED,
                         "what was asked is not known");
    return NULL;
  }
  if (refills_order_state_get_alarm (state) != REFILLS_ORDER_ALARM_NONE) {
    g_set_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_CHANGED,
                 "the order was changed: alarm %u", (guint) refills_order_state_get_alarm (state));
    return NULL;
  }
  if (refills_order_state_get_memo (state) != NULL) {
    g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_MEMO,
                         "the payment needs a memo or tag");
    return NULL;
  }
  if (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT &&
      refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_PARTIALLY_PAID) {
    g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_PAYABLE,
                         "the order does not wait for a payment");
    return NULL;
  }

  address = refills_order_state_get_wallet_address (state);
  is_lightning = g_strcmp0 (refills_order_request_get_network_name (asked),
                            LIGHTNING_NETWORK) == 0;
  if (!check_what_was_asked (state, asked, error))
    return NULL;
  if (*refills_order_request_get_network_name (asked) == '\0') {
    if (check_amount (refills_order_state_get_coin_amount (state), asked, &whole, error))
      g_set_error_literal (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ELSEWHERE,
                           "the order is paid elsewhere");
    return NULL;
  }
  if (!check_address (address, is_lightning, error) ||
      !check_amount (refills_order_state_get_coin_amount (state), asked, &whole, error))
    return NULL;

  if (refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_PARTIALLY_PAID) {
    amount_text = choose_missing_amount (state, &whole, &amount, error);
    if (amount_text == NULL)
      return NULL;
  } else {
    amount_text = g_strdup (refills_order_state_get_coin_amount (state));
    amount = whole;
  }

  decimals = refills_order_request_get_decimals (asked);
  if (decimals >= 0) {
    g_autofree char *units = refills_decimal_to_units (&amount, (guint) decimals, NULL);

    if (units == NULL) {
      refuse_amount ("an amount finer than the token", error);
      return NULL;
    }
  }

  self = g_object_new (REFILLS_TYPE_PAYMENT, NULL);
  self->address = g_strdup (address);
  self->amount = g_steal_pointer (&amount_text);
  self->coin = g_strdup (refills_order_request_get_coin (asked));
  self->network_title = g_strdup (refills_order_request_get_network_title (asked));
  /* Translators: an amount and its coin, such as "25.37 USDC". */
  self->amount_label = g_strdup_printf (C_("amount", "%1$s %2$s"), self->amount, self->coin);
  /* Capitals make a smaller code, and an invoice means the same in either case (BOLT 11). */
  self->qr_text = is_lightning ? g_ascii_strup (address, -1) : g_strdup (address);
  self->payable_until = choose_payable_until (state);

  return g_steal_pointer (&self);
}

/**
 * refills_payment_equal:
 * @a: a payment
 * @b: another
 *
 * Returns: whether both ask for the same: address, amount, coin, QR code and time
 */
gboolean
refills_payment_equal (RefillsPayment *a,
                       RefillsPayment *b)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_PAYMENT (b), FALSE);

  return g_str_equal (a->address, b->address) && g_str_equal (a->amount, b->amount) &&
         g_str_equal (a->coin, b->coin) && g_str_equal (a->qr_text, b->qr_text) &&
         a->payable_until == b->payable_until;
}

/**
 * refills_payment_get_address:
 * @self: a payment
 *
 * Returns: where to pay to; an invoice for Lightning
 */
const char *
refills_payment_get_address (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->address;
}

/**
 * refills_payment_get_amount:
 * @self: a payment
 *
 * Returns: how much to send, in coin units, exactly as the service wrote it
 */
const char *
refills_payment_get_amount (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->amount;
}

/**
 * refills_payment_get_coin:
 * @self: a payment
 *
 * Returns: the symbol of the coin
 */
const char *
refills_payment_get_coin (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->coin;
}

/**
 * refills_payment_get_network_title:
 * @self: a payment
 *
 * Returns: the name of the network that people know
 */
const char *
refills_payment_get_network_title (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->network_title;
}

/**
 * refills_payment_get_amount_label:
 * @self: a payment
 *
 * Returns: how much to send, for screens, such as "25.37 USDC"
 */
const char *
refills_payment_get_amount_label (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->amount_label;
}

/**
 * refills_payment_get_qr_text:
 * @self: a payment
 *
 * Returns: what the QR code says
 */
const char *
refills_payment_get_qr_text (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->qr_text;
}

/**
 * refills_payment_get_payable_until:
 * @self: a payment
 *
 * Returns: the end of the time to pay, in epoch seconds of the service's clock; 0 when unknown
 */
gint64
refills_payment_get_payable_until (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), 0);

  return self->payable_until;
}
