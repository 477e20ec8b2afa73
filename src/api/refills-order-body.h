/* refills-order-body.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-order-shape.h"

G_BEGIN_DECLS

GBytes *refills_order_body_write (RefillsOrderRequest *request,
                                  RefillsOrderShape    shape) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
