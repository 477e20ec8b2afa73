/* bare-window.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference for start-up: an empty 1000×700 AdwApplicationWindow, to its first painted frame.
 */
#include <adwaita.h>

#include "bench-frame.h"

static void
painted_cb (GdkFrameClock *clock,
            gpointer       user_data)
{
  g_print ("painted_us %" G_GINT64_FORMAT "\npeak_kib %" G_GINT64_FORMAT "\n",
           bench_elapsed_us (), bench_peak_kib ());
  g_signal_handlers_disconnect_by_func (clock, painted_cb, user_data);
  g_application_quit (user_data);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application =
    adw_application_new ("io.github.refills.BareWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
