/* refills-http-error.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define REFILLS_HTTP_MAX_REFUSAL_BYTES (256 * 1024)

GError *refills_http_error_new_for_transport (const GError *cause) G_GNUC_WARN_UNUSED_RESULT;
GError *refills_http_error_new_for_status    (guint         status,
                                              GBytes       *refusal) G_GNUC_WARN_UNUSED_RESULT;
char   *refills_http_error_dup_detail        (GBytes       *refusal);

G_END_DECLS
