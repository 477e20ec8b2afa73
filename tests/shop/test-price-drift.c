/* test-price-drift.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-price-drift.h"

#include "refills-test.h"

static void
test_sentences (void)
{
  static const struct {
    const char *seen;
    guint       quantity;
    const char *total;
    const char *sentence; /* NULL for none */
  } cases[] = {
    { "11.47", 1, "11.47", NULL },
    { "100", 1, "101", NULL },
    { "100", 1, "99", NULL },
    { "100", 1, "101.000001", "This is 1.000001 USDC more than the price shown before, 100 USDC." },
    { "100", 1, "98.99", "This is 1.01 USDC less than the price shown before, 100 USDC." },
    { "11.47", 2, "22.94", NULL },
    { "11.47", 2, "25", "This is 2.06 USDC more than the price shown before, 22.94 USDC." },
    { "11.47", 10, "11.47", "This is 103.23 USDC less than the price shown before, 114.7 USDC." },
    { "0.00012345", 1, "0.00012345", NULL },
    { "0.00012345", 1, "0.00013", "This is 0.00000655 USDC more than the price shown before, 0.00012345 USDC." },
    { "0", 1, "5", NULL },
    { "", 1, "5", NULL },
    { "5", 1, "much", NULL },
    { NULL, 1, "5", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence =
      refills_price_drift_describe (cases[i].seen, cases[i].quantity, cases[i].total, "USDC");

    g_test_message ("%s × %u, %s", cases[i].seen, cases[i].quantity, cases[i].total);
    g_assert_cmpstr (sentence, ==, cases[i].sentence);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/price-drift/sentences", test_sentences);

  return g_test_run ();
}
