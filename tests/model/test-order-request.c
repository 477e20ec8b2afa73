/* test-order-request.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-request.h"

#include "json-case.h"
#include "refills-test.h"

static RefillsOrderRequest *
make_request (gboolean with_network)
{
  g_autoptr (JsonCase) json =
    json_case_new ("{'name':'Base','chain_id':8453,'smart_contract':{'address':'0x8335',"
                   "'decimals':6}}");
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (&json->place, NULL);
  const RefillsOrderRequestFields fields = {
    .brand_name = "Amazon.com", .brand_color = "#ff9900", .country = "US", .kind = "giftcard",
    .denomination = "range", .product_value = "25", .face_label = "25 USD",
    .delivery_type = "by_email", .beneficiary = "ada@example.com", .email = "ada@example.com",
    .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };

  return refills_order_request_new (&fields, with_network ? network : NULL);
}

static void
assert_request (RefillsOrderRequest *request)
{
  g_assert_cmpstr (refills_order_request_get_brand_name (request), ==, "Amazon.com");
  g_assert_cmpstr (refills_order_request_get_brand_color (request), ==, "#ff9900");
  g_assert_cmpstr (refills_order_request_get_country (request), ==, "US");
  g_assert_cmpstr (refills_order_request_get_kind (request), ==, "giftcard");
  g_assert_cmpstr (refills_order_request_get_denomination (request), ==, "range");
  g_assert_cmpstr (refills_order_request_get_product_value (request), ==, "25");
  g_assert_cmpstr (refills_order_request_get_face_label (request), ==, "25 USD");
  g_assert_cmpstr (refills_order_request_get_delivery_type (request), ==, "by_email");
  g_assert_cmpstr (refills_order_request_get_beneficiary (request), ==, "ada@example.com");
  g_assert_cmpstr (refills_order_request_get_email (request), ==, "ada@example.com");
  g_assert_cmpstr (refills_order_request_get_payment_via (request), ==, "USER_WALLET");
  g_assert_cmpstr (refills_order_request_get_coin (request), ==, "USDC");
  g_assert_cmpstr (refills_order_request_get_language (request), ==, "en");
  g_assert_cmpstr (refills_order_request_get_network_name (request), ==, "Base");
  g_assert_cmpstr (refills_order_request_get_network_title (request), ==, "Base");
  g_assert_cmpstr (refills_order_request_get_contract (request), ==, "0x8335");
  g_assert_cmpint (refills_order_request_get_decimals (request), ==, 6);
  g_assert_cmpuint (refills_order_request_get_chain_id (request), ==, 8453);
}

static void
test_new (void)
{
  RefillsOrderRequest *request = make_request (TRUE);

  assert_contract (request);
  assert_request (request);
  g_assert_null (refills_order_request_get_quoted_amount (request));
  g_assert_finalize_object (request);
}

static void
test_without_network (void)
{
  g_autoptr (RefillsOrderRequest) request = make_request (FALSE);

  g_assert_cmpstr (refills_order_request_get_network_name (request), ==, "");
  g_assert_null (refills_order_request_get_contract (request));
  g_assert_cmpint (refills_order_request_get_decimals (request), ==, -1);
}

static void
test_with_quote (void)
{
  g_autoptr (RefillsOrderRequest) request = make_request (TRUE);
  g_autoptr (RefillsOrderRequest) quoted = refills_order_request_with_quote (request, "25.37");
  g_autoptr (RefillsOrderRequest) again = refills_order_request_with_quote (quoted, "25.40");

  assert_request (quoted);
  g_assert_cmpstr (refills_order_request_get_quoted_amount (quoted), ==, "25.37");
  g_assert_cmpstr (refills_order_request_get_quoted_amount (again), ==, "25.40");
  g_assert_null (refills_order_request_get_quoted_amount (request));
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsOrderRequest *request = refills_order_request_new_from_variant (variant);

  if (request != NULL) {
    g_assert_nonnull (refills_order_request_get_brand_name (request));
    g_assert_nonnull (refills_order_request_get_network_title (request));
    g_assert_cmpint (refills_order_request_get_decimals (request), >=, -1);
  }

  return request;
}

static void
test_variant (void)
{
  g_autoptr (RefillsOrderRequest) plain = make_request (TRUE);
  g_autoptr (RefillsOrderRequest) request = refills_order_request_with_quote (plain, "25.37");
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_request_to_variant (request));
  g_autoptr (RefillsOrderRequest) again = refills_order_request_new_from_variant (variant);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_string ("a"));
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GVariant) more = NULL;
  g_autoptr (RefillsOrderRequest) newer = NULL;
  GVariantDict dict;

  assert_request (again);
  g_assert_cmpstr (refills_order_request_get_quoted_amount (again), ==, "25.37");
  g_assert_null (refills_order_request_new_from_variant (foreign));
  g_assert_null (refills_order_request_new_from_variant (empty));

  /* A later version adds keys, or changes a type. */
  g_variant_dict_init (&dict, variant);
  g_variant_dict_insert (&dict, "color-of-the-sky", "s", "blue");
  g_variant_dict_insert (&dict, "kind", "i", 7);
  more = g_variant_ref_sink (g_variant_dict_end (&dict));
  newer = refills_order_request_new_from_variant (more);
  g_assert_cmpstr (refills_order_request_get_brand_name (newer), ==, "Amazon.com");
  g_assert_null (refills_order_request_get_kind (newer));

  assert_damaged_safe (refills_order_request_to_variant (request), make_cb);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-request/new", test_new);
  g_test_add_func ("/order-request/without-network", test_without_network);
  g_test_add_func ("/order-request/with-quote", test_with_quote);
  g_test_add_func ("/order-request/variant", test_variant);

  return g_test_run ();
}
