/* refills-brand-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-logo-textures.h"
#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_BRAND_PAGE (refills_brand_page_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBrandPage, refills_brand_page, REFILLS, BRAND_PAGE, AdwBin)

GtkWidget *refills_brand_page_new (RefillsShop         *shop,
                                   RefillsBrand        *brand,
                                   RefillsLogoTextures *textures) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
