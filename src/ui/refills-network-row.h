/* refills-network-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-network.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_NETWORK_ROW (refills_network_row_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNetworkRow, refills_network_row, REFILLS, NETWORK_ROW, AdwActionRow)

GtkWidget      *refills_network_row_new         (RefillsNetwork    *network,
                                                 const char        *coin) G_GNUC_WARN_UNUSED_RESULT;
RefillsNetwork *refills_network_row_get_network (RefillsNetworkRow *self);
GtkWidget      *refills_network_row_get_button  (RefillsNetworkRow *self);
void            refills_network_row_set_state   (RefillsNetworkRow *self,
                                                 gboolean           is_recommended,
                                                 const char        *bar);

G_END_DECLS
