/* test-payment.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-payment.h"

#include "json-case.h"
#include "refills-test.h"

#define ADDRESS "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"

static RefillsOrderRequest *
ask (const char *network_text,
     const char *coin,
     const char *quoted)
{
  g_autoptr (JsonCase) json = network_text != NULL ? json_case_new (network_text) : NULL;
  g_autoptr (RefillsNetwork) network = json != NULL ? refills_network_new_from_json (&json->place, NULL) : NULL;
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Amazon.com", .country = "US", .denomination = "25 USD",
    .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .payment_via = "USER_WALLET", .coin = coin, .quoted_amount = quoted,
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));

  return refills_order_request_new (&fields, lines, network);
}

static RefillsOrderState *
read_state (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'order_id':'a'%s}", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static RefillsPayment *
pay (const char  *address,
     const char  *amount,
     const char  *rest,
     GError     **error)
{
  g_autofree char *members =
    g_strdup_printf (",'order_state':'WaitingForPayment','payment_state':'WalletCreated',"
                     "'payment_via':'USER_WALLET','coin':'USDC','network':'Polygon (Matic)',"
                     "'wallet_address':%s,'coin_amount':%s%s", address, amount, rest);
  g_autoptr (RefillsOrderState) state = read_state (members);
  g_autoptr (RefillsOrderRequest) asked =
    ask ("{'name':'Polygon (Matic)','smart_contract':{'decimals':6}}", "USDC", "25.37");

  return refills_payment_new (state, asked, error);
}

static void
test_whole (void)
{
  g_autoptr (GError) error = NULL;
  RefillsPayment *payment = pay ("'" ADDRESS "'", "'25.370000'",
                                 ",'created_at':90,'payment_requested_at':'100'", &error);

  g_assert_no_error (error);
  assert_contract (payment);
  g_assert_cmpstr (refills_payment_get_address (payment), ==, ADDRESS);
  g_assert_cmpstr (refills_payment_get_amount (payment), ==, "25.370000");
  g_assert_cmpstr (refills_payment_get_coin (payment), ==, "USDC");
  g_assert_cmpstr (refills_payment_get_network_title (payment), ==, "Polygon");
  g_assert_cmpstr (refills_payment_get_amount_label (payment), ==, "25.370000 USDC");
  g_assert_cmpstr (refills_payment_get_qr_text (payment), ==, ADDRESS);
  g_assert_cmpint (refills_payment_get_payable_until (payment), ==, 100 + 20 * 60);
  g_assert_finalize_object (payment);
}

static void
test_payable_until (void)
{
  static const struct {
    const char *rest;
    gint64 until;
  } cases[] = {
    { "", 0 },
    { ",'created_at':90", 90 + 1200 },
    { ",'created_at':'soon'", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsPayment) payment = pay ("'" ADDRESS "'", "'25'", cases[i].rest, NULL);

    g_assert_cmpint (refills_payment_get_payable_until (payment), ==, cases[i].until);
  }
}

static void
test_addresses (void)
{
  g_autofree char *fits = g_strnfill (128, 'x');
  g_autofree char *fits_text = g_strdup_printf ("'%s'", fits);
  g_autofree char *above_text = g_strdup_printf ("'%sx'", fits);
  const char * const bad[] = {
    "null", "''", "'   '", "'0x1 2'", "'0x12\\n'", "' 0x12'", "'0x\\u00e9'", "'0x\\u007f'", "7",
    "{}", above_text,
  };
  g_autoptr (RefillsPayment) longest = pay (fits_text, "'25'", "", NULL);

  g_assert_nonnull (longest);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (pay (bad[i], "'25'", "", &error));
    g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ADDRESS);
    g_assert_cmpstr (refills_payment_error_to_text (error), ==,
                     "The payment address looks wrong. Don’t pay.");
  }
}

static void
test_amounts (void)
{
  static const char * const bad[] = {
    "null", "''", "'1e2'", "1e400", "'0x10'", "'-1'", "'0'", "'0.000'", "'NaN'", "'25,37'",
    "'25.37 '", "'+25'", "'.5'", "'5.'", "[]", "'1000000000000000000000000000000'",
    "'25.6238'" /* 1 % above is 25.6237 */, "'25.3700001'" /* finer than six decimals */,
    "'٢٥'", "'0.0000000000000000000000000000000000000000001'",
  };
  g_autoptr (RefillsPayment) limit = pay ("'" ADDRESS "'", "'25.6237'", "", NULL);
  g_autoptr (RefillsPayment) zeros = pay ("'" ADDRESS "'", "'25.3700000000'", "", NULL);
  g_autoptr (RefillsPayment) number = pay ("'" ADDRESS "'", "25.0", "", NULL);

  g_assert_nonnull (limit);
  g_assert_nonnull (zeros);
  g_assert_cmpstr (refills_payment_get_amount (number), ==, "25.0");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", bad[i]);
    g_assert_null (pay ("'" ADDRESS "'", bad[i], "", &error));
    g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_AMOUNT);
  }
}

static void
test_not_as_asked (void)
{
  static const struct {
    const char *coin;
    const char *network;
    const char *via;
  } cases[] = {
    { "'USDT'", "'Base'", "'USER_WALLET'" }, { "'USDC'", "'Tron'", "'USER_WALLET'" },
    { "'USDC'", "'Base'", "'KUCOIN_PAY'" },  { "null", "'Base'", "'USER_WALLET'" },
    { "'USDC'", "null", "'USER_WALLET'" },   { "'USDC'", "'Base'", "null" },
    { "'usdc'", "'Base'", "'USER_WALLET'" },
  };
  g_autoptr (RefillsOrderRequest) asked = ask ("{'name':'Base'}", "USDC", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *members =
      g_strdup_printf (",'order_state':'WaitingForPayment','payment_state':'p','coin':%s,"
                       "'network':%s,'payment_via':%s,'wallet_address':'" ADDRESS "',"
                       "'coin_amount':'25'", cases[i].coin, cases[i].network, cases[i].via);
    g_autoptr (RefillsOrderState) state = read_state (members);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_payment_new (state, asked, &error));
    g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED);
  }
}

/* Faults J12: another card than was asked for, or another number of them, is not paid for. */
static void
test_other_deliveries (void)
{
#define DELIVERY(brand, denomination, to) \
  "{'delivery_state':'WaitingForPayment','deliverable':{'brand_name':'" brand "','denomination':" denomination "," \
  "'country_code':'US','beneficiary_account':'" to "'}}"
  static const struct { const char *deliveries; gboolean payable; } cases[] = {
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") "]", TRUE },
    { "[{'delivery_state':'WaitingForPayment','deliverable':{'brand_name':'Amazon.com'}}]", TRUE },
    { "[]", TRUE },
    { "[" DELIVERY ("Amazon.com", "'100 USD'", "ada@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.de", "'25 USD'", "ada@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "eve@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") ","
      DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") "]", FALSE },
    { "[7]", FALSE },
  };
  g_autoptr (RefillsOrderRequest) asked = ask ("{'name':'Base'}", "USDC", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *rest = g_strdup_printf (",'deliveries':%s", cases[i].deliveries);
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = pay ("'" ADDRESS "'", "'25.37'", rest, &error);

    g_test_message ("%s", cases[i].deliveries);
    g_assert_cmpint (payment != NULL, ==, cases[i].payable);
    if (!cases[i].payable)
      g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES);
  }
}

static void
test_phases (void)
{
  static const char * const states[] = {
    "Foo", "", "Expired", "PaymentStarted", "WaitingForDelivery", "WaitingForManualAction",
    "PaymentSetupFailed", "PaymentFailed", "Canceled", "Refunded", "Done",
  };
  g_autoptr (RefillsOrderRequest) asked = ask ("{'name':'Base'}", "USDC", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *members =
      g_strdup_printf (",'order_state':'%s','payment_state':'p','coin':'USDC','network':'Base',"
                       "'payment_via':'USER_WALLET','wallet_address':'" ADDRESS "',"
                       "'coin_amount':'25'", states[i]);
    g_autoptr (RefillsOrderState) state = read_state (members);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_payment_new (state, asked, &error));
    g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_PAYABLE);
  }
}

static void
test_alarm (void)
{
  g_autoptr (RefillsOrderRequest) asked = ask ("{'name':'Base'}", "USDC", NULL);
  g_autoptr (RefillsOrderState) first =
    read_state (",'order_state':'WaitingForPayment','payment_state':'p','coin':'USDC',"
                "'network':'Base','payment_via':'USER_WALLET','wallet_address':'" ADDRESS "',"
                "'coin_amount':'25'");
  g_autoptr (RefillsOrderState) second =
    read_state (",'order_state':'WaitingForPayment','wallet_address':'0xB'");
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge (first, second);
  g_autoptr (RefillsPayment) before = refills_payment_new (first, asked, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (before);
  g_assert_null (refills_payment_new (merged, asked, &error));
  g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_CHANGED);
}

/* A payment that needs a text beside it is none, whatever else is right. */
static void
test_memo (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsPayment) payment = pay ("'" ADDRESS "'", "'25.37'", ",'memo':'77'", &error);
  g_autoptr (RefillsPayment) without = pay ("'" ADDRESS "'", "'25.37'", ",'memo':null", NULL);

  /* One that cannot be shown is one all the same. */
  g_autofree char *text = g_strnfill (17 * 1024, '7');
  g_autofree char *rest = g_strdup_printf (",'destination_tag':'%s'", text);
  g_autoptr (RefillsPayment) with_long = pay ("'" ADDRESS "'", "'25.37'", rest, NULL);
  g_autoptr (RefillsPayment) with_invisible = pay ("'" ADDRESS "'", "'25.37'", ",'memo':'\\u200b'", NULL);
  g_autoptr (RefillsPayment) with_blank = pay ("'" ADDRESS "'", "'25.37'", ",'memo':' '", NULL);

  g_assert_null (payment);
  g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_MEMO);
  g_assert_nonnull (without);
  g_assert_null (with_long);
  g_assert_null (with_invisible);
  g_assert_nonnull (with_blank);
}

static void
test_lightning (void)
{
  g_autofree char *filler = g_strnfill (2000, 'q');
  g_autofree char *members =
    g_strdup_printf (",'order_state':'WaitingForPayment','payment_state':'p','coin':'BTC',"
                     "'network':'Lightning','payment_via':'USER_WALLET',"
                     "'wallet_address':'lnbc%s','coin_amount':'0.00032833'", filler);
  g_autoptr (RefillsOrderState) state = read_state (members);
  g_autoptr (RefillsOrderRequest) asked = ask ("{'name':'Lightning'}", "BTC", "0.00032833");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsPayment) payment = refills_payment_new (state, asked, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (refills_payment_get_address (payment), "lnbcqq"));
  g_assert_true (g_str_has_prefix (refills_payment_get_qr_text (payment), "LNBCQQ"));
}

static void
test_part_payment (void)
{
  static const struct {
    const char *rest;
    const char *amount;
  } cases[] = {
    { ",'missing_amount':'5.37','sent_coin_amount':'20'", "5.37" },
    { ",'missing_amount':'5.370'", "5.370" },
    { ",'sent_coin_amount':'20'", "5.37" },
    { ",'missing_amount':'30'", NULL },
    { ",'missing_amount':'1e1','sent_coin_amount':'20'", NULL },
    { ",'missing_amount':'5.3700001'", NULL },
    /* With what has come it must not be more than the whole, as far as a total may rise. */
    { ",'missing_amount':'5.5','sent_coin_amount':'20'", "5.5" },
    { ",'missing_amount':'25.37','sent_coin_amount':'20'", NULL },
    { ",'missing_amount':'5.63','sent_coin_amount':'20'", NULL },
    { ",'missing_amount':'25.37','sent_coin_amount':'0'", "25.37" },
    { ",'missing_amount':'5.37','sent_coin_amount':'much'", "5.37" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = pay ("'" ADDRESS "'", "'25.37'", cases[i].rest, &error);

    if (cases[i].amount != NULL) {
      g_assert_no_error (error);
      g_assert_cmpstr (refills_payment_get_amount (payment), ==, cases[i].amount);
    } else {
      g_assert_null (payment);
      g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_AMOUNT);
    }
  }
}

static void
test_error_texts (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_null (refills_payment_error_to_text (NULL));
  g_assert_nonnull (strstr (refills_payment_error_to_text (foreign), "Don’t pay."));
  for (int code = REFILLS_PAYMENT_ERROR_CHANGED; code <= REFILLS_PAYMENT_ERROR_MEMO;
       code++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_PAYMENT_ERROR, code, "x");

    g_assert_true (g_str_has_suffix (refills_payment_error_to_text (error), "Don’t pay."));
  }
}

/* What is paid at an exchange passes all that can be checked of it, and is nothing that a wallet pays. */
static void
test_elsewhere (void)
{
  static const struct { const char *amount; const char *coin; gboolean passes; } cases[] = {
    { "'25.37'", "USDC", TRUE },
    { "'26'", "USDC", FALSE },
    { "null", "USDC", FALSE },
    { "'25.37'", "USDT", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *members =
      g_strdup_printf (",'order_state':'WaitingForPayment','payment_state':'WalletCreated',"
                       "'payment_via':'USER_WALLET','coin':'%s','network':'KUCOIN_PAY',"
                       "'wallet_address':null,'coin_amount':%s", cases[i].coin, cases[i].amount);
    g_autoptr (RefillsOrderState) state = read_state (members);
    g_autoptr (RefillsOrderRequest) asked = ask (NULL, "USDC", "25.37");
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_payment_new (state, asked, &error));
    g_assert_true (g_error_matches (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ELSEWHERE) == cases[i].passes);
    g_assert_nonnull (refills_payment_error_to_text (error));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment/whole", test_whole);
  g_test_add_func ("/payment/payable-until", test_payable_until);
  g_test_add_func ("/payment/addresses", test_addresses);
  g_test_add_func ("/payment/amounts", test_amounts);
  g_test_add_func ("/payment/not-as-asked", test_not_as_asked);
  g_test_add_func ("/payment/other-deliveries", test_other_deliveries);
  g_test_add_func ("/payment/phases", test_phases);
  g_test_add_func ("/payment/alarm", test_alarm);
  g_test_add_func ("/payment/memo", test_memo);
  g_test_add_func ("/payment/lightning", test_lightning);
  g_test_add_func ("/payment/part-payment", test_part_payment);
  g_test_add_func ("/payment/error-texts", test_error_texts);
  g_test_add_func ("/payment/elsewhere", test_elsewhere);

  return g_test_run ();
}
