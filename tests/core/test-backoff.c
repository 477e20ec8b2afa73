/* test-backoff.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-backoff.h"

#include "refills-test.h"

static double
give (gpointer user_data)
{
  return *(double *) user_data;
}

static void
assert_waits (double      random,
              const guint expected[8])
{
  RefillsBackoff backoff;

  refills_backoff_init (&backoff, 1000, 30000, give, &random);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpuint (refills_backoff_next (&backoff), ==, expected[i]);
}

static void
test_doubles_to_the_limit (void)
{
  assert_waits (0.5, (guint[8]) { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 });
}

static void
test_spread (void)
{
  /* What a random source gives is used within its bounds only. */
  assert_waits (0.0, (guint[8]) { 800, 1600, 3200, 6400, 12800, 24000, 24000, 24000 });
  assert_waits (0.25, (guint[8]) { 900, 1800, 3600, 7200, 14400, 27000, 27000, 27000 });
  assert_waits (-7.0, (guint[8]) { 800, 1600, 3200, 6400, 12800, 24000, 24000, 24000 });
  assert_waits (7.0, (guint[8]) { 1200, 2400, 4800, 9600, 19200, 36000, 36000, 36000 });
}

static void
test_reset (void)
{
  double random = 0.5;
  RefillsBackoff backoff;

  refills_backoff_init (&backoff, 1000, 30000, give, &random);
  for (guint i = 0; i < 5; i++)
    refills_backoff_next (&backoff);
  refills_backoff_reset (&backoff);
  g_assert_cmpuint (refills_backoff_next (&backoff), ==, 1000);
  g_assert_cmpuint (refills_backoff_next (&backoff), ==, 2000);
}

static void
test_never_wraps (void)
{
  double random = 0.5;
  RefillsBackoff backoff;
  guint last = 0;

  refills_backoff_init (&backoff, 3, 3000000000u, give, &random);
  for (guint i = 0; i < 1000; i++) {
    guint wait = refills_backoff_next (&backoff);

    g_assert_cmpuint (wait, >=, last);
    last = wait;
  }
  g_assert_cmpuint (last, ==, 3000000000u);

  random = 1.0;
  refills_backoff_init (&backoff, G_MAXUINT, G_MAXUINT, give, &random);
  g_assert_cmpuint (refills_backoff_next (&backoff), ==, G_MAXUINT);

  refills_backoff_init (&backoff, 8000, 5000, give, &random);
  g_assert_cmpuint (refills_backoff_next (&backoff), ==, 6000);
}

static void
test_own_random (void)
{
  RefillsBackoff backoff;
  gboolean differs = FALSE;

  refills_backoff_init (&backoff, 10000, 10000, NULL, NULL);
  for (guint i = 0, first = refills_backoff_next (&backoff); i < 200; i++) {
    guint wait = refills_backoff_next (&backoff);

    g_assert_cmpuint (wait, >=, 8000);
    g_assert_cmpuint (wait, <=, 12000);
    differs |= wait != first;
  }
  g_assert_true (differs);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/backoff/doubles-to-the-limit", test_doubles_to_the_limit);
  g_test_add_func ("/backoff/spread", test_spread);
  g_test_add_func ("/backoff/reset", test_reset);
  g_test_add_func ("/backoff/never-wraps", test_never_wraps);
  g_test_add_func ("/backoff/own-random", test_own_random);

  return g_test_run ();
}
