/* refills-sandbox-products.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The denominations of a brand and the price of a chosen value (API reference, sections 6 and 7).
 * Owns nothing; all prices are integers until they are printed.
 */
#include "refills-sandbox-private.h"

/* 25 USD cost 25.37 USDC and 100 USD 101.48 (API reference, sections 7 and 9). */
#define RANGE_MARK_UP_NUMERATOR 10148
#define RANGE_MARK_UP_DENOMINATOR 10000

/* What a value of a range costs, in millionths of a US dollar. */
guint64
refills_sandbox_range_usd_micro (RefillsSandboxBrand *brand,
                                 guint64              minor)
{
  guint64 value = refills_sandbox_to_usd_micro (minor, brand->currency);

  return refills_sandbox_multiply_ceil (value, RANGE_MARK_UP_NUMERATOR, RANGE_MARK_UP_DENOMINATOR);
}

/* Whether the value lies in the range and on its step, counted from the minimum. */
gboolean
refills_sandbox_range_has (RefillsSandboxBrand *brand,
                           guint64              minor)
{
  return minor >= brand->range_min && minor <= brand->range_max
         && (minor - brand->range_min) % brand->range_step == 0;
}

static char *
to_points (guint64 usd_micro)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, refills_sandbox_usd_to_eur_micro (usd_micro) / 1000000);
}

/* The service prints the numbers of a range with a point: `5.0`; its default as a string. */
static JsonObject *
range_to_json (RefillsSandboxBrand *brand)
{
  JsonObject *range = json_object_new ();
  const struct {
    const char *member;
    guint64     value;
  } numbers[] = { { "min", brand->range_min }, { "max", brand->range_max }, { "step_size", brand->range_step } };
  g_autofree char *biggest = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *text = refills_sandbox_format_short (numbers[i].value, brand->currency->decimals);
    g_autofree char *pointed = strchr (text, '.') != NULL ? g_strdup (text) : g_strconcat (text, ".0", NULL);

    refills_sandbox_json_set_raw (range, numbers[i].member, pointed);
    if (i == 1) {
      json_object_set_string_member (range, "currency", brand->currency->code);
      biggest = g_steal_pointer (&pointed);
    }
  }
  json_object_set_string_member (range, "default", biggest);

  return range;
}

static JsonObject *
range_product_to_json (RefillsSandboxBrand      *brand,
                       const RefillsSandboxRail *rail)
{
  JsonObject *product = json_object_new ();
  JsonObject *face_value = json_object_new ();
  JsonObject *amount = json_object_new ();
  g_autofree char *min = refills_sandbox_format_units (brand->range_min, brand->currency->decimals);
  g_autofree char *max = refills_sandbox_format_units (brand->range_max, brand->currency->decimals);
  g_autofree char *points = to_points (refills_sandbox_to_usd_micro (brand->range_min, brand->currency));

  json_object_set_string_member (product, "product_id", brand->range_product_id);
  json_object_set_boolean_member (product, "is_dynamic", TRUE);
  json_object_set_object_member (product, "range", range_to_json (brand));
  json_object_set_string_member (product, "coin", rail->coin);
  json_object_set_string_member (product, "payment_method", rail->method);
  json_object_set_string_member (product, "delivery_type",
                                 g_str_equal (brand->kind, "utility") ? "by_account" : "by_email");
  json_object_set_string_member (product, "points", points);
  json_object_set_string_member (product, "product_type", "physical");
  json_object_set_string_member (face_value, "currency_code", brand->currency->code);
  json_object_set_string_member (amount, "type", "range");
  json_object_set_string_member (amount, "min", min);
  json_object_set_string_member (amount, "max", max);
  json_object_set_object_member (face_value, "amount", amount);
  json_object_set_object_member (product, "face_value", face_value);

  return product;
}

/* An amount of data: -1 for as much as one likes. */
static void
set_data_amount (JsonObject *amount,
                 const char *member,
                 int         gigabytes,
                 gboolean    is_bare)
{
  JsonObject *object;

  if (is_bare) {
    json_object_set_int_member (amount, member, gigabytes);
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "type", "fixed");
  json_object_set_int_member (object, "amount", gigabytes);
  json_object_set_object_member (amount, member, object);
}

static JsonArray *
benefits_to_json (RefillsSandboxOption *option)
{
  JsonArray *benefits = json_array_new ();
  JsonObject *benefit = json_object_new ();
  JsonObject *amount = json_object_new ();

  json_object_set_string_member (benefit, "type", "DATA");
  json_object_set_string_member (benefit, "unit_type", "DATA");
  json_object_set_string_member (benefit, "unit", "GB");
  set_data_amount (amount, "base", option->data_gigabytes, option->is_bundle);
  if (option->is_bundle) {
    set_data_amount (amount, "promotion_bonus", 1, TRUE);
    set_data_amount (amount, "total_excluding_tax", option->data_gigabytes + 1, TRUE);
  }
  set_data_amount (amount, "total_including_tax", option->data_gigabytes + (option->is_bundle ? 1 : 0),
                   option->is_bundle);
  json_object_set_object_member (benefit, "amount", amount);
  if (option->is_bundle)
    json_object_set_string_member (benefit, "additional_information", "At full speed.");
  json_array_add_object_element (benefits, benefit);

  return benefits;
}

/* Both variants of API reference, section 6: an operator's bundle, and a plan of so many days. */
static JsonObject *
details_to_json (RefillsSandboxOption *option)
{
  static const char bundle[] =
    "{\"validity\":{\"unit\":\"DAY\",\"quantity\":30},\"pin\":{\"usage_info\":[\"Dial *123*, the PIN, then #.\"],"
    "\"validity\":{\"unit\":\"DAY\",\"quantity\":90},\"terms\":\"One telephone only.\"},"
    "\"productType\":\"FIXED_VALUE_RECHARGE\",\"description\":\"Data, calls and messages for a month.\","
    "\"promotions\":[{\"title\":\"1 GB more\",\"description\":\"This month only.\"}]}";
  JsonObject *details;

  if (option->is_bundle) {
    g_autoptr (JsonNode) root = refills_sandbox_json_parse (bundle, -1);

    details = json_node_dup_object (root);
    json_object_set_array_member (details, "benefits", benefits_to_json (option));
    return details;
  }
  details = json_object_new ();
  json_object_set_string_member (details, "description", "Data only. Starts when the plan is first used.");
  json_object_set_int_member (details, "durationInDays", option->days);

  return details;
}

static void
add_data_plan (JsonObject           *product,
               RefillsSandboxOption *option,
               const char           *country_code)
{
  json_object_set_array_member (product, "benefits", benefits_to_json (option));
  json_object_set_object_member (product, "additional_details", details_to_json (option));
  /* The longest plan works elsewhere too. */
  json_object_set_array_member (product, "valid_regions",
                                refills_sandbox_country_to_regions (country_code, option->days >= 90));
}

/* What the telephone is credited with, in its own country's money. */
static void
add_local_currency (JsonObject          *product,
                    RefillsSandboxBrand *brand,
                    const char          *price)
{
  JsonObject *local = json_object_new ();
  JsonObject *amount = json_object_new ();

  json_object_set_string_member (amount, "type", "fixed");
  refills_sandbox_json_set_raw (amount, "price", price);
  json_object_set_string_member (local, "code", brand->currency->code);
  json_object_set_object_member (local, "amount", amount);
  json_object_set_object_member (product, "local_currency", local);
}

static JsonObject *
fixed_product_to_json (RefillsSandboxBrand      *brand,
                       RefillsSandboxOption     *option,
                       const RefillsSandboxRail *rail)
{
  JsonObject *product = json_object_new ();
  JsonObject *face_value = json_object_new ();
  JsonObject *amount = json_object_new ();
  g_autofree char *price = refills_sandbox_format_short (option->minor, brand->currency->decimals);
  g_autofree char *points = to_points (refills_sandbox_to_usd_micro (option->minor, brand->currency));
  g_autofree char *coin_amount =
    refills_sandbox_format_units (refills_sandbox_rail_quote (rail, option->usd_micro), rail->decimals);

  json_object_set_string_member (product, "product_id", option->product_id);
  json_object_set_boolean_member (product, "is_dynamic", FALSE);
  json_object_set_string_member (product, "denomination", option->denomination);
  json_object_set_string_member (product, "localized_denomination", option->localized);
  json_object_set_string_member (product, "coin_amount", coin_amount);
  json_object_set_string_member (product, "coin", rail->coin);
  json_object_set_string_member (product, "original_coin_amount", coin_amount);
  json_object_set_string_member (product, "payment_method", rail->method);
  json_object_set_string_member (product, "delivery_type", option->delivery_type);
  json_object_set_string_member (product, "points", points);
  json_object_set_string_member (product, "product_type", "digital");
  json_object_set_string_member (face_value, "currency_code", brand->currency->code);
  json_object_set_string_member (amount, "type", "fixed");
  json_object_set_string_member (amount, "price", price);
  json_object_set_object_member (face_value, "amount", amount);
  json_object_set_object_member (product, "face_value", face_value);
  if (option->data_gigabytes != 0)
    add_data_plan (product, option, brand->country_code);
  else if (g_str_equal (brand->kind, "mobile_recharge"))
    add_local_currency (product, brand, price);

  return product;
}

/* NULL in a language that the service does not have (API reference, section 1.2). */
static JsonObject *
description_to_json (RefillsSandboxBrand *brand,
                     const char          *language)
{
  static const char *languages[] = { "en", "es", "fr", "de", "it", "pt", "zh", "tr", "vi", "tl", NULL };
  static const char *absent[] = { "redeem_geo", "country_code", "note", "brand_tagline", "brand_use_case",
                                  "brand_url", "brand_alt_names" };
  g_autofree char *name = g_markup_escape_text (brand->brand, -1);
  g_autofree char *text = NULL;
  JsonObject *object;

  if (language != NULL && !g_strv_contains (languages, language))
    return NULL;
  object = json_object_new ();
  text = g_strdup_printf ("<p>A gift card for <strong>%s</strong>, sent to your e-mail address right after the "
                          "payment has arrived.</p><ul><li>No fee for the person who redeems it</li>"
                          "<li>Practice only: its code buys nothing</li></ul>", name);
  json_object_set_string_member (object, "markup", "html");
  json_object_set_string_member (object, "description", text);
  json_object_set_string_member (object, "how_to_redeem",
                                 "<ol><li>Sign in at the shop.</li><li>Choose <em>Redeem</em>.</li>"
                                 "<li>Enter the code.</li></ol>");
  json_object_set_string_member (object, "term_and_conditions",
                                 "<p>Valid for 24 months. It cannot be exchanged for money.</p>");
  json_object_set_string_member (object, "locale", language != NULL ? language : "en");
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    json_object_set_null_member (object, absent[i]);

  return object;
}

static JsonObject *
group_to_json (RefillsSandboxBrand      *brand,
               const RefillsSandboxRail *rail,
               const char               *language,
               const char               *base_uri)
{
  JsonObject *group = refills_sandbox_brand_to_json (brand, base_uri);
  JsonObject *description = description_to_json (brand, language);
  JsonArray *products = json_array_new ();
  JsonArray *methods = json_array_new ();
  g_autofree char *terms = g_strdup_printf ("Buy a %s gift card with crypto.", brand->brand);
  RefillsSandboxOption *last =
    brand->options->len > 0 ? g_ptr_array_index (brand->options, brand->options->len - 1) : NULL;

  json_object_remove_member (group, "min");
  json_object_remove_member (group, "max");
  if (brand->is_range)
    json_array_add_object_element (products, range_product_to_json (brand, rail));
  for (guint i = 0; i < brand->options->len; i++)
    json_array_add_object_element (products,
                                   fixed_product_to_json (brand, g_ptr_array_index (brand->options, i), rail));
  json_object_set_array_member (group, "products", products);
  json_object_set_string_member (group, "default_denomination", last != NULL ? last->denomination : "");
  json_object_set_string_member (group, "product_tc", terms);
  json_array_add_string_element (methods, "Online");
  json_object_set_array_member (group, "redeem_method", methods);
  if (g_str_equal (brand->brand, "Snowdrop Gifts")) {
    JsonObject *promotion = json_object_new ();

    json_object_set_string_member (promotion, "title", "Twice the points");
    json_object_set_string_member (promotion, "description", "Until the end of the month.");
    json_object_set_string_member (promotion, "by", "INTERNAL");
    json_object_set_object_member (group, "promotion", promotion);
  }
  if (description != NULL)
    json_object_set_object_member (group, "rich_description", description);
  else
    json_object_set_null_member (group, "rich_description");

  return group;
}

/* All brands of a family, or one brand; both names regardless of case. Unknown: an empty array. */
JsonNode *
refills_sandbox_products_to_json (RefillsSandboxCatalogue *catalogue,
                                  const char              *family_name,
                                  const char              *brand_name,
                                  const char              *coin,
                                  const char              *language,
                                  const char              *base_uri)
{
  const RefillsSandboxRail *rail = coin != NULL ? refills_sandbox_rail_for_quotes (coin) : NULL;
  g_autofree char *family = family_name != NULL ? g_utf8_casefold (family_name, -1) : NULL;
  g_autofree char *name = brand_name != NULL ? g_utf8_casefold (brand_name, -1) : NULL;
  JsonNode *root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *groups = json_array_new ();

  if (rail == NULL)
    rail = refills_sandbox_rail_for_quotes ("USDC");
  for (guint i = 0; i < catalogue->brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (catalogue->brands, i);
    g_autofree char *its_family = g_utf8_casefold (brand->family, -1);
    g_autofree char *its_name = g_utf8_casefold (brand->brand, -1);

    if ((family != NULL && !g_str_equal (family, its_family)) || (name != NULL && !g_str_equal (name, its_name)))
      continue;
    json_array_add_object_element (groups, group_to_json (brand, rail, language, base_uri));
  }
  json_node_take_array (root, groups);

  return root;
}

/* API reference, section 7, for a value that refills_sandbox_range_has (). */
JsonNode *
refills_sandbox_price_to_json (RefillsSandboxBrand      *brand,
                               guint64                   minor,
                               const RefillsSandboxRail *rail)
{
  JsonObject *price = json_object_new ();
  guint64 units = refills_sandbox_rail_quote (rail, refills_sandbox_range_usd_micro (brand, minor));
  g_autofree char *coin_amount = refills_sandbox_format_units (units, rail->decimals);
  g_autofree char *points = to_points (refills_sandbox_to_usd_micro (minor, brand->currency));

  json_object_set_string_member (price, "product_id", brand->range_product_id);
  json_object_set_boolean_member (price, "is_dynamic", TRUE);
  json_object_set_object_member (price, "range", range_to_json (brand));
  json_object_set_string_member (price, "coin_amount", coin_amount);
  json_object_set_string_member (price, "coin", rail->coin);
  json_object_set_string_member (price, "original_coin_amount", coin_amount);
  json_object_set_string_member (price, "payment_method", rail->method);
  json_object_set_string_member (price, "delivery_type", "by_email");
  json_object_set_string_member (price, "points", points);
  json_object_set_string_member (price, "product_type", "physical");

  return refills_sandbox_json_take (price);
}
