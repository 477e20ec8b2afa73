/* test-order-money.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-money.h"

#include "json-case.h"
#include "refills-test.h"

#define HEX "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
#define SIGNATURE "51qSfLg2eTX1XL9tz789feJU917iumpGuEeYXLbvCr5esA85Pkeu6BkrVoeghmyHzaSXZ7NUSr61QJ2V88snKTYs"

static RefillsOrderState *
make_state (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'order_id':'a',%s}", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static void
test_weigh (void)
{
  static const struct {
    const char       *members;
    RefillsOrderMoney money;
    const char       *excess;
  } cases[] = {
    { "'coin_amount':'11.47'", REFILLS_ORDER_MONEY_NONE, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'0.00'", REFILLS_ORDER_MONEY_NONE, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'some'", REFILLS_ORDER_MONEY_NONE, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'11.469999999999999999'", REFILLS_ORDER_MONEY_PART, NULL },
    { "'sent_coin_amount':'11.47'", REFILLS_ORDER_MONEY_PART, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'11.470000'", REFILLS_ORDER_MONEY_WHOLE, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'22.94'", REFILLS_ORDER_MONEY_MORE, "11.47" },
    { "'coin_amount':'11.47','sent_coin_amount':'11.47000001'", REFILLS_ORDER_MONEY_MORE, "0.00000001" },
    /* A coupon paid for a part of what the order costs. */
    { "'coin_amount':'11.47','summary':{'coin_amount_to_pay_in_crypto':'10'},'sent_coin_amount':'10'",
      REFILLS_ORDER_MONEY_WHOLE, NULL },
    { "'coin_amount':'11.47','summary':{'coin_amount_to_pay_in_crypto':'10'},'sent_coin_amount':'11.47'",
      REFILLS_ORDER_MONEY_MORE, "1.47" },
    /* Beyond what a double tells apart. */
    { "'coin_amount':'0.000000000000000001','sent_coin_amount':'123456789012345678901234567890.000000000000000002'",
      REFILLS_ORDER_MONEY_MORE, "123456789012345678901234567890.000000000000000001" },
    /* That it came is told, and not how much. */
    { "'coin_amount':'11.47','payment_state':'ExpiredAfterPaymentDetection'", REFILLS_ORDER_MONEY_WHOLE, NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'0','payment_state':'PaymentReceived'", REFILLS_ORDER_MONEY_WHOLE,
      NULL },
    { "'coin_amount':'11.47','sent_coin_amount':'5','payment_state':'PaymentStarted'", REFILLS_ORDER_MONEY_PART, NULL },
    { "'coin_amount':'11.47','payment_state':'Expired'", REFILLS_ORDER_MONEY_NONE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].members);
    g_autofree char *excess = refills_order_money_dup_excess (state);

    g_test_message ("%s", cases[i].members);
    g_assert_cmpint (refills_order_money_weigh (state), ==, cases[i].money);
    g_assert_cmpstr (excess, ==, cases[i].excess);
  }
}

static void
test_due (void)
{
  static const struct { const char *members; const char *due; } cases[] = {
    { "'order_state':'WaitingForPayment','coin_amount':'25.37'", "25.37" },
    { "'order_state':'WaitingForPayment','coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':'20'}", "20" },
    { "'order_state':'PartialPaymentStarted','coin_amount':'25.37','sent_coin_amount':'5'", "20.37" },
    { "'order_state':'PartialPaymentStarted','coin_amount':'25.37','sent_coin_amount':'5','missing_amount':'20.4'",
      "20.4" },
    { "'order_state':'PartialPaymentStarted','coin_amount':'25.37','sent_coin_amount':'5',"
      "'summary':{'coin_amount_to_pay_in_crypto':'20'}", "15" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].members);
    g_autofree char *due = refills_order_money_dup_amount_due (state);

    g_test_message ("%s", cases[i].members);
    g_assert_cmpstr (due, ==, cases[i].due);
  }
}

static void
test_labels (void)
{
  static const struct {
    const char *members;
    const char *label;
  } cases[] = {
    { "'coin':'USDC','network':'Base'", NULL },
    { "'coin':'USDC','original_payment_info':{'coin':'USDT','protocol':'MATIC_LIKE'}", "USDT on Polygon" },
    { "'coin':'USDC','original_payment_info':{'coin':'USDT','protocol':'BSC_LIKE'}", "USDT on BNB Smart Chain" },
    { "'coin':'USDC','original_payment_info':{'coin':'ZEC','protocol':'SOME_NEW_LIKE'}", "ZEC on Some new" },
    { "'coin':'USDC','original_payment_info':{'coin':'USDT'}", "USDT" },
    { "'coin':'USDC','original_payment_info':{'protocol':'BASE_LIKE'}", "Base" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].members);
    g_autofree char *label = refills_order_money_dup_original_label (state);

    g_assert_cmpstr (label, ==, cases[i].label);
  }
}

static void
assert_uri (const char *members,
            const char *hash,
            const char *uri)
{
  g_autoptr (RefillsOrderState) state = make_state (members);
  g_autofree char *found = refills_order_money_dup_transaction_uri (state, hash);

  g_test_message ("%s, %s", members, hash);
  g_assert_cmpstr (found, ==, uri);
}

/* On the chain that was paid on; none where that is not sure. */
static void
test_transactions (void)
{
#define ASKED(coin, network) "'coin':'" coin "','network':'" network "'"
#define PAID(coin, protocol) ",'original_payment_info':{'coin':'" coin "','protocol':'" protocol "'}"
#define SEVERAL ",'payment_transactions':['x','y']"
  assert_uri (ASKED ("USDC", "Base"), "0x" HEX, "https://basescan.org/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Base") SEVERAL, "0x" HEX, "https://basescan.org/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Base") ",'payment_via':'USER_WALLET'", "0x" HEX, "https://basescan.org/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Base"), HEX, NULL);
  assert_uri (ASKED ("USDC", "Nowhere"), "0x" HEX, NULL);
  assert_uri ("'coin':'USDC'", "0x" HEX, NULL);

  /* What an exchange calls a transaction is on no chain. */
  assert_uri (ASKED ("USDC", "Base") ",'payment_via':'KUCOIN_PAY'", "0x" HEX, NULL);

  /* Another coin, or another network. */
  assert_uri (ASKED ("USDC", "Solana") PAID ("USDT", "MATIC_LIKE"), "0x" HEX, "https://polygonscan.com/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Solana") PAID ("USDT", "MATIC_LIKE"), SIGNATURE, NULL);
  assert_uri (ASKED ("USDC", "Solana") PAID ("USDT", "SOME_LIKE"), "0x" HEX, NULL);
  assert_uri (ASKED ("USDC", "Solana") PAID ("USDT", "SOME_LIKE"), SIGNATURE, NULL);
  assert_uri (ASKED ("USDC", "Solana") ",'original_payment_info':{'coin':'USDT'}", SIGNATURE, NULL);
  assert_uri (ASKED ("USDC", "Base") ",'original_payment_info':{'protocol':'MATIC_LIKE'}", "0x" HEX,
              "https://polygonscan.com/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Base") PAID ("USDT", "MATIC_LIKE"), "0x" HEX, "https://polygonscan.com/tx/0x" HEX);

  /* One of several could be of either. */
  assert_uri (ASKED ("USDC", "Base") PAID ("USDT", "MATIC_LIKE") SEVERAL, "0x" HEX, NULL);
  assert_uri (ASKED ("USDC", "Base") PAID ("USDT", "BASE_LIKE") SEVERAL, "0x" HEX, "https://basescan.org/tx/0x" HEX);
  assert_uri (ASKED ("USDC", "Solana") PAID ("USDT", "TRON_LIKE") SEVERAL, HEX,
              "https://tronscan.org/#/transaction/" HEX);
#undef SEVERAL
#undef PAID
#undef ASKED
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/order-money/weigh", test_weigh);
  g_test_add_func ("/order-money/due", test_due);
  g_test_add_func ("/order-money/labels", test_labels);
  g_test_add_func ("/order-money/transactions", test_transactions);

  return g_test_run ();
}
