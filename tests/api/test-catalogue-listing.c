/* test-catalogue-listing.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of each list where its items, or the whole of it, are not what they should be.
 */
#include "refills-catalogue-listing.h"

#include "json-case.h"
#include "refills-brand.h"
#include "refills-error.h"
#include "refills-feed-section.h"
#include "refills-json-write.h"
#include "refills-product.h"
#include "refills-test.h"

#define BRAND(id, kind, category) \
  "{'brand_id':'" id "','brand':'" id "','family':'F','country_code':'US','kind':'" kind "','category':'" category "'}"
#define CARD(id) BRAND (id, "giftcard", "games")

static const char whole_brand[] =
  "{'family':'Café','brand_id':'m','brand':'Café','logo_url':'https://cdn.cryptorefills.com/logos_v2/cafe.webp',"
  "'logo_base_url':'https://cdn.cryptorefills.com/logos_v2/cafe','bg_color':'#FfA','min':'$10','max':'$500',"
  "'category':'games','is_out_of_stock':true,'country_code':'US','additional_categories':['x'],'kind':'giftcard',"
  "'product_type':'physical','brand_tags':[]}";

static const char whole_option[] =
  "{'country_code':'US','category':'e-sim','kind':'mobile_recharge','family':'eSIM','brand':'eSIM','brand_id':'e',"
  "'products':[{'product_id':'7','is_dynamic':false,'denomination':'1 GB 7 days','localized_denomination':'1 GB',"
  "'coin_amount':'4.37','coin':'USDC','delivery_type':'by_email','points':'3',"
  "'face_value':{'currency_code':'USD','amount':{'type':'fixed','price':'10'}},"
  "'benefits':[{'type':'DATA','unit':'GB','amount':{'base':{'type':'fixed','amount':1}}}],"
  "'additional_details':{'description':'A','durationInDays':7,'validity':{'unit':'DAY','quantity':7}},"
  "'valid_regions':['US']}]}";

static RefillsCatalogueListing *
read_list (RefillsListingKind   kind,
           const char          *text,
           GError             **error)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);

  return refills_catalogue_listing_read (kind, bytes, error);
}

static RefillsCatalogueListing *
read_whole (RefillsListingKind  kind,
            const char         *text)
{
  g_autoptr (GError) error = NULL;
  RefillsCatalogueListing *listing = read_list (kind, text, &error);

  g_assert_no_error (error);

  return listing;
}

static char *
write_place (RefillsJsonPlace *place)
{
  g_autofree char *text = refills_json_place_write (place);

  return g_strdelimit (g_steal_pointer (&text), "\"", '\'');
}

/* J18: one brand of three is varied; it is read, hidden or skipped, and the other two stay. */
static void
vary_brand_cb (const char       *path,
               RefillsJsonPlace *place,
               gpointer          user_data)
{
  g_autofree char *brand = write_place (place);
  g_autofree char *text = g_strdup_printf ("{'all_brands':[%s,%s,%s]}", CARD ("a"), brand, CARD ("z"));
  g_autoptr (RefillsCatalogueListing) listing = read_whole (REFILLS_LISTING_BRANDS, text);
  RefillsBrand *last = listing->items->pdata[listing->items->len - 1];
  guint *n = user_data;

  n[0]++;
  n[1] += listing->n_skipped;
  if (listing->items->len + listing->n_skipped + listing->n_hidden != 3)
    g_error ("%s: %u read, %u skipped, %u hidden", path, listing->items->len, listing->n_skipped, listing->n_hidden);
  g_assert_cmpstr (refills_brand_get_id (listing->items->pdata[0]), ==, "a");
  g_assert_cmpstr (refills_brand_get_id (last), ==, "z");
}

static void
test_vary_brand (void)
{
  guint n[2] = { 0, 0 };

  json_case_vary (whole_brand, vary_brand_cb, n);
  g_assert_cmpuint (n[0], >, 100);
  g_assert_cmpuint (n[1], >, 50);
}

static void
vary_option_cb (const char       *path,
                RefillsJsonPlace *place,
                gpointer          user_data)
{
  g_autofree char *group = write_place (place);
  g_autofree char *text = g_strdup_printf ("[%s]", group);
  g_autoptr (RefillsCatalogueListing) listing = read_whole (REFILLS_LISTING_PRODUCTS, text);
  guint *n = user_data;

  n[0]++;
  g_assert_cmpuint (listing->items->len + listing->n_skipped, ==, 1);
  if (listing->items->len == 1 && g_str_has_prefix (path, "$.products[")) {
    RefillsProduct *product = listing->items->pdata[0];
    guint n_options = g_list_model_get_n_items (refills_product_get_options (product));

    n[1] += refills_product_get_n_skipped (product);
    g_assert_cmpuint (n_options + refills_product_get_n_skipped (product), ==, 1);
  }
}

static void
test_vary_option (void)
{
  guint n[2] = { 0, 0 };

  json_case_vary (whole_option, vary_option_cb, n);
  g_assert_cmpuint (n[0], >, 200);
  g_assert_cmpuint (n[1], >, 20);
}

/* J01: of a list that is none, only the homepage makes nothing of it. */
static void
test_no_list (void)
{
  static const char * const texts[] = { "", "  ", "null", "{}", "'x'", "1", "true", "[", "{'all_brands':{}}" };
  static const RefillsListingKind kinds[] = {
    REFILLS_LISTING_VIAS, REFILLS_LISTING_BRANDS, REFILLS_LISTING_SEARCH, REFILLS_LISTING_PRODUCTS,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (RefillsCatalogueListing) home = read_whole (REFILLS_LISTING_HOMEPAGE, texts[i]);

    g_assert_cmpuint (home->items->len, ==, 0);
    for (gsize j = 0; j < G_N_ELEMENTS (kinds); j++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (RefillsCatalogueListing) listing = read_list (kinds[j], texts[i], &error);

      g_assert_null (listing);
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    }
  }
}

/* J05: 8 MiB and one byte. */
static void
test_too_large (void)
{
  g_autoptr (GString) text = g_string_new ("[]");
  g_autoptr (GBytes) largest = NULL;
  g_autoptr (GBytes) larger = NULL;
  g_autoptr (RefillsCatalogueListing) listing = NULL;
  g_autoptr (RefillsCatalogueListing) none = NULL;
  g_autoptr (GError) error = NULL;

  while (text->len < 8 * 1024 * 1024)
    g_string_append_c (text, ' ');
  largest = g_bytes_new (text->str, text->len);
  listing = refills_catalogue_listing_read (REFILLS_LISTING_PRODUCTS, largest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listing->items->len, ==, 0);

  g_string_append_c (text, ' ');
  larger = g_bytes_new (text->str, text->len);
  none = refills_catalogue_listing_read (REFILLS_LISTING_PRODUCTS, larger, &error);
  g_assert_null (none);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_hidden (void)
{
  g_autoptr (RefillsCatalogueListing) listing =
    read_whole (REFILLS_LISTING_BRANDS,
                "{'all_brands':[" BRAND ("1", "flight", "x") "," BRAND ("2", "stay", "x") ","
                BRAND ("3", "nft_giftcard", "x") "," BRAND ("4", "programmable_gift_card", "x") ","
                BRAND ("5", "insurance", "x") "," BRAND ("1", "flight", "x") ","
                BRAND ("6", "giftcard", "e-money") "," BRAND ("7", "mobile_recharge", "e-sim") "]}");

  g_assert_cmpuint (listing->n_hidden, ==, 5);
  g_assert_cmpuint (listing->n_skipped, ==, 0);
  g_assert_cmpuint (listing->items->len, ==, 2);
  g_assert_cmpint (refills_brand_classify (listing->items->pdata[0]), ==, REFILLS_BRAND_KIND_E_MONEY);
  g_assert_cmpint (refills_brand_classify (listing->items->pdata[1]), ==, REFILLS_BRAND_KIND_ESIM);
}

/* What is kept of the brands is theirs alone, and gives the same brands again. */
static void
test_copy (void)
{
  g_autoptr (RefillsCatalogueListing) listing =
    read_whole (REFILLS_LISTING_BRANDS, "{'all_brands':[" CARD ("a") "," BRAND ("f", "flight", "") "," CARD ("b") "]}");
  g_autoptr (RefillsCatalogueListing) vias = read_whole (REFILLS_LISTING_VIAS, "[]");
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a" REFILLS_BRAND_VARIANT_FORMAT), listing->copy,
                                                  FALSE));

  g_assert_cmpuint (g_variant_n_children (variant), ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GVariant) item = g_variant_get_child_value (variant, i);
    g_autoptr (RefillsBrand) brand = refills_brand_new_from_variant (item);

    g_assert_true (refills_brand_equal (brand, listing->items->pdata[i]));
  }
  g_assert_cmpmem (g_bytes_get_data (vias->copy, NULL), g_bytes_get_size (vias->copy), "[]", 2);
}

/* Every envelope of the homepage that is thinkable gives its sections. */
static void
test_homepage (void)
{
  static const struct { const char *text, *sections; } cases[] = {
    { "{'sections':[{'title':'Hot','brands':[" CARD ("a") "," CARD ("b") "]},{'name':'New','items':[" CARD ("a") "]}]}",
      "Hot:a b|New:a" },
    { "{'popular_brands':[" CARD ("p") "],'categories':[{'category':'games','kind':'giftcard','brands':[" CARD ("a")
      "]},{'category':null,'brands':[" CARD ("b") "]}],'all_brands':[" CARD ("c") "]}", "Popular:p|(games):a|():b" },
    { "{'popular_brands':[],'categories':[],'all_brands':[" CARD ("a") "]}", "():a" },
    { "[{'title':'Hot','brands':[" CARD ("a") "]},7,null,{'title':'Empty','brands':[]},{'title':'None'}]", "Hot:a" },
    { "[" CARD ("a") "," CARD ("b") "," CARD ("a") "]", "():a b" },
    { "{'sections':[{'title':{'en':'Hot'},'name':'Named','brands':[{},7," CARD ("a") "]}]}", "Named:a" },
    { "{'sections':[{'title':'Flights','brands':[" BRAND ("f", "flight", "") "]}]}", "" },
    { "{'sections':{},'popular_brands':'x','categories':[[]]}", "" },
    { "[]", "" }, { "[[]]", "" }, { "{'sections':[]}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsCatalogueListing) listing = read_whole (REFILLS_LISTING_HOMEPAGE, cases[i].text);
    g_autoptr (GString) found = g_string_new (NULL);

    for (guint j = 0; j < listing->items->len; j++) {
      RefillsFeedSection *section = listing->items->pdata[j];
      GListModel *brands = refills_feed_section_get_brands (section);
      const char *category = refills_feed_section_get_category (section);

      assert_contract (section);
      if (j > 0)
        g_string_append_c (found, '|');
      if (refills_feed_section_get_title (section) != NULL)
        g_string_append_printf (found, "%s:", refills_feed_section_get_title (section));
      else
        g_string_append_printf (found, "(%s):", category != NULL ? category : "");
      for (guint k = 0; k < g_list_model_get_n_items (brands); k++) {
        g_autoptr (RefillsBrand) brand = g_list_model_get_item (brands, k);

        g_string_append_printf (found, "%s%s", k > 0 ? " " : "", refills_brand_get_id (brand));
      }
    }
    g_assert_cmpstr (found->str, ==, cases[i].sections);
  }
}

static void
test_homepage_limit (void)
{
  g_autoptr (GString) text = g_string_new ("{'sections':[");
  g_autoptr (RefillsCatalogueListing) listing = NULL;

  for (guint i = 0; i < 103; i++)
    g_string_append_printf (text, "%s{'brands':[%s]}", i > 0 ? "," : "", CARD ("a"));
  g_string_append (text, "]}");
  listing = read_whole (REFILLS_LISTING_HOMEPAGE, text->str);
  g_assert_cmpuint (listing->items->len, ==, 100);
  g_assert_cmpuint (listing->n_skipped, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/catalogue-listing/J18-brand", test_vary_brand);
  g_test_add_func ("/catalogue-listing/J18-option", test_vary_option);
  g_test_add_func ("/catalogue-listing/J01", test_no_list);
  g_test_add_func ("/catalogue-listing/J05", test_too_large);
  g_test_add_func ("/catalogue-listing/hidden", test_hidden);
  g_test_add_func ("/catalogue-listing/copy", test_copy);
  g_test_add_func ("/catalogue-listing/homepage", test_homepage);
  g_test_add_func ("/catalogue-listing/homepage-limit", test_homepage_limit);

  return g_test_run ();
}
