/* refills-checkout-question.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-checkout.h"
#include "refills-confirm.h"

G_BEGIN_DECLS

RefillsConfirm *refills_checkout_question_ask (RefillsCheckout *checkout,
                                               GtkWindow       *parent);

RefillsConfirm *refills_checkout_question_explain (GtkWindow *parent);
char           *refills_checkout_question_dup_replaced (RefillsOrder *other) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
