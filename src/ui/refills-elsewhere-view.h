/* refills-elsewhere-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ELSEWHERE_VIEW (refills_elsewhere_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsElsewhereView, refills_elsewhere_view, REFILLS, ELSEWHERE_VIEW, AdwBin)

GtkWidget *refills_elsewhere_view_new (RefillsShop  *shop,
                                       RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
