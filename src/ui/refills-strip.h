/* refills-strip.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_STRIP (refills_strip_get_type ())

G_DECLARE_FINAL_TYPE (RefillsStrip, refills_strip, REFILLS, STRIP, AdwBin)

G_END_DECLS
