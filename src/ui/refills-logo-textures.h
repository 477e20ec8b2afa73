/* refills-logo-textures.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-catalogue.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_LOGO_TEXTURES (refills_logo_textures_get_type ())
G_DECLARE_FINAL_TYPE (RefillsLogoTextures, refills_logo_textures, REFILLS, LOGO_TEXTURES, GObject)

RefillsLogoTextures *refills_logo_textures_new         (RefillsCatalogue     *catalogue) G_GNUC_WARN_UNUSED_RESULT;
GdkTexture          *refills_logo_textures_look_up     (RefillsLogoTextures  *self,
                                                        RefillsBrand         *brand,
                                                        gboolean              large);
void                 refills_logo_textures_load_async  (RefillsLogoTextures  *self,
                                                        RefillsBrand         *brand,
                                                        gboolean              large,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
GdkTexture          *refills_logo_textures_load_finish (RefillsLogoTextures  *self,
                                                        GAsyncResult         *result,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
