/* refills-store-condition-text.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person is told of the file of the orders where it is not as it should be.
 */
#include "refills-store-condition-text-private.h"

#include <glib/gi18n.h>

/**
 * refills_store_condition_to_text:
 * @store: a store
 *
 * Of several the one that keeps from more. Main thread.
 *
 * Returns: (transfer full) (nullable): what is not as it should be, or `NULL`
 */
char *
refills_store_condition_to_text (RefillsOrderStore *store)
{
  RefillsStoreCondition condition = refills_order_store_get_condition (store);
  guint n_carried = 0;
  const char *aside = refills_order_store_get_aside (store, &n_carried);

  if ((condition & REFILLS_STORE_CONDITION_UNREADABLE) != 0)
    return g_strdup (_("A newer version of Refills saved your orders. Update Refills to see them and to buy."));
  if ((condition & REFILLS_STORE_CONDITION_NEWER) != 0)
    return g_strdup (_("A newer version of Refills saved your orders. Update Refills to buy; until then they can only "
                       "be read."));
  if ((condition & REFILLS_STORE_CONDITION_READ_ONLY) != 0)
    return g_strdup (_("Nothing can be saved in the folder of your orders, so you can look around and not buy."));
  if ((condition & REFILLS_STORE_CONDITION_MENDED) != 0 && aside != NULL)
    return g_strdup_printf (ngettext ("The file with your orders was damaged. %u order was recovered; the damaged file "
                                      "is kept as “%s”.",
                                      "The file with your orders was damaged. %u orders were recovered; the damaged "
                                      "file is kept as “%s”.", n_carried), n_carried, aside);

  return NULL;
}
