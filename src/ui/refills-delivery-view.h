/* refills-delivery-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_DELIVERY_VIEW (refills_delivery_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsDeliveryView, refills_delivery_view, REFILLS, DELIVERY_VIEW, AdwBin)

GtkWidget *refills_delivery_view_new           (RefillsShop     *shop,
                                                RefillsOrder    *order,
                                                guint            position,
                                                RefillsDelivery *delivery) G_GNUC_WARN_UNUSED_RESULT;

char      *refills_delivery_view_mask_recipient (const char *recipient) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
