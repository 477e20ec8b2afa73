/* refills-catalogue-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-blob-cache.h"
#include "refills-catalogue-api.h"
#include "refills-catalogue.h"

G_BEGIN_DECLS

RefillsCatalogue *refills_catalogue_new          (RefillsCatalogueApi *api,
                                                  RefillsBlobCache    *cache,
                                                  const char          *language,
                                                  guint                retry_ms) G_GNUC_WARN_UNUSED_RESULT;
void              refills_catalogue_close        (RefillsCatalogue *self);

G_END_DECLS
