/* test-order-sealing.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sealed on disk, with which key, and what holds without one.
 */
#define _GNU_SOURCE /* memmem */
#include "refills-store-fixture.h"

#include <string.h>

#include "refills-db.h"
#include "refills-error.h"
#include "refills-order-outline.h"

#define ID "5eedf00d-1234-4abc-8def-0123456789ab"
#define ID_2 "5eedf00d-5678-4abc-8def-0123456789ab"
#define CODE "CODE-THAT-NOBODY-SEES"

typedef struct {
  char *folder;
  char *data;
  char *path;
  RefillsKeySet *keys;
  RefillsOrderStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = refills_store_fixture_path (fixture->folder);
  fixture->data = g_path_get_dirname (fixture->path);
  fixture->keys = refills_store_fixture_keys ();
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  refills_store_fixture_end (fixture->store);
  g_clear_pointer (&fixture->keys, refills_key_set_unref);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->data, g_free);
  refills_test_remove_folder (fixture->folder);
}

static void
start_again (Fixture *fixture)
{
  refills_store_fixture_end (fixture->store);
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
}

static gint64
add_done (Fixture    *fixture,
          const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (fixture->store, &error);
  g_autoptr (RefillsStoredOrder) done = NULL;

  g_assert_no_error (error);
  done = refills_store_fixture_answer (fixture->store, sending->row, json, &error);
  g_assert_no_error (error);

  return sending->row;
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

static void
seal_to_the_end (Fixture *fixture)
{
  refills_order_store_seal (fixture->store);
  refills_order_store_drain (fixture->store);
}

/* How many files of the folder hold @text. */
static guint
count_files_with (Fixture    *fixture,
                  const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->data, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->data, name, NULL);
    g_autoptr (GBytes) bytes = refills_store_fixture_read (path);
    gsize size = 0;
    const char *data = g_bytes_get_data (bytes, &size);

    count += size > 0 && memmem (data, size, text, strlen (text)) != NULL;
  }

  return count;
}

static void
assert_nothing_in_clear (Fixture *fixture)
{
  const char *secrets[] = { ID, CODE, ADDRESS, "someone@example.org", "0x52908400098527", "someone@" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_cmpuint (count_files_with (fixture, secrets[i]), ==, 0);
}

static void
test_nothing_in_clear (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *code = NULL;
  gint64 row = 0;

  refills_stored_order_free (refills_store_fixture_add (fixture->store, NULL));
  row = add_done (fixture, PLACED (ID));
  refills_stored_order_free (refills_store_fixture_merge (fixture->store, row, DONE (ID, CODE), NULL));
  assert_nothing_in_clear (fixture);
  /* What a list shows is. */
  g_assert_cmpuint (count_files_with (fixture, "Airbnb"), >=, 1);
  start_again (fixture);
  assert_nothing_in_clear (fixture);
  code = refills_store_fixture_reveal (fixture->store, row, 0, REFILLS_SECRET_CODE, NULL);
  g_assert_cmpstr (code, ==, CODE);
}

static void
assert_locked (gpointer  result,
               GError  **error)
{
  g_assert_null (result);
  g_assert_error (*error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  g_clear_error (error);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RefillsKeySet) opened = refills_store_fixture_keys ();
  g_autoptr (RefillsStoredOrder) merged = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autofree char *code = NULL;
  const RefillsStoredOrder *listed = NULL;
  gint64 row = add_done (fixture, DONE (ID, CODE));

  refills_key_set_clear (fixture->keys);
  start_again (fixture);
  rows = refills_store_fixture_list_sealed (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  listed = rows->pdata[0];
  g_assert_cmpint (listed->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_cmpint (listed->phase, ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_false (listed->is_open);
  g_assert_true (refills_order_outline_read (listed->outline, &asked, &state));
  g_assert_cmpstr (refills_order_request_get_title (asked), ==, "Airbnb");
  g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_DONE);

  assert_locked (refills_store_fixture_open (fixture->store, row, &error), &error);
  assert_locked (refills_store_fixture_reveal (fixture->store, row, 0, REFILLS_SECRET_CODE, &error), &error);
  assert_locked (refills_store_fixture_merge (fixture->store, row, PLACED (ID), &error), &error);
  /* No order without a key, and no row of one. */
  assert_locked (refills_store_fixture_add (fixture->store, &error), &error);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = refills_store_fixture_list_sealed (fixture->store, &error);
  g_assert_cmpuint (rows->len, ==, 1);

  g_clear_pointer (&fixture->keys, refills_key_set_unref);
  fixture->keys = g_steal_pointer (&opened);
  start_again (fixture);
  code = refills_store_fixture_reveal (fixture->store, row, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, CODE);
}

static void
assert_damaged (Fixture *fixture,
                gint64   row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = refills_store_fixture_list_sealed (fixture->store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_null (refills_store_fixture_open (fixture->store, row, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (refills_store_fixture_reveal (fixture->store, row, 0, REFILLS_SECRET_CODE, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (refills_store_fixture_merge (fixture->store, row, DONE (ID, CODE), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
}

/* What is sealed for one row holds in no other. */
static void
test_swapped (Fixture       *fixture,
              gconstpointer  user_data)
{
  add_done (fixture, DONE (ID, CODE));
  add_done (fixture, DONE (ID_2, "another"));
  refills_store_fixture_end (fixture->store);
  execute (fixture, user_data);
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
  assert_damaged (fixture, 1);
}

static void
test_other_key (Fixture       *fixture,
                gconstpointer  user_data)
{
  static const guint8 bytes[32] = { 9 };
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, sizeof bytes);

  add_done (fixture, DONE (ID, CODE));
  add_done (fixture, DONE (ID_2, "another"));
  g_assert_true (refills_key_set_add (fixture->keys, "fixture", key, TRUE));
  start_again (fixture);
  assert_damaged (fixture, 1);
}

/* Without what was asked the codes are still there, and nothing can be paid. */
static void
test_asked_damaged (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) row = NULL;
  g_autoptr (RefillsPayment) payment = NULL;
  g_autofree char *code = NULL;

  add_done (fixture, DONE (ID, CODE));
  add_done (fixture, PLACED (ID_2));
  refills_store_fixture_end (fixture->store);
  execute (fixture, "UPDATE orders SET asked = zeroblob (200)");
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
  code = refills_store_fixture_reveal (fixture->store, 1, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, CODE);
  row = refills_store_fixture_open (fixture->store, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_order_request_get_title (row->asked), ==, "Airbnb");
  g_assert_true (refills_order_request_is_outline (row->asked));
  payment = refills_payment_new (row->state, row->asked, 0, &error);
  g_assert_error (error, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED);
  g_assert_null (payment);
}

/* An outline that cannot be read is made of the clear columns. */
static void
test_outline_damaged (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  add_done (fixture, DONE (ID, CODE));
  add_done (fixture, DONE (ID_2, CODE));
  refills_store_fixture_end (fixture->store);
  execute (fixture, "UPDATE orders SET outline = x'00ff00ff00', moments = x'ffff', uuid = uuid WHERE row = 1;"
                    "UPDATE orders SET outline = NULL, moments = NULL WHERE row = 2");
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
  rows = refills_store_fixture_list_sealed (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];
    g_autoptr (RefillsOrderRequest) asked = NULL;
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (RefillsStoredOrder) opened = refills_store_fixture_open (fixture->store, row->row, &error);

    g_assert_no_error (error);
    g_assert_true (refills_order_outline_read (row->outline, &asked, &state));
    g_assert_cmpstr (refills_order_request_get_title (asked), ==, "Airbnb");
    g_assert_cmpstr (refills_order_request_get_face_label (asked), ==, "$10");
    g_assert_cmpint (row->phase, ==, REFILLS_ORDER_PHASE_DONE);
    g_assert_cmpuint (g_variant_n_children (row->moments), ==, 0);
  }
}

/* The same id twice is one order too many, though neither can be read. */
static void
test_same_id (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) other = NULL;

  add_done (fixture, PLACED (ID));
  other = refills_store_fixture_add (fixture->store, &error);
  g_assert_null (refills_store_fixture_answer (fixture->store, other->row, PLACED (ID), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
}

static char *
read_dump (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "db", name, NULL);
  g_autoptr (GError) error = NULL;
  char *sql = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);

  return sql;
}

static void
make_from_dump (Fixture    *fixture,
                const char *name)
{
  g_autofree char *sql = read_dump (name);

  execute (fixture, sql);
}

/* @fixture: with the orders of orders-1.sql */
static void
assert_old_orders (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = refills_store_fixture_list_sealed (fixture->store, &error);
  g_autoptr (RefillsStoredOrder) waiting = NULL;
  g_autofree char *code = NULL;
  const int outcomes[] = { 1, 3, 2, 1, 1 };
  const gboolean open[] = { TRUE, FALSE, FALSE, FALSE, TRUE };
  const gint64 numbers[] = { 6, 4, 3, 2, 1 };

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (numbers));
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];
    g_autoptr (RefillsStoredOrder) opened = refills_store_fixture_open (fixture->store, row->row, &error);
    g_autoptr (RefillsOrderRequest) asked = NULL;
    g_autoptr (RefillsOrderState) state = NULL;

    g_assert_no_error (error);
    g_assert_cmpint (row->row, ==, numbers[i]);
    g_assert_cmpint (row->outcome, ==, outcomes[i]);
    g_assert_cmpint (row->is_open, ==, open[i]);
    g_assert_cmpuint (g_variant_n_children (row->moments), ==, row->outcome == REFILLS_ORDER_OUTCOME_PLACED);
    g_assert_true (refills_order_outline_read (row->outline, &asked, &state));
    g_assert_cmpstr (refills_order_request_get_title (asked), ==, "Airbnb");
    g_assert_true ((state != NULL) == (opened->state != NULL));
    g_assert_cmpstr (refills_order_request_get_email (opened->asked), ==, "someone@example.org");
  }
  waiting = refills_store_fixture_open (fixture->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_order_state_get_order_id (waiting->state), ==, "11111111-1111-4111-8111-111111111111");
  g_assert_cmpstr (refills_order_state_get_wallet_address (waiting->state), ==, ADDRESS);
  g_assert_cmpint (waiting->phase, ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  code = refills_store_fixture_reveal (fixture->store, 2, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "PIN-OF-ROW-TWO");
}

static guint
count_old_secrets (Fixture *fixture)
{
  return count_files_with (fixture, "PIN-OF-ROW-TWO") +
         count_files_with (fixture, "11111111-1111-4111-8111-111111111111") +
         count_files_with (fixture, ADDRESS) + count_files_with (fixture, "someone@");
}

/* A database of version 1 is brought up to date, sealed, and leaves nothing in clear behind. */
static void
test_version_1 (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".before-2", NULL);
  g_autoptr (RefillsStoredOrder) next = NULL;
  g_autoptr (GError) error = NULL;

  make_from_dump (fixture, "orders-1.sql");
  g_assert_cmpuint (count_old_secrets (fixture), >, 0);
  assert_old_orders (fixture);
  seal_to_the_end (fixture);
  g_assert_cmpuint (count_old_secrets (fixture), ==, 0);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  assert_old_orders (fixture);
  start_again (fixture);
  assert_old_orders (fixture);
  g_assert_cmpuint (count_old_secrets (fixture), ==, 0);
  /* The number of a row that was deleted is not given out again. */
  next = refills_store_fixture_add (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (next->row, ==, 8);
}

/* Without a key it stays in clear, is read as before, and is sealed when there is one. */
static void
test_version_1_locked (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".before-2", NULL);
  g_autoptr (RefillsKeySet) opened = refills_store_fixture_keys ();
  g_autoptr (RefillsStoredOrder) merged = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  refills_key_set_clear (fixture->keys);
  make_from_dump (fixture, "orders-1.sql");
  assert_old_orders (fixture);
  seal_to_the_end (fixture);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  /* A code that comes meanwhile is kept. */
  merged = refills_store_fixture_merge (fixture->store, 6, DONE ("66666666-6666-4666-8666-666666666666", CODE),
                                        &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files_with (fixture, CODE), >=, 1);

  g_clear_pointer (&fixture->keys, refills_key_set_unref);
  fixture->keys = g_steal_pointer (&opened);
  start_again (fixture);
  seal_to_the_end (fixture);
  g_assert_cmpuint (count_old_secrets (fixture), ==, 0);
  g_assert_cmpuint (count_files_with (fixture, CODE), ==, 0);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  code = refills_store_fixture_reveal (fixture->store, 6, 0, REFILLS_SECRET_CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, CODE);
}

/* The copy in clear stays while a sealed row cannot be read back. */
static void
test_version_1_not_read_back (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".before-2", NULL);

  make_from_dump (fixture, "orders-1.sql");
  refills_key_set_clear (fixture->keys);
  assert_old_orders (fixture);
  refills_store_fixture_end (fixture->store);
  execute (fixture, "UPDATE orders SET key = 'fixture' WHERE row = 2");
  g_clear_pointer (&fixture->keys, refills_key_set_unref);
  fixture->keys = refills_store_fixture_keys ();
  fixture->store = refills_order_store_new (fixture->path, "practice", fixture->keys);
  seal_to_the_end (fixture);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
}

#define ADD(name, data, function) \
  g_test_add ("/order-sealing/" name, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  ADD ("nothing-in-clear", NULL, test_nothing_in_clear);
  ADD ("locked", NULL, test_locked);
  ADD ("swapped/rows", "CREATE TEMP TABLE taken AS SELECT * FROM orders WHERE row = 2;"
                       "UPDATE orders SET (asked, state, first_answer, last_answer) = "
                       "(SELECT asked, state, first_answer, last_answer FROM taken) WHERE row = 1", test_swapped);
  ADD ("swapped/columns", "UPDATE orders SET state = asked, first_answer = last_answer, "
                          "last_answer = first_answer WHERE row = 1", test_swapped);
  ADD ("swapped/uuid", "UPDATE orders SET uuid = (SELECT uuid FROM orders WHERE row = 2) WHERE row = 1",
       test_swapped);
  ADD ("swapped/no-uuid", "UPDATE orders SET uuid = x'' WHERE row = 1", test_swapped);
  ADD ("swapped/no-key", "UPDATE orders SET key = NULL WHERE row = 1", test_swapped);
  ADD ("swapped/cut", "UPDATE orders SET asked = x'00', state = substr (state, 1, 20), first_answer = x'', "
                      "last_answer = NULL WHERE row = 1", test_swapped);
  ADD ("other-key", NULL, test_other_key);
  ADD ("asked-damaged", NULL, test_asked_damaged);
  ADD ("outline-damaged", NULL, test_outline_damaged);
  ADD ("same-id", NULL, test_same_id);
  ADD ("version-1/sealed", NULL, test_version_1);
  ADD ("version-1/locked", NULL, test_version_1_locked);
  ADD ("version-1/not-read-back", NULL, test_version_1_not_read_back);

  return g_test_run ();
}
