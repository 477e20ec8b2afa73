/* refills-code-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_CODE_VIEW (refills_code_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsCodeView, refills_code_view, REFILLS, CODE_VIEW, AdwBin)

GtkWidget *refills_code_view_new      (gboolean         is_practice,
                                       const char      *summary) G_GNUC_WARN_UNUSED_RESULT;

void       refills_code_view_set_code (RefillsCodeView *self,
                                       const char      *text,
                                       const char      *holds);

G_END_DECLS
