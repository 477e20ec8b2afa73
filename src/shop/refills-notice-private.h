/* refills-notice-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-notice.h"

G_BEGIN_DECLS

RefillsNotice     *refills_notice_new        (RefillsOrder      *order,
                                              RefillsNoticeKind  kind) G_GNUC_WARN_UNUSED_RESULT;
RefillsNoticeKind  refills_notice_find_kinds (RefillsOrder      *order);

void               refills_notice_set_known  (RefillsOrder      *order,
                                              RefillsNoticeKind  kinds);
RefillsNoticeKind  refills_notice_get_known  (RefillsOrder      *order);

G_END_DECLS
