/* refills-quote.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-decimal.h"
#include "refills-json.h"
#include "refills-order-request.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_QUOTE (refills_quote_get_type ())
G_DECLARE_FINAL_TYPE (RefillsQuote, refills_quote, REFILLS, QUOTE, GObject)

RefillsQuote *refills_quote_new_from_price_json      (const RefillsJsonPlace  *place,
                                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsQuote *refills_quote_new_from_validation_json (const RefillsJsonPlace  *place,
                                                      RefillsOrderRequest     *asked,
                                                      gint64                   asked_at,
                                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsQuote *refills_quote_new_refused              (GPtrArray               *problems,
                                                      RefillsOrderRequest     *asked) G_GNUC_WARN_UNUSED_RESULT;

gboolean      refills_quote_is_accepted              (RefillsQuote *self);
RefillsOrderRequest *refills_quote_get_asked         (RefillsQuote *self);
gint64        refills_quote_get_asked_at             (RefillsQuote *self);
const char   *refills_quote_get_coin                 (RefillsQuote *self);
const char   *refills_quote_get_coin_amount          (RefillsQuote *self);
const char   *refills_quote_get_label                (RefillsQuote *self);
GListModel   *refills_quote_get_problems             (RefillsQuote *self);

G_END_DECLS
