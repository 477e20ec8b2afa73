/* refills-catalogue-api.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-api-language.h"
#include "refills-brand.h"
#include "refills-catalogue-listing.h"
#include "refills-http.h"
#include "refills-payment-via.h"
#include "refills-product.h"
#include "refills-quote.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_CATALOGUE_API (refills_catalogue_api_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCatalogueApi, refills_catalogue_api, REFILLS, CATALOGUE_API, GObject)

RefillsCatalogueApi *refills_catalogue_api_new                 (RefillsHttp *http) G_GNUC_WARN_UNUSED_RESULT;

void                 refills_catalogue_api_list_vias_async     (RefillsCatalogueApi  *self,
                                                                const char           *country,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
void                 refills_catalogue_api_list_brands_async   (RefillsCatalogueApi  *self,
                                                                const char           *country,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
void                 refills_catalogue_api_get_homepage_async  (RefillsCatalogueApi  *self,
                                                                const char           *country,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
void                 refills_catalogue_api_search_async        (RefillsCatalogueApi  *self,
                                                                const char           *country,
                                                                const char           *text,
                                                                const char           *language,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
void                 refills_catalogue_api_list_products_async (RefillsCatalogueApi  *self,
                                                                RefillsBrand         *brand,
                                                                const char           *coin,
                                                                const char           *language,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
RefillsCatalogueListing *refills_catalogue_api_list_finish     (RefillsCatalogueApi  *self,
                                                                GAsyncResult         *result,
                                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void                 refills_catalogue_api_get_price_async     (RefillsCatalogueApi  *self,
                                                                const char           *brand_name,
                                                                const char           *country,
                                                                const RefillsDecimal *face_value,
                                                                const char           *coin,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
RefillsQuote        *refills_catalogue_api_get_price_finish    (RefillsCatalogueApi  *self,
                                                                GAsyncResult         *result,
                                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void                 refills_catalogue_api_get_picture_async   (RefillsCatalogueApi  *self,
                                                                const char           *uri,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
GBytes              *refills_catalogue_api_get_picture_finish  (RefillsCatalogueApi  *self,
                                                                GAsyncResult         *result,
                                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
