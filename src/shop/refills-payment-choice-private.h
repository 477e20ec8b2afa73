/* refills-payment-choice-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-coin.h"
#include "refills-collection.h"
#include "refills-payment-via.h"
#include "refills-preferred-payment.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PAYMENT_CHOICE (refills_payment_choice_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPaymentChoice, refills_payment_choice, REFILLS, PAYMENT_CHOICE, GObject)

RefillsPaymentChoice *refills_payment_choice_new           (RefillsCollection       *vias,
                                                            RefillsPreferredPayment *preferred)
                                                         G_GNUC_WARN_UNUSED_RESULT;

GListModel           *refills_payment_choice_get_vias      (RefillsPaymentChoice *self);
RefillsPaymentVia    *refills_payment_choice_get_via       (RefillsPaymentChoice *self);
void                  refills_payment_choice_set_via       (RefillsPaymentChoice *self,
                                                            RefillsPaymentVia    *via);
gboolean              refills_payment_choice_is_complete   (RefillsPaymentChoice *self);
GListModel           *refills_payment_choice_get_coins     (RefillsPaymentChoice *self);
GListModel           *refills_payment_choice_get_networks  (RefillsPaymentChoice *self);
RefillsCoin          *refills_payment_choice_get_coin      (RefillsPaymentChoice *self);
void                  refills_payment_choice_set_coin      (RefillsPaymentChoice *self,
                                                            RefillsCoin          *coin);
RefillsNetwork       *refills_payment_choice_get_network   (RefillsPaymentChoice *self);
void                  refills_payment_choice_set_network   (RefillsPaymentChoice *self,
                                                            RefillsNetwork       *network);
void                  refills_payment_choice_set_locked    (RefillsPaymentChoice *self,
                                                            gboolean              locked);
void                  refills_payment_choice_set_price     (RefillsPaymentChoice *self,
                                                            const char           *coin,
                                                            const RefillsDecimal *total);
void                  refills_payment_choice_heed_problems (RefillsPaymentChoice *self,
                                                            GListModel           *problems);
void                  refills_payment_choice_remember      (RefillsPaymentChoice *self);

const char           *refills_payment_choice_get_notice    (RefillsPaymentChoice *self);
const char           *refills_payment_choice_get_hint      (RefillsPaymentChoice *self);
char                 *refills_payment_choice_dup_bar       (RefillsPaymentChoice *self,
                                                            RefillsCoin          *coin,
                                                            RefillsNetwork       *network) G_GNUC_WARN_UNUSED_RESULT;
char                 *refills_payment_choice_dup_coin_bar  (RefillsPaymentChoice *self,
                                                            RefillsCoin          *coin) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
