/* refills-network.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-decimal.h"
#include "refills-json.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_NETWORK (refills_network_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNetwork, refills_network, REFILLS, NETWORK, GObject)

RefillsNetwork *refills_network_new_from_json     (const RefillsJsonPlace  *place,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsNetwork *refills_network_new_for_coin      (const RefillsJsonPlace  *place,
                                                   const char              *coin,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

const char     *refills_network_get_name          (RefillsNetwork *self);
const char     *refills_network_get_title         (RefillsNetwork *self);
const char     *refills_network_get_base_token    (RefillsNetwork *self);
const char     *refills_network_get_contract      (RefillsNetwork *self);
int             refills_network_get_decimals      (RefillsNetwork *self);
guint64         refills_network_get_chain_id      (RefillsNetwork *self);
gboolean        refills_network_is_suspended      (RefillsNetwork *self);
gboolean        refills_network_get_threshold     (RefillsNetwork *self,
                                                   RefillsDecimal *threshold);
gboolean        refills_network_is_supported      (RefillsNetwork *self,
                                                   const char     *coin);

G_END_DECLS
