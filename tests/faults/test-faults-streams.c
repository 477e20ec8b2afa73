/* test-faults-streams.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streams: rows E of the table of faults.
 */
#include "fault-case.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "refills-test.h"

#define SUBSCRIBE "/v5/orders/*/subscribe"
#define ANY_QUESTION "/v5/orders/*"
#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
#define POLLING "Checking every few seconds"
#define LIVE "Updating live"
#define WAITING "No connection, trying again soon"
#define FLOOD_BYTES (64 * 1024)
#define PADDING "01234567890123456789012345678901234567890123456789012345678901234567890123456789"
/* What a turn of the main loop may take of the processor. */
#define MAX_TURN_US (50 * 1000)
/* How often it is flooded: where each byte costs many times as much, once and once more. */
#ifdef __SANITIZE_ADDRESS__
#define N_FLOODS 2
#else
#define N_FLOODS 4
#endif

static guint
count_streams (FaultCase *self)
{
  return fault_case_count (self, "GET", SUBSCRIBE);
}

static guint
count_questions (FaultCase *self)
{
  return fault_case_count (self, "GET", ANY_QUESTION) - count_streams (self);
}

/* An order that nobody paid, with a stream that says @answer. */
static RefillsOrder *
place (FaultCase   *self,
       const char  *answer,
       ScriptedEnd  end)
{
  scripted_server_on (self->server, "GET", SUBSCRIBE, answer, end);
  fault_case_open_loaded (self);

  return shop_fixture_place (&self->base);
}

typedef struct {
  FaultCase *self;
  guint      n;
} Questions;

static gboolean
are_asked (gpointer user_data)
{
  Questions *wait = user_data;

  return count_questions (wait->self) >= wait->n;
}

static void
await_questions (FaultCase *self,
                 guint      n)
{
  Questions wait = { self, n };

  refills_test_run_until (are_asked, &wait, FAULT_CASE_DEADLINE_MS, "questions");
}

/* Without the stream, and to the end: the code came and is kept, and nothing asks any more. */
static void
assert_bought (FaultCase    *self,
               RefillsOrder *order)
{
  g_autofree char *wanted = NULL;
  g_autofree char *code = NULL;
  guint before;

  shop_fixture_pay (&self->base, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  wanted = shop_fixture_read_code (&self->base, order);
  code = shop_fixture_reveal (&self->base, order, REFILLS_SECRET_CODE);
  g_assert_cmpstr (code, ==, wanted);
  shop_fixture_let_pass (200);
  before = count_questions (self);
  shop_fixture_let_pass (200);
  g_assert_cmpuint (count_questions (self), ==, before);
}

static void
test_stop_before_done (FaultCase     *self,
                       gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = place (self, HEAD "event: stop\ndata: {}\n\n", SCRIPTED_END_HANG);
  guint before;

  fault_case_await_see (order, "link-text", POLLING);
  shop_fixture_post (&self->base, order, "state",
                     "{\"order_state\":\"WaitingForDelivery\",\"payment_state\":\"PaymentReceived\"}");
  fault_case_await_see (order, "status-title", "Preparing your card");
  before = count_questions (self);
  await_questions (self, before + 3);
  fault_case_assert_see (order, "link-text", POLLING);
  g_assert_cmpuint (count_streams (self), ==, 1);
}

/* One after the other, each after a longer wait; and all the while the order is asked for. */
static void
test_closes_without_event (FaultCase     *self,
                           gconstpointer  data)
{
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("0.0", NULL);
  g_autoptr (RefillsOrder) order = NULL;
  guint first = 0;
  gint64 least = self->base.environment->backoff_base_ms * 1000;
  gint64 before = 0;
  guint n_waits = 0;

  /* The figures, which are shorter here. */
  g_assert_cmpuint (live->backoff_base_ms, ==, 1000);
  g_assert_cmpuint (live->backoff_limit_ms, ==, 30000);
  g_assert_cmpuint (live->poll_min_ms, ==, 5000);
  g_assert_cmpuint (live->poll_max_ms, ==, 10000);
  g_assert_cmpuint (live->silence_ms, ==, 45000);

  order = place (self, HEAD, SCRIPTED_END_CLOSE);
  fault_case_await_see (order, "link-text", WAITING);
  fault_case_await_count (self, "GET", SUBSCRIBE, 8);
  for (guint i = first; i < scripted_server_n_requests (self->server); i++) {
    const char *head = scripted_server_get_head (self->server, i);
    gint64 came_at = scripted_server_get_time (self->server, i);

    if (strstr (head, "/subscribe HTTP/1.1\r\n") == NULL)
      continue;
    if (before > 0) {
      /* A fifth less where chance has it so, and a little for the clocks. */
      g_assert_cmpint (came_at - before, >=, least * 8 / 10 - 2000);
      least = MIN (least * 2, (gint64) self->base.environment->backoff_limit_ms * 1000);
      n_waits++;
    }
    before = came_at;
  }
  g_assert_cmpuint (n_waits, >=, 7);
  g_assert_cmpuint (count_questions (self), >=, 3);
  assert_bought (self, order);
}

static void
test_silence (FaultCase     *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  guint before;

  self->base.environment->silence_ms = 400;
  order = place (self, HEAD, SCRIPTED_END_HANG);
  fault_case_await_see (order, "link-text", LIVE);
  before = count_questions (self);
  fault_case_await_count (self, "GET", SUBSCRIBE, 2);
  fault_case_await_see (order, "link-text", LIVE);
  shop_fixture_let_pass (100);
  g_assert_cmpuint (count_questions (self), ==, before + 1);
  g_assert_cmpuint (count_streams (self), ==, 2);
  assert_bought (self, order);
}

typedef struct {
  gint64 last_us;
  gint64 longest_us;
  guint  source;
} Turns;

/* Of the processor's time, so that another program's turn is not ours. */
static gint64
get_processor_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
turn_cb (gpointer user_data)
{
  Turns *turns = user_data;
  gint64 now = get_processor_us ();

  if (turns->last_us > 0)
    turns->longest_us = MAX (turns->longest_us, now - turns->last_us);
  turns->last_us = now;

  return G_SOURCE_CONTINUE;
}

/* Painted as GTK does, at its own priority. */
static gboolean
paint_cb (gpointer user_data)
{
  ++*(guint *) user_data;

  return G_SOURCE_CONTINUE;
}

static gint64
get_peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (gint64) usage.ru_maxrss * 1024;
}

/* In a process of its own, since a peak of memory does not go down again. */
static void
test_flood (FaultCase     *self,
            gconstpointer  data)
{
  const char *block = data;
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (RefillsOrder) order = NULL;
  Turns turns = { 0 };
  guint n_painted = 0;
  guint paint;
  gint64 peak;

  while (text->len < FLOOD_BYTES)
    g_string_append (text, block);
  fault_case_open_loaded (self);
  peak = get_peak_bytes ();
  scripted_server_on (self->server, "GET", SUBSCRIBE, text->str, SCRIPTED_END_ENDLESS);
  order = shop_fixture_place (&self->base);
  turns.source = g_timeout_add_full (G_PRIORITY_HIGH, 1, turn_cb, &turns, NULL);
  paint = g_timeout_add_full (G_PRIORITY_HIGH_IDLE + 20, 16, paint_cb, &n_painted, NULL);
  fault_case_await_count (self, "GET", SUBSCRIBE, N_FLOODS);
  g_assert_cmpuint (n_painted, >, 0);
  fault_case_await_see (order, "link-text", WAITING);
  assert_bought (self, order);
  g_source_remove (turns.source);
  g_source_remove (paint);
#ifdef __SANITIZE_ADDRESS__
  /* It keeps what was freed, and takes longer for everything. */
  g_test_message ("%" G_GINT64_FORMAT " µs, %" G_GINT64_FORMAT " bytes", turns.longest_us, get_peak_bytes () - peak);
#else
  g_assert_cmpint (turns.longest_us, <, MAX_TURN_US);
  g_assert_cmpint (get_peak_bytes () - peak, <, 64 * 1024 * 1024);
#endif
}

static GLogWriterOutput
write_log (GLogLevelFlags    level,
           const GLogField  *fields,
           gsize             n_fields,
           gpointer          user_data)
{
  guint *n_counted = user_data;

  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, "MESSAGE") && strstr (fields[i].value, ": message 4 of the stream ") != NULL)
      ++*n_counted;
  }

  return g_log_writer_default (level, fields, n_fields, NULL);
}

static gboolean
is_counted (gpointer user_data)
{
  return *(guint *) user_data > 0;
}

/* Three that cannot be read and one of another order: none changes anything, none ends the connection. */
static void
test_no_order (FaultCase     *self,
               gconstpointer  data)
{
  static guint n_counted = 0;
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *title = NULL;
  g_autofree char *address = NULL;

  g_log_set_writer_func (write_log, &n_counted, NULL);
  order = place (self,
                 HEAD "data: {\"order_id\":\n\ndata: <html>no</html>\n\ndata: []\n\n"
                 "data: {\"order_id\":\"00000000-0000-4000-8000-000000000000\",\"order_state\":\"Done\","
                 "\"payment_state\":\"PaymentReceived\",\"wallet_address\":\"elsewhere\",\"deliveries\":[]}\n\n",
                 SCRIPTED_END_HANG);
  title = fault_case_dup_text (order, "status-title");
  address = g_strdup (refills_order_state_get_wallet_address (refills_order_get_state (order)));
  fault_case_await_see (order, "link-text", LIVE);
  refills_test_run_until (is_counted, &n_counted, FAULT_CASE_DEADLINE_MS, "the last message");
  shop_fixture_let_pass (200);
  fault_case_assert_see (order, "link-text", LIVE);
  fault_case_assert_see (order, "status-title", title);
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (order)), ==, address);
  g_assert_cmpint (refills_order_get_alarm (order), ==, REFILLS_ORDER_ALARM_NONE);
  g_assert_cmpuint (count_streams (self), ==, 1);
  g_assert_cmpuint (n_counted, ==, 1);
}

static void
test_html (FaultCase     *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order =
    place (self, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<b>Just a moment…</b>\n\ndata: {}\n\n",
           SCRIPTED_END_HANG);

  fault_case_await_see (order, "link-text", POLLING);
  assert_bought (self, order);
  g_assert_cmpuint (count_streams (self), ==, 1);
}

/* The id of the first connection, as the second one sends it. */
static void
test_last_event_id (FaultCase     *self,
                    gconstpointer  data)
{
  const char *id = data;
  g_autoptr (GString) answer = g_string_new (HEAD "id: ");
  g_autoptr (RefillsOrder) order = NULL;
  guint n_streams = 0;

  if (id != NULL) {
    g_string_append (answer, id);
  } else {
    /* Just under what a line may hold. */
    for (guint i = 0; i < 1024 * 1024 - 16; i++)
      g_string_append_c (answer, 'x');
  }
  g_string_append (answer, "\ndata: {}\n\n");
  order = place (self, answer->str, SCRIPTED_END_CLOSE);
  fault_case_await_count (self, "GET", SUBSCRIBE, 3);
  for (guint i = 0; i < scripted_server_n_requests (self->server); i++) {
    const char *head = scripted_server_get_head (self->server, i);
    g_autofree char *sent = scripted_server_dup_header (self->server, i, "Last-Event-ID");

    if (strstr (head, "/subscribe HTTP/1.1\r\n") == NULL)
      continue;
    g_assert_cmpstr (sent, ==, NULL);
    g_assert_cmpuint (strlen (head), <, 1024);
    n_streams++;
  }
  g_assert_cmpuint (n_streams, >=, 3);
  assert_bought (self, order);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  fault_case_add ("E01", test_stop_before_done, NULL);
  fault_case_add ("E02", test_closes_without_event, NULL);
  fault_case_add ("E03", test_silence, NULL);
  fault_case_add_alone ("E04/line", test_flood, "data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  fault_case_add_alone ("E04/comments", test_flood, ": a\n");
  fault_case_add_alone ("E04/events", test_flood, "data: {\"a\":\"" PADDING PADDING PADDING "\"}\n\n");
  fault_case_add_alone ("E05", test_no_order, NULL);
  fault_case_add ("E06", test_html, NULL);
  fault_case_add ("E07/long", test_last_event_id, NULL);
  fault_case_add ("E07/odd", test_last_event_id, "a\x01\x7f\x1b[1mz");

  return g_test_run ();
}
