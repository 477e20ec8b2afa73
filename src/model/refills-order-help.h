/* refills-order-help.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-state.h"

G_BEGIN_DECLS

/* What a person can do about an order; lists of them end with none. */
typedef enum {
  REFILLS_ORDER_REMEDY_NONE,
  REFILLS_ORDER_REMEDY_CHECK,   /* ask the service how it stands */
  REFILLS_ORDER_REMEDY_SUPPORT, /* a message to its support */
  REFILLS_ORDER_REMEDY_AGAIN,   /* the same once more */
  REFILLS_ORDER_REMEDY_BRANDS,  /* begin anew, to pay otherwise */
} RefillsOrderRemedy;

char                     *refills_order_help_dup_text       (RefillsOrderState *state) G_GNUC_WARN_UNUSED_RESULT;
const RefillsOrderRemedy *refills_order_help_list_remedies  (RefillsOrderState *state);

G_END_DECLS
