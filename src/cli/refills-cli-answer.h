/* refills-cli-answer.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-payment.h"

G_BEGIN_DECLS

void refills_cli_add_answer (GString                *object,
                             const RefillsJsonPlace *answer,
                             RefillsPayment         *payment,
                             const char             *page);

G_END_DECLS
