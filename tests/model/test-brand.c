/* test-brand.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-brand.h"

#include <string.h>

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'family':'Café','brand_id':'513ce431-7d0e-4a52-9c1b-2f6f0f3f7a10','brand':'Café  Noir',"
  "'logo_url':'https://cdn.cryptorefills.com/logos_v2/cafe.webp',"
  "'logo_base_url':'https://cdn.cryptorefills.com/logos_v2/cafe','bg_color':'#FfA','min':'$10',"
  "'max':'$500','category':'books_learning','is_out_of_stock':true,'country_code':'US',"
  "'additional_categories':[],'kind':'giftcard','product_type':'physical','brand_tags':[]}";

static RefillsBrand *
read_brand (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsBrand *brand = refills_brand_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return brand;
}

static RefillsBrand *
read_brand_with (const char *member)
{
  g_autofree char *text =
    g_strdup_printf ("{'brand_id':'1','brand':'A','family':'A','country_code':'US',"
                     "'kind':'giftcard'%s%s}", *member != '\0' ? "," : "", member);

  return read_brand (text);
}

static void
assert_whole (RefillsBrand *brand)
{
  g_assert_cmpstr (refills_brand_get_id (brand), ==, "513ce431-7d0e-4a52-9c1b-2f6f0f3f7a10");
  g_assert_cmpstr (refills_brand_get_name (brand), ==, "Café  Noir");
  g_assert_cmpstr (refills_brand_get_title (brand), ==, "Café Noir");
  g_assert_cmpstr (refills_brand_get_family (brand), ==, "Café");
  g_assert_cmpstr (refills_brand_get_kind (brand), ==, "giftcard");
  g_assert_cmpstr (refills_brand_get_category (brand), ==, "books_learning");
  g_assert_cmpstr (refills_brand_get_country (brand), ==, "US");
  g_assert_cmpstr (refills_brand_get_logo_uri (brand), ==,
                   "https://cdn.cryptorefills.com/logos_v2/cafe.webp");
  g_assert_cmpstr (refills_brand_get_logo_base_uri (brand), ==,
                   "https://cdn.cryptorefills.com/logos_v2/cafe");
  g_assert_cmpstr (refills_brand_get_color (brand), ==, "#ffffaa");
  g_assert_cmpstr (refills_brand_get_value_label (brand), ==, "$10 – $500");
  g_assert_cmpstr (refills_brand_get_initials (brand), ==, "CN");
  g_assert_cmpstr (refills_brand_get_search_key (brand), ==, "cafe  noir cafe books learning");
  g_assert_true (refills_brand_is_out_of_stock (brand));
  g_assert_true (refills_brand_is_sold_here (brand));
}

static void
test_whole (void)
{
  RefillsBrand *brand = read_brand (whole);

  assert_contract (brand);
  assert_whole (brand);
  g_assert_finalize_object (brand);
}

static void
test_least (void)
{
  g_autoptr (RefillsBrand) brand = read_brand_with ("");

  g_assert_null (refills_brand_get_category (brand));
  g_assert_null (refills_brand_get_logo_uri (brand));
  g_assert_null (refills_brand_get_logo_base_uri (brand));
  g_assert_null (refills_brand_get_color (brand));
  g_assert_null (refills_brand_get_value_label (brand));
  g_assert_false (refills_brand_is_out_of_stock (brand));
}

static void
test_bad (void)
{
  static const char * const required[] = {
    "brand_id", "brand", "family", "country_code", "kind",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (required); i++) {
    g_autofree char *needle = g_strdup_printf ("'%s'", required[i]);
    g_auto (GStrv) parts = g_strsplit (whole, needle, 2);
    g_autofree char *text = g_strjoin ("'gone'", parts[0], parts[1], NULL);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_brand_new_from_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    g_assert_nonnull (strstr (error->message, required[i]));
  }
}

static void
test_colors (void)
{
  static const char * const cases[][2] = {
    { "#FFF", "#ffffff" }, { "#0E131f", "#0e131f" }, { "#abcd", NULL }, { "red", NULL },
    { "#ggg", NULL }, { "", NULL }, { "#", NULL }, { "#12345", NULL }, { "#1234567", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *member = g_strdup_printf ("'bg_color':'%s'", cases[i][0]);
    g_autoptr (RefillsBrand) brand = read_brand_with (member);

    g_assert_cmpstr (refills_brand_get_color (brand), ==, cases[i][1]);
  }
}

static void
test_value_labels (void)
{
  static const char * const cases[][2] = {
    { "'min':'$10'", "from $10" }, { "'max':'$10'", "up to $10" },
    { "'min':'1 month','max':'1 month'", "1 month" }, { "'min':'','max':null", NULL },
    { "'min':5,'max':'10'", "5 – 10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsBrand) brand = read_brand_with (cases[i][0]);

    g_assert_cmpstr (refills_brand_get_value_label (brand), ==, cases[i][1]);
  }
}

static void
test_initials (void)
{
  static const char * const cases[][2] = {
    { "Amazon.com", "AC" }, { "7-Eleven", "7E" }, { "mint", "M" }, { "Macy's Store", "MS" },
    { "élan vital du", "ÉV" }, { "!!!", "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonCase) json = NULL;
    g_autoptr (RefillsBrand) brand = NULL;
    g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new (REFILLS_BRAND_VARIANT_FORMAT, "1", cases[i][0], "F",
                                         "giftcard", "", "US", "", "", "", "", FALSE));

    brand = refills_brand_new_from_variant (variant);
    g_assert_cmpstr (refills_brand_get_initials (brand), ==, cases[i][1]);
  }
}

static void
test_kinds (void)
{
  static const struct { const char *kind, *category; RefillsBrandKind expected; } cases[] = {
    { "giftcard", "games", REFILLS_BRAND_KIND_GIFT_CARD },
    { "giftcard", NULL, REFILLS_BRAND_KIND_GIFT_CARD },
    { "giftcard", "travel_flights", REFILLS_BRAND_KIND_GIFT_CARD },
    { "giftcard", "e-sim", REFILLS_BRAND_KIND_GIFT_CARD },
    { "giftcard", "e-money", REFILLS_BRAND_KIND_E_MONEY },
    { "mobile_recharge", "mobile_credits", REFILLS_BRAND_KIND_TOP_UP },
    { "mobile_recharge", "mobile_talk_time", REFILLS_BRAND_KIND_TOP_UP },
    { "mobile_recharge", NULL, REFILLS_BRAND_KIND_TOP_UP },
    { "mobile_recharge", "mobile_bundle", REFILLS_BRAND_KIND_DATA_BUNDLE },
    { "mobile_recharge", "mobile_data_postpaid", REFILLS_BRAND_KIND_DATA_BUNDLE },
    { "mobile_recharge", "e-sim", REFILLS_BRAND_KIND_ESIM },
    { "utility", "bills", REFILLS_BRAND_KIND_UTILITY },
    { "flight", "travel_flights", REFILLS_BRAND_KIND_FLIGHT },
    { "flight", "e-money", REFILLS_BRAND_KIND_FLIGHT },
    { "stay", NULL, REFILLS_BRAND_KIND_STAY },
    { "nft_giftcard", "games", REFILLS_BRAND_KIND_NFT },
    { "programmable_gift_card", NULL, REFILLS_BRAND_KIND_NFT },
    { "GIFTCARD", "games", REFILLS_BRAND_KIND_UNKNOWN },
    { "esim", "e-sim", REFILLS_BRAND_KIND_UNKNOWN },
    { "insurance", "e-money", REFILLS_BRAND_KIND_UNKNOWN },
    { NULL, NULL, REFILLS_BRAND_KIND_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (refills_brand_kind_from_texts (cases[i].kind, cases[i].category), ==, cases[i].expected);
}

/* Every kind is either shown or hidden, and only what is shown is sold. */
static void
test_shown_and_sold (void)
{
  static const struct { RefillsBrandKind kind; gboolean is_shown, is_sold; } cases[] = {
    { REFILLS_BRAND_KIND_UNKNOWN, FALSE, FALSE }, { REFILLS_BRAND_KIND_GIFT_CARD, TRUE, TRUE },
    { REFILLS_BRAND_KIND_TOP_UP, TRUE, TRUE }, { REFILLS_BRAND_KIND_DATA_BUNDLE, TRUE, TRUE },
    { REFILLS_BRAND_KIND_ESIM, TRUE, TRUE }, { REFILLS_BRAND_KIND_UTILITY, TRUE, TRUE },
    { REFILLS_BRAND_KIND_E_MONEY, TRUE, FALSE }, { REFILLS_BRAND_KIND_FLIGHT, FALSE, FALSE },
    { REFILLS_BRAND_KIND_STAY, FALSE, FALSE }, { REFILLS_BRAND_KIND_NFT, FALSE, FALSE },
  };
  g_autoptr (GEnumClass) kinds = g_type_class_ref (REFILLS_TYPE_BRAND_KIND);

  g_assert_cmpuint (kinds->n_values, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (refills_brand_kind_is_shown (cases[i].kind), ==, cases[i].is_shown);
    g_assert_cmpint (refills_brand_kind_is_sold (cases[i].kind), ==, cases[i].is_sold);
  }
}

static void
test_needs_account (void)
{
  g_autoptr (JsonCase) json =
    json_case_new ("{'brand_id':'1','brand':'Rewarble Visa/USD','family':'A','country_code':'US',"
                   "'kind':'giftcard','category':'e-money'}");
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (&json->place, NULL);
  g_autofree char *uri = refills_brand_dup_website_uri (brand);

  g_assert_cmpint (refills_brand_classify (brand), ==, REFILLS_BRAND_KIND_E_MONEY);
  g_assert_false (refills_brand_is_sold_here (brand));
  g_assert_cmpstr (uri, ==, "https://www.cryptorefills.com/en/US/gift_cards/Rewarble%20Visa%2FUSD");
}

/* What could make one name look like another is not shown; what is sent stays as it came. */
static void
test_spoofed_name (void)
{
  g_autoptr (JsonCase) json =
    json_case_new ("{'brand_id':'1','brand':'\\u202eA\\u2066m\\u200ba\\u200fz\\n\\to\\u2069n','family':'A',"
                   "'country_code':'US','kind':'giftcard','min':'\\u202e$10','max':'\\u00a0$\\u200e20'}");
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (&json->place, NULL);

  g_assert_cmpstr (refills_brand_get_title (brand), ==, "Amaz on");
  g_assert_cmpstr (refills_brand_get_value_label (brand), ==, "$10 – $20");
  g_assert_nonnull (strstr (refills_brand_get_name (brand), "\xe2\x80\xae"));
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsBrand *brand = refills_brand_new_from_variant (variant);

  if (brand != NULL) {
    g_assert_cmpstr (refills_brand_get_name (brand), !=, "");
    g_assert_nonnull (refills_brand_get_initials (brand));
    g_assert_nonnull (refills_brand_get_search_key (brand));
  }

  return brand;
}

static void
test_variant (void)
{
  g_autoptr (RefillsBrand) brand = read_brand (whole);
  g_autoptr (RefillsBrand) again = NULL;
  g_autoptr (RefillsBrand) other = read_brand_with ("");
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_string ("brand"));
  GVariant *variant = refills_brand_to_variant (brand);

  g_assert_true (g_variant_is_floating (variant));
  again = refills_brand_new_from_variant (variant);
  assert_whole (again);
  /* Serialising moves nothing that a brand points at. */
  assert_whole (brand);
  g_assert_true (refills_brand_equal (brand, again));
  g_assert_false (refills_brand_equal (brand, other));
  g_assert_null (refills_brand_new_from_variant (foreign));
  assert_damaged_safe (refills_brand_to_variant (brand), make_cb);
}

/* The texts stay where they are when the brand outlives what it was read from. */
static void
test_outlives_cache (void)
{
  g_autoptr (RefillsBrand) brand = read_brand (whole);
  g_autoptr (RefillsBrand) kept = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" REFILLS_BRAND_VARIANT_FORMAT));
  for (guint i = 0; i < 3; i++)
    g_variant_builder_add_value (&builder, refills_brand_to_variant (brand));
  {
    g_autoptr (GVariant) tree = g_variant_ref_sink (g_variant_builder_end (&builder));
    g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (tree);
    g_autoptr (GVariant) cache =
      g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (tree), bytes, FALSE));
    g_autoptr (GVariant) child = g_variant_get_child_value (cache, 1);

    kept = refills_brand_new_from_variant (child);
  }
  assert_whole (kept);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (place, &error);

  g_assert_true ((brand == NULL) == (error != NULL));
  if (brand != NULL)
    assert_contract (brand);
}

static void
test_vary (void)
{
  json_case_vary (whole, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/brand/whole", test_whole);
  g_test_add_func ("/brand/least", test_least);
  g_test_add_func ("/brand/bad", test_bad);
  g_test_add_func ("/brand/colors", test_colors);
  g_test_add_func ("/brand/value-labels", test_value_labels);
  g_test_add_func ("/brand/initials", test_initials);
  g_test_add_func ("/brand/kinds", test_kinds);
  g_test_add_func ("/brand/shown-and-sold", test_shown_and_sold);
  g_test_add_func ("/brand/needs-account", test_needs_account);
  g_test_add_func ("/brand/spoofed-name", test_spoofed_name);
  g_test_add_func ("/brand/variant", test_variant);
  g_test_add_func ("/brand/outlives-cache", test_outlives_cache);
  g_test_add_func ("/brand/vary", test_vary);

  return g_test_run ();
}
