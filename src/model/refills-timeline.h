/* refills-timeline.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order.h"
#include "refills-timeline-step.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_TIMELINE (refills_timeline_get_type ())
G_DECLARE_FINAL_TYPE (RefillsTimeline, refills_timeline, REFILLS, TIMELINE, GObject)

/* What the steps of an order follow from. */
typedef struct {
  RefillsOrderOutcome  outcome;
  RefillsOrderRequest *asked;
  RefillsOrderState   *state;           /* NULL as long as none is known */
  GVariant            *moments;         /* "a(xu)": epoch seconds and RefillsOrderPhase; NULL for none */
  gint64               asked_at;        /* epoch seconds, 0 unknown */
  gint64               now;             /* epoch seconds */
  gboolean             is_superseded;   /* a newer order took its place */
  gboolean             is_withheld;     /* how to pay is kept back, since something is wrong with it */
  gboolean             is_time_up;      /* to pay */
} RefillsTimelineFacts;

RefillsTimeline *refills_timeline_new         (const RefillsTimelineFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
char            *refills_timeline_format_time (gint64 seconds,
                                               gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
