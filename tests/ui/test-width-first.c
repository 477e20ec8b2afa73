/* test-width-first.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-width-first.h"
#include "refills-widget-test.h"

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new ("A sentence that is long enough for more than one line, of more than one word");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  return label;
}

static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int             sizes[2])
{
  gtk_widget_measure (widget, orientation, for_size, &sizes[0], &sizes[1], NULL, NULL);
}

/* A label is wider where there is little height; in its place it is not. */
static void
test_width (void)
{
  GtkWidget *label = make_label ();
  g_autoptr (GtkWidget) place = g_object_ref_sink (g_object_new (REFILLS_TYPE_WIDTH_FIRST, "child", label, NULL));
  int any[2], low[2], bare[2];

  measure (place, GTK_ORIENTATION_HORIZONTAL, -1, any);
  measure (label, GTK_ORIENTATION_HORIZONTAL, 30, bare);
  measure (place, GTK_ORIENTATION_HORIZONTAL, 30, low);
  g_assert_cmpint (any[0], >, 0);
  g_assert_cmpint (bare[0], >, any[0]);
  g_assert_cmpint (low[0], ==, any[0]);
  g_assert_cmpint (low[1], ==, any[1]);
}

static void
test_height (void)
{
  GtkWidget *label = make_label ();
  g_autoptr (GtkWidget) place = g_object_ref_sink (g_object_new (REFILLS_TYPE_WIDTH_FIRST, "child", label, NULL));
  int narrow[2], wide[2], bare[2];

  g_assert_cmpint (gtk_widget_get_request_mode (place), ==, GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH);
  measure (place, GTK_ORIENTATION_VERTICAL, 120, narrow);
  measure (place, GTK_ORIENTATION_VERTICAL, 400, wide);
  measure (label, GTK_ORIENTATION_VERTICAL, 120, bare);
  g_assert_cmpint (narrow[0], >, wide[0]);
  g_assert_cmpint (narrow[0], ==, bare[0]);

  gtk_widget_size_allocate (place, &(GtkAllocation) { 0, 0, 120, narrow[0] }, -1);
  g_assert_cmpint (gtk_widget_get_width (label), ==, 120);
  g_assert_cmpint (gtk_widget_get_height (label), ==, narrow[0]);
}

static void
test_hidden (void)
{
  GtkWidget *label = make_label ();
  g_autoptr (GtkWidget) place = g_object_ref_sink (g_object_new (REFILLS_TYPE_WIDTH_FIRST, NULL));
  int none[2];

  measure (place, GTK_ORIENTATION_HORIZONTAL, -1, none);
  g_assert_cmpint (none[1], ==, 0);
  g_object_set (place, "child", label, NULL);
  gtk_widget_hide (label);
  measure (place, GTK_ORIENTATION_HORIZONTAL, -1, none);
  g_assert_cmpint (none[1], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/width-first/width", test_width);
  g_test_add_func ("/width-first/height", test_height);
  g_test_add_func ("/width-first/hidden", test_hidden);

  return g_test_run ();
}
