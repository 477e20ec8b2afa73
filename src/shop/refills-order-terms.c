/* refills-order-terms.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person must know before the first order that costs money: what is looked at here, what cannot be, and who
 * answers for the rest.
 */
#include "refills-order-terms.h"

#include <glib/gi18n.h>

/**
 * refills_order_terms_dup_text:
 *
 * Returns: (transfer full): three short paragraphs in the language of the person, with an empty line between two
 */
char *
refills_order_terms_dup_text (void)
{
  return g_strjoin ("\n\n",
                    _("Refills checks the address, the network, the token, the amount and the time before it shows "
                      "you what to pay."),
                    _("It can’t check what your wallet sends, nor who owns the address. Before you send, compare what "
                      "your wallet shows. A payment can’t be taken back."),
                    _("The seller is Cryptorefills: refunds and help come from there. Your codes are kept on this "
                      "computer."),
                    NULL);
}
