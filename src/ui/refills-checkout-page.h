/* refills-checkout-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_CHECKOUT_PAGE (refills_checkout_page_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCheckoutPage, refills_checkout_page, REFILLS, CHECKOUT_PAGE, AdwBin)

GtkWidget *refills_checkout_page_new (RefillsShop     *shop,
                                      RefillsCheckout *checkout) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
