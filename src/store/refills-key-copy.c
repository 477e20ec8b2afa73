/* refills-key-copy.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A second copy of the records of keys, in a file beside the database (`PATH.keys`): one damaged page of the database
 * would otherwise cost every code there is. It holds what the table holds, keys that are wrapped and nothing that opens
 * them, and is read only when the table has lost a record. Blocks; on the store's thread.
 */
#include "refills-key-copy.h"

#include <string.h>

#define MAGIC "refills keys 1\n"
#define DIGEST_BYTES 32
#define RECORDS_TYPE "a(sxxayayayayxx)"
/* A person has one key, or a few. */
#define MAX_BYTES (64 * 1024)

static char *
get_path (const char *database)
{
  return g_strconcat (database, ".keys", NULL);
}

static GVariant *
write_bytes (GBytes *bytes)
{
  return bytes != NULL ? g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE)
                       : g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0);
}

static GBytes *
read_bytes (GVariant *record,
            gsize     index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (record, index);

  return g_variant_n_children (child) > 0 ? g_bytes_new (g_variant_get_data (child), g_variant_get_size (child)) : NULL;
}

static RefillsKeyRecord *
read_record (GVariant *value)
{
  g_autoptr (RefillsKeyRecord) record = g_new0 (RefillsKeyRecord, 1);
  gint64 place = 0;

  g_variant_get_child (value, 0, "s", &record->name);
  g_variant_get_child (value, 1, "x", &record->made_at);
  g_variant_get_child (value, 2, "x", &place);
  record->place = place == REFILLS_KEY_PLACE_FILE ? REFILLS_KEY_PLACE_FILE : REFILLS_KEY_PLACE_KEYRING;
  record->proof = read_bytes (value, 3);
  record->wrapped = read_bytes (value, 4);
  record->recovery = read_bytes (value, 5);
  record->salt = read_bytes (value, 6);
  g_variant_get_child (value, 7, "x", &record->ops);
  g_variant_get_child (value, 8, "x", &record->memory);

  return record->proof != NULL && record->wrapped != NULL ? g_steal_pointer (&record) : NULL;
}

static void
get_digest (const char *data,
            gsize       size,
            guint8     *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = DIGEST_BYTES;

  g_checksum_update (checksum, (const guchar *) data, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
}

/**
 * refills_key_copy_read:
 * @database: file name of the database
 *
 * Returns: (transfer full) (element-type RefillsKeyRecord): the records in the copy; none where there is no copy, or it
 *   is damaged itself
 */
GPtrArray *
refills_key_copy_read (const char *database)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_key_record_free);
  g_autofree char *path = get_path (database);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) list = NULL;
  guint8 digest[DIGEST_BYTES];
  gsize head = strlen (MAGIC) + DIGEST_BYTES;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, NULL) || length < head || length > MAX_BYTES ||
      memcmp (contents, MAGIC, strlen (MAGIC)) != 0)
    return g_steal_pointer (&records);
  get_digest (contents + head, length - head, digest);
  if (memcmp (contents + strlen (MAGIC), digest, DIGEST_BYTES) != 0) {
    g_message ("the copy of the keys is damaged");
    return g_steal_pointer (&records);
  }

  /* In memory of its own, since a variant wants it aligned. */
  bytes = g_bytes_new (contents + head, length - head);
  list = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORDS_TYPE), bytes, FALSE));
  for (gsize i = 0; i < g_variant_n_children (list); i++) {
    g_autoptr (GVariant) value = g_variant_get_child_value (list, i);
    RefillsKeyRecord *record = read_record (value);

    if (record != NULL)
      g_ptr_array_add (records, record);
  }

  return g_steal_pointer (&records);
}

/**
 * refills_key_copy_write:
 * @database: file name of the database
 * @records: (element-type RefillsKeyRecord): all that are in its table
 *
 * Replaces the copy, whole or not at all. That it cannot be written keeps nobody from anything.
 */
void
refills_key_copy_write (const char *database,
                        GPtrArray  *records)
{
  g_autofree char *path = get_path (database);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (RECORDS_TYPE));
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 digest[DIGEST_BYTES];

  for (guint i = 0; i < records->len; i++) {
    const RefillsKeyRecord *record = records->pdata[i];

    g_variant_builder_add (&builder, "(sxx@ay@ay@ay@ayxx)", record->name, record->made_at, (gint64) record->place,
                           write_bytes (record->proof), write_bytes (record->wrapped),
                           write_bytes (record->recovery), write_bytes (record->salt), record->ops, record->memory);
  }
  list = g_variant_ref_sink (g_variant_builder_end (&builder));
  get_digest (g_variant_get_data (list), g_variant_get_size (list), digest);
  g_byte_array_append (contents, (const guint8 *) MAGIC, strlen (MAGIC));
  g_byte_array_append (contents, digest, sizeof digest);
  g_byte_array_append (contents, g_variant_get_data (list), (guint) g_variant_get_size (list));
  if (!g_file_set_contents_full (path, (const char *) contents->data, contents->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    g_message ("no second copy of the keys: %s", error->message);
}

/**
 * refills_key_copy_lacks:
 * @database: file name of the database
 * @records: (element-type RefillsKeyRecord): all that are in its table
 *
 * Returns: whether one of @records is not in the copy. How it is wrapped does not count: what differs may be what is
 *   damaged in the table.
 */
gboolean
refills_key_copy_lacks (const char *database,
                        GPtrArray  *records)
{
  g_autoptr (GPtrArray) copies = refills_key_copy_read (database);

  for (guint i = 0; i < records->len; i++) {
    const RefillsKeyRecord *record = records->pdata[i];
    gboolean is_there = FALSE;

    for (guint k = 0; k < copies->len; k++) {
      const RefillsKeyRecord *copy = copies->pdata[k];

      is_there = is_there || g_str_equal (copy->name, record->name);
    }
    if (!is_there)
      return TRUE;
  }

  return FALSE;
}
