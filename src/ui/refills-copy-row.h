/* refills-copy-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_COPY_ROW (refills_copy_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsCopyRow, refills_copy_row, REFILLS, COPY_ROW, AdwPreferencesRow)

G_END_DECLS
