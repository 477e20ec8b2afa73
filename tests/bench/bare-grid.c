/* bare-grid.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference for memory: a GtkGridView of as many cells, each a picture over two labels, with names and
 * textures ready in memory. `bare-grid CELLS TEXTURES`: the cells share TEXTURES pictures of 300×190.
 */
#include <adwaita.h>

#include "bench-frame.h"

#define SETTLE_MS 400

static guint n_cells = 556;
static guint n_textures = 556;
static GPtrArray *textures;

static GdkTexture *
make_texture (guint number)
{
  gsize stride = 300 * 4;
  guint8 *pixels = g_malloc (stride * 190);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, 40 + number % 200, stride * 190);
  bytes = g_bytes_new_take (pixels, stride * 190);

  return gdk_memory_texture_new (300, 190, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *value = gtk_label_new ("$10 – $500");

  gtk_widget_set_size_request (picture, 148, 94);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_widget_add_css_class (value, "caption");
  gtk_widget_add_css_class (value, "dim-label");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *picture = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_next_sibling (picture);

  gtk_picture_set_paintable (GTK_PICTURE (picture),
                             textures->pdata[gtk_list_item_get_position (item) % n_textures]);
  gtk_label_set_text (GTK_LABEL (name),
                      gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item))));
}

static gboolean
settled_cb (gpointer application)
{
  g_print ("peak_kib %" G_GINT64_FORMAT "\n", bench_peak_kib ());
  g_application_quit (application);

  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock,
            gpointer       user_data)
{
  g_print ("painted_us %" G_GINT64_FORMAT "\n", bench_elapsed_us ());
  g_signal_handlers_disconnect_by_func (clock, painted_cb, user_data);
  g_timeout_add (SETTLE_MS, settled_cb, user_data);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *grid = NULL;

  textures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_textures; i++)
    g_ptr_array_add (textures, make_texture (i));
  for (guint i = 0; i < n_cells; i++) {
    g_autofree char *name = g_strdup_printf ("A Brand of Number %u", i);

    gtk_string_list_append (names, name);
  }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  grid = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (names))), factory);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (grid), 2);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (grid), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
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
    adw_application_new ("io.github.refills.BareGrid", G_APPLICATION_DEFAULT_FLAGS);

  if (argc > 2) {
    n_cells = (guint) g_ascii_strtoull (argv[1], NULL, 10);
    n_textures = (guint) MAX (1, g_ascii_strtoull (argv[2], NULL, 10));
  }
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
