/* test-order-store.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "refills-db.h"
#include "refills-error.h"

typedef struct {
  char *folder;
  char *data;
  char *path;
  RefillsOrderStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = refills_store_fixture_path (fixture->folder);
  fixture->data = g_path_get_dirname (fixture->path);
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  refills_store_fixture_end (fixture->store);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->data, g_free);
  refills_test_remove_folder (fixture->folder);
}

static void
start_again (Fixture *fixture)
{
  refills_store_fixture_end (fixture->store);
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
}

static void
test_life (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, &error);
  g_autoptr (RefillsStoredOrder) placed = NULL;
  g_autoptr (RefillsStoredOrder) received = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const RefillsStoredOrder *row;

  g_assert_no_error (error);
  g_assert_cmpint (sending->row, ==, 1);
  g_assert_cmpint (sending->outcome, ==, REFILLS_ORDER_OUTCOME_SENDING);
  g_assert_null (sending->state);

  placed = refills_store_fixture_answer (fixture->store, 1, PLACED ("o1"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (placed->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_cmpstr (refills_order_state_get_wallet_address (placed->state), ==, ADDRESS);

  start_again (fixture);
  received = refills_store_fixture_merge (fixture->store, 1, RECEIVED ("o1"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (refills_order_state_get_phase (received->state), ==, REFILLS_ORDER_PHASE_PREPARING);

  start_again (fixture);
  rows = refills_store_fixture_list (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpint (row->row, ==, 1);
  g_assert_cmpint (row->created_at, ==, sending->created_at);
  g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_true (refills_order_state_equal (row->state, received->state));
  g_assert_cmpstr (refills_order_state_get_coin_amount (row->state), ==, AMOUNT);
  g_assert_cmpstr (refills_order_request_get_title (row->asked), ==, "Airbnb");
  g_assert_cmpstr (refills_order_line_get_beneficiary (refills_order_request_get_line (row->asked, 0)), ==,
                   "someone@example.org");
}

static void
test_newest_first (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < 3; i++)
    refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  rows = refills_store_fixture_list (fixture->store, NULL);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];

    g_assert_cmpint (row->row, ==, 3 - i);
    /* This process is sending them. */
    g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_SENDING);
  }
}

static void
test_environments (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *live = refills_store_fixture_new (fixture->path, "live");
  g_autoptr (RefillsStoredOrder) ours = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, ours->row, DONE ("o1", "SECRET"), NULL);
  g_autoptr (RefillsStoredOrder) theirs = NULL;
  g_autoptr (RefillsStoredOrder) same_id = NULL;
  g_autoptr (GPtrArray) rows = refills_store_fixture_list (live, NULL);
  g_autofree char *code = NULL;

  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_null (refills_store_fixture_merge (live, ours->row, RECEIVED ("o1"), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (refills_store_fixture_outcome (live, ours->row, REFILLS_ORDER_OUTCOME_REFUSED, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  code = refills_store_fixture_reveal (live, ours->row, 0, REFILLS_SECRET_CODE, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_assert_null (code);
  g_clear_error (&error);

  /* The same id at another service is another order. */
  theirs = refills_store_fixture_add (live, NULL);
  same_id = refills_store_fixture_answer (live, theirs->row, PLACED ("o1"), &error);
  g_assert_no_error (error);
  refills_store_fixture_end (live);
}

static void
test_all_environments (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (GBytes) answer = NULL;
  RefillsOrderStore *other = refills_store_fixture_new (fixture->path, "http://127.0.0.1");
  g_autoptr (RefillsStoredOrder) ours = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) theirs = refills_store_fixture_add (other, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, ours->row, DONE ("o1", "SECRET"), NULL);

  refills_order_store_list_all_async (other, NULL, refills_test_keep_result, &listed);
  refills_test_wait_result (&listed, 5000);
  rows = refills_order_store_list_finish (other, listed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[0])->row, ==, theirs->row);
  g_assert_cmpstr (((RefillsStoredOrder *) rows->pdata[0])->environment, ==, "http://127.0.0.1");
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[1])->row, ==, ours->row);
  g_assert_cmpstr (((RefillsStoredOrder *) rows->pdata[1])->environment, ==, placed->environment);
  g_assert_null (refills_delivery_get_secret (
    refills_order_state_get_delivery (((RefillsStoredOrder *) rows->pdata[1])->state, 0), REFILLS_SECRET_CODE));

  /* Read, but not written, from another environment. */
  refills_order_store_read_async (other, ours->row, NULL, refills_test_keep_result, &read);
  refills_test_wait_result (&read, 5000);
  state = refills_order_store_read_finish (other, read, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (state, 0), REFILLS_SECRET_CODE),
                   ==, "SECRET");
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), DONE ("o1", "SECRET"),
                   strlen (DONE ("o1", "SECRET")));

  g_clear_object (&read);
  refills_order_store_read_async (other, theirs->row, NULL, refills_test_keep_result, &read);
  refills_test_wait_result (&read, 5000);
  g_clear_pointer (&answer, g_bytes_unref);
  g_assert_null (refills_order_store_read_finish (other, read, &answer, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_clear_object (&listed);
  g_clear_object (&read);
  refills_store_fixture_end (other);
}

static void
check_code (Fixture    *fixture,
            const char *id,
            const char *json_code,
            const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done = g_strdup_printf ("{\"order_id\":\"%s\",\"order_state\":\"Done\","
                                           "\"payment_state\":\"\",\"deliveries\":[{\"id\":\"d1\","
                                           "\"delivery_state\":\"Done\",\"deliverable\":"
                                           "{\"pin_code\":\"%s\",\"pin_serial\":\"S-1\"}}]}",
                                           id, json_code);
  g_autofree char *placed_json = g_strdup_printf ("{\"order_id\":\"%s\",\"order_state\":"
                                                  "\"WaitingForPayment\",\"payment_state\":\"\"}", id);
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, &error);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, sending->row, placed_json, &error);
  g_autoptr (RefillsStoredOrder) merged =
    refills_store_fixture_merge (fixture->store, sending->row, done, &error);
  g_autofree char *found = NULL;
  g_autofree char *serial = NULL;
  RefillsDelivery *delivery;

  g_assert_no_error (error);
  delivery = refills_order_state_get_delivery (merged->state, 0);
  g_assert_true (refills_delivery_has_secret (delivery, REFILLS_SECRET_CODE));
  g_assert_null (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE));
  g_assert_null (refills_delivery_get_secret (delivery, REFILLS_SECRET_SERIAL));

  start_again (fixture);
  found = refills_store_fixture_reveal (fixture->store, sending->row, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, code);
  serial = refills_store_fixture_reveal (fixture->store, sending->row, 0, REFILLS_SECRET_SERIAL, &error);
  g_assert_cmpstr (serial, ==, "S-1");
  g_assert_null (refills_store_fixture_reveal (fixture->store, sending->row, 0,
                                               REFILLS_SECRET_SECURITY_CODE, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (refills_store_fixture_reveal (fixture->store, sending->row, 7, REFILLS_SECRET_CODE, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
}

static void
test_codes (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *long_code = g_strnfill (8 * 1024, 'x');

  check_code (fixture, "o1", "ABCD-1234", "ABCD-1234");
  check_code (fixture, "o2", " \\t\\\"'%s\\u0001\\u007f\\u202e\\ud83d\\ude00'); DROP TABLE orders;-- ",
              " \t\"'%s\001\177\xe2\x80\xae\xf0\x9f\x98\x80'); DROP TABLE orders;-- ");
  check_code (fixture, "o3", "1.10", "1.10");
  check_code (fixture, "o4", long_code, long_code);
}

static void
test_never_back (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) done =
    refills_store_fixture_answer (fixture->store, sending->row, DONE ("o1", "SECRET"), NULL);
  g_autoptr (RefillsStoredOrder) later =
    refills_store_fixture_merge (fixture->store, sending->row, PLACED ("o1"), &error);
  g_autoptr (RefillsStoredOrder) repeated =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), &error);
  g_autoptr (RefillsStoredOrder) refused =
    refills_store_fixture_outcome (fixture->store, sending->row, REFILLS_ORDER_OUTCOME_REFUSED, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *code = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (refills_order_state_get_phase (later->state), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpint (refills_order_state_get_phase (repeated->state), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpint (refused->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_null (refills_store_fixture_merge (fixture->store, sending->row, PLACED ("o2"), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_clear_error (&error);

  start_again (fixture);
  code = refills_store_fixture_reveal (fixture->store, sending->row, 0, REFILLS_SECRET_CODE, &error);
  g_assert_cmpstr (code, ==, "SECRET");
  rows = refills_store_fixture_list (fixture->store, NULL);
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[0])->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
}

static void
test_alarm (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) changed =
    refills_store_fixture_merge (fixture->store, sending->row,
                                 ORDER ("o1", "WaitingForPayment", "",
                                        "0x8617E340B3D01FA5F11F306F4090FD50E238070D", "12", ""), NULL);
  g_autoptr (GPtrArray) rows = NULL;
  const RefillsStoredOrder *row;

  start_again (fixture);
  rows = refills_store_fixture_list (fixture->store, NULL);
  row = rows->pdata[0];
  g_assert_cmpstr (refills_order_state_get_wallet_address (row->state), ==, ADDRESS);
  g_assert_cmpstr (refills_order_state_get_coin_amount (row->state), ==, AMOUNT);
  g_assert_cmpint (refills_order_state_get_alarm (row->state), ==,
                   REFILLS_ORDER_ALARM_ADDRESS | REFILLS_ORDER_ALARM_AMOUNT);
  g_assert_cmpint (refills_order_state_get_alarm (changed->state), ==,
                   refills_order_state_get_alarm (row->state));
}

static void
test_outcomes (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) first = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) second = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) refused =
    refills_store_fixture_outcome (fixture->store, first->row, REFILLS_ORDER_OUTCOME_REFUSED, NULL);
  g_autoptr (RefillsStoredOrder) unknown =
    refills_store_fixture_outcome (fixture->store, second->row, REFILLS_ORDER_OUTCOME_UNKNOWN, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_cmpint (refused->outcome, ==, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (unknown->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_null (refills_store_fixture_outcome (fixture->store, 99, REFILLS_ORDER_OUTCOME_UNKNOWN, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);

  start_again (fixture);
  rows = refills_store_fixture_list (fixture->store, NULL);
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[0])->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[1])->outcome, ==, REFILLS_ORDER_OUTCOME_REFUSED);
}

static void
test_left_behind (Fixture       *fixture,
                  gconstpointer  user_data)
{
  RefillsOrderStore *other = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (GPtrArray) during = refills_store_fixture_list (other, NULL);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpint (((RefillsStoredOrder *) during->pdata[0])->outcome, ==, REFILLS_ORDER_OUTCOME_SENDING);
  start_again (fixture);
  after = refills_store_fixture_list (other, NULL);
  g_assert_cmpint (((RefillsStoredOrder *) after->pdata[0])->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  refills_store_fixture_end (other);
}

static void
note_checkpoint (const char *name,
                 gpointer    user_data)
{
  g_string_append_printf (user_data, "%s ", name);
}

/* Most polls bring nothing new but the service's clock. */
static void
test_nothing_new (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GString) checkpoints = g_string_new (NULL);
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autofree char *later = g_strconcat ("{\"timestamp_of_request\":1700000000,", PLACED ("o1") + 1, NULL);
  g_autoptr (RefillsStoredOrder) same = NULL;
  g_autoptr (RefillsStoredOrder) other = NULL;
  g_autoptr (GError) error = NULL;

  refills_order_store_drain (fixture->store);
  refills_order_store_set_checkpoint (fixture->store, note_checkpoint, checkpoints);
  same = refills_store_fixture_merge (fixture->store, sending->row, later, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (checkpoints->str, ==, "");
  g_assert_cmpint (same->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_true (refills_order_state_equal (same->state, placed->state));

  other = refills_store_fixture_merge (fixture->store, sending->row, RECEIVED ("o1"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (checkpoints->str, ==, "merge-before-commit merge-committed ");
  refills_order_store_drain (fixture->store);
  refills_order_store_set_checkpoint (fixture->store, NULL, NULL);
}

static void
test_order_of_jobs (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (RefillsOrderRequest) asked = refills_store_fixture_asked ("Airbnb");
  g_autoptr (GBytes) placed = g_bytes_new_static (PLACED ("o1"), strlen (PLACED ("o1")));
  g_autoptr (GBytes) received = g_bytes_new_static (RECEIVED ("o1"), strlen (RECEIVED ("o1")));
  g_autoptr (RefillsOrderState) first = refills_order_state_new_from_bytes (placed, NULL);
  g_autoptr (RefillsOrderState) second = refills_order_state_new_from_bytes (received, NULL);
  GAsyncResult *results[4] = { NULL };
  g_autoptr (GPtrArray) rows = NULL;

  refills_order_store_set_checkpoint (fixture->store, note_checkpoint, seen);
  refills_order_store_add_intent_async (fixture->store, asked, TRUE, refills_test_keep_result, &results[0]);
  refills_order_store_commit_answer_async (fixture->store, 1, first, placed, refills_test_keep_result,
                                           &results[1]);
  refills_order_store_merge_async (fixture->store, 1, second, NULL, refills_test_keep_result, &results[2]);
  refills_order_store_list_async (fixture->store, NULL, refills_test_keep_result, &results[3]);
  refills_order_store_drain (fixture->store);
  g_assert_cmpstr (seen->str, ==, "intent-before-commit intent-committed answer-before-commit "
                   "answer-committed merge-before-commit merge-committed ");
  refills_test_wait_result (&results[3], 5000);
  for (guint i = 0; i < 3; i++) {
    g_assert_nonnull (results[i]);
    refills_stored_order_free (refills_order_store_write_finish (fixture->store, results[i], NULL));
  }
  rows = refills_order_store_list_finish (fixture->store, results[3], NULL);
  g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[0])->phase, ==, REFILLS_ORDER_PHASE_PREPARING);
  for (guint i = 0; i < 4; i++)
    g_clear_object (&results[i]);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GAsyncResult) after = NULL;

  g_cancellable_cancel (cancellable);
  refills_order_store_list_async (fixture->store, cancellable, refills_test_keep_result, &before);
  refills_test_wait_result (&before, 5000);
  g_assert_null (refills_order_store_list_finish (fixture->store, before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_cancellable_reset (cancellable);
  refills_order_store_list_async (fixture->store, cancellable, refills_test_keep_result, &after);
  refills_order_store_drain (fixture->store);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&after, 5000);
  g_assert_null (refills_order_store_list_finish (fixture->store, after, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_let_go_in_flight (Fixture       *fixture,
                       gconstpointer  user_data)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (RefillsOrderRequest) asked = refills_store_fixture_asked ("Airbnb");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsStoredOrder) stored = NULL;
  GObject *weak = G_OBJECT (store);

  g_object_add_weak_pointer (weak, (gpointer *) &weak);
  refills_order_store_add_intent_async (store, asked, TRUE, refills_test_keep_result, &result);
  g_object_unref (store); /* the job keeps it until its result is taken */
  refills_test_wait_result (&result, 5000);
  stored = g_task_propagate_pointer (G_TASK (result), NULL);
  g_assert_nonnull (stored);
  g_clear_object (&result);
  g_assert_null (weak);
}

static void
test_cannot_open (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  /* A file stands where the folder should be. */
  g_assert_true (g_file_set_contents (fixture->data, "", 0, NULL));
  g_assert_null (refills_store_fixture_add (fixture->store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY);
  g_clear_error (&error);
  g_assert_cmpuint (refills_order_store_get_condition (fixture->store), ==, REFILLS_STORE_CONDITION_READ_ONLY);
  rows = refills_store_fixture_list (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 0);

  g_unlink (fixture->data);
  refills_stored_order_free (refills_store_fixture_add (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refills_order_store_get_condition (fixture->store), ==, REFILLS_STORE_CONDITION_NONE);
}

static void
check_moments (const RefillsStoredOrder *stored,
               guint                     n_moments,
               RefillsOrderPhase         last_phase)
{
  gint64 seconds = 0;
  guint32 phase = 0;

  g_assert_cmpuint (g_variant_n_children (stored->moments), ==, n_moments);
  if (n_moments == 0)
    return;
  g_variant_get_child (stored->moments, n_moments - 1, "(xu)", &seconds, &phase);
  g_assert_cmpuint (phase, ==, last_phase);
  g_assert_cmpint (seconds, >=, stored->created_at);
}

/* When each phase was reached; what says nothing new of that adds nothing. */
static void
test_moments (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) again =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) received =
    refills_store_fixture_merge (fixture->store, sending->row, RECEIVED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) late =
    refills_store_fixture_merge (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) done = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  check_moments (sending, 0, REFILLS_ORDER_PHASE_UNKNOWN);
  check_moments (placed, 1, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  check_moments (again, 1, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  check_moments (received, 2, REFILLS_ORDER_PHASE_PREPARING);
  check_moments (late, 2, REFILLS_ORDER_PHASE_PREPARING);
  start_again (fixture);
  done = refills_store_fixture_merge (fixture->store, sending->row, DONE ("o1", "SECRET"), NULL);
  check_moments (done, 3, REFILLS_ORDER_PHASE_DONE);
  rows = refills_store_fixture_list (fixture->store, NULL);
  check_moments (rows->pdata[0], 3, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpmem (sending->uuid, sizeof sending->uuid, ((RefillsStoredOrder *) rows->pdata[0])->uuid,
                   sizeof sending->uuid);
}

static guint
get_mode (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);

  return status.st_mode & 0777;
}

static void
test_modes (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  g_assert_cmphex (get_mode (fixture->data), ==, 0700);
  g_assert_cmphex (get_mode (fixture->path), ==, 0600);
  g_assert_cmphex (get_mode (log), ==, 0600);

  refills_store_fixture_end (fixture->store);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->data, 0755), ==, 0);
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  g_assert_cmphex (get_mode (fixture->data), ==, 0700);
  g_assert_cmphex (get_mode (fixture->path), ==, 0600);
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (fixture->path, &error);

  g_assert_no_error (error);
  refills_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

/* Written by a version to come. */
static void
test_newer (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *code = NULL;
  const RefillsStoredOrder *row = NULL;

  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  refills_stored_order_free (refills_store_fixture_answer (fixture->store, 1, DONE ("o1", "SECRET"), NULL));
  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  refills_store_fixture_end (fixture->store);
  execute (fixture, "PRAGMA user_version=99; ALTER TABLE orders ADD COLUMN more TEXT");
  before = refills_store_fixture_read (fixture->path);
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  g_assert_cmpuint (refills_order_store_get_condition (fixture->store), ==, REFILLS_STORE_CONDITION_NONE);
  rows = refills_store_fixture_list (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refills_order_store_get_condition (fixture->store), ==, REFILLS_STORE_CONDITION_NEWER);
  g_assert_cmpuint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  code = refills_store_fixture_reveal (fixture->store, 1, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "SECRET");

  g_assert_null (refills_store_fixture_add (fixture->store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER);
  g_clear_error (&error);
  g_assert_null (refills_store_fixture_merge (fixture->store, 1, DONE ("o1", "OTHER"), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER);
  g_clear_error (&error);
  refills_store_fixture_end (fixture->store);
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  after = refills_store_fixture_read (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, "damaged"), ==, 0);
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, "before"), ==, 0);
}

static void
test_newer_unreadable (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;

  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  refills_store_fixture_end (fixture->store);
  execute (fixture, "PRAGMA user_version=99; ALTER TABLE orders RENAME COLUMN outline TO sketch");
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  g_assert_null (refills_store_fixture_list (fixture->store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER);
  g_assert_cmpuint (refills_order_store_get_condition (fixture->store), ==,
                    REFILLS_STORE_CONDITION_NEWER | REFILLS_STORE_CONDITION_UNREADABLE);
}

/* A state that cannot be read is made again from the answers. */
static void
test_unreadable_state (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RefillsStoredOrder) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  refills_stored_order_free (refills_store_fixture_answer (fixture->store, 1, PLACED ("o1"), NULL));
  refills_stored_order_free (refills_store_fixture_merge (fixture->store, 1, DONE ("o1", "SECRET"), NULL));
  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  refills_store_fixture_end (fixture->store);
  execute (fixture, "UPDATE orders SET state = x'00ff00ff' WHERE row = 1;"
                    "UPDATE orders SET asked = x'' WHERE row = 2");
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list_sealed (fixture->store, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_null (refills_store_fixture_open (fixture->store, 2, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  row = refills_store_fixture_open (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->row, ==, 1);
  g_assert_cmpint (refills_order_state_get_phase (row->state), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpstr (refills_order_state_get_wallet_address (row->state), ==, ADDRESS);
  code = refills_store_fixture_reveal (fixture->store, 1, 0, REFILLS_SECRET_CODE, NULL);
  g_assert_cmpstr (code, ==, "SECRET");
}

/* Without its state a placed order is as its answers say; it never becomes another order. */
static void
test_lost_state (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, NULL);
  g_autoptr (RefillsStoredOrder) placed =
    refills_store_fixture_answer (fixture->store, sending->row, PLACED ("o1"), NULL);
  g_autoptr (RefillsStoredOrder) done =
    refills_store_fixture_merge (fixture->store, sending->row, DONE ("o1", "SECRET"), NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  const RefillsStoredOrder *row;

  refills_store_fixture_end (fixture->store);
  execute (fixture, "UPDATE orders SET state = NULL");
  fixture->store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (fixture->store, NULL);
  row = rows->pdata[0];
  g_assert_nonnull (row->state);
  g_assert_cmpint (refills_order_state_get_phase (row->state), ==, REFILLS_ORDER_PHASE_DONE);
  code = refills_store_fixture_reveal (fixture->store, row->row, 0, REFILLS_SECRET_CODE, NULL);
  g_assert_cmpstr (code, ==, "SECRET");
  g_assert_null (refills_store_fixture_merge (fixture->store, row->row, PLACED ("o2"), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

#define ADD(name, function) \
  g_test_add ("/order-store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  ADD ("life", test_life);
  ADD ("newest-first", test_newest_first);
  ADD ("environments", test_environments);
  ADD ("all-environments", test_all_environments);
  ADD ("codes", test_codes);
  ADD ("never-back", test_never_back);
  ADD ("alarm", test_alarm);
  ADD ("outcomes", test_outcomes);
  ADD ("left-behind", test_left_behind);
  ADD ("nothing-new", test_nothing_new);
  ADD ("order-of-jobs", test_order_of_jobs);
  ADD ("cancelled", test_cancelled);
  ADD ("let-go-in-flight", test_let_go_in_flight);
  ADD ("cannot-open", test_cannot_open);
  ADD ("moments", test_moments);
  ADD ("modes", test_modes);
  ADD ("newer", test_newer);
  ADD ("newer-unreadable", test_newer_unreadable);
  ADD ("unreadable-state", test_unreadable_state);
  ADD ("lost-state", test_lost_state);

  return g_test_run ();
}
