/* bench-startup.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application itself, started as `refills --api-url URL`, timed from outside its code: until the first
 * painted frame in which twelve brand names are drawn, and until every brand is in the list and every logo in
 * sight is decoded. `bench-startup N-BRANDS ARGUMENTS…`
 */
#include <adwaita.h>

#include "refills-application.h"
#include "refills-brand-tile.h"
#include "refills-logo.h"

#include "bench-frame.h"

#define NAMES_WANTED 12
#define GIVE_UP_US (20 * G_USEC_PER_SEC)

static guint n_brands_wanted;
static gboolean painted;
static guint n_brands;

typedef struct {
  GtkWidget *window;
  guint      names;    /* drawn inside the window */
  guint      logos;
  guint      pictures; /* of those logos, the ones that are there */
} Sight;

static void
look (GtkWidget *widget,
      Sight     *sight)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;

  if (REFILLS_IS_BRAND_TILE (widget)) {
    if (refills_brand_tile_get_brand (REFILLS_BRAND_TILE (widget)) == NULL ||
        !gtk_widget_compute_bounds (widget, sight->window, &bounds) || bounds.size.height <= 0 ||
        bounds.origin.y + bounds.size.height <= 0 || bounds.origin.y >= gtk_widget_get_height (sight->window))
      return;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
      if (REFILLS_IS_LOGO (child)) {
        sight->logos++;
        sight->pictures += refills_logo_has_picture (REFILLS_LOGO (child));
      } else if (GTK_IS_LABEL (child) && gtk_widget_has_css_class (child, "name")) {
        sight->names += *gtk_label_get_text (GTK_LABEL (child)) != '\0';
      }
    }
    return;
  }
  if (GTK_IS_GRID_VIEW (widget))
    n_brands = g_list_model_get_n_items (G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (child, sight);
}

static void
finish (GtkWidget *window)
{
  g_print ("complete_us %" G_GINT64_FORMAT "\npeak_kib %" G_GINT64_FORMAT "\nbrands %u\n",
           bench_elapsed_us (), bench_peak_kib (), n_brands);
  gtk_window_close (GTK_WINDOW (window));
}

static gboolean
check_cb (gpointer user_data)
{
  GtkWidget *window = user_data;
  Sight sight = { window };

  look (window, &sight);
  if (n_brands < n_brands_wanted || sight.logos == 0 || sight.pictures < sight.logos) {
    if (bench_elapsed_us () < GIVE_UP_US)
      return G_SOURCE_CONTINUE;
    g_printerr ("not complete: %u brands, %u of %u logos\n", n_brands, sight.pictures, sight.logos);
  }
  finish (window);

  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  GtkWidget *window = user_data;
  Sight sight = { window };
  gint64 elapsed = bench_elapsed_us ();

  if (painted)
    return;
  look (window, &sight);
  if (sight.names < NAMES_WANTED)
    return;
  painted = TRUE;
  g_print ("painted_us %" G_GINT64_FORMAT "\nfirst_names %u\n", elapsed, sight.names);
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, user_data);
  g_timeout_add (5, check_cb, window);
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), window);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (realized_cb), NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (RefillsApplication) application = NULL;

  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  n_brands_wanted = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  argv[1] = argv[0];
  application = refills_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc - 1, argv + 1);
}
