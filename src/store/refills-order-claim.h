/* refills-order-claim.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"
#include "refills-key-set.h"
#include "refills-order-request.h"

G_BEGIN_DECLS

GBytes   *refills_order_claim_hash_basket (RefillsKeySet        *keys,
                                           RefillsOrderRequest  *asked) G_GNUC_WARN_UNUSED_RESULT;

gboolean  refills_order_claim_take        (RefillsDb            *db,
                                           const char           *environment,
                                           GBytes               *basket,
                                           gint64                now,
                                           gboolean              replace,
                                           gint64               *other,
                                           GError              **error);
gboolean  refills_order_claim_supersede   (RefillsDb            *db,
                                           gint64                row,
                                           gint64                by,
                                           GError              **error);
gboolean  refills_order_claim_settle      (RefillsDb            *db,
                                           const char           *environment,
                                           gint64                row,
                                           gboolean              is_payable,
                                           gint64               *superseded_by,
                                           GError              **error);
gboolean  refills_order_claim_give_back   (RefillsDb            *db,
                                           const char           *environment,
                                           gint64                row,
                                           GError              **error);

G_END_DECLS
