/* test-logo.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The colours behind and of a brand's initials.
 */
#include "refills-logo.h"

#include <math.h>

#include "refills-test.h"

static double
find_part (float part)
{
  double value = (double) part;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
find_luminance (const GdkRGBA *color)
{
  return 0.2126 * find_part (color->red) + 0.7152 * find_part (color->green) + 0.0722 * find_part (color->blue);
}

static void
assert_readable (const GdkRGBA *back,
                 const GdkRGBA *front)
{
  double a = find_luminance (back);
  double b = find_luminance (front);

  g_assert_cmpfloat ((MAX (a, b) + 0.05) / (MIN (a, b) + 0.05), >=, 4.5);
}

static void
test_contrast (void)
{
  GdkRGBA back;
  GdkRGBA front;

  for (guint red = 0; red < 256; red += 15)
    for (guint green = 0; green < 256; green += 15)
      for (guint blue = 0; blue < 256; blue += 15) {
        g_autofree char *color = g_strdup_printf ("#%02x%02x%02x", red, green, blue);

        g_assert_true (refills_logo_find_colors (color, "A", &back, &front));
        assert_readable (&back, &front);
      }
}

static void
test_without_color (void)
{
  static const char *const names[] = { "Airbnb", "Steam", "", "Ä", "Zoë", "A very long name" };
  GdkRGBA back;
  GdkRGBA front;
  GdkRGBA again;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_false (refills_logo_find_colors (NULL, names[i], &back, &front));
    assert_readable (&back, &front);
    g_assert_false (refills_logo_find_colors ("no colour", names[i], &again, &front));
    g_assert_true (gdk_rgba_equal (&back, &again));
  }
  g_assert_false (refills_logo_find_colors ("", NULL, &back, &front));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/logo/contrast", test_contrast);
  g_test_add_func ("/logo/without-color", test_without_color);

  return g_test_run ();
}
