/* refills-price-drift.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *refills_price_drift_describe (const char *seen_amount,
                                    guint       quantity,
                                    const char *total_amount,
                                    const char *coin) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
