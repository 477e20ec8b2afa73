/* refills-background.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_BACKGROUND (refills_background_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBackground, refills_background, REFILLS, BACKGROUND, GObject)

RefillsBackground *refills_background_new          (GtkApplication    *application,
                                                    RefillsShop       *shop) G_GNUC_WARN_UNUSED_RESULT;

void               refills_background_set_ending   (RefillsBackground *self,
                                                    gboolean           ending);

gboolean           refills_background_is_sandboxed (void);

G_END_DECLS
