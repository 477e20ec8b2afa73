/* refills-width-first.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_WIDTH_FIRST (refills_width_first_get_type ())
G_DECLARE_FINAL_TYPE (RefillsWidthFirst, refills_width_first, REFILLS, WIDTH_FIRST, AdwBin)

G_END_DECLS
