/* refills-notifier.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_NOTIFIER (refills_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNotifier, refills_notifier, REFILLS, NOTIFIER, GObject)

RefillsNotifier *refills_notifier_new (GtkApplication *application,
                                       RefillsShop    *shop) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
