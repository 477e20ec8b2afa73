/* refills-shortcuts.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void refills_shortcuts_install (GtkApplication *application);
void refills_shortcuts_present (GtkApplication *application,
                                GtkWindow      *parent);

G_END_DECLS
