/* refills-order-state.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-delivery.h"

G_BEGIN_DECLS

/* In the order of rank: a later phase is never left for an earlier one, but for those that
 * refills_order_state_merge() names. */
typedef enum {
  REFILLS_ORDER_PHASE_UNKNOWN,
  REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT,
  REFILLS_ORDER_PHASE_PARTIALLY_PAID,
  REFILLS_ORDER_PHASE_EXPIRED,
  REFILLS_ORDER_PHASE_PAYMENT_SEEN,
  REFILLS_ORDER_PHASE_PREPARING,
  REFILLS_ORDER_PHASE_NEEDS_ACTION,
  REFILLS_ORDER_PHASE_SETUP_FAILED,
  REFILLS_ORDER_PHASE_PAYMENT_FAILED,
  REFILLS_ORDER_PHASE_CANCELED,
  REFILLS_ORDER_PHASE_REFUNDED,
  REFILLS_ORDER_PHASE_DONE,
} RefillsOrderPhase;

/* What may never change and did, in an answer that came later. */
typedef enum {
  REFILLS_ORDER_ALARM_NONE    = 0,
  REFILLS_ORDER_ALARM_ADDRESS = 1 << 0,
  REFILLS_ORDER_ALARM_AMOUNT  = 1 << 1,
  REFILLS_ORDER_ALARM_COIN    = 1 << 2,
  REFILLS_ORDER_ALARM_NETWORK = 1 << 3,
  REFILLS_ORDER_ALARM_PAGE    = 1 << 4, /* the host of the page of an exchange */
  REFILLS_ORDER_ALARM_COMMENT = 1 << 5, /* that a payment on TON needs */
} RefillsOrderAlarm;

#define REFILLS_TYPE_ORDER_PHASE (refills_order_phase_get_type ())
GType refills_order_phase_get_type (void);
#define REFILLS_TYPE_ORDER_ALARM (refills_order_alarm_get_type ())
GType refills_order_alarm_get_type (void);

#define REFILLS_ORDER_MAX_BYTES (1024 * 1024)

#define REFILLS_TYPE_ORDER_STATE (refills_order_state_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderState, refills_order_state, REFILLS, ORDER_STATE, GObject)

RefillsOrderState *refills_order_state_new_from_bytes           (GBytes  *bytes,
                                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_new_from_answer          (GBytes  *bytes,
                                                                 gint64   date,
                                                                 gint64   here,
                                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_new_from_json            (const RefillsJsonPlace  *place,
                                                                 GError                 **error)
                                                            G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_new_from_variant         (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant          *refills_order_state_to_variant               (RefillsOrderState *self);
RefillsOrderState *refills_order_state_merge                    (RefillsOrderState *stored,
                                                                 RefillsOrderState *incoming) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_merge_uncommitted        (RefillsOrderState *shown,
                                                                 RefillsOrderState *incoming) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState *refills_order_state_redact                   (RefillsOrderState *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean           refills_order_state_equal                    (RefillsOrderState *a,
                                                                 RefillsOrderState *b);
gboolean           refills_order_state_says_the_same            (RefillsOrderState *a,
                                                                 RefillsOrderState *b);

gboolean           refills_order_id_is_valid                    (const char *order_id);

const char         *refills_order_state_get_order_id             (RefillsOrderState *self);
const char         *refills_order_state_get_order_state          (RefillsOrderState *self);
const char         *refills_order_state_get_payment_state        (RefillsOrderState *self);
gboolean            refills_order_state_has_valid_states         (RefillsOrderState *self);
RefillsOrderPhase   refills_order_state_get_phase                (RefillsOrderState *self);
RefillsOrderAlarm   refills_order_state_get_alarm                (RefillsOrderState *self);
gboolean            refills_order_state_is_final                 (RefillsOrderState *self);
gboolean            refills_order_state_is_all_delivered         (RefillsOrderState *self);
const char         *refills_order_state_get_payment_via          (RefillsOrderState *self);
const char         *refills_order_state_get_coin                 (RefillsOrderState *self);
const char         *refills_order_state_get_network              (RefillsOrderState *self);
const char         *refills_order_state_get_wallet_address       (RefillsOrderState *self);
const char         *refills_order_state_get_coin_amount          (RefillsOrderState *self);
const char         *refills_order_state_get_summary_amount       (RefillsOrderState *self);
const char         *refills_order_state_get_sent_coin_amount     (RefillsOrderState *self);
const char         *refills_order_state_get_missing_amount       (RefillsOrderState *self);
const char         *refills_order_state_get_missing_amount_qr_text (RefillsOrderState *self);
const char         *refills_order_state_get_qr_text              (RefillsOrderState *self);
const char         *refills_order_state_get_checkout_uri         (RefillsOrderState *self);
const char         *refills_order_state_get_memo                 (RefillsOrderState *self);
const char         *refills_order_state_get_original_coin        (RefillsOrderState *self);
const char         *refills_order_state_get_original_protocol    (RefillsOrderState *self);
const char         *refills_order_state_get_refund_address       (RefillsOrderState *self);
const char         *refills_order_state_get_refund_amount        (RefillsOrderState *self);
const char         *refills_order_state_get_refund_currency      (RefillsOrderState *self);
const char         *refills_order_state_get_refund_reason        (RefillsOrderState *self);
const char * const *refills_order_state_get_transactions         (RefillsOrderState *self);
gint64              refills_order_state_get_created_at           (RefillsOrderState *self);
gint64              refills_order_state_get_payment_requested_at (RefillsOrderState *self);
gint64              refills_order_state_get_server_time          (RefillsOrderState *self);
gint64              refills_order_state_get_answered_at          (RefillsOrderState *self);
gint64              refills_order_state_get_updated_at           (RefillsOrderState *self);
guint               refills_order_state_get_n_skipped            (RefillsOrderState *self);
guint               refills_order_state_get_n_deliveries         (RefillsOrderState *self);
RefillsDelivery    *refills_order_state_get_delivery             (RefillsOrderState *self,
                                                                  guint              index);

G_END_DECLS
