/* test-order-claim.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-store-fixture.h"

#include <stdio.h>

#include "refills-db.h"
#include "refills-error.h"

#define N_RACERS 4
#define DEADLINE_MS 20000

typedef struct {
  char *folder;
  char *path;
  RefillsOrderStore *store;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->folder = refills_test_make_folder ();
  self->path = refills_store_fixture_path (self->folder);
  self->store = refills_store_fixture_new (self->path, "practice");
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  if (self->store != NULL)
    refills_store_fixture_end (self->store);
  g_clear_pointer (&self->path, g_free);
  refills_test_remove_folder (self->folder);
}

static void
start_again (Fixture *self)
{
  refills_store_fixture_end (self->store);
  self->store = refills_store_fixture_new (self->path, "practice");
}

/* Returns the row of the intent, or 0; @other: (out) (optional): what is in the way, or was replaced. */
static gint64
add (RefillsOrderStore *store,
     const char        *brand,
     gboolean           replace,
     gint64            *other,
     GError           **error)
{
  g_autoptr (RefillsOrderRequest) asked = refills_store_fixture_asked (brand);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsStoredOrder) stored = NULL;

  refills_order_store_add_intent_async (store, asked, replace, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  if (other != NULL)
    *other = refills_order_store_get_other_row (store, result);
  stored = refills_order_store_write_finish (store, result, error);

  return stored != NULL ? stored->row : 0;
}

static gint64
must_add (Fixture    *self,
          const char *brand,
          gboolean    replace)
{
  g_autoptr (GError) error = NULL;
  gint64 row = add (self->store, brand, replace, NULL, &error);

  g_assert_no_error (error);

  return row;
}

static void
must_fail (Fixture    *self,
           const char *brand,
           int         code,
           gint64      other)
{
  g_autoptr (GError) error = NULL;
  gint64 seen = 0;

  g_assert_cmpint (add (self->store, brand, FALSE, &seen, &error), ==, 0);
  g_assert_error (error, REFILLS_ERROR, code);
  g_assert_cmpint (seen, ==, other);
}

static void
answer (Fixture    *self,
        gint64      row,
        const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored = refills_store_fixture_answer (self->store, row, json, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);
}

static void
settle (Fixture             *self,
        gint64               row,
        RefillsOrderOutcome  outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored = refills_store_fixture_outcome (self->store, row, outcome, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stored);
}

/* Runs @sql behind the store's back; returns the first number it finds, or -1. */
static gint64
ask (Fixture    *self,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (self->path, &error);
  g_autoptr (RefillsDbStatement) statement = NULL;
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  statement = refills_db_prepare (db, sql, &error);
  g_assert_no_error (error);
  refills_db_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);

  return has_row ? refills_db_statement_get_int (statement, 0) : -1;
}

static gint64
get_superseding (Fixture *self,
                 gint64   row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT superseded_by FROM orders WHERE row = %" G_GINT64_FORMAT, row);

  return ask (self, sql);
}

static gint64
get_claimed (Fixture *self)
{
  return ask (self, "SELECT row FROM orders WHERE claim = 1");
}

/* Age a row, by so many seconds. */
static void
age (Fixture *self,
     gint64   row,
     int      seconds)
{
  g_autofree char *sql =
    g_strdup_printf ("UPDATE orders SET created_at = created_at - %d WHERE row = %" G_GINT64_FORMAT, seconds, row);

  ask (self, sql);
}

static void
test_one_payable (Fixture       *self,
                  gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);

  must_fail (self, "Steam", REFILLS_ERROR_PAYABLE_ORDER, row);
  answer (self, row, PLACED ("o1"));
  must_fail (self, "Steam", REFILLS_ERROR_PAYABLE_ORDER, row);
  must_fail (self, "Airbnb", REFILLS_ERROR_PAYABLE_ORDER, row);
  start_again (self);
  must_fail (self, "Steam", REFILLS_ERROR_PAYABLE_ORDER, row);
  g_assert_cmpint (ask (self, "SELECT count (*) FROM orders"), ==, 1);

  /* Paid: the way is free. */
  answer (self, row, RECEIVED ("o1"));
  g_assert_cmpint (get_claimed (self), ==, -1);
  g_assert_cmpint (must_add (self, "Steam", FALSE), ==, row + 1);
}

/* Another server's orders are another matter. */
static void
test_other_environment (Fixture       *self,
                        gconstpointer  user_data)
{
  RefillsOrderStore *other = refills_store_fixture_new (self->path, "http://127.0.0.1");
  g_autoptr (GError) error = NULL;

  must_add (self, "Airbnb", FALSE);
  g_assert_cmpint (add (other, "Airbnb", FALSE, NULL, &error), ==, 2);
  g_assert_no_error (error);
  refills_store_fixture_end (other);
}

static void
test_same_basket (Fixture       *self,
                  gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 again = 0;

  answer (self, row, RECEIVED ("o1"));
  must_fail (self, "Airbnb", REFILLS_ERROR_SAME_BASKET, row);
  age (self, row, 590);
  must_fail (self, "Airbnb", REFILLS_ERROR_SAME_BASKET, row);
  age (self, row, 20);
  again = must_add (self, "Airbnb", FALSE);
  answer (self, again, RECEIVED ("o2"));
  g_assert_cmpint (get_superseding (self, row), ==, 0);

  /* Agreed to. */
  settle (self, must_add (self, "Airbnb", TRUE), REFILLS_ORDER_OUTCOME_UNKNOWN);
  /* Nobody can tell whether that was made: asked again. */
  must_fail (self, "Airbnb", REFILLS_ERROR_SAME_BASKET, again + 1);
  /* The clock was set back since. */
  age (self, again + 1, -86400);
  must_fail (self, "Airbnb", REFILLS_ERROR_SAME_BASKET, again + 1);
}

/* What was refused is no order. */
static void
test_refused_basket (Fixture       *self,
                     gconstpointer  user_data)
{
  settle (self, must_add (self, "Airbnb", FALSE), REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (must_add (self, "Airbnb", FALSE), ==, 2);
}

static void
test_replace (Fixture       *self,
              gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 newer = 0;
  gint64 replaced = 0;

  answer (self, row, PLACED ("o1"));
  newer = add (self->store, "Steam", TRUE, &replaced, NULL);
  g_assert_cmpint (replaced, ==, row);
  g_assert_cmpint (get_superseding (self, row), ==, newer);
  g_assert_cmpint (get_claimed (self), ==, newer);
  answer (self, newer, PLACED ("o2"));
  g_assert_cmpint (get_claimed (self), ==, newer);

  /* News of the older one changes nothing about that, and says so. */
  {
    g_autoptr (RefillsStoredOrder) stored = refills_store_fixture_merge (self->store, row, PLACED ("o1"), NULL);

    g_assert_cmpint (stored->superseded_by, ==, newer);
  }
  answer (self, row, RECEIVED ("o1"));
  g_assert_cmpint (get_claimed (self), ==, newer);
}

static void
test_refused_gives_back (Fixture       *self,
                         gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 newer = 0;

  answer (self, row, PLACED ("o1"));
  newer = must_add (self, "Steam", TRUE);
  settle (self, newer, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (get_superseding (self, row), ==, 0);
  g_assert_cmpint (get_claimed (self), ==, row);
  must_fail (self, "Steam", REFILLS_ERROR_PAYABLE_ORDER, row);

  /* What was paid meanwhile has nothing to claim. */
  newer = must_add (self, "Steam", TRUE);
  answer (self, row, RECEIVED ("o1"));
  settle (self, newer, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (get_superseding (self, row), ==, 0);
  g_assert_cmpint (get_claimed (self), ==, -1);
}

/* Two processes replace one after the other: what the first was to replace is not payable again because the first was
 * refused. It is when the second is, too. */
static void
test_refused_after_replaced (Fixture       *self,
                             gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 first = 0;
  gint64 second = 0;

  answer (self, row, PLACED ("o1"));
  first = must_add (self, "Steam", TRUE);
  second = must_add (self, "Netflix", TRUE);
  settle (self, first, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (get_claimed (self), ==, second);
  g_assert_cmpint (get_superseding (self, row), ==, second);
  settle (self, second, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_cmpint (get_claimed (self), ==, row);
  g_assert_cmpint (get_superseding (self, row), ==, 0);
}

/* It may have been made, and then the older one has expired. */
static void
test_unknown_keeps (Fixture       *self,
                    gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 newer = 0;

  answer (self, row, PLACED ("o1"));
  newer = must_add (self, "Steam", TRUE);
  settle (self, newer, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_cmpint (get_superseding (self, row), ==, newer);
  g_assert_cmpint (get_claimed (self), ==, -1);
  start_again (self);
  answer (self, row, PLACED ("o1"));
  g_assert_cmpint (get_superseding (self, row), ==, newer);
  g_assert_cmpint (get_claimed (self), ==, -1);
}

/* The process that was sending is gone: what it left is of unknown outcome, and in nobody's way. */
static void
test_left_behind (Fixture       *self,
                  gconstpointer  user_data)
{
  must_add (self, "Airbnb", FALSE);
  start_again (self);
  g_assert_cmpint (must_add (self, "Steam", FALSE), ==, 2);
  g_assert_cmpint (ask (self, "SELECT outcome FROM orders WHERE row = 1"), ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_cmpint (get_superseding (self, 1), ==, 0);
}

/* Nobody has asked since it could be paid. */
static void
test_long_ago (Fixture       *self,
               gconstpointer  user_data)
{
  gint64 row = must_add (self, "Airbnb", FALSE);

  answer (self, row, PLACED ("o1"));
  age (self, row, 29 * 60);
  must_fail (self, "Steam", REFILLS_ERROR_PAYABLE_ORDER, row);
  age (self, row, 60);
  g_assert_cmpint (must_add (self, "Steam", FALSE), ==, row + 1);
  g_assert_cmpint (get_superseding (self, row), ==, row + 1);
}

/* As a file from before may have it: the newest is the one that the service still knows as payable. */
static void
test_two_payable (Fixture       *self,
                  gconstpointer  user_data)
{
  g_autoptr (RefillsStoredOrder) stored = NULL;
  gint64 row = must_add (self, "Airbnb", FALSE);
  gint64 newer = 0;

  answer (self, row, PLACED ("o1"));
  newer = must_add (self, "Steam", TRUE);
  answer (self, newer, PLACED ("o2"));
  ask (self, "UPDATE orders SET claim = NULL, superseded_by = NULL WHERE row > 0");
  answer (self, row, PLACED ("o1"));
  g_assert_cmpint (get_claimed (self), ==, row);
  answer (self, newer, PLACED ("o2"));
  g_assert_cmpint (get_claimed (self), ==, newer);
  g_assert_cmpint (get_superseding (self, row), ==, newer);

  ask (self, "UPDATE orders SET superseded_by = NULL WHERE row = 1");
  stored = refills_store_fixture_answer (self->store, row, PLACED ("o1"), NULL);
  g_assert_cmpint (stored->superseded_by, ==, newer);
  g_assert_cmpint (get_claimed (self), ==, newer);
}

/* One of several processes: makes an intent when it is told to, says what came of it, and keeps it. */
static int
race (const char *path)
{
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");
  g_autoptr (GError) error = NULL;

  if (getchar () == EOF)
    return 1;
  if (add (store, "Airbnb", FALSE, NULL, &error) != 0)
    g_print ("made\n");
  else
    g_print ("%s\n", g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_PAYABLE_ORDER) ? "payable" : error->message);
  fflush (stdout);
  while (getchar () != EOF)
    ;
  refills_store_fixture_end (store);

  return 0;
}

static void
test_processes (Fixture       *self,
                gconstpointer  user_data)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  GSubprocess *racers[N_RACERS];
  guint n_made = 0;

  refills_store_fixture_end (g_steal_pointer (&self->store));
  for (guint i = 0; i < N_RACERS; i++) {
    g_autoptr (GError) error = NULL;

    racers[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                  program, "--race", self->path, NULL);
    g_assert_no_error (error);
  }
  for (guint i = 0; i < N_RACERS; i++) {
    GOutputStream *pipe = g_subprocess_get_stdin_pipe (racers[i]);

    g_assert_true (g_output_stream_write_all (pipe, "g", 1, NULL, NULL, NULL));
    g_assert_true (g_output_stream_flush (pipe, NULL, NULL));
  }
  for (guint i = 0; i < N_RACERS; i++) {
    g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (racers[i]));
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    if (g_strcmp0 (line, "made") == 0)
      n_made++;
    else
      g_assert_cmpstr (line, ==, "payable");
  }
  for (guint i = 0; i < N_RACERS; i++) {
    g_autoptr (GSubprocess) racer = racers[i];
    g_autoptr (GError) error = NULL;

    g_output_stream_close (g_subprocess_get_stdin_pipe (racer), NULL, NULL);
    g_subprocess_wait_check (racer, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpuint (n_made, ==, 1);
  g_assert_cmpint (ask (self, "SELECT count (*) FROM orders"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--race"))
    return race (argv[2]);

  refills_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

  ADD ("/order-claim/one-payable", test_one_payable);
  ADD ("/order-claim/other-environment", test_other_environment);
  ADD ("/order-claim/same-basket", test_same_basket);
  ADD ("/order-claim/refused-basket", test_refused_basket);
  ADD ("/order-claim/replace", test_replace);
  ADD ("/order-claim/refused-gives-back", test_refused_gives_back);
  ADD ("/order-claim/refused-after-replaced", test_refused_after_replaced);
  ADD ("/order-claim/unknown-keeps", test_unknown_keeps);
  ADD ("/order-claim/left-behind", test_left_behind);
  ADD ("/order-claim/long-ago", test_long_ago);
  ADD ("/order-claim/two-payable", test_two_payable);
  ADD ("/order-claim/processes", test_processes);

  return g_test_run ();
}
