/* refills-cli-products.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands about one brand: what it sells, and what an amount of it costs.
 */
#include "refills-cli-commands.h"

#include <glib/gi18n.h>

#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-table.h"
#include "refills-country.h"
#include "refills-json-write.h"
#include "refills-product.h"
#include "refills-quote.h"

static void
add_option_row (RefillsCliTable      *table,
                RefillsProductOption *option)
{
  RefillsDecimal minimum, maximum, step;
  g_autofree char *step_text = NULL;
  g_autofree char *step_label = NULL;

  if (refills_product_option_get_range (option, &minimum, &maximum, &step)) {
    step_text = refills_decimal_to_short_text (&step);
    /* Translators: “in steps of 5”, of the amounts that can be chosen */
    step_label = g_strdup_printf (_("in steps of %s"), step_text);
  }
  refills_cli_table_add (table,
                         refills_product_option_is_range (option)
                         ? "range"
                         : refills_product_option_get_denomination (option),
                         refills_product_option_get_label (option),
                         step_label != NULL ? step_label : refills_product_option_get_price_label (option),
                         refills_product_option_get_delivery_type (option));
}

static void
print_product (RefillsProduct *product)
{
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (4, 2);
  GListModel *options = refills_product_get_options (product);
  g_autofree char *country = refills_country_name_code (refills_product_get_country (product));

  refills_cli_print_clean ("%s (%s)%s%s", refills_product_get_brand_name (product), country,
                           refills_product_is_out_of_stock (product) ? " · " : "",
                           refills_product_is_out_of_stock (product) ? _("out of stock") : "");
  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (RefillsProductOption) option = g_list_model_get_item (options, i);

    add_option_row (table, option);
  }
  refills_cli_table_print (table);
}

/**
 * refills_cli_products:
 * @self: the tool
 * @argc: how many words
 * @argv: `products`, and a family
 *
 * Lists what the brands of a family sell (API reference, section 6).
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_products (RefillsCli  *self,
                      int          argc,
                      char       **argv)
{
  g_autofree char *coin = NULL;
  const GOptionEntry entries[] = {
    { "coin", 0, 0, G_OPTION_ARG_STRING, &coin, N_("Say prices in this coin"), N_("COIN") },
    { NULL }
  };
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *path = g_build_path ("/", "/v5/products/country", self->country, NULL);
  RefillsJsonPlace root;
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, entries, 1, _("FAMILY"), _("List what a family of brands sells")))
    return REFILLS_CLI_USAGE;
  refills_cli_add_query (query, "coin", coin);
  refills_cli_add_query (query, "family_name", argv[1]);
  refills_cli_add_query (query, "lang", self->environment->language);
  document = refills_cli_fetch (self, path, query, &status);
  if (document == NULL)
    return status;
  refills_json_place_init (&root, document);
  if (refills_json_place_get_kind (&root) != REFILLS_JSON_ARRAY)
    return refills_cli_fail_answer (self);
  if (refills_json_get_length (&root) == 0) {
    g_autofree char *country = refills_country_name_code (self->country);

    return refills_cli_fail_input (self, _("Nothing called “%s” is sold in %s."), argv[1], country);
  }

  for (guint i = 0; i < refills_json_get_length (&root); i++) {
    g_autoptr (RefillsProduct) product = NULL;
    RefillsJsonPlace place;

    refills_json_get_element (&root, i, &place);
    product = refills_product_new_from_json (&place, NULL);
    if (product == NULL) {
      refills_cli_note ("%s", _("1 item could not be read"));
    } else if (self->json) {
      g_autofree char *line = refills_json_place_write (&place);

      refills_cli_print_json (line);
    } else {
      print_product (product);
    }
  }

  return REFILLS_CLI_DONE;
}

/**
 * refills_cli_price:
 * @self: the tool
 * @argc: how many words
 * @argv: `price`, a brand and an amount of its currency
 *
 * Prints what an amount of a range costs (API reference, section 7). It is indicative: only a validated total is
 * paid.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_price (RefillsCli  *self,
                   int          argc,
                   char       **argv)
{
  g_autofree char *coin = NULL;
  const GOptionEntry entries[] = {
    { "coin", 0, 0, G_OPTION_ARG_STRING, &coin, N_("Say the price in this coin"), N_("COIN") },
    { NULL }
  };
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *value = NULL;
  RefillsDecimal decimal;
  RefillsJsonPlace root;
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, entries, 2, _("BRAND VALUE"), _("Print the price of an amount")))
    return REFILLS_CLI_USAGE;
  if (coin == NULL)
    return refills_cli_fail_usage (_("--coin is missing"));
  if (!refills_decimal_parse (argv[2], &decimal, NULL))
    return refills_cli_fail_usage (_("“%s” is not an amount"), argv[2]);

  value = refills_decimal_to_short_text (&decimal);
  refills_cli_add_query (query, "brand_name", argv[1]);
  refills_cli_add_query (query, "coin", coin);
  refills_cli_add_query (query, "country_code", self->country);
  refills_cli_add_query (query, "face_value", value);
  document = refills_cli_fetch (self, "/v4/products/price", query, &status);
  if (document == NULL)
    return status;
  refills_json_place_init (&root, document);
  quote = refills_quote_new_from_price_json (&root, &error);
  if (quote == NULL)
    return refills_cli_fail (self, error);

  if (self->json) {
    g_autofree char *line = refills_json_place_write (&root);

    refills_cli_print_json (line);
  } else {
    refills_cli_print_clean ("%s", refills_quote_get_label (quote));
  }

  return REFILLS_CLI_DONE;
}
