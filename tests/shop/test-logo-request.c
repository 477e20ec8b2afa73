/* test-logo-request.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>

#include "refills-logo-request-private.h"
#include "refills-test.h"

/* A server that has just the pictures a test gives it, and counts what is asked. */
typedef struct {
  SoupServer          *server;
  char                *origin;
  GHashTable          *pictures; /* path → GBytes */
  GPtrArray           *asked;
  guint                n_open;
  guint                most_open;
  char                *folder;
  RefillsHttp         *http;
  RefillsCatalogueApi *api;
  RefillsBlobCache    *cache;
  RefillsLogoLoader   *loader;
} Fixture;

static const char webp[] = "RIFF\x04\0\0\0WEBPVP8 rest";
static const char jpeg[] = "\xff\xd8\xff\xe0rest";

static gboolean
answer_later_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

static void
finished_cb (Fixture *self)
{
  self->n_open--;
}

static void
asked_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Fixture *self = user_data;
  GBytes *picture = g_hash_table_lookup (self->pictures, path);

  g_ptr_array_add (self->asked, g_strdup (path));
  self->n_open++;
  self->most_open = MAX (self->most_open, self->n_open);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (finished_cb), self);
  if (picture == NULL) {
    soup_server_message_set_status (message, 404, NULL);
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "no", 2);
  } else {
    soup_server_message_set_status (message, 200, NULL);
    soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY,
                                      g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
  }
  soup_server_message_pause (message);
  g_idle_add_full (G_PRIORITY_LOW, answer_later_cb, g_object_ref (message), g_object_unref);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris = NULL;
  RefillsHttpOptions options = { .version = "0.0" };

  self->server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self->server, NULL, asked_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->origin = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->folder = refills_test_make_folder ();
  options.base_uri = self->origin;
  options.logo_origin = self->origin;
  self->http = refills_http_new (&options, &error);
  g_assert_no_error (error);
  self->api = refills_catalogue_api_new (self->http);
  self->cache = refills_blob_cache_new (self->folder, 1 << 20);
  self->loader = refills_logo_loader_new (self->api, self->cache);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_pointer (&self->loader, refills_logo_loader_unref);
  refills_blob_cache_drain (self->cache);
  g_clear_object (&self->cache);
  g_clear_object (&self->api);
  g_clear_object (&self->http);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_pointer (&self->origin, g_free);
  refills_test_remove_folder (g_steal_pointer (&self->folder));
}

static void
serve (Fixture    *self,
       const char *path,
       const char *bytes,
       gsize       length)
{
  g_hash_table_insert (self->pictures, g_strdup (path), g_bytes_new (bytes, length));
}

static RefillsBrand *
make_brand (Fixture    *self,
            const char *name,
            gboolean    with_base)
{
  g_autofree char *base = with_base
    ? g_strdup_printf (",\"logo_base_url\":\"%s/l/%s\"", self->origin, name) : g_strdup ("");
  g_autofree char *json =
    g_strdup_printf ("{\"brand_id\":\"1\",\"brand\":\"%s\",\"family\":\"F\",\"kind\":\"giftcard\","
                     "\"country_code\":\"US\",\"logo_url\":\"%s/plain/%s.webp\"%s}",
                     name, self->origin, name, base);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 10000, &error);
  RefillsJsonPlace place;
  RefillsBrand *brand = NULL;

  g_assert_no_error (error);
  refills_json_place_init (&place, root);
  brand = refills_brand_new_from_json (&place, &error);
  g_assert_no_error (error);

  return brand;
}

static gboolean
settled (gpointer user_data)
{
  return refills_logo_request_get_state (user_data) != REFILLS_LOGO_LOADING;
}

static RefillsLogoRequest *
ask (Fixture  *self,
     gboolean  large)
{
  g_autoptr (RefillsBrand) brand = make_brand (self, "a", TRUE);
  RefillsLogoRequest *request = refills_logo_request_new (self->loader, brand, large);

  refills_test_run_until (settled, request, 5000, "the logo");

  return request;
}

/* Only what @suffix names is there; all that comes before it is asked for in order, and nothing behind. */
typedef struct {
  const char *suffix;
  gboolean    large;
  guint       n_asked;
} SuffixCase;

static const SuffixCase suffix_cases[] = {
  { "_300x190.webp", FALSE, 1 },
  { ".webp", FALSE, 2 },
  { "_300x190.jpg", FALSE, 3 },
  { ".jpg", FALSE, 4 },
  { "_500x318.webp", TRUE, 1 },
  { "_500x318.jpg", TRUE, 3 },
};

static void
test_suffix (Fixture       *self,
             gconstpointer  data)
{
  const SuffixCase *c = data;
  g_autofree char *path = g_strconcat ("/l/a", c->suffix, NULL);
  g_autoptr (RefillsLogoRequest) request = NULL;

  if (g_str_has_suffix (path, "jpg"))
    serve (self, path, jpeg, sizeof jpeg);
  else
    serve (self, path, webp, sizeof webp);
  request = ask (self, c->large);
  g_assert_cmpint (refills_logo_request_get_state (request), ==, REFILLS_LOGO_READY);
  g_assert_true (g_str_has_suffix (refills_logo_request_get_uri (request), path));
  g_assert_cmpuint (self->asked->len, ==, c->n_asked);
  g_assert_cmpstr (self->asked->pdata[c->n_asked - 1], ==, path);
}

static void
test_plain (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (RefillsLogoRequest) request = NULL;

  serve (self, "/plain/a.webp", webp, sizeof webp);
  request = ask (self, FALSE);
  g_assert_cmpint (refills_logo_request_get_state (request), ==, REFILLS_LOGO_READY);
  g_assert_cmpuint (self->asked->len, ==, 5);
}

static void
test_nowhere (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (RefillsLogoRequest) request = ask (self, FALSE);
  g_autoptr (RefillsLogoRequest) again = NULL;

  g_assert_cmpint (refills_logo_request_get_state (request), ==, REFILLS_LOGO_MISSING);
  g_assert_null (refills_logo_request_get_bytes (request));
  g_assert_cmpuint (self->asked->len, ==, 5);

  /* What was not there is not asked for again. */
  again = ask (self, FALSE);
  g_assert_cmpuint (self->asked->len, ==, 5);
}

/* Only the known host is asked, and a brand is shown all the same. */
static void
test_other_places (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *path = g_strnfill (2 * 1024 * 1024, 'a');
  g_autofree char *huge = g_strconcat (self->origin, "/", path, NULL);
  const char * const places[] = {
    "http://cdn.example.com/l", "https://127.0.0.1.example.com/l", "file:///etc/passwd",
    "data:image/webp;base64,UklGRg", "javascript:1", "//127.0.0.1/l", "/l/a", "x", "",
    "https://u:p@example.com/l", huge,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new (REFILLS_BRAND_VARIANT_FORMAT, "1", "a", "F", "giftcard", "", "US",
                                         places[i], places[i], "", "", FALSE));
    g_autoptr (RefillsBrand) brand = refills_brand_new_from_variant (variant);
    g_autoptr (RefillsLogoRequest) request = refills_logo_request_new (self->loader, brand, FALSE);

    refills_test_run_until (settled, request, 5000, "no logo");
    g_assert_cmpint (refills_logo_request_get_state (request), ==, REFILLS_LOGO_MISSING);
  }
  g_assert_cmpuint (self->asked->len, ==, 0);
}

static void
test_kept_on_disk (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsLogoRequest) first = NULL;
  g_autoptr (RefillsLogoRequest) second = NULL;

  serve (self, "/l/a_300x190.webp", webp, sizeof webp);
  first = ask (self, FALSE);
  refills_blob_cache_drain (self->cache);
  second = ask (self, FALSE);
  g_assert_true (g_bytes_equal (refills_logo_request_get_bytes (first), refills_logo_request_get_bytes (second)));
  g_assert_cmpuint (self->asked->len, ==, 1);
}

/* Neither a page in place of a picture nor one that cannot be decoded ends the search. */
static void
test_not_a_picture (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (RefillsLogoRequest) request = NULL;

  serve (self, "/l/a_300x190.webp", "<html>", 6);
  serve (self, "/l/a.webp", webp, sizeof webp);
  serve (self, "/l/a_300x190.jpg", jpeg, sizeof jpeg);
  request = ask (self, FALSE);
  g_assert_true (g_str_has_suffix (refills_logo_request_get_uri (request), "/l/a.webp"));
  refills_logo_request_reject (request);
  refills_test_run_until (settled, request, 5000, "the next one");
  g_assert_true (g_str_has_suffix (refills_logo_request_get_uri (request), "/l/a_300x190.jpg"));
}

static void
test_few_at_once (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf ("b%u", i);
    g_autofree char *path = g_strdup_printf ("/l/%s_300x190.webp", name);
    g_autoptr (RefillsBrand) brand = make_brand (self, name, TRUE);

    serve (self, path, webp, sizeof webp);
    g_ptr_array_add (requests, refills_logo_request_new (self->loader, brand, FALSE));
  }
  /* Ten are let go before their turn, and are never asked for. */
  g_ptr_array_remove_range (requests, 30, 10);
  for (guint i = 0; i < requests->len; i++) {
    refills_test_run_until (settled, requests->pdata[i], 5000, "a logo");
    g_assert_cmpint (refills_logo_request_get_state (requests->pdata[i]), ==, REFILLS_LOGO_READY);
  }
  g_assert_cmpuint (self->most_open, <=, REFILLS_LOGO_MAX_LOADS);
  g_assert_cmpuint (self->asked->len, ==, 30);
}

/* Letting go of a request ends it, and leaves its place to others. */
static void
test_let_go (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (RefillsLogoRequest) last = NULL;
  RefillsLogoRequest *requests[REFILLS_LOGO_MAX_LOADS];
  g_autoptr (RefillsBrand) brand = make_brand (self, "last", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autofree char *name = g_strdup_printf ("b%u", i);
    g_autoptr (RefillsBrand) other = make_brand (self, name, TRUE);

    requests[i] = refills_logo_request_new (self->loader, other, FALSE);
  }
  serve (self, "/l/last_300x190.webp", webp, sizeof webp);
  last = refills_logo_request_new (self->loader, brand, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    g_assert_finalize_object (requests[i]);
  refills_test_run_until (settled, last, 5000, "the last one");
  g_assert_cmpint (refills_logo_request_get_state (last), ==, REFILLS_LOGO_READY);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (suffix_cases); i++) {
    g_autofree char *path = g_strconcat ("/logo-request/suffix/x", suffix_cases[i].suffix, NULL);

    g_test_add (path, Fixture, &suffix_cases[i], set_up, test_suffix, tear_down);
  }
  g_test_add ("/logo-request/plain", Fixture, NULL, set_up, test_plain, tear_down);
  g_test_add ("/logo-request/nowhere", Fixture, NULL, set_up, test_nowhere, tear_down);
  g_test_add ("/logo-request/J19", Fixture, NULL, set_up, test_other_places, tear_down);
  g_test_add ("/logo-request/kept-on-disk", Fixture, NULL, set_up, test_kept_on_disk, tear_down);
  g_test_add ("/logo-request/not-a-picture", Fixture, NULL, set_up, test_not_a_picture, tear_down);
  g_test_add ("/logo-request/let-go", Fixture, NULL, set_up, test_let_go, tear_down);
  g_test_add ("/logo-request/few-at-once", Fixture, NULL, set_up, test_few_at_once, tear_down);

  return g_test_run ();
}
