/* refills-via-name.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of the ways to pay: which of them leads to the page of an exchange, and what people call it.
 *
 * Pure functions, on any thread.
 */
#include "refills-via-name.h"

#include "refills-rich-text.h"

#include <glib/gi18n.h>

#include <string.h>

#define TITLE_MAX_CHARACTERS 40

/* API reference, section 2, and the site's icons. */
static const struct {
  const char *name;
  const char *title;
} titles[] = {
  { REFILLS_WALLET_VIA, N_("Your Wallet") },
  { "BINANCE_PAY", "Binance Pay" },
  { "BUYDL", "Buydl" },
  { "GATE_PAY", "Gate Pay" },
  { "GATE_PAY_WEB", N_("Gate Pay in a Browser") },
  { "KRAKEN_PAY", "Kraken Pay (Krak)" },
  { "KUCOIN_PAY", "KuCoin Pay" },
};

/**
 * refills_via_name_is_elsewhere:
 * @name: (nullable): a way to pay, as the service names it
 *
 * The one rule for where an order is paid: here, from a wallet, by what is verified of its address; or on a page of an
 * exchange, whatever networks that may have. What has no name is held to the checks of a wallet.
 *
 * Returns: whether it is paid on the page of an exchange
 */
gboolean
refills_via_name_is_elsewhere (const char *name)
{
  return name != NULL && *name != '\0' && !g_str_equal (name, REFILLS_WALLET_VIA);
}

/* "SOME_PAY" is "Some Pay". What has small letters is written as it is meant. */
static char *
dup_words (const char *name)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (name), "_", ' ');
  char *words = refills_text_clean_line (spaced, TITLE_MAX_CHARACTERS);

  for (const char *at = words; *at != '\0'; at++)
    if (g_ascii_islower (*at))
      return words;

  /* The service writes English, whose i has its dot in every locale. */
  for (char *at = words; *at != '\0'; at++)
    if (at > words && at[-1] != ' ')
      *at = g_ascii_tolower (*at);

  return words;
}

/**
 * refills_via_name_dup_title:
 * @name: (nullable): a way to pay, as the service names it
 *
 * Returns: (transfer full) (nullable): the name that people know, in one line, not markup; one that is not known made
 *   readable, `NULL` where nothing of it can be read
 */
char *
refills_via_name_dup_title (const char *name)
{
  g_autofree char *words = NULL;

  if (name == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, name))
      return g_strdup (_(titles[i].title));

  words = dup_words (name);

  return *words != '\0' ? g_steal_pointer (&words) : NULL;
}
