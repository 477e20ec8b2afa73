/* refills-cli-basket.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes of the words of a command line what can be ordered: looks up the brands for kind, delivery type and exact
 * denomination, and the coin for its network. What the service does not sell, and a recipient that is none, is refused
 * here, before anything is validated.
 */
#include "refills-cli-basket.h"

#include <glib/gi18n.h>
#include <string.h>

#include "refills-cli-fetch.h"
#include "refills-country.h"
#include "refills-email.h"
#include "refills-error.h"
#include "refills-payment-via.h"
#include "refills-product.h"
#include "refills-via-name.h"

#define RANGE_PREFIX "range="

/* One --line, taken apart; borrows from the text. */
typedef struct {
  char       *text;
  const char *brand;
  const char *denomination;
  const char *value;       /* of a range; NULL: @denomination counts */
  const char *beneficiary;
} Words;

static void
words_clear (Words *self)
{
  g_clear_pointer (&self->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* What stands behind the last bar in @text, which ends in front of it from then on. */
static const char *
cut_last (char *text)
{
  char *bar = strrchr (text, '|');

  if (bar == NULL)
    return NULL;
  *bar = '\0';

  return g_strstrip (bar + 1);
}

/* From the end: it is the name of a brand that may have a bar in it. */
static gboolean
words_init (Words      *self,
            const char *line)
{
  self->text = g_strdup (line);
  self->beneficiary = cut_last (self->text);
  self->denomination = self->beneficiary != NULL ? cut_last (self->text) : NULL;
  self->brand = g_strstrip (self->text);
  if (self->denomination == NULL || *self->brand == '\0' || *self->denomination == '\0' ||
      *self->beneficiary == '\0')
    return FALSE;
  self->value = g_str_has_prefix (self->denomination, RANGE_PREFIX)
                ? self->denomination + strlen (RANGE_PREFIX)
                : NULL;

  return TRUE;
}

/* What there is, for one who asked for something else: as long as it can be read. */
static void
add_choice (GString    *choices,
            const char *choice)
{
  g_string_append_printf (choices, "%s%s", choices->len > 0 ? ", " : "", choice);
}

static void
describe_option (GString              *choices,
                 RefillsProductOption *option)
{
  RefillsDecimal minimum, maximum, step;

  if (refills_product_option_get_range (option, &minimum, &maximum, &step)) {
    g_autofree char *least = refills_decimal_to_short_text (&minimum);
    g_autofree char *most = refills_decimal_to_short_text (&maximum);
    g_autofree char *choice = g_strdup_printf (RANGE_PREFIX "%s…%s", least, most);

    add_choice (choices, choice);
  } else {
    add_choice (choices, refills_product_option_get_denomination (option));
  }
}

/* Some brands sell the same value to a phone and as a PIN: the recipient says which is meant. */
static gboolean
suits_recipient (RefillsProduct       *product,
                 RefillsProductOption *option,
                 const char           *beneficiary)
{
  RefillsBeneficiaryKind kind = refills_beneficiary_kind_for (refills_product_option_get_delivery_type (option),
                                                              refills_product_get_kind (product));

  return refills_beneficiary_is_plausible (kind, beneficiary);
}

static RefillsProductOption *
find_option (RefillsCli     *cli,
             RefillsProduct *product,
             const Words    *words,
             int            *status)
{
  GListModel *options = refills_product_get_options (product);
  g_autoptr (RefillsProductOption) found = NULL;
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (RefillsProductOption) option = g_list_model_get_item (options, i);
    gboolean matches = refills_product_option_is_range (option)
                       ? words->value != NULL
                       : words->value == NULL &&
                         g_strcmp0 (refills_product_option_get_denomination (option), words->denomination) == 0;

    describe_option (choices, option);
    if (matches && (found == NULL || (!suits_recipient (product, found, words->beneficiary) &&
                                      suits_recipient (product, option, words->beneficiary))))
      g_set_object (&found, option);
  }
  if (found == NULL && choices->len == 0)
    *status = refills_cli_fail_input (cli, _("Sold out for now: %s."), words->brand);
  else if (found == NULL)
    *status = refills_cli_fail_input (cli, _("%s is not sold as “%s”. There is: %s"), words->brand,
                                      words->denomination, choices->str);

  return g_steal_pointer (&found);
}

static RefillsProduct *
find_product (RefillsCli  *cli,
              const Words *words,
              const char  *coin,
              int         *status)
{
  g_autofree char *path = g_build_path ("/", "/v5/products/country", cli->country, NULL);
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (RefillsJson) document = NULL;
  g_autofree char *country = refills_country_name_code (cli->country);
  RefillsJsonPlace root;

  refills_cli_add_query (query, "brand_name", words->brand);
  refills_cli_add_query (query, "coin", coin);
  refills_cli_add_query (query, "lang", cli->environment->language);
  document = refills_cli_fetch (cli, path, query, status);
  if (document == NULL)
    return NULL;
  refills_json_place_init (&root, document);
  if (refills_json_place_get_kind (&root) != REFILLS_JSON_ARRAY) {
    *status = refills_cli_fail_answer (cli);
    return NULL;
  }
  for (guint i = 0; i < refills_json_get_length (&root); i++) {
    RefillsJsonPlace place;
    g_autoptr (RefillsProduct) product = NULL;

    refills_json_get_element (&root, i, &place);
    product = refills_product_new_from_json (&place, NULL);
    if (product != NULL && g_strcmp0 (refills_product_get_brand_name (product), words->brand) == 0)
      return g_steal_pointer (&product);
  }
  *status = refills_cli_fail_input (cli, _("Nothing called “%s” is sold in %s."), words->brand, country);

  return NULL;
}

static int
fail_beneficiary (RefillsCli             *cli,
                  const Words            *words,
                  RefillsBeneficiaryKind  kind)
{
  switch (kind) {
  case REFILLS_BENEFICIARY_PHONE:
    return refills_cli_fail_input (cli, _("%s goes to a phone: “%s” is not a number with its country code, as in "
                                          "+14155551234."), words->brand, words->beneficiary);
  case REFILLS_BENEFICIARY_ACCOUNT:
    return refills_cli_fail_input (cli, _("%s goes to an account: “%s” is not the number of one."), words->brand,
                                   words->beneficiary);
  case REFILLS_BENEFICIARY_EMAIL:
  default:
    return refills_cli_fail_input (cli, _("%s goes to an e-mail address: “%s” is not one."), words->brand,
                                   words->beneficiary);
  }
}

static RefillsOrderLine *
resolve_line (RefillsCli *cli,
              const char *text,
              const char *coin,
              int        *status)
{
  g_auto (Words) words = { 0 };
  g_autoptr (RefillsProduct) product = NULL;
  g_autoptr (RefillsProductOption) option = NULL;
  g_autoptr (RefillsOrderLine) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;
  RefillsOrderLineFields fields = { 0 };

  words_init (&words, text); /* looked at before */
  product = find_product (cli, &words, coin, status);
  option = product != NULL ? find_option (cli, product, &words, status) : NULL;
  if (option == NULL)
    return NULL;
  if (words.value != NULL) {
    g_autofree char *complaint = NULL;
    RefillsDecimal decimal;

    if (!refills_product_option_check_value (option, words.value, &decimal, &complaint)) {
      *status = refills_cli_fail_input (cli, "%s: %s", words.brand, complaint);
      return NULL;
    }
    value = refills_decimal_to_short_text (&decimal);
    label = g_strdup_printf ("%s %s", value, refills_product_option_get_currency (option));
  } else {
    label = g_strdup (refills_product_option_get_label (option));
  }

  fields.brand_name = words.brand;
  fields.country = cli->country;
  fields.kind = refills_product_get_kind (product);
  fields.denomination = words.value != NULL ? "range" : words.denomination;
  fields.product_value = value;
  fields.face_label = label;
  fields.delivery_type = refills_product_option_get_delivery_type (option);
  fields.beneficiary = words.beneficiary;
  line = refills_order_line_new (&fields);
  if (!refills_order_line_check_beneficiary (line, &error)) {
    *status = fail_beneficiary (cli, &words, refills_beneficiary_kind_for (fields.delivery_type, fields.kind));
    return NULL;
  }

  return g_steal_pointer (&line);
}

/* The network as the service lists it, with the facts that a payment is checked by.
 * @network: (out) (nullable): none, for a coin that is paid through an exchange */
static gboolean
find_network (RefillsCli             *cli,
              const RefillsCliBasket *basket,
              RefillsPaymentVia      *via,
              RefillsNetwork        **network,
              int                    *status)
{
  GListModel *coins = refills_payment_via_get_coins (via);
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (coins, i);
    GListModel *networks = refills_coin_get_networks (coin);
    gboolean is_it = g_strcmp0 (refills_coin_get_symbol (coin), basket->coin) == 0;

    if (is_it && g_list_model_get_n_items (networks) == 0 && basket->network == NULL)
      return TRUE;
    for (guint j = 0; j < g_list_model_get_n_items (networks); j++) {
      g_autoptr (RefillsNetwork) candidate = g_list_model_get_item (networks, j);
      g_autofree char *pair = g_strdup_printf ("%s/%s", refills_coin_get_symbol (coin),
                                               refills_network_get_name (candidate));

      if (is_it && g_strcmp0 (refills_network_get_name (candidate), basket->network) == 0) {
        *network = g_steal_pointer (&candidate);
        return TRUE;
      }
      add_choice (choices, pair);
    }
    if (g_list_model_get_n_items (networks) == 0)
      add_choice (choices, refills_coin_get_symbol (coin));
  }
  *status = refills_cli_fail_input (cli, _("%s does not take %s on “%s”. It takes: %s"),
                                    refills_payment_via_get_name (via), basket->coin,
                                    basket->network != NULL ? basket->network : "", choices->str);

  return FALSE;
}

static gboolean
resolve_network (RefillsCli             *cli,
                 const RefillsCliBasket *basket,
                 RefillsNetwork        **network,
                 int                    *status)
{
  g_autoptr (RefillsJson) document = refills_cli_fetch (cli, "/v3/payment_vias", NULL, status);
  g_autoptr (GString) choices = g_string_new (NULL);
  RefillsJsonPlace root;

  if (document == NULL)
    return FALSE;
  refills_json_place_init (&root, document);
  if (refills_json_place_get_kind (&root) != REFILLS_JSON_ARRAY) {
    *status = refills_cli_fail_answer (cli);
    return FALSE;
  }
  for (guint i = 0; i < refills_json_get_length (&root); i++) {
    RefillsJsonPlace place;
    g_autoptr (RefillsPaymentVia) via = NULL;

    refills_json_get_element (&root, i, &place);
    via = refills_payment_via_new_from_json (&place, NULL);
    if (via == NULL)
      continue;
    if (g_strcmp0 (refills_payment_via_get_name (via), basket->via) == 0)
      return find_network (cli, basket, via, network, status);
    add_choice (choices, refills_payment_via_get_name (via));
  }
  *status = refills_cli_fail_input (cli, _("“%1$s” is not a way to pay. There is: %2$s"), basket->via, choices->str);

  return FALSE;
}

/* What is wrong with the words themselves, before anything is asked. */
static gboolean
check_words (RefillsCli             *cli,
             const RefillsCliBasket *basket,
             int                    *status)
{
  guint n_lines = basket->lines != NULL ? g_strv_length (basket->lines) : 0;

  if (basket->email == NULL || basket->coin == NULL || n_lines == 0) {
    *status = refills_cli_fail_usage (_("%s is missing"), basket->email == NULL  ? "--email"
                                                          : basket->coin == NULL ? "--coin"
                                                                                 : "--line");
    return FALSE;
  }
  if (basket->network == NULL && !refills_via_name_is_elsewhere (basket->via)) {
    *status = refills_cli_fail_usage (_("%s is missing"), "--network");
    return FALSE;
  }
  for (guint i = 0; i < n_lines; i++) {
    g_auto (Words) words = { 0 };

    if (!words_init (&words, basket->lines[i])) {
      *status = refills_cli_fail_usage (_("“%s” is not BRAND|DENOMINATION|BENEFICIARY"), basket->lines[i]);
      return FALSE;
    }
  }
  if (n_lines > REFILLS_ORDER_REQUEST_MAX_LINES) {
    *status = refills_cli_fail_input (cli, _("An order holds at most %d lines."), REFILLS_ORDER_REQUEST_MAX_LINES);
    return FALSE;
  }
  if (!refills_email_is_plausible (basket->email)) {
    *status = refills_cli_fail_input (cli, _("“%s” is not an e-mail address."), basket->email);
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_cli_basket_resolve:
 * @cli: the tool
 * @basket: what the command line says
 * @status: (out): what the command ends with where it cannot be ordered
 *
 * Looks everything up, and says what cannot be had.
 *
 * Returns: (transfer full) (nullable): what can be validated
 */
RefillsOrderRequest *
refills_cli_basket_resolve (RefillsCli             *cli,
                            const RefillsCliBasket *basket,
                            int                    *status)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  const RefillsOrderRequestFields fields = {
    .email = basket->email,
    .payment_via = basket->via,
    .coin = basket->coin,
    .language = cli->environment->language,
    .coupon = basket->coupon,
    .refund_address = basket->refund_address,
  };

  if (!check_words (cli, basket, status))
    return NULL;
  for (guint i = 0; basket->lines[i] != NULL; i++) {
    RefillsOrderLine *line = resolve_line (cli, basket->lines[i], basket->coin, status);

    if (line == NULL)
      return NULL;
    g_ptr_array_add (lines, line);
  }
  if (!resolve_network (cli, basket, &network, status))
    return NULL;

  request = refills_order_request_new (&fields, lines, network);
  if (!refills_order_request_check (request, &error)) {
    *status = refills_cli_fail (cli, error);
    return NULL;
  }

  return g_steal_pointer (&request);
}
