/* refills-shop.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-catalogue.h"
#include "refills-checkout.h"
#include "refills-environment.h"
#include "refills-notice.h"
#include "refills-preferred-payment.h"
#include "refills-price-watch.h"
#include "refills-vault.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SHOP (refills_shop_get_type ())
G_DECLARE_FINAL_TYPE (RefillsShop, refills_shop, REFILLS, SHOP, GObject)

RefillsShop       *refills_shop_new                    (const RefillsEnvironment *environment,
                                                        GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void               refills_shop_start                  (RefillsShop *self);
void               refills_shop_start_orders           (RefillsShop *self);
void               refills_shop_close                  (RefillsShop *self);

gboolean           refills_shop_is_practice            (RefillsShop *self);
gboolean           refills_shop_is_local               (RefillsShop *self);
gboolean           refills_shop_has_real_orders        (RefillsShop *self);
gboolean           refills_shop_set_partner_id         (RefillsShop *self,
                                                        const char  *partner_id,
                                                        GError     **error);
gint64             refills_shop_get_time               (RefillsShop  *self,
                                                        RefillsOrder *order);
gboolean           refills_shop_is_busy                (RefillsShop *self);
gboolean           refills_shop_is_sending             (RefillsShop *self);
gboolean           refills_shop_needs_watching         (RefillsShop *self);
gboolean           refills_shop_can_order              (RefillsShop *self);
char              *refills_shop_dup_condition_text     (RefillsShop *self) G_GNUC_WARN_UNUSED_RESULT;
void               refills_shop_dismiss_condition      (RefillsShop *self);
RefillsCatalogue  *refills_shop_get_catalogue          (RefillsShop *self);
RefillsCollection *refills_shop_get_orders             (RefillsShop *self);
RefillsVault      *refills_shop_get_vault              (RefillsShop *self);

RefillsPriceWatch *refills_shop_watch_price            (RefillsShop          *self,
                                                        RefillsBrand         *brand,
                                                        RefillsProductOption *option) G_GNUC_WARN_UNUSED_RESULT;
RefillsPreferredPayment *refills_shop_get_preferred_payment (RefillsShop *self);
RefillsCheckout   *refills_shop_begin_checkout         (RefillsShop          *self,
                                                        RefillsBrand         *brand,
                                                        RefillsProductOption *option,
                                                        const RefillsDecimal *value) G_GNUC_WARN_UNUSED_RESULT;

void               refills_shop_validate_async          (RefillsShop          *self,
                                                        RefillsOrderRequest  *request,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
RefillsQuote      *refills_shop_validate_finish         (RefillsShop          *self,
                                                        GAsyncResult         *result,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void               refills_shop_place_async             (RefillsShop          *self,
                                                        RefillsOrderRequest  *request,
                                                        RefillsQuote         *accepted,
                                                        gboolean              replace,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
RefillsOrder      *refills_shop_place_finish            (RefillsShop          *self,
                                                        GAsyncResult         *result,
                                                        GPtrArray           **problems,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char              *refills_shop_dup_unsaved_id          (RefillsShop          *self) G_GNUC_WARN_UNUSED_RESULT;

RefillsOrder      *refills_shop_dup_whole_order        (RefillsShop         *self,
                                                        RefillsOrder        *order) G_GNUC_WARN_UNUSED_RESULT;
void               refills_shop_open_order_async       (RefillsShop         *self,
                                                        RefillsOrder        *order,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean           refills_shop_open_order_finish      (RefillsShop         *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
void               refills_shop_reveal_async           (RefillsShop         *self,
                                                        RefillsOrder        *order,
                                                        guint                delivery,
                                                        RefillsSecret        secret,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
char              *refills_shop_reveal_finish          (RefillsShop         *self,
                                                        GAsyncResult        *result,
                                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;

void               refills_shop_refresh_order          (RefillsShop  *self,
                                                        RefillsOrder *order);
void               refills_shop_expect_payment         (RefillsShop  *self,
                                                        RefillsOrder *order);
void               refills_shop_mark_told              (RefillsShop   *self,
                                                        RefillsNotice *notice);
void               refills_shop_mark_seen              (RefillsShop  *self,
                                                        RefillsOrder *order);
void               refills_shop_simulate_payment_async (RefillsShop         *self,
                                                        RefillsOrder        *order,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
gboolean           refills_shop_simulate_payment_finish (RefillsShop        *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

G_END_DECLS
