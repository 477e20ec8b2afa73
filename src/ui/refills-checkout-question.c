/* refills-checkout-question.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a checkout has to ask before an order is sent, in words.
 */
#include "config.h"

#include "refills-checkout-question.h"

#include <glib/gi18n.h>

#include "refills-order-terms.h"

/* What it is, and what would be paid for it. */
static char *
describe_order (RefillsOrder *order)
{
  RefillsPayment *payment = refills_order_get_payment (order);
  const char *title = refills_order_get_title (order);
  const char *face = refills_order_get_face_label (order);

  if (payment == NULL)
    /* Translators: what was bought and its value: "Steam, $10". */
    return g_strdup_printf (C_("question", "%s, %s"), title, face);

  /* Translators: what was bought, its value, and the amount to pay: "Steam, $10, for 11.47 USDC". */
  return g_strdup_printf (C_("question", "%s, %s, for %s"), title, face, refills_payment_get_amount_label (payment));
}

/**
 * refills_checkout_question_dup_replaced:
 * @other: (nullable): an order that waits for its payment, where it is known which
 *
 * Returns: (transfer full): what another order does to it, in words
 */
char *
refills_checkout_question_dup_replaced (RefillsOrder *other)
{
  g_autofree char *which = other != NULL ? describe_order (other) : NULL;

  if (which == NULL)
    return g_strdup (_("Another order is waiting for its payment. If you have already paid it, wait: a new order "
                       "replaces it, and its address must not be paid any more."));

  /* Translators: %s is an order, such as "Steam, $10, for 11.47 USDC". */
  return g_strdup_printf (_("You already have an order waiting for its payment: %s. If you have already paid it, "
                            "wait: a new order replaces it, and its address must not be paid any more."), which);
}

static char *
describe_same (RefillsOrder *other)
{
  g_autofree char *which = other != NULL ? describe_order (other) : NULL;

  if (which == NULL)
    return g_strdup (_("You ordered the same less than ten minutes ago."));

  /* Translators: %s is an order, such as "Steam, $10". */
  return g_strdup_printf (_("You ordered the same less than ten minutes ago: %s."), which);
}

/**
 * refills_checkout_question_ask:
 * @checkout: a checkout with a question
 * @parent: (nullable): the window it is asked in
 *
 * Asks. Who hears the answer tells the checkout.
 *
 * Returns: (transfer none) (nullable): the question on the screen, or `NULL` where there is none
 */
RefillsConfirm *
refills_checkout_question_ask (RefillsCheckout *checkout,
                               GtkWindow       *parent)
{
  RefillsOrder *other = refills_checkout_get_other_order (checkout);
  const char *look = other != NULL ? _("Show That Order") : _("Show Orders");
  RefillsConfirmText text = { NULL };
  g_autofree char *body = NULL;
  RefillsConfirm *confirm = NULL;

  switch (refills_checkout_get_question (checkout)) {
  case REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER:
    text.title = _("Replace the Order That Waits?");
    body = refills_checkout_question_dup_replaced (other);
    text.look = look;
    text.go = _("Replace");
    text.is_destructive = TRUE;
    break;
  case REFILLS_CHECKOUT_QUESTION_SAME_BASKET:
    text.title = _("Order the Same Again?");
    body = describe_same (other);
    text.look = look;
    text.go = _("Order Again");
    break;
  case REFILLS_CHECKOUT_QUESTION_LOCKED:
    text.title = _("Unlock Your Orders?");
    body = g_strdup (_("A new order is kept with the others, and they are locked. Nothing was sent."));
    text.go = _("Unlock");
    break;
  case REFILLS_CHECKOUT_QUESTION_NO_KEYRING:
    text.title = _("Keep the Key in a File?");
    body = g_strdup (_("This computer has no keyring that would keep the key to your orders. With the key in a file, "
                       "anyone who can read your files could read your codes."));
    text.go = _("Keep the Key in a File");
    break;
  case REFILLS_CHECKOUT_QUESTION_NONE:
  default:
    return NULL;
  }
  text.body = body;
  confirm = refills_confirm_new (parent, &text);
  gtk_window_present (GTK_WINDOW (confirm));

  return confirm;
}

/**
 * refills_checkout_question_explain:
 * @parent: (nullable): the window it is asked in
 *
 * Says what must be known before the first order that costs money, and asks whether to go on.
 *
 * Returns: (transfer none): the question on the screen
 */
RefillsConfirm *
refills_checkout_question_explain (GtkWindow *parent)
{
  g_autofree char *body = refills_order_terms_dup_text ();
  const RefillsConfirmText text = { .title = _("Before Your First Order"), .body = body, .go = _("Continue") };
  RefillsConfirm *confirm = refills_confirm_new (parent, &text);

  gtk_window_present (GTK_WINDOW (confirm));

  return confirm;
}
