/* refills-payment-choice-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-coin.h"
#include "refills-collection.h"

G_BEGIN_DECLS

#define REFILLS_WALLET_VIA "USER_WALLET"

#define REFILLS_TYPE_PAYMENT_CHOICE (refills_payment_choice_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPaymentChoice, refills_payment_choice, REFILLS, PAYMENT_CHOICE, GObject)

RefillsPaymentChoice *refills_payment_choice_new          (RefillsCollection    *vias) G_GNUC_WARN_UNUSED_RESULT;

RefillsCollection    *refills_payment_choice_get_vias     (RefillsPaymentChoice *self);
GListModel           *refills_payment_choice_get_coins    (RefillsPaymentChoice *self);
GListModel           *refills_payment_choice_get_networks (RefillsPaymentChoice *self);
RefillsCoin          *refills_payment_choice_get_coin     (RefillsPaymentChoice *self);
gboolean              refills_payment_choice_set_coin     (RefillsPaymentChoice *self,
                                                           RefillsCoin          *coin);
RefillsNetwork       *refills_payment_choice_get_network  (RefillsPaymentChoice *self);
gboolean              refills_payment_choice_set_network  (RefillsPaymentChoice *self,
                                                           RefillsNetwork       *network);

G_END_DECLS
