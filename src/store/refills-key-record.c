/* refills-key-record.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsKeyRecord:
 *
 * How a data key is kept: sealed twice, by a wrapping key that the keyring or a file holds, and by a key that is made
 * of the recovery passphrase; and a check value, so that a key is never taken for this one that is another. What seals
 * is bound to the record's name. No I/O; the calls with a passphrase take a good part of a second.
 */
#include "refills-key-record.h"

#include <string.h>

#include "refills-error.h"
#include "refills-key.h"

#define PROOF "refills"
#define NAME_BYTES 8
#define RECOVERY_OPS 3
#define RECOVERY_MEMORY (64 * 1024 * 1024)

static char *
dup_context (const RefillsKeyRecord *self,
             const char             *what)
{
  return g_strconcat ("key ", self->name, " ", what, NULL);
}

static GBytes *
seal (const RefillsKeyRecord  *self,
      const char              *what,
      GBytes                  *key,
      GBytes                  *plain,
      GError                 **error)
{
  g_autofree char *context = dup_context (self, what);

  return refills_key_seal (key, context, plain, error);
}

/* What comes out is a key only where the check value says so. */
static GBytes *
open_key (const RefillsKeyRecord  *self,
          const char              *what,
          GBytes                  *key,
          GBytes                  *sealed,
          GError                 **error)
{
  g_autofree char *context = dup_context (self, what);
  g_autofree char *proof_context = dup_context (self, "proof");
  g_autoptr (GBytes) data_key = refills_key_open (key, context, sealed, error);
  g_autoptr (GBytes) proof = NULL;

  if (data_key == NULL)
    return NULL;
  proof = refills_key_open (data_key, proof_context, self->proof, error);

  return proof != NULL ? g_steal_pointer (&data_key) : NULL;
}

/**
 * refills_key_record_new:
 * @data_key: 32 bytes
 * @wrapping_key: 32 bytes
 * @place: what keeps @wrapping_key
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Makes the record of a new data key, with a name that no other has.
 *
 * Returns: (transfer full) (nullable): the record
 */
RefillsKeyRecord *
refills_key_record_new (GBytes           *data_key,
                        GBytes           *wrapping_key,
                        RefillsKeyPlace   place,
                        GError          **error)
{
  g_autoptr (RefillsKeyRecord) self = g_new0 (RefillsKeyRecord, 1);
  g_autoptr (GBytes) proof = g_bytes_new_static (PROOF, strlen (PROOF));
  g_autoptr (GBytes) random = refills_key_new_salt (error);
  const guint8 *bytes = NULL;
  GString *name = NULL;

  if (random == NULL)
    return NULL;
  bytes = g_bytes_get_data (random, NULL);
  name = g_string_new (NULL);
  for (guint i = 0; i < NAME_BYTES; i++)
    g_string_append_printf (name, "%02x", bytes[i]);
  self->name = g_string_free (name, FALSE);
  self->made_at = g_get_real_time () / G_USEC_PER_SEC;
  self->proof = seal (self, "proof", data_key, proof, error);
  if (self->proof == NULL || !refills_key_record_wrap (self, data_key, wrapping_key, place, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_key_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a copy
 */
RefillsKeyRecord *
refills_key_record_copy (const RefillsKeyRecord *self)
{
  RefillsKeyRecord *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->proof = self->proof != NULL ? g_bytes_ref (self->proof) : NULL;
  copy->wrapped = self->wrapped != NULL ? g_bytes_ref (self->wrapped) : NULL;
  copy->recovery = self->recovery != NULL ? g_bytes_ref (self->recovery) : NULL;
  copy->salt = self->salt != NULL ? g_bytes_ref (self->salt) : NULL;

  return copy;
}

/**
 * refills_key_record_free:
 * @self: (transfer full): a record
 */
void
refills_key_record_free (RefillsKeyRecord *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->proof, g_bytes_unref);
  g_clear_pointer (&self->wrapped, g_bytes_unref);
  g_clear_pointer (&self->recovery, g_bytes_unref);
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_free (self); /* plain struct */
}

/**
 * refills_key_record_unwrap:
 * @self: a record
 * @wrapping_key: 32 bytes, maybe of another record
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): the data key
 */
GBytes *
refills_key_record_unwrap (const RefillsKeyRecord  *self,
                           GBytes                  *wrapping_key,
                           GError                 **error)
{
  return open_key (self, "wrapped", wrapping_key, self->wrapped, error);
}

/**
 * refills_key_record_recover:
 * @self: a record with a recovery
 * @passphrase: what the person typed
 * @error: return location for `REFILLS_ERROR_WRONG_PASSPHRASE` or `REFILLS_ERROR_STORAGE`
 *
 * Slow; not on the main thread.
 *
 * Returns: (transfer full) (nullable): the data key
 */
GBytes *
refills_key_record_recover (const RefillsKeyRecord  *self,
                            const char              *passphrase,
                            GError                 **error)
{
  g_autoptr (GBytes) key = NULL;
  GBytes *data_key = NULL;

  if (self->recovery == NULL || self->salt == NULL) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "there is no recovery");
    return NULL;
  }
  key = refills_key_new_from_passphrase (passphrase, self->salt, self->ops, self->memory, error);
  if (key == NULL)
    return NULL;
  data_key = open_key (self, "recovery", key, self->recovery, NULL);
  if (data_key == NULL)
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_WRONG_PASSPHRASE, "the passphrase opens nothing");

  return data_key;
}

/**
 * refills_key_record_wrap:
 * @self: a record
 * @data_key: its key
 * @wrapping_key: 32 bytes
 * @place: what keeps @wrapping_key
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Wraps the key anew. After a failure the record is as it was.
 */
gboolean
refills_key_record_wrap (RefillsKeyRecord  *self,
                         GBytes            *data_key,
                         GBytes            *wrapping_key,
                         RefillsKeyPlace    place,
                         GError           **error)
{
  g_autoptr (GBytes) wrapped = seal (self, "wrapped", wrapping_key, data_key, error);

  if (wrapped == NULL)
    return FALSE;
  g_clear_pointer (&self->wrapped, g_bytes_unref);
  self->wrapped = g_steal_pointer (&wrapped);
  self->place = place;

  return TRUE;
}

/**
 * refills_key_record_set_recovery:
 * @self: a record
 * @data_key: its key
 * @passphrase: what the person will remember
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Seals the key for a passphrase, in place of one before. Slow; not on the main thread. After a failure the record is
 * as it was.
 */
gboolean
refills_key_record_set_recovery (RefillsKeyRecord  *self,
                                 GBytes            *data_key,
                                 const char        *passphrase,
                                 GError           **error)
{
  g_autoptr (GBytes) salt = refills_key_new_salt (error);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) recovery = NULL;

  if (salt == NULL)
    return FALSE;
  key = refills_key_new_from_passphrase (passphrase, salt, RECOVERY_OPS, RECOVERY_MEMORY, error);
  recovery = key != NULL ? seal (self, "recovery", key, data_key, error) : NULL;
  if (recovery == NULL)
    return FALSE;
  g_clear_pointer (&self->recovery, g_bytes_unref);
  g_clear_pointer (&self->salt, g_bytes_unref);
  self->recovery = g_steal_pointer (&recovery);
  self->salt = g_steal_pointer (&salt);
  self->ops = RECOVERY_OPS;
  self->memory = RECOVERY_MEMORY;

  return TRUE;
}
