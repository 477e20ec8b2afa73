/* refills-notice-board-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-notice.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_NOTICE_BOARD (refills_notice_board_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNoticeBoard, refills_notice_board, REFILLS, NOTICE_BOARD, GObject)

RefillsNoticeBoard *refills_notice_board_new       (GListModel         *orders,
                                                    RefillsOrderStore  *store) G_GNUC_WARN_UNUSED_RESULT;
void                refills_notice_board_mark_told (RefillsNoticeBoard *self,
                                                    RefillsNotice      *notice);
void                refills_notice_board_mark_seen (RefillsNoticeBoard *self,
                                                    RefillsOrder       *order);
void                refills_notice_board_close     (RefillsNoticeBoard *self);

G_END_DECLS
