/* refills-order-shape.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-shape.h"

G_DEFINE_ENUM_TYPE (RefillsOrderShape, refills_order_shape,
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_SHAPE_FLAT, "flat"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_SHAPE_REFERENCE, "reference"))

/**
 * refills_order_shape_from_name:
 * @name: (nullable): "flat" or "reference"
 * @shape: (out): the shape; untouched for another name
 *
 * Reads what an option or a setting says.
 *
 * Returns: whether @name is that of a shape
 */
gboolean
refills_order_shape_from_name (const char        *name,
                               RefillsOrderShape *shape)
{
  g_autoptr (GEnumClass) shapes = g_type_class_ref (REFILLS_TYPE_ORDER_SHAPE);
  const GEnumValue *value = name != NULL ? g_enum_get_value_by_nick (shapes, name) : NULL;

  g_return_val_if_fail (shape != NULL, FALSE);

  if (value == NULL)
    return FALSE;
  *shape = (RefillsOrderShape) value->value;

  return TRUE;
}
