/* refills-logo-request-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-blob-cache.h"
#include "refills-brand.h"
#include "refills-catalogue-api.h"
#include "refills-logo-request.h"

G_BEGIN_DECLS

/* What all logo requests of a catalogue share: at most so many loads at once, and what was not there. */
typedef struct _RefillsLogoLoader RefillsLogoLoader;

#define REFILLS_LOGO_MAX_LOADS 4

RefillsLogoLoader  *refills_logo_loader_new   (RefillsCatalogueApi *api,
                                               RefillsBlobCache    *cache) G_GNUC_WARN_UNUSED_RESULT;
RefillsLogoLoader  *refills_logo_loader_ref   (RefillsLogoLoader *self);
void                refills_logo_loader_unref (RefillsLogoLoader *self);

RefillsLogoRequest *refills_logo_request_new  (RefillsLogoLoader *loader,
                                               RefillsBrand      *brand,
                                               gboolean           large) G_GNUC_WARN_UNUSED_RESULT;
GStrv               refills_logo_list_uris    (RefillsBrand *brand,
                                               gboolean      large) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsLogoLoader, refills_logo_loader_unref)

G_END_DECLS
