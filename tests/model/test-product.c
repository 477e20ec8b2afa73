/* test-product.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-product.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'country_code':'US','category':'games','kind':'giftcard','brand':'Steam','family':'Steam',"
  "'is_out_of_stock':false,'product_tc':'Plain terms',"
  "'products':[{'is_dynamic':false,'denomination':'10 USD'},{'is_dynamic':false},7,"
  "{'is_dynamic':true,'range':{'min':5,'max':50,'step_size':1,'currency':'USD'}}],"
  "'rich_description':{'markup':'html','description':'<p>Games &amp; more</p>',"
  "'how_to_redeem':'<ol><li>Open</li></ol>','term_and_conditions':null}}";

static void
test_whole (void)
{
  g_autoptr (JsonCase) json = json_case_new (whole);
  g_autoptr (GError) error = NULL;
  RefillsProduct *product = refills_product_new_from_json (&json->place, &error);

  g_assert_no_error (error);
  assert_contract (product);
  g_assert_cmpstr (refills_product_get_brand_name (product), ==, "Steam");
  g_assert_cmpstr (refills_product_get_country (product), ==, "US");
  g_assert_cmpstr (refills_product_get_kind (product), ==, "giftcard");
  g_assert_cmpint (refills_product_classify (product), ==, REFILLS_BRAND_KIND_GIFT_CARD);
  g_assert_cmpstr (refills_product_get_description (product), ==, "Games & more");
  g_assert_nonnull (strstr (refills_product_get_how_to_redeem (product), "Open"));
  g_assert_cmpstr (refills_product_get_terms (product), ==, "Plain terms");
  g_assert_false (refills_product_is_out_of_stock (product));
  g_assert_cmpuint (g_list_model_get_n_items (refills_product_get_options (product)), ==, 2);
  g_assert_cmpuint (refills_product_get_n_skipped (product), ==, 2);
  g_assert_finalize_object (product);
}

static void
test_least (void)
{
  g_autoptr (JsonCase) json = json_case_new ("{'brand':'A','country_code':'US','kind':'giftcard',"
                                             "'rich_description':null,'products':null}");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsProduct) product = refills_product_new_from_json (&json->place, &error);

  g_assert_no_error (error);
  g_assert_null (refills_product_get_description (product));
  g_assert_null (refills_product_get_terms (product));
  g_assert_cmpuint (g_list_model_get_n_items (refills_product_get_options (product)), ==, 0);
}

static void
test_esim (void)
{
  g_autoptr (JsonCase) json = json_case_new ("{'brand':'eSIM','country_code':'WW','kind':'mobile_recharge',"
                                             "'category':'e-sim','promotion':7,'redeem_method':7}");
  g_autoptr (RefillsProduct) product = refills_product_new_from_json (&json->place, NULL);

  g_assert_cmpint (refills_product_classify (product), ==, REFILLS_BRAND_KIND_ESIM);
}

/* J04: no page has more options than this, and the rest is counted. */
static void
test_limit (void)
{
  g_autoptr (GString) text = g_string_new ("{'brand':'A','country_code':'US','kind':'giftcard','products':[");
  g_autoptr (JsonCase) json = NULL;
  g_autoptr (RefillsProduct) product = NULL;

  for (guint i = 0; i < 20003; i++)
    g_string_append_printf (text, "%s{'denomination':'%u'}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  json = json_case_new (text->str);
  product = refills_product_new_from_json (&json->place, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (refills_product_get_options (product)), ==, 20000);
  g_assert_cmpuint (refills_product_get_n_skipped (product), ==, 3);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsProduct) product = refills_product_new_from_json (place, &error);

  g_assert_true ((product == NULL) == (error != NULL));
  if (g_str_has_prefix (path, "$.products[")) {
    g_assert_nonnull (product);
    g_assert_cmpuint (g_list_model_get_n_items (refills_product_get_options (product)) +
                      refills_product_get_n_skipped (product), ==, 4);
  }
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
  g_test_add_func ("/product/whole", test_whole);
  g_test_add_func ("/product/least", test_least);
  g_test_add_func ("/product/esim", test_esim);
  g_test_add_func ("/product/J04", test_limit);
  g_test_add_func ("/product/vary", test_vary);

  return g_test_run ();
}
