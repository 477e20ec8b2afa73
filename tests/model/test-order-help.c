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

  { "WaitingForDelivery", OVER, EXCESS, "only when its support is asked to", "More was sent than was asked for." },
  { "Done", OVER, EXCESS, "message below", "Amount too much: 11.47\n" },
  { "Done", OVER ",'refund':{'amount':'11.46','currency':'USDC'}", EXCESS, "message", "More was sent" },
  { "Done", OVER ",'refund':{'amount':'11.47','currency':'USDT'}", EXCESS, "message", "More was sent" },
  { "Done", OVER ",'refund':{'amount':'11.470','currency':'USDC'}", NULL, NULL, "Refund: 11.470 USDC\n" },
  { "Done", OVER "," DELIVERIES ("rejected", "Succeeded"), EXCESS, "say why", "More was sent" },

  { "Expired", "'sent_coin_amount':'0'", NULL, NULL, "Please look for its payment." },
  { "Expired", "'sent_coin_amount':'5'", "Don’t send the rest.", "support", "Only a part of the amount came" },
  { "Expired", "'sent_coin_amount':'11.47'", "If nothing has changed after a day", "support",
    "Its payment came after it expired." },
  { "Expired", "'payment_state':'ExpiredAfterPaymentDetection'", "If nothing has changed after a day", "support",
    "It is paid, and was not delivered yet." },
  { "WaitingForManualAction", "", "If nothing has changed after a day", "support", "It is paid" },
  { "PaymentFailed", "", "The seller’s support can say why", "24 to 48 hours", "Its payment was rejected." },
  { "Canceled", "", "If you have paid all the same", "message", "It was canceled." },
  { "Canceled", "'sent_coin_amount':'11.47'", "The seller’s support can pay back", "24 to 48", "It was canceled." },

  /* To an address that is known, or one that is asked for. */
  { "Refunded", "'refund_wallet_address':'" PAYMENT_CASE_EVM "'", "The refund goes to the address below", "24 to 48",
    "Refunds go to: " PAYMENT_CASE_EVM "\n" },
  { "Refunded", OVER, "The seller asks by e-mail where to pay it back to.", "within 90 days", "More was sent" },
  { "Refunded", "", "The seller asks by e-mail where to pay it back to.", "within 90 days", "It was refunded." },
  { "Done", DELIVERIES ("Succeeded", "Refunded"), "The seller asks by e-mail", "90 days", "Not all of it" },
  { "Done", DELIVERIES ("Refunded", "declined"), "The seller’s support can say why", "not delivered", "Not all of it" },
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

/* What to do next fits the reason: each says whether something can have been paid, and none says it wrongly. */
static void
test_advice (void)
{
  static const struct {
    RefillsPaymentError reason;
    const char         *part;
  } reasons[] = {
    { REFILLS_PAYMENT_ERROR_NOT_PAYABLE, "If you have paid already" },
    { REFILLS_PAYMENT_ERROR_UNSUPPORTED, "Order again with another coin or network." },
    { REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, "Order again. If the same happens" },
    { REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES, "Order again. If the same happens" },
    { REFILLS_PAYMENT_ERROR_ADDRESS, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_RESERVED, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_TOKEN, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_AMOUNT, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_INVOICE, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_QR, "nothing has been paid" },
    { REFILLS_PAYMENT_ERROR_EXPIRED, "If you have paid already" },
    { REFILLS_PAYMENT_ERROR_CHANGED, "nor to the first one" },
    { REFILLS_PAYMENT_ERROR_MEMO, "Order again with another coin or network." },
    { REFILLS_PAYMENT_ERROR_PAGE, "Order again. If the same happens" },
    { REFILLS_PAYMENT_ERROR_ELSEWHERE, NULL },
  };
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_PAYMENT_ERROR, (int) reasons[i].reason, "x");
    const char *advice = refills_payment_error_to_advice (error);

    if (reasons[i].part == NULL)
      g_assert_null (advice);
    else
      g_assert_nonnull (strstr (advice, reasons[i].part));
  }
  g_assert_nonnull (strstr (refills_payment_error_to_advice (other), "If you have paid already"));
  g_assert_null (refills_payment_error_to_advice (NULL));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/order-help/texts", test_texts);
  g_test_add_func ("/order-help/messages", test_messages);
  g_test_add_func ("/order-help/advice", test_advice);

  return g_test_run ();
}
