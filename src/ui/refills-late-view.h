/* refills-late-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_LATE_VIEW (refills_late_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsLateView, refills_late_view, REFILLS, LATE_VIEW, AdwBin)

GtkWidget *refills_late_view_new (RefillsShop  *shop,
                                  RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
