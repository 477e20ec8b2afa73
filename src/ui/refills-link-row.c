/* refills-link-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsLinkRow:
 *
 * How news of an order comes just now, and when the next try is where none comes.
 *
 * Holds the order and follows it. Owns one timer, which runs only while a try is waited for and the row can be seen:
 * while news comes, nothing wakes the computer.
 */

#include "config.h"

#include "refills-link-row.h"

#include <glib/gi18n.h>

struct _RefillsLinkRow {
  AdwBin        parent_instance;

  RefillsOrder *order;
  GtkImage     *icon;
  GtkLabel     *text_label;
  GtkLabel     *time_label;
  guint         timer;
};

G_DEFINE_FINAL_TYPE (RefillsLinkRow, refills_link_row, ADW_TYPE_BIN)

static const char *
choose_icon (RefillsOrderLink link)
{
  switch (link) {
    case REFILLS_ORDER_LINK_LIVE:
      return "network-transmit-receive-symbolic";
    case REFILLS_ORDER_LINK_POLLING:
      return "view-refresh-symbolic";
    case REFILLS_ORDER_LINK_WAITING:
      return "document-open-recent-symbolic";
    case REFILLS_ORDER_LINK_OFFLINE:
      return "network-offline-symbolic";
    case REFILLS_ORDER_LINK_GONE:
    case REFILLS_ORDER_LINK_REFUSED:
      return "dialog-warning-symbolic";
    case REFILLS_ORDER_LINK_CONNECTING:
    case REFILLS_ORDER_LINK_IDLE:
    default:
      return "content-loading-symbolic";
  }
}

static void show_time (RefillsLinkRow *self); /* its timer calls it again */

static gboolean
timer_cb (gpointer user_data)
{
  RefillsLinkRow *self = user_data;

  self->timer = 0;
  show_time (self);

  return G_SOURCE_REMOVE;
}

static void
show_time (RefillsLinkRow *self)
{
  gint64 left = refills_order_get_link_until (self->order) - g_get_monotonic_time ();
  g_autofree char *text = NULL;
  guint seconds = 0;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (left <= 0 || !refills_order_is_open (self->order)) {
    gtk_widget_set_visible (GTK_WIDGET (self->time_label), FALSE);
    return;
  }

  seconds = (guint) MIN ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, G_MAXINT);
  text = g_strdup_printf (ngettext ("Next try in %u second", "Next try in %u seconds", seconds), seconds);
  gtk_label_set_text (self->time_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->time_label), TRUE);

  /* When the number changes next, and not before. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add ((guint) ((left - 1) % G_USEC_PER_SEC / 1000) + 2, timer_cb, self);
}

static void
sync_link (RefillsLinkRow *self)
{
  const char *text = refills_order_get_link_text (self->order);
  gboolean is_shown = refills_order_is_open (self->order) && text && *text != '\0';

  gtk_image_set_from_icon_name (self->icon, choose_icon (refills_order_get_link (self->order)));
  gtk_label_set_text (self->text_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), is_shown);
  show_time (self);
}

static void
refills_link_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (refills_link_row_parent_class)->map (widget);

  show_time (REFILLS_LINK_ROW (widget));
}

static void
refills_link_row_unmap (GtkWidget *widget)
{
  RefillsLinkRow *self = REFILLS_LINK_ROW (widget);

  g_clear_handle_id (&self->timer, g_source_remove);

  GTK_WIDGET_CLASS (refills_link_row_parent_class)->unmap (widget);
}

static void
refills_link_row_dispose (GObject *object)
{
  RefillsLinkRow *self = REFILLS_LINK_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_link_row_parent_class)->dispose (object);
}

static void
refills_link_row_class_init (RefillsLinkRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_link_row_dispose;
  widget_class->map = refills_link_row_map;
  widget_class->unmap = refills_link_row_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-link-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsLinkRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsLinkRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsLinkRow, time_label);
}

static void
refills_link_row_init (RefillsLinkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_link_row_new:
 * @order: the order, for as long as the row lives
 *
 * Makes the row, which is hidden while no news is awaited.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
refills_link_row_new (RefillsOrder *order)
{
  static const char *const signals[] = {
    "notify::link", "notify::link-text", "notify::link-until", "notify::open",
  };
  RefillsLinkRow *self = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  self = g_object_new (REFILLS_TYPE_LINK_ROW, NULL);
  self->order = g_object_ref (order);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_link), self, G_CONNECT_SWAPPED);
  sync_link (self);

  return GTK_WIDGET (self);
}
