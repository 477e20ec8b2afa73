/* test-problem.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-problem.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-problem-choice.h"
#include "refills-problem-table.h"
#include "refills-test.h"

#define N_REFERENCE_CODES 28
#define MAX_TEXT_LENGTH 700

static RefillsProblem *
read_problem (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsProblem *problem = refills_problem_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return problem;
}

static RefillsProblem *
read_details (const char *code,
              const char *details)
{
  g_autofree char *text = g_strdup_printf ("{'problem':'%s','moreDetails':%s}", code, details);

  return read_problem (text);
}

static void
test_contract (void)
{
  RefillsProblem *problem = refills_problem_new_for_code ("OUT_OF_STOCK");

  assert_contract (problem);
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "OUT_OF_STOCK");
  g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_PRODUCT);
  g_assert_cmpint (refills_problem_get_line (problem), ==, -1);
  g_assert_cmpuint (g_list_model_get_n_items (refills_problem_get_choices (problem)), ==, 0);
  g_assert_finalize_object (problem);
}

static void
assert_is_sentence (const char *text)
{
  g_assert_true (g_ascii_isupper (text[0]));
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strpbrk (text, "!_<>%"));
  g_assert_null (strstr (text, "  "));
}

/* Two parts, what and next, each a sentence of its own, and neither in the service's words. */
static void
assert_told (const char *code)
{
  g_autoptr (RefillsProblem) problem = refills_problem_new_for_code (code);
  const char *what = refills_problem_get_what (problem);
  const char *next = refills_problem_get_next (problem);
  g_autofree char *joined = g_strdup_printf ("%s %s", what, next);
  g_autofree char *lower = g_utf8_strdown (joined, -1);
  g_autofree char *words = g_strdelimit (g_utf8_strdown (code, -1), "_", ' ');

  g_test_message ("%s", code);
  g_assert_true (refills_problem_code_is_known (code));
  g_assert_cmpstr (refills_problem_get_code (problem), ==, code);
  assert_is_sentence (what);
  assert_is_sentence (next);
  g_assert_cmpstr (refills_problem_get_text (problem), ==, joined);
  g_assert_null (strstr (joined, code));
  g_assert_null (strstr (lower, words));
}

static char **
load_reference_codes (void)
{
  g_autoptr (GBytes) bytes = refills_test_read_file ("vectors/reference-codes.txt");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_true (g_str_has_suffix (text, "\n"));

  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* The list is the reference's (section 7, "Possible errors"), not a copy of our table. */
static void
test_reference_file (void)
{
  g_auto (GStrv) codes = load_reference_codes ();

  g_assert_cmpuint (g_strv_length (codes), ==, N_REFERENCE_CODES);
  for (guint i = 0; codes[i] != NULL; i++) {
    g_assert_cmpuint (strspn (codes[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), ==, strlen (codes[i]));
    g_assert_cmpuint (strlen (codes[i]), >=, 8);
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (codes[i], !=, codes[j]);
  }
}

static void
test_reference_codes (void)
{
  g_auto (GStrv) codes = load_reference_codes ();

  for (guint i = 0; codes[i] != NULL; i++) {
    g_autoptr (RefillsProblem) problem = refills_problem_new_for_code (codes[i]);

    assert_told (codes[i]);
    for (guint j = 0; j < i; j++) {
      g_autoptr (RefillsProblem) other = refills_problem_new_for_code (codes[j]);

      g_assert_cmpstr (refills_problem_get_what (problem), !=, refills_problem_get_what (other));
      g_assert_cmpstr (refills_problem_get_text (problem), !=, refills_problem_get_text (other));
    }
  }
}

/* Every code that API reference, section 14, names, and what it is about. */
static void
test_codes (void)
{
  static const struct { RefillsProblemSubject subject; const char *codes; } table[] = {
    { REFILLS_PROBLEM_SUBJECT_ORDER,
      "MULTIPLE_LIMITED_PRODUCT_SAME_ORDER BLOCKED_COUNTRY LOYALTY_NOT_AVAILABLE_FOR_ORDER LOYALTY_BELOW_MINIMUM "
      "INSUFFICIENT_LOYALTY_POINTS LOYALTY_REDEMPTION_NOT_AVAILABLE BAD_REQUEST ORDER_CREATE_ERROR "
      "NFT_GIFT_CARD_NOT_APPLICABLE_FOR_SELECTED_PRODUCTS TOO_MANY_NFT_GIFT_CARDS "
      REFILLS_PROBLEM_CODE_NOT_AS_ASKED " " REFILLS_PROBLEM_CODE_UNREADABLE },
    { REFILLS_PROBLEM_SUBJECT_PRODUCT,
      "NOT_AVAILABLE_PRODUCT OUT_OF_STOCK NOT_ACTIVE FLIGHT_EXPIRED STAY_EXPIRED FLIGHT_SERVICE_NOT_AVAILABLE "
      "STAY_SERVICE_NOT_AVAILABLE" },
    { REFILLS_PROBLEM_SUBJECT_BENEFICIARY, "INVALID_BENEFICIARY_ACCOUNT" },
    { REFILLS_PROBLEM_SUBJECT_EMAIL,
      "EMAIL_NOT_CONFIRMED USER_BLOCKED USER_BLOCKED_BY_EXTERNAL_PAYMENT_PROCESSOR INVALID_EMAIL_DOMAIN" },
    { REFILLS_PROBLEM_SUBJECT_AMOUNT,
      "AMOUNT_LESS_THEN_MINIMUM_ALLOWED MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED ORDER_AMOUNT_BELOW_MIN_FOR_NFT_GIFT_CARDS" },
    { REFILLS_PROBLEM_SUBJECT_LIMIT,
      "DAILY_SPENDING_LIMIT_EXCEEDED MONTHLY_SPENDING_LIMIT_EXCEEDED TRANSACTION_LIMIT_EXCEEDED "
      "PRODUCT_COUNT_EXCEEDED MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED "
      "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED" },
    { REFILLS_PROBLEM_SUBJECT_COIN, "SUSPENDED_COIN CANT_SETUP_PAYMENT" },
    { REFILLS_PROBLEM_SUBJECT_NETWORK,
      "SUSPENDED_NETWORK UNSUPPORTED_PROTOCOL_COIN_COMBINATION FULLNAME_MISSING" },
    { REFILLS_PROBLEM_SUBJECT_VIA,
      "NOT_ALLOWED_PAYMENT_VIA PAYMENT_METHOD_NOT_SUPPORTED_FOR_EMAIL PAYMENT_METHOD_NOT_SUPPORTED_FOR_FLIGHTS "
      "PAYMENT_METHOD_NOT_SUPPORTED_FOR_STAYS" },
    { REFILLS_PROBLEM_SUBJECT_COUPON,
      "COUPON_REQUIRES_LOGIN COUPON_NOT_FOUND COUPON_NOT_ACTIVE COUPON_ALREADY_SPENT COUPON_MAX_USAGE_REACHED "
      "COUPON_NOT_VALID_FOR_USER COUPON_EXPIRED COUPON_BELOW_MIN_AMOUNT COUPON_NOT_VALID_FOR_CATEGORY "
      "COUPON_NOT_VALID_FOR_KIND COUPON_NOT_VALID_FOR_BRAND COUPON_NOT_VALID_FOR_COUNTRY COUPON_NOT_VALID_FOR_STORE "
      REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED },
    { REFILLS_PROBLEM_SUBJECT_ACCOUNT,
      "LOGIN_REQUIRED VERIFICATION_REQUIRED KYC_MISSING KYC_PENDING KYC_MISSING_ON_PAYMENT_PROCESSOR "
      "KYC_PENDING_ON_PAYMENT_PROCESSOR KYC_INVALID_ON_PAYMENT_PROCESSOR KYC_DECLINED_ON_PAYMENT_PROCESSOR" },
  };
  gsize n_codes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_auto (GStrv) codes = g_strsplit (table[i].codes, " ", -1);

    for (guint j = 0; codes[j] != NULL; j++, n_codes++) {
      g_autoptr (RefillsProblem) problem = refills_problem_new_for_code (codes[j]);

      assert_told (codes[j]);
      g_assert_cmpint (refills_problem_get_subject (problem), ==, table[i].subject);
    }
  }
  g_assert_cmpuint (n_codes, ==, refills_n_problem_rows);

  for (gsize i = 0; i < refills_n_problem_rows; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmpstr (refills_problem_rows[i].what, !=, refills_problem_rows[j].what);
}

static void
test_unknown (void)
{
  static const char * const foreign[] = {
    "<b>NEW_ONE</b>", "Something went wrong!", "a:b", "%s", "\xe2\x80\xae" "EVIL", "\n\t", "",
  };
  g_autoptr (RefillsProblem) problem = read_problem ("{'problem':'OUT_OF_LUCK','title':'Sorry','detail':'Go away'}");
  g_autofree char *huge = g_strnfill (5000, 'A');
  g_autoptr (RefillsProblem) long_one = refills_problem_new_for_code (huge);

  g_assert_cmpstr (refills_problem_get_what (problem), ==, "The order cannot be made: out of luck.");
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "OUT_OF_LUCK");
  g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_ORDER);
  g_assert_false (refills_problem_code_is_known ("OUT_OF_LUCK"));
  assert_is_sentence (refills_problem_get_next (problem));
  g_assert_cmpuint (strlen (refills_problem_get_text (long_one)), <, MAX_TEXT_LENGTH);

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autoptr (RefillsProblem) other = refills_problem_new_for_code (foreign[i]);
    g_autoptr (RefillsProblem) unreadable = refills_problem_new_for_code (REFILLS_PROBLEM_CODE_UNREADABLE);

    if (!g_str_has_suffix (foreign[i], "EVIL"))
      g_assert_cmpstr (refills_problem_get_text (other), ==, refills_problem_get_text (unreadable));
    g_assert_cmpstr (refills_problem_get_code (other), !=, "");
    g_assert_null (strstr (refills_problem_get_code (other), "\xe2\x80\xae"));
  }
}

#define DELIVERY(brand, value, account) \
  "{'kind':'mobile_recharge','deliverable':{'brand_name':'" brand "','family':'x','country_code':'US'," \
  "'denomination':'" value "','beneficiary_account':'" account "'}}"

/* Two sets of details for each code that has some, and what of each must be read in its sentences. */
static const struct {
  const char *code;
  const char *details[2];
  const char *told[2]; /* parted by | */
} figures[] = {
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED",
    { "{'threshold':'0.562099175481640','minimumAmountCoinSymbol':'USDC','minimumAmountUSD':'0.57',"
      "'minimumAmountCoin':'0.562099175481640'}",
      "{'threshold':0.000006542118270,'minimumAmountCoinSymbol':'BTC'}" },
    { "0.562099175481640 USDC|0.57 USD", "0.000006542118270 BTC" } },
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED",
    { "{'minimumAmountUSD':'0.57'}", "{'minimumAmountUSD':0.60}" }, { "0.57 USD", "0.60 USD" } },
  { "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED",
    { "{'max_for_each_purchase':'2000'}", "{'max_for_each_purchase':'1,500.50 EUR'}" }, { "2000", "1,500.50 EUR" } },
  { "DAILY_SPENDING_LIMIT_EXCEEDED",
    { "{'daily_max':{'amount':1000,'currency':'EUR'},'monthly_max':{'amount':5000,'currency':'EUR'},"
      "'spent_today_by_user':{'amount':0,'currency':'EUR'},'spent_today_from_ip':{'amount':980.50,'currency':'EUR'},"
      "'order_price_in_currency':{'amount':100,'currency':'EUR'},'is_user_logged_in':false,"
      "'dailySpendingLimitInfo':{'forNOT_REGISTERED':{'amount':1000,'currency':'EUR'},"
      "'forREGISTERED':{'amount':2000,'currency':'EUR'},'forKYC_1':null}}",
      "{'daily_max':{'amount':'300','currency':'USD'},'spent_today_by_user':{'amount':'250','currency':'USD'},"
      "'dailySpendingLimitInfo':{'forREGISTERED':'700'}}" },
    { "1000 EUR|980.50 EUR|order of 100 EUR|2000 EUR", "300 USD|250 USD|700" } },
  { "MONTHLY_SPENDING_LIMIT_EXCEEDED",
    { "{'daily_max':{'amount':1000,'currency':'EUR'},'monthly_max':{'amount':5000,'currency':'EUR'},"
      "'spent_this_month_by_user':{'amount':4100,'currency':'EUR'},"
      "'spent_this_month_from_ip':{'amount':0,'currency':'EUR'},"
      "'order_price_in_currency':{'amount':1200,'currency':'EUR'},"
      "'monthlySpendingLimitInfo':{'forREGISTERED':{'amount':9000,'currency':'EUR'}}}",
      "{'monthly_max':{'amount':700,'currency':'USD'}}" },
    { "5000 EUR|4100 EUR|order of 1200 EUR|9000 EUR", "700 USD" } },
  { "PRODUCT_COUNT_EXCEEDED",
    { "{'max_products_per_order':10}", "{'max_products_per_order':'1'}" }, { "10 products", "1 product." } },
  { "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED",
    { "{'why':'brand','max_per_day':3,'exceeding':2}", "{'why':'PHONE_NUMBER','max_per_day':5,'exceeding':1}" },
    { "3|2|brand", "5|1|phone number" } },
  { "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED",
    { "{'max_per_day':3}", "{'max_per_day':4}" }, { "3", "4" } },
  { "NOT_AVAILABLE_PRODUCT",
    { "{'delivery':" DELIVERY ("Steam", "10 USD", "a@b.c") "}",
      "{'delivery':" DELIVERY ("Xbox", "25 USD", "a@b.c") "}" },
    { "Steam (10 USD)", "Xbox (25 USD)" } },
  { "OUT_OF_STOCK",
    { "{'delivery':" DELIVERY ("Steam", "10 USD", "a@b.c") "}",
      "{'delivery':{'kind':null,'deliverable':{'brand_name':'Visa','denomination':'range','product_value':25}}}" },
    { "Steam (10 USD)", "Visa (25)" } },
  { "NOT_ACTIVE",
    { "{'delivery':" DELIVERY ("Steam", "10 USD", "a@b.c") "}",
      "{'delivery':{'brand_name':'AT&T','denomination':null}}" },
    { "Steam (10 USD)", "AT&T" } },
  { "INVALID_BENEFICIARY_ACCOUNT",
    { "{'delivery':" DELIVERY ("Lycamobile", "10 USD", "5551234") "}",
      "{'delivery':" DELIVERY ("Steam", "20 USD", "ada@example") "}" },
    { "“5551234”|Lycamobile (10 USD)|begins with +", "“ada@example”|Steam (20 USD)|e-mail address" } },
  { "NOT_ALLOWED_PAYMENT_VIA",
    { "{'paymentVia':'USER_WALLET','allowedKinds':['giftcard']}",
      "{'paymentVia':'GATE_PAY','allowedKinds':['BINANCE_PAY','NEW_PAY']}" },
    { "your own wallet|gift cards", "Gate Pay|Binance Pay, New Pay" } },
  { "UNSUPPORTED_PROTOCOL_COIN_COMBINATION",
    { "{'deliveries':[" DELIVERY ("Visa", "25 USD", "a@b.c") "],'supported_protocol_coin_combo':["
      "{'protocol':'SOLANA_LIKE','coin':'USDC'},{'protocol':'LIGHTNING_LIKE','coin':'BTC'}]}",
      "{'deliveries':[],'supported_protocol_coin_combo':[{'protocol':'NEW_CHAIN_LIKE','coin':'USDT'}]}" },
    { "Visa (25 USD)|USDC on Solana, BTC on Lightning", "USDT on new chain" } },
  { "LOGIN_REQUIRED",
    { "{'deliveries':[" DELIVERY ("Visa", "25 USD", "a@b.c") "," DELIVERY ("Xbox", "5 USD", "a@b.c") "]}",
      "{'delivery':" DELIVERY ("Steam", "10 USD", "a@b.c") "}" },
    { "Visa (25 USD), Xbox (5 USD)", "Steam (10 USD)" } },
  { "KYC_DECLINED_ON_PAYMENT_PROCESSOR",
    { "{'declined_reason':'DOCUMENT_EXPIRED','delivery':" DELIVERY ("Visa", "25 USD", "a@b.c") "}",
      "{'declined_reason':'The picture is blurred.'}" },
    { "document expired|Visa (25 USD)", "The picture is blurred." } },
  { "KYC_MISSING_ON_PAYMENT_PROCESSOR",
    { "{'deliveries':[" DELIVERY ("Visa", "25 USD", "a@b.c") "]}",
      "{'delivery':" DELIVERY ("Xbox", "5 USD", "a@b.c") "}" },
    { "Visa (25 USD)", "Xbox (5 USD)" } },
  { "SUSPENDED_COIN", { "{'coin':'USDC'}", "{'coin':'BTC'}" }, { "USDC", "BTC" } },
  { "SUSPENDED_NETWORK",
    { "{'coin':'USDC'}", "{'coin':'BTC','network':'Lightning'}" }, { "USDC", "BTC on Lightning" } },
  { "COUPON_EXPIRED",
    { "{'valid_until':'1767225600','valid_until_pretty':'January 1, 2026'}", "{'valid_until':1735689600}" },
    { "January 1, 2026", "2" } },
  { "COUPON_BELOW_MIN_AMOUNT", { "{'min_order_amount':'50'}", "{'min_order_amount':'$75'}" }, { "50", "$75" } },
  { "COUPON_NOT_VALID_FOR_CATEGORY",
    { "{'valid_categories':['games','food_and_drink']}", "{'valid_categories':['travel']}" },
    { "games, food and drink", "travel" } },
  { "COUPON_NOT_VALID_FOR_KIND",
    { "{'valid_kinds':['mobile_recharge']}", "{'valid_kinds':['giftcard','new_kind']}" },
    { "mobile top-ups", "gift cards, new kind" } },
  { "COUPON_NOT_VALID_FOR_BRAND",
    { "{'valid_brand_names':['Steam']}", "{'valid_brand_names':['Xbox','AT&T']}" }, { "Steam", "Xbox, AT&T" } },
  { "COUPON_NOT_VALID_FOR_COUNTRY",
    { "{'spendable_country_codes':['DE','FR']}", "{'spendable_country_codes':['US']}" },
    { "Germany, France", "United States" } },
  { "COUPON_NOT_VALID_FOR_STORE",
    { "{'storeRestrictions':['cryptorefills.com']}", "{'storeRestrictions':['shop.example']}" },
    { "cryptorefills.com", "shop.example" } },
  { "LOYALTY_REDEMPTION_NOT_AVAILABLE",
    { "{'minimum_points':500,'available_points':22}", "{'minimum_points':'600'}" }, { "500|22", "600" } },
  { "INSUFFICIENT_LOYALTY_POINTS",
    { "{'available_points':22}", "{'available_points':23}" }, { "22", "23" } },
};

/* Other figures, another text; the figures as they were sent. */
static void
test_figures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    g_autoptr (RefillsProblem) plain = refills_problem_new_for_code (figures[i].code);
    g_autofree char *earlier = NULL;

    for (gsize j = 0; j < 2; j++) {
      g_autoptr (RefillsProblem) problem = read_details (figures[i].code, figures[i].details[j]);
      g_auto (GStrv) told = g_strsplit (figures[i].told[j], "|", -1);
      const char *text = refills_problem_get_text (problem);

      g_test_message ("%s", text);
      for (guint k = 0; told[k] != NULL; k++)
        g_assert_nonnull (strstr (text, told[k]));
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_true (g_str_has_suffix (refills_problem_get_next (problem), "."));
      g_assert_null (strstr (text, ".."));
      g_assert_cmpstr (text, !=, refills_problem_get_text (plain));
      g_assert_cmpstr (text, !=, earlier);
      g_clear_pointer (&earlier, g_free);
      earlier = g_strdup (text);
    }
  }
}

/* Each value of the details that is a text becomes @value; member names stay. */
static char *
replace_values (const char *details,
                const char *value)
{
  GString *replaced = g_string_new (NULL);

  for (const char *at = details; *at != '\0'; at++) {
    const char *end = NULL;

    if (*at != '\'') {
      g_string_append_c (replaced, *at);
      continue;
    }
    end = strchr (at + 1, '\'');
    if (end[1] == ':')
      g_string_append_len (replaced, at, end - at + 1);
    else
      g_string_append_printf (replaced, "'%s'", value);
    at = end;
  }

  return g_string_free (replaced, FALSE);
}

static void
test_hostile_details (void)
{
  g_autofree char *long_line = g_strnfill (5000, 'x');
  g_autofree char *digits = g_strnfill (5000, '9');
  const char * const values[] = {
    "<b>bold</b>", "<a href=x>link</a>", "&lt;i>", "%s%n%d", "100%s", "\xe2\x80\xae" "evil", "a\xe2\x80\x8b" "b",
    "\\u0007bell", "two\\nlines", "{json:1}", "", "   ", long_line, digits,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    g_autoptr (RefillsProblem) plain = refills_problem_new_for_code (figures[i].code);
    g_autofree char *emptied = replace_values (figures[i].details[0], "");
    gboolean has_numbers = strpbrk (emptied, "0123456789") != NULL;

    for (gsize j = 0; j < G_N_ELEMENTS (values); j++) {
      g_autofree char *details = replace_values (figures[i].details[0], values[j]);
      g_autoptr (RefillsProblem) problem = read_details (figures[i].code, details);
      const char *text = refills_problem_get_text (problem);

      g_test_message ("%s: %.80s", text, values[j]);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <, MAX_TEXT_LENGTH);
      g_assert_null (strpbrk (text, "<>{}%\n\a"));
      g_assert_null (strstr (text, "\xe2\x80\xae"));
      g_assert_null (strstr (text, "\xe2\x80\x8b"));
      /* What is sent as a number is none of these, and stays. */
      if (!has_numbers)
        g_assert_cmpstr (text, ==, refills_problem_get_text (plain));
    }
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
  if (problem != NULL) {
    g_assert_cmpstr (refills_problem_get_what (problem), !=, "");
    g_assert_cmpstr (refills_problem_get_next (problem), !=, "");
  }
}

/* Each member missing, null and of each other type. */
static void
test_vary (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    for (gsize j = 0; j < 2; j++) {
      g_autofree char *text = g_strdup_printf ("{'problem':'%s','moreDetails':%s}", figures[i].code,
                                               figures[i].details[j]);

      json_case_vary (text, vary_cb, NULL);
    }
  }
}

static void
test_plain_without_details (void)
{
  static const char * const nothing[] = { "null", "{}", "[]", "7", "true", "'text'", "[{}]", "{'delivery':null}",
                                          "{'deliveries':{}}", "{'delivery':{'deliverable':[]}}" };

  for (gsize i = 0; i < refills_n_problem_rows; i++) {
    g_autoptr (RefillsProblem) plain = refills_problem_new_for_code (refills_problem_rows[i].code);

    for (gsize j = 0; j < G_N_ELEMENTS (nothing); j++) {
      g_autoptr (RefillsProblem) problem = read_details (refills_problem_rows[i].code, nothing[j]);

      g_assert_cmpstr (refills_problem_get_text (problem), ==, refills_problem_get_text (plain));
    }
  }
}

static void
test_choices (void)
{
  GString *many = g_string_new ("{'supported_protocol_coin_combo':[null,7,{},{'protocol':'BASE_LIKE'}");
  g_autofree char *details = NULL;
  g_autoptr (RefillsProblem) problem = NULL;
  g_autoptr (RefillsProblem) kinds =
    read_details ("NOT_ALLOWED_PAYMENT_VIA", "{'allowedKinds':['giftcard','giftcard',null,'BINANCE_PAY','<b>']}");
  g_autoptr (RefillsProblemChoice) first = NULL;
  g_autoptr (RefillsProblemChoice) kind = g_list_model_get_item (refills_problem_get_choices (kinds), 0);
  g_autoptr (RefillsProblemChoice) via = g_list_model_get_item (refills_problem_get_choices (kinds), 1);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, ",{'protocol':'SOLANA_LIKE','coin':'C%u'},{'protocol':'SOLANA_LIKE','coin':'C0'}", i);
  g_string_append (many, "]}");
  details = g_string_free (many, FALSE);
  problem = read_details ("UNSUPPORTED_PROTOCOL_COIN_COMBINATION", details);

  g_assert_cmpuint (g_list_model_get_n_items (refills_problem_get_choices (problem)), ==, 20);
  first = g_list_model_get_item (refills_problem_get_choices (problem), 0);
  g_assert_cmpstr (refills_problem_choice_get_label (first), ==, "C0 on Solana");
  g_assert_true (g_str_has_suffix (refills_problem_get_next (problem), "C7 on Solana and others."));

  g_assert_cmpuint (g_list_model_get_n_items (refills_problem_get_choices (kinds)), ==, 2);
  g_assert_cmpstr (refills_problem_choice_get_kind (kind), ==, "giftcard");
  g_assert_cmpstr (refills_problem_choice_get_via (via), ==, "BINANCE_PAY");
}

static RefillsOrderLine *
make_line (const char *brand_name,
           const char *denomination,
           const char *product_value,
           const char *beneficiary)
{
  const RefillsOrderLineFields fields = {
    .brand_name = brand_name, .country = "US", .kind = "giftcard", .denomination = denomination,
    .product_value = product_value, .face_label = denomination, .delivery_type = "by_email",
    .beneficiary = beneficiary,
  };

  return refills_order_line_new (&fields);
}

static RefillsOrderRequest *
make_request (guint n_lines)
{
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonCase) json = json_case_new ("{'name':'Solana'}");
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (&json->place, NULL);

  g_ptr_array_add (lines, make_line ("Steam", "10 USD", NULL, "ada@example.com"));
  g_ptr_array_add (lines, make_line ("Steam", "25 USD", NULL, "ada@example.com"));
  g_ptr_array_add (lines, make_line ("Lycamobile", "10 USD", NULL, "+14155551234"));
  g_ptr_array_add (lines, make_line ("Visa", "range", "75", "bob@example.com"));
  g_ptr_array_add (lines, make_line ("Steam", "25 USD", NULL, "ada@example.com"));
  g_ptr_array_set_size (lines, (int) n_lines);

  return refills_order_request_new (&fields, lines, network);
}

static char *
describe_lines (RefillsProblem *problem)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < 12; i++)
    if (refills_problem_concerns_line (problem, i))
      g_string_append_printf (lines, "%u", i);

  return g_string_free (lines, FALSE);
}

static void
test_bind (void)
{
  static const struct { const char *code, *details, *lines; int first; guint n_lines; } cases[] = {
    { "OUT_OF_STOCK", "{'delivery':" DELIVERY ("Steam", "10 USD", "ada@example.com") "}", "0", 0, 5 },
    { "OUT_OF_STOCK", "{'delivery':" DELIVERY ("Steam", "25 USD", "ADA@example.com") "}", "14", 1, 5 },
    { "OUT_OF_STOCK", "{'delivery':{'deliverable':{'brand_name':'Steam'}}}", "014", 0, 5 },
    { "OUT_OF_STOCK", "{'delivery':" DELIVERY ("Steam", "50 USD", "ada@example.com") "}", "", -1, 5 },
    { "OUT_OF_STOCK", "{'delivery':" DELIVERY ("Xbox", "10 USD", "ada@example.com") "}", "", -1, 5 },
    { "OUT_OF_STOCK", "{'delivery':{'deliverable':{'brand_name':'Steam','country_code':'DE'}}}", "", -1, 5 },
    { "INVALID_BENEFICIARY_ACCOUNT", "{'delivery':" DELIVERY ("Lycamobile", "10 USD", "4155551234") "}", "2", 2, 5 },
    { "LOGIN_REQUIRED",
      "{'deliveries':[{'deliverable':{'brand_name':'Visa','denomination':'range','product_value':75}},"
      DELIVERY ("Lycamobile", "10 USD", "+14155551234") "]}", "23", 2, 5 },
    { "LOGIN_REQUIRED", "{'deliveries':[{'deliverable':{'brand_name':'Visa','denomination':'75 USD'}}]}", "3", 3, 5 },
    { "LOGIN_REQUIRED", "{'deliveries':[{'deliverable':{'brand_name':'Visa','product_value':'75.00'}}]}", "3", 3, 5 },
    { "OUT_OF_STOCK", "null", "", -1, 5 },
    { "OUT_OF_STOCK", "null", "0", 0, 1 },
    { "INVALID_BENEFICIARY_ACCOUNT", "null", "0", 0, 1 },
    { "SUSPENDED_COIN", "{'coin':'USDC'}", "", -1, 1 },
    { "OUT_OF_STOCK", "{'delivery':" DELIVERY ("Xbox", "10 USD", "ada@example.com") "}", "", -1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProblem) problem = read_details (cases[i].code, cases[i].details);
    g_autoptr (RefillsOrderRequest) request = make_request (cases[i].n_lines);
    g_autoptr (RefillsProblem) bound = refills_problem_bind (problem, request);
    g_autofree char *lines = describe_lines (bound);

    g_test_message ("%s %s", cases[i].code, cases[i].details);
    g_assert_cmpstr (lines, ==, cases[i].lines);
    g_assert_cmpint (refills_problem_get_line (bound), ==, cases[i].first);
    g_assert_cmpint (refills_problem_get_line (problem), ==, -1);
    g_assert_cmpstr (refills_problem_get_code (bound), ==, cases[i].code);
    g_assert_cmpstr (refills_problem_get_text (bound), ==, refills_problem_get_text (problem));
    g_assert_cmpint (refills_problem_get_subject (bound), ==, refills_problem_get_subject (problem));
    g_assert_true (refills_problem_get_choices (bound) == refills_problem_get_choices (problem));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/problem/contract", test_contract);
  g_test_add_func ("/problem/reference-file", test_reference_file);
  g_test_add_func ("/problem/reference-codes", test_reference_codes);
  g_test_add_func ("/problem/codes", test_codes);
  g_test_add_func ("/problem/unknown", test_unknown);
  g_test_add_func ("/problem/figures", test_figures);
  g_test_add_func ("/problem/hostile-details", test_hostile_details);
  g_test_add_func ("/problem/vary", test_vary);
  g_test_add_func ("/problem/plain-without-details", test_plain_without_details);
  g_test_add_func ("/problem/choices", test_choices);
  g_test_add_func ("/problem/bind", test_bind);

  return g_test_run ();
}
