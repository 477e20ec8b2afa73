/* refills-catalogue.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"
#include "refills-collection.h"
#include "refills-logo-request.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_CATALOGUE (refills_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCatalogue, refills_catalogue, REFILLS, CATALOGUE, GObject)

const char         *refills_catalogue_get_country  (RefillsCatalogue *self);
void                refills_catalogue_set_country  (RefillsCatalogue *self,
                                                    const char       *country);

RefillsCollection  *refills_catalogue_get_brands   (RefillsCatalogue *self);
RefillsCollection  *refills_catalogue_get_vias     (RefillsCatalogue *self);
RefillsCollection  *refills_catalogue_get_home     (RefillsCatalogue *self);
RefillsCollection  *refills_catalogue_get_found    (RefillsCatalogue *self);
void                refills_catalogue_refresh      (RefillsCatalogue *self);
void                refills_catalogue_update       (RefillsCatalogue *self);
void                refills_catalogue_update_vias  (RefillsCatalogue *self);
void                refills_catalogue_update_home  (RefillsCatalogue *self);
void                refills_catalogue_search       (RefillsCatalogue *self,
                                                    const char       *text);

RefillsCollection  *refills_catalogue_load_product (RefillsCatalogue *self,
                                                    RefillsBrand     *brand) G_GNUC_WARN_UNUSED_RESULT;
void                refills_catalogue_reload_product (RefillsCatalogue  *self,
                                                    RefillsBrand      *brand,
                                                    RefillsCollection *products);

RefillsLogoRequest *refills_catalogue_request_logo (RefillsCatalogue *self,
                                                    RefillsBrand     *brand,
                                                    gboolean          large) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
