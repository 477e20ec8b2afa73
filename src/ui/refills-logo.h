/* refills-logo.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-logo-textures.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_LOGO (refills_logo_get_type ())
G_DECLARE_FINAL_TYPE (RefillsLogo, refills_logo, REFILLS, LOGO, GtkWidget)

void     refills_logo_set_brand    (RefillsLogo         *self,
                                    RefillsBrand        *brand);
void     refills_logo_set_textures (RefillsLogo         *self,
                                    RefillsLogoTextures *textures);
void     refills_logo_set_wanted   (RefillsLogo         *self,
                                    gboolean             wanted);
gboolean refills_logo_has_picture  (RefillsLogo         *self);

gboolean refills_logo_find_colors  (const char          *color,
                                    const char          *name,
                                    GdkRGBA             *back,
                                    GdkRGBA             *front);

G_END_DECLS
