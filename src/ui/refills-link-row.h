/* refills-link-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_LINK_ROW (refills_link_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsLinkRow, refills_link_row, REFILLS, LINK_ROW, AdwBin)

GtkWidget *refills_link_row_new (RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
