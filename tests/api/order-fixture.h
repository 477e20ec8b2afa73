/* order-fixture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-quote.h"

G_BEGIN_DECLS

RefillsOrderLine    *order_fixture_line    (const char          *denomination,
                                            const char          *product_value,
                                            const char          *delivery_type,
                                            const char          *beneficiary);
RefillsOrderRequest *order_fixture_request (GPtrArray           *lines,
                                            const char          *coupon,
                                            const char          *refund_address);
RefillsOrderRequest *order_fixture_one     (const char          *denomination,
                                            const char          *product_value);
RefillsQuote        *order_fixture_quote   (RefillsOrderRequest *request,
                                            const char          *problems,
                                            gint64               asked_at);
RefillsQuote        *order_fixture_accept  (RefillsOrderRequest *request);

G_END_DECLS
