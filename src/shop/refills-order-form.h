/* refills-order-form.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-beneficiary.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_FORM (refills_order_form_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderForm, refills_order_form, REFILLS, ORDER_FORM, GObject)

RefillsBeneficiaryKind  refills_order_form_get_kind            (RefillsOrderForm *self);
const char             *refills_order_form_get_email           (RefillsOrderForm *self);
void                    refills_order_form_set_email           (RefillsOrderForm *self,
                                                                const char       *email);
const char             *refills_order_form_get_beneficiary     (RefillsOrderForm *self);
void                    refills_order_form_set_beneficiary     (RefillsOrderForm *self,
                                                                const char       *beneficiary);
const char             *refills_order_form_get_coupon          (RefillsOrderForm *self);
void                    refills_order_form_set_coupon          (RefillsOrderForm *self,
                                                                const char       *coupon);
const char             *refills_order_form_get_refund_address  (RefillsOrderForm *self);
void                    refills_order_form_set_refund_address  (RefillsOrderForm *self,
                                                                const char       *address);
guint                   refills_order_form_get_quantity        (RefillsOrderForm *self);
void                    refills_order_form_set_quantity        (RefillsOrderForm *self,
                                                                guint             quantity);

G_END_DECLS
