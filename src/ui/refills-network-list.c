/* refills-network-list.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsNetworkList:
 *
 * The networks of the chosen coin, one of which is chosen; those that cannot be used now with the reason.
 *
 * Follows one checkout, to which it is bound once. It decides nothing: what stands against a network is the
 * checkout's to say. Without networks it hides itself.
 */

#include "config.h"

#include "refills-network-list.h"

#include "refills-network-row.h"

#include <glib/gi18n.h>

struct _RefillsNetworkList {
  AdwBin               parent_instance;

  RefillsCheckout     *checkout;
  GtkListBox          *list;
  GPtrArray           *rows;    /* of RefillsNetworkRow, which the list owns */
  GtkWidget           *nothing; /* in the group of the buttons, and active where no network is chosen */
  gboolean             syncing;
};

G_DEFINE_FINAL_TYPE (RefillsNetworkList, refills_network_list, ADW_TYPE_BIN)

static void
toggled_cb (RefillsNetworkList *self,
            GtkCheckButton     *button)
{
  if (self->syncing || self->checkout == NULL || !gtk_check_button_get_active (button))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    if (refills_network_row_get_button (self->rows->pdata[i]) == GTK_WIDGET (button))
      refills_checkout_set_network (self->checkout, refills_network_row_get_network (self->rows->pdata[i]));
}

static void
sync_rows (RefillsNetworkList *self)
{
  RefillsCoin *coin = self->checkout != NULL ? refills_checkout_get_coin (self->checkout) : NULL;
  GtkWidget *chosen = self->nothing;

  if (coin == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++) {
    RefillsNetworkRow *row = self->rows->pdata[i];
    RefillsNetwork *network = refills_network_row_get_network (row);
    g_autofree char *bar = refills_checkout_dup_bar (self->checkout, coin, network);

    refills_network_row_set_state (row, refills_checkout_is_recommended (self->checkout, network), bar);
    if (network == refills_checkout_get_network (self->checkout))
      chosen = refills_network_row_get_button (row);
  }
  self->syncing = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (chosen), TRUE);
  self->syncing = FALSE;
}

static void
fill (RefillsNetworkList *self)
{
  RefillsCoin *coin = self->checkout != NULL ? refills_checkout_get_coin (self->checkout) : NULL;
  GListModel *networks = self->checkout != NULL ? refills_checkout_get_networks (self->checkout) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; coin != NULL && i < g_list_model_get_n_items (networks); i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, i);
    GtkWidget *row = refills_network_row_new (network, refills_coin_get_symbol (coin));
    GtkWidget *button = refills_network_row_get_button (REFILLS_NETWORK_ROW (row));

    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (self->nothing));
    g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (self->list, row);
    g_ptr_array_add (self->rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
  sync_rows (self);
}

static void
refills_network_list_dispose (GObject *object)
{
  RefillsNetworkList *self = REFILLS_NETWORK_LIST (object);

  if (self->rows != NULL)
    g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->checkout);

  G_OBJECT_CLASS (refills_network_list_parent_class)->dispose (object);
}

static void
refills_network_list_finalize (GObject *object)
{
  RefillsNetworkList *self = REFILLS_NETWORK_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->nothing);

  G_OBJECT_CLASS (refills_network_list_parent_class)->finalize (object);
}

static void
refills_network_list_class_init (RefillsNetworkListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = refills_network_list_dispose;
  G_OBJECT_CLASS (class)->finalize = refills_network_list_finalize;
}

static void
refills_network_list_init (RefillsNetworkList *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->rows = g_ptr_array_new ();
  self->nothing = g_object_ref_sink (gtk_check_button_new ());
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Network"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Network"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * refills_network_list_set_checkout:
 * @self: a list without a checkout
 * @checkout: a checkout
 *
 * Follows it.
 */
void
refills_network_list_set_checkout (RefillsNetworkList *self,
                                   RefillsCheckout    *checkout)
{
  g_return_if_fail (REFILLS_IS_NETWORK_LIST (self));
  g_return_if_fail (self->checkout == NULL);

  self->checkout = g_object_ref (checkout);
  g_signal_connect_object (refills_checkout_get_networks (checkout), "items-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (checkout, "notify::network", G_CALLBACK (sync_rows), self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * refills_network_list_focus_chosen:
 * @self: a list
 *
 * Gives the focus to the network that is chosen.
 *
 * Returns: whether there is one
 */
gboolean
refills_network_list_focus_chosen (RefillsNetworkList *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK_LIST (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *button = refills_network_row_get_button (self->rows->pdata[i]);

    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
      return gtk_widget_grab_focus (self->rows->pdata[i]);
  }

  return FALSE;
}
