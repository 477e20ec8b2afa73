/* test-vault.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-vault-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-error.h"
#include "refills-fault-vfs.h"
#include "refills-key.h"
#include "refills-keyring-double.h"
#include "refills-order-store-private.h"
#include "refills-store-fixture.h"
#include "refills-test.h"

#define DEADLINE_MS 30000
#define LONG_MS 20000
#define SHORT_MS 30
#define PASSPHRASE "correct horse battery"
#define CONTEXT "order 00 state"

typedef struct {
  char *folder;
  char *key_file;
  RefillsEnvironment *environment;
  RefillsKeyringDouble *keyring;
  RefillsKeySet *keys;
  RefillsOrderStore *store;
  RefillsVault *vault;
  GBytes *sealed; /* by seal() */
} Fixture;

typedef void (*Call) (RefillsVault        *vault,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data);

static void
start (Fixture *fixture)
{
  g_autofree char *database = g_build_filename (fixture->environment->data_folder, "orders.db", NULL);

  fixture->keys = refills_key_set_new ();
  fixture->store = refills_order_store_new (database, fixture->environment->name, fixture->keys);
  fixture->vault = refills_vault_new (fixture->environment, fixture->store, fixture->keys,
                                      REFILLS_KEYRING (fixture->keyring));
}

static void
stop (Fixture *fixture)
{
  refills_order_store_drain (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->vault));
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_clear_pointer (&fixture->keys, refills_key_set_unref);
}

static void
restart (Fixture *fixture)
{
  stop (fixture);
  start (fixture);
}

static void
fixture_set_up_with_limit (Fixture *fixture,
                           guint    limit)
{
  fixture->folder = refills_test_make_folder ();
  fixture->environment = refills_environment_new_practice ("0.0", "http://127.0.0.1:1");
  g_free (fixture->environment->data_folder); /* owned by the struct */
  fixture->environment->data_folder = g_build_filename (fixture->folder, "data", NULL);
  fixture->key_file = g_build_filename (fixture->environment->data_folder, "orders.key", NULL);
  fixture->keyring = refills_keyring_double_new (limit);
  start (fixture);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture_set_up_with_limit (fixture, LONG_MS);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  stop (fixture);
  g_clear_object (&fixture->keyring);
  g_clear_pointer (&fixture->sealed, g_bytes_unref);
  g_clear_pointer (&fixture->environment, refills_environment_free);
  g_clear_pointer (&fixture->key_file, g_free);
  refills_test_remove_folder (g_steal_pointer (&fixture->folder));
}

static gboolean
finish (Fixture       *fixture,
        GAsyncResult **result,
        GError       **error)
{
  gboolean is_done = FALSE;

  refills_test_wait_result (result, DEADLINE_MS);
  is_done = refills_vault_finish (fixture->vault, *result, error);
  g_clear_object (result);

  return is_done;
}

static void
succeed (Fixture           *fixture,
         Call               call,
         RefillsVaultState  state)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call (fixture->vault, NULL, refills_test_keep_result, &result);
  g_assert_true (finish (fixture, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, state);
  g_assert_null (refills_vault_get_reason (fixture->vault));
}

static void
be_refused (Fixture           *fixture,
            Call               call,
            RefillsErrorCode   code,
            RefillsVaultState  state)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call (fixture->vault, NULL, refills_test_keep_result, &result);
  g_assert_false (finish (fixture, &result, &error));
  g_assert_error (error, REFILLS_ERROR, (int) code);
  g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, state);
  if (state == REFILLS_VAULT_LOCKED)
    g_assert_nonnull (refills_vault_get_reason (fixture->vault));
  else
    g_assert_null (refills_vault_get_reason (fixture->vault));
}

static void
recover (RefillsVault        *vault,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  refills_vault_recover_async (vault, PASSPHRASE, cancellable, callback, user_data);
}

static void
recover_wrongly (RefillsVault        *vault,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  refills_vault_recover_async (vault, "wrong horse battery", cancellable, callback, user_data);
}

static void
set_recovery (RefillsVault        *vault,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  refills_vault_set_recovery_async (vault, PASSPHRASE, cancellable, callback, user_data);
}

static void
set_short_recovery (RefillsVault        *vault,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  refills_vault_set_recovery_async (vault, "äöüäöüä", cancellable, callback, user_data);
}

/* Something that only the first key opens. */
static void
seal (Fixture *fixture)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("code", 4);
  g_autofree char *name = refills_key_set_dup_current (fixture->keys);
  g_autoptr (GError) error = NULL;

  fixture->sealed = refills_key_set_seal (fixture->keys, name, CONTEXT, plain, &error);
  g_assert_no_error (error);
}

static void
assert_opens (Fixture *fixture)
{
  g_autofree char *name = refills_key_set_dup_current (fixture->keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = refills_key_set_open (fixture->keys, name, CONTEXT, fixture->sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), "code", 4);
}

static void
assert_locked (Fixture *fixture)
{
  g_assert_null (refills_key_set_dup_current (fixture->keys));
}

static void
make_key (Fixture *fixture)
{
  succeed (fixture, refills_vault_prepare_async, REFILLS_VAULT_OPEN);
  seal (fixture);
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autofree char *database = g_build_filename (fixture->environment->data_folder, "orders.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (database, &error);

  g_assert_no_error (error);
  refills_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

/* And their copy. */
static void
lose_records (Fixture *fixture)
{
  g_autofree char *copy = g_build_filename (fixture->environment->data_folder, "orders.db.keys", NULL);

  execute (fixture, "DELETE FROM keys; DELETE FROM keys_again");
  g_assert_cmpint (g_unlink (copy), ==, 0);
}

static void
test_first_key (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, REFILLS_VAULT_UNKNOWN);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_EMPTY);
  /* Looking makes nothing. */
  g_assert_false (g_file_test (fixture->environment->data_folder, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 0);

  make_key (fixture);
  assert_opens (fixture);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 1);
  g_assert_false (refills_vault_is_in_file (fixture->vault));
  g_assert_false (refills_vault_has_recovery (fixture->vault));
  g_assert_true (refills_vault_is_kept (fixture->vault));

  restart (fixture);
  assert_locked (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  succeed (fixture, refills_vault_prepare_async, REFILLS_VAULT_OPEN);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 1);
  refills_test_assert_readonly (fixture->vault, "state");
  refills_test_assert_readonly (fixture->vault, "reason");
  refills_test_assert_readonly (fixture->vault, "recovery");
  refills_test_assert_readonly (fixture->vault, "in-file");
}

/* Calls run one after the other, whatever came first. */
/* With the log as it is now: a program that ends by itself would write it into the database, and empty it. */
static void
restart_as_if_killed (Fixture *fixture)
{
  const char *names[] = { "orders.db", "orders.db-wal" };
  GBytes *left[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (fixture->environment->data_folder, names[i], NULL);

    left[i] = refills_store_fixture_read (path);
  }
  stop (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (fixture->environment->data_folder, names[i], NULL);

    g_assert_true (g_file_set_contents (path, g_bytes_get_data (left[i], NULL), (gssize) g_bytes_get_size (left[i]),
                                        NULL));
    g_clear_pointer (&left[i], g_bytes_unref);
  }
  start (fixture);
}

/* Where the disk fails at the commit of the record, that is there all the same when the file is opened anew. */
static void
test_first_key_at_failing_disk (Fixture       *fixture,
                                gconstpointer  data)
{
  make_key (fixture);
  lose_records (fixture);
  refills_keyring_double_lose (fixture->keyring);
  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_EMPTY);
  refills_fault_vfs_set_in (REFILLS_FAULT_IN_LOG, REFILLS_FAULT_SYNC, 1);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_STORAGE, REFILLS_VAULT_EMPTY);
  g_assert_true (refills_fault_vfs_was_hit ());
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  restart_as_if_killed (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
}

static void
test_queue (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  refills_vault_open_async (fixture->vault, NULL, refills_test_keep_result, &opened);
  refills_vault_prepare_async (fixture->vault, NULL, refills_test_keep_result, &prepared);
  refills_vault_prepare_async (fixture->vault, NULL, refills_test_keep_result, &again);
  g_assert_true (finish (fixture, &opened, &error));
  g_assert_true (finish (fixture, &prepared, &error));
  g_assert_true (finish (fixture, &again, &error));
  g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, REFILLS_VAULT_OPEN);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 1);
}

static void
test_two_processes (Fixture       *fixture,
                    gconstpointer  data)
{
  Fixture other = { .environment = fixture->environment, .keyring = fixture->keyring };

  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  start (&other);
  /* Both have the file open, and see that there is no key. */
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_NO_KEYRING, REFILLS_VAULT_EMPTY);
  be_refused (&other, refills_vault_prepare_async, REFILLS_ERROR_NO_KEYRING, REFILLS_VAULT_EMPTY);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_KEEPS);
  refills_vault_prepare_async (fixture->vault, NULL, refills_test_keep_result, &first);
  refills_vault_prepare_async (other.vault, NULL, refills_test_keep_result, &second);
  g_assert_true (finish (fixture, &first, &error));
  g_assert_true (finish (&other, &second, &error));
  g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, REFILLS_VAULT_OPEN);
  g_assert_cmpint (refills_vault_get_state (other.vault), ==, REFILLS_VAULT_OPEN);
  seal (fixture);
  other.sealed = g_bytes_ref (fixture->sealed);
  assert_opens (&other);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 1);
  g_clear_pointer (&other.sealed, g_bytes_unref);
  stop (&other);
}

/* No key in what keeps none: the purchase is refused, and what was tried leaves nothing. */
static void
test_no_keyring (Fixture       *fixture,
                 gconstpointer  data)
{
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_NO_KEYRING, REFILLS_VAULT_EMPTY);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_FORGETS);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_NO_KEYRING, REFILLS_VAULT_EMPTY);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_REFUSED);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_EMPTY);
  assert_locked (fixture);
  g_assert_false (g_file_test (fixture->key_file, G_FILE_TEST_EXISTS));

  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_KEEPS);
  make_key (fixture);
  restart (fixture);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  assert_locked (fixture);
}

static void
test_locked_keyring (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *reason = NULL;

  make_key (fixture);
  restart (fixture);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_REFUSED);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_cmpuint (refills_keyring_double_get_n_prompts (fixture->keyring), ==, 0);
  reason = g_strdup (refills_vault_get_reason (fixture->vault));
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_cmpuint (refills_keyring_double_get_n_prompts (fixture->keyring), ==, 0);
  be_refused (fixture, refills_vault_unlock_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_cmpuint (refills_keyring_double_get_n_prompts (fixture->keyring), ==, 1);
  g_assert_cmpstr (refills_vault_get_reason (fixture->vault), ==, reason);

  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_LOCKED);
  succeed (fixture, refills_vault_unlock_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
}

static void
fixture_set_up_slow (Fixture       *fixture,
                     gconstpointer  data)
{
  fixture_set_up_with_limit (fixture, SHORT_MS);
}

static void
test_silent_keyring (Fixture       *fixture,
                     gconstpointer  data)
{
  make_key (fixture);
  restart (fixture);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_SILENT);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_unlock_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_KEEPS);
  succeed (fixture, refills_vault_unlock_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
}

/* Another key in the keyring's place is not taken for ours, and never replaced by a new one. */
static void
test_wrong_key (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = refills_key_new (&error);

  g_assert_no_error (error);
  make_key (fixture);
  restart (fixture);
  refills_keyring_double_replace (fixture->keyring, key);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  assert_locked (fixture);
}

static void
test_lost_key (Fixture       *fixture,
               gconstpointer  data)
{
  make_key (fixture);
  restart (fixture);
  refills_keyring_double_lose (fixture->keyring);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_unlock_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_keep_in_file_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, recover, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 0);
  g_assert_false (g_file_test (fixture->key_file, G_FILE_TEST_EXISTS));
}

static gboolean
has_file (Fixture    *fixture,
          const char *part)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->environment->data_folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, part) != NULL)
      return TRUE;

  return FALSE;
}

static void
count_cb (gpointer      vault,
          guint        *n_told)
{
  ++*n_told;
}

/* Keyring and passphrase are lost: what is locked is kept, and a new key is for new orders alone. */
static void
test_set_aside (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_told = 0;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = NULL;

  succeed (fixture, refills_vault_set_aside_async, REFILLS_VAULT_EMPTY);
  g_assert_false (g_file_test (fixture->environment->data_folder, G_FILE_TEST_EXISTS));
  make_key (fixture);
  succeed (fixture, set_recovery, REFILLS_VAULT_OPEN);
  /* What is open, or can be opened, stays. */
  succeed (fixture, refills_vault_set_aside_async, REFILLS_VAULT_OPEN);
  restart (fixture);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_KEEPS);
  succeed (fixture, refills_vault_set_aside_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  g_assert_false (has_file (fixture, ".locked-"));

  restart (fixture);
  refills_keyring_double_lose (fixture->keyring);
  g_signal_connect (fixture->vault, "aside", G_CALLBACK (count_cb), &n_told);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  succeed (fixture, refills_vault_set_aside_async, REFILLS_VAULT_EMPTY);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (has_file (fixture, ".locked-"));
  g_assert_false (refills_vault_has_recovery (fixture->vault));
  assert_locked (fixture);
  be_refused (fixture, recover, REFILLS_ERROR_NOT_FOUND, REFILLS_VAULT_EMPTY);

  succeed (fixture, refills_vault_prepare_async, REFILLS_VAULT_OPEN);
  name = refills_key_set_dup_current (fixture->keys);
  plain = refills_key_set_open (fixture->keys, name, CONTEXT, fixture->sealed, &error);
  g_assert_null (plain);
  g_assert_nonnull (error);
}

static void
test_set_aside_in_use (Fixture       *fixture,
                       gconstpointer  data)
{
  Fixture other = { .environment = fixture->environment, .keyring = fixture->keyring };

  make_key (fixture);
  restart (fixture);
  refills_keyring_double_lose (fixture->keyring);
  start (&other);
  be_refused (&other, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_set_aside_async, REFILLS_ERROR_IN_USE, REFILLS_VAULT_LOCKED);
  g_assert_false (has_file (fixture, ".locked-"));
  stop (&other);
  succeed (fixture, refills_vault_set_aside_async, REFILLS_VAULT_EMPTY);
}

/* A record that is gone is no reason to make another key, where something is sealed. */
static void
test_lost_record (Fixture       *fixture,
                  gconstpointer  data)
{
  make_key (fixture);
  execute (fixture, "INSERT INTO orders (environment, created_at, updated_at, outcome, uuid, key, asked)"
                    " SELECT 'practice', 1, 1, 1, x'00', name, x'00' FROM keys");
  lose_records (fixture);
  restart (fixture);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  be_refused (fixture, refills_vault_prepare_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
}

static void
test_recovery (Fixture       *fixture,
               gconstpointer  data)
{
  be_refused (fixture, set_short_recovery, REFILLS_ERROR_INVALID_INPUT, REFILLS_VAULT_UNKNOWN);
  be_refused (fixture, set_recovery, REFILLS_ERROR_NOT_FOUND, REFILLS_VAULT_EMPTY);
  make_key (fixture);
  succeed (fixture, set_recovery, REFILLS_VAULT_OPEN);
  g_assert_true (refills_vault_has_recovery (fixture->vault));

  restart (fixture);
  refills_keyring_double_lose (fixture->keyring);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_true (refills_vault_has_recovery (fixture->vault));
  be_refused (fixture, recover_wrongly, REFILLS_ERROR_WRONG_PASSPHRASE, REFILLS_VAULT_LOCKED);
  assert_locked (fixture);
  succeed (fixture, recover, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  g_assert_true (refills_vault_is_kept (fixture->vault));

  /* The keyring has a new wrapping key now. */
  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  g_assert_true (refills_vault_has_recovery (fixture->vault));
}

static void
test_recovery_without_keyring (Fixture       *fixture,
                               gconstpointer  data)
{
  make_key (fixture);
  succeed (fixture, set_recovery, REFILLS_VAULT_OPEN);
  restart (fixture);
  refills_keyring_double_lose (fixture->keyring);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  succeed (fixture, recover, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  g_assert_false (refills_vault_is_kept (fixture->vault));
  g_assert_false (g_file_test (fixture->key_file, G_FILE_TEST_EXISTS));

  restart (fixture);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  succeed (fixture, recover, REFILLS_VAULT_OPEN);
  succeed (fixture, refills_vault_keep_in_file_async, REFILLS_VAULT_OPEN);
  g_assert_true (refills_vault_is_kept (fixture->vault));
  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  GStatBuf status;

  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  succeed (fixture, refills_vault_keep_in_file_async, REFILLS_VAULT_OPEN);
  seal (fixture);
  g_assert_true (refills_vault_is_in_file (fixture->vault));
  g_assert_cmpint (g_stat (fixture->key_file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  g_assert_true (refills_vault_is_in_file (fixture->vault));
  assert_opens (fixture);

  /* Others could read it: refused, until a person says otherwise. */
  restart (fixture);
  g_assert_cmpint (g_chmod (fixture->key_file, 0640), ==, 0);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_nonnull (strstr (refills_vault_get_reason (fixture->vault), "closes it to them"));
  succeed (fixture, refills_vault_unlock_async, REFILLS_VAULT_OPEN);
  g_assert_cmpint (g_stat (fixture->key_file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  assert_opens (fixture);
  g_assert_cmpuint (refills_keyring_double_get_n_keys (fixture->keyring), ==, 0);
}

static void
test_file_damaged (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  succeed (fixture, refills_vault_keep_in_file_async, REFILLS_VAULT_OPEN);
  succeed (fixture, set_recovery, REFILLS_VAULT_OPEN);
  seal (fixture);
  g_file_get_contents (fixture->key_file, &contents, NULL, &error);
  g_assert_no_error (error);

  restart (fixture);
  g_file_set_contents_full (fixture->key_file, contents, 40, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  contents[3] = contents[3] == '0' ? '1' : '0';
  g_file_set_contents_full (fixture->key_file, contents, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  be_refused (fixture, refills_vault_unlock_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);

  /* A link may lead where others write. */
  g_assert_cmpint (g_rename (fixture->key_file, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, fixture->key_file), ==, 0);
  be_refused (fixture, refills_vault_unlock_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);

  g_assert_cmpint (g_unlink (fixture->key_file), ==, 0);
  be_refused (fixture, refills_vault_open_async, REFILLS_ERROR_LOCKED, REFILLS_VAULT_LOCKED);
  g_assert_false (g_file_test (fixture->key_file, G_FILE_TEST_EXISTS));
  succeed (fixture, recover, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
}

static void
test_move_to_file (Fixture       *fixture,
                   gconstpointer  data)
{
  make_key (fixture);
  succeed (fixture, set_recovery, REFILLS_VAULT_OPEN);
  succeed (fixture, refills_vault_keep_in_file_async, REFILLS_VAULT_OPEN);
  refills_keyring_double_lose (fixture->keyring);
  restart (fixture);
  succeed (fixture, refills_vault_open_async, REFILLS_VAULT_OPEN);
  assert_opens (fixture);
  g_assert_true (refills_vault_has_recovery (fixture->vault));
}

static void
test_unreadable_database (Fixture       *fixture,
                          gconstpointer  data)
{
  make_key (fixture);
  execute (fixture, "PRAGMA user_version=99");
  restart (fixture);
  refills_keyring_double_behave (fixture->keyring, REFILLS_DOUBLE_ABSENT);
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    refills_vault_open_async (fixture->vault, NULL, refills_test_keep_result, &result);
    g_assert_false (finish (fixture, &result, &error));
    g_assert_cmpint (refills_vault_get_state (fixture->vault), ==, REFILLS_VAULT_LOCKED);
    g_assert_nonnull (refills_vault_get_reason (fixture->vault));
  }
}

#define add_test(name, function) \
  g_test_add (name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_fault_vfs_register ();
  refills_test_init (&argc, &argv);

  add_test ("/vault/first-key", test_first_key);
  add_test ("/vault/first-key-at-failing-disk", test_first_key_at_failing_disk);
  add_test ("/vault/queue", test_queue);
  add_test ("/vault/two-processes", test_two_processes);
  add_test ("/vault/no-keyring", test_no_keyring);
  add_test ("/vault/locked-keyring", test_locked_keyring);
  g_test_add ("/vault/silent-keyring", Fixture, NULL, fixture_set_up_slow, test_silent_keyring, fixture_tear_down);
  add_test ("/vault/wrong-key", test_wrong_key);
  add_test ("/vault/lost-key", test_lost_key);
  add_test ("/vault/lost-record", test_lost_record);
  add_test ("/vault/set-aside", test_set_aside);
  add_test ("/vault/set-aside-in-use", test_set_aside_in_use);
  add_test ("/vault/recovery", test_recovery);
  add_test ("/vault/recovery-without-keyring", test_recovery_without_keyring);
  add_test ("/vault/file", test_file);
  add_test ("/vault/file-damaged", test_file_damaged);
  add_test ("/vault/move-to-file", test_move_to_file);
  add_test ("/vault/unreadable-database", test_unreadable_database);

  return g_test_run ();
}
