/* test-order-body.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bodies of orders, byte for byte, in both shapes.
 */
#include "refills-order-body.h"

#include "order-fixture.h"
#include "refills-test.h"

#define REST "\"payment\":{\"type\":\"via\",\"payment_via\":\"USER_WALLET\",\"coin\":\"USDC\"," \
             "\"network\":\"Polygon (Matic)\"},\"email\":\"ada@example.com\"," \
             "\"user\":{\"email\":\"ada@example.com\",\"has_accepted_newsletter\":false}," \
             "\"lang\":\"de\",%s\"acquisition\":{\"utm_source\":\"refills\"}}"

static void
assert_body (RefillsOrderRequest *request,
             RefillsOrderShape    shape,
             const char          *deliveries,
             const char          *extras)
{
  g_autoptr (GBytes) bytes = refills_order_body_write (request, shape);
  g_autofree char *wanted = g_strdup_printf ("{\"deliveries\":[%s]," REST, deliveries, extras);
  g_autofree char *body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (body, ==, wanted);
}

static const struct { const char *value; const char *members; } values[] = {
  { NULL, "\"denomination\":\"25 USD\"" },
  { "", "\"denomination\":\"25 USD\"" },
  { "25", "\"denomination\":\"range\",\"product_value\":25" },
  { "25.00", "\"denomination\":\"range\",\"product_value\":25" },
  { "100", "\"denomination\":\"range\",\"product_value\":100" },
  { "25.50", "\"denomination\":\"range\",\"product_value\":\"25.5\"" },
  { "0.1", "\"denomination\":\"range\",\"product_value\":\"0.1\"" },
  { "1000000000000000001", "\"denomination\":\"range\",\"product_value\":\"1000000000000000001\"" },
};

static void
test_flat (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", values[i].value);
    g_autofree char *delivery = g_strdup_printf ("{\"brand_name\":\"A \\\"B\\\" é\",\"country_code\":\"US\",%s,"
                                                 "\"beneficiary_account\":\"ada@example.com\"}", values[i].members);

    assert_body (request, REFILLS_ORDER_SHAPE_FLAT, delivery, "");
  }
}

static void
test_reference (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", values[i].value);
    g_autofree char *delivery = g_strdup_printf (
      "{\"kind\":\"giftcard\",\"quantity\":1,"
      "\"deliverable\":{\"brand_name\":\"A \\\"B\\\" é\",\"country_code\":\"US\",%s,"
      "\"beneficiary_account\":\"ada@example.com\"}}", values[i].members);

    assert_body (request, REFILLS_ORDER_SHAPE_REFERENCE, delivery, "");
  }
}

/* Quantity is repetition in the one shape and a number in the other. */
static void
test_several (void)
{
#define DELIVERABLE(denomination, to) \
  "{\"brand_name\":\"A \\\"B\\\" é\",\"country_code\":\"US\",\"denomination\":\"" denomination "\"," \
  "\"beneficiary_account\":\"" to "\"}"
#define ADA DELIVERABLE ("10 USD", "ada@example.com")
#define PHONE DELIVERABLE ("5 USD", "+14155551234")
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = NULL;

  g_ptr_array_add (lines, order_fixture_line ("10 USD", NULL, "by_email", "ada@example.com"));
  g_ptr_array_add (lines, order_fixture_line ("5 USD", NULL, "by_phone", "+14155551234"));
  g_ptr_array_add (lines, order_fixture_line ("10 USD", NULL, "by_email", "ada@example.com"));
  request = order_fixture_request (lines, "SPRING", "0xA1");

  assert_body (request, REFILLS_ORDER_SHAPE_FLAT, ADA "," PHONE "," ADA,
               "\"promo_code\":\"SPRING\",\"refund_wallet_address\":\"0xA1\",");
  assert_body (request, REFILLS_ORDER_SHAPE_REFERENCE,
               "{\"kind\":\"giftcard\",\"quantity\":2,\"deliverable\":" ADA "},"
               "{\"kind\":\"mobile_recharge\",\"quantity\":1,\"deliverable\":" PHONE "}",
               "\"promo_code\":\"SPRING\",\"refund_wallet_address\":\"0xA1\",");
}

/* What is paid at an exchange has no network there, and an empty name would be the name of none. */
static void
test_no_network (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *body = NULL;

  g_ptr_array_add (lines, order_fixture_line ("10 USD", NULL, "by_email", "ada@example.com"));
  request = refills_order_request_new (&(RefillsOrderRequestFields) { .email = "ada@example.com",
                                                                      .payment_via = "KUCOIN_PAY",
                                                                      .coin = "USDC" },
                                       lines, NULL);
  bytes = refills_order_body_write (request, REFILLS_ORDER_SHAPE_FLAT);
  body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (body, "\"payment\":{\"type\":\"via\",\"payment_via\":\"KUCOIN_PAY\",\"coin\":\"USDC\"},"));
}

static void
test_names (void)
{
  RefillsOrderShape shape = REFILLS_ORDER_SHAPE_REFERENCE;

  g_assert_true (refills_order_shape_from_name ("flat", &shape));
  g_assert_cmpint (shape, ==, REFILLS_ORDER_SHAPE_FLAT);
  g_assert_true (refills_order_shape_from_name ("reference", &shape));
  g_assert_cmpint (shape, ==, REFILLS_ORDER_SHAPE_REFERENCE);
  g_assert_false (refills_order_shape_from_name ("round", &shape));
  g_assert_false (refills_order_shape_from_name (NULL, &shape));
  g_assert_cmpint (shape, ==, REFILLS_ORDER_SHAPE_REFERENCE);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-body/flat", test_flat);
  g_test_add_func ("/order-body/reference", test_reference);
  g_test_add_func ("/order-body/several", test_several);
  g_test_add_func ("/order-body/no-network", test_no_network);
  g_test_add_func ("/order-body/names", test_names);

  return g_test_run ();
}
