/* refills-choice-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RefillsChoiceBar:
 * @choice: one of the choices
 * @user_data: what the function was set with
 *
 * Returns: (transfer full) (nullable): why it cannot be chosen now, in a few words; `NULL` where it can
 */
typedef char *(*RefillsChoiceBar) (gpointer choice,
                                   gpointer user_data);

#define REFILLS_TYPE_CHOICE_ROW (refills_choice_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsChoiceRow, refills_choice_row, REFILLS, CHOICE_ROW, AdwActionRow)

void refills_choice_row_set_bar_func     (RefillsChoiceRow *self,
                                          RefillsChoiceBar  func,
                                          gpointer          user_data);
void refills_choice_row_set_use_subtitle (RefillsChoiceRow *self,
                                          gboolean          use_subtitle);
void refills_choice_row_sync             (RefillsChoiceRow *self);

G_END_DECLS
