/* fuzz-main.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fixed short run of a fuzz target without libFuzzer: every file of its corpus, and a fixed number of changes to
 * them, always the same. `fuzz-NAME CORPUS-FOLDER`
 */
#include "fuzz.h"

#include <string.h>

#include "refills-test.h"

#define N_CHANGED 20000
#define SEED 7
#define MAX_CHANGES 8

static const char *folder;

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
read_corpus (void)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (files)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  /* The order of a folder is not the same everywhere. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    char *contents = NULL;
    gsize length = 0;

    g_assert_true (g_file_get_contents (names->pdata[i], &contents, &length, &error));
    g_ptr_array_add (corpus, g_bytes_new_take (contents, length));
  }
  g_assert_cmpuint (corpus->len, >, 0);

  return g_steal_pointer (&corpus);
}

static void
try (const guint8 *data,
     gsize         size)
{
  /* Just that size, so that the sanitizers find a read past the end. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = read_corpus ();

  for (guint i = 0; i < corpus->len; i++) {
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (corpus->pdata[i], &size);

    try (data, size);
    /* And cut at every place of its beginning. */
    for (gsize length = 0; length < MIN (size, 512); length++)
      try (data, length);
  }
}

/* One change: a byte set, put in or taken out, a run moved here from another place, or from another file. */
static void
change (GByteArray *bytes,
        GRand      *random,
        GPtrArray  *corpus)
{
  static const char * const words[] = {
    "\"", "{", "[", "\\u", "\r\n", "\n\n", "data:", "0", "e", ".", "-", "null", "\xff",
  };
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) bytes->len) : 0;

  switch (g_rand_int_range (random, 0, 5)) {
  case 0:
    if (bytes->len > 0)
      bytes->data[at] = (guint8) g_rand_int_range (random, 0, 256);
    break;
  case 1:
    if (bytes->len > 0)
      g_byte_array_remove_range (bytes, at,
                                 (guint) g_rand_int_range (random, 1, (gint32) MIN (bytes->len - at, 8) + 1));
    break;
  case 2: {
    const char *word = words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];

    g_byte_array_append (bytes, (const guint8 *) word, strlen (word));
    break;
  }
  case 3:
    if (bytes->len > 0)
      bytes->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
    break;
  case 4:
  default: {
    GBytes *other = corpus->pdata[g_rand_int_range (random, 0, (gint32) corpus->len)];
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (other, &size);
    gsize from = size > 0 ? (gsize) g_rand_int_range (random, 0, (gint32) size) : 0;

    g_byte_array_set_size (bytes, at);
    g_byte_array_append (bytes, data + from, (guint) (size - from));
  }
  }
}

static void
test_changed (void)
{
  g_autoptr (GPtrArray) corpus = read_corpus ();
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < N_CHANGED; i++) {
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (corpus->pdata[i % corpus->len], &size);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    int n = g_rand_int_range (random, 1, MAX_CHANGES + 1);

    g_byte_array_append (bytes, data, (guint) MIN (size, 4096));
    for (int j = 0; j < n; j++)
      change (bytes, random, corpus);
    try (bytes->data, bytes->len);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autofree char *corpus = g_strdup_printf ("/%s/corpus", name);
  g_autofree char *changed = g_strdup_printf ("/%s/changed", name);

  refills_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  g_test_add_func (corpus, test_corpus);
  g_test_add_func (changed, test_changed);

  return g_test_run ();
}
