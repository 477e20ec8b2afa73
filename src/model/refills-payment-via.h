/* refills-payment-via.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-coin.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PAYMENT_VIA (refills_payment_via_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPaymentVia, refills_payment_via, REFILLS, PAYMENT_VIA, GObject)

RefillsPaymentVia *refills_payment_via_new_from_json (const RefillsJsonPlace  *place,
                                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

const char        *refills_payment_via_get_name      (RefillsPaymentVia *self);
gboolean           refills_payment_via_is_available  (RefillsPaymentVia *self);
GListModel        *refills_payment_via_get_coins     (RefillsPaymentVia *self);

G_END_DECLS
