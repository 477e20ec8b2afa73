/* test-order-request.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-request.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static RefillsOrderLine *
make_line (const char *brand,
           const char *face_label,
           const char *to)
{
  const RefillsOrderLineFields fields = {
    .brand_name = brand, .country = "US", .kind = "giftcard", .product_value = "25",
    .face_label = face_label, .delivery_type = "by_email", .beneficiary = to,
  };

  return refills_order_line_new (&fields);
}

static RefillsNetwork *
make_network (void)
{
  g_autoptr (JsonCase) json =
    json_case_new ("{'name':'Base','chain_id':8453,'smart_contract':{'address':'0x8335',"
                   "'decimals':6}}");

  return refills_network_new_from_json (&json->place, NULL);
}

static const RefillsOrderRequestFields whole = {
  .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  .coupon = "SPRING-10", .refund_address = "0xA1",
};

static RefillsOrderRequest *
make_request (gboolean with_network)
{
  g_autoptr (RefillsNetwork) network = make_network ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, make_line ("Amazon.com", "25 USD", "ada@example.com"));

  return refills_order_request_new (&whole, lines, with_network ? network : NULL);
}

static void
assert_request (RefillsOrderRequest *request)
{
  RefillsOrderLine *line = refills_order_request_get_line (request, 0);

  g_assert_cmpuint (refills_order_request_get_n_lines (request), ==, 1);
  g_assert_cmpstr (refills_order_line_get_brand_name (line), ==, "Amazon.com");
  g_assert_cmpstr (refills_order_line_get_product_value (line), ==, "25");
  g_assert_cmpstr (refills_order_request_get_title (request), ==, "Amazon.com");
  g_assert_cmpstr (refills_order_request_get_face_label (request), ==, "25 USD");
  g_assert_cmpstr (refills_order_request_get_country (request), ==, "US");
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
assert_extras (RefillsOrderRequest *request)
{
  g_assert_cmpstr (refills_order_request_get_coupon (request), ==, "SPRING-10");
  g_assert_cmpstr (refills_order_request_get_refund_address (request), ==, "0xA1");
}

static void
test_new (void)
{
  RefillsOrderRequest *request = make_request (TRUE);

  assert_contract (request);
  assert_request (request);
  assert_extras (request);
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
  assert_extras (quoted);
  g_assert_cmpstr (refills_order_request_get_quoted_amount (quoted), ==, "25.37");
  g_assert_cmpstr (refills_order_request_get_quoted_amount (again), ==, "25.40");
  g_assert_null (refills_order_request_get_quoted_amount (request));
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsOrderRequest *request = refills_order_request_new_from_variant (variant);

  if (request != NULL) {
    g_assert_cmpuint (refills_order_request_get_n_lines (request), >, 0);
    g_assert_nonnull (refills_order_request_get_title (request));
    g_assert_nonnull (refills_order_request_get_face_label (request));
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
  assert_extras (again);
  g_assert_cmpstr (refills_order_request_get_quoted_amount (again), ==, "25.37");
  g_assert_null (refills_order_request_new_from_variant (foreign));
  g_assert_null (refills_order_request_new_from_variant (empty));

  /* A later version adds keys, or changes a type. */
  g_variant_dict_init (&dict, variant);
  g_variant_dict_insert (&dict, "color-of-the-sky", "s", "blue");
  g_variant_dict_insert (&dict, "email", "i", 7);
  more = g_variant_ref_sink (g_variant_dict_end (&dict));
  newer = refills_order_request_new_from_variant (more);
  g_assert_cmpstr (refills_order_request_get_title (newer), ==, "Amazon.com");
  g_assert_null (refills_order_request_get_email (newer));

  assert_damaged_safe (refills_order_request_to_variant (request), make_cb);
}

/* What the first version wrote, before there were lines. */
static void
test_old_variant (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant =
    g_variant_parse (G_VARIANT_TYPE_VARDICT,
                     "{'brand-name': <'Amazon.com'>, 'brand-color': <'#ff9900'>, 'country': <'US'>,"
                     " 'kind': <'giftcard'>, 'denomination': <'range'>, 'product-value': <'25'>,"
                     " 'face-label': <'25 USD'>, 'delivery-type': <'by_email'>,"
                     " 'beneficiary': <'ada@example.com'>, 'email': <'ada@example.com'>,"
                     " 'payment-via': <'USER_WALLET'>, 'coin': <'USDC'>, 'language': <'en'>,"
                     " 'quoted-amount': <'25.37'>, 'network-name': <'Base'>,"
                     " 'network-title': <'Base'>, 'contract': <'0x8335'>, 'decimals': <6>,"
                     " 'chain-id': <uint64 8453>}", NULL, NULL, &error);
  g_autoptr (RefillsOrderRequest) request = NULL;

  g_assert_no_error (error);
  request = refills_order_request_new_from_variant (variant);
  assert_request (request);
  g_assert_cmpstr (refills_order_line_get_beneficiary (refills_order_request_get_line (request, 0)), ==,
                   "ada@example.com");
  g_assert_cmpstr (refills_order_request_get_quoted_amount (request), ==, "25.37");
  g_assert_null (refills_order_request_get_coupon (request));
  g_assert_null (refills_order_request_get_refund_address (request));
  g_assert_null (refills_order_request_get_threshold (request));
}

/* What a payment is checked against later, without the service. */
static void
test_network_facts (void)
{
  g_autoptr (JsonCase) json = json_case_new ("{'name':'Base','threshold':'0.56','chain_id':8453,'smart_contract':{"
                                             "'address':'0x8335','decimals':6}}");
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (&json->place, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (RefillsOrderRequest) again = NULL;
  g_autoptr (GVariant) variant = NULL;

  g_ptr_array_add (lines, make_line ("Airbnb", "25 USD", "ada@example.com"));
  request = refills_order_request_new (&whole, lines, network);
  variant = g_variant_ref_sink (refills_order_request_to_variant (request));
  again = refills_order_request_new_from_variant (variant);
  g_assert_cmpstr (refills_order_request_get_threshold (again), ==, "0.56");
  g_assert_cmpstr (refills_order_request_get_contract (again), ==, "0x8335");
  g_assert_cmpint (refills_order_request_get_decimals (again), ==, 6);
  g_assert_cmpuint (refills_order_request_get_chain_id (again), ==, 8453);
}

static void
test_several_lines (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (RefillsOrderRequest) again = NULL;
  g_autoptr (GVariant) variant = NULL;

  for (guint i = 0; i < 10; i++) {
    g_autofree char *to = g_strdup_printf ("a%u@example.com", i);

    g_ptr_array_add (lines, make_line (i == 4 ? "Steam" : "Airbnb", "25 USD", to));
  }
  request = refills_order_request_new (&whole, lines, NULL);
  variant = g_variant_ref_sink (refills_order_request_to_variant (request));
  again = refills_order_request_new_from_variant (variant);
  g_assert_cmpuint (refills_order_request_get_n_lines (again), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_true (refills_order_line_equal (refills_order_request_get_line (again, i), lines->pdata[i]));
  g_assert_true (refills_order_request_is_same_basket (request, again));
}

static void
test_labels (void)
{
  static const struct {
    const char *lines[5][2];
    const char *title;
    const char *face_label;
  } cases[] = {
    { { { "Steam", "10 USD" } }, "Steam", "10 USD" },
    { { { "Steam", NULL } }, "Steam", "25" },
    { { { "Steam", "10 USD" }, { "Steam", "10 USD" } }, "Steam", "2 × 10 USD" },
    { { { "Steam", "10 USD" }, { "Steam", "25 USD" }, { "Steam", "10 USD" } }, "Steam",
      "2 × 10 USD, 25 USD" },
    { { { "Steam", "10 USD" }, { "Airbnb", "50 USD" } }, "Steam and 1 more", "10 USD, 50 USD" },
    { { { "Steam", "1" }, { "Airbnb", "2" }, { "eSIM", "3" }, { "Airbnb", "4" } }, "Steam and 2 more",
      "4 items" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (RefillsOrderRequest) request = NULL;

    for (gsize j = 0; cases[i].lines[j][0] != NULL; j++)
      g_ptr_array_add (lines, make_line (cases[i].lines[j][0], cases[i].lines[j][1], "a@example.com"));
    request = refills_order_request_new (&whole, lines, NULL);
    g_assert_cmpstr (refills_order_request_get_title (request), ==, cases[i].title);
    g_assert_cmpstr (refills_order_request_get_face_label (request), ==, cases[i].face_label);
  }
}

static RefillsOrderRequest *
make_with (RefillsOrderRequestFields  fields,
           guint                      n_lines,
           const char                *to)
{
  g_autoptr (RefillsNetwork) network = make_network ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_lines; i++)
    g_ptr_array_add (lines, make_line ("Amazon.com", "25 USD", to));

  return refills_order_request_new (&fields, lines, network);
}

static void
test_same_basket (void)
{
  const char *to = "ada@example.com";
  g_autoptr (RefillsOrderRequest) request = make_request (TRUE);
  g_autoptr (RefillsOrderRequest) quoted = refills_order_request_with_quote (request, "25.37");
  g_autoptr (RefillsOrderRequest) elsewhere = make_request (FALSE);
  g_autoptr (RefillsOrderRequest) twice = make_with (whole, 2, to);
  g_autoptr (RefillsOrderRequest) to_other = make_with (whole, 1, "eve@example.com");
  const char **members[5];
  RefillsOrderRequestFields fields;

  g_assert_true (refills_order_request_is_same_basket (request, quoted));
  g_assert_false (refills_order_request_is_same_basket (request, elsewhere));
  g_assert_false (refills_order_request_is_same_basket (request, twice));
  g_assert_false (refills_order_request_is_same_basket (request, to_other));

  members[0] = &fields.email;
  members[1] = &fields.payment_via;
  members[2] = &fields.coin;
  members[3] = &fields.coupon;
  members[4] = &fields.refund_address;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autoptr (RefillsOrderRequest) other = NULL;

    fields = whole;
    *members[i] = "another";
    other = make_with (fields, 1, to);
    g_assert_false (refills_order_request_is_same_basket (request, other));
  }
}

static void
test_check (void)
{
  g_autofree char *coupon = g_strnfill (65, 'A');
  g_autofree char *address = g_strnfill (129, 'A');
  const struct {
    const char *email;
    const char *coupon;
    const char *refund_address;
    guint n_lines;
    const char *to;
    gboolean valid;
  } cases[] = {
    { "ada@example.com", NULL, NULL, 1, "ada@example.com", TRUE },
    { "ada@example.com", "", "", 10, "ada@example.com", TRUE },
    { "ada@example.com", "X-1", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", 1, "a@example.com", TRUE },
    { "ada@example.com", NULL, NULL, 11, "ada@example.com", FALSE },
    { NULL, NULL, NULL, 1, "ada@example.com", FALSE },
    { "ada", NULL, NULL, 1, "ada@example.com", FALSE },
    { "ada@example.com", NULL, NULL, 1, "+14155551234", FALSE },
    { "ada@example.com", NULL, NULL, 1, NULL, FALSE },
    { "ada@example.com", "two words", NULL, 1, "ada@example.com", FALSE },
    { "ada@example.com", "é", NULL, 1, "ada@example.com", FALSE },
    { "ada@example.com", coupon, NULL, 1, "ada@example.com", FALSE },
    { "ada@example.com", NULL, "0x\n1", 1, "ada@example.com", FALSE },
    { "ada@example.com", NULL, address, 1, "ada@example.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsOrderRequestFields fields = whole;
    g_autoptr (RefillsOrderRequest) request = NULL;
    g_autoptr (GError) error = NULL;

    fields.email = cases[i].email;
    fields.coupon = cases[i].coupon;
    fields.refund_address = cases[i].refund_address;
    request = make_with (fields, cases[i].n_lines, cases[i].to);
    g_assert_cmpint (refills_order_request_check (request, &error), ==, cases[i].valid);
    if (cases[i].valid)
      g_assert_no_error (error);
    else
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  }
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

  g_test_add_func ("/order-request/old-variant", test_old_variant);
  g_test_add_func ("/order-request/network-facts", test_network_facts);
  g_test_add_func ("/order-request/several-lines", test_several_lines);
  g_test_add_func ("/order-request/labels", test_labels);
  g_test_add_func ("/order-request/same-basket", test_same_basket);
  g_test_add_func ("/order-request/check", test_check);

  return g_test_run ();
}
