/* refills-order-help.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-state.h"

G_BEGIN_DECLS

char *refills_order_help_dup_text (RefillsOrderState *state) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
