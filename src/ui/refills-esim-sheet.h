/* refills-esim-sheet.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_ESIM_SHEET (refills_esim_sheet_get_type ())

G_DECLARE_FINAL_TYPE (RefillsEsimSheet, refills_esim_sheet, REFILLS, ESIM_SHEET, AdwBin)

GtkWidget *refills_esim_sheet_new (const char *code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
