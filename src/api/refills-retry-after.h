/* refills-retry-after.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_RETRY_AFTER_MAX_MS (5 * 60 * 1000)

guint refills_retry_after_read       (const char *text,
                                      gint64      now,
                                      guint       fallback_ms);
guint refills_retry_after_read_reset (const char *text,
                                      gint64      now,
                                      guint       fallback_ms);

G_END_DECLS
