/* refills-problem.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProblem:
 *
 * One reason why the service does not take an order (API reference, section 14).
 *
 * Immutable. A result, not an error: several come at once. It never shows the service's own text.
 */

#include "refills-problem.h"

#include "refills-decimal.h"
#include "refills-rich-text.h"

#include <glib/gi18n.h>

#define CODE_MAX_CHARACTERS 80
#define FIGURE_MAX_CHARACTERS 40

struct _RefillsProblem {
  GObject parent_instance;

  char *code;
  char *text;
  RefillsProblemSubject subject;
};

G_DEFINE_ENUM_TYPE (RefillsProblemSubject, refills_problem_subject,
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_ORDER, "order"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_PRODUCT, "product"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_BENEFICIARY, "beneficiary"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_AMOUNT, "amount"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_COIN, "coin"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_COUPON, "coupon"))

G_DEFINE_FINAL_TYPE (RefillsProblem, refills_problem, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CODE,
  PROP_TEXT,
  PROP_SUBJECT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

#define ORDER       REFILLS_PROBLEM_SUBJECT_ORDER
#define PRODUCT     REFILLS_PROBLEM_SUBJECT_PRODUCT
#define BENEFICIARY REFILLS_PROBLEM_SUBJECT_BENEFICIARY
#define AMOUNT      REFILLS_PROBLEM_SUBJECT_AMOUNT
#define COIN        REFILLS_PROBLEM_SUBJECT_COIN
#define NETWORK     REFILLS_PROBLEM_SUBJECT_NETWORK
#define COUPON      REFILLS_PROBLEM_SUBJECT_COUPON

static const struct {
  const char *code;
  RefillsProblemSubject subject;
  const char *text;
} known[] = {
  { REFILLS_PROBLEM_CODE_NOT_AS_ASKED, ORDER,
    N_("The service answered for something else. Nothing was ordered.") },
  { REFILLS_PROBLEM_CODE_UNREADABLE, ORDER,
    N_("The service named a problem that cannot be read.") },

  /* The service's own spelling. */
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED", AMOUNT,
    N_("The amount is too small for this coin and network. Choose a larger one.") },
  { "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", AMOUNT,
    N_("The amount is too large for one order. Choose a smaller one.") },
  { "DAILY_SPENDING_LIMIT_EXCEEDED", AMOUNT,
    N_("This is more than the service sells in a day without an account. "
       "Try again 24 hours after your last purchase.") },
  { "MONTHLY_SPENDING_LIMIT_EXCEEDED", AMOUNT,
    N_("This is more than the service sells in a month without an account. "
       "Try again next month.") },
  { "TRANSACTION_LIMIT_EXCEEDED", AMOUNT,
    N_("This is more than the service sells without an account. Choose a smaller amount.") },
  { "PRODUCT_COUNT_EXCEEDED", ORDER,
    N_("There are too many cards in one order.") },
  { "MULTIPLE_LIMITED_PRODUCT_SAME_ORDER", ORDER,
    N_("These cards cannot be bought together. Order them one by one.") },
  { "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED", PRODUCT,
    N_("No more of this card can be bought today. Try again tomorrow.") },
  { "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED", ORDER,
    N_("No more cards can be bought today. Try again tomorrow.") },

  { "NOT_AVAILABLE_PRODUCT", PRODUCT,
    N_("This card is not available. Choose another amount or brand.") },
  { "OUT_OF_STOCK", PRODUCT,
    N_("This card is out of stock. Choose another amount, or try again later.") },
  { "NOT_ACTIVE", PRODUCT,
    N_("This card is not sold at present.") },
  { "LOGIN_REQUIRED", PRODUCT,
    N_("This card is sold only to people with an account at Cryptorefills. "
       "Buy it on the website.") },
  { "BLOCKED_COUNTRY", PRODUCT,
    N_("The service does not sell to this country.") },

  { "INVALID_BENEFICIARY_ACCOUNT", BENEFICIARY,
    N_("The card cannot be delivered to this e-mail address or number. Check it.") },
  { "INVALID_EMAIL_DOMAIN", BENEFICIARY,
    N_("No mail can reach this e-mail address. Check it.") },
  { "EMAIL_NOT_CONFIRMED", BENEFICIARY,
    N_("The service wants this e-mail address to be confirmed on its website first.") },
  { "FULLNAME_MISSING", NETWORK,
    N_("The service asks for a full name to pay on this network. Choose another network.") },
  { "USER_BLOCKED", BENEFICIARY,
    N_("The service takes no orders for this e-mail address. Ask its support.") },
  { "USER_BLOCKED_BY_EXTERNAL_PAYMENT_PROCESSOR", BENEFICIARY,
    N_("The payment company takes no orders for this e-mail address. Ask the service’s support.") },

  { "NOT_ALLOWED_PAYMENT_VIA", COIN,
    N_("This card cannot be paid this way. Choose another way to pay.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_EMAIL", COIN,
    N_("This way to pay is not open for this e-mail address. Choose another coin.") },
  { "SUSPENDED_COIN", COIN,
    N_("This coin is not taken at present. Choose another one.") },
  { "SUSPENDED_NETWORK", NETWORK,
    N_("Payments on this network are not taken at present. Choose another one.") },
  { "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", NETWORK,
    N_("This card cannot be paid with this coin on this network. Choose another network.") },
  { "CANT_SETUP_PAYMENT", COIN,
    N_("The service could not prepare the payment. Try again, or choose another coin.") },

  { "COUPON_REQUIRES_LOGIN", COUPON, N_("This coupon works only with an account.") },
  { "COUPON_NOT_FOUND", COUPON, N_("There is no such coupon.") },
  { "COUPON_NOT_ACTIVE", COUPON, N_("This coupon is not active.") },
  { "COUPON_ALREADY_SPENT", COUPON, N_("This coupon has been used.") },
  { "COUPON_MAX_USAGE_REACHED", COUPON, N_("This coupon has been used as often as it can be.") },
  { "COUPON_NOT_VALID_FOR_USER", COUPON, N_("This coupon is for somebody else.") },
  { "COUPON_EXPIRED", COUPON, N_("This coupon has expired.") },
  { "COUPON_BELOW_MIN_AMOUNT", COUPON, N_("The amount is too small for this coupon.") },
  { "COUPON_NOT_VALID_FOR_CATEGORY", COUPON, N_("This coupon is for another kind of brand.") },
  { "COUPON_NOT_VALID_FOR_KIND", COUPON, N_("This coupon is for another kind of card.") },
  { "COUPON_NOT_VALID_FOR_BRAND", COUPON, N_("This coupon is for another brand.") },
  { "COUPON_NOT_VALID_FOR_COUNTRY", COUPON, N_("This coupon is for another country.") },
  { "COUPON_NOT_VALID_FOR_STORE", COUPON, N_("This coupon is for another store.") },

  { "LOYALTY_NOT_AVAILABLE_FOR_ORDER", ORDER, N_("Points cannot be used for this order.") },
  { "LOYALTY_REDEMPTION_NOT_AVAILABLE", ORDER, N_("Points cannot be used for this order.") },
  { "LOYALTY_BELOW_MINIMUM", ORDER, N_("There are too few points to use them.") },
  { "INSUFFICIENT_LOYALTY_POINTS", ORDER, N_("There are too few points.") },

  { "VERIFICATION_REQUIRED", ORDER,
    N_("The service asks for a verified account for this order. Buy it on the website.") },
  { "KYC_MISSING", ORDER,
    N_("The service asks for proof of identity for this order. Buy it on the website.") },
  { "KYC_PENDING", ORDER,
    N_("The service is still checking your identity. Try again later.") },
  { "KYC_MISSING_ON_PAYMENT_PROCESSOR", ORDER,
    N_("The payment company asks for proof of identity. Buy this on the website.") },
  { "KYC_PENDING_ON_PAYMENT_PROCESSOR", ORDER,
    N_("The payment company is still checking your identity. Try again later.") },
  { "KYC_INVALID_ON_PAYMENT_PROCESSOR", ORDER,
    N_("The payment company could not use your proof of identity. Ask the service’s support.") },
  { "KYC_DECLINED_ON_PAYMENT_PROCESSOR", ORDER,
    N_("The payment company declined your proof of identity. Ask the service’s support.") },

  { "FLIGHT_EXPIRED", PRODUCT, N_("This flight is no longer offered.") },
  { "STAY_EXPIRED", PRODUCT, N_("This stay is no longer offered.") },
  { "FLIGHT_SERVICE_NOT_AVAILABLE", PRODUCT, N_("Flights are not sold at present.") },
  { "STAY_SERVICE_NOT_AVAILABLE", PRODUCT, N_("Stays are not sold at present.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_FLIGHTS", COIN,
    N_("Flights cannot be paid this way. Choose another coin.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_STAYS", COIN,
    N_("Stays cannot be paid this way. Choose another coin.") },
  { "NFT_GIFT_CARD_NOT_APPLICABLE_FOR_SELECTED_PRODUCTS", ORDER,
    N_("The NFT card cannot be used for this.") },
  { "ORDER_AMOUNT_BELOW_MIN_FOR_NFT_GIFT_CARDS", AMOUNT,
    N_("The amount is too small for an NFT card.") },
  { "TOO_MANY_NFT_GIFT_CARDS", ORDER, N_("There are too many NFT cards in this order.") },

  { "BAD_REQUEST", ORDER, N_("The service could not read the order.") },
  { "ORDER_CREATE_ERROR", ORDER, N_("The service could not make the order. Try again later.") },
};

static char *
find_figure (const RefillsJsonPlace *details,
             const char             *name)
{
  const char *text = NULL;

  if (!refills_json_read_text (details, name, &text, NULL) || text == NULL)
    return NULL;

  return refills_text_clean_line (text, FIGURE_MAX_CHARACTERS);
}

/* A figure makes a better sentence than the word "small". Where one is missing or is not a
 * number the plain sentence stands. */
static char *
make_text_with_figures (const char             *code,
                        const RefillsJsonPlace *details)
{
  RefillsDecimal number = REFILLS_DECIMAL_ZERO;
  g_autofree char *figure = NULL;
  g_autofree char *unit = NULL;

  if (g_str_equal (code, "AMOUNT_LESS_THEN_MINIMUM_ALLOWED")) {
    figure = find_figure (details, "minimumAmountCoin");
    if (figure == NULL)
      figure = find_figure (details, "threshold");
    unit = find_figure (details, "minimumAmountCoinSymbol");
    if (figure == NULL || unit == NULL || *unit == '\0' ||
        !refills_decimal_parse (figure, &number, NULL))
      return NULL;
    return g_strdup_printf (_("The amount is too small: the least is %1$s %2$s."), figure, unit);
  }

  if (g_str_equal (code, "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED")) {
    figure = find_figure (details, "max_for_each_purchase");
    if (figure == NULL || *figure == '\0')
      return NULL;
    return g_strdup_printf (_("The amount is too large for one order: the most is %s."), figure);
  }

  if (g_str_equal (code, "PRODUCT_COUNT_EXCEEDED")) {
    guint64 most = 0;

    if (!refills_json_read_unsigned (details, "max_products_per_order", 0, &most, NULL) ||
        most == 0 || most > G_MAXINT)
      return NULL;
    return g_strdup_printf (ngettext ("One order holds at most %d card.",
                                      "One order holds at most %d cards.", (gulong) most),
                            (int) most);
  }

  if (g_str_equal (code, "COUPON_BELOW_MIN_AMOUNT")) {
    figure = find_figure (details, "min_order_amount");
    if (figure == NULL || *figure == '\0')
      return NULL;
    return g_strdup_printf (_("The amount is too small for this coupon: the least is %s."),
                            figure);
  }

  return NULL;
}

static char *
make_text_for_unknown (const char *code)
{
  g_autofree char *clean = refills_text_clean_line (code, CODE_MAX_CHARACTERS);
  g_autofree char *words = g_strdelimit (g_utf8_strdown (clean, -1), "_", ' ');

  /* Translators: %s is the service's own English code in words, such as "out of luck". */
  return g_strdup_printf (_("The order cannot be made: %s"), g_strstrip (words));
}

static void
refills_problem_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsProblem *self = REFILLS_PROBLEM (object);

  switch (prop_id) {
  case PROP_CODE:
    g_value_set_string (value, self->code);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_SUBJECT:
    g_value_set_enum (value, self->subject);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_problem_finalize (GObject *object)
{
  RefillsProblem *self = REFILLS_PROBLEM (object);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (refills_problem_parent_class)->finalize (object);
}

static void
refills_problem_class_init (RefillsProblemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_problem_get_property;
  object_class->finalize = refills_problem_finalize;

  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_SUBJECT] = g_param_spec_enum ("subject", NULL, NULL,
                                           REFILLS_TYPE_PROBLEM_SUBJECT,
                                           REFILLS_PROBLEM_SUBJECT_ORDER, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_problem_init (RefillsProblem *self)
{
}

/**
 * refills_problem_new_from_json:
 * @place: one element of `problems`, an object or a bare code; or the body of a refusal, whose
 *   code is in `detail`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a problem.
 *
 * Returns: (transfer full) (nullable): the problem, or `NULL` with @error set
 */
RefillsProblem *
refills_problem_new_from_json (const RefillsJsonPlace  *place,
                               GError                 **error)
{
  RefillsJsonPlace details;
  const char *code = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  if (refills_json_place_get_kind (place) == REFILLS_JSON_STRING)
    return refills_problem_new_for_code (refills_json_place_get_text (place));

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error))
    return NULL;
  if (refills_json_find_member (place, "problem", &details)) {
    if (!refills_json_require_string (place, "problem", &code, error))
      return NULL;
  } else if (refills_json_find_member (place, "detail", &details)) {
    if (!refills_json_require_string (place, "detail", &code, error))
      return NULL;
  } else if (!refills_json_require_string (place, "problem", &code, error)) {
    return NULL;
  }

  if (!refills_json_find_member (place, "moreDetails", &details))
    return refills_problem_new_for_code (code);

  return refills_problem_new_with_details (code, &details);
}

/**
 * refills_problem_new_with_details:
 * @code: a code of the service
 * @details: (nullable): its `moreDetails`, of any kind
 *
 * Makes a problem that tells the figures of its details. Those that cannot be read are left out.
 *
 * Returns: (transfer full): the problem
 */
RefillsProblem *
refills_problem_new_with_details (const char             *code,
                                  const RefillsJsonPlace *details)
{
  RefillsProblem *self = refills_problem_new_for_code (code);
  g_autofree char *text = details != NULL ? make_text_with_figures (self->code, details) : NULL;

  if (text != NULL) {
    g_clear_pointer (&self->text, g_free);
    self->text = g_steal_pointer (&text);
  }

  return self;
}

/**
 * refills_problem_code_is_known:
 * @code: a code word
 *
 * Returns: whether there is a sentence for it
 */
gboolean
refills_problem_code_is_known (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].code, code))
      return TRUE;

  return FALSE;
}

/**
 * refills_problem_new_for_code:
 * @code: a code of the service, or one of our own (`REFILLS_PROBLEM_CODE_…`)
 *
 * Makes a problem without figures. An unknown code is told in its own words.
 *
 * Returns: (transfer full): the problem
 */
RefillsProblem *
refills_problem_new_for_code (const char *code)
{
  RefillsProblem *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  if (*code == '\0')
    code = REFILLS_PROBLEM_CODE_UNREADABLE;

  self = g_object_new (REFILLS_TYPE_PROBLEM, NULL);
  self->code = g_strdup (code);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (g_str_equal (known[i].code, code)) {
      self->subject = known[i].subject;
      self->text = g_strdup (_(known[i].text));
      return self;
    }
  }
  self->text = make_text_for_unknown (code);

  return self;
}

/**
 * refills_problem_get_code:
 * @self: a problem
 *
 * Returns: the service's code
 */
const char *
refills_problem_get_code (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->code;
}

/**
 * refills_problem_get_text:
 * @self: a problem
 *
 * Returns: a sentence for people
 */
const char *
refills_problem_get_text (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->text;
}

/**
 * refills_problem_get_subject:
 * @self: a problem
 *
 * Returns: what of the order it is about
 */
RefillsProblemSubject
refills_problem_get_subject (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), REFILLS_PROBLEM_SUBJECT_ORDER);

  return self->subject;
}
