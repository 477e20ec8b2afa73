/* refills-order-sealing.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-key-set.h"
#include "refills-order-file.h"

G_BEGIN_DECLS

gboolean refills_order_sealing_run (RefillsOrderFile  *file,
                                    RefillsKeySet     *keys,
                                    GError           **error);

G_END_DECLS
