/* refills-order-status.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order.h"

G_BEGIN_DECLS

/* Everything that follows from the outcome, the state and what was asked. */
typedef struct {
  RefillsOrderPhase phase;
  RefillsOrderAlarm alarm;
  char *alarm_text;
  char *status_title;
  char *status_text;
  RefillsPayment *payment;
  char *refusal;
  GError *refused; /* the same, typed; also of a payment whose time is over */
  gboolean payable;
  gboolean paid_elsewhere;
  gint64 payable_until; /* epoch seconds of the service's clock, here or elsewhere; 0: no end is known */
  gboolean is_late; /* all agrees, and only the time to pay is over */
  gboolean is_unpaid; /* no money was seen */
  gboolean open;
  gboolean has_codes;
} RefillsOrderStatus;

void refills_order_status_init            (RefillsOrderStatus  *self,
                                           gint64               row,
                                           RefillsOrderOutcome  outcome,
                                           RefillsOrderRequest *asked,
                                           RefillsOrderState   *state,
                                           gint64               now,
                                           gboolean             is_sealed);
void refills_order_status_supersede       (RefillsOrderStatus  *self);
void refills_order_status_clear           (RefillsOrderStatus  *self);
void refills_order_status_list_deliveries (GListStore          *list,
                                           RefillsOrderState   *state);

const RefillsOrderStatus *refills_order_get_shown (RefillsOrder *self);

G_END_DECLS
