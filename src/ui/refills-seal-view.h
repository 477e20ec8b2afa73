/* refills-seal-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SEAL_VIEW (refills_seal_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsSealView, refills_seal_view, REFILLS, SEAL_VIEW, AdwBin)

GtkWidget *refills_seal_view_new (RefillsShop  *shop,
                                  RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
