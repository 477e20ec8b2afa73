/* test-product-option.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-product-option.h"

#include <string.h>

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char fixed[] =
  "{'product_id':'1','is_dynamic':false,'denomination':'10 USD','localized_denomination':'$10',"
  "'coin_amount':'11.47','coin':'USDC','original_coin_amount':'11.47','delivery_type':'by_email',"
  "'points':'11','face_value':{'currency_code':'USD','amount':{'type':'fixed','price':'10'}}}";
static const char range[] =
  "{'product_id':'2','is_dynamic':true,"
  "'range':{'min':10.0,'max':500.0,'currency':'USD','step_size':5.0,'default':'900.0'},"
  "'coin':'USDC','delivery_type':'by_email','points':'9',"
  "'face_value':{'currency_code':'USD','amount':{'type':'range','min':'10.00','max':'500.00'}}}";

static RefillsProductOption *
read_option (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsProductOption *option = refills_product_option_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return option;
}

static void
test_fixed (void)
{
  RefillsProductOption *option = read_option (fixed);
  g_autofree char *complaint = NULL;

  assert_contract (option);
  g_assert_false (refills_product_option_is_range (option));
  g_assert_cmpstr (refills_product_option_get_denomination (option), ==, "10 USD");
  g_assert_cmpstr (refills_product_option_get_label (option), ==, "$10");
  g_assert_cmpstr (refills_product_option_get_currency (option), ==, "USD");
  g_assert_cmpstr (refills_product_option_get_delivery_type (option), ==, "by_email");
  g_assert_cmpstr (refills_product_option_get_coin (option), ==, "USDC");
  g_assert_cmpstr (refills_product_option_get_coin_amount (option), ==, "11.47");
  g_assert_cmpstr (refills_product_option_get_price_label (option), ==, "11.47 USDC");
  g_assert_false (refills_product_option_get_range (option, NULL, NULL, NULL));
  g_assert_false (refills_product_option_check_value (option, "10", NULL, &complaint));
  g_assert_nonnull (complaint);
  g_assert_finalize_object (option);
}

static void
test_range (void)
{
  RefillsProductOption *option = read_option (range);
  RefillsDecimal minimum, maximum, step;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *by = NULL;

  g_assert_true (refills_product_option_is_range (option));
  g_assert_cmpstr (refills_product_option_get_denomination (option), ==, "range");
  g_assert_cmpstr (refills_product_option_get_label (option), ==, "10 – 500 USD");
  g_assert_null (refills_product_option_get_coin_amount (option));
  g_assert_null (refills_product_option_get_price_label (option));
  g_assert_true (refills_product_option_get_range (option, &minimum, &maximum, &step));
  least = refills_decimal_to_short_text (&minimum);
  most = refills_decimal_to_short_text (&maximum);
  by = refills_decimal_to_short_text (&step);
  g_assert_cmpstr (least, ==, "10");
  g_assert_cmpstr (most, ==, "500");
  g_assert_cmpstr (by, ==, "5");
  g_assert_finalize_object (option);
}

static void
test_without_price (void)
{
  static const char * const texts[] = {
    "{'is_dynamic':false,'denomination':'1 month','coin':'USDC'}",
    "{'is_dynamic':false,'denomination':'1 month','coin':'USDC','coin_amount':'1e2'}",
    "{'is_dynamic':false,'denomination':'1 month','coin':'USDC','coin_amount':'0'}",
    "{'denomination':'1 month','coin_amount':'4'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (RefillsProductOption) option = read_option (texts[i]);

    g_assert_cmpstr (refills_product_option_get_label (option), ==, "1 month");
    g_assert_null (refills_product_option_get_price_label (option));
    g_assert_null (refills_product_option_get_coin_amount (option));
  }
}

static void
test_bad (void)
{
  static const char * const bad[] = {
    "{}", "[]", "{'is_dynamic':false}", "{'is_dynamic':false,'denomination':''}",
    "{'is_dynamic':false,'denomination':'range'}", "{'is_dynamic':false,'denomination':7}",
    "{'is_dynamic':true}", "{'is_dynamic':true,'denomination':'5 USD'}",
    "{'is_dynamic':true,'range':{'min':5,'max':1,'step_size':1}}",
    "{'is_dynamic':true,'range':{'min':1,'max':5,'step_size':0}}",
    "{'is_dynamic':true,'range':{'min':1,'max':5}}",
    "{'is_dynamic':true,'range':{'min':0,'max':0,'step_size':1}}",
    "{'is_dynamic':true,'range':{'min':-1,'max':5,'step_size':1}}",
    "{'is_dynamic':true,'range':{'min':1,'max':1e400,'step_size':1}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (JsonCase) json = json_case_new (bad[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_product_option_new_from_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  }
}

static void
test_check_value (void)
{
  static const struct {
    const char *range;
    const char *text;
    const char *value;
    const char *complaint;
  } cases[] = {
    { "10,500,5", "25", "25", NULL },
    { "10,500,5", " 10 ", "10", NULL },
    { "10,500,5", "500.00", "500", NULL },
    { "10,500,5", "", NULL, "Enter an amount between 10 USD and 500 USD" },
    { "10,500,5", "9", NULL, "Enter an amount between 10 USD and 500 USD" },
    { "10,500,5", "501", NULL, "Enter an amount between 10 USD and 500 USD" },
    { "10,500,5", "0", NULL, "Enter an amount between 10 USD and 500 USD" },
    { "10,500,5", "12", NULL, "Enter a whole multiple of 5 USD" },
    { "10,500,1", "12.5", NULL, "Enter a whole amount" },
    { "7,500,5", "10", NULL, "Enter 7 plus a multiple of 5" },
    { "7,500,5", "12", "12", NULL },
    { "1,500,0.01", "12,5", "12.5", NULL },
    { "1,500,0.01", "12,34", "12.34", NULL },
    { "1,5000,0.01", "1,000", NULL, "Enter the amount without separators, such as 1000" },
    { "1,5000,0.01", "1.000,5", NULL, "Enter the amount without separators, such as 1000" },
    { "1,5000,0.01", ",5", NULL, "Enter the amount without separators, such as 1000" },
    { "1,5000,0.01", "abc", NULL, "Enter the amount in digits, such as 25" },
    { "1,5000,0.01", "-5", NULL, "Enter the amount in digits, such as 25" },
    { "1,5000,0.01", "1e2", NULL, "Enter the amount in digits, such as 25" },
    { "1,5000,0.01", "٢٥", NULL, "Enter the amount in digits, such as 25" },
    { "0,100,5", "0", NULL, "Enter an amount between 0 USD and 100 USD" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) parts = g_strsplit (cases[i].range, ",", 3);
    g_autofree char *text =
      g_strdup_printf ("{'is_dynamic':true,'range':{'min':%s,'max':%s,'step_size':%s,"
                       "'currency':'USD'}}", parts[0], parts[1], parts[2]);
    g_autoptr (RefillsProductOption) option = read_option (text);
    g_autofree char *complaint = NULL;
    RefillsDecimal value;

    g_assert_cmpint (refills_product_option_check_value (option, cases[i].text, &value,
                                                         &complaint),
                     ==, cases[i].value != NULL);
    g_assert_cmpstr (complaint, ==, cases[i].complaint);
    if (cases[i].value != NULL) {
      g_autofree char *shown = refills_decimal_to_short_text (&value);

      g_assert_cmpstr (shown, ==, cases[i].value);
    }
  }
}

static RefillsProductOption *
read_plan (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'denomination':'1 GB 7 days',%s}", members);

  return read_option (text);
}

static void
test_plan (void)
{
  g_autoptr (RefillsProductOption) option =
    read_plan ("'benefits':[{'type':'DATA','unit_type':'DATA','unit':'GB','amount':{'base':{'type':'fixed','amount':1},"
               "'total_including_tax':{'type':'fixed','amount':1.0}}}],'points':{},'promotion':[],"
               "'additional_details':{'description':'<p>Fast &amp; easy</p>','durationInDays':7},"
               "'valid_regions':['US','WW',7,null,'','\\u202eASIA']");
  const char * const *regions = refills_product_option_get_regions (option);

  assert_contract (option);
  g_assert_cmpstr (refills_product_option_get_benefits (option), ==, "1 GB");
  g_assert_cmpstr (refills_product_option_get_validity (option), ==, "7 days");
  g_assert_cmpstr (refills_product_option_get_description (option), ==, "Fast & easy");
  g_assert_null (refills_product_option_get_instructions (option));
  g_assert_null (refills_product_option_get_terms (option));
  g_assert_cmpuint (g_strv_length ((char **) regions), ==, 3);
  g_assert_cmpstr (regions[0], ==, "US");
  g_assert_cmpstr (regions[1], ==, "WW");
  g_assert_cmpstr (regions[2], ==, "ASIA");
}

/* The other variant of `additional_details`. */
static void
test_pin (void)
{
  g_autoptr (RefillsProductOption) option =
    read_plan ("'delivery_type':'by_email','additional_details':{'benefits':[{'type':'TALK','unit':'min','amount':30},"
               "{'type':'DATA','unit':'MB','amount':{'base':'500'}}],'validity':{'unit':'MONTH','quantity':1},"
               "'pin':{'usage_info':['Dial *123#','<b>Enter</b> the PIN',7],'validity':'x','terms':'<p>Once</p>'},"
               "'productType':'PIN','promotions':[7]}");

  g_assert_cmpstr (refills_product_option_get_delivery_type (option), ==, "by_email");
  g_assert_cmpstr (refills_product_option_get_benefits (option), ==, "30 min · 500 MB");
  g_assert_cmpstr (refills_product_option_get_validity (option), ==, "1 month");
  g_assert_nonnull (strstr (refills_product_option_get_instructions (option), "Dial *123#"));
  g_assert_nonnull (strstr (refills_product_option_get_instructions (option), "Enter the PIN"));
  g_assert_cmpstr (refills_product_option_get_terms (option), ==, "Once");
  g_assert_null (refills_product_option_get_regions (option));
}

static void
test_plan_texts (void)
{
  static const struct { const char *members, *benefits, *validity; } cases[] = {
    { "'benefits':[{'type':'DATA','unit':'GB','amount':-1}]", "Unlimited data", NULL },
    { "'benefits':[{'type':'DATA','amount':{'base':{'amount':-1.0}}}]", "Unlimited data", NULL },
    { "'benefits':[{'type':'SMS','unit':'SMS','amount':'-1'}]", "Unlimited SMS", NULL },
    { "'benefits':[{'type':'DATA','unit':'GB','amount':-2}]", NULL, NULL },
    { "'benefits':[{'type':'DATA','unit':'GB','amount':0}]", NULL, NULL },
    { "'benefits':[{'type':'DATA','unit':'G\\u202eB','amount':2.50}]", "2.5 GB", NULL },
    { "'benefits':[{'type':'DATA','unit':7,'amount':2}]", NULL, NULL },
    { "'benefits':{}", NULL, NULL },
    { "'additional_details':{'validity':{'unit':'HOURS','quantity':'24'}}", NULL, "24 hours" },
    { "'additional_details':{'validity':{'unit':'day','quantity':1.0}}", NULL, "1 day" },
    { "'additional_details':{'validity':{'unit':'eon','quantity':1},'durationInDays':'30'}", NULL, "30 days" },
    { "'additional_details':{'validity':{'unit':'day','quantity':-1}}", NULL, NULL },
    { "'additional_details':{'validity':{'unit':'day','quantity':1.5}}", NULL, NULL },
    { "'additional_details':{'validity':'7 days'}", NULL, NULL },
    { "'additional_details':[]", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProductOption) option = read_plan (cases[i].members);

    g_assert_cmpstr (refills_product_option_get_benefits (option), ==, cases[i].benefits);
    g_assert_cmpstr (refills_product_option_get_validity (option), ==, cases[i].validity);
  }
}

/* What the service suggests is taken where it can be ordered (API reference, section 6: a text; 1.2: also not). */
static void
test_suggested (void)
{
  static const char * const cases[][2] = {
    { "'50.0'", "50" }, { "50", "50" }, { "'10'", "10" }, { "'500.00'", "500" },
    { "'900.0'", NULL }, { "'52'", NULL }, { "'5'", NULL }, { "''", NULL }, { "null", NULL }, { "'x'", NULL },
    { "[]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'is_dynamic':true,'range':{'min':'10.00','max':500.0,'step_size':5.0,'default':%s},"
                       "'face_value':{'amount':{'type':'range','min':{'amount':1,'currency':'USD'},'max':[]}}}",
                       cases[i][0]);
    g_autoptr (RefillsProductOption) option = read_option (text);
    RefillsDecimal value = REFILLS_DECIMAL_ZERO;
    g_autofree char *shown = NULL;

    if (refills_product_option_get_suggested (option, &value))
      shown = refills_decimal_to_short_text (&value);
    g_assert_cmpstr (shown, ==, cases[i][1]);
  }
}

/* J23 */
static void
test_label (void)
{
  g_autofree char *sixes = g_strnfill (500, '6');
  g_autofree char *text =
    g_strdup_printf ("{'denomination':'10 USD','localized_denomination':'\\u202e\\u00a0$\\u20661\\n%s'}", sixes);
  g_autoptr (RefillsProductOption) option = read_option (text);
  const char *label = refills_product_option_get_label (option);

  g_assert_true (g_str_has_prefix (label, "$1 666"));
  g_assert_cmpint (g_utf8_strlen (label, -1), <=, 121);
  g_assert_cmpstr (refills_product_option_get_denomination (option), ==, "10 USD");
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsProductOption) option = refills_product_option_new_from_json (place, &error);

  g_assert_true ((option == NULL) == (error != NULL));
  if (option != NULL) {
    assert_contract (option);
    g_assert_nonnull (refills_product_option_get_label (option));
    g_assert_nonnull (refills_product_option_get_denomination (option));
  }
}

static void
test_vary (void)
{
  json_case_vary (fixed, vary_cb, NULL);
  json_case_vary (range, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/product-option/fixed", test_fixed);
  g_test_add_func ("/product-option/range", test_range);
  g_test_add_func ("/product-option/without-price", test_without_price);
  g_test_add_func ("/product-option/bad", test_bad);
  g_test_add_func ("/product-option/check-value", test_check_value);
  g_test_add_func ("/product-option/plan", test_plan);
  g_test_add_func ("/product-option/pin", test_pin);
  g_test_add_func ("/product-option/plan-texts", test_plan_texts);
  g_test_add_func ("/product-option/suggested", test_suggested);
  g_test_add_func ("/product-option/J23", test_label);
  g_test_add_func ("/product-option/vary", test_vary);

  return g_test_run ();
}
