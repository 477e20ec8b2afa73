/* refills-order-terms.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *refills_order_terms_dup_text (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
