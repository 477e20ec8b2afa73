/* refills-order-swap.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean refills_order_swap_is_begun (const char  *path);
gboolean refills_order_swap_begin    (const char  *path,
                                      const char  *what,
                                      const char  *part,
                                      GError     **error);
gboolean refills_order_swap_finish   (const char  *path,
                                      char       **aside,
                                      GError     **error);
void     refills_order_swap_remove   (const char  *path);

G_END_DECLS
