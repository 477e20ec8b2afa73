/* refills-switcher.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_SWITCHER (refills_switcher_get_type ())
G_DECLARE_FINAL_TYPE (RefillsSwitcher, refills_switcher, REFILLS, SWITCHER, GtkWidget)

G_END_DECLS
