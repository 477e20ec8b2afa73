/* refills-order-index-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order.h"

G_BEGIN_DECLS

GHashTable *refills_order_index_new (GListModel *orders) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
