/* refills-refusal-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsRefusalView:
 *
 * What can be done about an order whose payment was refused. The reason itself is the order's status.
 *
 * Follows the order, and hides itself while nothing is refused. It has nothing that could be paid to: what the message
 * to support says is made when somebody asks for it, and shown in a window of its own.
 */

#include "config.h"

#include "refills-refusal-view.h"

#include "refills-support-window.h"

struct _RefillsRefusalView
{
  AdwBin                parent_instance;

  RefillsOrder         *order;
  RefillsSupportWindow *window; /* weak; NULL while it is closed */
};

G_DEFINE_FINAL_TYPE (RefillsRefusalView, refills_refusal_view, ADW_TYPE_BIN)

static void
support_cb (RefillsRefusalView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = refills_order_dup_support_text (self->order, REFILLS_VERSION);

  if (text == NULL || self->window != NULL || !GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, refills_support_window_new (GTK_WINDOW (root), text));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
sync_visible (RefillsRefusalView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), refills_order_get_refusal (self->order) != NULL &&
                                             !refills_order_is_paid_elsewhere (self->order));
}

static void
refills_refusal_view_dispose (GObject *object)
{
  RefillsRefusalView *self = REFILLS_REFUSAL_VIEW (object);

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_refusal_view_parent_class)->dispose (object);
}

static void
refills_refusal_view_class_init (RefillsRefusalViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = refills_refusal_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-refusal-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
}

static void
refills_refusal_view_init (RefillsRefusalView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_refusal_view_new:
 * @order: an order, for as long as the view lives
 *
 * Makes the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_refusal_view_new (RefillsOrder *order)
{
  RefillsRefusalView *self = g_object_new (REFILLS_TYPE_REFUSAL_VIEW, NULL);

  self->order = g_object_ref (order);
  g_signal_connect_object (order, "notify::refusal", G_CALLBACK (sync_visible), self, G_CONNECT_SWAPPED);
  sync_visible (self);

  return GTK_WIDGET (self);
}
