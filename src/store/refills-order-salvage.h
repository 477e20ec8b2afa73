/* refills-order-salvage.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"

G_BEGIN_DECLS

gboolean refills_order_salvage_write         (const char  *path,
                                              const char  *part,
                                              guint       *n_orders,
                                              GError     **error);
gboolean refills_order_salvage_copy_sequence (RefillsDb   *from,
                                              RefillsDb   *to,
                                              GError     **error);

G_END_DECLS
