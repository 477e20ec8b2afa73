/* refills-help-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsHelpView:
 *
 * What can be done about an order whose payment was refused, or whose money went another way than planned, and the
 * message to the seller's support. What happened is the order's status.
 *
 * Follows the order, and hides itself while all goes as planned. It has nothing that could be paid to: what the message
 * says is made when somebody asks for it, and shown in a window of its own.
 */

#include "config.h"

#include "refills-help-view.h"

#include "refills-support-window.h"

struct _RefillsHelpView
{
  AdwBin                parent_instance;

  GtkLabel             *text_label;
  RefillsOrder         *order;
  RefillsSupportWindow *window; /* weak; NULL while it is closed */
};

G_DEFINE_FINAL_TYPE (RefillsHelpView, refills_help_view, ADW_TYPE_BIN)

static void
support_cb (RefillsHelpView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = refills_order_dup_support_text (self->order, REFILLS_VERSION);

  if (text == NULL || self->window != NULL || !GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, refills_support_window_new (GTK_WINDOW (root), text));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
sync_text (RefillsHelpView *self)
{
  g_autofree char *text = refills_order_dup_help_text (self->order);

  gtk_label_set_text (self->text_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
refills_help_view_dispose (GObject *object)
{
  RefillsHelpView *self = REFILLS_HELP_VIEW (object);

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_help_view_parent_class)->dispose (object);
}

static void
refills_help_view_class_init (RefillsHelpViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = refills_help_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-help-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, text_label);
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
}

static void
refills_help_view_init (RefillsHelpView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_help_view_new:
 * @order: an order, for as long as the view lives
 *
 * Makes the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_help_view_new (RefillsOrder *order)
{
  static const char * const signals[] = { "notify::refusal", "notify::alarm", "notify::state", "notify::sealed" };
  RefillsHelpView *self = g_object_new (REFILLS_TYPE_HELP_VIEW, NULL);

  self->order = g_object_ref (order);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_text), self, G_CONNECT_SWAPPED);
  sync_text (self);

  return GTK_WIDGET (self);
}
