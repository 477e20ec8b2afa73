/* refills-checkout.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"
#include "refills-coin.h"
#include "refills-collection.h"
#include "refills-order-form.h"
#include "refills-order.h"
#include "refills-payment-via.h"
#include "refills-problem.h"
#include "refills-product.h"
#include "refills-quote.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_CHECKOUT_EDITING,     /* something is still to be filled in; "hint" says what */
  REFILLS_CHECKOUT_VALIDATING,  /* the service is being asked */
  REFILLS_CHECKOUT_READY,       /* the total is validated and less than 60 s old */
  REFILLS_CHECKOUT_REFUSED,     /* the service named problems */
  REFILLS_CHECKOUT_FAILED,      /* the service could not be asked; "message" says why */
  REFILLS_CHECKOUT_SUBMITTING,  /* the order is on its way; nothing can be changed */
  REFILLS_CHECKOUT_PLACED,      /* "order" is there to be shown */
} RefillsCheckoutState;

#define REFILLS_TYPE_CHECKOUT_STATE (refills_checkout_state_get_type ())
GType refills_checkout_state_get_type (void);

#define REFILLS_TYPE_CHECKOUT (refills_checkout_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCheckout, refills_checkout, REFILLS, CHECKOUT, GObject)

RefillsBrand         *refills_checkout_get_brand          (RefillsCheckout *self);
const char           *refills_checkout_get_face_label     (RefillsCheckout *self);

RefillsOrderForm     *refills_checkout_get_form           (RefillsCheckout *self);

GListModel           *refills_checkout_get_coins          (RefillsCheckout *self);
GListModel           *refills_checkout_get_networks       (RefillsCheckout *self);
RefillsCoin          *refills_checkout_get_coin           (RefillsCheckout *self);
void                  refills_checkout_set_coin           (RefillsCheckout *self,
                                                           RefillsCoin     *coin);
RefillsNetwork       *refills_checkout_get_network        (RefillsCheckout *self);
void                  refills_checkout_set_network        (RefillsCheckout *self,
                                                           RefillsNetwork  *network);
void                  refills_checkout_set_seen_price      (RefillsCheckout *self,
                                                           const char      *coin,
                                                           const char      *amount);

RefillsCheckoutState  refills_checkout_get_state          (RefillsCheckout *self);
GListModel           *refills_checkout_get_problems       (RefillsCheckout *self);
RefillsOrder         *refills_checkout_get_order          (RefillsCheckout *self);

void                  refills_checkout_validate           (RefillsCheckout *self);
void                  refills_checkout_submit             (RefillsCheckout *self);

G_END_DECLS
