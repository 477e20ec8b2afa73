/* test-payment-deadline.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"

#include "json-case.h"
#include "payment-case.h"

#define NOW G_GINT64_CONSTANT (1787679708)
#define DAY (24 * 60 * 60)
#define WINDOW (REFILLS_PAYMENT_WINDOW_MINUTES * 60)
#define LAST G_GINT64_CONSTANT (253402300799)

/* From what time on an order counts, by what is said of it. */
static void
test_start (void)
{
  static const struct {
    gint64 requested;
    gint64 created;
    gint64 answered;
    gint64 start; /* 0: none is known */
  } cases[] = {
    { NOW, NOW, NOW, NOW },
    { NOW - 1080, NOW, NOW, NOW - 1080 },
    { NOW - 1080, NOW - 1100, NOW, NOW - 1080 },
    /* No more than a day before the first answer, and no more than two minutes after. */
    { NOW - DAY, NOW, NOW, NOW - DAY },
    { NOW - DAY - 1, NOW - 5, NOW, NOW - 5 },
    { NOW + 120, NOW - 5, NOW, NOW },
    { NOW + 121, NOW - 5, NOW, NOW - 5 },
    /* 1970, milliseconds that are still a year, the last of all years. */
    { 5, NOW - 5, NOW, NOW - 5 },
    { NOW * 100, NOW - 5, NOW, NOW - 5 },
    { LAST, NOW - 5, NOW, NOW - 5 },
    { 0, NOW - 5, NOW, NOW - 5 },
    /* Both. */
    { 5, 5, NOW, NOW },
    { LAST, LAST, NOW, NOW },
    { LAST, 5, NOW, NOW },
    { 5, LAST, NOW, NOW },
    { 0, 0, NOW, NOW },
    { 0, NOW + 60, NOW, NOW },
    { NOW - DAY - 1, NOW - DAY - 1, NOW, NOW },
    /* Where it is not known when the first answer came. */
    { NOW, NOW, 0, NOW },
    { NOW - 1080, NOW, 0, NOW - 1080 },
    { 5, NOW, 0, NOW },
    { LAST, NOW, 0, NOW },
    { NOW, 5, 0, NOW },
    { NOW, LAST, 0, NOW },
    { NOW, 0, 0, NOW },
    { 0, NOW, 0, NOW },
    { LAST, 0, 0, 0 },
    { 0, LAST, 0, 0 },
    { LAST, LAST, 0, 0 },
    { 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPayment) payment = NULL;
    g_autoptr (GError) error = NULL;
    PaymentCase order;

    g_test_message ("case %" G_GSIZE_FORMAT, i);
    payment_case_init (&order, "USDC", "Solana");
    order.requested_at = cases[i].requested;
    order.created_at = cases[i].created;
    order.answered_at = cases[i].answered;
    order.now = NOW;
    if (cases[i].start != 0 && cases[i].start + WINDOW <= NOW) {
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_EXPIRED);
      order.now = 0;
    }
    payment = payment_case_pay (&order, &error);
    g_assert_no_error (error);
    g_assert_cmpint (refills_payment_get_payable_until (payment), ==,
                     cases[i].start != 0 ? cases[i].start + WINDOW : 0);
  }
}

/* Without a present time and a first answer, what is told last of two that are far apart gives no time. */
static void
test_start_unknown (void)
{
  static const gint64 cases[][3] = {
    { NOW, NOW - 60, NOW }, { NOW, 0, NOW }, { LAST, NOW, NOW }, { NOW, 5, 5 }, { 5, NOW, NOW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPayment) payment = NULL;
    PaymentCase order;

    g_test_message ("case %" G_GSIZE_FORMAT, i);
    payment_case_init (&order, "USDC", "Solana");
    order.requested_at = cases[i][0];
    order.created_at = cases[i][1];
    payment = payment_case_pay (&order, NULL);
    g_assert_cmpint (refills_payment_get_payable_until (payment), ==, cases[i][2] + WINDOW);
  }
}

static RefillsOrderState *
read_answer (const char *text,
             gint64      date,
             gint64      here)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_answer (bytes, date, here, &error);

  g_assert_no_error (error);

  return state;
}

/* When an answer came: what it says itself, or its head, or the clock here. */
static void
test_answered_at (void)
{
  static const struct {
    const char *said;
    gint64 date;
    gint64 here;
    gint64 answered_at;
    gint64 server_time;
  } cases[] = {
    { "1787679708", NOW + 3, 1, NOW, NOW },
    { "1787679708", 0, 1, NOW, NOW },
    { "1787679708", NOW - DAY, 1, NOW, NOW },
    { "1787679708", NOW - DAY - 1, 1, NOW - DAY - 1, 0 },
    { "5", NOW, 1, NOW, 0 },
    { "253402300799", NOW, 1, NOW, 0 },
    { "1787679708000", NOW, 1, NOW, 0 },
    { "null", NOW, 1, NOW, 0 },
    { "null", 0, NOW - 7, NOW - 7, 0 },
    { "null", 0, 0, 0, 0 },
    { "null", -5, -5, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'o-1','timestamp_of_request':%s}", cases[i].said);
    g_autoptr (RefillsOrderState) state = read_answer (text, cases[i].date, cases[i].here);

    g_test_message ("case %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (refills_order_state_get_answered_at (state), ==, cases[i].answered_at);
    g_assert_cmpint (refills_order_state_get_server_time (state), ==, cases[i].server_time);
  }
}

/* It is that of the first answer that says where to pay, and goes to the disk. */
static void
test_first_answer (void)
{
  g_autoptr (RefillsOrderState) id = read_answer ("{'order_id':'o-1'}", 0, 0);
  g_autoptr (RefillsOrderState) first = read_answer ("{'order_id':'o-1','wallet_address':'a'}", NOW, 0);
  g_autoptr (RefillsOrderState) later = read_answer ("{'order_id':'o-1','wallet_address':'a'}", NOW + 600, 0);
  g_autoptr (RefillsOrderState) earlier = read_answer ("{'order_id':'o-1','wallet_address':'a'}", NOW - 600, 0);
  g_autoptr (RefillsOrderState) undated = read_answer ("{'order_id':'o-1','wallet_address':'a'}", 0, 0);
  g_autoptr (RefillsOrderState) one = refills_order_state_merge (id, first);
  g_autoptr (RefillsOrderState) two = refills_order_state_merge (one, later);
  g_autoptr (RefillsOrderState) three = refills_order_state_merge (two, earlier);
  g_autoptr (RefillsOrderState) none = refills_order_state_merge (undated, later);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (three));
  g_autoptr (RefillsOrderState) stored = refills_order_state_new_from_variant (variant);

  g_assert_cmpint (refills_order_state_get_answered_at (one), ==, NOW);
  g_assert_cmpint (refills_order_state_get_answered_at (two), ==, NOW);
  g_assert_cmpint (refills_order_state_get_answered_at (three), ==, NOW);
  g_assert_cmpint (refills_order_state_get_answered_at (stored), ==, NOW);
  g_assert_cmpint (refills_order_state_get_answered_at (none), ==, 0);
  g_assert_true (refills_order_state_says_the_same (first, later));
}

/* What a damaged or forged file says is no later than the last of all years. */
static void
test_stored_times (void)
{
  static const gint64 times[] = { G_MAXINT64, G_MININT64, LAST + 1, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GVariant) variant = NULL;
    GVariantDict dict;

    g_variant_dict_init (&dict, NULL);
    g_variant_dict_insert (&dict, "order-id", "s", "o-1");
    g_variant_dict_insert (&dict, "created-at", "x", times[i]);
    g_variant_dict_insert (&dict, "payment-requested-at", "x", times[i]);
    g_variant_dict_insert (&dict, "answered-at", "x", times[i]);
    variant = g_variant_ref_sink (g_variant_dict_end (&dict));
    state = refills_order_state_new_from_variant (variant);
    g_assert_nonnull (state);
    g_assert_cmpint (refills_order_state_get_created_at (state), ==, 0);
    g_assert_cmpint (refills_order_state_get_payment_requested_at (state), ==, 0);
    g_assert_cmpint (refills_order_state_get_answered_at (state), ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-deadline/answered-at", test_answered_at);
  g_test_add_func ("/payment-deadline/first-answer", test_first_answer);
  g_test_add_func ("/payment-deadline/start", test_start);
  g_test_add_func ("/payment-deadline/start-unknown", test_start_unknown);
  g_test_add_func ("/payment-deadline/stored-times", test_stored_times);

  return g_test_run ();
}
