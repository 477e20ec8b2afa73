/* order-fixture.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests, and what a service that accepts them says.
 */
#include "order-fixture.h"

#include "refills-order-gate.h"

static RefillsJson *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RefillsJson *root = refills_json_parse (bytes, 64 * 1024, &error);

  g_assert_no_error (error);

  return root;
}

RefillsOrderLine *
order_fixture_line (const char *denomination,
                    const char *product_value,
                    const char *delivery_type,
                    const char *beneficiary)
{
  return refills_order_line_new (&(RefillsOrderLineFields) {
                                   .brand_name = "A \"B\" é",
                                   .country = "US",
                                   .kind = g_strcmp0 (delivery_type, "by_phone") == 0 ? "mobile_recharge"
                                                                                     : "giftcard",
                                   .denomination = denomination,
                                   .product_value = product_value,
                                   .face_label = "$25",
                                   .delivery_type = delivery_type,
                                   .beneficiary = beneficiary,
                                 });
}

RefillsOrderRequest *
order_fixture_request (GPtrArray  *lines,
                       const char *coupon,
                       const char *refund_address)
{
  g_autoptr (RefillsJson) root =
    parse ("{\"name\":\"Polygon (Matic)\",\"smart_contract\":{\"address\":"
           "\"0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359\",\"decimals\":6}}");
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, &error);
  g_assert_no_error (error);

  return refills_order_request_new (&(RefillsOrderRequestFields) {
                                      .email = "ada@example.com",
                                      .payment_via = "USER_WALLET",
                                      .coin = "USDC",
                                      .language = "de_DE.UTF-8",
                                      .coupon = coupon,
                                      .refund_address = refund_address,
                                    },
                                    lines, network);
}

RefillsOrderRequest *
order_fixture_one (const char *denomination,
                   const char *product_value)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, order_fixture_line (denomination, product_value, "by_email", "ada@example.com"));

  return order_fixture_request (lines, NULL, NULL);
}

/* @problems: a JSON value */
RefillsQuote *
order_fixture_quote (RefillsOrderRequest *request,
                     const char          *problems,
                     gint64               asked_at)
{
  g_autoptr (GString) text = g_string_new ("{\"coin\":\"USDC\",\"coin_amount\":\"25.37\",\"deliveries\":[");
  g_autoptr (RefillsJson) root = NULL;
  g_autoptr (GError) error = NULL;
  RefillsJsonPlace place;
  RefillsQuote *quote = NULL;

  for (guint i = 0; i < refills_order_request_get_n_lines (request); i++) {
    RefillsOrderLine *line = refills_order_request_get_line (request, i);
    const char *value = refills_order_line_get_product_value (line);

    g_string_append_printf (text, "%s{\"deliverable\":{\"brand_name\":\"A \\\"B\\\" é\",\"denomination\":\"%s\","
                                  "\"product_value\":\"%s\"}}", i > 0 ? "," : "",
                            refills_order_line_get_denomination (line), value != NULL ? value : "");
  }
  g_string_append_printf (text, "],\"coupon_code\":\"%s\",\"problems\":%s}",
                          refills_order_request_get_coupon (request) != NULL
                          ? refills_order_request_get_coupon (request) : "", problems);
  root = parse (text->str);
  refills_json_place_init (&place, root);
  quote = refills_quote_new_from_validation_json (&place, request, asked_at, &error);
  g_assert_no_error (error);

  return quote;
}

RefillsQuote *
order_fixture_accept (RefillsOrderRequest *request)
{
  return order_fixture_quote (request, "null", refills_order_gate_get_time ());
}
