/* refills-checkout.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"
#include "refills-checkout-state.h"
#include "refills-coin.h"
#include "refills-collection.h"
#include "refills-order-form.h"
#include "refills-order.h"
#include "refills-payment-via.h"
#include "refills-problem.h"
#include "refills-product.h"
#include "refills-quote.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_CHECKOUT (refills_checkout_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCheckout, refills_checkout, REFILLS, CHECKOUT, GObject)

RefillsBrand         *refills_checkout_get_brand          (RefillsCheckout *self);
const char           *refills_checkout_get_face_label     (RefillsCheckout *self);

RefillsOrderForm     *refills_checkout_get_form           (RefillsCheckout *self);

GListModel           *refills_checkout_get_vias           (RefillsCheckout *self);
RefillsPaymentVia    *refills_checkout_get_via            (RefillsCheckout *self);
void                  refills_checkout_set_via            (RefillsCheckout   *self,
                                                           RefillsPaymentVia *via);
GListModel           *refills_checkout_get_coins          (RefillsCheckout *self);
GListModel           *refills_checkout_get_networks       (RefillsCheckout *self);
RefillsCoin          *refills_checkout_get_coin           (RefillsCheckout *self);
void                  refills_checkout_set_coin           (RefillsCheckout *self,
                                                           RefillsCoin     *coin);
RefillsNetwork       *refills_checkout_get_network        (RefillsCheckout *self);
void                  refills_checkout_set_network        (RefillsCheckout *self,
                                                           RefillsNetwork  *network);
char                 *refills_checkout_dup_bar            (RefillsCheckout *self,
                                                           RefillsCoin     *coin,
                                                           RefillsNetwork  *network) G_GNUC_WARN_UNUSED_RESULT;
char                 *refills_checkout_dup_coin_bar       (RefillsCheckout *self,
                                                           RefillsCoin     *coin) G_GNUC_WARN_UNUSED_RESULT;
gboolean              refills_checkout_is_recommended     (RefillsCheckout *self,
                                                           RefillsNetwork  *network);
void                  refills_checkout_set_seen_price      (RefillsCheckout *self,
                                                           const char      *coin,
                                                           const char      *amount);

RefillsCheckoutState  refills_checkout_get_state          (RefillsCheckout *self);
GListModel           *refills_checkout_get_problems       (RefillsCheckout *self);
RefillsOrder         *refills_checkout_get_order          (RefillsCheckout *self);
RefillsCheckoutQuestion refills_checkout_get_question     (RefillsCheckout *self);
RefillsOrder         *refills_checkout_get_other_order    (RefillsCheckout *self);

void                  refills_checkout_validate           (RefillsCheckout *self);
void                  refills_checkout_submit             (RefillsCheckout *self);
void                  refills_checkout_answer             (RefillsCheckout *self,
                                                           gboolean         go_on);

G_END_DECLS
