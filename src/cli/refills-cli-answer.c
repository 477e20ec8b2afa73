/* refills-cli-answer.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the service said of an order, as JSON: each member digit for digit, but for those that somebody could pay by.
 * Where to pay to is printed from the verified payment or not at all.
 */
#include "refills-cli-answer.h"

#include "refills-cli-output.h"
#include "refills-json-write.h"

/* Codes to scan, and pictures of them, are written anew from what was compared. A page is there to be opened. */
static const char * const withheld[] = {
  "wallet_address", "checkout_url", "qr_text", "qr_url", "missing_amount_qr_text", "missing_amount_qr_url",
  NULL
};

static void
add_payment (GString        *object,
             RefillsPayment *payment)
{
  GString *inner = refills_cli_begin_object ();
  g_autofree char *asset = refills_payment_dup_asset (payment);
  g_autofree char *request = refills_payment_dup_request (payment);
  g_autofree char *document = NULL;

  refills_cli_add_text (inner, "address", refills_payment_get_address (payment));
  refills_cli_add_text (inner, "amount", refills_payment_get_amount (payment));
  refills_cli_add_text (inner, "coin", refills_payment_get_coin (payment));
  refills_cli_add_text (inner, "network", refills_payment_get_network_title (payment));
  refills_cli_add_text (inner, "chain", refills_payment_get_chain (payment));
  refills_cli_add_text (inner, "asset", asset);
  refills_cli_add_text (inner, "units", refills_payment_get_units (payment));
  refills_cli_add_number (inner, "decimals", refills_payment_get_decimals (payment));
  refills_cli_add_text (inner, "request", request);
  refills_cli_add_raw (inner, "rest", refills_payment_is_rest (payment) ? "true" : "false");
  document = refills_cli_end_object (inner);
  refills_cli_add_raw (object, "payment", document);
}

/**
 * refills_cli_add_answer:
 * @object: an object
 * @answer: an order, as the service said it
 * @payment: (nullable): what may be paid for it
 * @page: (nullable): the page at which it is paid
 *
 * Adds the answer’s members, and of the address and the payment codes what @payment says.
 */
void
refills_cli_add_answer (GString                *object,
                        const RefillsJsonPlace *answer,
                        RefillsPayment         *payment,
                        const char             *page)
{
  RefillsJsonPlace member;

  if (payment != NULL)
    add_payment (object, payment);
  for (guint i = 0; refills_json_get_member_at (answer, i, &member); i++) {
    g_autofree char *document = NULL;

    if (g_strv_contains (withheld, member.member)) {
      if (payment != NULL && g_str_equal (member.member, withheld[0]) && !refills_payment_is_rest (payment))
        refills_cli_add_text (object, member.member, refills_payment_get_address (payment));
      else if (page != NULL && g_str_equal (member.member, withheld[1]))
        refills_cli_add_text (object, member.member, page);
      continue;
    }
    if (payment != NULL && g_str_equal (member.member, "payment"))
      continue;
    document = refills_json_place_write (&member);
    refills_cli_add_raw (object, member.member, document);
  }
}
