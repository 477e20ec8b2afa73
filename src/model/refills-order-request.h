/* refills-order-request.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-network.h"
#include "refills-order-line.h"

G_BEGIN_DECLS

/* What the service takes in one order (API reference, section 8.1). */
#define REFILLS_ORDER_REQUEST_MAX_LINES 10

#define REFILLS_TYPE_ORDER_REQUEST (refills_order_request_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderRequest, refills_order_request, REFILLS, ORDER_REQUEST, GObject)

/* Everything but the lines and the network's own facts; all strings are copied. */
typedef struct {
  const char *email;
  const char *payment_via;
  const char *coin;
  const char *language;
  const char *coupon;
  const char *refund_address;
  const char *quoted_amount;
} RefillsOrderRequestFields;

RefillsOrderRequest *refills_order_request_new                (const RefillsOrderRequestFields *fields,
                                                               GPtrArray                       *lines,
                                                               RefillsNetwork                  *network)
                                                            G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderRequest *refills_order_request_new_from_variant   (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant            *refills_order_request_to_variant         (RefillsOrderRequest *self);
RefillsOrderRequest *refills_order_request_with_quote         (RefillsOrderRequest *self,
                                                               const char          *quoted_amount)
                                                            G_GNUC_WARN_UNUSED_RESULT;
gboolean             refills_order_request_is_same_basket     (RefillsOrderRequest *a,
                                                               RefillsOrderRequest *b);
gboolean             refills_order_request_check              (RefillsOrderRequest  *self,
                                                               GError              **error);

gboolean             refills_order_request_is_outline         (RefillsOrderRequest *self);

gboolean             refills_order_request_is_coupon          (const char *text);
gboolean             refills_order_request_is_refund_address  (const char *text);

guint                refills_order_request_get_n_lines        (RefillsOrderRequest *self);
RefillsOrderLine    *refills_order_request_get_line           (RefillsOrderRequest *self,
                                                               guint                index);
const char          *refills_order_request_get_title          (RefillsOrderRequest *self);
const char          *refills_order_request_get_face_label     (RefillsOrderRequest *self);
const char          *refills_order_request_get_country        (RefillsOrderRequest *self);
const char          *refills_order_request_get_email          (RefillsOrderRequest *self);
const char          *refills_order_request_get_payment_via    (RefillsOrderRequest *self);
const char          *refills_order_request_get_coin           (RefillsOrderRequest *self);
const char          *refills_order_request_get_language       (RefillsOrderRequest *self);
const char          *refills_order_request_get_coupon         (RefillsOrderRequest *self);
const char          *refills_order_request_get_refund_address (RefillsOrderRequest *self);
const char          *refills_order_request_get_quoted_amount  (RefillsOrderRequest *self);
const char          *refills_order_request_get_network_name   (RefillsOrderRequest *self);
const char          *refills_order_request_get_network_title  (RefillsOrderRequest *self);
const char          *refills_order_request_get_contract       (RefillsOrderRequest *self);
const char          *refills_order_request_get_threshold      (RefillsOrderRequest *self);
int                  refills_order_request_get_decimals       (RefillsOrderRequest *self);
guint64              refills_order_request_get_chain_id       (RefillsOrderRequest *self);

G_END_DECLS
