/* refills-http.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "refills-budget.h"
#include "refills-json.h"

G_BEGIN_DECLS

#define REFILLS_HTTP_MAX_JSON_BYTES (8 * 1024 * 1024)
#define REFILLS_HTTP_MAX_PICTURE_BYTES (2 * 1024 * 1024)

#define REFILLS_HTTP_MAX_PARTNER_ID_BYTES 128

/* Plain values; strings are copied. Zero times mean the defaults: 20 s for reads, 60 s for the order POST,
 * 45 s of silence on a stream, 15 s on any other socket. */
typedef struct {
  const char *base_uri;      /* "https://api.cryptorefills.com" */
  const char *logo_origin;   /* "https://cdn.cryptorefills.com": the only other host ever asked */
  const char *partner_id;    /* X-Cr-Application; NULL or "": the header is left out */
  const char *version;       /* X-Cr-Version and User-Agent */
  guint       read_deadline_ms;
  guint       order_deadline_ms;
  guint       silence_ms;
  guint       max_streams;   /* at a time; 0: 16 */
  guint       socket_timeout_s;
  gint64      built_at;      /* epoch seconds: a clock far off it is wrong */
  RefillsClockFunc clock;    /* of the budgets; NULL: the monotonic one */
  gpointer    clock_data;
} RefillsHttpOptions;

#define REFILLS_TYPE_HTTP (refills_http_get_type ())
G_DECLARE_FINAL_TYPE (RefillsHttp, refills_http, REFILLS, HTTP, GObject)

RefillsHttp *refills_http_new               (const RefillsHttpOptions *options,
                                             GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean     refills_http_uri_is_allowed    (const char  *uri,
                                             GError     **error);
gboolean     refills_http_set_partner_id (RefillsHttp *self,
                                          const char  *partner_id,
                                          GError     **error);
gboolean     refills_http_partner_id_is_allowed (const char  *partner_id,
                                             GError     **error);

void         refills_http_get_json_async    (RefillsHttp         *self,
                                             const char          *path,
                                             const char          *query,
                                             const char          *country,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
void         refills_http_post_json_async   (RefillsHttp         *self,
                                             const char          *path,
                                             GBytes              *body,
                                             const char          *country,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
void         refills_http_post_order_async  (RefillsHttp         *self,
                                             GBytes              *body,
                                             const char          *country,
                                             guint                send_within_ms,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
GBytes      *refills_http_send_finish       (RefillsHttp         *self,
                                             GAsyncResult        *result,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes      *refills_http_dup_refusal       (RefillsHttp         *self,
                                             GAsyncResult        *result) G_GNUC_WARN_UNUSED_RESULT;

void         refills_http_get_picture_async (RefillsHttp         *self,
                                             const char          *uri,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);

SoupMessage *refills_http_new_stream        (RefillsHttp         *self,
                                             const char          *path,
                                             const char          *country) G_GNUC_WARN_UNUSED_RESULT;
void         refills_http_guard_stream      (RefillsHttp         *self,
                                             SoupMessage         *message,
                                             GCancellable        *cancellable);
SoupSession *refills_http_get_stream_session (RefillsHttp        *self);
guint        refills_http_get_silence_ms    (RefillsHttp         *self);

G_END_DECLS
