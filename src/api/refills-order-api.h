/* refills-order-api.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-email-check.h"
#include "refills-event-stream.h"
#include "refills-http.h"
#include "refills-order-request.h"
#include "refills-order-shape.h"
#include "refills-order-state.h"
#include "refills-problem.h"
#include "refills-quote.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_API (refills_order_api_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderApi, refills_order_api, REFILLS, ORDER_API, GObject)

RefillsOrderApi    *refills_order_api_new             (RefillsHttp *http) G_GNUC_WARN_UNUSED_RESULT;
void                refills_order_api_set_shape       (RefillsOrderApi   *self,
                                                       RefillsOrderShape  shape);

void                refills_order_api_validate_async  (RefillsOrderApi      *self,
                                                       RefillsOrderRequest  *request,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
RefillsQuote       *refills_order_api_validate_finish (RefillsOrderApi      *self,
                                                       GAsyncResult         *result,
                                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes             *refills_order_api_dup_validation  (RefillsOrderApi      *self,
                                                       GAsyncResult         *result) G_GNUC_WARN_UNUSED_RESULT;

gboolean            refills_order_api_may_create      (RefillsOrderApi      *self,
                                                       RefillsOrderRequest  *request,
                                                       RefillsQuote         *accepted,
                                                       GError              **error);
void                refills_order_api_create_async    (RefillsOrderApi      *self,
                                                       RefillsOrderRequest  *request,
                                                       RefillsQuote         *accepted,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
RefillsOrderState  *refills_order_api_create_finish   (RefillsOrderApi      *self,
                                                       GAsyncResult         *result,
                                                       GPtrArray           **problems,
                                                       GBytes              **answer,
                                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void                refills_order_api_validate_email_async  (RefillsOrderApi      *self,
                                                             const char           *email,
                                                             GCancellable         *cancellable,
                                                             GAsyncReadyCallback   callback,
                                                             gpointer              user_data);
RefillsEmailVerdict refills_order_api_validate_email_finish (RefillsOrderApi      *self,
                                                             GAsyncResult         *result);

void                refills_order_api_get_async       (RefillsOrderApi      *self,
                                                       const char           *order_id,
                                                       const char           *country,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
RefillsOrderState  *refills_order_api_get_finish      (RefillsOrderApi      *self,
                                                       GAsyncResult         *result,
                                                       GBytes              **answer,
                                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gint64              refills_order_api_get_date        (RefillsOrderApi      *self,
                                                       GAsyncResult         *result);

RefillsEventStream *refills_order_api_subscribe       (RefillsOrderApi      *self,
                                                       const char           *order_id,
                                                       const char           *country,
                                                       const RefillsBackoff *backoff) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
