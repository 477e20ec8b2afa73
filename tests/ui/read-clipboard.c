/* read-clipboard.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints what another program has put on the clipboard, byte for byte: read-clipboard >FILE. Ends with 1 where that is
 * no text, or does not come.
 */
#include <gtk/gtk.h>

#define DEADLINE_MS 5000

static gboolean over;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  over = TRUE;
}

static gboolean
deadline_cb (gpointer unused)
{
  over = TRUE;

  return G_SOURCE_REMOVE;
}

int
main (void)
{
  g_autofree char *text = NULL;

  gtk_init ();
  g_timeout_add (DEADLINE_MS, deadline_cb, NULL);
  gdk_clipboard_read_text_async (gdk_display_get_clipboard (gdk_display_get_default ()), NULL, read_cb, &text);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  if (text == NULL)
    return 1;
  fputs (text, stdout);

  return 0;
}
