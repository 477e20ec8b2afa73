/* refills-order-request-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* In a stored request that lacks what only its key opens. */
#define REFILLS_ORDER_REQUEST_KEY_OUTLINE "outline"
