/* refills-browser.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The way to a page that a person asked for, in the browser of this computer. Opens nothing by itself, and never says
 * in a log what was opened: in a link may be what only one person is to know.
 */
#include "refills-browser.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
opened_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *overlay = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("A page cannot be opened: error %d of %s", error->code, g_quark_to_string (error->domain));
  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_("The browser could not be opened")));
}

/**
 * refills_browser_open:
 * @widget: where the person asked for it, after the host of the page was shown there
 * @uri: a page that may be opened, see refills_web_page_dup_host()
 *
 * Opens a page, or says in a toast that it cannot be.
 */
void
refills_browser_open (GtkWidget  *widget,
                      const char *uri)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (uri != NULL);

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, opened_ready_cb,
                                           g_object_ref (widget));
}
