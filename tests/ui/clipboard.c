/* clipboard.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Another program at the clipboard, for the tests of the window.
 * `clipboard read` prints its text; `clipboard hold TEXT` puts a text there, says so, and stays until it is ended.
 */
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      loop)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  fputs (text != NULL ? text : "", stdout);
  g_main_loop_quit (loop);
}

static gboolean
end_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GdkClipboard *clipboard;

  gtk_init ();
  clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  if (argc == 2 && strcmp (argv[1], "read") == 0) {
    gdk_clipboard_read_text_async (clipboard, NULL, read_ready_cb, loop);
    g_timeout_add_seconds (10, end_cb, loop);
  } else if (argc == 3 && strcmp (argv[1], "hold") == 0) {
    gdk_clipboard_set_text (clipboard, argv[2]);
    gdk_display_sync (gdk_display_get_default ());
    puts ("held");
    fflush (stdout);
    g_timeout_add_seconds (60, end_cb, loop);
  } else {
    fprintf (stderr, "usage: clipboard read | clipboard hold TEXT\n");
    return EXIT_FAILURE;
  }
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}
