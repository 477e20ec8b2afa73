/* refills-stored-order.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_STORED_ORDER_UUID_BYTES 16

/* What one row holds, as it comes back to the main thread: no secret is in it. */
typedef struct {
  gint64               row;
  char                *environment;
  gint64               created_at;
  RefillsOrderOutcome  outcome;
  RefillsOrderPhase    phase;
  gboolean             is_open;       /* it was made, and more is to come */
  guint8               uuid[REFILLS_STORED_ORDER_UUID_BYTES];
  GVariant            *outline;       /* what a list shows; see refills_order_outline_read(); never NULL */
  GVariant            *moments;       /* "a(xu)": epoch seconds, RefillsOrderPhase; never NULL */
  guint                notices;       /* bits: 1 payment seen, 2 code ready, 4 expired */
  gint64               superseded_by; /* the row of the order that replaced it, 0 for none */
  RefillsOrderRequest *asked;         /* NULL in a list, where the row stays sealed */
  RefillsOrderState   *state;         /* redacted; likewise */
} RefillsStoredOrder;

#define REFILLS_TYPE_STORED_ORDER (refills_stored_order_get_type ())
GType               refills_stored_order_get_type (void);
RefillsStoredOrder *refills_stored_order_copy     (const RefillsStoredOrder *self) G_GNUC_WARN_UNUSED_RESULT;
void                refills_stored_order_free     (RefillsStoredOrder *self);

RefillsOrder       *refills_stored_order_to_order (const RefillsStoredOrder *self) G_GNUC_WARN_UNUSED_RESULT;
void                refills_stored_order_apply    (const RefillsStoredOrder *self,
                                                   RefillsOrder             *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsStoredOrder, refills_stored_order_free)

G_END_DECLS
