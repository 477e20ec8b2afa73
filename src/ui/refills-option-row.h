/* refills-option-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-product-option.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_OPTION_ROW (refills_option_row_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOptionRow, refills_option_row, REFILLS, OPTION_ROW, AdwActionRow)

GtkWidget *refills_option_row_new        (RefillsProductOption *option,
                                          const char           *facts) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *refills_option_row_get_button (RefillsOptionRow     *self);

G_END_DECLS
