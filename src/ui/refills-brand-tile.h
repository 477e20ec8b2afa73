/* refills-brand-tile.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-logo-textures.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_BRAND_TILE (refills_brand_tile_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBrandTile, refills_brand_tile, REFILLS, BRAND_TILE, GtkWidget)

GtkWidget    *refills_brand_tile_new        (RefillsLogoTextures *textures) G_GNUC_WARN_UNUSED_RESULT;
void          refills_brand_tile_set_brand  (RefillsBrandTile    *self,
                                             RefillsBrand        *brand);
RefillsBrand *refills_brand_tile_get_brand  (RefillsBrandTile    *self);
void          refills_brand_tile_set_wanted (RefillsBrandTile    *self,
                                             gboolean             wanted);

G_END_DECLS
