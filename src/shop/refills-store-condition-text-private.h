/* refills-store-condition-text-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-store.h"

G_BEGIN_DECLS

char *refills_store_condition_to_text (RefillsOrderStore *store) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
