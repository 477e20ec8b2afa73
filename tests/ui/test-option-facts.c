/* test-option-facts.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-option-facts.h"

#include "json-case.h"
#include "refills-test.h"

#define OPTION(label, delivery, more) \
  "{'product_id':'1','is_dynamic':false,'denomination':'" label "','coin_amount':'11.47','coin':'USDC'," \
  "'delivery_type':'" delivery "','face_value':{'currency_code':'USD','amount':{'type':'fixed','price':'10'}}" more "}"
#define DATA(amount) ",'benefits':[{'type':'DATA','unit':'GB','amount':" amount "}]"
#define DAYS(days) ",'additional_details':{'durationInDays':" days "}"

static RefillsProductOption *
read_option (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsProductOption *option = refills_product_option_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return option;
}

/* What there is to know beside the label, and nothing twice. */
static void
test_line (void)
{
  static const struct {
    const char       *json;
    RefillsBrandKind  kind;
    const char       *line;
  } cases[] = {
    { OPTION ("10 USD", "by_email", ""), REFILLS_BRAND_KIND_GIFT_CARD, "" },
    { OPTION ("10 USD", "by_phone", ""), REFILLS_BRAND_KIND_TOP_UP, "Straight to the phone" },
    { OPTION ("10 - PIN", "by_email", ""), REFILLS_BRAND_KIND_TOP_UP, "PIN by e-mail" },
    { OPTION ("10 USD", "by_account", ""), REFILLS_BRAND_KIND_UTILITY, "Straight to the account" },
    { OPTION ("1 month", "by_phone", DATA ("5") DAYS ("30")), REFILLS_BRAND_KIND_DATA_BUNDLE,
      "5 GB · 30 days · Straight to the phone" },
    { OPTION ("1 GB 7 days", "by_email", DATA ("1") DAYS ("7")), REFILLS_BRAND_KIND_ESIM, "" },
    { OPTION ("Unlimited 3 days", "by_email", DATA ("-1") DAYS ("3")), REFILLS_BRAND_KIND_ESIM, "Unlimited data" },
    { OPTION ("A", "by_email", ",'valid_regions':['US']"), REFILLS_BRAND_KIND_ESIM, "" },
    { OPTION ("A", "by_email", ",'valid_regions':['DE']"), REFILLS_BRAND_KIND_ESIM, "Germany" },
    { OPTION ("A", "by_email", ",'valid_regions':['US','DE']"), REFILLS_BRAND_KIND_ESIM, "United States, Germany" },
    { OPTION ("A", "by_email", ",'valid_regions':['US','DE','FR','IT']"), REFILLS_BRAND_KIND_ESIM, "4 countries" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsProductOption) option = read_option (cases[i].json);
    g_autofree char *line = refills_option_facts_dup_line (option, cases[i].kind, "US");

    g_test_message ("%s", cases[i].json);
    g_assert_cmpstr (line, ==, cases[i].line);
  }
}

static void
test_regions (void)
{
  g_autoptr (RefillsProductOption) many =
    read_option (OPTION ("A", "by_email", ",'valid_regions':['US','DE','FR','IT']"));
  g_autoptr (RefillsProductOption) none = read_option (OPTION ("A", "by_email", ""));
  g_autofree char *names = refills_option_facts_dup_regions (many, FALSE);

  g_assert_cmpstr (names, ==, "United States, Germany, France, Italy");
  g_assert_null (refills_option_facts_dup_regions (none, FALSE));
}

/* Cards that differ by their value alone are tiles. */
static void
test_rows (void)
{
  g_autoptr (GListStore) options = g_list_store_new (REFILLS_TYPE_PRODUCT_OPTION);
  g_autoptr (RefillsProductOption) plain = read_option (OPTION ("10 USD", "by_email", ""));
  g_autoptr (RefillsProductOption) lasting = read_option (OPTION ("A", "by_email", DAYS ("7")));

  g_list_store_append (options, plain);
  g_assert_false (refills_option_facts_are_worth_rows (G_LIST_MODEL (options), REFILLS_BRAND_KIND_GIFT_CARD));
  g_assert_true (refills_option_facts_are_worth_rows (G_LIST_MODEL (options), REFILLS_BRAND_KIND_TOP_UP));
  g_list_store_append (options, lasting);
  g_assert_true (refills_option_facts_are_worth_rows (G_LIST_MODEL (options), REFILLS_BRAND_KIND_GIFT_CARD));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/option-facts/line", test_line);
  g_test_add_func ("/option-facts/regions", test_regions);
  g_test_add_func ("/option-facts/rows", test_rows);

  return g_test_run ();
}
