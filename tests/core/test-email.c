/* test-email.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-email.h"

#include "refills-test.h"

static void
test_email (void)
{
  static const char *const good[] = {
    "ada@example.com", "a.b+c@sub.example.co", "x_y'z@ex-ample.org", "1@2.de",
  };
  static const char *const bad[] = {
    "", "ada", "@example.com", "ada@", "ada@example", "ada@example.", "ada@.com", "ada@@example.com",
    "ada@-example.com", "ada@example-.com", "a da@example.com", "ada@exa mple.com", "ada@exämple.com",
    "<ada@example.com>", "ada@example.com,b@example.com",
  };
  g_autofree char *local = g_strnfill (250, 'a');
  g_autofree char *too_long = g_strconcat (local, "@example.com", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (refills_email_is_plausible (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (refills_email_is_plausible (bad[i]));
  g_assert_false (refills_email_is_plausible (NULL));
  g_assert_false (refills_email_is_plausible (too_long));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/email/form", test_email);

  return g_test_run ();
}
