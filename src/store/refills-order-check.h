/* refills-order-check.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"

G_BEGIN_DECLS

gboolean refills_order_check_is_emptied (const char    *path);
gboolean refills_order_check_row        (gint64         row,
                                         gint64         above,
                                         const char    *environment,
                                         gint64         created_at,
                                         gsize          uuid_bytes);
gboolean refills_order_check_is_damaged (const char    *path,
                                         const int     *stop);

G_END_DECLS
