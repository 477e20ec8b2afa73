/* test-faults-tls.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TLS: rows T of the table of faults; and HTTP/2, which comes with it: rows N12 and N13.
 *
 * Each row runs by itself: whom GIO trusts, and which TLS it speaks, is settled once for a process.
 */
#include "fault-case.h"

#include <string.h>

#include "fault-certificates.h"
#include "refills-error.h"
#include "refills-test.h"

#define BRANDS "/v2/brands"
#define ORDERS "/v5/orders"
#define DAY (24 * 60 * 60)
#define UNTRUSTED "This connection is not private: nobody known to this computer vouches for the other side. " \
                  "Nothing was sent."
#define OTHER_SITE "This connection is not private: the certificate is for another site. Nothing was sent."
#define EXPIRED "This connection is not private: the shop’s certificate has expired. Nothing was sent."
#define NOT_YET "This connection is not private: the shop’s certificate is not valid yet. Nothing was sent."
#define CLOCK "The shop’s certificate is not valid on the date that this computer shows. Check this computer’s date."
#define NOT_SECURE "The connection to the shop is not secure, so nothing was sent."
#define UNREACHABLE "The shop cannot be reached right now."
#define UNEXPECTED "The shop sent an answer that could not be understood."

static char *
get_folder (FaultCase *self)
{
  return g_build_filename (self->base.folder, "tls", NULL);
}

static void
ask (FaultCase *self,
     char      *uri)
{
  g_clear_pointer (&self->base.environment->base_uri, g_free);
  self->base.environment->base_uri = uri;
}

/* In the place of the plain server. */
static void
serve_tls (FaultCase        *self,
           FaultCertificate  kind)
{
  g_autofree char *folder = get_folder (self);
  g_autofree char *path = fault_certificates_make (folder, kind);
  g_autoptr (GTlsCertificate) certificate = fault_certificates_load (path);

  g_clear_pointer (&self->server, scripted_server_free);
  self->server = scripted_server_new_tls (certificate);
  scripted_server_forward (self->server, refills_sandbox_get_base_uri (self->base.sandbox));
  ask (self, scripted_server_dup_uri (self->server));
  fault_certificates_trust (folder);
}

/* Nothing is known of what would be shown were it good. */
static void
test_good (FaultCase     *self,
           gconstpointer  data)
{
  serve_tls (self, FAULT_CERTIFICATE_GOOD);
  fault_case_open_loaded (self);
}

typedef struct {
  const char       *id;
  FaultCertificate  kind;
  gint64            built_in; /* seconds from now; 0: as it was */
  const char       *see;
} CertificateRow;

static const CertificateRow certificates[] = {
  { "T01", FAULT_CERTIFICATE_UNKNOWN, 0, UNTRUSTED },
  { "T02", FAULT_CERTIFICATE_OTHER_SITE, 0, OTHER_SITE },
  { "T03/certificate", FAULT_CERTIFICATE_EXPIRED, -DAY, EXPIRED },
  { "T03/clock-ahead", FAULT_CERTIFICATE_EXPIRED, -6 * 365 * (gint64) DAY, CLOCK },
  { "T03/clock-behind", FAULT_CERTIFICATE_NOT_YET, 2 * DAY, CLOCK },
  { "T04", FAULT_CERTIFICATE_NOT_YET, -DAY, NOT_YET },
};

static void
test_certificate (FaultCase     *self,
                  gconstpointer  data)
{
  const CertificateRow *row = data;

  serve_tls (self, row->kind);
  self->base.environment->built_at = g_get_real_time () / G_USEC_PER_SEC + row->built_in;
  self->base.environment->retry_ms = 20;
  fault_case_open (self);
  fault_case_assert_nothing (self, row->see);
  shop_fixture_let_pass (200);
  g_assert_cmpuint (scripted_server_n_requests (self->server), ==, 0);
  g_assert_cmpuint (scripted_server_n_connections (self->server), ==, 1); /* nor is it tried again by itself */
}

static gboolean
line_came (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

static void
line_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  char **line = user_data;

  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  if (*line == NULL)
    *line = g_strdup ("");
}

/* "" at the end. */
static char *
read_line (GDataInputStream *lines)
{
  char *line = NULL;

  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_read_cb, &line);
  refills_test_run_until (line_came, &line, FAULT_CASE_DEADLINE_MS, "a line");

  return line;
}

/* A server that has nothing newer than TLS 1.1, and one that has TLS 1.2. */
static GSubprocess *
start_openssl (FaultCase   *self,
               const char  *version,
               guint       *port)
{
  g_autofree char *folder = get_folder (self);
  g_autofree char *path = fault_certificates_make (folder, FAULT_CERTIFICATE_GOOD);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *accept = NULL;
  const char *colon = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                              G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", path, "-key", path,
                              version, "-cipher", "DEFAULT:@SECLEVEL=0", "-www", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while (accept == NULL || !g_str_has_prefix (accept, "ACCEPT")) {
    g_clear_pointer (&accept, g_free);
    accept = read_line (lines);
    g_assert_cmpstr (accept, !=, "");
  }
  colon = strrchr (accept, ':');
  g_assert_nonnull (colon);
  *port = (guint) g_ascii_strtoull (colon + 1, NULL, 10);
  fault_certificates_trust (folder);

  return g_steal_pointer (&process);
}

static void
test_old_tls (FaultCase     *self,
              gconstpointer  data)
{
  g_autoptr (GSubprocess) process = NULL;
  const char *version = data;
  guint port = 0;

  process = start_openssl (self, version, &port);
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", port));
  fault_case_open (self);
  /* The one with TLS 1.2 answers, if with a page that is no list: so it is the version that is refused. */
  fault_case_assert_nothing (self, g_str_equal (version, "-tls1_2")
                             ? "This network wants you to sign in first. Open a web page to do that." : NOT_SECURE);
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

static gboolean
answer_plainly_cb (GSocketService    *service,
                   GSocketConnection *connection,
                   GObject           *source,
                   gpointer           user_data)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<h1>Speak HTTP</h1>\r\n";
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_assert_true (g_output_stream_write_all (stream, answer, strlen (answer), NULL, NULL, NULL));
  g_assert_true (g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL));
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection), g_object_unref);

  return TRUE;
}

/* Plain HTTP where TLS is spoken: a server that waits for the end of a head. */
static void
test_plain (FaultCase     *self,
            gconstpointer  data)
{
  g_assert_cmpuint (self->base.environment->socket_timeout_s, ==, 15);
  self->base.environment->socket_timeout_s = 1;
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", scripted_server_get_port (self->server)));
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  g_assert_cmpuint (scripted_server_n_requests (self->server), ==, 0);
}

/* And one that answers at once, in plain text. */
static void
test_plain_answer (FaultCase     *self,
                   gconstpointer  data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);

  g_signal_connect (service, "incoming", G_CALLBACK (answer_plainly_cb), NULL);
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", port));
  fault_case_open (self);
  fault_case_assert_nothing (self, NOT_SECURE);
}

/* http is for this computer only. */
static void
test_http_address (FaultCase     *self,
                   gconstpointer  data)
{
  static const char * const refused[] = {
    "http://api.cryptorefills.com", "http://192.0.2.1", "http://localhost.example.com", "ftp://127.0.0.1", "",
    "https://user:word@shop.example", "https://shop.example/?a=b", "shop.example",
  };
  static const char * const taken[] = {
    "https://shop.example", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:8",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsEnvironment) environment = refills_environment_new_for_uri ("1", NULL, refused[i], &error);

    g_assert_null (environment);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
    g_assert_true (g_str_has_prefix (error->message, "The server"));
  }
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsEnvironment) environment = refills_environment_new_for_uri ("1", NULL, taken[i], &error);

    g_assert_no_error (error);
  }
}

/* Said before anything is asked, in place of the shop. */
static void
test_no_tls (FaultCase     *self,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsShop) shop = NULL;

  g_setenv ("GIO_USE_TLS", "dummy", TRUE);
  g_assert_false (g_tls_backend_supports_tls (g_tls_backend_get_default ()));
  ask (self, g_strdup ("https://shop.invalid"));
  shop = refills_shop_new (self->base.environment, &error);
  g_assert_null (shop);
  g_assert_cmpstr (refills_error_to_text (error), ==, "TLS support is missing on this computer (glib-networking).");

  /* Practice needs none. */
  ask (self, scripted_server_dup_uri (self->server));
  fault_case_open_loaded (self);
}

/* HTTP/2 */

static GSubprocess *
start_http2 (FaultCase         *self,
             guint             *port,
             const char        *fault,
             const char        *protocols,
             GDataInputStream **lines)
{
  g_autofree char *folder = get_folder (self);
  g_autofree char *path = fault_certificates_make (folder, FAULT_CERTIFICATE_GOOD);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "faults", "h2-server.mjs", NULL);
  g_autofree char *wanted = g_strdup_printf ("%u", *port);
  g_autofree char *line = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              "node", script, path, wanted, fault, protocols, NULL);
  g_assert_no_error (error);
  *lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = read_line (*lines);
  g_assert_true (g_str_has_prefix (line, "port "));
  *port = (guint) g_ascii_strtoull (line + strlen ("port "), NULL, 10);
  fault_certificates_trust (folder);

  return g_steal_pointer (&process);
}

/* Ends the server. What it saw: connections of one protocol, or none, and no stream. */
static void
assert_no_stream (GSubprocess      *process,
                  GDataInputStream *lines,
                  const char       *protocol)
{
  g_autofree char *connection = protocol != NULL ? g_strdup_printf ("connection %s", protocol) : NULL;
  guint n_connections = 0;

  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL));
  for (;;) {
    g_autofree char *line = read_line (lines);

    if (*line == '\0')
      break;
    if (g_str_has_prefix (line, "connection ")) {
      g_assert_cmpstr (line, ==, connection);
      n_connections++;
    }
    g_assert_false (g_str_has_prefix (line, "stream "));
  }
  g_assert_true ((n_connections > 0) == (protocol != NULL));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

/* A server that speaks both is spoken to in HTTP/1.1, where nothing is wrong. */
static void
test_http2 (FaultCase     *self,
            gconstpointer  data)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  guint port = 0;

  process = start_http2 (self, &port, data, "both", &lines);
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", port));
  fault_case_open (self);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  assert_no_stream (process, lines, "http/1.1");
}

/* One that has nothing but HTTP/2 has nothing for us. */
static void
test_http2_only (FaultCase     *self,
                 gconstpointer  data)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  guint port = 0;

  process = start_http2 (self, &port, data, "alone", &lines);
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", port));
  fault_case_open (self);
  fault_case_assert_nothing (self, NOT_SECURE);
  assert_no_stream (process, lines, NULL);
}

/* Takes away what keeps libsoup from HTTP/2. The shop sets it; libsoup 3.2 reads it for each connection, 3.6 for the
 * first one and never again. */
static void
open_offering_http2 (FaultCase *self)
{
  g_autoptr (GError) error = NULL;

  self->base.shop = refills_shop_new (self->base.environment, &error);
  g_assert_no_error (error);
  g_unsetenv ("SOUP_FORCE_HTTP1");
  refills_catalogue_set_country (refills_shop_get_catalogue (self->base.shop), "US");
  refills_shop_start (self->base.shop);
}

/* And where libsoup offers it all the same, the request does not leave. */
static void
test_http2_guard (FaultCase     *self,
                  gconstpointer  data)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  guint port = 0;

  process = start_http2 (self, &port, data, "both", &lines);
  ask (self, g_strdup_printf ("https://127.0.0.1:%u", port));
  open_offering_http2 (self);
  fault_case_assert_nothing (self, UNEXPECTED);
  assert_no_stream (process, lines, "h2");
}

/* The same with an order: none is sent, none can have been made, and that is what is said. */
static void
test_http2_order (FaultCase     *self,
                  gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  guint port = 0;

  serve_tls (self, FAULT_CERTIFICATE_GOOD);
  port = scripted_server_get_port (self->server);
  open_offering_http2 (self);
  fault_case_await_list (refills_shop_get_orders (self->base.shop), REFILLS_COLLECTION_READY);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  checkout = fault_case_begin (self);
  scripted_server_refuse (self->server);
  scripted_server_drop_connections (self->server, FALSE);
  process = start_http2 (self, &port, "refuse", "both", &lines);
  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  fault_case_assert_see (checkout, "message", UNEXPECTED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->base.shop))), ==, 0);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 0);
  assert_no_stream (process, lines, "h2");
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  fault_case_add_alone ("T01/good", test_good, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    fault_case_add_alone (certificates[i].id, test_certificate, &certificates[i]);
  fault_case_add_alone ("T05", test_old_tls, "-tls1_1");
  fault_case_add_alone ("T05/newer", test_old_tls, "-tls1_2");
  fault_case_add_alone ("T06/silent", test_plain, NULL);
  fault_case_add_alone ("T06/answers", test_plain_answer, NULL);
  fault_case_add_alone ("T07", test_http_address, NULL);
  fault_case_add_alone ("T08", test_no_tls, NULL);
  fault_case_add_alone ("N12/both", test_http2, "die");
  fault_case_add_alone ("N12/only", test_http2_only, "die");
  fault_case_add_alone ("N12/guard", test_http2_guard, "die");
  fault_case_add_alone ("N13/both", test_http2, "refuse");
  fault_case_add_alone ("N13/only", test_http2_only, "refuse");
  fault_case_add_alone ("N13/guard", test_http2_guard, "refuse");
  fault_case_add_alone ("N13/order", test_http2_order, NULL);

  return g_test_run ();
}
