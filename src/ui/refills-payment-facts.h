/* refills-payment-facts.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-payment.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PAYMENT_FACTS (refills_payment_facts_get_type ())

G_DECLARE_FINAL_TYPE (RefillsPaymentFacts, refills_payment_facts, REFILLS, PAYMENT_FACTS, AdwBin)

GtkWidget *refills_payment_facts_new (RefillsPayment *payment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
