/* refills-sandbox.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_SANDBOX (refills_sandbox_get_type ())

G_DECLARE_FINAL_TYPE (RefillsSandbox, refills_sandbox, REFILLS, SANDBOX, GObject)

/**
 * RefillsSandboxOptions:
 * @seed: 0 for other codes, ids and addresses at every start; else repeats them
 * @state_folder: (nullable): where orders are kept and found again; %NULL keeps them in memory only
 * @port: the TCP port on 127.0.0.1; 0 for any free one
 * @strict_shape: (nullable): "flat" or "reference", to answer 400 to orders of the other shape
 *
 * How to start. A zeroed one is usable.
 */
typedef struct {
  guint64     seed;
  const char *state_folder;
  guint16     port;
  const char *strict_shape;
} RefillsSandboxOptions;

/**
 * RefillsSandboxRequest:
 * @method: the HTTP method
 * @path: the path, decoded
 * @query: (nullable): the query as it came
 * @headers: (element-type utf8 utf8): header names in lower case, and their values
 * @body: the body, possibly empty
 * @time_us: when it came, by g_get_monotonic_time(), in µs
 * @closed_us: when a held connection closed, like @time_us; 0 before that, and for others
 * @status: the HTTP status of the answer; 0 where none went through in one piece
 * @is_stream: whether it was answered by events
 * @stream_open: whether this is a held connection that is still open
 *
 * One request in the log.
 */
typedef struct {
  char       *method;
  char       *path;
  char       *query;
  GHashTable *headers;
  GBytes     *body;
  gint64      time_us;
  gint64      closed_us;
  guint       status;
  gboolean    is_stream;
  gboolean    stream_open;
} RefillsSandboxRequest;

RefillsSandbox *refills_sandbox_new                (const RefillsSandboxOptions  *options);
gboolean        refills_sandbox_start              (RefillsSandbox               *self,
                                                    GError                      **error);
const char     *refills_sandbox_get_base_uri       (RefillsSandbox               *self);
void            refills_sandbox_forward            (RefillsSandbox               *self,
                                                    gint64                        seconds);
void            refills_sandbox_stop               (RefillsSandbox               *self);

GPtrArray      *refills_sandbox_get_log            (RefillsSandbox               *self);
guint           refills_sandbox_count_requests     (RefillsSandbox               *self,
                                                    const char                   *method,
                                                    const char                   *path_pattern);
guint           refills_sandbox_count_open_streams (RefillsSandbox               *self);

G_END_DECLS
