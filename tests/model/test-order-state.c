/* test-order-state.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-state.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-order-money.h"
#include "refills-test.h"

/* Every member of API reference, sections 11.1 and 11.2. */
static const char whole[] =
  "{'order_id':'f9d624ad-dc5e','payment_id':'5ef721b8','created_at':'1787679708','wallet_address':'lnbc328330n1p4',"
  "'payment_method':'BTC-LIGHTNING','payment_method_protocol':'LIGHTNING_LIKE','network':'Lightning','coin':'BTC',"
  "'coin_amount':'0.00032833','original_price':'0.00032833','original_coin_amount':'0.00032833',"
  "'qr_url':'https://api.example/v3/qrs/f9d624ad','qr_text':'lightning:lnbc328330n1p4','checkout_url':null,"
  "'sent_coin_amount':'0','received_amount':null,'missing_amount':null,'missing_amount_qr_text':null,"
  "'missing_amount_qr_url':null,'payment_state':'WalletCreated','payment_via':'USER_WALLET',"
  "'payment_requested_at':1787679709.75,'updated_at':'1787679720','payment_value':22.1678,"
  "'timestamp_of_request':1787679710,'payment_transactions':['0xabc','0xdef','0xabc'],"
  "'refund_wallet_address':'0xback','original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'},"
  "'refund':{'amount':25.370,'currency':'USDC','reason':'Out of  stock'},'store_type':'x','nft_codes':[],"
  "'campaign_rewards':[{'campaign_name':'c','reward':{'type':'t','claim_url':'u'}}],'sandbox_mode':null,"
  "'is_payment_processor_external':false,'reference_id':null,"
  "'summary':{'coin_amount_before_discount':'0.00032833','coin_amount_to_pay_via_nft':'0'},"
  "'deliveries':[{'id':'521def0e','delivery_state':'WaitingForPayment','kind':'giftcard','promotion':null,"
  "'provider':{'name':'p'},'deliverable':{"
  "'denomination':'25 USD','localized_denomination':'$25','brand_name':'Amazon.com','family':'Amazon.com',"
  "'country_code':'US','delivery_type':'by_email','beneficiary_account':'ada@example.com','points':'22',"
  "'product_value':25,'pin_serial':'7','security_code':'9','operator_reference':'OP',"
  "'pin_usage_instructions':'a','redeem_instructions':'b','terms_and_conditions':'c','how_to_redeem':'d',"
  "'barcode_image_url':'https://x.example/b','qr_image_url':'https://x.example/q',"
  "'installation_url':'https://x.example/i','android_universal_link':'https://x.example/n',"
  "'apple_universal_link':'https://x.example/a','error_description':null,'failure_reason':null,"
  "'pin_code':'CODE'}}],"
  "'order_state':'WaitingForPayment','user':{'email':'ada@example.com'}}";

static RefillsOrderState *
read_state (const char *text)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static void
test_whole (void)
{
  RefillsOrderState *state = read_state (whole);

  assert_contract (state);
  g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "f9d624ad-dc5e");
  g_assert_cmpstr (refills_order_state_get_order_state (state), ==, "WaitingForPayment");
  g_assert_cmpstr (refills_order_state_get_payment_state (state), ==, "WalletCreated");
  g_assert_true (refills_order_state_has_valid_states (state));
  g_assert_cmpint (refills_order_state_get_phase (state), ==,
                   REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_cmpint (refills_order_state_get_alarm (state), ==, REFILLS_ORDER_ALARM_NONE);
  g_assert_false (refills_order_state_is_final (state));
  g_assert_cmpstr (refills_order_state_get_payment_via (state), ==, "USER_WALLET");
  g_assert_cmpstr (refills_order_state_get_coin (state), ==, "BTC");
  g_assert_cmpstr (refills_order_state_get_network (state), ==, "Lightning");
  g_assert_cmpstr (refills_order_state_get_wallet_address (state), ==, "lnbc328330n1p4");
  g_assert_cmpstr (refills_order_state_get_coin_amount (state), ==, "0.00032833");
  g_assert_cmpstr (refills_order_state_get_sent_coin_amount (state), ==, "0");
  g_assert_null (refills_order_state_get_missing_amount (state));
  g_assert_cmpstr (refills_order_state_get_qr_text (state), ==, "lightning:lnbc328330n1p4");
  g_assert_null (refills_order_state_get_checkout_uri (state));
  g_assert_cmpint (refills_order_state_get_created_at (state), ==, 1787679708);
  g_assert_cmpint (refills_order_state_get_payment_requested_at (state), ==, 1787679709);
  g_assert_cmpint (refills_order_state_get_server_time (state), ==, 1787679710);
  g_assert_cmpint (refills_order_state_get_updated_at (state), ==, 1787679720);
  g_assert_null (refills_order_state_get_memo (state));
  g_assert_cmpstr (refills_order_state_get_original_coin (state), ==, "USDT");
  g_assert_cmpstr (refills_order_state_get_original_protocol (state), ==, "TRON_LIKE");
  g_assert_cmpstr (refills_order_state_get_refund_address (state), ==, "0xback");
  g_assert_cmpstr (refills_order_state_get_refund_amount (state), ==, "25.370");
  g_assert_cmpstr (refills_order_state_get_refund_currency (state), ==, "USDC");
  g_assert_cmpstr (refills_order_state_get_refund_reason (state), ==, "Out of stock");
  g_assert_cmpstrv (refills_order_state_get_transactions (state),
                    ((const char *[]) { "0xabc", "0xdef", NULL }));
  g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, 1);
  g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 0);
  g_assert_cmpstr (refills_delivery_get_id (refills_order_state_get_delivery (state, 0)), ==,
                   "521def0e");
  g_assert_finalize_object (state);
}

static void
test_bad_bytes (void)
{
  static const char * const bad[] = {
    "", " ", "null", "[]", "{}", "'x'", "1", "true", "{'order_id':'a'}{}", "{'order_id':'a'",
    "{'order_id':'a','wallet_address':'1','wallet_address':'2'}", "<html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = json_case_to_bytes (bad[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_order_state_new_from_bytes (bytes, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  }
}

static void
test_size_cap (void)
{
  g_autofree char *filler = g_strnfill (REFILLS_ORDER_MAX_BYTES, 'x');
  g_autofree char *text = g_strdup_printf ("{'order_id':'a','x':'%s'}", filler);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (refills_order_state_new_from_bytes (bytes, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_ids (void)
{
  static const char * const bad[] = {
    "", "a/b", "a?b", "..", "a b", "a\\r\\nb", "é", "a.b", "a%2f",
  };
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');

  g_assert_true (refills_order_id_is_valid (longest));
  g_assert_false (refills_order_id_is_valid (too_long));
  g_assert_false (refills_order_id_is_valid (NULL));
  g_assert_true (refills_order_id_is_valid ("Aa09_-"));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'%s'}", bad[i]);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_order_state_new_from_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    /* An id is a secret, even one that is none. */
    if (strlen (bad[i]) > 2)
      g_assert_null (strstr (error->message, bad[i]));
  }
}

static void
test_aliases (void)
{
  static const char * const texts[] = {
    "{'id':'a1','status':'Done','payment_state':'PaymentReceived'}",
    "{'orderId':'a1','order_state':'Done','payment_state':'PaymentReceived'}",
    "{'order_id':'a1','id':'other','order_state':'Done','status':7,"
    "'payment_state':'PaymentReceived'}",
    "{'order_id':null,'reference_order_id':'a1','order_state':null,'status':'Completed',"
    "'payment_state':'PaymentReceived'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (RefillsOrderState) state = read_state (texts[i]);

    g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "a1");
    g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_DONE);
    g_assert_true (refills_order_state_has_valid_states (state));
  }
}

static void
test_invalid_states (void)
{
  static const char * const members[] = {
    "'order_state':7,'payment_state':'PaymentReceived'", "'order_state':'Foo'",
    "'order_state':null,'payment_state':'a'", "'order_state':['Done'],'payment_state':'a'",
    "'order_state':'Foo','payment_state':true", "'payment_state':'PaymentReceived'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a',%s}", members[i]);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_assert_false (refills_order_state_has_valid_states (state));
    g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_UNKNOWN);
    g_assert_nonnull (refills_order_state_get_order_state (state));
    g_assert_nonnull (refills_order_state_get_payment_state (state));
  }
}

static void
test_phases (void)
{
#define PHASE(name) REFILLS_ORDER_PHASE_##name
  static const struct {
    const char *order_state;
    const char *payment_state;
    const char *members;
    RefillsOrderPhase phase;
    gboolean final;
  } cases[] = {
    /* API reference, section 12.2: every pair of the service's own page. */
    { "WaitingForPayment", "WalletCreated", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "PaymentStarted", "PaymentStarted", "", PHASE (PAYMENT_SEEN), FALSE },
    { "PartialPaymentStarted", "PaymentStarted", "", PHASE (PARTIALLY_PAID), FALSE },
    { "WaitingForDelivery", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "PaymentFailed", "PaymentReceived", "", PHASE (PAYMENT_FAILED), TRUE },
    { "Done", "PaymentReceived", "", PHASE (DONE), TRUE },
    { "Done", "PaymentCompleted", "", PHASE (DONE), TRUE },
    { "WaitingForManualAction", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "WaitingForRebuy", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "Expired", "Expired", "", PHASE (EXPIRED), FALSE },
    { "Canceled", "PaymentCanceled", "", PHASE (CANCELED), TRUE },
    { "Created", "WaitingForNFTCards", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "PaymentReceived", "WaitingForNFTCards", "", PHASE (PREPARING), FALSE },
    /* Figures and words that disagree. */
    { "PartialPaymentStarted", "PaymentStarted", ",'coin_amount':'2','sent_coin_amount':'2'",
      PHASE (PAYMENT_SEEN), FALSE },
    { "PartialPaymentStarted", "PaymentStarted",
      ",'coin_amount':'2','sent_coin_amount':'2','missing_amount':'0.00000001'",
      PHASE (PARTIALLY_PAID), FALSE },
    { "PartialPaymentStarted", "Expired", ",'missing_amount':'1'", PHASE (EXPIRED), FALSE },
    { "PartialPaymentStarted", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "PaymentStarted", "PaymentStarted", ",'missing_amount':0.5", PHASE (PARTIALLY_PAID), FALSE },
    { "PaymentStarted", "PaymentStarted",
      ",'coin_amount':'0.100000000000000001','sent_coin_amount':'0.100000000000000000'",
      PHASE (PARTIALLY_PAID), FALSE },
    { "PaymentStarted", "PaymentStarted", ",'coin_amount':'2','sent_coin_amount':'3'",
      PHASE (PAYMENT_SEEN), FALSE },
    { "PaymentStarted", "PaymentCompleted", "", PHASE (PREPARING), FALSE },
    { "PaymentStarted", "ExpiredAfterPaymentDetection", "", PHASE (NEEDS_ACTION), FALSE },
    { "WaitingForPayment", "ExpiredAfterPaymentDetection", "", PHASE (NEEDS_ACTION), FALSE },
    { "WaitingForDelivery", "PaymentReceived", ",'missing_amount':'1'", PHASE (PREPARING), FALSE },
    { "Expired", "Expired", ",'coin_amount':'2','sent_coin_amount':'2'", PHASE (EXPIRED), FALSE },
    { "Created", "", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "WalletCreated", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "PaymentRequested", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "PaymentStarted", "", PHASE (PAYMENT_SEEN), FALSE },
    { "WaitingForPayment", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForPayment", "Expired", "", PHASE (EXPIRED), FALSE },
    { "WaitingForPayment", "PaymentCanceled", "", PHASE (EXPIRED), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'missing_amount':'1'", PHASE (PARTIALLY_PAID),
      FALSE },
    { "WaitingForPayment", "WalletCreated", ",'missing_amount':'0'", PHASE (WAITING_FOR_PAYMENT),
      FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'0.5'",
      PHASE (PARTIALLY_PAID), FALSE },
    { "WaitingForPayment", "PaymentStarted", ",'coin_amount':2,'sent_coin_amount':0.5",
      PHASE (PARTIALLY_PAID), FALSE },
    { "WaitingForPayment", "PaymentReceived", ",'coin_amount':2,'sent_coin_amount':0.5",
      PHASE (PREPARING), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'2.0'",
      PHASE (PAYMENT_SEEN), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'1e400'",
      PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "PartialPaymentStarted", "PaymentStarted", "", PHASE (PARTIALLY_PAID), FALSE },
    { "PaymentStarted", "PaymentStarted", "", PHASE (PAYMENT_SEEN), FALSE },
    { "PaymentReceived", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForDelivery", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForRebuy", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "WaitingForManualAction", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "PaymentFailed", "PaymentReceived", "", PHASE (PAYMENT_FAILED), TRUE },
    { "PaymentSetupFailed", "", "", PHASE (SETUP_FAILED), TRUE },
    { "Expired", "Expired", "", PHASE (EXPIRED), FALSE },
    { "Expired", "ExpiredAfterPaymentDetection", "", PHASE (NEEDS_ACTION), FALSE },
    { "Canceled", "PaymentCanceled", "", PHASE (CANCELED), TRUE },
    { "Cancelled", "PaymentCanceled", "", PHASE (CANCELED), TRUE },
    { "Refunded", "PaymentReceived", "", PHASE (REFUNDED), TRUE },
    { "Done", "PaymentReceived", "", PHASE (DONE), TRUE },
    { "Done", "PaymentCompleted", "", PHASE (DONE), TRUE },
    { "Completed", "PaymentCompleted", "", PHASE (DONE), TRUE },
    { "Completed", "", "", PHASE (DONE), TRUE },
    { "Refunded", "", "", PHASE (REFUNDED), TRUE },
    /* A word counts as it is written; what is not known is never an end. */
    { "done", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
    { "DONE", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
    { "Done ", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
    { "refunded", "", "", PHASE (UNKNOWN), FALSE },
    { "", "PaymentCompleted", "", PHASE (UNKNOWN), FALSE },
    { "Foo", "Expired", ",'missing_amount':'1'", PHASE (UNKNOWN), FALSE },
    { "WaitingForPayment", "Foo", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "Foo", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'%s'%s}",
                       cases[i].order_state, cases[i].payment_state, cases[i].members);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_test_message ("%s", text);
    g_assert_cmpint (refills_order_state_get_phase (state), ==, cases[i].phase);
    g_assert_cmpint (refills_order_state_is_final (state), ==, cases[i].final);
  }
}

/* Every word of one set beside every word of another: always a phase, and an end only by the order's own. */
static void
test_every_pair (void)
{
  static const char * const order_states[] = {
    "Created", "WaitingForPayment", "PaymentStarted", "PartialPaymentStarted", "PaymentReceived",
    "WaitingForDelivery", "WaitingForRebuy", "WaitingForManualAction", "Done", "Completed", "Expired",
    "Canceled", "Cancelled", "PaymentFailed", "PaymentSetupFailed", "Refunded", "Foo", "",
  };
  static const char * const ends[] = {
    "Done", "Completed", "Canceled", "Cancelled", "PaymentFailed", "PaymentSetupFailed", "Refunded", NULL,
  };
  static const char * const payment_states[] = {
    "WalletCreated", "PaymentRequested", "PaymentStarted", "PaymentReceived", "PaymentCompleted",
    "WaitingForNFTCards", "Expired", "ExpiredAfterPaymentDetection", "PaymentCanceled", "Foo", "",
  };
  static const char * const delivery_states[] = {
    "Created", "WaitingForPayment", "WaitingForDelivery", "WaitingForRebuy", "WaitingForManualAction",
    "Succeeded", "Done", "Completed", "Refunded", "rejected", "declined_duplicated_transaction",
    "confirmed", "Foo", "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order_states); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (payment_states); j++) {
      for (gsize k = 0; k < G_N_ELEMENTS (delivery_states); k++) {
        g_autofree char *text =
          g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'%s',"
                           "'deliveries':[{'delivery_state':'%s','deliverable':{}}]}",
                           order_states[i], payment_states[j], delivery_states[k]);
        g_autoptr (RefillsOrderState) state = read_state (text);
        gboolean is_known = order_states[i][0] != '\0' && !g_str_equal (order_states[i], "Foo");
        gboolean is_worked_on = k == 3 || k == 4;
        gboolean is_done = refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_DONE;

        g_assert_cmpint (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_UNKNOWN, ==,
                         is_known);
        g_assert_cmpint (refills_order_state_is_final (state), ==,
                         g_strv_contains (ends, order_states[i]) && !(is_done && is_worked_on));
        g_assert_cmpint (refills_order_state_is_all_delivered (state), ==,
                         is_done && !is_worked_on && (k < 8 || k > 10));
        g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, 1);
      }
    }
  }
}

static void
test_lone_codes (void)
{
  static const struct {
    const char *members;
    guint n_deliveries;
    const char *code;
  } cases[] = {
    { "'pin_code':'A','deliveries':[{'deliverable':{}}]", 1, "A" },
    { "'voucher_code':7,'deliveries':[{'deliverable':{}}]", 1, "7" },
    { "'pin_code':'A','deliveries':[{'deliverable':{'pin_code':'B'}}]", 1, "B" },
    { "'pin_code':'A','deliveries':[]", 1, "A" },
    { "'pin_code':'A'", 1, "A" },
    { "'pin_code':'A','deliveries':[7]", 1, "A" },
    { "'pin_code':'A','deliveries':[{'deliverable':{}},{'deliverable':{}}]", 2, NULL },
    { "'pin_code':'A','deliveries':[{'deliverable':{}},7]", 1, NULL },
    { "'pin_code':' ','voucher_code':[]", 0, NULL },
    { "'pin_code':'','deliveries':[{'deliverable':{}}]", 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a','order_state':'Done',%s}",
                                             cases[i].members);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_test_message ("%s", text);
    g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, cases[i].n_deliveries);
    if (cases[i].n_deliveries > 0)
      g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (state, 0),
                                                    REFILLS_SECRET_CODE), ==, cases[i].code);
  }
}

static void
test_memos (void)
{
  static const struct {
    const char *members;
    const char *memo;
  } cases[] = {
    { "'memo':'pay 77'", "pay 77" }, { "'MEMO':77", "77" }, { "'destination_tag':12345", "12345" },
    { "'destinationTag':'1'", "1" }, { "'DestinationTag':'1'", "1" }, { "'desttag':'1'", "1" },
    { "'payment_memo':'a'", "a" }, { "'memo-text':'a'", "a" }, { "'comment':'x  y'", "x y…" },
    { "'memo':' x'", "x…" }, { "'memo':'x\\u202ey'", "xy…" },
    { "'tag':true", "…" }, { "'memo':{'type':'text'}", "…" }, { "'memo':['a']", "…" },
    { "'payment':{'memo':'in'}", "in" }, { "'wallet':{'tag':'in'}", "in" }, { "'extra_id':'9'", "9" },
    { "'chain_payment_id':'9'", "9" },
    { "'memo':null", NULL }, { "'memo':''", NULL }, { "'memo':' '", NULL }, { "'tag':false", NULL },
    { "'memo':[]", NULL }, { "'tags':['a']", NULL }, { "'etag':'a'", NULL }, { "'stage':'a'", NULL },
    { "'commented':'a'", NULL }, { "'payment_id':'5ef721b8'", NULL }, { "'payment':'memo'", NULL },
    { "'refund':{'comment':'a'},'user':{'tag':'a'}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a',%s}", cases[i].members);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_test_message ("%s", text);
    g_assert_cmpstr (refills_order_state_get_memo (state), ==, cases[i].memo);
  }
}

/* Seconds are read, everything else is left out. */
static void
test_times (void)
{
  static const struct {
    const char *time;
    gint64 seconds;
  } cases[] = {
    { "1787679708", 1787679708 }, { "'1787679708'", 1787679708 }, { "1787679708.75", 1787679708 },
    { "'1787679708.75'", 1787679708 }, { "1787679708000", 0 }, { "'1787679708000'", 0 },
    { "'2026-08-25T14:21:48Z'", 0 }, { "'2026-08-25T14:21:48'", 0 }, { "'0000-01-01T00:00:00Z'", 0 },
    { "'99999-01-01T00:00:00Z'", 0 }, { "0", 0 }, { "-1", 0 }, { "1e9", 0 }, { "1e400", 0 },
    { "99999999999999999999999", 0 }, { "253402300799", 253402300799 }, { "253402300800", 0 },
    { "''", 0 }, { "'soon'", 0 }, { "null", 0 }, { "true", 0 }, { "[]", 0 }, { "{}", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'order_id':'a','created_at':%1$s,'payment_requested_at':%1$s,"
                       "'updated_at':%1$s,'timestamp_of_request':%1$s}", cases[i].time);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_test_message ("%s", cases[i].time);
    g_assert_cmpint (refills_order_state_get_created_at (state), ==, cases[i].seconds);
    g_assert_cmpint (refills_order_state_get_payment_requested_at (state), ==, cases[i].seconds);
    g_assert_cmpint (refills_order_state_get_updated_at (state), ==, cases[i].seconds);
    g_assert_cmpint (refills_order_state_get_server_time (state), ==, cases[i].seconds);
  }
}

static void
test_transactions (void)
{
  g_autofree char *longest = g_strnfill (256, 'a');
  g_autoptr (GString) text = g_string_new ("{'order_id':'a','payment_transactions':[7,null,'',' ',");
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderState) object =
    read_state ("{'order_id':'a','payment_transactions':{'0':'0xabc'}}");

  g_string_append_printf (text, "'%sa','%s'", longest, longest);
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, ",'0x%u'", i);
  g_string_append (text, "]}");
  state = read_state (text->str);

  g_assert_cmpuint (g_strv_length ((char **) refills_order_state_get_transactions (state)), ==, 20);
  g_assert_cmpstr (refills_order_state_get_transactions (state)[0], ==, longest);
  g_assert_cmpstr (refills_order_state_get_transactions (state)[1], ==, "0x0");
  g_assert_cmpstrv (refills_order_state_get_transactions (object), ((const char *[]) { NULL }));
}

static void
test_exact_amounts (void)
{
  static const char * const cases[][2] = {
    { "'11.260000'", "11.260000" }, { "1e400", "1e400" }, { "5.0", "5.0" }, { "'0x10'", "0x10" },
    { "'NaN'", "NaN" }, { "18446744073709551616", "18446744073709551616" }, { "null", NULL },
    { "[]", NULL }, { "''", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a','coin_amount':%s}", cases[i][0]);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_assert_cmpstr (refills_order_state_get_coin_amount (state), ==, cases[i][1]);
  }
}

/* What is to be paid, where a coupon pays for a part: it is kept with the state, and a state without it is read. */
static void
test_amount_to_pay (void)
{
  static const struct { const char *members; const char *summary; const char *to_pay; } cases[] = {
    { "'coin_amount':'25.37'", NULL, "25.37" },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':'22.84'}", "22.84", "22.84" },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':22.840}", "22.840", "22.840" },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':'25.3700'}", "25.3700", "25.37" },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':'26'}", "26", "25.37" },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':'much'}", "much", "25.37" },
    { "'coin_amount':'much','summary':{'coin_amount_to_pay_in_crypto':'22.84'}", "22.84", "much" },
    { "'summary':{'coin_amount_to_pay_in_crypto':'22.84'}", "22.84", NULL },
    { "'coin_amount':'25.37','summary':{'coin_amount_to_pay_in_crypto':[]}", NULL, "25.37" },
    { "'coin_amount':'25.37','summary':{}", NULL, "25.37" },
    { "'coin_amount':'25.37','summary':'22.84'", NULL, "25.37" },
    { "'coin_amount':'25.37','summary':null", NULL, "25.37" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a',%s}", cases[i].members);
    g_autoptr (RefillsOrderState) state = read_state (text);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (state));
    g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);

    g_test_message ("%s", cases[i].members);
    g_assert_cmpstr (refills_order_state_get_summary_amount (state), ==, cases[i].summary);
    g_assert_cmpstr (refills_order_money_get_amount_to_pay (state), ==, cases[i].to_pay);
    g_assert_cmpstr (refills_order_money_get_amount_to_pay (loaded), ==, cases[i].to_pay);
  }
}

/* What has come is weighed against what was to be paid, not against what the order costs. */
static void
test_paid_with_a_coupon (void)
{
  static const struct { const char *sent; RefillsOrderPhase phase; } cases[] = {
    { "0", REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT }, { "22.83", REFILLS_ORDER_PHASE_PARTIALLY_PAID },
    { "22.84", REFILLS_ORDER_PHASE_PAYMENT_SEEN }, { "25", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'order_id':'a','order_state':'WaitingForPayment','payment_state':'p','coin_amount':'25.37',"
                       "'summary':{'coin_amount_to_pay_in_crypto':'22.84'},'sent_coin_amount':'%s'}", cases[i].sent);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_assert_cmpint (refills_order_state_get_phase (state), ==, cases[i].phase);
  }
}

static void
test_skipped_deliveries (void)
{
  g_autoptr (RefillsOrderState) state =
    read_state ("{'order_id':'a','deliveries':[7,{},{'deliverable':{'pin_code':'A'}},null]}");
  g_autoptr (RefillsOrderState) object = read_state ("{'order_id':'a','deliveries':{}}");

  g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, 1);
  g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 3);
  g_assert_cmpuint (refills_order_state_get_n_deliveries (object), ==, 0);
  g_assert_cmpuint (refills_order_state_get_n_skipped (object), ==, 1);
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsOrderState *state = refills_order_state_new_from_variant (variant);

  if (state != NULL) {
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (state, state);

    g_assert_true (refills_order_id_is_valid (refills_order_state_get_order_id (state)));
    g_assert_nonnull (refills_order_state_get_order_state (state));
    refills_order_state_is_final (state);
  }

  return state;
}

static void
test_variant (void)
{
  g_autoptr (RefillsOrderState) state = read_state (whole);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (state));
  g_autoptr (RefillsOrderState) again = refills_order_state_new_from_variant (variant);
  g_autoptr (RefillsOrderState) redacted = refills_order_state_redact (state);
  g_autoptr (GVariant) hidden = g_variant_ref_sink (refills_order_state_to_variant (redacted));
  g_autofree char *printed = g_variant_print (hidden, FALSE);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_int32 (7));
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GVariant) more = NULL;
  g_autoptr (RefillsOrderState) newer = NULL;
  GVariantDict dict;

  g_assert_true (refills_order_state_equal (state, again));
  g_assert_false (refills_order_state_equal (state, redacted));
  g_assert_null (strstr (printed, "CODE"));
  g_assert_true (refills_delivery_has_any_secret (refills_order_state_get_delivery (redacted, 0)));
  g_assert_null (refills_order_state_new_from_variant (foreign));
  g_assert_null (refills_order_state_new_from_variant (empty));

  /* A later version adds keys, and phases that we do not know. */
  g_variant_dict_init (&dict, variant);
  g_variant_dict_insert (&dict, "mood", "s", "good");
  g_variant_dict_insert (&dict, "phase", "i", 99);
  g_variant_dict_insert (&dict, "alarm", "u", 0xffffffff);
  more = g_variant_ref_sink (g_variant_dict_end (&dict));
  newer = refills_order_state_new_from_variant (more);
  g_assert_cmpint (refills_order_state_get_phase (newer), ==, REFILLS_ORDER_PHASE_UNKNOWN);
  g_assert_cmpuint (refills_order_state_get_alarm (newer), ==, 63);

  assert_damaged_safe (refills_order_state_to_variant (state), make_cb);
}

typedef struct {
  guint n_read;
  guint n_refused;
} Varied;

/* One member is of another kind: the order is refused by its path, or read without that part. */
static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  Varied *varied = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_json (place, &error);
  g_autoptr (RefillsOrderState) merged = NULL;
  RefillsDelivery *delivery = NULL;

  if (state == NULL) {
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    g_assert_cmpstr (path, ==, "$.order_id");
    g_assert_nonnull (strstr (error->message, "order_id"));
    varied->n_refused++;
    return;
  }

  g_assert_no_error (error);
  varied->n_read++;
  g_assert_true (refills_order_id_is_valid (refills_order_state_get_order_id (state)));
  merged = refills_order_state_merge (state, state);
  g_assert_true (refills_order_state_equal (merged, state));
  if (!g_str_equal (path, "$.wallet_address"))
    g_assert_cmpstr (refills_order_state_get_wallet_address (state), ==, "lnbc328330n1p4");
  if (!g_str_equal (path, "$.order_state"))
    g_assert_false (refills_order_state_is_final (state));

  /* What could not be read is counted. */
  if (refills_order_state_get_n_deliveries (state) == 0) {
    g_assert_true (g_str_equal (path, "$.deliveries") || g_str_equal (path, "$.deliveries[0].deliverable"));
    if (!g_str_equal (path, "$.deliveries"))
      g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 1);
    return;
  }
  g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 0);
  delivery = refills_order_state_get_delivery (state, 0);
  /* Whatever else is broken, the code is there. */
  if (!g_str_equal (path, "$.deliveries[0].deliverable") &&
      !g_str_equal (path, "$.deliveries[0].deliverable.pin_code"))
    g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==, "CODE");
}

static void
test_vary (void)
{
  Varied varied = { 0 };

  json_case_vary (whole, vary_cb, &varied);
  g_test_message ("%u orders read, %u refused", varied.n_read, varied.n_refused);
  /* Left out, null, or of the other kinds; an id of letters is one. */
  g_assert_cmpuint (varied.n_refused, ==, 10);
  g_assert_cmpuint (varied.n_read, >, 700);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-state/whole", test_whole);
  g_test_add_func ("/order-state/bad-bytes", test_bad_bytes);
  g_test_add_func ("/order-state/size-cap", test_size_cap);
  g_test_add_func ("/order-state/ids", test_ids);
  g_test_add_func ("/order-state/aliases", test_aliases);
  g_test_add_func ("/order-state/invalid-states", test_invalid_states);
  g_test_add_func ("/order-state/phases", test_phases);
  g_test_add_func ("/order-state/every-pair", test_every_pair);
  g_test_add_func ("/order-state/lone-codes", test_lone_codes);
  g_test_add_func ("/order-state/memos", test_memos);
  g_test_add_func ("/order-state/times", test_times);
  g_test_add_func ("/order-state/transactions", test_transactions);
  g_test_add_func ("/order-state/exact-amounts", test_exact_amounts);
  g_test_add_func ("/order-state/amount-to-pay", test_amount_to_pay);
  g_test_add_func ("/order-state/paid-with-a-coupon", test_paid_with_a_coupon);
  g_test_add_func ("/order-state/skipped-deliveries", test_skipped_deliveries);
  g_test_add_func ("/order-state/variant", test_variant);
  g_test_add_func ("/order-state/vary", test_vary);

  return g_test_run ();
}
