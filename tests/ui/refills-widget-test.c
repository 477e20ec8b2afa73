/* refills-widget-test.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of pages share: a window to show one in, and ways to find in it what a person sees.
 * Owns nothing beyond one call.
 */
#include "refills-widget-test.h"

#include "refills-test.h"

/**
 * refills_widget_test_init:
 * @argc: (inout): argument count
 * @argv: (inout): arguments
 *
 * Starts a test program with a display.
 */
void
refills_widget_test_init (int    *argc,
                          char ***argv)
{
  g_autoptr (GtkCssProvider) style = NULL;
  const char * const mime_folders[] = { "/usr/local/share/mime", "/usr/share/mime", NULL };

  refills_test_init (argc, argv);
  /* GTK's own symbolic icons are found by their type, and the isolated folders know none. */
  g_content_type_set_mime_dirs (mime_folders);
  gtk_disable_setlocale ();
  adw_init ();
  gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                  "/usr/share/icons");
  /* As AdwApplication does. */
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/io/github/refills/Refills/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static gboolean
is_drawn (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 0;
}

/**
 * refills_widget_test_show:
 * @child: (transfer floating): what to show
 * @width: pixels
 * @height: pixels
 *
 * Shows a widget in a window and waits until it has a size.
 *
 * Returns: (transfer none): the window, to be closed by [func@close]
 */
GtkWidget *
refills_widget_test_show (GtkWidget *child,
                          int        width,
                          int        height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  refills_test_run_until (is_drawn, window, 5000, "the window has a size");

  return window;
}

/**
 * refills_widget_test_close:
 * @window: a window
 *
 * Closes the window and lets everything in it go.
 */
void
refills_widget_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_EDITABLE (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));

  return NULL;
}

static GtkWidget *
find (GtkWidget  *root,
      GType       type,
      const char *text,
      gboolean    only_mapped,
      gboolean    part)
{
  const char *own = get_text (root);

  if (only_mapped && !gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (text == NULL
          || (own != NULL && (part ? strstr (own, text) != NULL : g_str_equal (own, text)))))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, text, only_mapped, part);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/**
 * refills_widget_test_find:
 * @root: where to look
 * @type: what to look for
 * @text: (nullable): exactly what it says, for labels, buttons and entries
 *
 * Returns: (transfer none) (nullable): the first such widget, shown or not
 */
GtkWidget *
refills_widget_test_find (GtkWidget  *root,
                          GType       type,
                          const char *text)
{
  return find (root, type, text, FALSE, FALSE);
}

/**
 * refills_widget_test_find_text:
 * @root: where to look
 * @text: exactly what it says
 *
 * Returns: (transfer none) (nullable): the first widget on the screen that says so
 */
GtkWidget *
refills_widget_test_find_text (GtkWidget  *root,
                               const char *text)
{
  return find (root, GTK_TYPE_WIDGET, text, TRUE, FALSE);
}

/**
 * refills_widget_test_shows:
 * @root: where to look
 * @text: a text
 *
 * Returns: whether something on the screen says exactly that
 */
gboolean
refills_widget_test_shows (GtkWidget  *root,
                           const char *text)
{
  return find (root, GTK_TYPE_WIDGET, text, TRUE, FALSE) != NULL;
}

/**
 * refills_widget_test_holds:
 * @root: where to look
 * @text: a text
 *
 * Returns: whether any widget below @root, shown or not, says @text within what it says
 */
gboolean
refills_widget_test_holds (GtkWidget  *root,
                           const char *text)
{
  return find (root, GTK_TYPE_WIDGET, text, FALSE, TRUE) != NULL;
}

/**
 * refills_widget_test_paint:
 * @window: a window on the display
 * @paintable: what to paint
 * @width: pixels
 * @height: pixels
 *
 * Paints with the window's own renderer.
 *
 * Returns: (transfer full): the picture
 */
GdkTexture *
refills_widget_test_paint (GtkWidget    *window,
                           GdkPaintable *paintable,
                           int           width,
                           int           height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);

  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

/**
 * refills_widget_test_min_width:
 * @widget: a widget
 *
 * Returns: the narrowest it can be, pixels
 */
int
refills_widget_test_min_width (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/**
 * refills_widget_test_save:
 * @window: a window on the display
 * @name: a file name without its end
 *
 * Saves what the window shows as PNG in the folder that `REFILLS_PICTURES` names, for people to
 * look at. Without that variable it does nothing.
 */
void
refills_widget_test_save (GtkWidget  *window,
                          const char *name)
{
  const char *folder = g_getenv ("REFILLS_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  gint64 settled = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;

  if (folder == NULL)
    return;

  gtk_widget_queue_draw (window);
  while (g_get_monotonic_time () < settled)
    g_main_context_iteration (NULL, FALSE);

  paintable = gtk_widget_paintable_new (window);
  picture = refills_widget_test_paint (window, paintable, gtk_widget_get_width (window),
                                       gtk_widget_get_height (window));
  file = g_strdup_printf ("%s.png", name);
  path = g_build_filename (folder, file, NULL);
  g_assert_true (gdk_texture_save_to_png (picture, path));
}
