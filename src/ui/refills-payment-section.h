/* refills-payment-section.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-checkout.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_PAYMENT_SECTION (refills_payment_section_get_type ())

G_DECLARE_FINAL_TYPE (RefillsPaymentSection, refills_payment_section, REFILLS, PAYMENT_SECTION, AdwBin)

void refills_payment_section_set_checkout (RefillsPaymentSection *self,
                                           RefillsCheckout       *checkout);

G_END_DECLS
