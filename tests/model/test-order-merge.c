/* test-order-merge.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fold of an order's answers: refills_order_state_merge().
 */
#include "refills-order-state.h"

#include "json-case.h"
#include "refills-order-money.h"
#include "refills-test.h"

/* An answer for each phase, in the order of rank. */
static const char * const states[] = {
  "Foo", "WaitingForPayment", "PartialPaymentStarted", "Expired", "PaymentStarted",
  "WaitingForDelivery", "WaitingForManualAction", "PaymentSetupFailed", "PaymentFailed",
  "Canceled", "Refunded", "Done",
};

static RefillsOrderState *
read_state (const char *order_state,
            const char *members)
{
  g_autofree char *text =
    g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'p-%s'%s%s}", order_state,
                     order_state, *members != '\0' ? "," : "", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static void
test_every_pair (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (states), ==, REFILLS_ORDER_PHASE_DONE + 1);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (states); j++) {
      g_autoptr (RefillsOrderState) stored = read_state (states[i], "");
      g_autoptr (RefillsOrderState) incoming = read_state (states[j], "");
      g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);
      g_autoptr (RefillsOrderState) again = refills_order_state_merge (merged, incoming);
      /* A word that is not known takes the place of waiting for payment, the next two; else the later rank. */
      guint expected = j == 0 && i <= 2 ? 0 : MAX (i, j);
      g_autofree char *payment_state = g_strconcat ("p-", states[expected], NULL);

      g_assert_cmpuint (refills_order_state_get_phase (stored), ==, i);
      g_assert_cmpuint (refills_order_state_get_phase (merged), ==, expected);
      g_assert_cmpstr (refills_order_state_get_order_state (merged), ==, states[expected]);
      g_assert_cmpstr (refills_order_state_get_payment_state (merged), ==, payment_state);
      g_assert_cmpint (refills_order_state_get_alarm (merged), ==, REFILLS_ORDER_ALARM_NONE);
      g_assert_true (refills_order_state_equal (merged, again));
    }
  }
}

/* A payment is seen before its amount is known: the figure may come later. An older answer brings nothing back. */
static void
test_turns_out_partial (void)
{
  static const struct {
    const char *stored;
    const char *incoming;
    RefillsOrderPhase phase;
  } cases[] = {
    { "'coin_amount':'2','sent_coin_amount':'0'", "'missing_amount':'1.5','sent_coin_amount':'0.5'",
      REFILLS_ORDER_PHASE_PARTIALLY_PAID },
    { "'coin_amount':'2'", "'sent_coin_amount':'0.5'", REFILLS_ORDER_PHASE_PARTIALLY_PAID },
    { "'updated_at':5,'timestamp_of_request':5", "'missing_amount':'1','updated_at':5,'timestamp_of_request':6",
      REFILLS_ORDER_PHASE_PARTIALLY_PAID },
    { "'coin_amount':'2'", "'sent_coin_amount':'0'", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
    { "'coin_amount':'2'", "", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
    { "'coin_amount':'2'", "'missing_amount':'0'", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
    { "'updated_at':6", "'missing_amount':'1','updated_at':5", REFILLS_ORDER_PHASE_PAYMENT_SEEN },
    { "'timestamp_of_request':6", "'missing_amount':'1','timestamp_of_request':5",
      REFILLS_ORDER_PHASE_PAYMENT_SEEN },
    { "'coin_amount':'2','sent_coin_amount':'2'", "'missing_amount':'1','sent_coin_amount':'1'",
      REFILLS_ORDER_PHASE_PAYMENT_SEEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) stored = read_state ("PaymentStarted", cases[i].stored);
    g_autoptr (RefillsOrderState) incoming = read_state ("PartialPaymentStarted", cases[i].incoming);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);
    g_autoptr (RefillsOrderState) preparing = read_state ("WaitingForDelivery", "");
    g_autoptr (RefillsOrderState) later = refills_order_state_merge (preparing, incoming);

    g_test_message ("%s then %s", cases[i].stored, cases[i].incoming);
    g_assert_cmpint (refills_order_state_get_phase (merged), ==, cases[i].phase);
    g_assert_cmpint (refills_order_state_get_phase (later), ==, REFILLS_ORDER_PHASE_PREPARING);
  }
}

/* Expired, then the money comes after all, and what comes of it. */
static void
test_late_money (void)
{
  static const char * const ends[] = { "WaitingForDelivery", "WaitingForManualAction", "Done", "Refunded" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (RefillsOrderState) expired = read_state ("Expired", "'coin_amount':'2'");
    g_autoptr (RefillsOrderState) paid = read_state ("Expired", "'sent_coin_amount':'2'");
    g_autoptr (RefillsOrderState) end = read_state (ends[i], "");
    g_autoptr (RefillsOrderState) late = refills_order_state_merge (expired, paid);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (late, end);
    g_autoptr (RefillsOrderState) back = refills_order_state_merge (merged, expired);

    g_assert_cmpint (refills_order_state_get_phase (late), ==, REFILLS_ORDER_PHASE_EXPIRED);
    g_assert_false (refills_order_state_is_final (late));
    g_assert_cmpstr (refills_order_state_get_sent_coin_amount (late), ==, "2");
    g_assert_cmpint (refills_order_state_get_phase (merged), ==, refills_order_state_get_phase (end));
    g_assert_cmpstr (refills_order_state_get_order_state (back), ==, ends[i]);
  }
}

static void
test_facts (void)
{
  g_autoptr (RefillsOrderState) first =
    read_state ("WaitingForDelivery", "'memo':'one','payment_transactions':['a'],'updated_at':9,"
                                      "'refund_wallet_address':'r1'");
  g_autoptr (RefillsOrderState) second =
    read_state ("Refunded", "'memo':'two','payment_transactions':['b','a'],'updated_at':8,"
                            "'refund':{'amount':'1','currency':'BTC','reason':'x'},"
                            "'original_payment_info':{'coin':'LTC','protocol':'p'}");
  g_autoptr (RefillsOrderState) bare = read_state ("Refunded", "");
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge (first, second);
  g_autoptr (RefillsOrderState) last = refills_order_state_merge (merged, bare);
  g_autoptr (RefillsOrderState) told_later = refills_order_state_merge (bare, second);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (last));
  g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);

  g_assert_true (refills_order_state_equal (last, merged));
  g_assert_true (refills_order_state_equal (last, loaded));
  g_assert_cmpstr (refills_order_state_get_memo (loaded), ==, "one");
  g_assert_cmpstr (refills_order_state_get_memo (told_later), ==, "two");
  g_assert_cmpstr (refills_order_state_get_refund_amount (loaded), ==, "1");
  g_assert_cmpstr (refills_order_state_get_refund_currency (loaded), ==, "BTC");
  g_assert_cmpstr (refills_order_state_get_refund_reason (loaded), ==, "x");
  g_assert_cmpstr (refills_order_state_get_refund_address (loaded), ==, "r1");
  g_assert_cmpstr (refills_order_state_get_original_coin (loaded), ==, "LTC");
  g_assert_cmpstr (refills_order_state_get_original_protocol (loaded), ==, "p");
  g_assert_cmpint (refills_order_state_get_updated_at (loaded), ==, 9);
  g_assert_cmpstrv (refills_order_state_get_transactions (loaded),
                    ((const char *[]) { "a", "b", NULL }));
}

/* What could not be saved shows its codes, and nothing to pay to. */
static void
test_uncommitted (void)
{
  g_autoptr (RefillsOrderState) shown = read_state ("WaitingForPayment", "");
  g_autoptr (RefillsOrderState) incoming =
    read_state ("Done", "'wallet_address':'0xa','coin_amount':'1','coin':'USDC','network':'Base',"
                        "'payment_via':'x','qr_text':'q','checkout_url':'u',"
                        "'deliveries':[{'deliverable':{'pin_code':'SECRET'}}]");
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge_uncommitted (shown, incoming);
  g_autoptr (RefillsOrderState) with_address =
    read_state ("WaitingForPayment", "'wallet_address':'0xb','coin_amount':'2'");
  g_autoptr (RefillsOrderState) changed = refills_order_state_merge_uncommitted (with_address, incoming);
  g_autoptr (RefillsOrderState) part =
    read_state ("PartialPaymentStarted", "'missing_amount':'1','missing_amount_qr_text':'lightning:x'");
  g_autoptr (RefillsOrderState) with_rest = refills_order_state_merge_uncommitted (with_address, part);

  g_assert_cmpint (refills_order_state_get_phase (merged), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpuint (refills_order_state_get_n_deliveries (merged), ==, 1);
  g_assert_null (refills_order_state_get_wallet_address (merged));
  g_assert_null (refills_order_state_get_coin_amount (merged));
  g_assert_null (refills_order_state_get_coin (merged));
  g_assert_null (refills_order_state_get_network (merged));
  g_assert_null (refills_order_state_get_payment_via (merged));
  g_assert_null (refills_order_state_get_qr_text (merged));
  g_assert_null (refills_order_state_get_checkout_uri (merged));

  g_assert_cmpstr (refills_order_state_get_wallet_address (changed), ==, "0xb");
  /* An invoice for what is missing is where to pay to. */
  g_assert_cmpint (refills_order_state_get_phase (with_rest), ==, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
  g_assert_null (refills_order_state_get_missing_amount_qr_text (with_rest));
  g_assert_cmpint (refills_order_state_get_alarm (changed) & REFILLS_ORDER_ALARM_ADDRESS, !=, 0);
}

static void
test_says_the_same (void)
{
  g_autoptr (RefillsOrderState) one = read_state ("WaitingForPayment", "'timestamp_of_request':1700000000");
  g_autoptr (RefillsOrderState) later =
    read_state ("WaitingForPayment", "'timestamp_of_request':1700000009,'updated_at':1700000009");
  g_autoptr (RefillsOrderState) other = read_state ("WaitingForPayment", "'coin_amount':'1'");

  g_assert_false (refills_order_state_equal (one, later));
  g_assert_true (refills_order_state_says_the_same (one, later));
  g_assert_false (refills_order_state_says_the_same (one, other));
}

static void
test_unknown_words (void)
{
  g_autoptr (RefillsOrderState) foo = read_state ("Foo", "");
  g_autoptr (RefillsOrderState) bar = read_state ("Bar", "");
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge (foo, bar);

  g_assert_cmpstr (refills_order_state_get_order_state (merged), ==, "Bar");
}

static const char pay[] = "'wallet_address':'0xA','coin_amount':'11.26','coin':'USDC',"
                          "'network':'Base','payment_via':'USER_WALLET'";

static void
test_alarms (void)
{
  static const struct {
    const char *members;
    RefillsOrderAlarm alarm;
  } cases[] = {
    { "'wallet_address':'0xB'", REFILLS_ORDER_ALARM_ADDRESS },
    { "'wallet_address':'0xa'", REFILLS_ORDER_ALARM_ADDRESS },
    { "'wallet_address':null", REFILLS_ORDER_ALARM_NONE },
    { "'wallet_address':'  '", REFILLS_ORDER_ALARM_NONE },
    { "'coin_amount':'11.27'", REFILLS_ORDER_ALARM_AMOUNT },
    { "'coin_amount':11.260000", REFILLS_ORDER_ALARM_NONE },
    { "'coin_amount':'1e400'", REFILLS_ORDER_ALARM_AMOUNT },
    /* A summary that is told later says what was known without it. */
    { "'summary':{'coin_amount_to_pay_in_crypto':'11.2600'}", REFILLS_ORDER_ALARM_NONE },
    { "'summary':{'coin_amount_to_pay_in_crypto':'10'}", REFILLS_ORDER_ALARM_AMOUNT },
    { "'summary':{'coin_amount_to_pay_in_crypto':'11.27'}", REFILLS_ORDER_ALARM_AMOUNT },
    { "'summary':{'coin_amount_to_pay_in_crypto':'much'}", REFILLS_ORDER_ALARM_AMOUNT },
    { "'summary':{'coin_amount_to_pay_in_crypto':null}", REFILLS_ORDER_ALARM_NONE },
    { "'coin':'USDT'", REFILLS_ORDER_ALARM_COIN },
    { "'network':'Polygon (Matic)'", REFILLS_ORDER_ALARM_NETWORK },
    { "'coin':'USDT','network':'Tron','wallet_address':'T','coin_amount':'1'",
      REFILLS_ORDER_ALARM_ADDRESS | REFILLS_ORDER_ALARM_AMOUNT | REFILLS_ORDER_ALARM_COIN |
      REFILLS_ORDER_ALARM_NETWORK },
  };
  g_autoptr (RefillsOrderState) stored = read_state ("WaitingForPayment", pay);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) incoming = read_state ("WaitingForPayment", cases[i].members);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);
    g_autoptr (RefillsOrderState) later = refills_order_state_merge (merged, stored);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (later));
    g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);

    g_test_message ("%s", cases[i].members);
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, cases[i].alarm);
    /* The first answer stays, and the alarm with it. */
    g_assert_cmpstr (refills_order_state_get_wallet_address (merged), ==, "0xA");
    g_assert_cmpstr (refills_order_state_get_coin_amount (merged), ==, "11.26");
    g_assert_cmpstr (refills_order_money_get_amount_to_pay (merged), ==, "11.26");
    g_assert_cmpstr (refills_order_state_get_coin (merged), ==, "USDC");
    g_assert_cmpstr (refills_order_state_get_network (merged), ==, "Base");
    g_assert_cmpint (refills_order_state_get_alarm (later), ==, cases[i].alarm);
    g_assert_cmpint (refills_order_state_get_alarm (loaded), ==, cases[i].alarm);
  }
}

/* What a coupon leaves to be paid never changes either, and an answer that does not tell it takes nothing away. */
static void
test_summary (void)
{
  static const struct { const char *members; RefillsOrderAlarm alarm; } cases[] = {
    { "'coin_amount':'11.26'", REFILLS_ORDER_ALARM_NONE },
    { "'summary':{'coin_amount_to_pay_in_crypto':10.140}", REFILLS_ORDER_ALARM_NONE },
    { "'summary':{'coin_amount_to_pay_in_crypto':'11.26'}", REFILLS_ORDER_ALARM_AMOUNT },
    { "'summary':{'coin_amount_to_pay_in_crypto':'10.13'}", REFILLS_ORDER_ALARM_AMOUNT },
    { "'coin_amount':'10.14'", REFILLS_ORDER_ALARM_AMOUNT },
  };
  g_autoptr (RefillsOrderState) nothing = read_state ("Created", "");
  g_autoptr (RefillsOrderState) first =
    read_state ("WaitingForPayment", "'coin_amount':'11.26','summary':{'coin_amount_to_pay_in_crypto':'10.14'}");
  g_autoptr (RefillsOrderState) stored = refills_order_state_merge (nothing, first);

  g_assert_cmpint (refills_order_state_get_alarm (stored), ==, REFILLS_ORDER_ALARM_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) incoming = read_state ("WaitingForPayment", cases[i].members);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);
    g_autoptr (RefillsOrderState) uncommitted = refills_order_state_merge_uncommitted (stored, incoming);

    g_test_message ("%s", cases[i].members);
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, cases[i].alarm);
    g_assert_cmpstr (refills_order_state_get_coin_amount (merged), ==, "11.26");
    g_assert_cmpstr (refills_order_money_get_amount_to_pay (merged), ==, "10.14");
    g_assert_cmpstr (refills_order_money_get_amount_to_pay (uncommitted), ==, "10.14");
  }
}

/* An answer without the summary would call all that is to be paid a part. */
static void
test_paid_with_coupon (void)
{
  g_autoptr (RefillsOrderState) stored =
    read_state ("WaitingForPayment", "'coin_amount':'10','summary':{'coin_amount_to_pay_in_crypto':'8'}");
  g_autoptr (RefillsOrderState) all = read_state ("WaitingForPayment", "'coin_amount':'10','sent_coin_amount':'8'");
  g_autoptr (RefillsOrderState) part = read_state ("WaitingForPayment", "'coin_amount':'10','sent_coin_amount':'7'");
  g_autoptr (RefillsOrderState) paid = refills_order_state_merge (stored, all);
  g_autoptr (RefillsOrderState) partly = refills_order_state_merge (stored, part);

  g_assert_cmpint (refills_order_state_get_phase (paid), ==, REFILLS_ORDER_PHASE_PAYMENT_SEEN);
  g_assert_cmpint (refills_order_state_get_phase (partly), ==, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
}

/* The same payee and network in another form are no others: an alarm for nothing keeps people from paying in time. */
static void
test_same_in_another_form (void)
{
  static const struct {
    const char *first;
    const char *later;
    RefillsOrderAlarm alarm;
  } cases[] = {
    { "'coin':'USDC','network':'Base','wallet_address':'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'",
      "'coin':'USDC','network':'Base Mainnet','wallet_address':'0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'",
      REFILLS_ORDER_ALARM_NONE },
    { "'wallet_address':'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'",
      "'coin':'USDC','network':'Base','wallet_address':'0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'",
      REFILLS_ORDER_ALARM_NONE },
    { "'coin':'USDC','network':'Base','wallet_address':'0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'",
      "'wallet_address':'0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaee'", REFILLS_ORDER_ALARM_ADDRESS },
    { "'coin':'BTC','network':'Mainnet','wallet_address':'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'",
      "'wallet_address':'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'", REFILLS_ORDER_ALARM_NONE },
    /* Base58 tells capitals apart. */
    { "'coin':'BTC','network':'Mainnet','wallet_address':'1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'",
      "'wallet_address':'1bgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'", REFILLS_ORDER_ALARM_ADDRESS },
    { "'coin':'USDC','network':'Base'", "'network':'Arbitrum'", REFILLS_ORDER_ALARM_NETWORK },
    { "'coin':'USDC','network':'Base'", "'coin':'usdc'", REFILLS_ORDER_ALARM_COIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) stored = read_state ("WaitingForPayment", cases[i].first);
    g_autoptr (RefillsOrderState) incoming = read_state ("WaitingForPayment", cases[i].later);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);

    g_test_message ("%s then %s", cases[i].first, cases[i].later);
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, cases[i].alarm);
    g_assert_cmpstr (refills_order_state_get_wallet_address (merged), ==,
                     refills_order_state_get_wallet_address (stored));
  }
}

#define AT(page) "'payment_via':'KUCOIN_PAY','checkout_url':'" page "'"

/* The page of an exchange is renewed, but not that of another host. */
static void
test_pages (void)
{
  static const struct {
    const char *first;
    const char *later;
    const char *page;
    RefillsOrderAlarm alarm;
  } cases[] = {
    { AT ("https://pay.example/1"), AT ("https://pay.example/2?s=3"), "https://pay.example/2?s=3", 0 },
    { AT ("https://pay.example/1"), AT ("https://PAY.example:8443/2"), "https://PAY.example:8443/2", 0 },
    { AT ("https://pay.example/1"), "'payment_via':'KUCOIN_PAY'", "https://pay.example/1", 0 },
    { AT ("https://pay.example/1"), AT ("https://pay.example.org/1"), "https://pay.example/1",
      REFILLS_ORDER_ALARM_PAGE },
    { AT ("https://pay.example/1"), AT ("http://pay.example/1"), "https://pay.example/1", REFILLS_ORDER_ALARM_PAGE },
    { AT ("https://pay.example/1"), AT ("https://x@pay.example/1"), "https://pay.example/1", REFILLS_ORDER_ALARM_PAGE },
    { "'checkout_url':'https://pay.example/1'", AT ("https://other.example/1"), "https://pay.example/1",
      REFILLS_ORDER_ALARM_PAGE },
    /* What could not be opened was no page. */
    { AT ("nonsense"), AT ("https://pay.example/1"), "https://pay.example/1", 0 },
    { AT ("nonsense"), AT ("other"), "nonsense", 0 },
    { "'payment_via':'KUCOIN_PAY'", AT ("nonsense"), "nonsense", 0 },
    { AT ("http://127.0.0.1:80/1"), AT ("http://127.0.0.1:81/1"), "http://127.0.0.1:81/1", 0 },
    /* From a wallet nothing is paid on a page. */
    { "'payment_via':'USER_WALLET','checkout_url':'https://pay.example/1'", "'checkout_url':'https://other.example/1'",
      "https://pay.example/1", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) stored = read_state ("WaitingForPayment", cases[i].first);
    g_autoptr (RefillsOrderState) incoming = read_state ("WaitingForPayment", cases[i].later);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);
    g_autoptr (RefillsOrderState) later = refills_order_state_merge (merged, stored);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (merged));
    g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);

    g_test_message ("%s then %s", cases[i].first, cases[i].later);
    g_assert_cmpstr (refills_order_state_get_checkout_uri (merged), ==, cases[i].page);
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, cases[i].alarm);
    g_assert_cmpint (refills_order_state_get_alarm (loaded), ==, cases[i].alarm);
    /* It stays when the first is said again. */
    g_assert_cmpint (refills_order_state_get_alarm (later) & cases[i].alarm, ==, cases[i].alarm);
  }
}

/* An older answer that comes late does not ask for what has come already. */
static void
test_earlier_part (void)
{
  static const char * const late[] = {
    "'sent_coin_amount':'1','missing_amount':'9'",
    "'sent_coin_amount':'5','missing_amount':'9','updated_at':104",
    "'sent_coin_amount':'5','missing_amount':'9','timestamp_of_request':104",
    "'missing_amount':'9','updated_at':104",
  };
  static const char * const newer[] = {
    "'sent_coin_amount':'6','missing_amount':'9','updated_at':104",
    "'sent_coin_amount':'5.0','missing_amount':'9','updated_at':105,'timestamp_of_request':106",
    "'missing_amount':'9'",
  };
  g_autoptr (RefillsOrderState) stored =
    read_state ("PartialPaymentStarted", "'coin_amount':'10','sent_coin_amount':'5','missing_amount':'5',"
                                         "'updated_at':105,'timestamp_of_request':105");

  for (gsize i = 0; i < G_N_ELEMENTS (late); i++) {
    g_autoptr (RefillsOrderState) incoming = read_state ("PartialPaymentStarted", late[i]);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);

    g_test_message ("%s", late[i]);
    g_assert_cmpstr (refills_order_state_get_missing_amount (merged), ==, "5");
    g_assert_cmpstr (refills_order_state_get_sent_coin_amount (merged), ==, "5");
  }
  {
    g_autoptr (RefillsOrderState) less = read_state ("PartialPaymentStarted", "'missing_amount':'4','updated_at':1");
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, less);

    g_assert_cmpstr (refills_order_state_get_missing_amount (merged), ==, "4");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (newer); i++) {
    g_autoptr (RefillsOrderState) incoming = read_state ("PartialPaymentStarted", newer[i]);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);

    g_test_message ("%s", newer[i]);
    g_assert_cmpstr (refills_order_state_get_missing_amount (merged), ==, "9");
  }
}

static void
test_fill_once (void)
{
  g_autoptr (RefillsOrderState) bare = read_state ("Created", "");
  g_autoptr (RefillsOrderState) whole = read_state ("WaitingForPayment", pay);
  g_autoptr (RefillsOrderState) filled = refills_order_state_merge (bare, whole);

  g_assert_cmpstr (refills_order_state_get_wallet_address (filled), ==, "0xA");
  g_assert_cmpstr (refills_order_state_get_coin_amount (filled), ==, "11.26");
  g_assert_cmpstr (refills_order_state_get_payment_via (filled), ==, "USER_WALLET");
  g_assert_cmpint (refills_order_state_get_alarm (filled), ==, REFILLS_ORDER_ALARM_NONE);
}

static void
test_other_order (void)
{
  g_autoptr (RefillsOrderState) stored = read_state ("WaitingForPayment", pay);
  g_autoptr (GBytes) bytes = json_case_to_bytes ("{'order_id':'b','order_state':'Done'}");
  g_autoptr (RefillsOrderState) other = refills_order_state_new_from_bytes (bytes, NULL);
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, other);

  g_assert_true (refills_order_state_equal (merged, stored));
}

static void
test_codes_stay (void)
{
  g_autoptr (RefillsOrderState) done =
    read_state ("Done", "'deliveries':[{'id':'1','delivery_state':'Done','deliverable':{"
                        "'pin_code':'ONE'}},{'id':'2','deliverable':{}}]");
  g_autoptr (RefillsOrderState) waiting =
    read_state ("WaitingForPayment", "'deliveries':[{'id':'1','deliverable':{'pin_code':null}}]");
  g_autoptr (RefillsOrderState) turned =
    read_state ("Done", "'deliveries':[{'id':'2','deliverable':{'pin_code':'TWO'}},"
                        "{'id':'1','deliverable':{'pin_code':'OTHER'}},"
                        "{'id':'3','deliverable':{'pin_code':'THREE'}}]");
  g_autoptr (RefillsOrderState) empty = read_state ("Done", "'deliveries':[]");
  g_autoptr (RefillsOrderState) first = refills_order_state_merge (done, waiting);
  g_autoptr (RefillsOrderState) second = refills_order_state_merge (first, turned);
  g_autoptr (RefillsOrderState) third = refills_order_state_merge (second, empty);
  static const char * const codes[] = { "ONE", "TWO", "THREE" };

  g_assert_cmpint (refills_order_state_get_phase (first), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (first, 0),
                                                REFILLS_SECRET_CODE), ==, "ONE");
  g_assert_cmpuint (refills_order_state_get_n_deliveries (third), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (third, i),
                                                  REFILLS_SECRET_CODE), ==, codes[i]);
}

static void
test_without_ids (void)
{
  g_autoptr (RefillsOrderState) stored =
    read_state ("Done", "'deliveries':[{'deliverable':{'pin_code':'ONE'}},{'deliverable':{}}]");
  g_autoptr (RefillsOrderState) incoming =
    read_state ("Done", "'deliveries':[{'id':'1','deliverable':{}},"
                        "{'id':'2','deliverable':{'pin_code':'TWO'}}]");
  g_autoptr (RefillsOrderState) merged = refills_order_state_merge (stored, incoming);

  g_assert_cmpuint (refills_order_state_get_n_deliveries (merged), ==, 2);
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (merged, 0),
                                                REFILLS_SECRET_CODE), ==, "ONE");
  g_assert_cmpstr (refills_delivery_get_id (refills_order_state_get_delivery (merged, 0)), ==, "1");
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (merged, 1),
                                                REFILLS_SECRET_CODE), ==, "TWO");
}

static void
test_what_moves (void)
{
  g_autoptr (RefillsOrderState) part =
    read_state ("PartialPaymentStarted", "'sent_coin_amount':'1','missing_amount':'2',"
                                         "'payment_requested_at':100,'timestamp_of_request':110");
  g_autoptr (RefillsOrderState) more =
    read_state ("PartialPaymentStarted", "'sent_coin_amount':'2','missing_amount':'1',"
                                         "'timestamp_of_request':120");
  g_autoptr (RefillsOrderState) late = read_state ("WaitingForPayment", "'sent_coin_amount':'0'");
  g_autoptr (RefillsOrderState) paid = read_state ("PaymentStarted", "'sent_coin_amount':'3'");
  g_autoptr (RefillsOrderState) first = refills_order_state_merge (part, more);
  g_autoptr (RefillsOrderState) second = refills_order_state_merge (first, late);
  g_autoptr (RefillsOrderState) third = refills_order_state_merge (second, paid);

  g_assert_cmpstr (refills_order_state_get_sent_coin_amount (second), ==, "2");
  g_assert_cmpstr (refills_order_state_get_missing_amount (second), ==, "1");
  g_assert_cmpint (refills_order_state_get_payment_requested_at (second), ==, 100);
  g_assert_cmpint (refills_order_state_get_server_time (second), ==, 120);
  g_assert_cmpstr (refills_order_state_get_sent_coin_amount (third), ==, "3");
  g_assert_null (refills_order_state_get_missing_amount (third));
}

static void
test_time_never_grows (void)
{
  g_autoptr (RefillsOrderState) stored = read_state ("WaitingForPayment", "'payment_requested_at':100");
  g_autoptr (RefillsOrderState) later = read_state ("WaitingForPayment", "'payment_requested_at':200");
  g_autoptr (RefillsOrderState) earlier = read_state ("WaitingForPayment", "'payment_requested_at':50");
  g_autoptr (RefillsOrderState) first = refills_order_state_merge (stored, later);
  g_autoptr (RefillsOrderState) second = refills_order_state_merge (first, earlier);

  g_assert_cmpint (refills_order_state_get_payment_requested_at (first), ==, 100);
  g_assert_cmpint (refills_order_state_get_payment_requested_at (second), ==, 50);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-merge/turns-out-partial", test_turns_out_partial);
  g_test_add_func ("/order-merge/late-money", test_late_money);
  g_test_add_func ("/order-merge/facts", test_facts);
  g_test_add_func ("/order-merge/every-pair", test_every_pair);
  g_test_add_func ("/order-merge/uncommitted", test_uncommitted);
  g_test_add_func ("/order-merge/says-the-same", test_says_the_same);
  g_test_add_func ("/order-merge/unknown-words", test_unknown_words);
  g_test_add_func ("/order-merge/alarms", test_alarms);
  g_test_add_func ("/order-merge/summary", test_summary);
  g_test_add_func ("/order-merge/paid-with-coupon", test_paid_with_coupon);
  g_test_add_func ("/order-merge/same-in-another-form", test_same_in_another_form);
  g_test_add_func ("/order-merge/earlier-part", test_earlier_part);
  g_test_add_func ("/order-merge/fill-once", test_fill_once);
  g_test_add_func ("/order-merge/other-order", test_other_order);
  g_test_add_func ("/order-merge/codes-stay", test_codes_stay);
  g_test_add_func ("/order-merge/without-ids", test_without_ids);
  g_test_add_func ("/order-merge/what-moves", test_what_moves);
  g_test_add_func ("/order-merge/time-never-grows", test_time_never_grows);
  g_test_add_func ("/order-merge/pages", test_pages);

  return g_test_run ();
}
