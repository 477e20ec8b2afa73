/* test-sides.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-sides.h"
#include "refills-widget-test.h"

static GtkWidget *
make_box (int width,
          int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (box, width, height);

  return box;
}

static void
check (int              width,
       GtkTextDirection direction,
       int              first_x,
       int              second_x,
       int              second_y,
       int              height)
{
  GtkWidget *first = make_box (200, 100);
  GtkWidget *second = make_box (150, 80);
  GtkWidget *sides = g_object_ref_sink (g_object_new (REFILLS_TYPE_SIDES, "first", first, "second", second,
                                                      "spacing", 10, NULL));
  GtkAllocation allocation = { 0, 0, width, height };
  graphene_rect_t bounds;
  int natural = 0;
  int minimum = 0;

  gtk_widget_set_direction (sides, direction);
  gtk_widget_measure (sides, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 200);
  gtk_widget_measure (sides, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, height);

  gtk_widget_size_allocate (sides, &allocation, -1);
  g_assert_true (gtk_widget_compute_bounds (first, sides, &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, first_x);
  g_assert_cmpint ((int) bounds.origin.y, ==, 0);
  g_assert_true (gtk_widget_compute_bounds (second, sides, &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, second_x);
  g_assert_cmpint ((int) bounds.origin.y, ==, second_y);
  g_assert_finalize_object (sides);
}

/* 200 for the first, 10 between, and at least 320 for the second, which begins where the first does. */
static void
test_beside (void)
{
  check (530, GTK_TEXT_DIR_LTR, 0, 210, 0, 100);
  check (800, GTK_TEXT_DIR_LTR, 0, 210, 0, 100);
}

static void
test_below (void)
{
  check (529, GTK_TEXT_DIR_LTR, 0, 0, 110, 190);
  check (200, GTK_TEXT_DIR_LTR, 0, 0, 110, 190);
}

static void
test_mirrored (void)
{
  check (800, GTK_TEXT_DIR_RTL, 600, 0, 0, 100);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/sides/beside", test_beside);
  g_test_add_func ("/sides/below", test_below);
  g_test_add_func ("/sides/mirrored", test_mirrored);

  return g_test_run ();
}
