/* refills-exchange-help.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsExchangeHelp:
 *
 * What goes wrong where an exchange pays: its fee, its waiting times, and its own names of networks. Folded up until
 * somebody wants it.
 *
 * Made of one verified payment and thrown away with it; no fee is invented, since every exchange has its own. Its text
 * is made when it is first unfolded: the page is not to wait for what is not seen.
 */

#include "config.h"

#include "refills-exchange-help.h"

#include <glib/gi18n.h>

struct _RefillsExchangeHelp
{
  AdwBin          parent_instance;

  RefillsPayment *payment; /* NULL once there is text */
  AdwExpanderRow *expander;
};

G_DEFINE_FINAL_TYPE (RefillsExchangeHelp, refills_exchange_help, ADW_TYPE_BIN)

static void
add_text (RefillsExchangeHelp *self,
          const char          *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "margin-start", 12, "margin-end", 12, "margin-top", 9, "margin-bottom", 9, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", label, "activatable", FALSE, "focusable", FALSE, NULL);

  adw_expander_row_add_row (self->expander, row);
  g_object_bind_property (self->expander, "expanded", row, "visible", G_BINDING_SYNC_CREATE);
}

/* Over Lightning the exchange reads the amount, and asks for no network. */
static void
add_invoice_texts (RefillsExchangeHelp *self,
                   const char          *amount)
{
  g_autofree char *amount_text = NULL;

  /* Translators: %s is an amount with its coin */
  amount_text = g_strdup_printf (_("The exchange must then show that %s arrives. Its fee comes on top."), amount);
  add_text (self, _("Paste or scan the invoice where the exchange sends over Lightning. The amount is in the invoice: "
                    "there is none to type."));
  add_text (self, amount_text);
  add_text (self, _("If your exchange can’t pay over Lightning, use a Lightning wallet, or order again with another "
                    "coin."));
}

static void
add_address_texts (RefillsExchangeHelp *self,
                   const char          *amount,
                   const RefillsToken  *token)
{
  const char *exchange_name = refills_token_get_exchange_name (token);
  const char *title = refills_token_get_network_title (token);
  g_autofree char *amount_text = NULL;
  g_autofree char *fee_text = NULL;
  g_autofree char *network_text = NULL;

  /* Translators: %s is an amount with its coin */
  amount_text = g_strdup_printf (_("Type %s as the amount that arrives, not as the amount to send."), amount);
  /* Translators: %s is an amount with its coin */
  fee_text = g_strdup_printf (_("Some exchanges take their fee out of the amount, others add it. Exactly %s must "
                                "arrive: if the last page says less, change the amount there."), amount);
  if (exchange_name != NULL)
    /* Translators: %1$s is what exchanges call a network, %2$s its own name: “TRC-20”, “Tron” */
    network_text = g_strdup_printf (_("Choose the network %1$s (%2$s), even if another is cheaper."), exchange_name,
                                    title);
  else
    /* Translators: %s is a network */
    network_text = g_strdup_printf (_("Choose the network %s, even if another is cheaper."), title);

  add_text (self, amount_text);
  add_text (self, fee_text);
  add_text (self, network_text);
}

static void
add_texts (RefillsExchangeHelp *self,
           RefillsPayment      *payment)
{
  const char *amount = refills_payment_get_amount_label (payment);

  if (refills_payment_get_family (payment) == REFILLS_ADDRESS_LIGHTNING)
    add_invoice_texts (self, amount);
  else
    add_address_texts (self, amount, refills_payment_get_token (payment));
  if (refills_payment_get_comment (payment) != NULL)
    add_text (self, _("Type the comment, too. Exchanges call it memo or tag."));
  add_text (self, _("A withdrawal can take longer than the time that is left. If the exchange has to check it first, "
                    "don’t start it now."));
}

static void
expanded_cb (RefillsExchangeHelp *self)
{
  g_autoptr (RefillsPayment) payment = g_steal_pointer (&self->payment);

  if (payment != NULL)
    add_texts (self, payment);
}

static void
refills_exchange_help_dispose (GObject *object)
{
  g_clear_object (&REFILLS_EXCHANGE_HELP (object)->payment);

  G_OBJECT_CLASS (refills_exchange_help_parent_class)->dispose (object);
}

static void
refills_exchange_help_class_init (RefillsExchangeHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = refills_exchange_help_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-exchange-help.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsExchangeHelp, expander);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
refills_exchange_help_init (RefillsExchangeHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_exchange_help_new:
 * @payment: a verified payment
 *
 * Makes the help, folded up.
 *
 * Returns: (transfer floating): the help
 */
GtkWidget *
refills_exchange_help_new (RefillsPayment *payment)
{
  RefillsExchangeHelp *self = g_object_new (REFILLS_TYPE_EXCHANGE_HELP, NULL);

  self->payment = g_object_ref (payment);

  return GTK_WIDGET (self);
}

/**
 * refills_exchange_help_set_open:
 * @self: the help
 * @open: whether somebody pays from an exchange
 *
 * Unfolds it, or folds it up.
 */
void
refills_exchange_help_set_open (RefillsExchangeHelp *self,
                                gboolean             open)
{
  g_return_if_fail (REFILLS_IS_EXCHANGE_HELP (self));

  adw_expander_row_set_expanded (self->expander, open);
}
