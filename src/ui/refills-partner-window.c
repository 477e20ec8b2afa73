/* refills-partner-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPartnerWindow:
 *
 * Asks, once, for the partner ID that the service knows an application by (API reference, section 1.1: it decides who
 * gets the commission, and is not needed to order).
 *
 * Saves the answer as a setting, and hands it to the shop at once. Closing it is the answer that there is none; it is
 * not asked again either way.
 */

#include "config.h"

#include "refills-partner-window.h"

#include "refills-error.h"

struct _RefillsPartnerWindow {
  AdwWindow     parent_instance;

  AdwEntryRow  *entry_row;
  GtkLabel     *complaint_label;

  RefillsShop  *shop;
  GSettings    *settings;
};

G_DEFINE_FINAL_TYPE (RefillsPartnerWindow, refills_partner_window, ADW_TYPE_WINDOW)

static void
complain (RefillsPartnerWindow *self,
          const char           *text)
{
  gtk_label_set_text (self->complaint_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->complaint_label), text != NULL);
  if (text != NULL) {
    gtk_widget_add_css_class (GTK_WIDGET (self->entry_row), "error");
    gtk_widget_grab_focus (GTK_WIDGET (self->entry_row));
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry_row), "error");
  }
}

static void
entry_changed_cb (RefillsPartnerWindow *self)
{
  complain (self, NULL);
}

static void
save_cb (RefillsPartnerWindow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry_row))));
  g_autoptr (GError) error = NULL;

  if (!refills_shop_set_partner_id (self->shop, text, &error)) {
    complain (self, refills_error_to_text (error));
    return;
  }
  g_settings_set_string (self->settings, "partner-id", text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
refills_partner_window_dispose (GObject *object)
{
  RefillsPartnerWindow *self = REFILLS_PARTNER_WINDOW (object);

  g_clear_object (&self->shop);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (refills_partner_window_parent_class)->dispose (object);
}

static void
refills_partner_window_class_init (RefillsPartnerWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_partner_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-partner-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPartnerWindow, entry_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPartnerWindow, complaint_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
refills_partner_window_init (RefillsPartnerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_partner_window_new:
 * @parent: the window it belongs to
 * @shop: the shop that is to send the ID
 * @settings: where it is kept, and that it was asked for
 *
 * Makes the question. Whatever is answered, `partner-id-asked` is set.
 *
 * Returns: (transfer none): a modal window, which GTK owns
 */
RefillsPartnerWindow *
refills_partner_window_new (GtkWindow   *parent,
                            RefillsShop *shop,
                            GSettings   *settings)
{
  RefillsPartnerWindow *self = g_object_new (REFILLS_TYPE_PARTNER_WINDOW, "transient-for", parent, NULL);

  self->shop = g_object_ref (shop);
  self->settings = g_object_ref (settings);
  g_settings_set_boolean (settings, "partner-id-asked", TRUE);

  return self;
}
