/* test-keyring.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-keyring-double.h"
#include "refills-secret-keyring.h"

#include "refills-error.h"
#include "refills-key.h"
#include "refills-test.h"

#define DEADLINE_MS 20000
#define LONG_MS 10000
#define SHORT_MS 30

static GBytes *
make_key (void)
{
  g_autoptr (GError) error = NULL;
  GBytes *key = refills_key_new (&error);

  g_assert_no_error (error);

  return key;
}

static GBytes *
look_up (RefillsKeyring  *keyring,
         const char      *name,
         gboolean         may_prompt,
         GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_keyring_lookup_async (keyring, "practice", name, may_prompt, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);

  return refills_keyring_lookup_finish (keyring, result, error);
}

static gboolean
store (RefillsKeyring  *keyring,
       const char      *name,
       GBytes          *key,
       GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_keyring_store_async (keyring, "practice", name, key, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);

  return refills_keyring_store_finish (keyring, result, error);
}

static void
assert_missing (RefillsKeyring   *keyring,
                gboolean          may_prompt,
                RefillsErrorCode  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (keyring, "a", may_prompt, &error));
  g_assert_error (error, REFILLS_ERROR, (int) code);
}

static void
assert_refused (RefillsKeyring   *keyring,
                RefillsErrorCode  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = make_key ();

  g_assert_false (store (keyring, "a", key, &error));
  g_assert_error (error, REFILLS_ERROR, (int) code);
}

static void
assert_has (RefillsKeyring *keyring,
            const char     *name,
            gboolean        may_prompt,
            GBytes         *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = look_up (keyring, name, may_prompt, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (key, expected));
}

static void
assert_keeps (RefillsKeyring *keyring)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = make_key ();
  g_autoptr (GBytes) second = make_key ();
  g_autoptr (GAsyncResult) result = NULL;

  assert_missing (keyring, FALSE, REFILLS_ERROR_NOT_FOUND);
  assert_missing (keyring, TRUE, REFILLS_ERROR_NOT_FOUND);
  store (keyring, "a", first, &error);
  g_assert_no_error (error);
  store (keyring, "b", second, &error);
  g_assert_no_error (error);
  assert_has (keyring, "a", FALSE, first);
  assert_has (keyring, "b", TRUE, second);
  store (keyring, "a", second, &error);
  g_assert_no_error (error);
  assert_has (keyring, "a", FALSE, second);

  refills_keyring_clear_async (keyring, "practice", "a", NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  refills_keyring_clear_finish (keyring, result, &error);
  g_assert_no_error (error);
  assert_missing (keyring, FALSE, REFILLS_ERROR_NOT_FOUND);
  assert_has (keyring, "b", FALSE, second);
}

static void
test_keeps (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (LONG_MS);

  assert_keeps (REFILLS_KEYRING (keyring));
}

/* libsecret with the file that refills_test_init() gives it. */
static void
test_libsecret (void)
{
  g_autoptr (RefillsKeyring) keyring = refills_secret_keyring_new ();

  assert_keeps (keyring);
}

static void
test_absent (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (LONG_MS);

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_ABSENT);
  assert_missing (REFILLS_KEYRING (keyring), FALSE, REFILLS_ERROR_NO_KEYRING);
  assert_missing (REFILLS_KEYRING (keyring), TRUE, REFILLS_ERROR_NO_KEYRING);
  assert_refused (REFILLS_KEYRING (keyring), REFILLS_ERROR_NO_KEYRING);
}

static void
test_locked (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (LONG_MS);
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (GError) error = NULL;

  store (REFILLS_KEYRING (keyring), "a", key, &error);
  g_assert_no_error (error);

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_REFUSED);
  assert_missing (REFILLS_KEYRING (keyring), FALSE, REFILLS_ERROR_LOCKED);
  g_assert_cmpuint (refills_keyring_double_get_n_prompts (keyring), ==, 0);
  assert_missing (REFILLS_KEYRING (keyring), TRUE, REFILLS_ERROR_LOCKED);
  assert_refused (REFILLS_KEYRING (keyring), REFILLS_ERROR_LOCKED);

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_LOCKED);
  assert_missing (REFILLS_KEYRING (keyring), FALSE, REFILLS_ERROR_LOCKED);
  assert_has (REFILLS_KEYRING (keyring), "a", TRUE, key);
  g_assert_cmpuint (refills_keyring_double_get_n_prompts (keyring), ==, 3);
}

static void
test_silent (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (SHORT_MS);

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_SILENT);
  assert_missing (REFILLS_KEYRING (keyring), FALSE, REFILLS_ERROR_TIMEOUT);
  assert_missing (REFILLS_KEYRING (keyring), TRUE, REFILLS_ERROR_TIMEOUT);
  assert_refused (REFILLS_KEYRING (keyring), REFILLS_ERROR_TIMEOUT);
}

static void
test_cancelled (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (LONG_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_SILENT);
  refills_keyring_lookup_async (REFILLS_KEYRING (keyring), "practice", "a", TRUE, cancellable, refills_test_keep_result,
                                &result);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&result, DEADLINE_MS);
  g_assert_null (refills_keyring_lookup_finish (REFILLS_KEYRING (keyring), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_forgets (void)
{
  g_autoptr (RefillsKeyringDouble) keyring = refills_keyring_double_new (LONG_MS);

  refills_keyring_double_behave (keyring, REFILLS_DOUBLE_FORGETS);
  assert_refused (REFILLS_KEYRING (keyring), REFILLS_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/keyring/keeps", test_keeps);
  g_test_add_func ("/keyring/libsecret", test_libsecret);
  g_test_add_func ("/keyring/absent", test_absent);
  g_test_add_func ("/keyring/locked", test_locked);
  g_test_add_func ("/keyring/silent", test_silent);
  g_test_add_func ("/keyring/cancelled", test_cancelled);
  g_test_add_func ("/keyring/forgets", test_forgets);

  return g_test_run ();
}
