/* refills-payment-facts.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPaymentFacts:
 *
 * What is to be paid, where to and on which network, in words, each to be copied; and what the wallet must say then.
 *
 * Made of one verified payment and thrown away with it. Nothing in it depends on what the QR code holds: no wallet is
 * trusted to have read that.
 */

#include "config.h"

#include "refills-payment-facts.h"

#include "refills-copy-row.h"

#include <glib/gi18n.h>

#include <string.h>

/* Characters of an address, or a contract, by which people tell it apart. */
#define HEAD_CHARS 6
#define TAIL_CHARS 4

struct _RefillsPaymentFacts
{
  AdwBin     parent_instance;

  GtkWidget *amount_row;
  GtkWidget *address_row;
  GtkWidget *network_row;
  GtkWidget *token_row;
  GtkWidget *comment_row;
  GtkLabel  *check_label;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentFacts, refills_payment_facts, ADW_TYPE_BIN)

enum {
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ASCII. Without the prefix that all addresses of a chain have: it tells nothing apart. */
static char *
shorten (const char *text)
{
  const char *colon = strchr (text, ':');
  const char *bare = colon != NULL ? colon + 1 : text;
  gsize length = strlen (bare);

  if (length <= HEAD_CHARS + TAIL_CHARS)
    return g_strdup (bare);

  return g_strdup_printf ("%.*s…%s", HEAD_CHARS, bare, bare + length - TAIL_CHARS);
}

static void
make_bold (PangoAttrList *attributes,
           const char    *text,
           const char    *part)
{
  const char *found = g_strrstr (text, part);
  PangoAttribute *bold;

  if (found == NULL)
    return;

  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->start_index = (guint) (found - text);
  bold->end_index = (guint) (found - text + strlen (part));
  pango_attr_list_insert (attributes, bold);
}

static void
show_check (RefillsPaymentFacts *self,
            RefillsPayment      *payment)
{
  const char *amount = refills_payment_get_amount_label (payment);
  const char *network = refills_payment_get_network_title (payment);
  g_autofree char *address = shorten (refills_payment_get_address (payment));
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* No wallet shows an invoice: it shows what the invoice says. */
  if (refills_payment_get_family (payment) == REFILLS_ADDRESS_LIGHTNING)
    /* Translators: %1$s is an amount with its coin, %2$s a network: “0.00011 BTC on Lightning” */
    text = g_strdup_printf (_("Your wallet must now show %1$s on %2$s. If it shows anything else, don’t pay."),
                            amount, network);
  else
    /* Translators: %1$s is an amount with its coin, %2$s the start and the end of an address, %3$s a network */
    text = g_strdup_printf (_("Your wallet must now show %1$s to %2$s on %3$s. "
                              "If it shows anything else, don’t pay."), amount, address, network);

  make_bold (attributes, text, amount);
  make_bold (attributes, text, address);
  make_bold (attributes, text, network);
  gtk_label_set_text (self->check_label, text);
  gtk_label_set_attributes (self->check_label, attributes);
}

static void
show_network (RefillsPaymentFacts *self,
              RefillsPayment      *payment)
{
  const char *title = refills_payment_get_network_title (payment);
  const char *exchange_name = refills_token_get_exchange_name (refills_payment_get_token (payment));
  const char *coin = refills_payment_get_coin (payment);
  g_autofree char *note = NULL;

  if (refills_payment_get_family (payment) == REFILLS_ADDRESS_LIGHTNING)
    note = g_strdup (_("Pay the invoice over Lightning only."));
  else if (exchange_name != NULL)
    /* Translators: %1$s is a coin, %2$s a network, %3$s what exchanges call the network: “TRC-20” */
    note = g_strdup_printf (_("Send %1$s on %2$s only. On exchanges: %3$s."), coin, title, exchange_name);
  else if (g_ascii_strcasecmp (coin, title) != 0)
    /* Translators: %1$s is a coin, %2$s a network: “Send USDC on Base only.” */
    note = g_strdup_printf (_("Send %1$s on %2$s only."), coin, title);
  else
    note = g_strdup (_("Send it on this network only."));
  g_object_set (self->network_row, "text", title, "note", note, NULL);
}

static void
show_token (RefillsPaymentFacts *self,
            RefillsPayment      *payment)
{
  const RefillsToken *token = refills_payment_get_token (payment);
  g_autofree char *text = NULL;

  if (token->asset_name == NULL || token->contract == NULL)
    return;

  /* Translators: %1$s is what a token is called, as “USDC.e”, %2$s the end of its contract’s address */
  text = g_strdup_printf (_("%1$s, the contract that ends in %2$s"), _(token->asset_name),
                          token->contract + (strlen (token->contract) > TAIL_CHARS
                                               ? strlen (token->contract) - TAIL_CHARS : 0));
  /* Not to be copied: what is sent to a contract is lost. */
  g_object_set (self->token_row, "text", text, NULL);
  gtk_widget_set_visible (self->token_row, TRUE);
}

static void
copied_cb (RefillsPaymentFacts *self,
           const char          *text)
{
  g_signal_emit (self, signals[COPIED], 0, text);
}

static void
refills_payment_facts_class_init (RefillsPaymentFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * RefillsPaymentFacts::copied:
   * @text: what is on its way to the clipboard
   *
   * One of the facts was copied.
   */
  signals[COPIED] =
    g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);

  g_type_ensure (REFILLS_TYPE_COPY_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-payment-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, amount_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, address_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, network_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, token_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, comment_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentFacts, check_label);
  gtk_widget_class_bind_template_callback (widget_class, copied_cb);
}

static void
refills_payment_facts_init (RefillsPaymentFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_payment_facts_new:
 * @payment: a verified payment
 *
 * Makes the rows of a payment.
 *
 * Returns: (transfer floating): the rows
 */
GtkWidget *
refills_payment_facts_new (RefillsPayment *payment)
{
  RefillsPaymentFacts *self = g_object_new (REFILLS_TYPE_PAYMENT_FACTS, NULL);
  gboolean is_invoice = refills_payment_get_family (payment) == REFILLS_ADDRESS_LIGHTNING;

  g_object_set (self->amount_row,
                "title", refills_payment_is_rest (payment) ? _("Still to Pay") : _("Amount"),
                "text", refills_payment_get_amount_label (payment),
                "copy-text", refills_payment_get_amount (payment),
                NULL);
  g_object_set (self->address_row, "title", is_invoice ? _("Invoice") : _("Address"), "grouped", !is_invoice,
                "text", refills_payment_get_address (payment), NULL);
  show_network (self, payment);
  show_token (self, payment);
  g_object_set (self->comment_row, "text", refills_payment_get_comment (payment),
                "visible", refills_payment_get_comment (payment) != NULL, NULL);
  show_check (self, payment);

  return GTK_WIDGET (self);
}
