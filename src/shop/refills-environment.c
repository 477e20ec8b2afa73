/* refills-environment.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-environment.h"

#include <gio/gio.h>
#include <string.h>

#include "refills-build-time.h"
#include "refills-catalogue-api.h"
#include "refills-web-page.h"

#define LIVE_NAME "live"
#define PRACTICE_NAME "practice"
#define LIVE_BASE_URI "https://api.cryptorefills.com"
#define HTTPS_PORT 443
#define LIVE_LOGO_ORIGIN "https://cdn.cryptorefills.com"

G_DEFINE_BOXED_TYPE (RefillsEnvironment, refills_environment, refills_environment_copy, refills_environment_free)

static char *
dup_folder (const char *root,
            const char *name)
{
  g_autofree char *safe = g_strdup (name);

  /* The name can be a URI: one folder, whatever is in it. */
  g_strcanon (safe, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.", '_');

  return g_build_filename (root, "refills", safe, NULL);
}

static RefillsEnvironment *
new_named (const char *name,
           const char *version,
           const char *partner_id,
           const char *base_uri,
           const char *logo_origin)
{
  RefillsEnvironment *self = g_new0 (RefillsEnvironment, 1);

  self->name = g_strdup (name);
  self->version = g_strdup (version);
  self->partner_id = g_strdup (partner_id);
  self->base_uri = g_strdup (base_uri);
  self->logo_origin = g_strdup (logo_origin);
  /* What is paid with real money lies apart from everything else; the rows in a file name their server. */
  self->data_folder = dup_folder (g_get_user_data_dir (), g_str_equal (name, LIVE_NAME) ? LIVE_NAME : PRACTICE_NAME);
  self->cache_folder = dup_folder (g_get_user_cache_dir (), name);
  self->language = g_strdup (refills_api_language (g_get_language_names ()[0]));
  self->backoff_base_ms = 1000;
  self->backoff_limit_ms = 30000;
  self->poll_min_ms = 5000;
  self->poll_max_ms = 10000;
  self->overdue_poll_ms = 60 * 60 * 1000;
  self->expect_ms = 60 * 60 * 1000;
  self->poll_limit_ms = 5 * 60 * 1000;
  self->poll_gap_ms = 1000;
  self->spread_ms = 5000;
  self->max_streams = 4;
  self->save_again_ms = 5000;
  self->silence_ms = 45000;
  self->retry_ms = 2000;
  self->settle_ms = 400;
  self->read_deadline_ms = 20000;
  self->order_deadline_ms = 60000;
  self->socket_timeout_s = 15;
  self->built_at = REFILLS_BUILD_TIME;

  return self;
}

/**
 * refills_environment_new_live:
 * @version: the application's version
 * @partner_id: (nullable): sent as `X-Cr-Application`
 *
 * The real service, with logos from its known host.
 *
 * Returns: (transfer full): the environment
 */
RefillsEnvironment *
refills_environment_new_live (const char *version,
                              const char *partner_id)
{
  RefillsEnvironment *self = new_named (LIVE_NAME, version, partner_id, LIVE_BASE_URI, LIVE_LOGO_ORIGIN);

  self->is_live = TRUE;

  return self;
}

/**
 * refills_environment_new_practice:
 * @version: the application's version
 * @base_uri: where the embedded sandbox listens
 *
 * Practice: nothing is real. The port may differ at each start; folders do not.
 *
 * Returns: (transfer full): the environment
 */
RefillsEnvironment *
refills_environment_new_practice (const char *version,
                                  const char *base_uri)
{
  RefillsEnvironment *self = new_named (PRACTICE_NAME, version, "practice", base_uri, base_uri);

  self->is_practice = TRUE;

  return self;
}

/**
 * refills_environment_new_for_uri:
 * @version: the application's version
 * @partner_id: (nullable): sent as `X-Cr-Application`
 * @uri: another server: https, or http on this machine
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT`
 *
 * A server the person names. Its orders lie beside those of practice, under the URI without its port, so
 * that they are found again when a local server comes back on another one. Who names the real service gets what
 * [ctor@Environment.new_live] makes.
 *
 * Returns: (transfer full) (nullable): the environment, or `NULL` with @error set
 */
RefillsEnvironment *
refills_environment_new_for_uri (const char  *version,
                                 const char  *partner_id,
                                 const char  *uri,
                                 GError     **error)
{
  g_autoptr (GUri) parsed = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;

  if (!refills_http_uri_is_allowed (uri, error))
    return NULL;

  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, error);
  if (parsed == NULL)
    return NULL;

  host = strchr (g_uri_get_host (parsed), ':') != NULL
         ? g_strdup_printf ("[%s]", g_uri_get_host (parsed))
         : g_strdup (g_uri_get_host (parsed));
  path = g_strdup (g_uri_get_path (parsed));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  base = g_uri_get_port (parsed) > 0
         ? g_strdup_printf ("%s://%s:%d%s", g_uri_get_scheme (parsed), host, g_uri_get_port (parsed), path)
         : g_strdup_printf ("%s://%s%s", g_uri_get_scheme (parsed), host, path);
  name = g_strdup_printf ("%s://%s%s", g_uri_get_scheme (parsed), host, path);
  /* What is paid with real money lies in one place, whichever way its server was named. */
  if (g_ascii_strcasecmp (name, LIVE_BASE_URI) == 0 &&
      (g_uri_get_port (parsed) <= 0 || g_uri_get_port (parsed) == HTTPS_PORT))
    return refills_environment_new_live (version, partner_id);

  return new_named (name, version, partner_id, base,
                    g_str_equal (g_uri_get_scheme (parsed), "https") ? LIVE_LOGO_ORIGIN : base);
}

/**
 * refills_environment_copy:
 * @self: an environment
 *
 * Returns: (transfer full): a deep copy
 */
RefillsEnvironment *
refills_environment_copy (const RefillsEnvironment *self)
{
  RefillsEnvironment *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->base_uri = g_strdup (self->base_uri);
  copy->logo_origin = g_strdup (self->logo_origin);
  copy->data_folder = g_strdup (self->data_folder);
  copy->cache_folder = g_strdup (self->cache_folder);
  copy->partner_id = g_strdup (self->partner_id);
  copy->version = g_strdup (self->version);
  copy->language = g_strdup (self->language);

  return copy;
}

/**
 * refills_environment_free:
 * @self: (transfer full): an environment
 */
void
refills_environment_free (RefillsEnvironment *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->base_uri, g_free);
  g_clear_pointer (&self->logo_origin, g_free);
  g_clear_pointer (&self->data_folder, g_free);
  g_clear_pointer (&self->cache_folder, g_free);
  g_clear_pointer (&self->partner_id, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->language, g_free);
  g_free (self); /* a plain struct: nothing else frees it */
}

/**
 * refills_environment_has_real_orders:
 * @self: an environment
 *
 * Tells whether an order is made in earnest: at the service itself, or at any server but one that is spoken to by http
 * on this machine.
 *
 * Returns: `FALSE` in practice, and at a server on this machine
 */
gboolean
refills_environment_has_real_orders (const RefillsEnvironment *self)
{
  return self->is_live || !refills_web_page_is_local (self->base_uri);
}

/**
 * refills_environment_reach:
 * @self: an environment
 * @name: what has just happened, or is about to: `request-before-send`, `request-started` and `answer-read`
 *   in the life of the request that makes an order; `event-received` and `state-applied` where one is followed.
 *   The store has more, [method@OrderStore.set_checkpoint]
 *
 * Calls the checkpoint of a test, which may not return. Without one nothing happens.
 */
void
refills_environment_reach (const RefillsEnvironment *self,
                           const char               *name)
{
  if (self->checkpoint != NULL)
    self->checkpoint (name, self->checkpoint_data);
}

/**
 * refills_environment_prepare_process:
 *
 * Sets what GLib's TLS and libsoup read from the environment: no HTTP/2, since libsoup 3.2 neither times out
 * nor ends dead connections over it, and no TLS before 1.2, unless the person has chosen otherwise. The first
 * act of a program, for environment variables cannot be set once there are threads.
 */
void
refills_environment_prepare_process (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-TLS1.1:-VERS-TLS1.0", FALSE);
}

/**
 * refills_environment_dup_sandbox_folder:
 *
 * Where the embedded sandbox keeps its orders, beside those of the practice environment.
 *
 * Returns: (transfer full): a path
 */
char *
refills_environment_dup_sandbox_folder (void)
{
  return dup_folder (g_get_user_data_dir (), "practice-server");
}
