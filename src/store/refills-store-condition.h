/* refills-store-condition.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is not as it should be with the file of the orders: flags. */
typedef enum {
  REFILLS_STORE_CONDITION_NONE = 0,
  REFILLS_STORE_CONDITION_MENDED = 1 << 0,     /* it was damaged; what could not be read is kept aside */
  REFILLS_STORE_CONDITION_NEWER = 1 << 1,      /* a newer version made it: it is only read */
  REFILLS_STORE_CONDITION_UNREADABLE = 1 << 2, /* with NEWER: not even that */
  REFILLS_STORE_CONDITION_READ_ONLY = 1 << 3,  /* it, or its folder, cannot be written or made */
} RefillsStoreCondition;

/* Either of them: there is nothing to be written. */
#define REFILLS_STORE_CONDITION_ONLY_READ (REFILLS_STORE_CONDITION_NEWER | REFILLS_STORE_CONDITION_READ_ONLY)
