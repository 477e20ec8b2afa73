/* test-payment-amount.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much is paid: the grammar, the digits of a token, what was agreed to, invoices and part payments.
 */
#include "payment-case.h"
#include "refills-order-money.h"
#include "refills-test.h"

#define REQUESTED 1496314658
#define N_FUZZED 4000
#define INVOICE_WITHOUT_AMOUNT \
  "lnbc1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwz" \
  "qfqqqsyqcyq5rqwz" \
  "qfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6twvus8g6rfwvs8qun0dfjkxaq9qrsgq357wnc5r2ueh7ck6q93dj3" \
  "2dlqnls087fxdwk" \
  "8qakdyafkq3yap2r09nt4ndd0unm3z9u5t48y6ucv4r5sg7lk98c77ctvjczkspk5qprc90gx"

static void
test_amounts (void)
{
  static const char * const bad[] = {
    "", "1e2", "0x10", "-1", "0", "0.000", "NaN", "25,37", "25.37 ", " 25.37", "+25.37", ".5", "25.", "25.37.0",
    "1000000000000000000000000000000", "25.3700001" /* finer than six digits */, "٢٥", "２５",
    "0.0000000000000000000000000000000000000000001",
    "25.6238" /* 1 % above is 25.6237 */, "22.832" /* a tenth below is 22.833 */, "0.2537", "2537",
  };
  static const struct { const char *amount; const char *shown; const char *units; } good[] = {
    { "25.37", "25.37", "25370000" }, { "25.370000", "25.370000", "25370000" },
    { "25.3700000000000000", "25.370000", "25370000" }, { "25.6237", "25.6237", "25623700" },
    { "22.833", "22.833", "22833000" }, { "025.37", "025.37", "25370000" },
  };
  PaymentCase order;

  payment_case_init (&order, "USDC", "Base");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    order.amount = bad[i];
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  }
  order.amount = NULL;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;

    order.amount = good[i].amount;
    payment = payment_case_pay (&order, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (refills_payment_get_amount (payment), ==, good[i].shown);
    g_assert_cmpstr (refills_payment_get_units (payment), ==, good[i].units);
  }
}

static void
test_digits_of_tokens (void)
{
  static const struct { const char *coin; const char *network; const char *units; } cases[] = {
    { "USDC", "Base", "25370000" }, { "USDC", "Binance Smart Chain Mainnet", "25370000000000000000" },
    { "SOL", "Solana", "25370000000" }, { "BTC", "Mainnet", "2537000000" }, { "BTC", "Lightning", "250000000" },
    { "DAI", "ETH Mainnet", "25370000000000000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;

    payment_case_init (&order, cases[i].coin, cases[i].network);
    payment = payment_case_pay (&order, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (refills_payment_get_units (payment), ==, cases[i].units);
  }
}

static void
test_threshold (void)
{
  static const struct { const char *threshold; gboolean is_payable; } cases[] = {
    { NULL, TRUE }, { "25.37", TRUE }, { "25.370000", TRUE }, { "25.3700001", FALSE }, { "0.5", TRUE }, { "26", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    payment_case_init (&order, "USDC", "Base");
    order.threshold = cases[i].threshold;
    if (cases[i].is_payable)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  }
}

/* Digits, moved by hand. */
static char *
expect_units (const char *amount,
              guint       decimals)
{
  const char *point = strchr (amount, '.');
  GString *digits = g_string_new_len (amount, point != NULL ? point - amount : (gssize) strlen (amount));
  const char *fraction = point != NULL ? point + 1 : "";
  gsize zeros = 0;

  for (guint i = 0; i < decimals; i++) {
    g_string_append_c (digits, *fraction != '\0' ? *fraction : '0');
    if (*fraction != '\0')
      fraction++;
  }
  if (strspn (fraction, "0") != strlen (fraction)) {
    g_string_free (digits, TRUE);
    return NULL;
  }
  zeros = strspn (digits->str, "0");
  g_string_erase (digits, 0, (gssize) zeros);
  if (digits->len == 0) {
    g_string_free (digits, TRUE);
    return NULL;
  }

  return g_string_free (digits, FALSE);
}

/* Whatever the text is: paid by the grammar and to the last digit, or not at all. */
static void
test_grammar (void)
{
  static const char alphabet[] = "0123456789012345678900000.....,eE+- x";
  static const char * const pairs[][2] = { { "USDC", "Base" }, { "DAI", "Base" }, { "BTC", "Mainnet" } };
  g_autoptr (GRegex) grammar = g_regex_new ("^[0-9]{1,30}(\\.[0-9]{1,40})?\\z", 0, 0, NULL);
  guint n_paid = 0;

  for (guint i = 0; i < N_FUZZED; i++) {
    guint n_characters = (guint) g_test_rand_int_range (1, i % 7 == 0 ? 80 : 12);
    g_autoptr (GString) amount = g_string_new (NULL);
    g_autoptr (RefillsPayment) payment = NULL;
    g_autofree char *units = NULL;
    PaymentCase order;

    for (guint j = 0; j < n_characters; j++)
      g_string_append_c (amount, alphabet[g_test_rand_int_range (0, (gint32) strlen (alphabet))]);
    payment_case_init (&order, pairs[i % 3][0], pairs[i % 3][1]);
    order.amount = amount->str;
    order.quoted = NULL;
    payment = payment_case_pay (&order, NULL);
    if (g_regex_match (grammar, amount->str, 0, NULL))
      units = expect_units (amount->str, refills_token_find (order.coin, order.network)->decimals);
    g_test_message ("%s", amount->str);
    g_assert_cmpstr (payment != NULL ? refills_payment_get_units (payment) : NULL, ==, units);
    n_paid += payment != NULL;
  }
  g_assert_cmpuint (n_paid, >, N_FUZZED / 50);
}

static void
test_invoices (void)
{
  static const struct { const char *amount; const char *address; RefillsPaymentError reason; } cases[] = {
    { "0.00250000001", NULL, REFILLS_PAYMENT_ERROR_INVOICE }, /* a millisatoshi more */
    { "0.00249999999", NULL, REFILLS_PAYMENT_ERROR_INVOICE }, /* and less */
    { "0.00250001", NULL, REFILLS_PAYMENT_ERROR_INVOICE },
    { "0.002500000001", NULL, REFILLS_PAYMENT_ERROR_AMOUNT }, /* finer than any invoice */
    { "0.0025", INVOICE_WITHOUT_AMOUNT, REFILLS_PAYMENT_ERROR_INVOICE },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    payment_case_init (&order, "BTC", "Lightning");
    order.amount = cases[i].amount;
    if (cases[i].address != NULL)
      order.address = cases[i].address;
    payment_case_assert_refused (&order, cases[i].reason);
  }
  payment_case_init (&order, "BTC", "Lightning");
  order.amount = "0.002500000000";
  payment_case_assert_pays (&order);
}

static void
test_part_payment (void)
{
  static const struct { const char *missing; const char *sent; const char *amount; } cases[] = {
    { "5.37", "20", "5.37" },
    { "5.370", NULL, "5.370" },
    { NULL, "20", "5.37" },
    { "30", NULL, NULL },
    { "1e1", "20", NULL },
    { "5.3700001", NULL, NULL },
    /* With what has come it must not be more than the whole, as far as a total may rise. */
    { "5.5", "20", "5.5" },
    { "25.37", "20", NULL },
    { "5.63", "20", NULL },
    { "25.37", "0", "25.37" },
    { "5.37", "much", "5.37" },
    /* A service that does not count what came; and one whose figures leave a part of the whole out. */
    { "5.37", "0", "5.37" },
    { "5.37", "0.000", "5.37" },
    { "3", "20", "3" },
    { "2.8", "20", NULL },
    { "5.37", "2", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;

    payment_case_init (&order, "USDC", "Base");
    order.missing = cases[i].missing;
    order.sent = cases[i].sent;
    /* Long after the end of the first window. */
    order.now = REQUESTED + 24 * 60 * 60;
    payment = payment_case_pay (&order, &error);
    if (cases[i].amount != NULL) {
      g_assert_no_error (error);
      g_assert_cmpstr (refills_payment_get_amount (payment), ==, cases[i].amount);
      g_assert_true (refills_payment_is_rest (payment));
      g_assert_cmpint (refills_payment_get_payable_until (payment), ==, 0);
    } else {
      g_assert_null (payment);
      g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_AMOUNT);
    }
  }
}

/* A whole at the limit above what was agreed to has no second limit above itself. */
static void
test_limit_is_had_once (void)
{
  static const struct { const char *missing; const char *sent; gboolean is_payable; } cases[] = {
    { "5.6237", "20", TRUE }, { "5.6238", "20", FALSE }, { "25.6237", "0", TRUE }, { "0.0001", "25.6237", FALSE },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    payment_case_init (&order, "USDC", "Base");
    order.amount = "25.6237";
    order.missing = cases[i].missing;
    order.sent = cases[i].sent;
    g_test_message ("%s", cases[i].missing);
    if (cases[i].is_payable)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  }
}

/* What is to be paid is in the summary where a coupon was asked for, and else the same there. */
static void
test_summary (void)
{
  static const struct {
    const char *coupon;
    const char *quoted;
    const char *amount;
    const char *summary;
    const char *paid; /* NULL: refused */
  } cases[] = {
    { NULL, "25.37", "25.37", NULL, "25.37" },
    { NULL, "25.37", "25.37", "25.37", "25.37" },
    { NULL, "25.37", "25.370", "25.37000000", "25.370" },
    { NULL, "25.37", "25.37", "25.36", NULL },
    { NULL, "25.37", "25.37", "25.370001", NULL },
    { NULL, "25.37", "25.37", "22.84", NULL },
    { NULL, "25.37", "25.37", "0", NULL },
    { NULL, "25.37", "25.37", "much", NULL },
    { NULL, "25.37", "25.37", "2.537e1", NULL },
    /* The discount is in both. */
    { "TEN", "22.84", "22.84", "22.84", "22.84" },
    { "TEN", "22.84", "22.84", NULL, "22.84" },
    /* In the summary alone. */
    { "TEN", "22.84", "25.37", "22.84", "22.84" },
    { "TEN", "22.84", "25.37", "22.8400000000", "22.840000" },
    /* It is left out: more than was agreed to, whatever the coupon. */
    { "TEN", "22.84", "25.37", NULL, NULL },
    { "TEN", "22.84", "25.37", "25.37", NULL },
    /* A coupon pays for a part, and never adds to the total. */
    { "TEN", "25.37", "22.84", "25.37", NULL },
    { "TEN", "22.84", "25.37", "10", NULL },
    { "TEN", "22.84", "25.37", "0", NULL },
    { "TEN", "22.84", "25.37", " 22.84", NULL },
    { "TEN", "22.84", "0x19", "22.84", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;

    g_test_message ("%s: %s, %s", cases[i].coupon, cases[i].amount, cases[i].summary);
    payment_case_init (&order, "USDC", "Base");
    order.coupon = cases[i].coupon;
    order.quoted = cases[i].quoted;
    order.amount = cases[i].amount;
    order.summary = cases[i].summary;
    payment = payment_case_pay (&order, &error);
    if (cases[i].paid != NULL) {
      g_assert_no_error (error);
      g_assert_cmpstr (refills_payment_get_amount (payment), ==, cases[i].paid);
    } else {
      g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_AMOUNT);
    }
  }
}

/* Whatever else speaks of the amount speaks of what is to be paid. */
static void
test_summary_everywhere (void)
{
  PaymentCase order;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (RefillsPayment) rest = NULL;

  /* The service's code. */
  payment_case_init (&order, "SOL", "Solana");
  order.coupon = "TEN";
  order.quoted = order.summary = "22.84";
  before = g_strdup_printf ("solana:%s?amount=25.37", order.address);
  after = g_strdup_printf ("solana:%s?amount=22.84", order.address);
  order.qr_text = before;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
  order.qr_text = after;
  payment_case_assert_pays (&order);
  /* What the network takes. */
  order.threshold = "25";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  order.threshold = NULL;
  /* What is missing; what has come in full. */
  order.sent = "20";
  rest = payment_case_pay (&order, NULL);
  g_assert_cmpstr (refills_payment_get_amount (rest), ==, "2.84");
  order.missing = "5.37";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_AMOUNT);
  order.missing = NULL;
  order.sent = "22.84";
  state = payment_case_make_state (&order);
  g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_PAYMENT_SEEN);
  g_assert_cmpstr (refills_order_money_get_amount_to_pay (state), ==, "22.84");

  /* An invoice. */
  payment_case_init (&order, "BTC", "Lightning");
  order.coupon = "TEN";
  order.amount = "0.0027";
  order.summary = "0.0025";
  payment_case_assert_pays (&order);
  order.quoted = order.summary = "0.00250001";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
}

/* An invoice has its amount in it: what is missing needs one of its own, for exactly that. */
static void
test_part_of_an_invoice (void)
{
  PaymentCase order;
  g_autofree char *uri = NULL;
  g_autofree char *capitals = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsPayment) payment = NULL;

  payment_case_init (&order, "BTC", "Lightning");
  order.amount = order.quoted = "0.0125";
  order.missing = "0.0025";
  order.sent = "0.01";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);

  uri = g_strconcat ("lightning:", payment_case_second_invoice, NULL);
  order.missing_qr_text = uri;
  payment = payment_case_pay (&order, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_payment_get_address (payment), ==, payment_case_second_invoice);
  g_assert_cmpstr (refills_payment_get_units (payment), ==, "250000000");
  g_assert_true (refills_payment_is_rest (payment));

  order.missing = "0.00250000001";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
  order.missing = "0.0025";
  order.missing_qr_text = "lightning:lnbc1nonsense";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
  order.missing_qr_text = "lightning:" INVOICE_WITHOUT_AMOUNT;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);

  /* The first one again, in capitals, and another text with the same payment hash: that is paid, or nobody's to pay. */
  payment_case_init (&order, "BTC", "Lightning");
  order.missing = order.amount;
  order.sent = "0";
  order.missing_qr_text = order.address;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
  capitals = g_ascii_strup (order.address, -1);
  order.missing_qr_text = capitals;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
  order.missing_qr_text = payment_case_get_other (REFILLS_ADDRESS_LIGHTNING);
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_INVOICE);
  order.missing_qr_text = payment_case_second_invoice;
  payment_case_assert_pays (&order);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-amount/amounts", test_amounts);
  g_test_add_func ("/payment-amount/digits-of-tokens", test_digits_of_tokens);
  g_test_add_func ("/payment-amount/threshold", test_threshold);
  g_test_add_func ("/payment-amount/grammar", test_grammar);
  g_test_add_func ("/payment-amount/invoices", test_invoices);
  g_test_add_func ("/payment-amount/part-payment", test_part_payment);
  g_test_add_func ("/payment-amount/limit-is-had-once", test_limit_is_had_once);
  g_test_add_func ("/payment-amount/summary", test_summary);
  g_test_add_func ("/payment-amount/summary-everywhere", test_summary_everywhere);
  g_test_add_func ("/payment-amount/part-of-an-invoice", test_part_of_an_invoice);

  return g_test_run ();
}
