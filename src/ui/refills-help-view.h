/* refills-help-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_HELP_VIEW (refills_help_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsHelpView, refills_help_view, REFILLS, HELP_VIEW, AdwBin)

GtkWidget *refills_help_view_new (RefillsShop  *shop,
                                  RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
