/* test-payment-record.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Payments of orders that a service made: what it says in place of a payment code, part payments, and the end of the
 * time to pay by its clock.
 */
#include "shop-fixture.h"

#include "refills-order-money.h"
#include "refills-test.h"

static const char * const pairs[][2] = {
  { "BTC", "Mainnet" }, { "BTC", "Lightning" }, { "LTC", "Mainnet" }, { "BCH", "Mainnet" }, { "ETH", "Base" },
  { "USDC", "Base" }, { "USDC", "Binance Smart Chain Mainnet" }, { "SOL", "Solana" }, { "USDC", "Solana" },
  { "USDT", "Tron" }, { "TON", "Ton" }, { "SUI", "Sui" },
};

static RefillsOrder *
place_with (ShopFixture *self,
            const char  *coin,
            const char  *network)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);

  shop_fixture_choose (checkout, coin, network);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);

  return g_object_ref (refills_checkout_get_order (checkout));
}

/* @data: what the service says in place of a payment code */
static void
test_qr_text (ShopFixture   *self,
              gconstpointer  data)
{
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "qr-text", data));
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autoptr (RefillsOrder) order = place_with (self, pairs[i][0], pairs[i][1]);
    RefillsPayment *payment = refills_order_get_payment (order);

    g_test_message ("%s on %s: %s", pairs[i][0], pairs[i][1], refills_order_get_refusal (order));
    g_assert_nonnull (payment);
    g_assert_true (refills_payment_get_token (payment) == refills_token_find (pairs[i][0], pairs[i][1]));
    g_assert_true (refills_address_equal (refills_payment_get_family (payment), refills_payment_get_address (payment),
                                          refills_order_state_get_wallet_address (refills_order_get_state (order))));
    g_assert_cmpint (refills_payment_get_payable_until (payment), !=, 0);
  }
}

static gboolean
is_late (gpointer user_data)
{
  return refills_order_is_late (user_data);
}

static gboolean
is_payable (gpointer user_data)
{
  return refills_order_is_payable (user_data);
}

/* By the clock of the service, and without a word of it. */
static void
test_time_is_over (ShopFixture   *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  order = place_with (self, "USDC", "Solana");
  g_assert_true (refills_order_is_payable (order));
  refills_sandbox_forward (self->sandbox, REFILLS_PAYMENT_WINDOW_MINUTES * 60);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (is_late, order, SHOP_FIXTURE_DEADLINE_MS, "the end of the time to pay");
  g_assert_null (refills_order_get_payment (order));
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_true (refills_order_is_open (order));

  /* What was sent in time arrives all the same. */
  shop_fixture_post (self, order, "pay", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_false (refills_order_is_late (order));
}

/* At its own moment, with nobody asking: two seconds before it the clock is set. */
static void
test_time_ends (ShopFixture   *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  order = place_with (self, "USDC", "Solana");
  refills_sandbox_forward (self->sandbox, REFILLS_PAYMENT_WINDOW_MINUTES * 60 - 2);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (is_late, order, SHOP_FIXTURE_DEADLINE_MS, "the end of the time to pay");
  g_assert_null (refills_order_get_payment (order));
}

static gint64
read_boot_clock (gpointer data)
{
  return g_get_monotonic_time () + *(gint64 *) data;
}

/* Before any answer but the one that made it, and by a service whose clock is far from this computer's. */
static void
test_time_before_any_answer (ShopFixture   *self,
                             gconstpointer  data)
{
  static const gint64 shifts[] = { 5 * 60 * 60, -10 * 60 * 60 };

  for (gsize i = 0; i < G_N_ELEMENTS (shifts); i++) {
    g_autoptr (RefillsOrder) order = NULL;
    gint64 begin = 0;

    refills_sandbox_forward (self->sandbox, shifts[i]);
    order = place_with (self, "USDC", "Solana");
    begin = refills_order_state_get_payment_requested_at (refills_order_get_state (order));
    g_assert_true (refills_order_is_payable (order));
    g_assert_cmpint (refills_shop_get_time (self->shop, order), >=, begin);
    g_assert_cmpint (refills_shop_get_time (self->shop, order), <, begin + 60);
    shop_fixture_close_shop (self);
    shop_fixture_open_shop (self);
  }
}

/* An answer that is dated before the order was made gives no more time to pay it. */
static void
test_time_goes_back (ShopFixture   *self,
                     gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  gint64 passed = 0;
  gint64 begin = 0;

  self->environment->boot_clock = read_boot_clock;
  self->environment->boot_clock_data = &passed;
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  order = place_with (self, "USDC", "Solana");
  begin = refills_order_state_get_payment_requested_at (refills_order_get_state (order));
  refills_sandbox_forward (self->sandbox, -60 * 60);
  refills_shop_refresh_order (self->shop, order);
  shop_fixture_let_pass (200);
  g_assert_true (refills_order_is_payable (order));
  g_assert_cmpint (refills_shop_get_time (self->shop, order), >=, begin);

  passed = REFILLS_PAYMENT_WINDOW_MINUTES * 60 * G_USEC_PER_SEC;
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (is_late, order, SHOP_FIXTURE_DEADLINE_MS, "the end of the time to pay");
  g_assert_null (refills_order_get_payment (order));
}

static void
test_part_payment (ShopFixture   *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  RefillsPayment *payment = NULL;

  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  order = place_with (self, "USDC", "Base");
  shop_fixture_post (self, order, "life?name=partial-only&step_ms=0", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
  refills_test_run_until (is_payable, order, SHOP_FIXTURE_DEADLINE_MS, "the payment of the rest");
  refills_sandbox_forward (self->sandbox, 2 * 60 * 60);
  refills_shop_refresh_order (self->shop, order);
  shop_fixture_let_pass (200);
  payment = refills_order_get_payment (order);
  g_assert_nonnull (payment);
  g_assert_true (refills_payment_is_rest (payment));
  g_assert_cmpint (refills_payment_get_payable_until (payment), ==, 0);
  g_assert_cmpstr (refills_payment_get_amount (payment), ==,
                   refills_order_state_get_missing_amount (refills_order_get_state (order)));
}

/* Only a new invoice for exactly what is missing can be paid; the first one is for the whole. */
static void
test_part_of_an_invoice (ShopFixture   *self,
                         gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = place_with (self, "BTC", "Lightning");
  g_autofree char *first = g_strdup (refills_payment_get_address (refills_order_get_payment (order)));
  RefillsPayment *payment = NULL;

  shop_fixture_post (self, order, "life?name=partial-only&step_ms=0", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
  payment = refills_order_get_payment (order);
  g_assert_nonnull (payment);
  g_assert_cmpstr (refills_payment_get_address (payment), !=, first);
  g_assert_true (refills_payment_is_rest (payment));
}

/* @data: which of two amounts the service means by the total of what has a coupon. What is to be paid is the same. */
static void
test_coupon (ShopFixture   *self,
             gconstpointer  data)
{
  static const char * const some[][2] = {
    { "BTC", "Mainnet" }, { "BTC", "Lightning" }, { "USDC", "Base" }, { "USDC", "Solana" }, { "USDT", "Tron" },
  };

  g_assert_true (refills_sandbox_set_shape (self->sandbox, "coupon", data));
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "qr-text", "uri"));
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  for (gsize i = 0; i < G_N_ELEMENTS (some); i++) {
    g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
    g_autofree char *label = NULL;
    g_autofree char *half = NULL;
    RefillsOrder *order = NULL;
    RefillsPayment *payment = NULL;

    refills_order_form_set_coupon (refills_checkout_get_form (checkout), "TEN");
    shop_fixture_choose (checkout, some[i][0], some[i][1]);
    shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
    g_object_get (checkout, "total-label", &label, NULL);
    shop_fixture_submit (checkout);
    shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
    order = refills_checkout_get_order (checkout);
    payment = refills_order_get_payment (order);
    g_test_message ("%s on %s: %s", some[i][0], some[i][1], refills_order_get_refusal (order));
    g_assert_nonnull (payment);
    g_assert_cmpstr (refills_payment_get_amount_label (payment), ==, label);
    g_assert_cmpstr (refills_payment_get_amount (payment), ==,
                     refills_order_money_get_amount_to_pay (refills_order_get_state (order)));
    half = g_strdup (refills_payment_get_amount (payment));

    shop_fixture_post (self, order, "life?name=partial-only&step_ms=0", "{}");
    shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
    refills_test_run_until (is_payable, order, SHOP_FIXTURE_DEADLINE_MS, "the payment of the rest");
    g_assert_cmpstr (refills_payment_get_amount (refills_order_get_payment (order)), !=, half);
    shop_fixture_post (self, order, "pay", "{}");
    shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  }
}

static void
test_references (ShopFixture   *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *request = NULL;

  g_assert_true (refills_sandbox_set_shape (self->sandbox, "reference", "two"));
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "qr-text", "uri"));
  order = place_with (self, "USDC", "Solana");
  g_assert_nonnull (refills_order_get_payment (order));
  request = refills_payment_dup_request (refills_order_get_payment (order));
  g_assert_true (g_str_has_suffix (request, "&reference=82ZJ7nbGpixjeDCmEhUcmwXYfvurzAgGdtSMuHnUgyny"
                                            "&reference=mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN"));
}

#define ADD(path, data, func) \
  g_test_add ("/payment-record/" path, ShopFixture, data, shop_fixture_set_up, func, shop_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  ADD ("qr-text/mixed", "mixed", test_qr_text);
  ADD ("qr-text/bare", "bare", test_qr_text);
  ADD ("qr-text/uri", "uri", test_qr_text);
  ADD ("qr-text/absent", "absent", test_qr_text);
  ADD ("coupon/total", "total", test_coupon);
  ADD ("coupon/summary", "summary", test_coupon);
  ADD ("references", NULL, test_references);
  ADD ("time-is-over", NULL, test_time_is_over);
  ADD ("time-ends", NULL, test_time_ends);
  ADD ("time-before-any-answer", NULL, test_time_before_any_answer);
  ADD ("time-goes-back", NULL, test_time_goes_back);
  ADD ("part-payment", NULL, test_part_payment);
  ADD ("part-of-an-invoice", NULL, test_part_of_an_invoice);

  return g_test_run ();
}
