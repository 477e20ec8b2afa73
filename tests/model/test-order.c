/* test-order.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order.h"

#include "json-case.h"
#include "refills-test.h"

#define PAY "'coin':'USDC','network':'Base','payment_via':'USER_WALLET'," \
            "'wallet_address':'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed','coin_amount':'25.37'," \
            "'payment_requested_at':100"

static RefillsOrder *
make_order (const char *beneficiary)
{
  g_autoptr (JsonCase) json = json_case_new ("{'name':'Base','chain_id':8453,'smart_contract':{"
                                             "'address':'0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913','decimals':6}}");
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (&json->place, NULL);
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Amazon  com", .country = "US", .denomination = "25 USD",
    .beneficiary = beneficiary,
  };
  const RefillsOrderRequestFields fields = {
    .payment_via = "USER_WALLET", .coin = "USDC", .quoted_amount = "25.37",
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);

  return refills_order_new (7, 90, asked);
}

static RefillsOrderState *
read_state (const char *order_state,
            const char *members)
{
  g_autofree char *text =
    g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'p'%s%s}", order_state,
                     *members != '\0' ? "," : "", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static void
apply (RefillsOrder *order,
       const char   *order_state,
       const char   *members)
{
  g_autoptr (RefillsOrderState) incoming = read_state (order_state, members);
  RefillsOrderState *before = refills_order_get_state (order);
  g_autoptr (RefillsOrderState) state = before != NULL
                                          ? refills_order_state_merge (before, incoming)
                                          : g_object_ref (incoming);

  refills_order_apply (order, state);
}

static void
test_new (void)
{
  RefillsOrder *order = make_order ("ada@example.com");

  assert_contract (order);
  g_assert_cmpint (refills_order_get_row (order), ==, 7);
  g_assert_cmpint (refills_order_get_created_at (order), ==, 90);
  g_assert_cmpstr (refills_order_get_title (order), ==, "Amazon com");
  g_assert_cmpstr (refills_order_get_face_label (order), ==, "25 USD");
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_SENDING);
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_UNKNOWN);
  g_assert_null (refills_order_get_state (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_null (refills_order_get_refusal (order));
  g_assert_null (refills_order_get_alarm_text (order));
  g_assert_null (refills_order_get_link_text (order));
  g_assert_false (refills_order_is_payable (order));
  g_assert_false (refills_order_is_open (order));
  g_assert_false (refills_order_is_unsaved (order));
  g_assert_false (refills_order_has_codes (order));
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Sending the order");
  g_assert_cmpuint (g_list_model_get_n_items (refills_order_get_deliveries (order)), ==, 0);
  g_assert_finalize_object (order);
}

static void
test_outcomes (void)
{
  static const struct {
    RefillsOrderOutcome outcome;
    const char *text;
    gboolean open;
  } cases[] = {
    { REFILLS_ORDER_OUTCOME_REFUSED,
      "The service did not take the order. Nothing has been paid.", FALSE },
    { REFILLS_ORDER_OUTCOME_UNKNOWN,
      "We can’t tell whether this order was made. Nothing was paid: no address was shown.", FALSE },
    { REFILLS_ORDER_OUTCOME_PLACED, "The order was made. Its state is not known yet.", TRUE },
  };
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  guint notified = 0;

  g_signal_connect (order, "notify::outcome", G_CALLBACK (count_cb), &notified);
  g_signal_connect (order, "notify::status-text", G_CALLBACK (count_cb), &notified);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    refills_order_apply_outcome (order, cases[i].outcome);
    refills_order_apply_outcome (order, cases[i].outcome);
    g_assert_cmpstr (refills_order_get_status_text (order), ==, cases[i].text);
    g_assert_cmpint (refills_order_is_open (order), ==, cases[i].open);
    g_assert_cmpuint (notified, ==, 2 * (i + 1));
  }

  /* Who has a state was placed. */
  apply (order, "WaitingForPayment", PAY);
  refills_order_apply_outcome (order, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_PLACED);
}

static void
test_phases (void)
{
  static const struct {
    const char *state;
    const char *title;
    gboolean payable;
    gboolean open;
  } cases[] = {
    { "Foo", "Waiting for the service (Foo)", FALSE, TRUE },
    { "", "Waiting for the service", FALSE, TRUE },
    { "WaitingForPayment", "Waiting for payment", TRUE, TRUE },
    { "Expired", "Expired: don’t pay", FALSE, TRUE },
    { "PaymentStarted", "Payment seen", FALSE, TRUE },
    { "WaitingForDelivery", "Preparing your order", FALSE, TRUE },
    { "WaitingForRebuy", "The service has to act", FALSE, TRUE },
    { "PaymentSetupFailed", "No payment possible", FALSE, FALSE },
    { "PaymentFailed", "Payment rejected", FALSE, FALSE },
    { "Canceled", "Canceled: don’t pay", FALSE, FALSE },
    { "Refunded", "Refunded", FALSE, FALSE },
    { "Done", "Done", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrder) order = make_order ("ada@example.com");

    apply (order, cases[i].state, PAY);
    g_assert_cmpstr (refills_order_get_status_title (order), ==, cases[i].title);
    g_assert_cmpstr (refills_order_get_status_text (order), !=, "");
    g_assert_cmpint (refills_order_is_payable (order), ==, cases[i].payable);
    g_assert_cmpint (refills_order_get_payment (order) != NULL, ==, cases[i].payable);
    g_assert_cmpint (refills_order_is_open (order), ==, cases[i].open);
    g_assert_null (refills_order_get_refusal (order));
  }
}

static void
test_done_without_code (void)
{
  static const char * const cases[][2] = {
    { "ada@example.com", "Delivered by e-mail to a…@example.com" },
    { "+14155551234", "Delivered to …1234" },
    { NULL, "The service says it was delivered." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrder) order = make_order (cases[i][0]);

    apply (order, "Done", "'deliveries':[{'deliverable':{'pin_code':''}}]");
    g_assert_false (refills_order_has_codes (order));
    g_assert_cmpstr (refills_order_get_status_text (order), ==, cases[i][1]);
  }
}

/* The words are those of what was bought, of how many, and of what became of the money. */
static void
test_words (void)
{
#define CARD "'kind':'giftcard','deliverable':{'delivery_type':'by_email'}"
#define TOP_UP "'kind':'mobile_recharge','deliverable':{'delivery_type':'by_phone'}"
#define PIN "'kind':'mobile_recharge','deliverable':{'delivery_type':'by_email'}"
#define CODED "'kind':'mobile_recharge','deliverable':{'delivery_type':'by_email','pin_code':'A'}"
#define BILL "'kind':'utility','deliverable':{'delivery_type':'by_account'}"
#define ESIM "'kind':'mobile_recharge','deliverable':{'family':'eSIM','delivery_type':'by_email'}"
#define DONE(...) "'deliveries':[" __VA_ARGS__ "]"
  static const struct {
    const char *beneficiary;
    const char *state;
    const char *members;
    const char *title;
    const char *text;
  } cases[] = {
    { "a@b.example", "WaitingForDelivery", DONE ("{" CARD "}"), "Preparing your card",
      "The payment has arrived. There is nothing more to do." },
    { "a@b.example", "WaitingForDelivery", DONE ("{" CARD "},{" CARD "}"), "Preparing your cards", NULL },
    { "a@b.example", "WaitingForDelivery", DONE ("{" CARD "},{" PIN "}"), "Preparing your order", NULL },
    { "a@b.example", "WaitingForDelivery", DONE ("{" PIN "}"), "Preparing your code", NULL },
    { "+14155551234", "WaitingForDelivery", DONE ("{" TOP_UP "}"), "Sending the top-up", NULL },
    { "998877", "WaitingForDelivery", DONE ("{" BILL "}"), "Crediting the account", NULL },
    { "a@b.example", "WaitingForDelivery", DONE ("{" ESIM "}"), "Preparing your eSIM", NULL },

    { "+14155551234", "Done", DONE ("{" TOP_UP "}"), "Done", "The top-up was sent to …1234." },
    { "998877", "Done", DONE ("{" BILL "}"), "Done", "The account …8877 was credited." },
    { "a@b.example", "Done", DONE ("{" ESIM "}"), "Done", "Delivered by e-mail to a…@b.example" },
    { "a@b.example", "Done", DONE ("{'deliverable':{'pin_code':'LPA:1$a.example$X'}}"), "Done",
      "Your eSIM is here." },
    { "a@b.example", "Done", DONE ("{" CODED "}"), "Done", "Your code is here." },
    { "a@b.example", "Done", DONE ("{" CODED "},{" CODED "}"), "Done", "Your codes are here." },
    { "a@b.example", "Done", DONE ("{" CODED "},{" TOP_UP "}"), "Done", "Everything was delivered." },
    { "a@b.example", "Done", DONE ("{" TOP_UP "},{" TOP_UP "}"), "Done", "Everything was delivered." },

    { "a@b.example", "Done", DONE ("{'delivery_state':'Refunded'," CARD "},{" CODED "},{" CODED "}"),
      "Partly delivered", "2 of 3 items were delivered. The rest was refunded." },
    { "a@b.example", "Done", DONE ("{'delivery_state':'declined'," CARD "},{" CODED "}"),
      "Partly delivered", "1 of 2 items were delivered. Ask Cryptorefills’ support about the rest." },
    { "a@b.example", "Done", DONE ("{'delivery_state':'WaitingForRebuy'," CARD "},{" CODED "}"),
      "Partly delivered", "1 of 2 items were delivered. The service is still preparing the rest." },
    { "a@b.example", "Refunded", DONE ("{'delivery_state':'Refunded'," CARD "},{" CODED "}"),
      "Partly delivered", "1 of 2 items were delivered. The rest was refunded." },
    { "a@b.example", "Done", DONE ("{'delivery_state':'Refunded'," CARD "}"), "Refunded",
      "The service pays the money back." },
    { "a@b.example", "Refunded", "'refund':{'amount':'3.10','currency':'USDC'}", "Refunded",
      "The service pays 3.10 USDC back." },
    { "+14155551234", "Done", DONE ("{'delivery_state':'rejected'," TOP_UP "}"), "Not delivered",
      "The service could not deliver it. Ask Cryptorefills’ support about your money." },
    { "a@b.example", "Done", DONE ("{'delivery_state':'WaitingForRebuy'," CARD "}"),
      "The service has to act", NULL },

    { NULL, "Expired", "'coin_amount':'2','sent_coin_amount':'0'", "Expired: don’t pay",
      "The time to pay is over. If you have paid already, the service may still complete the order." },
    { NULL, "Expired", "'coin':'SOL','coin_amount':'2','sent_coin_amount':'1.99'", "Expired: don’t pay any more",
      "Only 1.99 SOL of 2 SOL came in time. Ask Cryptorefills’ support about it." },
    { NULL, "Expired", "'sent_coin_amount':'1.99'", "Expired: don’t pay any more",
      "Only a part of the payment came in time. Ask Cryptorefills’ support about it." },
    { NULL, "Expired", "'coin_amount':'2','sent_coin_amount':'2.0'", "Paid late: don’t pay again",
      "Your payment came after the time to pay. The service has to act: it completes the order or pays the money "
      "back, usually within a day." },
    { NULL, "PaymentStarted", "'coin':'USDC','network':'Solana'", "Payment seen",
      "Waiting for the network to confirm it. There is nothing more to do." },
    { NULL, "PaymentStarted", "'coin':'BTC','network':'Mainnet'", "Payment seen",
      "Waiting for the network to confirm it: on Bitcoin up to 6 times, which can take an hour or more. "
      "There is nothing more to do." },
    { NULL, "PaymentFailed", "", "Payment rejected",
      "The service did not accept the payment. Don’t pay again. Ask Cryptorefills’ support." },
    { NULL, "WaitingForRebuy", "", "The service has to act",
      "The service has run out of it and is buying more. This can take a day. "
      "There is nothing more to pay." },
    { NULL, "WaitingForDelivery", "'coin_amount':'2','sent_coin_amount':'3'", "Preparing your order",
      "The payment has arrived. There is nothing more to do. "
      "More was paid than asked." },
    /* What a coupon paid for is not asked of anybody. */
    { NULL, "WaitingForDelivery", "'coin_amount':'3','summary':{'coin_amount_to_pay_in_crypto':'2'},"
                                  "'sent_coin_amount':'3'", "Preparing your order",
      "The payment has arrived. There is nothing more to do. "
      "More was paid than asked." },
    { NULL, "Expired", "'coin_amount':'3','summary':{'coin_amount_to_pay_in_crypto':'2'},'sent_coin_amount':'2'",
      "Paid late: don’t pay again",
      "Your payment came after the time to pay. The service has to act: it completes the order or pays the money "
      "back, usually within a day." },
    { NULL, "WaitingForDelivery", "'original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'}",
      "Preparing your order",
      "The payment has arrived. There is nothing more to do. "
      "It was paid with USDT on Tron instead of what was asked for, and the service could use it." },
    { NULL, "Canceled", "'sent_coin_amount':'1'", "Canceled: don’t pay",
      "The order was canceled. It can no longer be paid. Ask Cryptorefills’ support about your money." },
    { NULL, "Foo", "'deliveries':[7]", "Waiting for the service (Foo)",
      "This version does not know this state of the order. It keeps asking the service. "
      "A part of the service’s answer could not be read." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrder) order = make_order (cases[i].beneficiary);

    g_test_message ("%s %s", cases[i].state, cases[i].members);
    apply (order, cases[i].state, cases[i].members);
    g_assert_cmpstr (refills_order_get_status_title (order), ==, cases[i].title);
    if (cases[i].text != NULL)
      g_assert_cmpstr (refills_order_get_status_text (order), ==, cases[i].text);
    g_assert_false (refills_order_is_payable (order));
  }
}

static void
test_late_detection (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  g_autoptr (GBytes) bytes =
    json_case_to_bytes ("{'order_id':'a','order_state':'Expired',"
                        "'payment_state':'ExpiredAfterPaymentDetection'}");
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, NULL);

  refills_order_apply (order, state);
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "The service has to act");
  g_assert_cmpstr (refills_order_get_status_text (order), ==,
                   "Your payment came after the time to pay. People at the service are looking at it, "
                   "which can take a day. Don’t pay any more.");
  g_assert_true (refills_order_is_open (order));
}

/* Nothing to pay to, and why. */
static void
test_memo (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");

  apply (order, "WaitingForPayment", PAY ",'destination_tag':77");
  g_assert_null (refills_order_get_payment (order));
  g_assert_false (refills_order_is_payable (order));
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Don’t pay");
  g_assert_nonnull (strstr (refills_order_get_refusal (order), "memo or tag"));
  g_assert_true (refills_order_is_open (order));
}

static void
watch (RefillsOrder *order,
       const char   *property,
       guint        *counter)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect (order, signal, G_CALLBACK (count_cb), counter);
}

static void
test_notify (void)
{
  static const char * const on_done[] = {
    "state", "phase", "payment", "payable", "open", "has-codes", "status-title", "status-text",
  };
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  g_autoptr (RefillsOrderState) same = NULL;
  guint counters[G_N_ELEMENTS (on_done)] = { 0 };
  guint any = 0;

  apply (order, "WaitingForPayment", PAY);
  g_assert_true (refills_order_is_payable (order));
  for (gsize i = 0; i < G_N_ELEMENTS (on_done); i++)
    watch (order, on_done[i], &counters[i]);
  apply (order, "Done", "'deliveries':[{'id':'1','deliverable':{'pin_code':'CODE'}}]");
  for (gsize i = 0; i < G_N_ELEMENTS (on_done); i++)
    g_assert_cmpuint (counters[i], ==, 1);
  g_assert_true (refills_order_has_codes (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_cmpstr (refills_order_get_status_text (order), ==, "Your card is here.");

  /* The same again is no news. */
  same = g_object_ref (refills_order_get_state (order));
  g_signal_connect (order, "notify", G_CALLBACK (count_cb), &any);
  refills_order_apply (order, same);
  g_assert_cmpuint (any, ==, 0);
}

/* In a handler, everything is as it will stay. */
static void
consistent_cb (RefillsOrder *order,
               GParamSpec   *spec,
               gpointer      counter)
{
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (refills_order_has_codes (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Done");
  g_assert_cmpuint (g_list_model_get_n_items (refills_order_get_deliveries (order)), ==, 1);
  count_cb (G_OBJECT (order), spec, counter);
}

static void
test_consistent (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  guint notified = 0;

  apply (order, "WaitingForPayment", PAY);
  g_signal_connect (order, "notify", G_CALLBACK (consistent_cb), &notified);
  apply (order, "Done", "'deliveries':[{'id':'1','deliverable':{'pin_code':'CODE'}}]");
  g_assert_cmpuint (notified, >=, 8);
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  GString *log = user_data;

  g_string_append_printf (log, "[%u -%u +%u]", position, removed, added);
}

/* A list that changes belongs to an order that has changed. */
static void
changed_when_shown_cb (GListModel   *model,
                       guint         position,
                       guint         removed,
                       guint         added,
                       RefillsOrder *order)
{
  g_assert_cmpint (refills_order_get_phase (order), !=, REFILLS_ORDER_PHASE_UNKNOWN);
}

static void
test_deliveries (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  GListModel *deliveries = refills_order_get_deliveries (order);
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (deliveries, "items-changed", G_CALLBACK (changed_cb), log);
  g_signal_connect (deliveries, "items-changed", G_CALLBACK (changed_when_shown_cb), order);
  apply (order, "WaitingForPayment", "'deliveries':[{'id':'1','deliverable':{}},"
                                     "{'id':'2','deliverable':{}}]");
  apply (order, "WaitingForDelivery", "'deliveries':[{'id':'1','deliverable':{}},"
                                      "{'id':'2','deliverable':{'pin_code':'TWO'}}]");
  apply (order, "Done", "");
  g_assert_cmpstr (log->str, ==, "[0 -0 +1][1 -0 +1][1 -1 +1]");
  g_assert_true (deliveries == refills_order_get_deliveries (order));
}

static void
test_alarm (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  guint notified = 0;

  apply (order, "WaitingForPayment", PAY);
  watch (order, "alarm", &notified);
  watch (order, "alarm-text", &notified);
  watch (order, "refusal", &notified);
  watch (order, "payment", &notified);
  watch (order, "payable", &notified);
  apply (order, "WaitingForPayment", "'wallet_address':'0xB'");
  g_assert_cmpuint (notified, ==, 5);
  g_assert_cmpint (refills_order_get_alarm (order), ==, REFILLS_ORDER_ALARM_ADDRESS);
  g_assert_cmpstr (refills_order_get_alarm_text (order), ==, "The address changed. Don’t pay.");
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Don’t pay");
  g_assert_nonnull (refills_order_get_refusal (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_false (refills_order_is_payable (order));
  g_assert_true (refills_order_is_open (order));
}

static void
test_same_payment (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  RefillsPayment *payment = NULL;
  guint notified = 0;

  apply (order, "WaitingForPayment", PAY);
  payment = refills_order_get_payment (order);
  watch (order, "payment", &notified);
  apply (order, "WaitingForPayment", "'timestamp_of_request':130");
  g_assert_true (refills_order_get_payment (order) == payment);
  g_assert_cmpuint (notified, ==, 0);
  apply (order, "PartialPaymentStarted", "'missing_amount':'5'");
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (refills_payment_get_amount (refills_order_get_payment (order)), ==, "5");
}

/* What can no longer be paid in time is withdrawn, and still waited for. An alarm says more than a clock. */
static void
test_late (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  g_autofree char *support_text = NULL;
  g_autofree char *over_text = NULL;
  g_autofree char *late_text = NULL;
  guint notified = 0;

  apply (order, "WaitingForPayment", PAY);
  watch (order, "payment", &notified);
  watch (order, "late", &notified);
  refills_order_set_service_time (order, 100 + 20 * 60 - 1);
  g_assert_true (refills_order_is_payable (order));
  g_assert_false (refills_order_is_late (order));
  g_assert_cmpuint (notified, ==, 0);
  refills_order_set_service_time (order, 100 + 20 * 60);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_null (refills_order_get_payment (order));
  g_assert_true (refills_order_is_late (order));
  g_assert_false (refills_order_is_payable (order));
  g_assert_true (refills_order_is_open (order));
  g_assert_null (refills_order_get_refusal (order));
  late_text = refills_order_dup_support_text (order, "1.2.3");
  g_assert_nonnull (strstr (late_text, "Order id: "));
  g_assert_null (strstr (late_text, "Reason: "));
  g_assert_null (strstr (late_text, refills_order_state_get_wallet_address (refills_order_get_state (order))));
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_cmpstr (refills_order_get_status_title (order), ==, "Time is up");
  apply (order, "WaitingForPayment", "'timestamp_of_request':130");
  g_assert_true (refills_order_is_late (order));

  /* The clock was wrong. */
  refills_order_set_service_time (order, 200);
  g_assert_true (refills_order_is_payable (order));
  g_assert_false (refills_order_is_late (order));

  /* A part payment is waited for as long as the service says so. */
  refills_order_set_service_time (order, 100 + 20 * 60);
  apply (order, "PartialPaymentStarted", "'missing_amount':'5'");
  g_assert_false (refills_order_is_late (order));
  g_assert_true (refills_payment_is_rest (refills_order_get_payment (order)));

  apply (order, "WaitingForPayment", "'wallet_address':'0xB'");
  g_assert_false (refills_order_is_late (order));
  g_assert_cmpstr (refills_order_get_status_text (order), ==, "The address changed. Don’t pay.");
  support_text = refills_order_dup_support_text (order, "1.2.3");
  g_assert_nonnull (strstr (support_text, "Reason: changed"));

  /* Also once the time to pay is over, whose reason it is not. */
  apply (order, "WaitingForPayment", "");
  refills_order_set_service_time (order, 100 + 20 * 60);
  over_text = refills_order_dup_support_text (order, "1.2.3");
  g_assert_nonnull (strstr (over_text, "Reason: changed"));
  g_assert_nonnull (strstr (over_text, "Address, later: 0xB\n"));
  g_assert_null (strstr (over_text, "Nothing was shown"));
}

/* When it is tried again and why, beside how; each told only where it is another. */
static void
test_link_wait (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  g_autofree char *usual = NULL;
  guint n_links = 0;
  guint n_texts = 0;
  guint n_times = 0;

  watch (order, "link", &n_links);
  watch (order, "link-text", &n_texts);
  watch (order, "link-until", &n_times);
  g_assert_cmpint (refills_order_get_link_until (order), ==, 0);
  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, 5, "The shop asks to wait.");
  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, 5, "The shop asks to wait.");
  g_assert_cmpstr (refills_order_get_link_text (order), ==, "The shop asks to wait.");
  g_assert_cmpint (refills_order_get_link_until (order), ==, 5);
  g_assert_true (n_links == 1 && n_texts == 1 && n_times == 1);

  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, 6, "The shop asks to wait.");
  g_assert_true (n_links == 1 && n_texts == 1 && n_times == 2);
  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, 6, NULL);
  g_assert_true (n_links == 1 && n_texts == 2 && n_times == 2);
  usual = g_strdup (refills_order_get_link_text (order));
  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, 6, usual);
  g_assert_true (n_links == 1 && n_texts == 2 && n_times == 2);
  refills_order_set_link (order, REFILLS_ORDER_LINK_OFFLINE, 0, NULL);
  g_assert_true (n_links == 2 && n_texts == 3 && n_times == 3);
}

static void
test_link_and_unsaved (void)
{
  g_autoptr (RefillsOrder) order = make_order ("ada@example.com");
  guint notified = 0;

  watch (order, "link", &notified);
  watch (order, "link-text", &notified);
  watch (order, "unsaved", &notified);
  for (int link = REFILLS_ORDER_LINK_WAITING; link >= REFILLS_ORDER_LINK_IDLE; link--) {
    refills_order_set_link (order, link, 0, NULL);
    refills_order_set_link (order, link, 0, NULL);
    g_assert_cmpint (refills_order_get_link (order), ==, link);
    g_assert_cmpint (refills_order_get_link_text (order) == NULL, ==,
                     link == REFILLS_ORDER_LINK_IDLE);
  }
  g_assert_cmpuint (notified, ==, 10);
  refills_order_set_unsaved (order, TRUE, FALSE);
  refills_order_set_unsaved (order, 2, FALSE);
  g_assert_true (refills_order_is_unsaved (order));
  g_assert_cmpuint (notified, ==, 11);
  watch (order, "lacks-space", &notified);
  refills_order_set_unsaved (order, TRUE, TRUE);
  g_assert_cmpuint (notified, ==, 12);
  refills_order_set_unsaved (order, FALSE, TRUE);
  g_assert_false (refills_order_is_unsaved (order));
  g_assert_cmpuint (notified, ==, 14);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order/new", test_new);
  g_test_add_func ("/order/outcomes", test_outcomes);
  g_test_add_func ("/order/phases", test_phases);
  g_test_add_func ("/order/done-without-code", test_done_without_code);
  g_test_add_func ("/order/words", test_words);
  g_test_add_func ("/order/late-detection", test_late_detection);
  g_test_add_func ("/order/memo", test_memo);
  g_test_add_func ("/order/notify", test_notify);
  g_test_add_func ("/order/consistent", test_consistent);
  g_test_add_func ("/order/deliveries", test_deliveries);
  g_test_add_func ("/order/alarm", test_alarm);
  g_test_add_func ("/order/same-payment", test_same_payment);
  g_test_add_func ("/order/late", test_late);
  g_test_add_func ("/order/link-and-unsaved", test_link_and_unsaved);
  g_test_add_func ("/order/link-wait", test_link_wait);

  return g_test_run ();
}
