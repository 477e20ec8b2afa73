/* refills-order-form-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-checkout.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_FORM_VIEW (refills_order_form_view_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderFormView, refills_order_form_view, REFILLS, ORDER_FORM_VIEW, AdwBin)

void refills_order_form_view_set_checkout (RefillsOrderFormView *self,
                                           RefillsCheckout      *checkout);

G_END_DECLS
