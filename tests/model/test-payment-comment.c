/* test-payment-comment.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The comment of a payment on TON, and when its request ends.
 */
#include "payment-case.h"

#include "json-case.h"
#include "refills-payment-uri.h"
#include "refills-test.h"
#include "refills-wallet.h"

#define PAYEE "UQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorhqg"
#define REQUEST "ton://transfer/" PAYEE "?amount=25370000000"
#define SOLANA "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=25.37"
#define FIRST_KEY "82ZJ7nbGpixjeDCmEhUcmwXYfvurzAgGdtSMuHnUgyny"
#define OTHER_KEY "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"
#define REQUESTED G_GINT64_CONSTANT (1496314658)
#define WINDOW (REFILLS_PAYMENT_WINDOW_MINUTES * 60)
#define LONG_TEXT "012345678901234567890123456789012345678901234567890123456789" \
                  "012345678901234567890123456789012345678901234567890123456789"

static RefillsPayment *
pay (const PaymentCase *order)
{
  g_autoptr (GError) error = NULL;
  RefillsPayment *payment = payment_case_pay (order, &error);

  g_assert_no_error (error);

  return payment;
}

/* Beside the code, in it, or the same in both. */
static void
test_places (void)
{
  static const struct {
    const char *memo;
    const char *qr_text;
    const char *comment; /* NULL: refused */
  } cases[] = {
    { "Order 77", NULL, "Order 77" },
    { "Order 77", PAYEE, "Order 77" },
    { "Order 77", REQUEST, "Order 77" },
    { "Order 77", REQUEST "&text=", "Order 77" },
    { NULL, REQUEST "&text=Order%2077", "Order 77" },
    { "Order 77", REQUEST "&text=Order%2077", "Order 77" },
    { "a&b=c?%25", REQUEST "&text=a%26b%3Dc%3F%2525", "a&b=c?%25" },
    { "Čaj é 茶", REQUEST "&text=%C4%8Caj%20%C3%A9%20%E8%8C%B6", "Čaj é 茶" },
    { LONG_TEXT, REQUEST "&text=" LONG_TEXT, LONG_TEXT },
    /* One letter, its case, a blank. */
    { "Order 77", REQUEST "&text=Order%2078", NULL },
    { "Order 77", REQUEST "&text=order%2077", NULL },
    { "Order 77", REQUEST "&text=Order77", NULL },
    { "Order 77", REQUEST "&text=Order%2077%20", NULL },
    /* What is cut, of another shape, or not to be seen. */
    { "77…", NULL, NULL },
    { " 77", NULL, NULL },
    { "7  7", REQUEST "&text=7%20%207", NULL },
    { "7\\u202e7", REQUEST "&text=77", NULL },
    { LONG_TEXT "0", NULL, NULL },
    { NULL, REQUEST "&text=" LONG_TEXT "0", NULL },
    { NULL, REQUEST "&text=7%E2%80%AE7", NULL },
    { NULL, REQUEST "&text=7%E2%80%8B7", NULL },
    { NULL, REQUEST "&text=7%0A7", NULL },
    { NULL, REQUEST "&text=7%C2%A07", NULL },
    { NULL, REQUEST "&text=%2077", NULL },
    { NULL, REQUEST "&text=%20", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPayment) payment = NULL;
    PaymentCase order;

    g_test_message ("%s, %s", cases[i].memo, cases[i].qr_text);
    payment_case_init (&order, "TON", "Ton");
    order.memo = cases[i].memo;
    order.qr_text = cases[i].qr_text;
    if (cases[i].comment == NULL) {
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_MEMO);
      continue;
    }
    payment = pay (&order);
    g_assert_cmpstr (refills_payment_get_comment (payment), ==, cases[i].comment);
  }
}

/* Everywhere else a memo is refused as it was. */
static void
test_other_families (void)
{
  for (gsize i = 0; payment_case_rows[i][0] != NULL; i++) {
    PaymentCase order;
    gboolean is_ton;

    payment_case_init (&order, payment_case_rows[i][0], payment_case_rows[i][1]);
    is_ton = refills_token_find (order.coin, order.network)->family == REFILLS_ADDRESS_TON;
    g_test_message ("%s on %s", order.coin, order.network);
    order.memo = "77";
    if (is_ton)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_MEMO);
  }
}

/* Record, request, and the same record again; for the coin and for a token. */
static void
test_comment_round_trip (void)
{
  static const char * const coins[] = { "TON", "USDT" };

  for (gsize i = 0; i < G_N_ELEMENTS (coins); i++) {
    g_autoptr (RefillsPayment) payment = NULL;
    g_autoptr (RefillsPayment) again = NULL;
    g_autoptr (RefillsPayment) other = NULL;
    g_autoptr (RefillsPayment) none = NULL;
    g_autofree char *request = NULL;
    g_autofree char *timed = NULL;
    g_auto (RefillsPaymentUri) uri = { 0 };
    PaymentCase order;

    payment_case_init (&order, coins[i], "Ton");
    none = pay (&order);
    order.memo = "Order 77 & é";
    payment = pay (&order);
    request = refills_payment_dup_request (payment);
    timed = refills_payment_dup_timed_request (payment);
    g_assert_nonnull (strstr (request, "&text=Order%2077%20%26%20%C3%A9"));
    g_assert_null (strstr (request, "exp="));
    g_assert_true (refills_payment_uri_parse (timed, REFILLS_ADDRESS_TON, &uri, NULL));
    g_assert_cmpstr (uri.memo, ==, "Order 77 & é");
    g_assert_cmpint (uri.expires_at, ==, refills_payment_get_payable_until (payment));
    g_assert_cmpint (uri.expires_at, ==, REQUESTED + WINDOW);

    order.memo = NULL;
    order.qr_text = timed;
    again = pay (&order);
    g_assert_true (refills_payment_equal (payment, again));
    order.qr_text = NULL;
    order.memo = "Order 77 & e";
    other = pay (&order);
    g_assert_false (refills_payment_equal (payment, other));
    g_assert_false (refills_payment_equal (payment, none));
  }
}

/* Of what is stored, either place alone altered. */
static void
test_stored (void)
{
  static const struct { const char *key; const char *text; } alterations[] = {
    { "memo", "Order 78" }, { "memo", "" }, { "memo", "Order 77 " }, { "qr-text", REQUEST "&text=Order%2078" },
    { "qr-text", REQUEST "&text=Order%2077." },
  };
  PaymentCase order;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (GVariant) variant = NULL;

  payment_case_init (&order, "TON", "Ton");
  order.memo = "Order 77";
  order.qr_text = REQUEST "&text=Order%2077";
  state = payment_case_make_state (&order);
  asked = payment_case_make_request (&order);
  variant = g_variant_ref_sink (refills_order_state_to_variant (state));

  for (gsize i = 0; i <= G_N_ELEMENTS (alterations); i++) {
    g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (variant);
    g_autoptr (RefillsOrderState) stored = NULL;
    g_autoptr (GVariant) altered = NULL;
    g_autoptr (RefillsPayment) payment = NULL;
    g_autoptr (GError) error = NULL;

    if (i < G_N_ELEMENTS (alterations))
      g_variant_dict_insert (&dict, alterations[i].key, "s", alterations[i].text);
    altered = g_variant_ref_sink (g_variant_dict_end (&dict));
    stored = refills_order_state_new_from_variant (altered);
    payment = refills_payment_new (stored, asked, 0, &error);
    if (i < G_N_ELEMENTS (alterations))
      g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_MEMO);
    else
      g_assert_cmpstr (refills_payment_get_comment (payment), ==, "Order 77");
  }
}

/* What is missing after a part payment is paid with the same comment. */
static void
test_rest (void)
{
  static const struct { const char *memo; const char *missing_qr_text; gboolean agrees; } cases[] = {
    { "77", NULL, TRUE },
    { "77", PAYEE, TRUE },
    { "77", "ton://transfer/" PAYEE "?amount=5370000000", TRUE },
    { "77", "ton://transfer/" PAYEE "?amount=5370000000&text=77", TRUE },
    { "77", "ton://transfer/" PAYEE "?amount=5370000000&text=78", FALSE },
    { NULL, "ton://transfer/" PAYEE "?amount=5370000000&text=77", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    payment_case_init (&order, "TON", "Ton");
    order.missing = "5.37";
    order.sent = "20";
    order.memo = cases[i].memo;
    order.missing_qr_text = cases[i].missing_qr_text;
    if (cases[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_MEMO);
  }
}

static RefillsOrderState *
read_answer (const char *order_state,
             const char *network,
             const char *members)
{
  g_autofree char *text =
    g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'p','coin':'%s','network':'%s'%s%s}",
                     order_state, g_str_equal (network, "Ton") ? "TON" : "SOL", network, *members != '\0' ? "," : "",
                     members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

/* A comment is as little to be changed as an address, and may not come after one. */
static void
test_later_answers (void)
{
  static const char waiting[] = "WaitingForPayment";
  static const struct {
    const char *order_state;
    const char *network;
    const char *first;
    const char *later;
    gboolean has_alarm;
    const char *memo;    /* after both */
    const char *qr_text; /* likewise */
  } cases[] = {
    { waiting, "Ton", "'wallet_address':'w','memo':'77'", "'memo':'77'", FALSE, "77", NULL },
    { waiting, "Ton", "'wallet_address':'w','memo':'77'", "", FALSE, "77", NULL },
    { waiting, "Ton", "'wallet_address':'w','memo':'77'", "'memo':'78'", TRUE, "77", NULL },
    { waiting, "Ton", "'wallet_address':'w'", "'memo':'77'", TRUE, NULL, NULL },
    { waiting, "Ton", "'wallet_address':'w'", "'qr_text':'" REQUEST "&text=77'", TRUE, NULL, NULL },
    { waiting, "Ton", "'wallet_address':'w','memo':'77'", "'qr_text':'" REQUEST "&text=77'", FALSE, "77",
      REQUEST "&text=77" },
    { waiting, "Ton", "'wallet_address':'w','memo':'77'", "'qr_text':'" REQUEST "&text=78'", TRUE, "77", NULL },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&text=77'", "'memo':'77'", FALSE, "77",
      REQUEST "&text=77" },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&text=77'", "'memo':'78'", TRUE, NULL,
      REQUEST "&text=77" },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&text=77'", "'qr_text':'" REQUEST "&text=78'", TRUE,
      NULL, REQUEST "&text=77" },
    /* It is not forgotten where a later code lacks it. */
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&text=77'", "'qr_text':'" REQUEST "'", FALSE, NULL,
      REQUEST "&text=77" },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&text=77'", "'qr_text':'" PAYEE "'", FALSE, NULL,
      REQUEST "&text=77" },
    /* Nor an end that a later code lacks or puts off; one that comes earlier holds. */
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&exp=1496315000'", "'qr_text':'" REQUEST "'", FALSE,
      NULL, REQUEST "&exp=1496315000" },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&exp=1496315000'",
      "'qr_text':'" REQUEST "&exp=1496315001'", FALSE, NULL, REQUEST "&exp=1496315000" },
    { waiting, "Ton", "'wallet_address':'w','qr_text':'" REQUEST "&exp=1496315000'",
      "'qr_text':'" REQUEST "&exp=1496314999'", FALSE, NULL, REQUEST "&exp=1496314999" },
    /* By its references a payment on Solana is found: the first ones hold. Another payee's code is taken, and refused
     * when it is compared. */
    { waiting, "Solana", "'wallet_address':'w','qr_text':'" SOLANA "&reference=" FIRST_KEY "'",
      "'qr_text':'" SOLANA "&reference=" OTHER_KEY "'", FALSE, NULL, SOLANA "&reference=" FIRST_KEY },
    { waiting, "Solana", "'wallet_address':'w','qr_text':'" SOLANA "&reference=" FIRST_KEY "'",
      "'qr_text':'" SOLANA "'", FALSE, NULL, SOLANA "&reference=" FIRST_KEY },
    { waiting, "Solana", "'wallet_address':'w','qr_text':'" SOLANA "&reference=" FIRST_KEY "'",
      "'qr_text':'solana:" OTHER_KEY "'", FALSE, NULL, "solana:" OTHER_KEY },
    { waiting, "Solana", "'wallet_address':'w','qr_text':'" SOLANA "'",
      "'qr_text':'" SOLANA "&reference=" FIRST_KEY "'", FALSE, NULL, SOLANA "&reference=" FIRST_KEY },
    /* Before there is an address nobody could have paid, and after the payment was seen nothing depends on it. */
    { waiting, "Ton", "", "'wallet_address':'w','memo':'77'", FALSE, "77", NULL },
    { "WaitingForDelivery", "Ton", "'wallet_address':'w'", "'comment':'thanks'", FALSE, "thanks", NULL },
    { waiting, "Solana", "'wallet_address':'w'", "'memo':'77'", FALSE, "77", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) first = read_answer (cases[i].order_state, cases[i].network, cases[i].first);
    g_autoptr (RefillsOrderState) later = read_answer (cases[i].order_state, cases[i].network, cases[i].later);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (first, later);
    g_autoptr (RefillsOrderState) shown = refills_order_state_merge_uncommitted (first, later);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (merged));
    g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);
    RefillsOrderAlarm alarm = cases[i].has_alarm ? REFILLS_ORDER_ALARM_COMMENT : REFILLS_ORDER_ALARM_NONE;

    g_test_message ("%s, then %s", cases[i].first, cases[i].later);
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, alarm);
    g_assert_cmpint (refills_order_state_get_alarm (shown), ==, alarm);
    g_assert_cmpint (refills_order_state_get_alarm (loaded), ==, alarm);
    g_assert_cmpstr (refills_order_state_get_memo (loaded), ==, cases[i].memo);
    g_assert_cmpstr (refills_order_state_get_qr_text (loaded), ==, cases[i].qr_text);
  }
}

/* The end that the service's request names is ours where it is earlier. */
static void
test_request_end (void)
{
  static const struct { gint64 expires_at; gint64 now; gint64 until; /* 0: over */ } cases[] = {
    { REQUESTED + WINDOW + 600, REQUESTED, REQUESTED + WINDOW },
    { REQUESTED + 300, REQUESTED, REQUESTED + 300 },
    { REQUESTED + 300, REQUESTED + 299, REQUESTED + 299 + 1 },
    { REQUESTED + 300, REQUESTED + 300, 0 },
    { 5, REQUESTED, 0 },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *qr_text = g_strdup_printf (REQUEST "&exp=%" G_GINT64_FORMAT, cases[i].expires_at);
    g_autoptr (RefillsPayment) payment = NULL;
    g_auto (RefillsPaymentUri) uri = { 0 };
    g_autofree char *timed = NULL;

    payment_case_init (&order, "TON", "Ton");
    order.qr_text = qr_text;
    order.now = cases[i].now;
    if (cases[i].until == 0) {
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_EXPIRED);
      continue;
    }
    payment = pay (&order);
    g_assert_cmpint (refills_payment_get_payable_until (payment), ==, cases[i].until);
    timed = refills_payment_dup_timed_request (payment);
    g_assert_true (refills_payment_uri_parse (timed, REFILLS_ADDRESS_TON, &uri, NULL));
    g_assert_cmpint (uri.expires_at, ==, cases[i].until);
  }
  /* A rest is paid until its own request ends, and not that for the whole. */
  payment_case_init (&order, "TON", "Ton");
  order.missing = "5.37";
  order.sent = "20";
  order.now = REQUESTED + 600;
  order.qr_text = REQUEST "&exp=1496314958";
  payment_case_assert_pays (&order);
  order.missing_qr_text = "ton://transfer/" PAYEE "?amount=5370000000&exp=1496315258";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_EXPIRED);
}

/* Only what is known to take it is told when the time to pay ends. */
static void
test_wallets (void)
{
  g_autofree const RefillsWallet **list = refills_wallet_list (REFILLS_ADDRESS_TON);
  g_autoptr (RefillsPayment) payment = NULL;
  g_autoptr (RefillsPayment) timeless = NULL;
  PaymentCase order;

  payment_case_init (&order, "TON", "Ton");
  order.memo = "77";
  payment = pay (&order);
  order.requested_at = 0;
  timeless = pay (&order);
  for (guint i = 0; list[i] != NULL; i++) {
    gboolean is_timed = g_str_equal (refills_wallet_get_id (list[i]), "tonkeeper");
    g_autofree char *request = refills_wallet_dup_request (list[i], payment);
    g_autofree char *code = refills_wallet_dup_code_text (list[i], payment, REFILLS_PAYMENT_CODE_REQUEST);
    g_autofree char *address = refills_wallet_dup_code_text (list[i], payment, REFILLS_PAYMENT_CODE_ADDRESS);
    g_autofree char *without = refills_wallet_dup_code_text (list[i], timeless, REFILLS_PAYMENT_CODE_REQUEST);

    g_assert_cmpstr (request, ==, is_timed ? REQUEST "&text=77&exp=1496315858" : REQUEST "&text=77");
    g_assert_cmpstr (code, ==, request);
    g_assert_cmpstr (address, ==, PAYEE);
    g_assert_cmpstr (without, ==, REQUEST "&text=77");
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-comment/places", test_places);
  g_test_add_func ("/payment-comment/other-families", test_other_families);
  g_test_add_func ("/payment-comment/round-trip", test_comment_round_trip);
  g_test_add_func ("/payment-comment/stored", test_stored);
  g_test_add_func ("/payment-comment/rest", test_rest);
  g_test_add_func ("/payment-comment/later-answers", test_later_answers);
  g_test_add_func ("/payment-comment/request-end", test_request_end);
  g_test_add_func ("/payment-comment/wallets", test_wallets);

  return g_test_run ();
}
