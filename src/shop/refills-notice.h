/* refills-notice.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order.h"

G_BEGIN_DECLS

/* As they are remembered on disk, in the column `notices`: a number stands for the same for ever. */
typedef enum {
  REFILLS_NOTICE_NONE         = 0,
  REFILLS_NOTICE_PAYMENT_SEEN = 1 << 0,
  REFILLS_NOTICE_READY        = 1 << 1,
  REFILLS_NOTICE_EXPIRED      = 1 << 2,
} RefillsNoticeKind;

#define REFILLS_TYPE_NOTICE_KIND (refills_notice_kind_get_type ())
GType refills_notice_kind_get_type (void);

#define REFILLS_TYPE_NOTICE (refills_notice_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNotice, refills_notice, REFILLS, NOTICE, GObject)

gint64             refills_notice_get_row   (RefillsNotice     *self);
RefillsNoticeKind  refills_notice_get_kind  (RefillsNotice     *self);
const char        *refills_notice_get_title (RefillsNotice     *self);
const char        *refills_notice_get_body  (RefillsNotice     *self);

char              *refills_notice_make_id   (gint64             row,
                                             RefillsNoticeKind  kind) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
