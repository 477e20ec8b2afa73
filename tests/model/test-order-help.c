/* test-order-help.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done about an order's money, and the message to support that goes with it.
 */
#include "refills-order-help.h"
#include "refills-payment.h"

#include "json-case.h"
#include "payment-case.h"
#include "refills-test.h"

static RefillsOrderState *
make_state (const char *order_state,
            const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'order_id':'a','order_state':'%s','coin':'USDC','network':'Base',"
                                           "'coin_amount':'11.47'%s%s}",
                                           order_state, *members != '\0' ? "," : "", members);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

#define OVER "'sent_coin_amount':'22.940000'"
#define EXCESS "22.940000 USDC came and 11.47 USDC was asked for, so 11.47 USDC is too much."
#define DELIVERY(id, state) "{'id':'" id "','delivery_state':'" state "','deliverable':{}}"
#define DELIVERIES(a, b) "'deliveries':[" DELIVERY ("1", a) "," DELIVERY ("2", b) "]"

/* NULL: there is nothing to be done. Else the text begins so, and holds the rest. */
static const struct {
  const char *order_state;
  const char *members;
  const char *start;
  const char *part;
  const char *plea;
} cases[] = {
  { "WaitingForPayment", "", NULL, NULL, "Please look for its payment." },
  { "PaymentStarted", "'sent_coin_amount':'11.47'", NULL, NULL, "Please look for its payment." },
  { "WaitingForDelivery", "'sent_coin_amount':'11.47'", NULL, NULL, "It is paid, and was not delivered yet." },
  { "Done", DELIVERIES ("Succeeded", "Succeeded"), NULL, NULL, "Not all of it was delivered." },
  { "PaymentSetupFailed", "", NULL, NULL, "Please look for its payment." },

  { "WaitingForDelivery", OVER, EXCESS, "support is asked to", "More was sent than was asked for." },
  { "Done", OVER, EXCESS, "message below", "Amount too much: 11.47\n" },
  { "Done", OVER ",'refund':{'amount':'11.46','currency':'USDC'}", EXCESS, "message", "More was sent" },
  { "Done", OVER ",'refund':{'amount':'11.47','currency':'USDT'}", EXCESS, "message", "More was sent" },
  { "Done", OVER ",'refund':{'amount':'11.470','currency':'USDC'}", NULL, NULL, "Refund: 11.470 USDC\n" },
  { "Done", OVER "," DELIVERIES ("rejected", "Succeeded"), EXCESS, "say why", "More was sent" },

  { "Expired", "'sent_coin_amount':'0'", NULL, NULL, "Please look for its payment." },
  { "Expired", "'sent_coin_amount':'5'", "The rest must not be sent", "support", "Only a part of the amount came" },
  { "Expired", "'sent_coin_amount':'11.47'", "If nothing has changed after a day", "support",
    "Its payment came after it expired." },
  { "Expired", "'payment_state':'ExpiredAfterPaymentDetection'", "If nothing has changed after a day", "support",
    "It is paid, and was not delivered yet." },
  { "WaitingForManualAction", "", "If nothing has changed after a day", "support", "It is paid" },
  { "PaymentFailed", "", "Cryptorefills’ support can say why", "24 to 48 hours", "Its payment was rejected." },
  { "Canceled", "", "If you have paid all the same", "If not, order again.", "It was canceled." },
  { "Canceled", "'sent_coin_amount':'11.47'", "Cryptorefills’ support can pay back", "24 to 48", "It was canceled." },

  /* To an address that is known, or one that is asked for. */
  { "Refunded", "'refund_wallet_address':'" PAYMENT_CASE_EVM "'", "The refund goes to the address below", "24 to 48",
    "Refunds go to: " PAYMENT_CASE_EVM "\n" },
  { "Refunded", OVER, "The service asks by e-mail where to pay it back to.", "within 90 days", "More was sent" },
  { "Refunded", "", "The service asks by e-mail where to pay it back to.", "within 90 days", "It was refunded." },
  { "Done", DELIVERIES ("Succeeded", "Refunded"), "The service asks by e-mail", "90 days", "Not all of it" },
  { "Done", DELIVERIES ("Refunded", "declined"), "Cryptorefills’ support can", "not delivered", "Not all of it" },
  { "WaitingForDelivery", "'original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'}", NULL, NULL,
    "Paid with: USDT on Tron\n" },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].order_state, cases[i].members);
    g_autofree char *text = refills_order_help_dup_text (state);

    g_test_message ("%s %s", cases[i].order_state, cases[i].members);
    if (cases[i].start == NULL) {
      g_assert_null (text);
      continue;
    }
    g_assert_true (g_str_has_prefix (text, cases[i].start));
    g_assert_nonnull (strstr (text, cases[i].part));
  }
}

static void
test_messages (void)
{
  PaymentCase asked = { 0 };
  g_autoptr (RefillsOrderRequest) request = NULL;

  payment_case_init (&asked, "USDC", "Base");
  request = payment_case_make_request (&asked);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].order_state, cases[i].members);
    g_autofree char *text = refills_payment_error_dup_support_text (NULL, state, request, 7, "1.2");

    g_test_message ("%s %s: %s", cases[i].order_state, cases[i].members, text);
    g_assert_nonnull (strstr (text, cases[i].plea));
  }
}

static void
assert_remedies (const RefillsOrderRemedy *remedies,
                 const char               *names)
{
  static const char letters[] = { '\0', 'c', 's', 'a', 'b' };
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *remedies != REFILLS_ORDER_REMEDY_NONE; remedies++)
    g_string_append_c (text, letters[*remedies]);
  g_assert_cmpstr (text->str, ==, names);
}

static void
test_remedies (void)
{
  static const struct { const char *order_state; const char *members; const char *names; } remedies[] = {
    { "WaitingForPayment", "", "" },
    { "PaymentSetupFailed", "", "a" },
    { "Canceled", "", "sa" },
    { "Canceled", "'sent_coin_amount':'11.47'", "s" },
    { "Refunded", "", "s" },
    { "Done", OVER, "s" },
    { "Expired", "'sent_coin_amount':'5'", "s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (remedies); i++) {
    g_autoptr (RefillsOrderState) state = make_state (remedies[i].order_state, remedies[i].members);

    g_test_message ("%s %s", remedies[i].order_state, remedies[i].members);
    assert_remedies (refills_order_help_list_remedies (state), remedies[i].names);
  }
}

/* What to do next fits the reason, and stands in the order of what can be pressed: each says whether something can have
 * been paid, and none says it wrongly. */
static void
test_advice (void)
{
  static const struct {
    RefillsPaymentError reason;
    const char         *start; /* where no address was ever shown */
    const char         *shown; /* where one may have been */
    const char         *names;
  } reasons[] = {
    { REFILLS_PAYMENT_ERROR_NOT_PAYABLE, "If you have paid already", "If you have paid already", "sa" },
    { REFILLS_PAYMENT_ERROR_UNSUPPORTED, "Nothing has been paid", "Order with another coin or network.", "bs" },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, "Nothing has been paid", "Order again.", "asc" },
    { REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES, "Nothing has been paid", "Order again.", "asc" },
    { REFILLS_PAYMENT_ERROR_ADDRESS, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_RESERVED, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_TOKEN, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_AMOUNT, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_INVOICE, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_QR, "No address was shown", "Check again.", "csb" },
    { REFILLS_PAYMENT_ERROR_EXPIRED, "If you have paid already", "If you have paid already", "sa" },
    { REFILLS_PAYMENT_ERROR_CHANGED, "Neither what is asked for now", "Neither what is asked for now", "sa" },
    { REFILLS_PAYMENT_ERROR_MEMO, "Nothing has been paid", "Order with another coin or network.", "bs" },
    { REFILLS_PAYMENT_ERROR_PAGE, "Nothing has been paid", "Order again.", "asc" },
    { REFILLS_PAYMENT_ERROR_ELSEWHERE, NULL, NULL, "" },
  };
  PaymentCase order;
  g_autoptr (RefillsOrderState) payable = NULL;
  g_autoptr (RefillsOrderState) never = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  payment_case_init (&order, "USDC", "Base");
  asked = payment_case_make_request (&order);
  payable = payment_case_make_state (&order);
  order.address = "0xbad";
  never = payment_case_make_state (&order);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_PAYMENT_ERROR, (int) reasons[i].reason, "x");
    const char *advice = refills_payment_error_to_advice (error, never, asked);
    const char *shown_advice = refills_payment_error_to_advice (error, payable, asked);

    g_test_message ("%d: %s", reasons[i].reason, advice);
    assert_remedies (refills_payment_error_list_remedies (error), reasons[i].names);
    if (reasons[i].start == NULL) {
      g_assert_null (advice);
      g_assert_null (shown_advice);
      continue;
    }
    g_assert_true (g_str_has_prefix (advice, reasons[i].start));
    g_assert_true (g_str_has_prefix (shown_advice, reasons[i].shown));
    g_assert_null (strstr (shown_advice, "othing has been paid"));
    /* What can be pressed is there, and no more of it than is spoken of. */
    g_assert_true ((strstr (shown_advice, "message below") != NULL) == (strchr (reasons[i].names, 's') != NULL));
  }
  g_assert_true (g_str_has_prefix (refills_payment_error_to_advice (other, never, asked), "If you have paid already"));
  g_assert_null (refills_payment_error_to_advice (NULL, never, asked));
  assert_remedies (refills_payment_error_list_remedies (NULL), "");
}

/* Faults J09 and J11: what was first named and what was named later are both told, and what may have been shown. */
static void
test_changes (void)
{
  static const struct {
    const char *members;
    const char *advice;
    const char *changed;
    const char *parts[4];
  } changes[] = {
    { "'wallet_address':'0xB'", "Neither the new address", "Changed: address\n",
      { "Address, first: " PAYMENT_CASE_EVM "\n", "Address, later: 0xB\n" } },
    { "'coin_amount':'25.38'", "Neither what is asked for now", "Changed: amount\n",
      { "Amount, first: 25.37\n", "Amount, later: 25.38\n" } },
    { "'summary':{'coin_amount_to_pay_in_crypto':'25.36'}", "Neither what is asked", "Changed: amount\n",
      { "Amount of the summary, first: 25.37\n", "Amount of the summary, later: 25.36\n" } },
    { "'coin':'USDT','network':'Polygon (Matic)'", "Neither what is asked for now", "Changed: coin, network\n",
      { "Coin, first: USDC\n", "Coin, later: USDT\n", "Network, first: Base\n",
        "Network, later: Polygon (Matic)\n" } },
  };
  static const char may_be_paid[] = "What it said before may have been shown, and may have been paid.";
  static const char not_shown[] = "Nothing was shown that could have been paid.";
  PaymentCase order;
  g_autoptr (RefillsOrderState) first = NULL;
  g_autoptr (RefillsOrderState) never = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;

  payment_case_init (&order, "USDC", "Base");
  asked = payment_case_make_request (&order);
  first = payment_case_make_state (&order);
  order.address = "0xbad";
  never = payment_case_make_state (&order);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *json = g_strdup_printf ("{'order_id':'o-1','order_state':'WaitingForPayment',%s}",
                                             changes[i].members);
    g_autoptr (GBytes) bytes = json_case_to_bytes (json);
    g_autoptr (RefillsOrderState) later = refills_order_state_new_from_bytes (bytes, NULL);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (first, later);
    g_autoptr (RefillsOrderState) unseen = refills_order_state_merge (never, later);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (merged));
    g_autoptr (RefillsOrderState) loaded = refills_order_state_new_from_variant (variant);
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = refills_payment_new (loaded, asked, 0, &error);
    g_autofree char *text = refills_payment_error_dup_support_text (error, loaded, asked, 7, "1.2");
    g_autofree char *followed = refills_payment_error_dup_support_text (NULL, loaded, asked, 7, "1.2");
    g_autofree char *unseen_text = refills_payment_error_dup_support_text (error, unseen, asked, 7, "1.2");

    g_test_message ("%s", text);
    g_assert_null (payment);
    g_assert_true (g_str_has_prefix (refills_payment_error_to_advice (error, loaded, asked), changes[i].advice));
    g_assert_nonnull (strstr (text, may_be_paid));
    g_assert_null (strstr (text, not_shown));
    for (gsize j = 0; j < G_N_ELEMENTS (changes[i].parts) && changes[i].parts[j] != NULL; j++) {
      g_assert_nonnull (strstr (text, changes[i].parts[j]));
      g_assert_nonnull (strstr (followed, changes[i].parts[j]));
    }
    /* The reason stays where the order waits no more. */
    for (gsize j = 0; j < 2; j++) {
      g_assert_nonnull (strstr (j == 0 ? text : followed, "Reason: changed\n"));
      g_assert_nonnull (strstr (j == 0 ? text : followed, changes[i].changed));
    }
    g_assert_nonnull (strstr (unseen_text, not_shown));
    g_assert_null (strstr (unseen_text, may_be_paid));
  }
}

/* What was stored before the other value was kept says so. */
static void
test_old_change (void)
{
  PaymentCase order;
  g_autoptr (RefillsOrderState) first = NULL;
  g_autoptr (RefillsOrderState) old = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) marked = NULL;
  g_auto (GVariantDict) dict = { 0 };
  g_autofree char *text = NULL;

  payment_case_init (&order, "USDC", "Base");
  asked = payment_case_make_request (&order);
  first = payment_case_make_state (&order);
  variant = g_variant_ref_sink (refills_order_state_to_variant (first));
  g_variant_dict_init (&dict, variant);
  g_variant_dict_insert (&dict, "alarm", "u", (guint32) REFILLS_ORDER_ALARM_ADDRESS);
  marked = g_variant_ref_sink (g_variant_dict_end (&dict));
  old = refills_order_state_new_from_variant (marked);
  text = refills_payment_error_dup_support_text (NULL, old, asked, 7, "1.2");
  g_assert_nonnull (strstr (text, "Address, first: " PAYMENT_CASE_EVM "\nAddress, later: (not kept)\n"));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/order-help/texts", test_texts);
  g_test_add_func ("/order-help/messages", test_messages);
  g_test_add_func ("/order-help/advice", test_advice);
  g_test_add_func ("/order-help/remedies", test_remedies);
  g_test_add_func ("/order-help/changes", test_changes);
  g_test_add_func ("/order-help/old-change", test_old_change);

  return g_test_run ();
}
