/* refills-refusal.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-problem.h"

G_BEGIN_DECLS

/* More than anybody reads; the rest is left out. */
#define REFILLS_REFUSAL_MAX_PROBLEMS 20

GPtrArray *refills_refusal_read_list (const RefillsJsonPlace *problems) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *refills_refusal_read_body (GBytes                 *body,
                                      gsize                   max_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
