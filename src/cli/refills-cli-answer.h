/* refills-cli-answer.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-payment.h"

G_BEGIN_DECLS

void refills_cli_add_answer     (GString                *object,
                                 const RefillsJsonPlace *answer,
                                 RefillsPayment         *payment,
                                 const char             *page,
                                 RefillsOrderRequest    *asked);
void refills_cli_add_event_data (GString                *object,
                                 const char             *data,
                                 gsize                   length);

G_END_DECLS
