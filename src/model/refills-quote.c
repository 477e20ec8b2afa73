/* refills-quote.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsQuote:
 *
 * What an order would cost: the indicative price of a value (API reference, section 7) or the
 * binding total of a validated order (section 9), with the problems the service names.
 *
 * Immutable. Owns its problems. It never accepts an answer that is about something else than was
 * asked: the service may otherwise fall back to another, dearer product (section 8.3).
 */

#include "refills-quote.h"

#include "refills-error.h"
#include "refills-order-comparison.h"
#include "refills-problem.h"
#include "refills-refusal.h"
#include "refills-rich-text.h"

#include <glib/gi18n.h>

#define COIN_MAX_CHARACTERS 12

struct _RefillsQuote {
  GObject parent_instance;

  RefillsOrderRequest *asked; /* of a validation */
  gint64 asked_at;
  gboolean accepted;
  char *coin;
  char *coin_amount;
  char *label;
  GListModel *problems;
};

G_DEFINE_FINAL_TYPE (RefillsQuote, refills_quote, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ACCEPTED,
  PROP_COIN,
  PROP_COIN_AMOUNT,
  PROP_LABEL,
  PROP_PROBLEMS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
add_problem (RefillsQuote   *self,
             RefillsProblem *problem)
{
  g_list_store_append (G_LIST_STORE (self->problems), problem);
}

static void
add_problem_for_code (RefillsQuote *self,
                      const char   *code)
{
  g_autoptr (RefillsProblem) problem = refills_problem_new_for_code (code);

  add_problem (self, problem);
}

static void
add_problems (RefillsQuote        *self,
              GPtrArray           *problems,
              RefillsOrderRequest *asked)
{
  for (guint i = 0; i < problems->len; i++) {
    g_autoptr (RefillsProblem) bound = refills_problem_bind (problems->pdata[i], asked);

    add_problem (self, bound);
  }
}

static void
read_problems (RefillsQuote           *self,
               const RefillsJsonPlace *place,
               RefillsOrderRequest    *asked)
{
  g_autoptr (GPtrArray) list = NULL;
  RefillsJsonPlace problems;

  if (!refills_json_find_member (place, "problems", &problems))
    return;
  list = refills_refusal_read_list (&problems);
  add_problems (self, list, asked);
}

/* What cannot be read cannot be compared. */
static gboolean
read_echo (const RefillsJsonPlace *delivery,
           RefillsDeliveryEcho    *echo)
{
  RefillsJsonPlace deliverable;

  return refills_json_require_member (delivery, "deliverable", REFILLS_JSON_OBJECT, &deliverable, NULL) &&
         refills_json_require_string (&deliverable, "brand_name", &echo->brand_name, NULL) &&
         refills_json_read_string (&deliverable, "country_code", &echo->country, NULL) &&
         refills_json_read_text (&deliverable, "denomination", &echo->denomination, NULL) &&
         refills_json_read_text (&deliverable, "product_value", &echo->product_value, NULL) &&
         refills_json_read_string (&deliverable, "beneficiary_account", &echo->beneficiary, NULL);
}

/* Whether the answer speaks of what was asked. */
static gboolean
is_as_asked (const RefillsJsonPlace *place,
             RefillsOrderRequest    *asked)
{
  RefillsDeliveryEcho echoes[REFILLS_ORDER_REQUEST_MAX_LINES] = { { NULL } };
  RefillsJsonPlace deliveries;
  const char *coin = NULL;
  guint n_echoes = 0;

  if (!refills_json_read_string (place, "coin", &coin, NULL) ||
      (coin != NULL && g_strcmp0 (coin, refills_order_request_get_coin (asked)) != 0))
    return FALSE;

  if (!refills_json_require_member (place, "deliveries", REFILLS_JSON_ARRAY, &deliveries, NULL))
    return FALSE;
  n_echoes = refills_json_get_length (&deliveries);
  if (n_echoes > G_N_ELEMENTS (echoes))
    return FALSE;
  for (guint i = 0; i < n_echoes; i++) {
    RefillsJsonPlace delivery;

    refills_json_get_element (&deliveries, i, &delivery);
    if (!read_echo (&delivery, &echoes[i]))
      return FALSE;
  }

  return refills_order_comparison_are_echoes_of (echoes, n_echoes, asked);
}

/* What is to be paid is in the summary where a coupon pays for a part of the total. Else both say the same, or
 * something is wrong with either; the summary may be missing (API reference, section 17, C11). As for the order itself,
 * so that none is made whose payment would be refused: refills_payment_draft_check_amount(). */
static gboolean
choose_total (const RefillsJsonPlace  *place,
              RefillsOrderRequest     *asked,
              const char             **coin_amount)
{
  RefillsJsonPlace summary;
  const char *to_pay = NULL;
  RefillsDecimal rest = REFILLS_DECIMAL_ZERO;
  RefillsDecimal total = REFILLS_DECIMAL_ZERO;
  int order = 0;

  if (*coin_amount == NULL || !refills_json_find_member (place, "summary", &summary) ||
      refills_json_place_get_kind (&summary) != REFILLS_JSON_OBJECT ||
      !refills_json_read_text (&summary, "coin_amount_to_pay_in_crypto", &to_pay, NULL) ||
      to_pay == NULL)
    return TRUE;

  if (!refills_decimal_parse (to_pay, &rest, NULL) || !refills_decimal_parse (*coin_amount, &total, NULL))
    return FALSE;
  order = refills_decimal_compare (&rest, &total);
  if (order < 0 && refills_order_request_get_coupon (asked) != NULL) {
    *coin_amount = to_pay;
    return TRUE;
  }

  return order == 0;
}

/* A coupon that is silently left out would make the order dearer than its buyer thinks. */
static gboolean
has_coupon (const RefillsJsonPlace *place,
            RefillsOrderRequest    *asked)
{
  const char *coupon = NULL;

  if (refills_order_request_get_coupon (asked) == NULL)
    return TRUE;

  return refills_json_read_text (place, "coupon_code", &coupon, NULL) && coupon != NULL &&
         g_ascii_strcasecmp (coupon, refills_order_request_get_coupon (asked)) == 0;
}

/* Takes an amount that can be paid; an answer without problems must have one. */
static gboolean
take_amount (RefillsQuote            *self,
             const RefillsJsonPlace  *place,
             const char              *coin,
             const char              *coin_amount,
             GError                 **error)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  gboolean has_problems = g_list_model_get_n_items (self->problems) > 0;
  gboolean payable = coin_amount != NULL && refills_decimal_parse (coin_amount, &amount, NULL) &&
                     !refills_decimal_is_zero (&amount);

  if (!payable && !has_problems) {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                 "%s.coin_amount is no amount that could be paid", path);
    return FALSE;
  }

  self->coin = coin != NULL ? refills_text_clean_line (coin, COIN_MAX_CHARACTERS) : NULL;
  if (payable) {
    self->coin_amount = g_strdup (coin_amount);
    if (self->coin != NULL)
      /* Translators: an amount and its coin, such as "25.37 USDC". */
      self->label = g_strdup_printf (C_("amount", "%1$s %2$s"), coin_amount, self->coin);
  }
  self->accepted = payable && !has_problems;

  return TRUE;
}

static void
refills_quote_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsQuote *self = REFILLS_QUOTE (object);

  switch (prop_id) {
  case PROP_ACCEPTED:
    g_value_set_boolean (value, self->accepted);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_COIN_AMOUNT:
    g_value_set_string (value, self->coin_amount);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_PROBLEMS:
    g_value_set_object (value, self->problems);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_quote_finalize (GObject *object)
{
  RefillsQuote *self = REFILLS_QUOTE (object);

  g_clear_object (&self->asked);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->coin_amount, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->problems);

  G_OBJECT_CLASS (refills_quote_parent_class)->finalize (object);
}

static void
refills_quote_class_init (RefillsQuoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_quote_get_property;
  object_class->finalize = refills_quote_finalize;

  props[PROP_ACCEPTED] = g_param_spec_boolean ("accepted", NULL, NULL, FALSE, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  props[PROP_COIN_AMOUNT] = g_param_spec_string ("coin-amount", NULL, NULL, NULL, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_PROBLEMS] = g_param_spec_object ("problems", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_quote_init (RefillsQuote *self)
{
  self->problems = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_PROBLEM));
}

/**
 * refills_quote_new_from_price_json:
 * @place: the answer to a price request
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads an indicative price. Only a validation binds.
 *
 * Returns: (transfer full) (nullable): the quote, or `NULL` with @error set
 */
RefillsQuote *
refills_quote_new_from_price_json (const RefillsJsonPlace  *place,
                                   GError                 **error)
{
  g_autoptr (RefillsQuote) self = NULL;
  const char *coin = NULL;
  const char *coin_amount = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_QUOTE, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "coin", &coin, error) ||
      !refills_json_require_text (place, "coin_amount", &coin_amount, error) ||
      !take_amount (self, place, coin, coin_amount, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_quote_new_from_validation_json:
 * @place: the answer to a validation
 * @asked: what was asked
 * @asked_at: when it was sent, in microseconds of the caller's clock
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a validation. Without a `problems` member nothing was validated, which is an error;
 * `null` and an empty list mean that there are none (API reference, section 17, C10). An answer
 * that echoes another coin, brand, country, value, recipient or number of deliveries, or none, has a
 * problem; so has one whose summary asks for another amount than its total, unless there is a coupon
 * and it asks for less, which is the total then; and one that does not know of the coupon.
 *
 * Returns: (transfer full) (nullable): the quote, or `NULL` with @error set
 */
RefillsQuote *
refills_quote_new_from_validation_json (const RefillsJsonPlace  *place,
                                        RefillsOrderRequest     *asked,
                                        gint64                   asked_at,
                                        GError                 **error)
{
  g_autoptr (RefillsQuote) self = NULL;
  const char *coin = NULL;
  const char *coin_amount = NULL;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error))
    return NULL;
  if (!refills_json_has_member (place, "problems")) {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                 "%s.problems is missing: not validated", path);
    return NULL;
  }

  self = g_object_new (REFILLS_TYPE_QUOTE, NULL);
  self->asked = g_object_ref (asked);
  self->asked_at = asked_at;
  if (!refills_json_read_string (place, "coin", &coin, error) ||
      !refills_json_read_text (place, "coin_amount", &coin_amount, error))
    return NULL;

  read_problems (self, place, asked);
  if (g_list_model_get_n_items (self->problems) == 0) {
    if (!is_as_asked (place, asked) || !choose_total (place, asked, &coin_amount)) {
      g_message ("a validation speaks of something else than was asked");
      add_problem_for_code (self, REFILLS_PROBLEM_CODE_NOT_AS_ASKED);
    } else if (!has_coupon (place, asked)) {
      add_problem_for_code (self, REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED);
    }
  }
  if (!take_amount (self, place, coin != NULL ? coin : refills_order_request_get_coin (asked),
                    coin_amount, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_quote_new_refused:
 * @problems: (element-type RefillsProblem): why the service refused, at least one
 * @asked: what was asked, which the problems are bound to
 *
 * Returns: (transfer full): a quote without an amount, which is not accepted
 */
RefillsQuote *
refills_quote_new_refused (GPtrArray           *problems,
                           RefillsOrderRequest *asked)
{
  RefillsQuote *self = NULL;

  g_return_val_if_fail (problems != NULL && problems->len > 0, NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  self = g_object_new (REFILLS_TYPE_QUOTE, NULL);
  add_problems (self, problems, asked);

  return self;
}

/**
 * refills_quote_is_accepted:
 * @self: a quote
 *
 * Returns: whether there is an amount to pay and no problem
 */
gboolean
refills_quote_is_accepted (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), FALSE);

  return self->accepted;
}

/**
 * refills_quote_get_asked:
 * @self: a quote
 *
 * Returns: (transfer none) (nullable): what was validated; `NULL` for an indicative price and a refusal
 */
RefillsOrderRequest *
refills_quote_get_asked (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), NULL);

  return self->asked;
}

/**
 * refills_quote_get_asked_at:
 * @self: a quote
 *
 * Returns: when the validation was sent, in microseconds of the clock of who made the quote; 0 for none
 */
gint64
refills_quote_get_asked_at (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), 0);

  return self->asked_at;
}

/**
 * refills_quote_get_coin:
 * @self: a quote
 *
 * Returns: (nullable): the coin of the amount
 */
const char *
refills_quote_get_coin (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), NULL);

  return self->coin;
}

/**
 * refills_quote_get_coin_amount:
 * @self: a quote
 *
 * Returns: (nullable): the total exactly as sent, in coin units
 */
const char *
refills_quote_get_coin_amount (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), NULL);

  return self->coin_amount;
}

/**
 * refills_quote_get_label:
 * @self: a quote
 *
 * Returns: (nullable): the total for screens, such as "25.37 USDC"
 */
const char *
refills_quote_get_label (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), NULL);

  return self->label;
}

/**
 * refills_quote_get_problems:
 * @self: a quote
 *
 * Returns: (transfer none): the list of [class@Problem]
 */
GListModel *
refills_quote_get_problems (RefillsQuote *self)
{
  g_return_val_if_fail (REFILLS_IS_QUOTE (self), NULL);

  return self->problems;
}
