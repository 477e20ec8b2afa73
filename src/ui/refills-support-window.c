/* refills-support-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSupportWindow:
 *
 * A message to the support of Cryptorefills: to be read first, and then copied. Nothing is sent from here; the site of
 * the service is opened when it is asked for, and its host stands on the button.
 *
 * Owns the text that it shows.
 */

#include "config.h"

#include "refills-support-window.h"

#include "refills-browser.h"
#include "refills-clipboard.h"

/* The service's own site, where its support is asked by a form. No page of its own is known for the form. */
#define SUPPORT_URI "https://www.cryptorefills.com/en/"

struct _RefillsSupportWindow
{
  AdwWindow   parent_instance;

  GtkLabel   *text_label;
  GtkWidget  *copy_button;

  char       *text;
};

G_DEFINE_FINAL_TYPE (RefillsSupportWindow, refills_support_window, ADW_TYPE_WINDOW)

static void
copy_cb (RefillsSupportWindow *self)
{
  refills_clipboard_copy (self->copy_button, self->text);
}

static void
open_cb (RefillsSupportWindow *self)
{
  refills_browser_open (self->copy_button, SUPPORT_URI);
}

static void
refills_support_window_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_SUPPORT_WINDOW (object)->text, g_free);

  G_OBJECT_CLASS (refills_support_window_parent_class)->finalize (object);
}

static void
refills_support_window_class_init (RefillsSupportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = refills_support_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-support-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsSupportWindow, text_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSupportWindow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
refills_support_window_init (RefillsSupportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_support_window_new:
 * @parent: the window it belongs to
 * @text: the message
 *
 * Makes the window.
 *
 * Returns: (transfer none): a modal window, which GTK owns
 */
RefillsSupportWindow *
refills_support_window_new (GtkWindow  *parent,
                            const char *text)
{
  RefillsSupportWindow *self = g_object_new (REFILLS_TYPE_SUPPORT_WINDOW, "transient-for", parent, NULL);

  self->text = g_strdup (text);
  gtk_label_set_text (self->text_label, text);
  /* A label that gets the focus shows all of its text as selected. */
  gtk_widget_grab_focus (self->copy_button);

  return self;
}
