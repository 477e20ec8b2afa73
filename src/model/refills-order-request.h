/* refills-order-request.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-network.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_REQUEST (refills_order_request_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderRequest, refills_order_request, REFILLS, ORDER_REQUEST, GObject)

/* Everything but the network's own facts; all strings are copied. */
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
  const char *email;
  const char *payment_via;
  const char *coin;
  const char *language;
  const char *quoted_amount;
} RefillsOrderRequestFields;

RefillsOrderRequest *refills_order_request_new               (const RefillsOrderRequestFields *fields,
                                                              RefillsNetwork                  *network)
                                                            G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderRequest *refills_order_request_new_from_variant  (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant            *refills_order_request_to_variant        (RefillsOrderRequest *self);
RefillsOrderRequest *refills_order_request_with_quote        (RefillsOrderRequest *self,
                                                              const char          *quoted_amount)
                                                            G_GNUC_WARN_UNUSED_RESULT;

const char          *refills_order_request_get_brand_name    (RefillsOrderRequest *self);
const char          *refills_order_request_get_brand_color   (RefillsOrderRequest *self);
const char          *refills_order_request_get_country       (RefillsOrderRequest *self);
const char          *refills_order_request_get_kind          (RefillsOrderRequest *self);
const char          *refills_order_request_get_denomination  (RefillsOrderRequest *self);
const char          *refills_order_request_get_product_value (RefillsOrderRequest *self);
const char          *refills_order_request_get_face_label    (RefillsOrderRequest *self);
const char          *refills_order_request_get_delivery_type (RefillsOrderRequest *self);
const char          *refills_order_request_get_beneficiary   (RefillsOrderRequest *self);
const char          *refills_order_request_get_email         (RefillsOrderRequest *self);
const char          *refills_order_request_get_payment_via   (RefillsOrderRequest *self);
const char          *refills_order_request_get_coin          (RefillsOrderRequest *self);
const char          *refills_order_request_get_language      (RefillsOrderRequest *self);
const char          *refills_order_request_get_quoted_amount (RefillsOrderRequest *self);
const char          *refills_order_request_get_network_name  (RefillsOrderRequest *self);
const char          *refills_order_request_get_network_title (RefillsOrderRequest *self);
const char          *refills_order_request_get_contract      (RefillsOrderRequest *self);
int                  refills_order_request_get_decimals      (RefillsOrderRequest *self);
guint64              refills_order_request_get_chain_id      (RefillsOrderRequest *self);

G_END_DECLS
