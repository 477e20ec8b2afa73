/* test-blob-cache.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-blob-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "refills-store-fixture.h"

#define HEADER 32

typedef struct {
  char *parent;
  char *folder;
  RefillsBlobCache *cache;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->parent = refills_test_make_folder ();
  fixture->folder = g_build_filename (fixture->parent, "cache", NULL);
  fixture->cache = refills_blob_cache_new (fixture->folder, 10000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->cache);
  g_clear_pointer (&fixture->folder, g_free);
  refills_test_remove_folder (fixture->parent);
}

static char *
get_path (Fixture    *fixture,
          const char *key)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_build_filename (fixture->folder, name, NULL);
}

static void
store (Fixture    *fixture,
       const char *key,
       gsize       size)
{
  g_autofree char *text = g_strnfill (size, key[0]);
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  refills_blob_cache_store (fixture->cache, key, bytes);
}

static gboolean
has (Fixture    *fixture,
     const char *key,
     gsize       size)
{
  g_autoptr (GBytes) bytes = refills_blob_cache_load (fixture->cache, key, NULL);

  if (bytes == NULL)
    return FALSE;
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
  if (size > 0)
    g_assert_cmpint (((const char *) g_bytes_get_data (bytes, NULL))[size - 1], ==, key[0]);

  return TRUE;
}

/* As if it had been used @age seconds ago. */
static void
make_old (Fixture    *fixture,
          const char *key,
          gint64      age)
{
  g_autofree char *path = get_path (fixture, key);
  time_t then = (time_t) (g_get_real_time () / G_USEC_PER_SEC - age);
  struct utimbuf times = { then, then };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
test_keep (Fixture       *fixture,
           gconstpointer  user_data)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  gint64 stored_at = 7;
  g_autofree char *path = get_path (fixture, "a");
  g_autoptr (GBytes) bytes = NULL;
  GStatBuf status;

  g_assert_null (refills_blob_cache_load (fixture->cache, "a", &stored_at));
  g_assert_cmpint (stored_at, ==, 0);
  store (fixture, "a", 100);
  g_assert_true (has (fixture, "a", 100));
  store (fixture, "empty", 0);
  refills_blob_cache_drain (fixture->cache);
  g_assert_true (has (fixture, "empty", 0));

  g_assert_finalize_object (fixture->cache);
  fixture->cache = refills_blob_cache_new (fixture->folder, 10000);
  make_old (fixture, "a", 5000);
  bytes = refills_blob_cache_load (fixture->cache, "a", &stored_at);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 100);
  g_assert_cmpint (stored_at, >=, before);
  g_assert_cmpint (stored_at, <=, g_get_real_time () / G_USEC_PER_SEC);
  /* A serialised variant may be used where it lies. */
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_bytes_get_data (bytes, NULL)) % 8, ==, 0);

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GBytes) old = NULL;
  g_autofree char *path = get_path (fixture, "a");

  store (fixture, "a", 100);
  refills_blob_cache_drain (fixture->cache);
  old = refills_blob_cache_load (fixture->cache, "a", NULL);
  for (gsize size = 1; size < 50; size++)
    store (fixture, "a", size);
  g_assert_true (has (fixture, "a", 49));
  refills_blob_cache_drain (fixture->cache);
  g_assert_true (has (fixture, "a", 49));
  /* What was handed out stays whole. */
  g_assert_cmpuint (g_bytes_get_size (old), ==, 100);
  g_assert_cmpint (((const char *) g_bytes_get_data (old, NULL))[99], ==, 'a');
  g_assert_cmpuint (refills_store_fixture_count (fixture->folder, ""), ==, 1);

  refills_blob_cache_remove (fixture->cache, "a");
  g_assert_false (has (fixture, "a", 0));
  refills_blob_cache_drain (fixture->cache);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autofree char *path = get_path (fixture, "a");
  g_autofree char *whole = NULL;
  gsize length = 0;

  store (fixture, "a", 100);
  refills_blob_cache_drain (fixture->cache);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  g_assert_cmpuint (length, ==, HEADER + 100);
  for (gsize cut = 0; cut < length; cut++) {
    g_assert_true (g_file_set_contents (path, whole, (gssize) cut, NULL));
    g_assert_false (has (fixture, "a", 100));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  for (gsize at = 0; at < length; at++) {
    /* The time is not part of what is checked. */
    if (at >= 8 && at < 16)
      continue;
    whole[at] ^= 0x10;
    g_assert_true (g_file_set_contents (path, whole, (gssize) length, NULL));
    g_assert_false (has (fixture, "a", 100));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    whole[at] ^= 0x10;
  }
  g_assert_true (g_file_set_contents (path, whole, (gssize) length, NULL));
  g_assert_true (has (fixture, "a", 100));
}

static guint64
get_total (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint64 total = 0;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    GStatBuf status;

    g_assert_cmpint (g_stat (path, &status), ==, 0);
    total += (guint64) status.st_size;
  }

  return total;
}

static void
test_evict (Fixture       *fixture,
            gconstpointer  user_data)
{
  const char *keys[] = { "a", "b", "c", "d" };
  g_autofree char *part = g_build_filename (fixture->folder, "left.ABCDEF", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    store (fixture, keys[i], 2000);
  refills_blob_cache_drain (fixture->cache);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    make_old (fixture, keys[i], 1000 - i);
  /* Used now, so the next to go is b. */
  g_assert_true (has (fixture, "a", 2000));
  store (fixture, "e", 3000);
  refills_blob_cache_drain (fixture->cache);
  g_assert_true (has (fixture, "a", 2000));
  g_assert_false (has (fixture, "b", 2000));
  g_assert_true (has (fixture, "c", 2000));
  g_assert_true (has (fixture, "d", 2000));
  g_assert_true (has (fixture, "e", 3000));

  /* Counted again in the next run, with a smaller size. */
  g_assert_finalize_object (fixture->cache);
  fixture->cache = refills_blob_cache_new (fixture->folder, 5000);
  store (fixture, "f", 1000);
  refills_blob_cache_drain (fixture->cache);
  g_assert_true (has (fixture, "f", 1000));
  g_assert_cmpuint (get_total (fixture), <=, 5000);
  g_assert_cmpuint (get_total (fixture), >, 1032);

  /* More than it may ever hold is not kept, nor what it was to replace. */
  store (fixture, "f", 5000);
  refills_blob_cache_drain (fixture->cache);
  g_assert_false (has (fixture, "f", 5000));
  g_assert_cmpuint (get_total (fixture), <=, 5000);
}

static void
test_left_parts (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autofree char *path = get_path (fixture, "a");
  g_autofree char *left = g_strconcat (path, ".ABCDEF", NULL);
  g_autofree char *fresh = g_strconcat (path, ".GHIJKL", NULL);
  struct utimbuf long_ago = { 1000, 1000 };

  g_assert_cmpint (g_mkdir (fixture->folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  g_assert_true (g_file_set_contents (fresh, "x", 1, NULL));
  g_assert_cmpint (g_utime (left, &long_ago), ==, 0);
  store (fixture, "b", 10);
  refills_blob_cache_drain (fixture->cache);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
}

static void
test_cannot_write (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_assert_true (g_file_set_contents (fixture->folder, "", 0, NULL));
  store (fixture, "a", 10);
  refills_blob_cache_drain (fixture->cache);
  g_assert_false (has (fixture, "a", 10));
  g_unlink (fixture->folder);
}

static void
test_async (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) missing = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gint64 stored_at = 0;

  store (fixture, "a", 10);
  refills_blob_cache_drain (fixture->cache);
  refills_blob_cache_load_async (fixture->cache, "a", NULL, refills_test_keep_result, &found);
  refills_blob_cache_load_async (fixture->cache, "b", NULL, refills_test_keep_result, &missing);
  refills_blob_cache_load_async (fixture->cache, "a", cancellable, refills_test_keep_result, &cancelled);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&found, 5000);
  refills_test_wait_result (&missing, 5000);
  refills_test_wait_result (&cancelled, 5000);

  bytes = refills_blob_cache_load_finish (fixture->cache, found, &stored_at, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 10);
  g_assert_cmpint (stored_at, >, 0);
  g_assert_null (refills_blob_cache_load_finish (fixture->cache, missing, &stored_at, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stored_at, ==, 0);
  g_assert_null (refills_blob_cache_load_finish (fixture->cache, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) g_test_add ("/blob-cache/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  ADD ("keep", test_keep);
  ADD ("replace", test_replace);
  ADD ("damaged", test_damaged);
  ADD ("evict", test_evict);
  ADD ("left-parts", test_left_parts);
  ADD ("cannot-write", test_cannot_write);
  ADD ("async", test_async);

  return g_test_run ();
}
