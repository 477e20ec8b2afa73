/* refills-product-option.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProductOption:
 *
 * One thing a brand sells: a fixed value, or any value of a range (API reference, section 6).
 *
 * Immutable. It never converts a currency; amounts are exact decimals.
 */

#include "refills-product-option.h"

#include "refills-error.h"
#include "refills-plan-facts-private.h"
#include "refills-rich-text.h"

#include <glib/gi18n.h>

#include <string.h>

#define LABEL_MAX_CHARACTERS 120
#define CURRENCY_MAX_CHARACTERS 12

struct _RefillsProductOption {
  GObject parent_instance;

  gboolean range;
  char *denomination;
  char *label;
  char *currency;
  char *delivery_type;
  char *coin;
  char *coin_amount;
  char *price_label;
  RefillsDecimal minimum;
  RefillsDecimal maximum;
  RefillsDecimal step;
  RefillsDecimal suggested;
  gboolean has_suggested;
  RefillsPlanFacts plan;
};

G_DEFINE_FINAL_TYPE (RefillsProductOption, refills_product_option, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_RANGE,
  PROP_DENOMINATION,
  PROP_LABEL,
  PROP_CURRENCY,
  PROP_DELIVERY_TYPE,
  PROP_COIN,
  PROP_COIN_AMOUNT,
  PROP_PRICE_LABEL,
  PROP_VALIDITY,
  PROP_BENEFITS,
  PROP_DESCRIPTION,
  PROP_INSTRUCTIONS,
  PROP_TERMS,
  PROP_REGIONS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
refuse (const RefillsJsonPlace  *place,
        const char              *reason,
        GError                 **error)
{
  g_autofree char *path = refills_json_place_get_path (place);

  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s %s", path, reason);

  return FALSE;
}

static char *
clean_or_null (const char *text,
               gsize       max_characters)
{
  g_autofree char *clean = text != NULL ? refills_text_clean_line (text, max_characters) : NULL;

  return clean != NULL && *clean != '\0' ? g_steal_pointer (&clean) : NULL;
}

static char *
with_currency (RefillsProductOption *self,
               const char           *number)
{
  if (self->currency == NULL)
    return g_strdup (number);

  /* Translators: an amount and the code of its currency, such as "25 USD". */
  return g_strdup_printf (C_("amount", "%1$s %2$s"), number, self->currency);
}

static gboolean
read_face_value (RefillsProductOption    *self,
                 const RefillsJsonPlace  *place,
                 GError                 **error)
{
  RefillsJsonPlace face_value;
  const char *currency = NULL;

  if (!refills_json_find_member (place, "face_value", &face_value))
    return TRUE;
  if (!refills_json_place_expect (&face_value, REFILLS_JSON_OBJECT, error) ||
      !refills_json_read_string (&face_value, "currency_code", &currency, error))
    return FALSE;

  self->currency = clean_or_null (currency, CURRENCY_MAX_CHARACTERS);

  return TRUE;
}

/* A text or a number, and now and then outside of its own range: then there is none. */
static void
read_suggested (RefillsProductOption   *self,
                const RefillsJsonPlace *range)
{
  const char *text = NULL;

  self->has_suggested = refills_json_read_text (range, "default", &text, NULL) && text != NULL &&
                        refills_decimal_parse (text, &self->suggested, NULL) &&
                        !refills_decimal_is_zero (&self->suggested) &&
                        refills_decimal_compare (&self->suggested, &self->minimum) >= 0 &&
                        refills_decimal_compare (&self->suggested, &self->maximum) <= 0 &&
                        refills_decimal_is_on_step (&self->suggested, &self->minimum, &self->step);
}

static gboolean
read_range (RefillsProductOption    *self,
            const RefillsJsonPlace  *place,
            GError                 **error)
{
  RefillsJsonPlace range;
  const char *currency = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *both = NULL;

  if (!refills_json_require_member (place, "range", REFILLS_JSON_OBJECT, &range, error) ||
      !refills_json_require_decimal (&range, "min", &self->minimum, error) ||
      !refills_json_require_decimal (&range, "max", &self->maximum, error) ||
      !refills_json_require_decimal (&range, "step_size", &self->step, error) ||
      !refills_json_read_string (&range, "currency", &currency, error))
    return FALSE;
  if (refills_decimal_compare (&self->minimum, &self->maximum) > 0)
    return refuse (&range, "ends before it begins", error);
  if (refills_decimal_is_zero (&self->maximum))
    return refuse (&range, "holds nothing", error);
  if (refills_decimal_is_zero (&self->step))
    return refuse (&range, "has no step", error);

  if (currency != NULL && *currency != '\0') {
    g_clear_pointer (&self->currency, g_free);
    self->currency = clean_or_null (currency, CURRENCY_MAX_CHARACTERS);
  }
  self->denomination = g_strdup ("range");
  read_suggested (self, &range);

  least = refills_decimal_to_short_text (&self->minimum);
  most = refills_decimal_to_short_text (&self->maximum);
  /* Translators: the least and the greatest amount, such as "10 – 500". */
  both = g_strdup_printf (C_("amounts", "%1$s – %2$s"), least, most);
  self->label = with_currency (self, both);

  return TRUE;
}

static gboolean
read_fixed (RefillsProductOption    *self,
            const RefillsJsonPlace  *place,
            GError                 **error)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  const char *denomination = NULL;
  const char *localized = NULL;
  const char *coin_amount = NULL;

  if (!refills_json_require_string (place, "denomination", &denomination, error) ||
      !refills_json_read_string (place, "localized_denomination", &localized, error) ||
      !refills_json_read_text (place, "coin_amount", &coin_amount, error))
    return FALSE;
  /* "range" as a fixed value would order something else. */
  if (*denomination == '\0' || g_str_equal (denomination, "range"))
    return refuse (place, "has no denomination", error);

  self->denomination = g_strdup (denomination);
  self->label = clean_or_null (localized, LABEL_MAX_CHARACTERS);
  if (self->label == NULL)
    self->label = clean_or_null (denomination, LABEL_MAX_CHARACTERS);
  if (self->label == NULL)
    return refuse (place, "has a denomination that cannot be shown", error);

  if (coin_amount != NULL && self->coin != NULL &&
      refills_decimal_parse (coin_amount, &amount, NULL) && !refills_decimal_is_zero (&amount)) {
    self->coin_amount = g_strdup (coin_amount);
    self->price_label = g_strdup_printf (C_("amount", "%1$s %2$s"), coin_amount, self->coin);
  }

  return TRUE;
}

/* A comma is a decimal separator where it cannot be anything else: "12,5" but not "1,000". */
static char *
normalize_typed (const char *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));
  char *comma = strchr (typed, ',');

  if (comma != NULL && strchr (typed, '.') == NULL && strchr (comma + 1, ',') == NULL) {
    gsize after = strlen (comma + 1);

    if (comma > typed && (after == 1 || after == 2))
      *comma = '.';
  }

  return g_steal_pointer (&typed);
}

static char *
make_step_complaint (RefillsProductOption *self)
{
  const RefillsDecimal zero = REFILLS_DECIMAL_ZERO;
  g_autofree char *step = refills_decimal_to_short_text (&self->step);
  g_autofree char *least = NULL;

  if (refills_decimal_is_on_step (&self->minimum, &zero, &self->step)) {
    g_autofree char *amount = NULL;

    if (g_str_equal (step, "1"))
      return g_strdup (_("Enter a whole amount"));

    amount = with_currency (self, step);
    /* Translators: %s is an amount such as "5 USD". */
    return g_strdup_printf (_("Enter a whole multiple of %s"), amount);
  }

  least = refills_decimal_to_short_text (&self->minimum);
  /* Translators: both are numbers, such as "Enter 7 plus a multiple of 5". */
  return g_strdup_printf (_("Enter %1$s plus a multiple of %2$s"), least, step);
}

static char *
make_range_complaint (RefillsProductOption *self)
{
  g_autofree char *least = refills_decimal_to_short_text (&self->minimum);
  g_autofree char *most = refills_decimal_to_short_text (&self->maximum);
  g_autofree char *from = with_currency (self, least);
  g_autofree char *to = with_currency (self, most);

  /* Translators: both are amounts, such as "10 USD" and "500 USD". */
  return g_strdup_printf (_("Enter an amount between %1$s and %2$s"), from, to);
}

static void
refills_product_option_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  RefillsProductOption *self = REFILLS_PRODUCT_OPTION (object);

  switch (prop_id) {
  case PROP_RANGE:
    g_value_set_boolean (value, self->range);
    break;
  case PROP_DENOMINATION:
    g_value_set_string (value, self->denomination);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_CURRENCY:
    g_value_set_string (value, self->currency);
    break;
  case PROP_DELIVERY_TYPE:
    g_value_set_string (value, self->delivery_type);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_COIN_AMOUNT:
    g_value_set_string (value, self->coin_amount);
    break;
  case PROP_PRICE_LABEL:
    g_value_set_string (value, self->price_label);
    break;
  case PROP_VALIDITY:
    g_value_set_string (value, self->plan.validity);
    break;
  case PROP_BENEFITS:
    g_value_set_string (value, self->plan.benefits);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->plan.description);
    break;
  case PROP_INSTRUCTIONS:
    g_value_set_string (value, self->plan.instructions);
    break;
  case PROP_TERMS:
    g_value_set_string (value, self->plan.terms);
    break;
  case PROP_REGIONS:
    g_value_set_boxed (value, self->plan.regions);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_product_option_finalize (GObject *object)
{
  RefillsProductOption *self = REFILLS_PRODUCT_OPTION (object);

  g_clear_pointer (&self->denomination, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->currency, g_free);
  g_clear_pointer (&self->delivery_type, g_free);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->coin_amount, g_free);
  g_clear_pointer (&self->price_label, g_free);
  refills_plan_facts_clear (&self->plan);

  G_OBJECT_CLASS (refills_product_option_parent_class)->finalize (object);
}

static void
refills_product_option_class_init (RefillsProductOptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_product_option_get_property;
  object_class->finalize = refills_product_option_finalize;

  props[PROP_RANGE] = g_param_spec_boolean ("range", NULL, NULL, FALSE, flags);
  props[PROP_DENOMINATION] = g_param_spec_string ("denomination", NULL, NULL, NULL, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL, flags);
  props[PROP_DELIVERY_TYPE] = g_param_spec_string ("delivery-type", NULL, NULL, NULL, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  props[PROP_COIN_AMOUNT] = g_param_spec_string ("coin-amount", NULL, NULL, NULL, flags);
  props[PROP_PRICE_LABEL] = g_param_spec_string ("price-label", NULL, NULL, NULL, flags);
  props[PROP_VALIDITY] = g_param_spec_string ("validity", NULL, NULL, NULL, flags);
  props[PROP_BENEFITS] = g_param_spec_string ("benefits", NULL, NULL, NULL, flags);
  props[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  props[PROP_INSTRUCTIONS] = g_param_spec_string ("instructions", NULL, NULL, NULL, flags);
  props[PROP_TERMS] = g_param_spec_string ("terms", NULL, NULL, NULL, flags);
  props[PROP_REGIONS] = g_param_spec_boxed ("regions", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_product_option_init (RefillsProductOption *self)
{
}

/**
 * refills_product_option_new_from_json:
 * @place: one element of `products`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads an option. Unknown members are ignored. A fixed value without a denomination, and a
 * range that holds nothing or has no step, is an error: it could not be ordered.
 *
 * Returns: (transfer full) (nullable): the option, or `NULL` with @error set
 */
RefillsProductOption *
refills_product_option_new_from_json (const RefillsJsonPlace  *place,
                                      GError                 **error)
{
  g_autoptr (RefillsProductOption) self = NULL;
  RefillsJsonPlace range;
  const char *delivery_type = NULL;
  const char *coin = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_PRODUCT_OPTION, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_read_boolean (place, "is_dynamic",
                                  refills_json_find_member (place, "range", &range),
                                  &self->range, error) ||
      !refills_json_read_string (place, "delivery_type", &delivery_type, error) ||
      !refills_json_read_string (place, "coin", &coin, error) ||
      !read_face_value (self, place, error))
    return NULL;

  self->delivery_type = g_strdup (delivery_type);
  self->coin = clean_or_null (coin, CURRENCY_MAX_CHARACTERS);
  if (!(self->range ? read_range (self, place, error) : read_fixed (self, place, error)))
    return NULL;
  refills_plan_facts_read (&self->plan, place);

  return g_steal_pointer (&self);
}

/**
 * refills_product_option_is_range:
 * @self: an option
 *
 * Returns: whether the value is chosen from a range
 */
gboolean
refills_product_option_is_range (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), FALSE);

  return self->range;
}

/**
 * refills_product_option_get_denomination:
 * @self: an option
 *
 * Returns: what to send as `denomination`: the exact text of a fixed value, "range" for a range
 */
const char *
refills_product_option_get_denomination (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->denomination;
}

/**
 * refills_product_option_get_label:
 * @self: an option
 *
 * Returns: what it is, for screens, such as "25 USD" or "10 – 500 USD"
 */
const char *
refills_product_option_get_label (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->label;
}

/**
 * refills_product_option_get_currency:
 * @self: an option
 *
 * Returns: (nullable): the currency of the value, an ISO 4217 code
 */
const char *
refills_product_option_get_currency (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->currency;
}

/**
 * refills_product_option_get_delivery_type:
 * @self: an option
 *
 * Returns: (nullable): how it is delivered, such as "by_email"; an open set
 */
const char *
refills_product_option_get_delivery_type (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->delivery_type;
}

/**
 * refills_product_option_get_coin:
 * @self: an option
 *
 * Returns: (nullable): the coin of [method@ProductOption.get_coin_amount]
 */
const char *
refills_product_option_get_coin (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->coin;
}

/**
 * refills_product_option_get_coin_amount:
 * @self: an option
 *
 * Returns: (nullable): the indicative price in coin units; `NULL` for a range
 */
const char *
refills_product_option_get_coin_amount (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->coin_amount;
}

/**
 * refills_product_option_get_price_label:
 * @self: an option
 *
 * Returns: (nullable): the indicative price for screens, such as "11.47 USDC"
 */
const char *
refills_product_option_get_price_label (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->price_label;
}

/**
 * refills_product_option_get_range:
 * @self: an option
 * @minimum: (out) (optional): the least value, in units of the currency
 * @maximum: (out) (optional): the greatest value
 * @step: (out) (optional): values lie whole multiples of it above @minimum
 *
 * Returns: whether the option is a range; the figures are set only then
 */
gboolean
refills_product_option_get_range (RefillsProductOption *self,
                                  RefillsDecimal       *minimum,
                                  RefillsDecimal       *maximum,
                                  RefillsDecimal       *step)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), FALSE);

  if (!self->range)
    return FALSE;
  if (minimum != NULL)
    *minimum = self->minimum;
  if (maximum != NULL)
    *maximum = self->maximum;
  if (step != NULL)
    *step = self->step;

  return TRUE;
}

/**
 * refills_product_option_get_validity:
 * @self: an option
 *
 * Returns: (nullable): how long it is good for, such as "7 days"
 */
const char *
refills_product_option_get_validity (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->plan.validity;
}

/**
 * refills_product_option_get_benefits:
 * @self: an option
 *
 * Returns: (nullable): what is in it, such as "1 GB" or "Unlimited data"
 */
const char *
refills_product_option_get_benefits (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->plan.benefits;
}

/**
 * refills_product_option_get_description:
 * @self: an option
 *
 * Returns: (nullable): what it is, as plain text of several lines
 */
const char *
refills_product_option_get_description (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->plan.description;
}

/**
 * refills_product_option_get_instructions:
 * @self: an option
 *
 * Returns: (nullable): how its PIN is used, as plain text of several lines
 */
const char *
refills_product_option_get_instructions (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->plan.instructions;
}

/**
 * refills_product_option_get_terms:
 * @self: an option
 *
 * Returns: (nullable): the terms of its PIN, as plain text of several lines
 */
const char *
refills_product_option_get_terms (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return self->plan.terms;
}

/**
 * refills_product_option_get_regions:
 * @self: an option
 *
 * Returns: (nullable) (array zero-terminated=1): the codes of the countries and regions where it works, for
 *   [func@country_name_code]; an open set
 */
const char * const *
refills_product_option_get_regions (RefillsProductOption *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), NULL);

  return (const char * const *) self->plan.regions;
}

/**
 * refills_product_option_get_suggested:
 * @self: an option
 * @value: (out): the value to begin with, in units of the currency
 *
 * Returns: whether the option is a range for which the service suggests a value that can be ordered
 */
gboolean
refills_product_option_get_suggested (RefillsProductOption *self,
                                      RefillsDecimal       *value)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (self->has_suggested)
    *value = self->suggested;

  return self->has_suggested;
}

/**
 * refills_product_option_check_value:
 * @self: an option that is a range
 * @text: what a person typed
 * @value: (out) (optional): the value, in units of the currency
 * @complaint: (out) (optional) (transfer full): a sentence that says what to enter instead
 *
 * Checks an amount against the range. A comma is read as the decimal separator where it cannot
 * be anything else.
 *
 * Returns: whether the amount can be ordered; @value is set only then, @complaint only otherwise
 */
gboolean
refills_product_option_check_value (RefillsProductOption  *self,
                                    const char            *text,
                                    RefillsDecimal        *value,
                                    char                 **complaint)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  g_autofree char *typed = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (REFILLS_IS_PRODUCT_OPTION (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  typed = normalize_typed (text);
  if (!self->range)
    sentence = g_strdup (_("Choose one of the amounts"));
  else if (*typed == '\0')
    sentence = make_range_complaint (self);
  else if (strchr (typed, ',') != NULL)
    sentence = g_strdup (_("Enter the amount without separators, such as 1000"));
  else if (!refills_decimal_parse (typed, &amount, NULL))
    sentence = g_strdup (_("Enter the amount in digits, such as 25"));
  else if (refills_decimal_is_zero (&amount) ||
           refills_decimal_compare (&amount, &self->minimum) < 0 ||
           refills_decimal_compare (&amount, &self->maximum) > 0)
    sentence = make_range_complaint (self);
  else if (!refills_decimal_is_on_step (&amount, &self->minimum, &self->step))
    sentence = make_step_complaint (self);

  if (complaint != NULL)
    *complaint = g_strdup (sentence);
  if (sentence != NULL)
    return FALSE;
  if (value != NULL)
    *value = amount;

  return TRUE;
}
