/* test-nav.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pile of pages: what is seen, what is thrown away, where the focus goes.
 */
#include "refills-nav.h"

#include "refills-test.h"
#include "refills-widget-test.h"

static GtkWidget *
make_page (const char *title)
{
  /* A window title is a widget with a title; it stands for a page. */
  return adw_window_title_new (title, NULL);
}

static void
test_pages (void)
{
  RefillsNav *nav = g_object_new (REFILLS_TYPE_NAV, NULL);
  GtkWidget *root = gtk_label_new ("root");
  GtkWidget *first = make_page ("First");
  GtkWidget *second = make_page ("Second");
  GtkWidget *window = NULL;
  g_autofree char *title = NULL;

  refills_nav_set_root (nav, root);
  window = refills_widget_test_show (GTK_WIDGET (nav), 400, 300);
  g_assert_true (refills_nav_get_visible_page (nav) == root);
  g_assert_false (refills_nav_can_pop (nav));
  g_assert_false (refills_nav_pop (nav));
  g_assert_null (refills_nav_get_title (nav));

  refills_nav_push (nav, first);
  g_assert_true (refills_nav_get_visible_page (nav) == first);
  g_assert_true (refills_nav_can_pop (nav));
  g_assert_cmpstr (refills_nav_get_title (nav), ==, "First");

  /* A title may change while its page is seen, and while it is not. */
  adw_window_title_set_title (ADW_WINDOW_TITLE (first), "Other");
  g_assert_cmpstr (refills_nav_get_title (nav), ==, "Other");
  refills_nav_push (nav, second);
  adw_window_title_set_title (ADW_WINDOW_TITLE (first), "Third");
  g_assert_cmpstr (refills_nav_get_title (nav), ==, "Second");

  g_assert_true (refills_nav_pop (nav));
  g_object_get (nav, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Third");

  refills_widget_test_close (window);
}

static gboolean
is_gone (gpointer location)
{
  return *(gpointer *) location == NULL;
}

/* A popped page must go: it may hold an address to pay to. */
static void
test_freed (void)
{
  RefillsNav *nav = g_object_new (REFILLS_TYPE_NAV, NULL);
  GtkWidget *window = NULL;
  GtkWidget *pages[3];

  refills_nav_set_root (nav, gtk_label_new ("root"));
  window = refills_widget_test_show (GTK_WIDGET (nav), 400, 300);

  for (guint i = 0; i < 3; i++) {
    pages[i] = make_page ("Page");
    g_object_add_weak_pointer (G_OBJECT (pages[i]), (gpointer *) &pages[i]);
    refills_nav_push (nav, pages[i]);
  }

  refills_nav_pop (nav);
  refills_test_run_until (is_gone, &pages[2], 3000, "the popped page is gone");
  g_assert_nonnull (pages[1]);

  refills_nav_replace (nav, make_page ("Last"));
  refills_test_run_until (is_gone, &pages[1], 3000, "the replaced page is gone");
  refills_test_run_until (is_gone, &pages[0], 3000, "the page under it is gone");
  g_assert_cmpstr (refills_nav_get_title (nav), ==, "Last");

  g_assert_true (refills_nav_pop (nav));
  g_assert_false (refills_nav_can_pop (nav));

  refills_nav_push (nav, make_page ("One"));
  refills_nav_push (nav, make_page ("Two"));
  refills_nav_pop_to_root (nav);
  g_assert_false (refills_nav_can_pop (nav));

  refills_widget_test_close (window);
}

static gboolean
has_focus (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root && gtk_root_get_focus (root) == widget;
}

static void
test_focus (void)
{
  RefillsNav *nav = g_object_new (REFILLS_TYPE_NAV, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *below = gtk_button_new_with_label ("Below");
  GtkWidget *above = gtk_button_new_with_label ("Above");
  GtkWidget *window = NULL;

  /* Not the first, which would get the focus by itself. */
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("First"));
  gtk_box_append (GTK_BOX (box), below);
  refills_nav_set_root (nav, box);
  window = refills_widget_test_show (GTK_WIDGET (nav), 400, 300);
  gtk_widget_grab_focus (below);

  refills_nav_push (nav, above);
  refills_test_run_until (has_focus, above, 3000, "the focus is in the new page");
  refills_nav_pop (nav);
  refills_test_run_until (has_focus, below, 3000, "the focus is back");

  refills_widget_test_close (window);
}

int
main (int    argc,
      char **argv)
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/nav/pages", test_pages);
  g_test_add_func ("/nav/freed", test_freed);
  g_test_add_func ("/nav/focus", test_focus);

  return g_test_run ();
}
