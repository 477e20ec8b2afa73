/* refills-price-watch-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-catalogue-api.h"
#include "refills-price-watch.h"

G_BEGIN_DECLS

RefillsPriceWatch *refills_price_watch_new (RefillsCatalogueApi  *api,
                                            RefillsBrand         *brand,
                                            RefillsProductOption *option,
                                            guint                 settle_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
