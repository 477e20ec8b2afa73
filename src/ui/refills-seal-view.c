/* refills-seal-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSealView:
 *
 * Opens what is sealed of one order, and says what keeps it closed.
 *
 * Hidden as long as there is nothing to say: an order that is open, or that opens at once, never shows it. It asks
 * nobody for a key by itself; unlocking is the window's action, for everything at once.
 */

#include "config.h"

#include "refills-seal-view.h"

#include "refills-error.h"
#include "refills-strip.h"
#include "refills-vault.h"

/* Milliseconds without an answer after which a person wonders. */
#define PATIENCE 300

struct _RefillsSealView {
  AdwBin        parent_instance;

  RefillsShop  *shop;
  RefillsOrder *order;
  GCancellable *cancellable; /* of what is being opened; NULL while nothing is */
  guint         timer;

  GtkSpinner   *spinner;
  GtkWidget    *failed_strip;
  GtkWidget    *locked_box;
  GtkLabel     *reason_label;
  GtkWidget    *recover_button;
};

G_DEFINE_FINAL_TYPE (RefillsSealView, refills_seal_view, ADW_TYPE_BIN)

static void
show (RefillsSealView *self,
      GtkWidget       *shown,
      const char      *failure)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), shown == GTK_WIDGET (self->spinner));
  gtk_spinner_set_spinning (self->spinner, shown == GTK_WIDGET (self->spinner));
  g_object_set (self->failed_strip, "text", failure, NULL);
  gtk_widget_set_visible (self->locked_box, shown == self->locked_box);
  gtk_widget_set_visible (GTK_WIDGET (self), shown != NULL || failure != NULL);
}

static gboolean
patience_cb (gpointer user_data)
{
  RefillsSealView *self = user_data;

  self->timer = 0;
  show (self, GTK_WIDGET (self->spinner), NULL);

  return G_SOURCE_REMOVE;
}

static void
stop (RefillsSealView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
show_locked (RefillsSealView *self)
{
  RefillsVault *vault = refills_shop_get_vault (self->shop);
  const char *reason = refills_vault_get_reason (vault);

  gtk_label_set_text (self->reason_label, reason ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  gtk_widget_set_visible (self->recover_button, refills_vault_has_recovery (vault));
  show (self, self->locked_box, NULL);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RefillsSealView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = refills_shop_open_order_finish (REFILLS_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  if (opened || !refills_order_is_sealed (self->order)) {
    show (self, NULL, NULL);
  } else if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED)) {
    show_locked (self);
  } else {
    g_message ("order %" G_GINT64_FORMAT " cannot be opened: %s", refills_order_get_row (self->order), error->message);
    show (self, NULL, refills_error_to_text (error));
  }
}

static void
open_order (RefillsSealView *self)
{
  stop (self);
  show (self, NULL, NULL);
  if (!refills_order_is_sealed (self->order))
    return;

  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (PATIENCE, patience_cb, self);
  refills_shop_open_order_async (self->shop, self->order, self->cancellable, opened_cb, g_object_ref (self));
}

/* A locked vault is not asked: what it would say is known, and its keyring may take seconds to refuse. */
static void
sync_vault (RefillsSealView *self)
{
  if (!refills_order_is_sealed (self->order))
    return;

  switch (refills_vault_get_state (refills_shop_get_vault (self->shop))) {
    case REFILLS_VAULT_LOCKED:
      stop (self);
      show_locked (self);
      break;
    case REFILLS_VAULT_OPENING:
      stop (self);
      show (self, NULL, NULL);
      self->timer = g_timeout_add (PATIENCE, patience_cb, self);
      break;
    case REFILLS_VAULT_UNKNOWN:
    case REFILLS_VAULT_EMPTY:
    case REFILLS_VAULT_OPEN:
    default:
      open_order (self);
  }
}

static void
retry_cb (RefillsSealView *self)
{
  open_order (self);
}

static void
refills_seal_view_dispose (GObject *object)
{
  RefillsSealView *self = REFILLS_SEAL_VIEW (object);

  stop (self);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_seal_view_parent_class)->dispose (object);
}

static void
refills_seal_view_class_init (RefillsSealViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_seal_view_dispose;

  g_type_ensure (REFILLS_TYPE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-seal-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsSealView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RefillsSealView, failed_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsSealView, locked_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsSealView, reason_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSealView, recover_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
refills_seal_view_init (RefillsSealView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_seal_view_new:
 * @shop: the shop of the order
 * @order: the order, for as long as the view lives
 *
 * Makes the view, and begins to open the order where it is sealed.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_seal_view_new (RefillsShop  *shop,
                       RefillsOrder *order)
{
  RefillsSealView *self = NULL;

  g_return_val_if_fail (REFILLS_IS_SHOP (shop), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  self = g_object_new (REFILLS_TYPE_SEAL_VIEW, NULL);
  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  g_signal_connect_object (refills_shop_get_vault (shop), "notify::state", G_CALLBACK (sync_vault), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::sealed", G_CALLBACK (open_order), self, G_CONNECT_SWAPPED);
  sync_vault (self);

  return GTK_WIDGET (self);
}
