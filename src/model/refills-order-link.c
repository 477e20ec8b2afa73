/* refills-order-link.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How news of an order comes, and the usual words for it.
 */
#include "refills-order-link.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (RefillsOrderLink, refills_order_link,
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_LIVE, "live"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_POLLING, "polling"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_GONE, "gone"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_LINK_REFUSED, "refused"))

/**
 * refills_order_link_to_text:
 * @link: how news of an order comes
 *
 * Returns: (transfer none) (nullable): the same in words; `NULL` while none is awaited
 */
const char *
refills_order_link_to_text (RefillsOrderLink link)
{
  switch (link) {
  case REFILLS_ORDER_LINK_CONNECTING:
    return _("Connecting…");
  case REFILLS_ORDER_LINK_LIVE:
    return _("Updating live");
  case REFILLS_ORDER_LINK_POLLING:
    return _("Checking every few seconds");
  case REFILLS_ORDER_LINK_WAITING:
    return _("No connection, trying again soon");
  case REFILLS_ORDER_LINK_OFFLINE:
    return _("There is no connection to the internet.");
  case REFILLS_ORDER_LINK_GONE:
    return _("The service no longer knows this order");
  case REFILLS_ORDER_LINK_REFUSED:
    return _("The service does not say where this order stands");
  case REFILLS_ORDER_LINK_IDLE:
  default:
    return NULL;
  }
}
