/* refills-order.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-link.h"
#include "refills-order-request.h"
#include "refills-order-state.h"
#include "refills-payment.h"

G_BEGIN_DECLS

/* What became of the one request that makes an order. */
typedef enum {
  REFILLS_ORDER_OUTCOME_SENDING,
  REFILLS_ORDER_OUTCOME_PLACED,
  REFILLS_ORDER_OUTCOME_REFUSED,
  REFILLS_ORDER_OUTCOME_UNKNOWN,
} RefillsOrderOutcome;

#define REFILLS_TYPE_ORDER_OUTCOME (refills_order_outcome_get_type ())
GType refills_order_outcome_get_type (void);

#define REFILLS_TYPE_ORDER (refills_order_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrder, refills_order, REFILLS, ORDER, GObject)

RefillsOrder        *refills_order_new               (gint64               row,
                                                      gint64               created_at,
                                                      RefillsOrderRequest *asked) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrder        *refills_order_new_sealed        (gint64               row,
                                                      gint64               created_at,
                                                      RefillsOrderOutcome  outcome,
                                                      RefillsOrderPhase    phase,
                                                      gboolean             is_open,
                                                      GVariant            *outline) G_GNUC_WARN_UNUSED_RESULT;
void                 refills_order_unseal            (RefillsOrder        *self,
                                                      RefillsOrderRequest *asked,
                                                      RefillsOrderState   *state);
void                 refills_order_set_moments       (RefillsOrder        *self,
                                                      GVariant            *moments);
void                 refills_order_apply             (RefillsOrder        *self,
                                                      RefillsOrderState   *state);
void                 refills_order_apply_outcome     (RefillsOrder        *self,
                                                      RefillsOrderOutcome  outcome);
void                 refills_order_set_link          (RefillsOrder        *self,
                                                      RefillsOrderLink     link,
                                                      gint64               until,
                                                      const char          *why);
gint64               refills_order_get_made_at       (RefillsOrder        *self);
gint64               refills_order_estimate_time     (RefillsOrder        *self,
                                                      gint64               here);
void                 refills_order_set_service_time  (RefillsOrder        *self,
                                                      gint64               now);
void                 refills_order_set_superseded    (RefillsOrder        *self,
                                                      gboolean             superseded);
void                 refills_order_set_unsaved       (RefillsOrder        *self,
                                                      gboolean             unsaved,
                                                      gboolean             lacks_space);

gint64               refills_order_get_row           (RefillsOrder *self);
gint64               refills_order_get_created_at    (RefillsOrder *self);
RefillsOrderRequest *refills_order_get_asked         (RefillsOrder *self);
RefillsOrderState   *refills_order_get_state         (RefillsOrder *self);
RefillsOrderOutcome  refills_order_get_outcome       (RefillsOrder *self);
RefillsOrderPhase    refills_order_get_phase         (RefillsOrder *self);
RefillsOrderAlarm    refills_order_get_alarm         (RefillsOrder *self);
RefillsOrderLink     refills_order_get_link          (RefillsOrder *self);
const char          *refills_order_get_link_text     (RefillsOrder *self);
gint64               refills_order_get_link_until    (RefillsOrder *self);
const char          *refills_order_get_title         (RefillsOrder *self);
const char          *refills_order_get_face_label    (RefillsOrder *self);
const char          *refills_order_get_status_title  (RefillsOrder *self);
const char          *refills_order_get_status_text   (RefillsOrder *self);
RefillsPayment      *refills_order_get_payment       (RefillsOrder *self);
const char          *refills_order_get_refusal       (RefillsOrder *self);
gboolean             refills_order_is_payable        (RefillsOrder *self);
gboolean             refills_order_is_unpaid         (RefillsOrder *self);
gboolean             refills_order_is_late           (RefillsOrder *self);
char                *refills_order_dup_help_text     (RefillsOrder *self) G_GNUC_WARN_UNUSED_RESULT;
const RefillsOrderRemedy *refills_order_list_remedies (RefillsOrder *self);
char                *refills_order_dup_support_text  (RefillsOrder *self,
                                                      const char   *version) G_GNUC_WARN_UNUSED_RESULT;
gboolean             refills_order_is_paid_elsewhere (RefillsOrder *self);
gint64               refills_order_get_payable_until (RefillsOrder *self);
gboolean             refills_order_is_open           (RefillsOrder *self);
gboolean             refills_order_is_unsaved        (RefillsOrder *self);
gboolean             refills_order_is_superseded     (RefillsOrder *self);
gboolean             refills_order_has_codes         (RefillsOrder *self);
const char          *refills_order_get_alarm_text    (RefillsOrder *self);
gboolean             refills_order_is_sealed         (RefillsOrder *self);
GVariant            *refills_order_get_moments       (RefillsOrder *self);
GListModel          *refills_order_get_deliveries    (RefillsOrder *self);

G_END_DECLS
