/* refills-coin.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-network.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_COIN (refills_coin_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCoin, refills_coin, REFILLS, COIN, GObject)

RefillsCoin *refills_coin_new_from_json (const RefillsJsonPlace  *place,
                                         GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

const char  *refills_coin_get_symbol    (RefillsCoin *self);
gboolean     refills_coin_is_suspended  (RefillsCoin *self);
GListModel  *refills_coin_get_networks  (RefillsCoin *self);

G_END_DECLS
