/* countdown-stage.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `countdown-stage PIPE`: a countdown in a window of its own, for tests of the window from outside. Each line that is
 * read from the pipe is a number of seconds that are left, which the countdown is told; after an empty line there is
 * another countdown.
 */
#include "refills-countdown.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>

/* Far from now: the computer's clock has no part in it. */
#define UNTIL G_GINT64_CONSTANT (40000000000)

typedef struct {
  GMainLoop *loop;
  GtkWidget *window;
  GtkWidget *countdown;
} Stage;

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Stage *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  gint64 left = 0;

  if (line == NULL) {
    g_main_loop_quit (self->loop);
    return;
  }
  left = g_ascii_strtoll (line, NULL, 10);
  if (*line == '\0') {
    gtk_window_set_child (GTK_WINDOW (self->window), NULL);
    self->countdown = NULL;
  } else if (self->countdown == NULL) {
    self->countdown = g_object_new (REFILLS_TYPE_COUNTDOWN, "until", UNTIL, "begin", UNTIL - left, NULL);
    gtk_window_set_child (GTK_WINDOW (self->window), self->countdown);
  } else {
    refills_countdown_set_now (REFILLS_COUNTDOWN (self->countdown), UNTIL - left);
  }
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_LOW, NULL, read_ready_cb, self);
}

int
main (int   argc,
      char *argv[])
{
  /* For writing too, so that it has no end. */
  g_autoptr (GInputStream) input = g_unix_input_stream_new (open (argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC), TRUE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  Stage self = { .loop = loop };

  adw_init ();
  gtk_css_provider_load_from_resource (style, "/io/github/refills/Refills/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  self.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self.window), 360, 200);
  gtk_window_present (GTK_WINDOW (self.window));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_LOW, NULL, read_ready_cb, &self);
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (self.window));

  return EXIT_SUCCESS;
}
