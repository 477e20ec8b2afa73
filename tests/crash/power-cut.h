/* power-cut.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*PowerCutFunc) (const char *what);

void power_cut_record (const char   *folder,
                       const char   *durable);
void power_cut_tell   (PowerCutFunc  func);

G_END_DECLS
