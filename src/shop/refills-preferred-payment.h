/* refills-preferred-payment.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_PREFERRED_PAYMENT (refills_preferred_payment_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPreferredPayment, refills_preferred_payment, REFILLS, PREFERRED_PAYMENT, GObject)

RefillsPreferredPayment *refills_preferred_payment_new         (void) G_GNUC_WARN_UNUSED_RESULT;

const char              *refills_preferred_payment_get_coin    (RefillsPreferredPayment *self);
const char              *refills_preferred_payment_get_network (RefillsPreferredPayment *self);
void                     refills_preferred_payment_set         (RefillsPreferredPayment *self,
                                                                const char              *coin,
                                                                const char              *network);

G_END_DECLS
