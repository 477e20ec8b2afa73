/* refills-http-error.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define REFILLS_HTTP_MAX_REFUSAL_BYTES (256 * 1024)

/* What an answer that was no success says of when to ask again. */
#define REFILLS_HTTP_DEFAULT_WAIT_MS 30000

GError *refills_http_error_new_for_transport   (const GError         *cause) G_GNUC_WARN_UNUSED_RESULT;
GError *refills_http_error_new_for_certificate (GTlsCertificateFlags  flags,
                                                gint64                now,
                                                gint64                built_at) G_GNUC_WARN_UNUSED_RESULT;
GError *refills_http_error_new_for_status      (guint                 status,
                                                SoupMessageHeaders   *headers,
                                                GBytes               *refusal) G_GNUC_WARN_UNUSED_RESULT;
guint   refills_http_error_read_wait           (guint                 status,
                                                SoupMessageHeaders   *headers,
                                                gint64                now);
char   *refills_http_error_dup_detail          (GBytes               *refusal);

G_END_DECLS
