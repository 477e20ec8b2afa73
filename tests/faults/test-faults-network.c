/* test-faults-network.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The network: rows N of the table of faults, but for those of HTTP/2.
 */
#include "fault-case.h"

#include <unistd.h>

#include "fault-network.h"
#include "refills-test.h"

#define BRANDS "/v2/brands"
#define ORDERS "/v5/orders"
#define ORDER "/v5/orders/*-?????" "???????"
#define SUBSCRIBE "/v5/orders/*/subscribe"
#define UNREACHABLE "The shop cannot be reached right now."
#define TOO_SLOW "The shop took too long to answer."
#define OFFLINE "There is no connection to the internet."
#define SIGN_IN "This network wants you to sign in first. Open a web page to do that."

#define BLANKS "                                                            "
#define OPEN_HEAD FAULT_CASE_JSON "Content-Length: 500\r\n\r\n"

static void
set_base (FaultCase *self,
          char      *uri)
{
  g_clear_pointer (&self->base.environment->base_uri, g_free);
  self->base.environment->base_uri = uri;
}

/* With a catalogue and an order on disk; then again without a network. */
static void
test_no_network (FaultCase     *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *title = NULL;
  RefillsCollection *brands = NULL;

  fault_network_fake_monitor (TRUE, FALSE);
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  title = fault_case_dup_text (order, "title");
  g_clear_object (&order);
  shop_fixture_close_shop (&self->base);

  fault_network_leave ();
  fault_network_change (FALSE);
  fault_case_open (self);
  brands = fault_case_get_brands (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (brands)), >, 0);
  fault_case_assert_kept (self, OFFLINE);
  fault_case_await_list (refills_shop_get_orders (self->base.shop), REFILLS_COLLECTION_READY);
  order = fault_case_dup_order (self);
  fault_case_assert_see (order, "title", title);
  shop_fixture_open_order (&self->base, order);
  g_assert_nonnull (refills_order_get_payment (order));
  fault_case_await_see (order, "link-text", "There is no connection to the internet.");
}

static void
skip_no_network (FaultCase     *self,
                 gconstpointer  data)
{
  g_test_skip ("network namespaces are not allowed here");
}

static void
test_drops (FaultCase     *self,
            gconstpointer  data)
{
  RefillsCollection *brands = NULL;
  guint n;

  self->base.environment->retry_ms = 200;
  fault_case_open_loaded (self);
  brands = fault_case_get_brands (self);
  n = g_list_model_get_n_items (G_LIST_MODEL (brands));
  scripted_server_refuse (self->server);
  scripted_server_drop_connections (self->server, TRUE);
  refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  fault_case_assert_kept (self, UNREACHABLE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (brands)), ==, n);

  /* By itself, and with the same items. */
  scripted_server_return (self->server);
  fault_case_await_list (brands, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (brands)), ==, n);
  fault_case_assert_see (brands, "error-text", NULL);
}

static void
test_no_name (FaultCase     *self,
              gconstpointer  data)
{
  fault_network_fake_names ();
  set_base (self, g_strdup ("https://no-such-host.invalid"));
  fault_case_open (self);
  fault_case_assert_nothing (self, "The shop cannot be found. Check your connection.");
}

static void
test_refused (FaultCase     *self,
              gconstpointer  data)
{
  gint64 began_at;

  self->base.environment->retry_ms = 500;
  scripted_server_refuse (self->server);
  began_at = g_get_monotonic_time ();
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  scripted_server_return (self->server);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  g_assert_cmpint (g_get_monotonic_time () - began_at, >=, 400 * 1000); /* not at once */
}

static void
test_connect_hangs (FaultCase     *self,
                    gconstpointer  data)
{
  g_autoptr (FaultHole) hole = fault_hole_new ("127.0.0.1", 0);

  g_assert_cmpuint (self->base.environment->socket_timeout_s, ==, 15);
  self->base.environment->socket_timeout_s = 1;
  set_base (self, g_strdup_printf ("http://127.0.0.1:%u", fault_hole_get_port (hole)));
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
}

static void
test_never_answers (FaultCase     *self,
                    gconstpointer  data)
{
  self->base.environment->socket_timeout_s = 1;
  scripted_server_on (self->server, "GET", BRANDS, "", SCRIPTED_END_HANG);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

/* One byte at a time, in the head or in the body. The sentence is the same for an order, with the doubt. */
static void
test_slow (FaultCase     *self,
           gconstpointer  data)
{
  const char *answer = data;

  self->base.environment->read_deadline_ms = 400;
  scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_TRICKLE);
  fault_case_open (self);
  fault_case_assert_nothing (self, TOO_SLOW);
  shop_fixture_let_pass (100);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

static void
test_slow_order (FaultCase     *self,
                 gconstpointer  data)
{
  self->base.environment->order_deadline_ms = 400;
  scripted_server_on (self->server, "POST", ORDERS, data, SCRIPTED_END_TRICKLE);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
}

static void
test_reset_in_body (FaultCase     *self,
                    gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, OPEN_HEAD "{", SCRIPTED_END_RESET);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 2);
}

/* The kept connection turns out to be closed: asked again on a new one, and nothing is seen of it. */
static void
test_closed_when_reused (FaultCase     *self,
                         gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 21\r\n\r\n{\"all_brands\":    []}",
                      SCRIPTED_END_KEEP);
  scripted_server_on (self->server, "GET", BRANDS, "", SCRIPTED_END_CLOSE);
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 21\r\n\r\n{\"all_brands\":    []}",
                      SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  fault_case_await_count (self, "GET", BRANDS, 3);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  fault_case_assert_see (fault_case_get_brands (self), "error-text", NULL);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 3);
}

static void
test_closed_after_order (FaultCase     *self,
                         gconstpointer  data)
{
  scripted_server_on (self->server, "POST", ORDERS, "", SCRIPTED_END_CLOSE);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
}

static gboolean
is_live (gpointer order)
{
  return refills_order_get_link (order) == REFILLS_ORDER_LINK_LIVE;
}

static RefillsOrder *
place_for (FaultCase  *self,
           const char *email)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (&self->base, "Steam", NULL);

  refills_order_form_set_email (refills_checkout_get_form (checkout), email);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  fault_case_submit (checkout, REFILLS_CHECKOUT_PLACED);

  return g_object_ref (refills_checkout_get_order (checkout));
}

static void
test_two_streams (FaultCase     *self,
                  gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = NULL;
  g_autoptr (RefillsOrder) second = NULL;
  g_autoptr (RefillsBrand) brand = NULL;
  g_autoptr (RefillsProduct) product = NULL;

  fault_case_open_loaded (self);
  first = place_for (self, "ada@example.com");
  second = place_for (self, "bob@example.com");
  refills_test_run_until (is_live, first, FAULT_CASE_DEADLINE_MS, "the first stream");
  refills_test_run_until (is_live, second, FAULT_CASE_DEADLINE_MS, "the second stream");
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->base.sandbox), ==, 2);

  brand = shop_fixture_find_brand (&self->base, "Amazon.com");
  product = shop_fixture_load_product (&self->base, brand);
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->base.sandbox), ==, 2);
}

/* To the proxy itself, and in a tunnel that it does not open. */
static void
test_proxy (FaultCase     *self,
            gconstpointer  data)
{
  const char *uri = data;
  g_autofree char *authorization = NULL;
  g_autofree char *partner = NULL;

  fault_network_fake_proxy (scripted_server_get_port (self->server));
  scripted_server_on (self->server, NULL, "*", "HTTP/1.1 407 Proxy Authentication Required\r\n"
                      "Proxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n", SCRIPTED_END_KEEP);
  set_base (self, g_strdup (uri));
  fault_case_open (self);
  fault_case_assert_nothing (self, "The proxy of this network needs a sign-in.");
  g_assert_cmpuint (scripted_server_n_requests (self->server), >, 0);
  authorization = scripted_server_dup_header (self->server, 0, "Proxy-Authorization");
  g_assert_null (authorization);
  partner = scripted_server_dup_header (self->server, 0, "X-Cr-Application");
  if (g_str_has_prefix (uri, "https"))
    g_assert_null (partner);
}

static void
test_portal (FaultCase     *self,
             gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
                      "<html><title>Caf\xc3\xa9 <b>Wi-Fi</b></title></html>", SCRIPTED_END_CLOSE);
  fault_case_open (self);
  fault_case_assert_nothing (self, SIGN_IN);
}

static void
test_metered (FaultCase     *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  fault_network_fake_monitor (TRUE, TRUE);
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  refills_test_run_until (is_live, order, FAULT_CASE_DEADLINE_MS, "the stream");
  shop_fixture_let_pass (200);
  /* Nothing is on a screen, so no picture is asked for, and the stream of what is to be paid stays. */
  g_assert_cmpuint (refills_sandbox_count_requests (self->base.sandbox, "GET", "/logos*"), ==, 0);
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->base.sandbox), ==, 1);
}

/* Packets are no longer brought: the stream says nothing and does not end. */
static void
test_half_open (FaultCase     *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  g_assert_cmpuint (self->base.environment->silence_ms, ==, 45000);
  self->base.environment->silence_ms = 300;
  scripted_server_on (self->server, "GET", SUBSCRIBE, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                      SCRIPTED_END_HANG);
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  refills_test_run_until (is_live, order, FAULT_CASE_DEADLINE_MS, "the stream");
  shop_fixture_post (&self->base, order, "pay", "{}");
  fault_case_await_count (self, "GET", SUBSCRIBE, 2);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

static gboolean
has_woken (gpointer user_data)
{
  return g_get_monotonic_time () > *(gint64 *) user_data;
}

/* The whole program stands still, server included, for longer than a stream may be silent, as in a sleep that
 * the monotonic clock counts. The network comes back with a signal, as after a real one. */
static void
test_sleep (FaultCase     *self,
            gconstpointer  data)
{
  g_autofree char *script = g_strdup_printf ("kill -STOP %d; sleep 1; kill -CONT %d", (int) getpid (), (int) getpid ());
  g_autoptr (RefillsOrder) order = NULL;
  g_autoptr (GSubprocess) waker = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until, awake_at;
  guint n_asked;

  fault_network_fake_monitor (TRUE, FALSE);
  self->base.environment->silence_ms = 500;
  self->base.environment->backoff_base_ms = 20;
  scripted_server_on (self->server, "GET", SUBSCRIBE, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                      SCRIPTED_END_HANG);
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  refills_test_run_until (is_live, order, FAULT_CASE_DEADLINE_MS, "the stream");
  until = refills_payment_get_payable_until (refills_order_get_payment (order));
  n_asked = fault_case_count (self, "GET", ORDER);

  awake_at = g_get_monotonic_time () + 900 * 1000;
  waker = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sh", "-c", script, NULL);
  g_assert_no_error (error);
  refills_test_run_until (has_woken, &awake_at, FAULT_CASE_DEADLINE_MS, "the end of the sleep");
  fault_network_change (TRUE);
  fault_case_await_count (self, "GET", SUBSCRIBE, 2);
  fault_case_await_count (self, "GET", ORDER, n_asked + 1);
  g_assert_cmpuint (fault_case_count (self, "GET", ORDER), ==, n_asked + 1);
  /* Until when it can be paid is a time of day, which a sleep does not move. */
  g_assert_cmpint (refills_payment_get_payable_until (refills_order_get_payment (order)), ==, until);
  g_assert_true (refills_order_is_payable (order));
  g_assert_true (g_subprocess_wait (waker, NULL, NULL));
}

static void
test_broken_ipv6 (FaultCase     *self,
                  gconstpointer  data)
{
  guint port = scripted_server_get_port (self->server);
  g_autoptr (FaultHole) hole = fault_hole_new ("::1", port);
  gint64 began_at;

  set_base (self, g_strdup_printf ("http://localhost:%u", port));
  began_at = g_get_monotonic_time ();
  fault_case_open (self);
  fault_case_await_count (self, "GET", BRANDS, 1);
  g_assert_cmpint (g_get_monotonic_time () - began_at, <, G_USEC_PER_SEC);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  if (fault_network_can_leave ())
    fault_case_add_alone ("N01", test_no_network, NULL);
  else
    fault_case_add ("N01", skip_no_network, NULL);
  fault_case_add ("N02", test_drops, NULL);
  fault_case_add_alone ("N03", test_no_name, NULL);
  fault_case_add ("N04", test_refused, NULL);
  fault_case_add ("N05", test_connect_hangs, NULL);
  fault_case_add ("N06", test_never_answers, NULL);
  fault_case_add ("N07/list", test_slow, FAULT_CASE_JSON "X: 0123456789012345678901234567890123456789\r\n");
  fault_case_add ("N07/order", test_slow_order, FAULT_CASE_JSON "X: 0123456789012345678901234567890123456789\r\n");
  fault_case_add ("N08/list", test_slow, "HTTP/1.1 200 OK\r\n\r\n{" BLANKS);
  fault_case_add ("N08/order", test_slow_order, "HTTP/1.1 200 OK\r\n\r\n{" BLANKS);
  fault_case_add ("N09", test_reset_in_body, NULL);
  fault_case_add ("N10", test_closed_when_reused, NULL);
  fault_case_add ("N11", test_closed_after_order, NULL);
  fault_case_add ("N14", test_two_streams, NULL);
  fault_case_add_alone ("N15/request", test_proxy, "http://127.0.0.1:9");
  fault_case_add_alone ("N15/tunnel", test_proxy, "https://shop.invalid");
  fault_case_add ("N16", test_portal, NULL);
  fault_case_add_alone ("N17", test_metered, NULL);
  fault_case_add_alone ("N18", test_sleep, NULL);
  fault_case_add ("N19", test_half_open, NULL);
  fault_case_add ("N20", test_broken_ipv6, NULL);

  return g_test_run ();
}
