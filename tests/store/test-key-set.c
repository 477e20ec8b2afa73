/* test-key-set.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-key-set.h"

#include <string.h>

#include "refills-error.h"
#include "refills-key.h"
#include "refills-test.h"

#define CONTEXT "order 00112233445566778899aabbccddeeff state"
#define TEXT "GIFT-CARD-CODE-0001"
#define N_TURNS 2000

static GBytes *
make_key (guint8 fill)
{
  guint8 data[REFILLS_KEY_SIZE];

  memset (data, fill, sizeof data);

  return g_bytes_new (data, sizeof data);
}

static RefillsKeySet *
make_set (const char *name,
          guint8      fill)
{
  RefillsKeySet *set = refills_key_set_new ();
  g_autoptr (GBytes) key = make_key (fill);

  g_assert_true (refills_key_set_add (set, name, key, TRUE));

  return set;
}

static GBytes *
seal (RefillsKeySet *set,
      const char    *text)
{
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GBytes *sealed = refills_key_set_seal (set, "a", CONTEXT, plain, &error);

  g_assert_no_error (error);

  return sealed;
}

static void
assert_refused (RefillsKeySet    *set,
                const char       *name,
                const char       *context,
                GBytes           *sealed,
                RefillsErrorCode  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (refills_key_set_open (set, name, context, sealed, &error));
  g_assert_error (error, REFILLS_ERROR, (int) code);
}

static void
assert_opens (RefillsKeySet *set,
              GBytes        *sealed,
              const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = refills_key_set_open (set, "a", CONTEXT, sealed, &error);
  gsize size = 0;
  const char *data = NULL;

  g_assert_no_error (error);
  data = g_bytes_get_data (plain, &size);
  g_assert_cmpmem (data, size, text, strlen (text));
}

static void
test_seal (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) sealed = seal (set, TEXT);
  g_autoptr (GBytes) again = seal (set, TEXT);
  g_autoptr (GBytes) nothing = seal (set, "");

  g_assert_cmpuint (g_bytes_get_size (sealed), ==, 24 + strlen (TEXT) + 16);
  g_assert_false (g_bytes_equal (sealed, again));
  assert_opens (set, sealed, TEXT);
  assert_opens (set, again, TEXT);
  assert_opens (set, nothing, "");
}

static void
test_wrong_key (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (RefillsKeySet) other = make_set ("a", 2);
  g_autoptr (GBytes) key = make_key (2);
  g_autoptr (GBytes) sealed = seal (set, TEXT);

  assert_refused (other, "a", CONTEXT, sealed, REFILLS_ERROR_STORAGE);
  g_assert_true (refills_key_set_add (set, "b", key, FALSE));
  assert_refused (set, "b", CONTEXT, sealed, REFILLS_ERROR_STORAGE);
  assert_opens (set, sealed, TEXT);
}

static void
test_wrong_context (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) sealed = seal (set, TEXT);

  assert_refused (set, "a", CONTEXT "s", sealed, REFILLS_ERROR_STORAGE);
  assert_refused (set, "a", "", sealed, REFILLS_ERROR_STORAGE);
  assert_refused (set, "a", "order 00112233445566778899aabbccddeefe state", sealed, REFILLS_ERROR_STORAGE);
}

static void
test_cut (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) sealed = seal (set, TEXT);

  for (gsize size = 0; size < g_bytes_get_size (sealed); size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, size);

    assert_refused (set, "a", CONTEXT, cut, REFILLS_ERROR_STORAGE);
  }
}

static void
test_altered (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) sealed = seal (set, TEXT);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (sealed, &size);

  for (gsize i = 0; i < size; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, size);
    g_autoptr (GBytes) altered = NULL;

    copy[i] ^= 0x10;
    altered = g_bytes_new (copy, size);
    assert_refused (set, "a", CONTEXT, altered, REFILLS_ERROR_STORAGE);
  }
}

static void
test_locked (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) sealed = seal (set, TEXT);
  g_autoptr (GBytes) plain = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GBytes) short_key = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GError) seal_error = NULL;
  g_autoptr (GError) hash_error = NULL;
  g_autofree char *current = refills_key_set_dup_current (set);

  g_assert_cmpstr (current, ==, "a");
  g_assert_true (refills_key_set_has (set, "a"));
  g_assert_false (refills_key_set_has (set, "b"));
  g_assert_false (refills_key_set_has (set, NULL));
  assert_refused (set, "b", CONTEXT, sealed, REFILLS_ERROR_LOCKED);
  assert_refused (set, NULL, CONTEXT, sealed, REFILLS_ERROR_LOCKED);

  refills_key_set_clear (set);
  g_assert_false (refills_key_set_has (set, "a"));
  g_assert_null (refills_key_set_dup_current (set));
  assert_refused (set, "a", CONTEXT, sealed, REFILLS_ERROR_LOCKED);
  g_assert_null (refills_key_set_seal (set, "a", CONTEXT, plain, &seal_error));
  g_assert_error (seal_error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  g_assert_null (refills_key_set_hash (set, "a", "order id", TEXT, &hash_error));
  g_assert_error (hash_error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);

  g_assert_false (refills_key_set_add (set, "a", short_key, TRUE));
  g_assert_false (refills_key_set_has (set, "a"));
}

static void
test_current (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (GBytes) key = make_key (2);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (refills_key_set_add (set, "b", key, FALSE));
  before = refills_key_set_dup_current (set);
  g_assert_cmpstr (before, ==, "a");
  g_assert_true (refills_key_set_add (set, "b", key, TRUE));
  after = refills_key_set_dup_current (set);
  g_assert_cmpstr (after, ==, "b");
}

static GBytes *
hash (RefillsKeySet *set,
      const char    *context,
      const char    *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = refills_key_set_hash (set, "a", context, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 32);

  return bytes;
}

static void
test_hash (void)
{
  g_autoptr (RefillsKeySet) set = make_set ("a", 1);
  g_autoptr (RefillsKeySet) other = make_set ("a", 2);
  g_autoptr (GBytes) first = hash (set, "order id", "1");
  g_autoptr (GBytes) same = hash (set, "order id", "1");
  g_autoptr (GBytes) other_text = hash (set, "order id", "2");
  g_autoptr (GBytes) other_context = hash (set, "basket", "1");
  g_autoptr (GBytes) other_key = hash (other, "order id", "1");

  g_assert_true (g_bytes_equal (first, same));
  g_assert_false (g_bytes_equal (first, other_text));
  g_assert_false (g_bytes_equal (first, other_context));
  g_assert_false (g_bytes_equal (first, other_key));
}

/* Seals and opens while the other thread locks and opens: each turn does either all or says that it is locked. */
static gpointer
use_keys (gpointer data)
{
  RefillsKeySet *set = data;
  g_autoptr (GBytes) plain = g_bytes_new_static (TEXT, strlen (TEXT));

  for (guint i = 0; i < N_TURNS; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) sealed = refills_key_set_seal (set, "a", CONTEXT, plain, &error);
    g_autoptr (GBytes) opened = sealed != NULL ? refills_key_set_open (set, "a", CONTEXT, sealed, &error) : NULL;

    if (opened != NULL)
      g_assert_true (g_bytes_equal (opened, plain));
    else
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  }
  refills_key_set_unref (set);

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = refills_key_new (&error);
  g_autoptr (RefillsKeySet) set = refills_key_set_new ();
  GThread *threads[2];

  g_assert_no_error (error);
  g_assert_true (refills_key_set_add (set, "a", key, TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("keys", use_keys, refills_key_set_ref (set));
  for (guint i = 0; i < N_TURNS / 20; i++) {
    refills_key_set_clear (set);
    g_assert_true (refills_key_set_add (set, "a", key, TRUE));
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/key-set/seal", test_seal);
  g_test_add_func ("/key-set/wrong-key", test_wrong_key);
  g_test_add_func ("/key-set/wrong-context", test_wrong_context);
  g_test_add_func ("/key-set/cut", test_cut);
  g_test_add_func ("/key-set/altered", test_altered);
  g_test_add_func ("/key-set/locked", test_locked);
  g_test_add_func ("/key-set/current", test_current);
  g_test_add_func ("/key-set/hash", test_hash);
  g_test_add_func ("/key-set/threads", test_threads);

  return g_test_run ();
}
