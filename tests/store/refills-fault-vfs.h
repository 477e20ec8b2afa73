/* refills-fault-vfs.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_FAULT_NONE,
  REFILLS_FAULT_FULL,
  REFILLS_FAULT_CUT,
  REFILLS_FAULT_SYNC,
  REFILLS_FAULT_DIE,        /* the process ends with half of a write done */
  REFILLS_FAULT_DIE_SYNC,   /* the process ends before a sync */
  REFILLS_FAULT_FORGET,     /* a sync does nothing and says it did */
} RefillsFault;

typedef enum {
  REFILLS_FAULT_IN_ANY,
  REFILLS_FAULT_IN_DATABASE,
  REFILLS_FAULT_IN_LOG,     /* write-ahead log or rollback journal */
} RefillsFaultPlace;

void     refills_fault_vfs_register (void);
void     refills_fault_vfs_set      (RefillsFault fault,
                                     int          after);
void     refills_fault_vfs_set_in   (RefillsFaultPlace place,
                                     RefillsFault      fault,
                                     int               after);
gboolean refills_fault_vfs_was_hit  (void);

G_END_DECLS
