/* test-payment-elsewhere.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is paid on a page of an exchange: what is checked of it, when its time ends, and what a changed page does.
 */
#include "refills-order.h"

#include "json-case.h"
#include "payment-case.h"
#include "refills-test.h"

#define PAGE "https://pay.example/1"

static void
init (PaymentCase *order)
{
  payment_case_init (order, "USDC", NULL);
  order->asked_via = "KUCOIN_PAY";
  order->payment_via = "KUCOIN_PAY";
  order->answered_network = "KUCOIN_PAY";
  order->page = PAGE;
}

/* It passes all that can be checked of it, and is nothing that a wallet pays. */
static void
test_checks (void)
{
  static const struct {
    RefillsPaymentError reason;
    gsize               offset;
    const char         *text;
  } cases[] = {
    { REFILLS_PAYMENT_ERROR_NOT_PAYABLE, G_STRUCT_OFFSET (PaymentCase, order_state), "Expired" },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, G_STRUCT_OFFSET (PaymentCase, answered_coin), "USDT" },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, G_STRUCT_OFFSET (PaymentCase, payment_via), "USER_WALLET" },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, G_STRUCT_OFFSET (PaymentCase, payment_via), "GATE_PAY" },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, G_STRUCT_OFFSET (PaymentCase, payment_via), NULL },
    { REFILLS_PAYMENT_ERROR_PAGE, G_STRUCT_OFFSET (PaymentCase, page), NULL },
    { REFILLS_PAYMENT_ERROR_PAGE, G_STRUCT_OFFSET (PaymentCase, page), "http://pay.example/1" },
    { REFILLS_PAYMENT_ERROR_PAGE, G_STRUCT_OFFSET (PaymentCase, page), "https://ada@pay.example/1" },
    { REFILLS_PAYMENT_ERROR_PAGE, G_STRUCT_OFFSET (PaymentCase, page), "javascript:alert(1)" },
    { REFILLS_PAYMENT_ERROR_AMOUNT, G_STRUCT_OFFSET (PaymentCase, amount), "26" },
    { REFILLS_PAYMENT_ERROR_AMOUNT, G_STRUCT_OFFSET (PaymentCase, amount), NULL },
    { REFILLS_PAYMENT_ERROR_MEMO, G_STRUCT_OFFSET (PaymentCase, memo), "77" },
    /* Nobody looks at an address that nobody can pay to. */
    { REFILLS_PAYMENT_ERROR_ELSEWHERE, G_STRUCT_OFFSET (PaymentCase, address), PAYMENT_CASE_EVM },
    { REFILLS_PAYMENT_ERROR_ELSEWHERE, G_STRUCT_OFFSET (PaymentCase, answered_network), NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    g_test_message ("%" G_GSIZE_FORMAT " %s", i, cases[i].text);
    init (&order);
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_ELSEWHERE);
    G_STRUCT_MEMBER (const char *, &order, cases[i].offset) = cases[i].text;
    payment_case_assert_refused (&order, cases[i].reason);
  }
}

/* The way that was asked for decides, not whether there is a network. */
static void
test_network (void)
{
  static const struct { const char *answered; RefillsPaymentError reason; } cases[] = {
    { "Base", REFILLS_PAYMENT_ERROR_ELSEWHERE }, { "Base Mainnet", REFILLS_PAYMENT_ERROR_ELSEWHERE },
    { NULL, REFILLS_PAYMENT_ERROR_ELSEWHERE },   { "Solana", REFILLS_PAYMENT_ERROR_NOT_AS_ASKED },
    { "Foo", REFILLS_PAYMENT_ERROR_NOT_AS_ASKED },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    payment_case_init (&order, "USDC", "Base");
    order.asked_via = order.payment_via = "GATE_PAY";
    order.page = PAGE;
    order.answered_network = cases[i].answered;
    payment_case_assert_refused (&order, cases[i].reason);
  }
  /* One that is not in our table is the exchange's to know. */
  payment_case_init (&order, "USDC", "Bar");
  order.asked_via = order.payment_via = "GATE_PAY";
  order.page = PAGE;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_ELSEWHERE);
  order.answered_network = "Foo";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED);

  /* And a wallet without one cannot be paid from, whatever page there is. */
  payment_case_init (&order, "USDC", NULL);
  order.page = PAGE;
  order.address = PAYMENT_CASE_EVM;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_UNSUPPORTED);
}

static void
test_time (void)
{
  PaymentCase order;

  init (&order);
  order.requested_at = 100;
  order.now = 100 + 20 * 60 - 1;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_ELSEWHERE);
  order.now++;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_EXPIRED);
  order.order_state = "PartialPaymentStarted";
  order.missing = "5";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_ELSEWHERE);
}

static RefillsOrder *
make_order (void)
{
  PaymentCase facts;
  g_autoptr (RefillsOrderState) state = NULL;
  RefillsOrder *order = NULL;

  init (&facts);
  facts.requested_at = 100;
  facts.address = PAYMENT_CASE_EVM;
  state = payment_case_make_state (&facts);
  order = refills_order_new (7, 90, payment_case_make_request (&facts));
  refills_order_apply (order, state);

  return order;
}

static void
apply_later (RefillsOrder *order,
             const char   *members)
{
  g_autofree char *text =
    g_strdup_printf ("{'order_id':'o-1','order_state':'WaitingForPayment','payment_state':'p',%s}", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (RefillsOrderState) incoming = refills_order_state_new_from_bytes (bytes, NULL);
  g_autoptr (RefillsOrderState) state = refills_order_state_merge (refills_order_get_state (order), incoming);

  refills_order_apply (order, state);
}

/* Its time ends as that of a payment does, and comes back where the clock was wrong. */
static void
test_late (void)
{
  g_autoptr (RefillsOrder) order = make_order ();
  guint n_late = 0;

  g_signal_connect (order, "notify::late", G_CALLBACK (count_cb), &n_late);
  g_assert_true (refills_order_is_paid_elsewhere (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_cmpint (refills_order_get_payable_until (order), ==, 100 + 20 * 60);
  refills_order_set_service_time (order, 100 + 20 * 60 - 1);
  g_assert_true (refills_order_is_paid_elsewhere (order));
  refills_order_set_service_time (order, 100 + 20 * 60);
  g_assert_false (refills_order_is_paid_elsewhere (order));
  g_assert_true (refills_order_is_late (order));
  g_assert_cmpint (refills_order_get_payable_until (order), ==, 0);
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Time is up");
  g_assert_cmpuint (n_late, ==, 1);
  refills_order_set_service_time (order, 200);
  g_assert_true (refills_order_is_paid_elsewhere (order));
  g_assert_cmpuint (n_late, ==, 2);
  refills_order_set_superseded (order, TRUE);
  g_assert_false (refills_order_is_paid_elsewhere (order));
  g_assert_cmpint (refills_order_get_payable_until (order), ==, 0);
}

/* Faults J09, of a page: another host is refused for good, whatever the time is, and the support text says so. */
static void
test_changed (void)
{
  g_autoptr (RefillsOrder) order = make_order ();
  g_autofree char *text = NULL;
  g_autofree char *help_text = NULL;
  g_autofree char *late_text = NULL;

  apply_later (order, "'checkout_url':'https://pay.example/2'");
  g_assert_true (refills_order_is_paid_elsewhere (order));
  apply_later (order, "'checkout_url':'https://other.example/2'");
  g_assert_false (refills_order_is_paid_elsewhere (order));
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Don’t pay");
  g_assert_cmpstr (refills_order_get_alarm_text (order), ==, "The page to pay on changed. Don’t pay.");
  g_assert_cmpstr (refills_order_get_refusal (order), ==,
                   "The service changed the payment after the order was made. Don’t pay.");
  text = refills_order_dup_support_text (order, "1.2.3");
  g_assert_nonnull (strstr (text, "Reason: changed"));
  g_assert_nonnull (strstr (text, "Changed: page\nPage, first: pay.example\nPage, later: other.example\n"));
  help_text = refills_order_dup_help_text (order);
  g_assert_nonnull (strstr (help_text, "new page"));
  g_assert_null (strstr (help_text, "address"));
  refills_order_set_service_time (order, 100 + 20 * 60);
  g_assert_false (refills_order_is_late (order));
  g_assert_cmpstr (refills_order_get_refusal (order), ==,
                   "The service changed the payment after the order was made. Don’t pay.");
  late_text = refills_order_dup_support_text (order, "1.2.3");
  g_assert_nonnull (strstr (late_text, "Reason: changed"));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-elsewhere/checks", test_checks);
  g_test_add_func ("/payment-elsewhere/network", test_network);
  g_test_add_func ("/payment-elsewhere/time", test_time);
  g_test_add_func ("/payment-elsewhere/late", test_late);
  g_test_add_func ("/payment-elsewhere/changed", test_changed);

  return g_test_run ();
}
