/* refills-order-shape.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How the deliveries of an order are written (API reference, section 8.2). */
typedef enum {
  REFILLS_ORDER_SHAPE_FLAT,      /* one entry for each, its members beside each other */
  REFILLS_ORDER_SHAPE_REFERENCE, /* as the reference shows it: kind, quantity, deliverable */
} RefillsOrderShape;

#define REFILLS_TYPE_ORDER_SHAPE (refills_order_shape_get_type ())
GType    refills_order_shape_get_type   (void);

gboolean refills_order_shape_from_name  (const char        *name,
                                         RefillsOrderShape *shape);

G_END_DECLS
