/* refills-network-list.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-checkout.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_NETWORK_LIST (refills_network_list_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNetworkList, refills_network_list, REFILLS, NETWORK_LIST, AdwBin)

void     refills_network_list_set_checkout (RefillsNetworkList *self,
                                            RefillsCheckout    *checkout);
gboolean refills_network_list_focus_chosen (RefillsNetworkList *self);

G_END_DECLS
