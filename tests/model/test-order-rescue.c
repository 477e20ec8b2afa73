/* test-order-rescue.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-rescue.h"

#include "refills-test.h"

#include <string.h>

static void
test_answers (void)
{
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');
  g_autofree char *with_longest = g_strdup_printf ("{\"order_id\":\"%s\"", longest);
  g_autofree char *with_too_long = g_strdup_printf ("{\"order_id\":\"%s\"", too_long);
  const struct { const char *answer; const char *id; } cases[] = {
    { "{\"order_id\":\"o-1\",\"wallet_address\":\"0xA\",\"wallet_address\":\"0xB\"}", "o-1" },
    { "{\"wallet_address\":\"0xA\",\"order_id\" : \n\"o_1\"", "o_1" },
    { " {\"a\":[{\"order_id\":\"inner\"}],\"order_id\":\"o-1\"}", "o-1" },
    { "{\"order_id\":\"o-1\",\"deliveries\":[{\"id\":", "o-1" },
    { "{\"order_id\":\"o-1\",\"note\":\"\\\"order_id\\\":\\\"x\\\"\"}", "o-1" },
    { "{\"order_id\":\"o-1\",\"order_id\":\"o-1\"}", "o-1" },
    { "{\"order_id\":\"o-1\",\"text\":\"never ends", "o-1" },
    { "{\"order_id\":\"o-1\"} trailing {\"order_id\":\"o-2\"}", "o-1" },
    { "{\"note\":\"order_id\",\"order_id\":\"o-1\"}", "o-1" },
    { "{\"order_id\":\"\xff\"}", NULL },
    { "{\"x\":\"\xff\",\"order_id\":\"o-1\"}", "o-1" },
    { with_longest, longest },
    { with_too_long, NULL },
    { "{\"order_id\":\"o-1\",\"order_id\":\"o-2\"}", NULL },
    { "{\"order_id\":\"o-1\",\"order_id\":7}", NULL },
    { "{\"order_id\":\"../x\"}", NULL },
    { "{\"order_id\":\"a\\u0062\"}", NULL },
    { "{\"order_id\":\"\"}", NULL },
    { "{\"order_id\":7}", NULL },
    { "{\"order_id\":\"o-1", NULL },
    { "{\"order_id\":", NULL },
    { "{\"order_id\"", NULL },
    { "{\"a\":{\"order_id\":\"o-1\"}}", NULL },
    { "[{\"order_id\":\"o-1\"}]", NULL },
    { "<html>\"order_id\":\"o-1\"", NULL },
    { "order_id", NULL }, { "{", NULL }, { "\"", NULL }, { "", NULL }, { "{\"\\", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) answer = g_bytes_new (cases[i].answer, strlen (cases[i].answer));
    g_autofree char *id = refills_order_rescue_id (answer);

    g_test_message ("%s", cases[i].answer);
    g_assert_cmpstr (id, ==, cases[i].id);
  }
}

static void
test_zeros (void)
{
  static const char text[] = "{\0\"order_id\":\"o-1\"\0}";
  g_autoptr (GBytes) answer = g_bytes_new_static (text, sizeof text - 1);
  g_autofree char *id = refills_order_rescue_id (answer);

  g_assert_cmpstr (id, ==, "o-1");
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-rescue/answers", test_answers);
  g_test_add_func ("/order-rescue/zeros", test_zeros);

  return g_test_run ();
}
