/* refills-checkout-request-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-form-private.h"
#include "refills-order-request.h"
#include "refills-payment-choice-private.h"
#include "refills-selection-private.h"

G_BEGIN_DECLS

RefillsOrderRequest *refills_checkout_request_new (RefillsSelection     *selection,
                                                   RefillsOrderForm     *form,
                                                   RefillsPaymentChoice *choice,
                                                   const char           *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
