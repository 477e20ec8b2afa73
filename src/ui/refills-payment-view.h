/* refills-payment-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PAYMENT_VIEW (refills_payment_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsPaymentView, refills_payment_view, REFILLS, PAYMENT_VIEW, AdwBin)

GtkWidget *refills_payment_view_new (RefillsShop    *shop,
                                     RefillsOrder   *order,
                                     RefillsPayment *payment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
