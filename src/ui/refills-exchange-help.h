/* refills-exchange-help.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-payment.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_EXCHANGE_HELP (refills_exchange_help_get_type ())

G_DECLARE_FINAL_TYPE (RefillsExchangeHelp, refills_exchange_help, REFILLS, EXCHANGE_HELP, AdwBin)

GtkWidget *refills_exchange_help_new      (RefillsPayment      *payment) G_GNUC_WARN_UNUSED_RESULT;

void       refills_exchange_help_set_open (RefillsExchangeHelp *self,
                                           gboolean             open);

G_END_DECLS
