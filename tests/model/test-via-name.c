/* test-via-name.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which way to pay leads to the page of an exchange, and what it is called.
 */
#include "refills-via-name.h"

#include "refills-test.h"

static void
test_elsewhere (void)
{
  static const char * const exchanges[] = { "KUCOIN_PAY", "SOME_PAY", "user_wallet", "USER_WALLET ", " " };

  g_assert_false (refills_via_name_is_elsewhere (REFILLS_WALLET_VIA));
  /* Held to every check that there is. */
  g_assert_false (refills_via_name_is_elsewhere (""));
  g_assert_false (refills_via_name_is_elsewhere (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++)
    g_assert_true (refills_via_name_is_elsewhere (exchanges[i]));
}

static void
test_titles (void)
{
  static const char * const cases[][2] = {
    { "USER_WALLET", "Your Wallet" }, { "BINANCE_PAY", "Binance Pay" }, { "BUYDL", "Buydl" },
    { "GATE_PAY", "Gate Pay" },
    { "GATE_PAY_WEB", "Gate Pay in a Browser" }, { "KRAKEN_PAY", "Kraken Pay (Krak)" }, { "KUCOIN_PAY", "KuCoin Pay" },
    { "SOME_PAY", "Some Pay" }, { "_X__INT_I", "X Int I" }, { "BaseApp_Pay", "BaseApp Pay" }, { "A1_B2", "A1 B2" },
    { "<b>X</b>", "<b>X</b>" }, { "A\n\u202eB\u200b_C", "A B C" }, { "ÄRGER_PAY", "Ärger Pay" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ", "Abcdefghijklmnopqrstuvwxyzabcdefghijklm…" },
    { "%s%n", "%s%n" }, { "", NULL }, { "_", NULL }, { "\u200b", NULL }, { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *title = refills_via_name_dup_title (cases[i][0]);

    g_assert_cmpstr (title, ==, cases[i][1]);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/via-name/elsewhere", test_elsewhere);
  g_test_add_func ("/via-name/titles", test_titles);

  return g_test_run ();
}
