/* refills-exchange-help.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsExchangeHelp:
 *
 * What goes wrong where an exchange pays: its fee, its waiting times, and its own names of networks. Folded up until
 * somebody wants it.
 *
 * Made of one verified payment and thrown away with it; no fee is invented, since every exchange has its own.
 */

#include "config.h"

#include "refills-exchange-help.h"

#include <glib/gi18n.h>

struct _RefillsExchangeHelp
{
  AdwBin          parent_instance;

  AdwExpanderRow *expander;
  GtkLabel       *amount_label;
  GtkLabel       *fee_label;
  GtkLabel       *network_label;
};

G_DEFINE_FINAL_TYPE (RefillsExchangeHelp, refills_exchange_help, ADW_TYPE_BIN)

static void
refills_exchange_help_class_init (RefillsExchangeHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-exchange-help.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsExchangeHelp, expander);
  gtk_widget_class_bind_template_child (widget_class, RefillsExchangeHelp, amount_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsExchangeHelp, fee_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsExchangeHelp, network_label);
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
  const char *amount = refills_payment_get_amount_label (payment);
  const char *exchange_name = refills_token_get_exchange_name (refills_payment_get_token (payment));
  const char *title = refills_payment_get_network_title (payment);
  g_autofree char *amount_text = NULL;
  g_autofree char *fee_text = NULL;
  g_autofree char *network_text = NULL;

  /* Translators: %s is an amount with its coin */
  amount_text = g_strdup_printf (_("Type %s as the amount to receive, not as the amount to send."), amount);
  /* Translators: %s is an amount with its coin */
  fee_text = g_strdup_printf (_("The exchange takes its fee from what you type, or adds it. What must arrive is "
                                "exactly %s: if its last page says less, change the amount there."), amount);
  if (exchange_name != NULL && g_ascii_strcasecmp (exchange_name, title) != 0)
    /* Translators: %1$s is what exchanges call a network, %2$s its own name: “TRC-20”, “TRON” */
    network_text = g_strdup_printf (_("Choose the network %1$s (%2$s), even if another is cheaper."), exchange_name,
                                    title);
  else
    /* Translators: %s is a network */
    network_text = g_strdup_printf (_("Choose the network %s, even if another is cheaper."), title);

  gtk_label_set_text (self->amount_label, amount_text);
  gtk_label_set_text (self->fee_label, fee_text);
  gtk_label_set_text (self->network_label, network_text);

  return GTK_WIDGET (self);
}

/**
 * refills_exchange_help_open:
 * @self: the help
 *
 * Unfolds it, for one who pays from an exchange.
 */
void
refills_exchange_help_open (RefillsExchangeHelp *self)
{
  g_return_if_fail (REFILLS_IS_EXCHANGE_HELP (self));

  adw_expander_row_set_expanded (self->expander, TRUE);
}
