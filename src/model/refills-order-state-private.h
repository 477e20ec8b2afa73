/* refills-order-state-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fields of an order's state, for the files that make one: the object itself, its reader and
 * its fold.
 */
#pragma once

#include "refills-order-state.h"

G_BEGIN_DECLS

#define REFILLS_ORDER_MAX_DELIVERIES 1000

struct _RefillsOrderState {
  GObject parent_instance;

  char *order_id;
  char *order_state;
  char *payment_state;
  gboolean has_valid_states;
  RefillsOrderPhase phase;
  RefillsOrderAlarm alarm;
  char *payment_via;
  char *coin;
  char *network;
  char *wallet_address;
  char *coin_amount;
  char *sent_coin_amount;
  char *missing_amount;
  char *qr_text;
  char *checkout_uri;
  gint64 created_at;
  gint64 payment_requested_at;
  gint64 server_time;
  GPtrArray *deliveries;
  guint n_skipped;
};

RefillsOrderState *refills_order_state_copy_without_deliveries (RefillsOrderState *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
