/* test-quote.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-quote.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-problem.h"
#include "refills-test.h"

static const char price[] =
  "{'product_id':'a','is_dynamic':true,'coin_amount':'101.48','coin':'USDC',"
  "'original_coin_amount':'101.48','delivery_type':'by_email','points':'88'}";
static const char validation[] =
  "{'coin':'USDC','coin_amount':'25.37','problems':null,"
  "'deliveries':[{'id':'1','delivery_state':'Created','kind':'giftcard','deliverable':{"
  "'denomination':'range','brand_name':'Amazon.com','beneficiary_account':'ada@example.com',"
  "'country_code':'US','product_value':25,'coin_amount':'25.37'}}]}";

static RefillsOrderRequest *
ask (const char *denomination,
     const char *product_value)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Amazon.com", .country = "US", .denomination = denomination,
    .product_value = product_value, .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .payment_via = "USER_WALLET", .coin = "USDC",
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));

  return refills_order_request_new (&fields, lines, NULL);
}

static RefillsQuote *
read_validation (const char  *text,
                 const char  *denomination,
                 const char  *product_value,
                 GError     **error)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (RefillsOrderRequest) asked = ask (denomination, product_value);

  return refills_quote_new_from_validation_json (&json->place, asked, 7, error);
}

static char *
replace (const char *text,
         const char *old,
         const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, old, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);

  return g_strjoin (by, parts[0], parts[1], NULL);
}

static const char *
first_code (RefillsQuote *quote)
{
  g_autoptr (RefillsProblem) problem = g_list_model_get_item (refills_quote_get_problems (quote), 0);

  return problem != NULL ? refills_problem_get_code (problem) : NULL;
}

static void
test_price (void)
{
  g_autoptr (JsonCase) json = json_case_new (price);
  g_autoptr (GError) error = NULL;
  RefillsQuote *quote = refills_quote_new_from_price_json (&json->place, &error);

  g_assert_no_error (error);
  assert_contract (quote);
  g_assert_true (refills_quote_is_accepted (quote));
  g_assert_cmpstr (refills_quote_get_coin (quote), ==, "USDC");
  g_assert_cmpstr (refills_quote_get_coin_amount (quote), ==, "101.48");
  g_assert_cmpstr (refills_quote_get_label (quote), ==, "101.48 USDC");
  g_assert_cmpuint (g_list_model_get_n_items (refills_quote_get_problems (quote)), ==, 0);
  g_assert_finalize_object (quote);
}

static void
test_bad_amounts (void)
{
  static const char * const amounts[] = {
    "'1e2'", "'0x10'", "'-5'", "0", "'0.00'", "1e400", "null", "''", "'25,37'", "'NaN'", "[]",
    "'1234567890123456789012345678901'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++) {
    g_autofree char *text = replace (price, "'101.48'", amounts[i]);
    g_autofree char *other = replace (validation, "'25.37'", amounts[i]);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) other_error = NULL;

    g_assert_null (refills_quote_new_from_price_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    g_assert_null (read_validation (other, "range", "25", &other_error));
    g_assert_error (other_error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  }
}

static void
test_validation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) quote = read_validation (validation, "range", "25.00", &error);
  g_autofree char *empty_text = replace (validation, "null", "[]");
  g_autoptr (RefillsQuote) empty = read_validation (empty_text, "range", "25", &error);
  g_autofree char *number_text = replace (validation, "'25.37'", "25.370");
  g_autoptr (RefillsQuote) number = read_validation (number_text, "range", "25", &error);

  g_assert_no_error (error);
  g_assert_true (refills_quote_is_accepted (quote));
  g_assert_cmpstr (refills_quote_get_label (quote), ==, "25.37 USDC");
  g_assert_true (refills_quote_is_accepted (empty));
  g_assert_cmpstr (refills_quote_get_coin_amount (number), ==, "25.370");
}

static void
test_not_validated (void)
{
  g_autofree char *text = replace (validation, "'problems':null,", "");
  g_autoptr (GError) error = NULL;

  g_assert_null (read_validation (text, "range", "25", &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_problems (void)
{
  static const char * const cases[][2] = {
    { "[{'problem':'OUT_OF_STOCK'}]", "OUT_OF_STOCK" }, { "['OUT_OF_STOCK']", "OUT_OF_STOCK" },
    { "{}", REFILLS_PROBLEM_CODE_UNREADABLE }, { "'text'", REFILLS_PROBLEM_CODE_UNREADABLE },
    { "[7]", REFILLS_PROBLEM_CODE_UNREADABLE }, { "[{}]", REFILLS_PROBLEM_CODE_UNREADABLE },
    { "true", REFILLS_PROBLEM_CODE_UNREADABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = replace (validation, "null", cases[i][0]);
    g_autofree char *unpriced = replace (text, "'25.37'", "null");
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsQuote) quote = read_validation (text, "range", "25", &error);
    g_autoptr (RefillsQuote) without_price = read_validation (unpriced, "range", "25", &error);

    g_assert_no_error (error);
    g_assert_false (refills_quote_is_accepted (quote));
    g_assert_cmpstr (first_code (quote), ==, cases[i][1]);
    g_assert_false (refills_quote_is_accepted (without_price));
    g_assert_null (refills_quote_get_coin_amount (without_price));
  }
}

static void
test_many_problems (void)
{
  g_autoptr (GString) list = g_string_new ("[7");
  g_autofree char *text = NULL;
  g_autoptr (RefillsQuote) quote = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (list, ",{'problem':'NOT_ACTIVE'}");
  g_string_append_c (list, ']');
  text = replace (validation, "null", list->str);
  quote = read_validation (text, "range", "25", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (refills_quote_get_problems (quote)), ==, 20);
}

static void
test_echo (void)
{
  static const struct {
    const char *old;
    const char *by;
    gboolean accepted;
  } cases[] = {
    { "'USDC'", "'USDT'", FALSE },
    { "'USDC'", "null", TRUE },
    { "'Amazon.com'", "'Amazon.de'", FALSE },
    { "'Amazon.com'", "null", FALSE },
    { "'country_code':'US'", "'country_code':'DE'", FALSE },
    { "'country_code':'US'", "'country_code':'us'", TRUE },
    { "ada@example.com", "eve@example.com", FALSE },
    { "ada@example.com", "Ada@Example.com", TRUE },
    { "'product_value':25", "'product_value':'25.0'", TRUE },
    { "'product_value':25", "'product_value':26", FALSE },
    { "'product_value':25", "'product_value':null", FALSE },
    { "'denomination':'range'", "'denomination':'100 USD'", TRUE },
    { "'denomination':'range','brand_name':'Amazon.com','beneficiary_account':'ada@example.com',"
      "'country_code':'US','product_value':25",
      "'denomination':'25 USD','brand_name':'Amazon.com','country_code':'US'", TRUE },
    { "'denomination':'range','brand_name':'Amazon.com','beneficiary_account':'ada@example.com',"
      "'country_code':'US','product_value':25",
      "'denomination':'100 USD','brand_name':'Amazon.com','country_code':'US'", FALSE },
    { "'deliveries':[", "'deliveries':[{},", FALSE },
    { "'deliveries'", "'dispatches'", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = replace (validation, cases[i].old, cases[i].by);
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsQuote) quote = read_validation (text, "range", "25", &error);

    g_assert_no_error (error);
    g_assert_cmpint (refills_quote_is_accepted (quote), ==, cases[i].accepted);
    if (!cases[i].accepted)
      g_assert_cmpstr (first_code (quote), ==, REFILLS_PROBLEM_CODE_NOT_AS_ASKED);
  }
}

static void
test_fixed_echo (void)
{
  g_autofree char *text = replace (validation, "'denomination':'range'", "'denomination':'25 USD'");
  g_autoptr (RefillsQuote) same = read_validation (text, "25 USD", NULL, NULL);
  g_autoptr (RefillsQuote) other = read_validation (text, "20 USD", NULL, NULL);

  g_assert_true (refills_quote_is_accepted (same));
  g_assert_false (refills_quote_is_accepted (other));
}

static RefillsOrderRequest *
ask_for_several (const char *coupon)
{
  static const struct { const char *denomination; const char *value; const char *to; } table[] = {
    { "10 USD", NULL, "ada@example.com" }, { "10 USD", NULL, "bob@example.com" },
    { "10 USD", NULL, "bob@example.com" }, { NULL, "25", "ada@example.com" },
  };
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC", .coupon = coupon };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    const RefillsOrderLineFields line_fields = {
      .brand_name = "Amazon.com", .country = "US", .denomination = table[i].denomination,
      .product_value = table[i].value, .beneficiary = table[i].to,
    };

    g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  }

  return refills_order_request_new (&fields, lines, NULL);
}

static RefillsQuote *
read_several (const char *deliveries,
              const char *rest)
{
  g_autofree char *text =
    g_strdup_printf ("{'coin':'USDC','coin_amount':'57.37','problems':[],'deliveries':[%s]%s}", deliveries, rest);
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (RefillsOrderRequest) asked = ask_for_several (NULL);
  g_autoptr (GError) error = NULL;
  RefillsQuote *quote = refills_quote_new_from_validation_json (&json->place, asked, 7, &error);

  g_assert_no_error (error);

  return quote;
}

static void
test_several (void)
{
#define TEN(to) "{'deliverable':{'brand_name':'Amazon.com','denomination':'10 USD','beneficiary_account':'" to "'}}"
#define ADA TEN ("ada@example.com")
#define BOB TEN ("bob@example.com")
#define RANGE "{'deliverable':{'brand_name':'Amazon.com','denomination':'25 USD','beneficiary_account':null}}"
  static const struct { const char *deliveries; gboolean accepted; } cases[] = {
    { ADA "," BOB "," BOB "," RANGE, TRUE },
    { RANGE "," BOB "," ADA "," BOB, TRUE },
    { ADA "," ADA "," BOB "," RANGE, FALSE },
    { ADA "," BOB "," BOB, FALSE },
    { ADA "," BOB "," BOB "," BOB, FALSE },
    { ADA "," BOB "," BOB "," RANGE "," RANGE, FALSE },
    { ADA "," BOB "," BOB ",7", FALSE },
    { ADA "," ADA "," ADA "," ADA "," ADA "," ADA "," ADA "," ADA "," ADA "," ADA "," ADA, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsQuote) quote = read_several (cases[i].deliveries, "");

    g_assert_cmpint (refills_quote_is_accepted (quote), ==, cases[i].accepted);
    if (!cases[i].accepted)
      g_assert_cmpstr (first_code (quote), ==, REFILLS_PROBLEM_CODE_NOT_AS_ASKED);
  }
}

/* The total is what is paid; a summary that says another contradicts it. */
static void
test_summary (void)
{
  static const struct { const char *rest; gboolean accepted; } cases[] = {
    { ",'summary':{'coin_amount_to_pay_in_crypto':'57.37'}", TRUE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':57.37}", TRUE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'57.370000'}", TRUE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'57.36'}", FALSE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'57.38'}", FALSE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'58'}", FALSE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'573.7'}", FALSE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'0'}", FALSE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':null}", TRUE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':[]}", TRUE },
    { ",'summary':{'coin_amount_to_pay_in_crypto':'much'}", FALSE },
    { ",'summary':{}", TRUE }, { ",'summary':null", TRUE }, { ",'summary':[7]", TRUE },
    { ",'points':{'amount':22},'is_payment_processor_external':'yes'", TRUE },
    { ",'points':'22','is_payment_processor_external':{}", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsQuote) quote = read_several (ADA "," BOB "," BOB "," RANGE, cases[i].rest);

    g_assert_cmpint (refills_quote_is_accepted (quote), ==, cases[i].accepted);
    if (!cases[i].accepted)
      g_assert_cmpstr (first_code (quote), ==, REFILLS_PROBLEM_CODE_NOT_AS_ASKED);
  }
}

static void
test_coupon (void)
{
  static const struct { const char *coupon; const char *code; const char *problems; const char *first; } cases[] = {
    { "TEN", "'TEN'", "null", NULL },
    { "TEN", "'ten'", "[]", NULL },
    { "TEN", "null", "null", REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED },
    { "TEN", "''", "null", REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED },
    { "TEN", "'TWENTY'", "null", REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED },
    { "TEN", "{}", "null", REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED },
    { "TEN", "null", "[{'problem':'COUPON_EXPIRED'}]", "COUPON_EXPIRED" },
    { NULL, "null", "null", NULL },
    { NULL, "'TEN'", "null", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'coin_amount':'57.37','coupon_code':%s,'problems':%s,'deliveries':["
                       ADA "," BOB "," BOB "," RANGE "]}", cases[i].code, cases[i].problems);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (RefillsOrderRequest) asked = ask_for_several (cases[i].coupon);
    g_autoptr (RefillsQuote) quote = refills_quote_new_from_validation_json (&json->place, asked, 7, NULL);

    g_assert_cmpstr (first_code (quote), ==, cases[i].first);
    g_assert_cmpint (refills_quote_is_accepted (quote), ==, cases[i].first == NULL);
    g_assert_true (refills_quote_get_asked (quote) == asked);
    g_assert_cmpint (refills_quote_get_asked_at (quote), ==, 7);
  }
}

/* Where a coupon pays for a part, the total is what is left. */
static void
test_coupon_of_summary (void)
{
  static const struct { const char *to_pay; const char *total; } cases[] = {
    { "'51.63'", "51.63" }, { "51.630", "51.630" }, { "'57.37'", "57.37" }, { "'57.3700'", "57.37" },
    { "'57.38'", NULL }, { "'0x1'", NULL }, { "null", "57.37" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'coin_amount':'57.37','coupon_code':'TEN','problems':null,'summary':{"
                       "'coin_amount_to_pay_in_crypto':%s},'deliveries':[" ADA "," BOB "," BOB "," RANGE "]}",
                       cases[i].to_pay);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (RefillsOrderRequest) asked = ask_for_several ("TEN");
    g_autoptr (RefillsQuote) quote = refills_quote_new_from_validation_json (&json->place, asked, 7, NULL);

    g_test_message ("%s", cases[i].to_pay);
    g_assert_cmpint (refills_quote_is_accepted (quote), ==, cases[i].total != NULL);
    if (cases[i].total != NULL)
      g_assert_cmpstr (refills_quote_get_coin_amount (quote), ==, cases[i].total);
    else
      g_assert_cmpstr (first_code (quote), ==, REFILLS_PROBLEM_CODE_NOT_AS_ASKED);
  }
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (RefillsOrderRequest) asked = ask ("range", "25");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) price_error = NULL;
  g_autoptr (RefillsQuote) quote =
    refills_quote_new_from_validation_json (place, asked, 7, &error);
  g_autoptr (RefillsQuote) as_price = refills_quote_new_from_price_json (place, &price_error);

  g_assert_true ((quote == NULL) == (error != NULL));
  g_assert_true ((as_price == NULL) == (price_error != NULL));
  if (quote != NULL && refills_quote_is_accepted (quote))
    g_assert_nonnull (refills_quote_get_coin_amount (quote));
}

static void
test_vary (void)
{
  json_case_vary (validation, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/quote/price", test_price);
  g_test_add_func ("/quote/bad-amounts", test_bad_amounts);
  g_test_add_func ("/quote/validation", test_validation);
  g_test_add_func ("/quote/not-validated", test_not_validated);
  g_test_add_func ("/quote/problems", test_problems);
  g_test_add_func ("/quote/many-problems", test_many_problems);
  g_test_add_func ("/quote/echo", test_echo);
  g_test_add_func ("/quote/fixed-echo", test_fixed_echo);
  g_test_add_func ("/quote/several", test_several);
  g_test_add_func ("/quote/summary", test_summary);
  g_test_add_func ("/quote/coupon-of-summary", test_coupon_of_summary);
  g_test_add_func ("/quote/coupon", test_coupon);
  g_test_add_func ("/quote/vary", test_vary);

  return g_test_run ();
}
