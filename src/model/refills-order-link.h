/* refills-order-link.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How news of an order reaches us just now. */
typedef enum {
  REFILLS_ORDER_LINK_IDLE,
  REFILLS_ORDER_LINK_CONNECTING,
  REFILLS_ORDER_LINK_LIVE,
  REFILLS_ORDER_LINK_POLLING,
  REFILLS_ORDER_LINK_WAITING,  /* until the next try */
  REFILLS_ORDER_LINK_OFFLINE,  /* likewise, for want of a network */
  REFILLS_ORDER_LINK_GONE,     /* the service does not know the order */
  REFILLS_ORDER_LINK_REFUSED,  /* the service does not say how the order is */
} RefillsOrderLink;

#define REFILLS_TYPE_ORDER_LINK (refills_order_link_get_type ())
GType refills_order_link_get_type (void);

const char *refills_order_link_to_text (RefillsOrderLink link);

G_END_DECLS
