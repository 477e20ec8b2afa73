/* refills-checkout-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-checkout.h"
#include "refills-order-api.h"
#include "refills-order-journal-private.h"
#include "refills-payment-choice-private.h"

G_BEGIN_DECLS

RefillsCheckout      *refills_checkout_new        (RefillsOrderApi         *api,
                                                   RefillsOrderJournal     *journal,
                                                   RefillsVault            *vault,
                                                   RefillsCollection       *vias,
                                                   RefillsPreferredPayment *preferred,
                                                   const char              *language,
                                                   guint                    settle_ms,
                                                   RefillsBrand            *brand,
                                                   RefillsProductOption    *option,
                                                   const RefillsDecimal    *value) G_GNUC_WARN_UNUSED_RESULT;

RefillsPaymentChoice *refills_checkout_get_choice (RefillsCheckout         *self);

G_END_DECLS
