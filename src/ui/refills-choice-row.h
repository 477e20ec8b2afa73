/* refills-choice-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_CHOICE_ROW (refills_choice_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsChoiceRow, refills_choice_row, REFILLS, CHOICE_ROW, AdwComboRow)

G_END_DECLS
