/* refills-order-line.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-beneficiary.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_LINE (refills_order_line_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderLine, refills_order_line, REFILLS, ORDER_LINE, GObject)

/* All strings are copied. */
typedef struct {
  const char *brand_name;
  const char *brand_color;
  const char *country;
  const char *kind;
  const char *denomination;
  const char *product_value;
  const char *face_label;
  const char *delivery_type;
  const char *beneficiary;
} RefillsOrderLineFields;

RefillsOrderLine *refills_order_line_new               (const RefillsOrderLineFields *fields) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderLine *refills_order_line_new_from_variant  (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant         *refills_order_line_to_variant        (RefillsOrderLine *self);
gboolean          refills_order_line_equal             (RefillsOrderLine *a,
                                                        RefillsOrderLine *b);
gboolean          refills_order_line_check_beneficiary (RefillsOrderLine  *self,
                                                        GError           **error);

const char       *refills_order_line_get_brand_name    (RefillsOrderLine *self);
const char       *refills_order_line_get_brand_color   (RefillsOrderLine *self);
const char       *refills_order_line_get_country       (RefillsOrderLine *self);
const char       *refills_order_line_get_kind          (RefillsOrderLine *self);
const char       *refills_order_line_get_denomination  (RefillsOrderLine *self);
const char       *refills_order_line_get_product_value (RefillsOrderLine *self);
const char       *refills_order_line_get_face_label    (RefillsOrderLine *self);
const char       *refills_order_line_get_delivery_type (RefillsOrderLine *self);
const char       *refills_order_line_get_beneficiary   (RefillsOrderLine *self);

G_END_DECLS
