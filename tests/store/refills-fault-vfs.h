/* refills-fault-vfs.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_FAULT_NONE,
  REFILLS_FAULT_FULL,
  REFILLS_FAULT_CUT,
  REFILLS_FAULT_SYNC,
} RefillsFault;

void     refills_fault_vfs_register (void);
void     refills_fault_vfs_set      (RefillsFault fault,
                                     int          after);
gboolean refills_fault_vfs_was_hit  (void);

G_END_DECLS
