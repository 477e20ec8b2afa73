/* refills-order-state-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fields of an order's state, for the files that make one: the object itself, its reader and
 * its stored form and its fold.
 */
#pragma once

#include "refills-order-state.h"

G_BEGIN_DECLS

/* Times at the service that are further apart than this are not of one order's making: one of them is a slip. */
#define REFILLS_ORDER_SLIP_SECONDS (24 * 60 * 60)
/* 9999-12-31 23:59:59 UTC: what is later is no time, and could not be reckoned with. */
#define REFILLS_ORDER_LAST_EPOCH G_GINT64_CONSTANT (253402300799)
#define REFILLS_ORDER_MAX_DELIVERIES 1000
#define REFILLS_ORDER_MAX_TRANSACTIONS 20

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
  char *summary_amount; /* what the summary says is to be paid in coins */
  char *sent_coin_amount;
  char *missing_amount;
  char *missing_amount_qr_text;
  char *qr_text;
  char *checkout_uri;
  char *memo;
  char *original_coin;
  char *original_protocol;
  char *refund_address;
  char *refund_amount;
  char *refund_currency;
  char *refund_reason;
  /* What a later answer named in place of what may not change, the first of each; nothing is ever paid by them. */
  char *refused_coin;
  char *refused_network;
  char *refused_wallet_address;
  char *refused_coin_amount;
  char *refused_summary_amount;
  char *refused_checkout_uri;
  char *refused_qr_text;
  char **transactions; /* never NULL */
  gint64 created_at;
  gint64 payment_requested_at;
  gint64 server_time;
  gint64 answered_at;
  gint64 updated_at;
  GPtrArray *deliveries;
  guint n_skipped;
};

/* A member of the struct; lists of them end with one without a name. */
typedef struct {
  const char *name;
  gsize offset;
} RefillsOrderStateField;

const RefillsOrderStateField *refills_order_state_get_text_fields (void);
const RefillsOrderStateField *refills_order_state_get_time_fields (void);

static inline char **
refills_order_state_text_at (RefillsOrderState            *self,
                             const RefillsOrderStateField *field)
{
  return (char **) G_STRUCT_MEMBER_P (self, field->offset);
}

static inline gint64 *
refills_order_state_time_at (RefillsOrderState            *self,
                             const RefillsOrderStateField *field)
{
  return (gint64 *) G_STRUCT_MEMBER_P (self, field->offset);
}

void               refills_order_state_trim_payment_texts     (RefillsOrderState *self);
RefillsOrderState *refills_order_state_new_from_outline       (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_copy_without_deliveries (RefillsOrderState *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
