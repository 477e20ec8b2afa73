/* refills-sandbox.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stand-in for the service on 127.0.0.1, written from the API reference alone: it includes nothing
 * else of this program, so that a mistake of the client cannot be answered by the same mistake here.
 * Owns the server, its log, faults, catalogues and orders. Never sends anything to another machine,
 * never answers a request for another host.
 */
#include "refills-sandbox-private.h"

#define MAX_LOG 20000
#define CLOCK_S 1

G_DEFINE_TYPE (RefillsSandbox, refills_sandbox, G_TYPE_OBJECT)

static void
request_free (gpointer data)
{
  RefillsSandboxRequest *self = data;

  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->method); /* a plain struct frees its strings */
  g_free (self->path);   /* likewise */
  g_free (self->query);  /* likewise */
  g_free (self);         /* and itself */
}

static RefillsSandboxRequest *
log_request (RefillsSandbox    *self,
             SoupServerMessage *message,
             const char        *path)
{
  RefillsSandboxRequest *request = g_new0 (RefillsSandboxRequest, 1);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_insert (request->headers, g_ascii_strdown (name, -1), g_strdup (value));
  request->body = g_bytes_ref (body);
  request->time_us = g_get_monotonic_time ();
  /* Only while nothing on its way points to an entry. */
  if (self->log->len >= MAX_LOG && g_hash_table_size (self->wires) == 0
      && g_hash_table_size (self->pending) == 0)
    g_ptr_array_remove_index (self->log, 0);
  g_ptr_array_add (self->log, request);

  return request;
}

RefillsSandboxCatalogue *
refills_sandbox_get_catalogue (RefillsSandbox *self,
                               const char     *country_code)
{
  RefillsSandboxCatalogue *catalogue = g_hash_table_lookup (self->catalogues, country_code);

  if (catalogue != NULL)
    return catalogue;
  if (!refills_sandbox_country_is_code (country_code))
    return NULL;
  catalogue = refills_sandbox_catalogue_new (country_code);
  g_hash_table_insert (self->catalogues, catalogue->country_code, catalogue);
  for (guint i = 0; i < catalogue->brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (catalogue->brands, i);

    if (!g_hash_table_contains (self->logo_names, brand->slug))
      g_hash_table_insert (self->logo_names, brand->slug, brand);
  }

  return catalogue;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RefillsSandbox *self = user_data;

  refills_sandbox_serve (self, message, log_request (self, message, path), query);
}

/* What time it is at the service, in epoch seconds. */
gint64
refills_sandbox_get_time (RefillsSandbox *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->forward_s;
}

/**
 * refills_sandbox_forward:
 * @self: a sandbox
 * @seconds: how far; negative to set the clock back
 *
 * Moves the clock of the service: what it dates from now on, and what is due by it. The steps of lives keep to the
 * machine's. Orders that exist keep their times, and those that have waited for too long now expire at once.
 */
void
refills_sandbox_forward (RefillsSandbox *self,
                         gint64          seconds)
{
  g_return_if_fail (REFILLS_IS_SANDBOX (self));

  self->forward_s += seconds;
  refills_sandbox_orders_expire_due (self);
}

static gboolean
clock_cb (gpointer user_data)
{
  refills_sandbox_orders_expire_due (user_data);

  return G_SOURCE_CONTINUE;
}

static void
refills_sandbox_dispose (GObject *object)
{
  refills_sandbox_stop (REFILLS_SANDBOX (object));

  G_OBJECT_CLASS (refills_sandbox_parent_class)->dispose (object);
}

static void
refills_sandbox_finalize (GObject *object)
{
  RefillsSandbox *self = REFILLS_SANDBOX (object);

  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->shapes, g_hash_table_unref);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_pointer (&self->wires, g_hash_table_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->drawings, g_hash_table_unref);
  g_clear_pointer (&self->logo_names, g_hash_table_unref);
  g_clear_pointer (&self->catalogues, g_hash_table_unref);
  g_clear_pointer (&self->logos, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_clear_pointer (&self->vias_body, g_bytes_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->base_uri, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->host_by_name, g_free);
  g_clear_pointer (&self->state_folder, g_free);

  G_OBJECT_CLASS (refills_sandbox_parent_class)->finalize (object);
}

static void
refills_sandbox_class_init (RefillsSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_sandbox_dispose;
  object_class->finalize = refills_sandbox_finalize;
}

static void
refills_sandbox_init (RefillsSandbox *self)
{
  self->log = g_ptr_array_new_with_free_func (request_free);
  self->faults = refills_sandbox_faults_new ();
  self->catalogues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) refills_sandbox_catalogue_free);
  self->logo_names = g_hash_table_new (g_str_hash, g_str_equal);
  self->logos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) refills_sandbox_order_free);
  self->shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_sandbox_stream_free);
  self->wires = g_hash_table_new (NULL, NULL);
  self->drawings = g_hash_table_new (NULL, NULL);
  self->pending = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_source_unref, NULL);
}

/**
 * refills_sandbox_new:
 * @options: (nullable): how to start; copied
 *
 * Returns: (transfer full): a sandbox that does not listen yet
 */
RefillsSandbox *
refills_sandbox_new (const RefillsSandboxOptions *options)
{
  RefillsSandbox *self = g_object_new (REFILLS_TYPE_SANDBOX, NULL);

  if (options != NULL) {
    self->seed = options->seed;
    self->port = options->port;
    self->state_folder = g_strdup (options->state_folder);
    if (options->strict_shape != NULL)
      refills_sandbox_set_shape (self, "deliveries", options->strict_shape);
  }
  if (self->seed != 0) {
    guint32 words[2] = { (guint32) self->seed, (guint32) (self->seed >> 32) };

    self->random = g_rand_new_with_seed_array (words, 2);
  } else {
    self->random = g_rand_new ();
  }

  return self;
}

/**
 * refills_sandbox_start:
 * @self: a sandbox that is not started
 * @error: (optional): where a #GIOErrorEnum goes when the port cannot be had
 *
 * Listens on 127.0.0.1 only; requests are answered on the thread default main context. Orders of the
 * state folder are there at once, and payments under way go on.
 */
gboolean
refills_sandbox_start (RefillsSandbox  *self,
                       GError         **error)
{
  static const char *countries[] = { "US", "DE", "GB", "FR", "ES" };
  g_autoptr (SoupServer) server = NULL;
  GSList *uris;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (self->base_uri == NULL, FALSE);

  server = soup_server_new ("server-header", "refills-sandbox", NULL);
  if (!soup_server_listen_local (server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  uris = soup_server_get_uris (server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->base_uri = g_uri_join (G_URI_FLAGS_NONE, "http", NULL, "127.0.0.1", self->port, "", NULL, NULL);
  self->host = g_strdup_printf ("127.0.0.1:%u", self->port);
  self->host_by_name = g_strdup_printf ("localhost:%u", self->port);
  self->context = g_main_context_ref_thread_default ();
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    refills_sandbox_get_catalogue (self, countries[i]);
  refills_sandbox_orders_load (self);
  refills_sandbox_orders_resume (self);
  self->clock = g_timeout_source_new_seconds (CLOCK_S);
  g_source_set_callback (self->clock, clock_cb, self, NULL);
  g_source_attach (self->clock, self->context);
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  self->server = g_steal_pointer (&server);

  return TRUE;
}

/**
 * refills_sandbox_get_base_uri:
 * @self: a started sandbox
 *
 * Returns: (nullable): "http://127.0.0.1:PORT", or %NULL before the start
 */
const char *
refills_sandbox_get_base_uri (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), NULL);

  return self->base_uri;
}

/**
 * refills_sandbox_stop:
 * @self: a sandbox
 *
 * Closes the port and every connection. The log stays readable; kept orders stay in their folder.
 */
void
refills_sandbox_stop (RefillsSandbox *self)
{
  g_autoptr (GList) wires = NULL;
  g_autoptr (GList) sources = NULL;
  GHashTableIter iter;
  gpointer order;

  g_return_if_fail (REFILLS_IS_SANDBOX (self));

  if (self->server == NULL)
    return;
  g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order)) {
    RefillsSandboxOrder *each = order;

    if (each->step != NULL) {
      g_source_destroy (each->step);
      g_clear_pointer (&each->step, g_source_unref);
    }
  }
  sources = g_hash_table_get_keys (self->pending);
  for (GList *l = sources; l != NULL; l = l->next) {
    g_source_destroy (l->data);
    g_hash_table_remove (self->pending, l->data);
  }
  refills_sandbox_forget_drawings (self);
  wires = g_hash_table_get_keys (self->wires);
  for (GList *l = wires; l != NULL; l = l->next)
    refills_sandbox_wire_close (l->data);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/**
 * refills_sandbox_get_log:
 * @self: a sandbox
 *
 * Returns: (transfer none) (element-type RefillsSandboxRequest): every request so far, oldest first
 */
GPtrArray *
refills_sandbox_get_log (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), NULL);

  return self->log;
}

/**
 * refills_sandbox_count_requests:
 * @self: a sandbox
 * @method: (nullable): only this method
 * @path_pattern: (nullable): only paths that match, by g_pattern_match_simple()
 *
 * Returns: how many requests of the log fit
 */
guint
refills_sandbox_count_requests (RefillsSandbox *self,
                                const char     *method,
                                const char     *path_pattern)
{
  guint count = 0;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), 0);

  for (guint i = 0; i < self->log->len; i++) {
    RefillsSandboxRequest *request = g_ptr_array_index (self->log, i);

    if ((method == NULL || g_str_equal (method, request->method))
        && (path_pattern == NULL || g_pattern_match_simple (path_pattern, request->path)))
      count++;
  }

  return count;
}

/**
 * refills_sandbox_count_open_streams:
 * @self: a sandbox
 *
 * Returns: how many `subscribe` connections are open now
 */
guint
refills_sandbox_count_open_streams (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), 0);

  return self->streams->len;
}
