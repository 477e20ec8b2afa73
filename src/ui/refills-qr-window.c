/* refills-qr-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsQrWindow:
 *
 * A payment's QR code over the whole screen, to be scanned from a distance.
 *
 * Shows what it is given and nothing else; who made it closes it when the payment goes.
 */

#include "config.h"

#include "refills-qr-window.h"

#include "refills-qr-picture.h"

struct _RefillsQrWindow
{
  AdwWindow  parent_instance;

  GtkWidget *picture;
  GtkLabel  *summary_label;
  GtkLabel  *holds_label;
  GtkWidget *practice_label;
};

G_DEFINE_FINAL_TYPE (RefillsQrWindow, refills_qr_window, ADW_TYPE_WINDOW)

static void
refills_qr_window_class_init (RefillsQrWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REFILLS_TYPE_QR_PICTURE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-qr-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsQrWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, RefillsQrWindow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsQrWindow, holds_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsQrWindow, practice_label);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
refills_qr_window_init (RefillsQrWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Where nobody makes it fullscreen, as without a window manager, it is as large as its screen. */
static void
take_size (GtkWindow *window,
           GtkWindow *parent)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (parent));
  GdkMonitor *monitor = surface != NULL
                          ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (GTK_WIDGET (parent)), surface)
                          : NULL;
  GdkRectangle area = { .width = 720, .height = 800 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_default_size (window, area.width, area.height);
  gtk_window_fullscreen (window);
}

/**
 * refills_qr_window_new:
 * @parent: the window it belongs to
 * @is_practice: whether nothing of it is real
 *
 * Makes the window, without a code yet.
 *
 * Returns: (transfer none): a modal window, which GTK owns
 */
RefillsQrWindow *
refills_qr_window_new (GtkWindow *parent,
                       gboolean   is_practice)
{
  RefillsQrWindow *self = g_object_new (REFILLS_TYPE_QR_WINDOW, "transient-for", parent, NULL);

  gtk_widget_set_visible (self->practice_label, is_practice);
  take_size (GTK_WINDOW (self), parent);

  return self;
}

/**
 * refills_qr_window_set_code:
 * @self: a window
 * @qr: the code
 * @summary: what is to be paid, for people: "11.47 USDC on Solana"
 * @holds: what the code says, in words
 *
 * Shows a code, in place of another.
 */
void
refills_qr_window_set_code (RefillsQrWindow    *self,
                            RefillsQrPaintable *qr,
                            const char         *summary,
                            const char         *holds)
{
  g_return_if_fail (REFILLS_IS_QR_WINDOW (self));

  g_object_set (self->picture, "qr", qr, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, holds, -1);
  gtk_label_set_text (self->summary_label, summary);
  gtk_label_set_text (self->holds_label, holds);
}
