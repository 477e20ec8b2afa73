/* refills-price-watch.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"
#include "refills-product-option.h"
#include "refills-quote.h"

G_BEGIN_DECLS

/* The price of a value that is being typed. */
#define REFILLS_TYPE_PRICE_WATCH (refills_price_watch_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPriceWatch, refills_price_watch, REFILLS, PRICE_WATCH, GObject)

void                  refills_price_watch_set_text  (RefillsPriceWatch *self,
                                                     const char        *text);
gboolean              refills_price_watch_get_value (RefillsPriceWatch *self,
                                                     RefillsDecimal    *value);
const char           *refills_price_watch_get_label (RefillsPriceWatch *self);
RefillsQuote         *refills_price_watch_get_quote (RefillsPriceWatch *self);
const char           *refills_price_watch_get_complaint (RefillsPriceWatch *self);

G_END_DECLS
