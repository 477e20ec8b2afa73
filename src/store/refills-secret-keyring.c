/* refills-secret-keyring.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSecretKeyring:
 *
 * The person's keyring, by libsecret: the Secret Service on the session bus, and in a sandbox the portal's file, which
 * libsecret chooses by itself.
 *
 * libsecret lives on a thread of its own, which is started by the first question and stays for the program: it derives
 * keys and may start a bus, which would hold up the main thread, and what it keeps between questions is bound to the
 * thread that it was made on. Only what is asked and answered crosses.
 */
#include "refills-secret-keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "refills-error.h"
#include "refills-key.h"

struct _RefillsSecretKeyring {
  RefillsKeyring parent_instance;
};

G_DEFINE_FINAL_TYPE (RefillsSecretKeyring, refills_secret_keyring, REFILLS_TYPE_KEYRING)

static const SecretSchema schema = {
  "io.github.refills.Refills.OrdersKey",
  SECRET_SCHEMA_NONE,
  {
    { "data", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "key", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* One question on its way through the other thread. */
typedef struct {
  GTask *task;
  RefillsKeyringAction action;
  gboolean may_prompt;
  GHashTable *attributes;
  GBytes *key;
  GList *found;
  gboolean saw_locked;
  GError *error;
} Question;

static void ask_next_found (Question *question);

static gpointer
run_thread (gpointer user_data)
{
  GMainContext *context = user_data;
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);

  g_main_context_push_thread_default (context);
  /* A bus that goes away would else end the program, whatever it is doing. */
  if (g_getenv ("SECRET_BACKEND") == NULL) {
    g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

    if (bus != NULL)
      g_dbus_connection_set_exit_on_close (bus, FALSE);
  }
  g_main_loop_run (loop);

  return NULL;
}

static GMainContext *
get_context (void)
{
  static GMainContext *context = NULL;

  if (g_once_init_enter (&context)) {
    GMainContext *made = g_main_context_new ();

    g_thread_unref (g_thread_new ("keyring", run_thread, made));
    g_once_init_leave (&context, made);
  }

  return context;
}

static void
question_free (gpointer data)
{
  Question *self = data;

  g_clear_list (&self->found, g_object_unref);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->task);
  g_free (self); /* plain struct */
}

/* On the thread that asked. */
static gboolean
return_cb (gpointer user_data)
{
  Question *question = user_data;

  if (question->error != NULL)
    g_task_return_error (question->task, g_steal_pointer (&question->error));
  else
    g_task_return_pointer (question->task, g_steal_pointer (&question->key), (GDestroyNotify) g_bytes_unref);

  return G_SOURCE_REMOVE;
}

static void
answer (Question *question)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* What libsecret found belongs to its thread. */
  g_clear_list (&question->found, g_object_unref);
  g_source_set_static_name (source, "[refills] keyring");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, return_cb, question, question_free);
  g_source_attach (source, g_task_get_context (question->task));
}

static gboolean
is_locked_error (const GError *error)
{
  g_autofree char *name = NULL;

  if (error->domain == SECRET_ERROR)
    return error->code == SECRET_ERROR_IS_LOCKED;
  name = g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : NULL;

  return g_strcmp0 (name, "org.freedesktop.Secret.Error.IsLocked") == 0;
}

/* No bus can be had, nothing on it keeps secrets, or it has no place for them: gnome-keyring without a collection says
 * that there is no such method. */
static gboolean
is_absent_error (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    return error->code == G_DBUS_ERROR_SERVICE_UNKNOWN || error->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER ||
           error->code == G_DBUS_ERROR_NO_SERVER || error->code == G_DBUS_ERROR_DISCONNECTED ||
           error->code == G_DBUS_ERROR_UNKNOWN_OBJECT || error->code == G_DBUS_ERROR_UNKNOWN_METHOD ||
           error->code == G_DBUS_ERROR_NO_REPLY ||
           (error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED && error->code <= G_DBUS_ERROR_SPAWN_FILE_INVALID);
  if (error->domain != G_IO_ERROR)
    return FALSE;

  return error->code == G_IO_ERROR_FAILED || error->code == G_IO_ERROR_NOT_FOUND ||
         error->code == G_IO_ERROR_CONNECTION_REFUSED || error->code == G_IO_ERROR_CLOSED ||
         error->code == G_IO_ERROR_BROKEN_PIPE || error->code == G_IO_ERROR_DBUS_ERROR ||
         error->code == G_IO_ERROR_NOT_SUPPORTED || error->code == G_IO_ERROR_PERMISSION_DENIED;
}

static void
take_failure (Question *question,
              GError   *error)
{
  RefillsErrorCode code = REFILLS_ERROR_STORAGE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    question->error = error;
    answer (question);
    return;
  }
  if (is_locked_error (error))
    code = REFILLS_ERROR_LOCKED;
  else if (is_absent_error (error))
    code = REFILLS_ERROR_NO_KEYRING;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
           g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
    code = REFILLS_ERROR_TIMEOUT;
  g_set_error (&question->error, REFILLS_ERROR, (int) code, "the keyring: %s", error->message);
  g_error_free (error); /* ours to free */
  answer (question);
}

static GBytes *
read_key (SecretValue *value)
{
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;

  return text != NULL ? refills_key_new_from_text (text, NULL) : NULL;
}

static SecretValue *
write_key (GBytes *key)
{
  char text[REFILLS_KEY_TEXT_SIZE];
  SecretValue *value = NULL;

  refills_key_write (key, text);
  value = secret_value_new (text, sizeof text - 1, "text/plain");
  refills_key_wipe (text, sizeof text);

  return value;
}

static void
secret_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value =
    secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);

  question->key = read_key (value);
  if (question->key != NULL) {
    answer (question);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    take_failure (question, g_steal_pointer (&error));
    return;
  }
  if (error != NULL && is_locked_error (error))
    question->saw_locked = TRUE;
  ask_next_found (question);
}

static void
ask_next_found (Question *question)
{
  g_autoptr (SecretRetrievable) item = NULL;

  while (question->found != NULL) {
    item = question->found->data;
    question->found = g_list_delete_link (question->found, question->found);
    if (!SECRET_IS_ITEM (item) || !secret_item_get_locked (SECRET_ITEM (item))) {
      secret_retrievable_retrieve_secret (item, g_task_get_cancellable (question->task), secret_read_cb, question);
      return;
    }
    question->saw_locked = TRUE;
    g_clear_object (&item);
  }

  if (question->saw_locked)
    g_set_error_literal (&question->error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "the keyring is locked");
  else
    g_set_error_literal (&question->error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "the keyring has no such key");
  answer (question);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  question->found = secret_password_search_finish (result, &error);
  if (error != NULL)
    take_failure (question, g_steal_pointer (&error));
  else
    ask_next_found (question);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&question->key, g_bytes_unref);
  if (secret_password_store_finish (result, &error)) {
    answer (question);
  } else if (error != NULL) {
    take_failure (question, g_steal_pointer (&error));
  } else {
    /* The person closed the prompt. */
    g_set_error_literal (&question->error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "the keyring was not unlocked");
    answer (question);
  }
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    take_failure (question, g_steal_pointer (&error));
  else
    answer (question);
}

/* On libsecret's thread. */
static gboolean
ask_cb (gpointer user_data)
{
  Question *question = user_data;
  GCancellable *cancellable = g_task_get_cancellable (question->task);
  g_autoptr (SecretValue) value = NULL;

  switch (question->action) {
  case REFILLS_KEYRING_STORE:
    value = write_key (question->key);
    secret_password_storev_binary (&schema, question->attributes, SECRET_COLLECTION_DEFAULT,
                                   _("Key to your orders in Refills"), value, cancellable, stored_cb, question);
    break;
  case REFILLS_KEYRING_CLEAR:
    secret_password_clearv (&schema, question->attributes, cancellable, cleared_cb, question);
    break;
  case REFILLS_KEYRING_LOOKUP:
  default:
    /* Unlike a lookup, a search tells what is locked from what is not there. */
    secret_password_searchv (&schema, question->attributes,
                             SECRET_SEARCH_ALL | (question->may_prompt ? SECRET_SEARCH_UNLOCK : 0), cancellable,
                             found_cb, question);
    break;
  }

  return G_SOURCE_REMOVE;
}

static void
refills_secret_keyring_call_async (RefillsKeyring           *keyring,
                                   const RefillsKeyringCall *call,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  user_data)
{
  Question *question = g_new0 (Question, 1);

  question->task = g_task_new (keyring, cancellable, callback, user_data);
  question->action = call->action;
  question->may_prompt = call->may_prompt;
  question->key = call->key != NULL && call->action == REFILLS_KEYRING_STORE ? g_bytes_ref (call->key) : NULL;
  question->attributes = secret_attributes_build (&schema, "data", call->data, "key", call->name, NULL);
  g_main_context_invoke (get_context (), ask_cb, question);
}

static gboolean
refills_secret_keyring_call_finish (RefillsKeyring  *keyring,
                                    GAsyncResult    *result,
                                    GBytes         **key,
                                    GError         **error)
{
  g_autoptr (GError) failure = NULL;

  *key = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static void
refills_secret_keyring_class_init (RefillsSecretKeyringClass *klass)
{
  RefillsKeyringClass *keyring_class = REFILLS_KEYRING_CLASS (klass);

  keyring_class->call_async = refills_secret_keyring_call_async;
  keyring_class->call_finish = refills_secret_keyring_call_finish;
}

static void
refills_secret_keyring_init (RefillsSecretKeyring *self)
{
}

/**
 * refills_secret_keyring_new:
 *
 * Touches nothing.
 *
 * Returns: (transfer full): the person's keyring
 */
RefillsKeyring *
refills_secret_keyring_new (void)
{
  return g_object_new (REFILLS_TYPE_SECRET_KEYRING, NULL);
}
