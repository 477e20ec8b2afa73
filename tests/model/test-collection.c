/* test-collection.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-collection.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-problem.h"
#include "refills-test.h"

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "[%u -%u +%u]", position, removed, added);
}

/* One item for each letter. */
static GPtrArray *
make_items (const char *letters)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *at = letters; *at != '\0'; at++) {
    const char code[] = { *at, '\0' };

    g_ptr_array_add (items, refills_problem_new_for_code (code));
  }

  return items;
}

static gboolean
equal_cb (gconstpointer a,
          gconstpointer b)
{
  return g_str_equal (refills_problem_get_code ((RefillsProblem *) a),
                      refills_problem_get_code ((RefillsProblem *) b));
}

static void
assert_items (RefillsCollection *collection,
              const char        *letters)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (collection));

  g_assert_cmpuint (n, ==, strlen (letters));
  for (guint i = 0; i < n; i++) {
    g_autoptr (RefillsProblem) item = g_list_model_get_item (G_LIST_MODEL (collection), i);

    g_assert_cmpint (refills_problem_get_code (item)[0], ==, letters[i]);
  }
}

static void
test_new (void)
{
  RefillsCollection *collection = refills_collection_new (REFILLS_TYPE_PROBLEM);

  assert_contract (collection);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (collection)) == REFILLS_TYPE_PROBLEM);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_IDLE);
  g_assert_null (refills_collection_get_error (collection));
  g_assert_null (refills_collection_get_error_text (collection));
  g_assert_false (refills_collection_is_loading (collection));
  g_assert_true (refills_collection_is_empty (collection));
  g_assert_cmpint (refills_collection_get_loaded_at (collection), ==, 0);
  g_assert_cmpuint (refills_collection_get_n_skipped (collection), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (collection), 0));
  g_assert_finalize_object (collection);
}

static void
test_states (void)
{
  g_autoptr (RefillsCollection) collection = refills_collection_new (REFILLS_TYPE_PROBLEM);
  g_autoptr (GError) offline = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_OFFLINE, "x");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  guint states = 0;
  guint texts = 0;
  guint empties = 0;

  g_signal_connect (collection, "notify::state", G_CALLBACK (count_cb), &states);
  g_signal_connect (collection, "notify::error-text", G_CALLBACK (count_cb), &texts);
  g_signal_connect (collection, "notify::empty", G_CALLBACK (count_cb), &empties);

  refills_collection_begin_loading (collection);
  g_assert_true (refills_collection_is_loading (collection));
  refills_collection_fail (collection, cancelled);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_IDLE);
  refills_collection_begin_loading (collection);
  refills_collection_fail (collection, offline);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_FAILED);
  g_assert_error (refills_collection_get_error (collection), REFILLS_ERROR, REFILLS_ERROR_OFFLINE);
  g_assert_cmpstr (refills_collection_get_error_text (collection), ==,
                   refills_error_to_text (offline));
  g_assert_cmpuint (texts, ==, 1);

  refills_collection_begin_loading (collection);
  refills_collection_take_items (collection, make_items ("ab"), 100, 3);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_READY);
  g_assert_null (refills_collection_get_error (collection));
  g_assert_cmpint (refills_collection_get_loaded_at (collection), ==, 100);
  g_assert_cmpuint (refills_collection_get_n_skipped (collection), ==, 3);
  g_assert_false (refills_collection_is_empty (collection));
  g_assert_cmpuint (empties, ==, 1);

  refills_collection_begin_loading (collection);
  refills_collection_fail (collection, offline);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_STALE);
  assert_items (collection, "ab");
  refills_collection_begin_loading (collection);
  refills_collection_fail (collection, cancelled);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_STALE);
  refills_collection_begin_loading (collection);
  refills_collection_confirm (collection, 200, 1);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_READY);
  g_assert_null (refills_collection_get_error (collection));
  g_assert_cmpint (refills_collection_get_loaded_at (collection), ==, 200);
  g_assert_cmpuint (refills_collection_get_n_skipped (collection), ==, 1);
  assert_items (collection, "ab");
  g_assert_cmpuint (states, ==, 12);

  refills_collection_clear (collection);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_IDLE);
  g_assert_true (refills_collection_is_empty (collection));
  g_assert_cmpuint (empties, ==, 2);
}

static void
test_changes (void)
{
  static const struct {
    const char *before;
    const char *after;
    const char *log;
  } cases[] = {
    { "", "abc", "[0 -0 +3]" }, { "abc", "abc", "" }, { "abc", "", "[0 -3 +0]" },
    { "abc", "abxc", "[2 -0 +1]" }, { "abc", "ac", "[1 -1 +0]" }, { "abc", "axc", "[1 -1 +1]" },
    { "abc", "abcd", "[3 -0 +1]" }, { "abc", "xabc", "[0 -0 +1]" }, { "aa", "a", "[1 -1 +0]" },
    { "a", "aa", "[1 -0 +1]" }, { "abc", "cba", "[0 -3 +3]" }, { "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsCollection) collection = refills_collection_new (REFILLS_TYPE_PROBLEM);
    g_autoptr (GString) log = g_string_new (NULL);

    refills_collection_set_equal_func (collection, equal_cb);
    refills_collection_take_items (collection, make_items (cases[i].before), 1, 0);
    g_signal_connect (collection, "items-changed", G_CALLBACK (changed_cb), log);
    refills_collection_take_items (collection, make_items (cases[i].after), 2, 0);
    g_assert_cmpstr (log->str, ==, cases[i].log);
    assert_items (collection, cases[i].after);
  }
}

static void
test_same_item_stays (void)
{
  g_autoptr (RefillsCollection) collection = refills_collection_new (REFILLS_TYPE_PROBLEM);
  g_autoptr (RefillsProblem) before = NULL;
  g_autoptr (RefillsProblem) after = NULL;

  refills_collection_set_equal_func (collection, equal_cb);
  refills_collection_take_items (collection, make_items ("ab"), 1, 0);
  before = g_list_model_get_item (G_LIST_MODEL (collection), 1);
  refills_collection_take_items (collection, make_items ("xab"), 2, 0);
  after = g_list_model_get_item (G_LIST_MODEL (collection), 2);
  g_assert_true (before == after);
}

static void
test_append_and_insert (void)
{
  g_autoptr (RefillsCollection) collection = refills_collection_new (REFILLS_TYPE_PROBLEM);
  g_autoptr (GPtrArray) rest = make_items ("cd");
  g_autoptr (RefillsProblem) first = refills_problem_new_for_code ("x");
  g_autoptr (RefillsProblem) last = refills_problem_new_for_code ("z");
  g_autoptr (GString) log = g_string_new (NULL);
  guint n_items = 0;

  refills_collection_take_items (collection, make_items ("ab"), 1, 0);
  g_signal_connect (collection, "items-changed", G_CALLBACK (changed_cb), log);
  g_signal_connect (collection, "notify::n-items", G_CALLBACK (count_cb), &n_items);
  refills_collection_append_items (collection, rest);
  refills_collection_insert (collection, 0, first);
  refills_collection_insert (collection, G_MAXUINT, last);
  g_assert_cmpstr (log->str, ==, "[2 -0 +2][0 -0 +1][5 -0 +1]");
  assert_items (collection, "xabcdz");
  g_assert_cmpuint (n_items, ==, 3);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_READY);
}

static void
test_copy (void)
{
  g_autoptr (RefillsCollection) collection = refills_collection_new (G_TYPE_OBJECT);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_TIMEOUT, "slow");

  refills_collection_begin_loading (collection);
  g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  refills_collection_take_copy (collection, items, 1000, 2);
  g_assert_true (refills_collection_is_loading (collection));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (collection)), ==, 1);
  g_assert_cmpint (refills_collection_get_loaded_at (collection), ==, 1000);
  g_assert_cmpuint (refills_collection_get_n_skipped (collection), ==, 2);

  refills_collection_fail (collection, error);
  g_assert_cmpint (refills_collection_get_state (collection), ==, REFILLS_COLLECTION_STALE);
  g_assert_cmpint (refills_collection_get_loaded_at (collection), ==, 1000);
}

static void
test_hidden (void)
{
  g_autoptr (RefillsCollection) collection = refills_collection_new (G_TYPE_OBJECT);
  guint n_notified = 0;

  g_signal_connect (collection, "notify::n-hidden", G_CALLBACK (count_cb), &n_notified);
  refills_collection_set_n_hidden (collection, 3);
  refills_collection_set_n_hidden (collection, 3);
  g_assert_cmpuint (refills_collection_get_n_hidden (collection), ==, 3);
  refills_collection_set_retry_at (collection, 77);
  g_assert_cmpint (refills_collection_get_retry_at (collection), ==, 77);
  refills_collection_begin_loading (collection);
  g_assert_cmpint (refills_collection_get_retry_at (collection), ==, 0);
  g_assert_cmpuint (n_notified, ==, 1);
  refills_collection_clear (collection);
  g_assert_cmpuint (refills_collection_get_n_hidden (collection), ==, 0);
  g_assert_cmpuint (n_notified, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/collection/new", test_new);
  g_test_add_func ("/collection/states", test_states);
  g_test_add_func ("/collection/changes", test_changes);
  g_test_add_func ("/collection/same-item-stays", test_same_item_stays);
  g_test_add_func ("/collection/append-and-insert", test_append_and_insert);
  g_test_add_func ("/collection/copy", test_copy);
  g_test_add_func ("/collection/hidden", test_hidden);

  return g_test_run ();
}
