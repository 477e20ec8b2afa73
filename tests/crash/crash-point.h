/* crash-point.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void crash_point_init  (void);
void crash_point_reach (const char *name);

G_END_DECLS
