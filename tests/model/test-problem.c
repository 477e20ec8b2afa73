/* test-problem.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-problem.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static RefillsProblem *
read_problem (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsProblem *problem = refills_problem_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return problem;
}

static void
test_contract (void)
{
  RefillsProblem *problem = refills_problem_new_for_code ("OUT_OF_STOCK");

  assert_contract (problem);
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "OUT_OF_STOCK");
  g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_PRODUCT);
  g_assert_finalize_object (problem);
}

/* Every code that API reference, section 14, names. */
static void
test_codes (void)
{
  static const char * const codes[] = {
    "AMOUNT_LESS_THEN_MINIMUM_ALLOWED", "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED",
    "DAILY_SPENDING_LIMIT_EXCEEDED", "MONTHLY_SPENDING_LIMIT_EXCEEDED", "PRODUCT_COUNT_EXCEEDED",
    "MULTIPLE_LIMITED_PRODUCT_SAME_ORDER", "NOT_AVAILABLE_PRODUCT", "OUT_OF_STOCK", "NOT_ACTIVE",
    "INVALID_BENEFICIARY_ACCOUNT", "NOT_ALLOWED_PAYMENT_VIA",
    "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", "LOGIN_REQUIRED", "COUPON_REQUIRES_LOGIN",
    "COUPON_NOT_FOUND", "COUPON_NOT_ACTIVE", "COUPON_ALREADY_SPENT", "COUPON_MAX_USAGE_REACHED",
    "COUPON_NOT_VALID_FOR_USER", "COUPON_EXPIRED", "COUPON_BELOW_MIN_AMOUNT",
    "COUPON_NOT_VALID_FOR_CATEGORY", "COUPON_NOT_VALID_FOR_KIND", "COUPON_NOT_VALID_FOR_BRAND",
    "COUPON_NOT_VALID_FOR_COUNTRY", "COUPON_NOT_VALID_FOR_STORE", "FLIGHT_EXPIRED",
    "STAY_EXPIRED", "FLIGHT_SERVICE_NOT_AVAILABLE", "STAY_SERVICE_NOT_AVAILABLE",
    "PAYMENT_METHOD_NOT_SUPPORTED_FOR_FLIGHTS", "PAYMENT_METHOD_NOT_SUPPORTED_FOR_STAYS",
    "NFT_GIFT_CARD_NOT_APPLICABLE_FOR_SELECTED_PRODUCTS",
    "ORDER_AMOUNT_BELOW_MIN_FOR_NFT_GIFT_CARDS", "TOO_MANY_NFT_GIFT_CARDS", "SUSPENDED_COIN",
    "SUSPENDED_NETWORK", "LOYALTY_NOT_AVAILABLE_FOR_ORDER", "LOYALTY_BELOW_MINIMUM",
    "INSUFFICIENT_LOYALTY_POINTS", "PAYMENT_METHOD_NOT_SUPPORTED_FOR_EMAIL", "FULLNAME_MISSING",
    "TRANSACTION_LIMIT_EXCEEDED", "VERIFICATION_REQUIRED", "KYC_MISSING", "KYC_PENDING",
    "KYC_MISSING_ON_PAYMENT_PROCESSOR", "KYC_PENDING_ON_PAYMENT_PROCESSOR",
    "KYC_INVALID_ON_PAYMENT_PROCESSOR", "KYC_DECLINED_ON_PAYMENT_PROCESSOR",
    "EMAIL_NOT_CONFIRMED", "USER_BLOCKED", "USER_BLOCKED_BY_EXTERNAL_PAYMENT_PROCESSOR",
    "BAD_REQUEST", "BLOCKED_COUNTRY", "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED",
    "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED", "CANT_SETUP_PAYMENT",
    "LOYALTY_REDEMPTION_NOT_AVAILABLE", "ORDER_CREATE_ERROR", "INVALID_EMAIL_DOMAIN",
    REFILLS_PROBLEM_CODE_NOT_AS_ASKED, REFILLS_PROBLEM_CODE_UNREADABLE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (RefillsProblem) problem = refills_problem_new_for_code (codes[i]);

    g_assert_cmpstr (refills_problem_get_code (problem), ==, codes[i]);
    g_assert_false (g_str_has_prefix (refills_problem_get_text (problem),
                                      "The order cannot be made:"));
    g_assert_true (g_str_has_suffix (refills_problem_get_text (problem), "."));
    g_assert_null (strchr (refills_problem_get_text (problem), '!'));
    if (g_str_has_prefix (codes[i], "COUPON_"))
      g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_COUPON);
  }
}

static void
test_unknown (void)
{
  g_autoptr (RefillsProblem) problem = refills_problem_new_for_code ("OUT_OF_LUCK");
  g_autoptr (RefillsProblem) empty = refills_problem_new_for_code ("");

  g_assert_cmpstr (refills_problem_get_text (problem), ==,
                   "The order cannot be made: out of luck");
  g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_ORDER);
  g_assert_cmpstr (refills_problem_get_code (empty), ==, REFILLS_PROBLEM_CODE_UNREADABLE);
}

static void
test_figures (void)
{
  static const char * const cases[][2] = {
    { "{'problem':'AMOUNT_LESS_THEN_MINIMUM_ALLOWED','moreDetails':{'threshold':'0.56',"
      "'minimumAmountCoinSymbol':'USDC','minimumAmountUSD':'0.57','minimumAmountCoin':'0.562'}}",
      "The amount is too small: the least is 0.562 USDC." },
    { "{'problem':'AMOUNT_LESS_THEN_MINIMUM_ALLOWED','moreDetails':{'threshold':'0.56',"
      "'minimumAmountCoinSymbol':'USDC'}}",
      "The amount is too small: the least is 0.56 USDC." },
    { "{'problem':'AMOUNT_LESS_THEN_MINIMUM_ALLOWED','moreDetails':null}",
      "The amount is too small for this coin and network. Choose a larger one." },
    { "{'problem':'AMOUNT_LESS_THEN_MINIMUM_ALLOWED','moreDetails':{'threshold':'%s',"
      "'minimumAmountCoinSymbol':'USDC'}}",
      "The amount is too small for this coin and network. Choose a larger one." },
    { "{'problem':'MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED','moreDetails':{"
      "'max_for_each_purchase':'1000 EUR'}}",
      "The amount is too large for one order: the most is 1000 EUR." },
    { "{'problem':'PRODUCT_COUNT_EXCEEDED','moreDetails':{'max_products_per_order':10}}",
      "One order holds at most 10 cards." },
    { "{'status':422,'title':'No','detail':'LOGIN_REQUIRED','moreDetails':{'deliveries':[]}}",
      "This card is sold only to people with an account at Cryptorefills. "
      "Buy it on the website." },
    { "'OUT_OF_STOCK'",
      "This card is out of stock. Choose another amount, or try again later." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProblem) problem = read_problem (cases[i][0]);

    g_assert_cmpstr (refills_problem_get_text (problem), ==, cases[i][1]);
  }
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsProblem) problem = refills_problem_new_from_json (place, &error);

  g_assert_true ((problem == NULL) == (error != NULL));
  /* Details never take the problem away. */
  if (g_str_has_prefix (path, "$.moreDetails"))
    g_assert_nonnull (problem);
  if (problem != NULL)
    g_assert_cmpstr (refills_problem_get_text (problem), !=, "");
}

static void
test_vary (void)
{
  json_case_vary ("{'problem':'AMOUNT_LESS_THEN_MINIMUM_ALLOWED','moreDetails':{"
                  "'threshold':'0.56','minimumAmountCoinSymbol':'USDC','minimumAmountCoin':'1'}}",
                  vary_cb, NULL);
  json_case_vary ("{'problem':'PRODUCT_COUNT_EXCEEDED','moreDetails':{"
                  "'max_products_per_order':10}}", vary_cb, NULL);
  json_case_vary ("{'problem':'MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED','moreDetails':{"
                  "'max_for_each_purchase':'10'}}", vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/problem/contract", test_contract);
  g_test_add_func ("/problem/codes", test_codes);
  g_test_add_func ("/problem/unknown", test_unknown);
  g_test_add_func ("/problem/figures", test_figures);
  g_test_add_func ("/problem/vary", test_vary);

  return g_test_run ();
}
