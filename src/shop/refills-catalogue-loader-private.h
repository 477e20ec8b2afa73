/* refills-catalogue-loader-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-blob-cache.h"
#include "refills-catalogue-api.h"
#include "refills-collection.h"

G_BEGIN_DECLS

/* Which list is wanted; borrowed for the time of a call. */
typedef struct {
  RefillsListingKind  kind;            /* vias, homepage or products */
  const char         *country;
  RefillsBrand       *brand;           /* of products: whose */
  const char         *coin;            /* of products */
  const char         *language;        /* of products */
  guint               max_age_seconds; /* up to which a list that is there is not asked for again */
} RefillsCatalogueWish;

typedef struct _RefillsCatalogueLoader RefillsCatalogueLoader;

RefillsCatalogueLoader *refills_catalogue_loader_new   (RefillsCatalogueApi         *api,
                                                        RefillsBlobCache            *cache) G_GNUC_WARN_UNUSED_RESULT;
void                    refills_catalogue_loader_unref (RefillsCatalogueLoader      *self);
void                    refills_catalogue_loader_load  (RefillsCatalogueLoader      *self,
                                                        const RefillsCatalogueWish  *wish,
                                                        RefillsCollection           *into,
                                                        gboolean                     must_ask);
void                    refills_catalogue_loader_leave (RefillsCollection           *into);
void                    refills_catalogue_loader_close (RefillsCatalogueLoader      *self);

gboolean                refills_catalogue_is_fresh     (RefillsCollection           *list,
                                                        guint                        max_age_seconds);

G_END_DECLS
