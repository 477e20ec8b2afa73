/* test-refusal.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-refusal.h"

#include "json-case.h"
#include "refills-test.h"

#define MAX_BYTES (256 * 1024)
#define UNREADABLE REFILLS_PROBLEM_CODE_UNREADABLE

static char *
join_codes (GPtrArray *problems)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++) {
    if (i > 0)
      g_string_append_c (codes, ' ');
    g_string_append (codes, refills_problem_get_code (problems->pdata[i]));
  }

  return g_string_free (codes, FALSE);
}

/* The shapes of API reference, section 14.2, and what is none of them. */
static void
test_bodies (void)
{
  static const char * const cases[][2] = {
    { "{'status':422,'title':'Unprocessable Entity','detail':'LOGIN_REQUIRED','moreDetails':null}",
      "LOGIN_REQUIRED" },
    { "{'status':'422','detail':'OUT_OF_STOCK'}", "OUT_OF_STOCK" },
    { "{'detail':'BAD_REQUEST','reason':'OUT_OF_STOCK'}", "OUT_OF_STOCK" },
    { "{'detail':'BAD_REQUEST','reason':'a sentence'}", "BAD_REQUEST" },
    { "{'message':'COUPON_EXPIRED'}", "COUPON_EXPIRED" },
    { "{'error':'NOT_ACTIVE'}", "NOT_ACTIVE" },
    { "{'error':{'code':'NOT_ACTIVE','message':'Nope'}}", "NOT_ACTIVE" },
    { "{'error_code':'KYC_PENDING','message':'Wait'}", "KYC_PENDING" },
    { "{'error':'UNPROCESSABLE_ENTITY','message':'KYC_PENDING'}", "KYC_PENDING" },
    { "{'detail':'SOMETHING_NEW'}", "SOMETHING_NEW" },
    { "'OUT_OF_STOCK'", "OUT_OF_STOCK" },
    { "OUT_OF_STOCK\n", "OUT_OF_STOCK" },
    { "{'problems':[{'problem':'NOT_ACTIVE','moreDetails':null},'COUPON_EXPIRED']}",
      "NOT_ACTIVE COUPON_EXPIRED" },
    { "{'problems':[],'detail':'NOT_ACTIVE'}", "NOT_ACTIVE" },
    { "{'problems':null,'detail':'NOT_ACTIVE'}", "NOT_ACTIVE" },
    { "{'problems':[null,7,'',{}]}", UNREADABLE " " UNREADABLE " " UNREADABLE " " UNREADABLE },
    { "{'problems':{}}", UNREADABLE },
    { "{'problems':{'problem':'NOT_ACTIVE'}}", "NOT_ACTIVE" },
    { "{'problems':'NOT_ACTIVE'}", "NOT_ACTIVE" },
    { "{'problems':['What a pity']}", UNREADABLE },
    { "{'problems':'What a pity'}", UNREADABLE },
    { "{'detail':'UNAUTHORIZED'}", "" },
    { "{'status':422,'error':'UNPROCESSABLE_ENTITY'}", "" },
    { "{'detail':'what, ever'}", "" },
    { "{'message':'Something went wrong'}", "" },
    { "{'detail':7,'reason':null,'message':['OUT_OF_STOCK']}", "" },
    { "<html><body>OUT_OF_STOCK</body></html>", "" },
    { "'Out of stock'", "" },
    { "{}", "" }, { "[]", "" }, { "null", "" }, { "", "" }, { " ", "" }, { "{'detail':", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) body = json_case_to_bytes (cases[i][0]);
    g_autoptr (GPtrArray) problems = refills_refusal_read_body (body, MAX_BYTES);
    g_autofree char *codes = join_codes (problems);

    g_test_message ("%s", cases[i][0]);
    g_assert_cmpstr (codes, ==, cases[i][1]);
  }
}

static void
test_details_kept (void)
{
  static const char * const bodies[] = {
    "{'status':400,'detail':'PRODUCT_COUNT_EXCEEDED','moreDetails':{'max_products_per_order':7}}",
    "{'problems':[{'problem':'PRODUCT_COUNT_EXCEEDED','moreDetails':{'max_products_per_order':7}}]}",
    "{'error':{'code':'PRODUCT_COUNT_EXCEEDED','moreDetails':{'max_products_per_order':7}}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GBytes) body = json_case_to_bytes (bodies[i]);
    g_autoptr (GPtrArray) problems = refills_refusal_read_body (body, MAX_BYTES);

    g_assert_cmpuint (problems->len, ==, 1);
    g_assert_nonnull (strchr (refills_problem_get_text (problems->pdata[0]), '7'));
  }
}

/* Ten thousand are as good as twenty, and what is too long is not looked at. */
static void
test_limits (void)
{
  GString *text = g_string_new ("{\"problems\":[\"NOT_ACTIVE\"");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) nothing = refills_refusal_read_body (NULL, MAX_BYTES);

  for (guint i = 1; i < 10000; i++)
    g_string_append (text, ",\"NOT_ACTIVE\"");
  g_string_append (text, "]}");
  body = g_string_free_to_bytes (text);

  problems = refills_refusal_read_body (body, MAX_BYTES);
  g_assert_cmpuint (problems->len, ==, REFILLS_REFUSAL_MAX_PROBLEMS);
  none = refills_refusal_read_body (body, g_bytes_get_size (body) - 1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/refusal/bodies", test_bodies);
  g_test_add_func ("/refusal/details-kept", test_details_kept);
  g_test_add_func ("/refusal/limits", test_limits);

  return g_test_run ();
}
