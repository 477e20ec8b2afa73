/* refills-cli-basket.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"
#include "refills-order-request.h"

G_BEGIN_DECLS

/* What the command line says of an order; all of it is borrowed. */
typedef struct {
  const char  *email;
  const char  *via;
  const char  *coin;
  const char  *network;
  const char  *coupon;
  const char  *refund_address;
  char       **lines; /* "BRAND|DENOMINATION|BENEFICIARY", at least one */
} RefillsCliBasket;

RefillsOrderRequest *refills_cli_basket_resolve (RefillsCli             *cli,
                                                 const RefillsCliBasket *basket,
                                                 int                    *status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
