/* refills-brands-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-collection.h"
#include "refills-logo-textures.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_BRANDS_PAGE (refills_brands_page_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBrandsPage, refills_brands_page, REFILLS, BRANDS_PAGE, AdwBin)

GtkWidget *refills_brands_page_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void       refills_brands_page_set_brands (RefillsBrandsPage   *self,
                                          RefillsCollection   *brands,
                                          const char          *country,
                                          RefillsLogoTextures *textures);
void       refills_brands_page_begin_search (RefillsBrandsPage *self);

G_END_DECLS
