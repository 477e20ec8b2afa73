/* refills-order-form-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-api.h"
#include "refills-order-form.h"

G_BEGIN_DECLS

RefillsOrderForm *refills_order_form_new            (RefillsOrderApi        *api,
                                                     RefillsBeneficiaryKind  kind) G_GNUC_WARN_UNUSED_RESULT;
void              refills_order_form_set_locked     (RefillsOrderForm       *self,
                                                     gboolean                locked);
void              refills_order_form_rest           (RefillsOrderForm       *self);
void              refills_order_form_stop           (RefillsOrderForm       *self);
gboolean          refills_order_form_is_complete    (RefillsOrderForm       *self);
const char       *refills_order_form_get_hint       (RefillsOrderForm       *self);
char             *refills_order_form_dup_recipient  (RefillsOrderForm       *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
