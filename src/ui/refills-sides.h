/* refills-sides.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_SIDES (refills_sides_get_type ())
G_DECLARE_FINAL_TYPE (RefillsSides, refills_sides, REFILLS, SIDES, GtkWidget)

G_END_DECLS
