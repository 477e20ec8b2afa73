/* refills-clipboard.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one way to the clipboard. Owns nothing beyond one copy; never changes, groups or trims what
 * it is given.
 */
#include "refills-clipboard.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  GtkWidget *widget;
  char      *text;
} Copy;

static void
copy_free (Copy *copy)
{
  g_clear_object (&copy->widget);
  g_clear_pointer (&copy->text, g_free);
  g_free (copy); /* allocated in refills_clipboard_copy() */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
show_toast (GtkWidget  *widget,
            const char *title)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (error != NULL)
    g_message ("The clipboard cannot be read back: %s", error->message);

  if (g_strcmp0 (text, copy->text) == 0)
    show_toast (copy->widget, _("Copied"));
  else
    show_toast (copy->widget, _("Could not be copied"));
}

/**
 * refills_clipboard_copy:
 * @widget: where the person asked for it
 * @text: what to copy, byte for byte
 *
 * Copies a text, reads the clipboard again, and says in a toast whether it is there.
 */
void
refills_clipboard_copy (GtkWidget  *widget,
                        const char *text)
{
  GdkClipboard *clipboard;
  Copy *copy;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  clipboard = gtk_widget_get_clipboard (widget);
  gdk_clipboard_set_text (clipboard, text);

  copy = g_new0 (Copy, 1);
  copy->widget = g_object_ref (widget);
  copy->text = g_strdup (text);
  gdk_clipboard_read_text_async (clipboard, NULL, read_ready_cb, copy);
}
