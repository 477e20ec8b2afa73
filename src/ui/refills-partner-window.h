/* refills-partner-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PARTNER_WINDOW (refills_partner_window_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPartnerWindow, refills_partner_window, REFILLS, PARTNER_WINDOW, AdwWindow)

RefillsPartnerWindow *refills_partner_window_new (GtkWindow   *parent,
                                                  RefillsShop *shop,
                                                  GSettings   *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
