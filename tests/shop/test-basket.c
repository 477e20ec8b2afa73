/* test-basket.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Orders of several deliveries, from a request to what is delivered, in either shape, against a service that
 * takes no other.
 */
#include "refills-error.h"
#include "refills-test.h"
#include "shop-fixture.h"

static void
set_up (ShopFixture   *self,
        gconstpointer  data)
{
  self->strict_shape = data;
  shop_fixture_prepare (self);
  if (data != NULL)
    g_assert_true (refills_order_shape_from_name (data, &self->environment->order_shape));
  shop_fixture_open_shop (self);
}

static void
add_line (GPtrArray  *lines,
          const char *brand,
          const char *kind,
          const char *denomination,
          const char *value,
          const char *delivery_type,
          const char *beneficiary)
{
  const RefillsOrderLineFields fields = {
    .brand_name = brand, .country = "US", .kind = kind, .denomination = denomination, .product_value = value,
    .face_label = denomination, .delivery_type = delivery_type, .beneficiary = beneficiary,
  };

  g_ptr_array_add (lines, refills_order_line_new (&fields));
}

/* Two of the same, a range, one for somebody else and a top-up of a telephone. */
static GPtrArray *
make_lines (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);

  add_line (lines, "Steam", "giftcard", "10 USD", NULL, "by_email", "ada@example.com");
  add_line (lines, "Steam", "giftcard", "10 USD", NULL, "by_email", "ada@example.com");
  add_line (lines, "Airbnb", "giftcard", NULL, "75", "by_email", "bob@example.com");
  add_line (lines, "Kestrel Mobile Credits", "mobile_recharge", "10 USD", NULL, "by_phone", "+14155551234");

  return lines;
}

static RefillsOrderRequest *
make_request (GPtrArray  *lines,
              const char *coupon)
{
  static const char text[] = "{\"name\":\"Base\",\"chain_id\":8453,\"smart_contract\":{"
                             "\"address\":\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\",\"decimals\":6}}";
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
    .coupon = coupon, .refund_address = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 1024, NULL);
  g_autoptr (RefillsNetwork) network = NULL;
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, NULL);

  return refills_order_request_new (&fields, lines, network);
}

static RefillsQuote *
validate (ShopFixture          *self,
          RefillsOrderRequest  *request,
          GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_shop_validate_async (self->shop, request, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);

  return refills_shop_validate_finish (self->shop, result, error);
}

static RefillsOrder *
place (ShopFixture          *self,
       RefillsOrderRequest  *request,
       RefillsQuote         *accepted,
       GPtrArray           **problems,
       GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_shop_place_async (self->shop, request, accepted, FALSE, refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);

  return refills_shop_place_finish (self->shop, result, problems, error);
}

static void
assert_accepted (RefillsQuote *quote)
{
  for (guint i = 0; i < g_list_model_get_n_items (refills_quote_get_problems (quote)); i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (refills_quote_get_problems (quote), i);

    g_error ("not accepted: %s", refills_problem_get_code (problem));
  }
  g_assert_true (refills_quote_is_accepted (quote));
}

static const char *
get_posted (ShopFixture *self)
{
  GPtrArray *log = refills_sandbox_get_log (self->sandbox);

  for (guint i = 0; i < log->len; i++) {
    const RefillsSandboxRequest *request = log->pdata[i];

    if (g_str_equal (request->path, "/v5/orders"))
      return g_bytes_get_data (request->body, NULL);
  }
  g_error ("no order was posted");
}

static void
test_several (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) lines = make_lines ();
  g_autoptr (RefillsOrderRequest) request = make_request (lines, "TEN");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) accepted = validate (self, request, &error);
  g_autoptr (RefillsOrder) order = NULL;

  g_assert_no_error (error);
  assert_accepted (accepted);
  order = place (self, request, accepted, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (refills_order_get_payment (order));
  g_assert_cmpstr (refills_order_get_title (order), ==, "Steam and 2 more");
  g_assert_cmpuint (g_list_model_get_n_items (refills_order_get_deliveries (order)), ==, 4);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
  g_assert_cmpint (strstr (get_posted (self), "\"quantity\":2") != NULL, ==, g_str_equal (data, "reference"));
  g_assert_cmpint (strstr (get_posted (self), "\"deliverable\":") != NULL, ==, g_str_equal (data, "reference"));

  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (refills_order_has_codes (order));
}

/* Without a yes to the same nothing is sent, and nothing is left on disk. */
static void
test_not_validated (ShopFixture   *self,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) lines = make_lines ();
  g_autoptr (GPtrArray) more = make_lines ();
  g_autoptr (RefillsOrderRequest) request = make_request (lines, NULL);
  g_autoptr (RefillsOrderRequest) larger = NULL;
  g_autoptr (RefillsQuote) accepted = validate (self, request, NULL);
  RefillsQuote * const quotes[] = { NULL, accepted };

  assert_accepted (accepted);
  add_line (more, "Steam", "giftcard", "10 USD", NULL, "by_email", "ada@example.com");
  larger = make_request (more, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) problems = NULL;

    g_assert_null (place (self, larger, quotes[i], &problems, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_VALIDATED);
    g_assert_null (problems);
  }
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop))), ==, 0);
  g_assert_false (refills_shop_is_busy (self->shop));
}

static void
test_bad_beneficiary (ShopFixture   *self,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) lines = make_lines ();
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  add_line (lines, "Kestrel Mobile Credits", "mobile_recharge", "10 USD", NULL, "by_phone", "4155551234");
  request = make_request (lines, NULL);
  quote = validate (self, request, &error);
  g_assert_null (quote);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "*"), ==, 0);
}

/* A telephone is topped up from the checkout, once, with a coupon. */
static void
test_checkout (ShopFixture   *self,
               gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Kestrel Mobile Credits", NULL);
  RefillsOrderForm *form = refills_checkout_get_form (checkout);
  RefillsOrderRequest *asked = NULL;
  g_autofree char *hint = NULL;
  g_autofree char *label = NULL;

  shop_fixture_choose (checkout, "USDC", "Base");
  g_assert_cmpint (refills_order_form_get_kind (form), ==, REFILLS_BENEFICIARY_PHONE);
  g_object_get (form, "label", &label, NULL);
  g_assert_cmpstr (label, ==, "Phone Number");
  shop_fixture_let_pass (60);
  g_object_get (checkout, "hint", &hint, NULL);
  g_assert_cmpstr (hint, ==, "Enter the phone number to top up, with its country code.");
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_EDITING);

  refills_order_form_set_beneficiary (form, " +1 (415) 555-1234 ");
  g_assert_cmpstr (refills_order_form_get_beneficiary (form), ==, "+1 (415) 555-1234");
  refills_order_form_set_coupon (form, "TEN");
  refills_order_form_set_quantity (form, 2);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  refills_order_form_set_coupon (form, "OTHER");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);

  asked = refills_order_get_asked (refills_checkout_get_order (checkout));
  g_assert_cmpuint (refills_order_request_get_n_lines (asked), ==, 1);
  g_assert_cmpstr (refills_order_line_get_beneficiary (refills_order_request_get_line (asked, 0)), ==, "+14155551234");
  g_assert_cmpstr (refills_order_request_get_email (asked), ==, "ada@example.com");
  g_assert_cmpstr (refills_order_request_get_coupon (asked), ==, "TEN");
  g_assert_nonnull (refills_order_get_payment (refills_checkout_get_order (checkout)));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, shape, func) \
  g_test_add (path, ShopFixture, shape, set_up, func, shop_fixture_tear_down)

  ADD ("/basket/several-flat", "flat", test_several);
  ADD ("/basket/several-reference", "reference", test_several);
  ADD ("/basket/not-validated", NULL, test_not_validated);
  ADD ("/basket/bad-beneficiary", NULL, test_bad_beneficiary);
  ADD ("/basket/checkout-flat", "flat", test_checkout);
  ADD ("/basket/checkout-reference", "reference", test_checkout);

  return g_test_run ();
}
