/* test-payment-via.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-payment-via.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'name':'USER_WALLET','available':true,'currencies':["
  "{'name':'USDC','networks':[{'name':'Solana'}]},[],{'name':'BTC','networks':null}]}";

static void
test_whole (void)
{
  g_autoptr (JsonCase) json = json_case_new (whole);
  g_autoptr (GError) error = NULL;
  RefillsPaymentVia *via = refills_payment_via_new_from_json (&json->place, &error);

  g_assert_no_error (error);
  assert_contract (via);
  g_assert_cmpstr (refills_payment_via_get_name (via), ==, "USER_WALLET");
  g_assert_true (refills_payment_via_is_available (via));
  g_assert_cmpuint (g_list_model_get_n_items (refills_payment_via_get_coins (via)), ==, 2);
  g_assert_finalize_object (via);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsPaymentVia) via = refills_payment_via_new_from_json (place, &error);

  g_assert_true ((via == NULL) == (error != NULL));
  if (g_str_has_prefix (path, "$.currencies["))
    g_assert_nonnull (via);
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
  g_test_add_func ("/payment-via/whole", test_whole);
  g_test_add_func ("/payment-via/vary", test_vary);

  return g_test_run ();
}
