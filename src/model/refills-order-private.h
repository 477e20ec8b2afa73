/* refills-order-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fields of an order, for the two files that it is made of.
 */
#pragma once

#include "refills-order-status.h"

G_BEGIN_DECLS

struct _RefillsOrder {
  GObject parent_instance;

  gint64 row;
  gint64 created_at;
  gint64 now; /* at the service, epoch seconds; 0 where unknown */
  /* Of a sealed order: what a list may know of it, NULL once it was read, and the state it tells of. */
  GVariant *outline;
  RefillsOrderState *outline_state;
  gboolean is_sealed;
  RefillsOrderRequest *asked;
  RefillsOrderState *state;
  RefillsOrderOutcome outcome;
  GVariant *moments;
  RefillsOrderLink link;
  gint64 link_until;
  char *link_why;
  gboolean unsaved;
  gboolean lacks_space; /* with unsaved: for which reason */
  gboolean superseded;
  char *title;
  char *face_label;
  GListModel *deliveries; /* made when it is first asked for */
  RefillsOrderStatus shown;
};

void refills_order_read_outline (RefillsOrder *self);

G_END_DECLS
