/* test-retry-after.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the header Retry-After may say.
 */
#include "refills-retry-after.h"

#include "refills-test.h"

#define NOW 784111777 /* Sun, 06 Nov 1994 08:49:37 GMT */
#define FALLBACK_MS 7

static void
test_read (void)
{
  static const struct { const char *text; guint delay_ms; } table[] = {
    { NULL, FALLBACK_MS },
    { "", FALLBACK_MS },
    { " ", FALLBACK_MS },
    { "0", 1 },
    { "40", 40000 },
    { "300", REFILLS_RETRY_AFTER_MAX_MS },
    { "301", REFILLS_RETRY_AFTER_MAX_MS },
    { "4294967295", REFILLS_RETRY_AFTER_MAX_MS },
    { "4294967296", FALLBACK_MS },
    { "18446744073709551616", FALLBACK_MS },
    { "-1", FALLBACK_MS },
    { "+1", FALLBACK_MS },
    { "1.5", FALLBACK_MS },
    { "soon", FALLBACK_MS },

    { "Sun, 06 Nov 1994 08:49:37 GMT", 1 },
    { "Sun, 06 Nov 1994 08:49:36 GMT", 1 },
    { "Sun, 06 Nov 1994 08:49:38 GMT", 1000 },
    { "Sun, 06 Nov 1994 08:50:60 GMT", 82000 },
    { "Sun, 06 Nov 1994 09:49:37 GMT", REFILLS_RETRY_AFTER_MAX_MS },
    { "Fri, 31 Dec 9999 23:59:59 GMT", REFILLS_RETRY_AFTER_MAX_MS },
    { "Sunday, 06-Nov-94 08:50:37 GMT", 60000 },
    { "Friday, 06-Nov-43 08:50:37 GMT", REFILLS_RETRY_AFTER_MAX_MS },
    { "Monday, 06-Nov-45 08:50:37 GMT", 1 },
    { "Sun Nov  6 08:50:37 1994", 60000 },
    { "Sun Nov 16 08:50:37 1994", REFILLS_RETRY_AFTER_MAX_MS },

    { "Sun, 06 Nov 1994 08:49:61 GMT", FALLBACK_MS },
    { "Sun, 06 Nov 1994 24:00:00 GMT", FALLBACK_MS },
    { "Sun, 06 Nov 1994 08:60:00 GMT", FALLBACK_MS },
    { "Wed, 30 Feb 9994 08:49:38 GMT", FALLBACK_MS },
    { "Sun, 00 Nov 9994 08:49:38 GMT", FALLBACK_MS },
    { "Sun, 06 Abc 9994 08:49:38 GMT", FALLBACK_MS },
    { "Sun, 06 Nov 0000 08:49:38 GMT", FALLBACK_MS },
    { "Sun, 06 Nov 9994 08:49:38 GM", FALLBACK_MS },
    { "Sun, 06 Nov 9994 08:49:38 GMT ", FALLBACK_MS },
    { "Sun, 06 Nov 9994", FALLBACK_MS },
    { "Su1, 06 Nov 9994 08:49:38 GMT", FALLBACK_MS },
    { ", 06 Nov 9994 08:49:38 GMT", FALLBACK_MS },
    { "06 Nov 9994 08:49:38 GMT", FALLBACK_MS },
    { "Sun Nov    08:50:37 9994", FALLBACK_MS },
    { "Sunday, 06-Nov-94 08:50:37 GMT and more of it", FALLBACK_MS },
    { "S\xC3\xBCn, 06 Nov 9994 08:49:38 GMT", FALLBACK_MS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    guint delay_ms = refills_retry_after_read (table[i].text, NOW, FALLBACK_MS);

    if (delay_ms != table[i].delay_ms)
      g_error ("“%s”: %u", table[i].text, delay_ms);
  }
}

static void
test_reset (void)
{
  static const struct { const char *text; guint delay_ms; } table[] = {
    { NULL, FALLBACK_MS },
    { "", FALLBACK_MS },
    { "-1", FALLBACK_MS },
    { "soon", FALLBACK_MS },
    { "784111776", FALLBACK_MS },
    { "784111777", FALLBACK_MS },
    { "784111778", 1000 },
    { "784111837", 60000 },
    { "9223372036854775807", REFILLS_RETRY_AFTER_MAX_MS },
    { "9223372036854775808", FALLBACK_MS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    guint delay_ms = refills_retry_after_read_reset (table[i].text, NOW, FALLBACK_MS);

    if (delay_ms != table[i].delay_ms)
      g_error ("“%s”: %u", table[i].text, delay_ms);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/retry-after/read", test_read);
  g_test_add_func ("/retry-after/reset", test_reset);

  return g_test_run ();
}
