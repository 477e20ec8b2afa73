/* refills-wallet-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-wallet.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_WALLET_VIEW (refills_wallet_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsWalletView, refills_wallet_view, REFILLS, WALLET_VIEW, AdwBin)

GtkWidget            *refills_wallet_view_new        (const RefillsToken *token,
                                                      const char         *request) G_GNUC_WARN_UNUSED_RESULT;

void                  refills_wallet_view_set_request (RefillsWalletView *self,
                                                      const char         *request);
gboolean              refills_wallet_view_recall     (RefillsWalletView  *self,
                                                      const char * const *choices);

const RefillsWallet  *refills_wallet_view_get_wallet (RefillsWalletView  *self);
RefillsPaymentCode    refills_wallet_view_get_code   (RefillsWalletView  *self);

G_END_DECLS
