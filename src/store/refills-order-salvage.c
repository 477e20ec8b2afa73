/* refills-order-salvage.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderSalvage:
 *
 * Makes a sound database of what is left in a damaged one.
 *
 * An order is whole where all bytes of its record can be read: the row number and the header of the record, the
 * columns beside it, and the pages that the rest of it overflows into, up to the length that the record says it has.
 * Whether anything leads to it does not count: not the pages above it, not the list of cells of its own page, not the
 * first page with the schema, not an index. So every place of every page is looked at, and a record of an order is told
 * by its shape: as many columns as the table has, no value for the row number, an environment, 16 bytes of uuid, and
 * lengths that add up. What is made of zeros, or of anything else, has none of that. Sealed columns are authenticated
 * when the order is opened, so that a forged record brings in no address and no code.
 *
 * Every whole order is carried over. So is one of which only the clear columns can be read, or whose uuid is damaged:
 * it is listed, and what is missing of it is absent. Of several records with one uuid the one counts that is whole,
 * then the one that its page lists, then the newest. No row number is given to another order than before, unless two
 * have the same.
 *
 * The keys are looked for in the same way, and in their copy beside the file. Runs on the store's thread; blocks, and
 * holds the file in memory.
 */
#include "refills-order-salvage.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "refills-db-pages.h"
#include "refills-error.h"
#include "refills-key-copy.h"
#include "refills-key-table.h"
#include "refills-order-schema.h"
#include "refills-stored-order.h"

/* The columns, in order: i integer, t text, b bytes; capitals are never NULL. E and U tell an order: its environment
 * and its uuid. What is not of its kind is absent. */
static const char * const shapes[] = { "", "-EIIItitttttBbbb", "-EIIItiIttttUtbbbbIiiBbbb" };

G_STATIC_ASSERT (G_N_ELEMENTS (shapes) == REFILLS_ORDER_SCHEMA_VERSION + 1);

/* As REFILLS_ORDER_SCHEMA_KEY_COLUMNS, and `name, seq`. */
#define KEY_SHAPE "TIIBBbbii"
#define SEQUENCE_SHAPE "TI"
#define UUID_TYPE (12 + 2 * 16)

enum { CREATED_AT = 2, UPDATED_AT = 3 };

/* Of a number that is damaged itself nothing is known; the next order must still find one. */
#define MAX_GIVEN_OUT (1 << 20)

typedef struct {
  guint version;
  RefillsDbCell *cell;
  gboolean is_listed; /* by its page */
} Found;

typedef struct {
  GHashTable *orders; /* by uuid, or by row and time where there is none */
  GPtrArray *keys;
  gint64 sequence;
} Salvage;

static void
found_free (Found *self)
{
  refills_db_cell_free (self->cell);
  g_free (self); /* plain struct */
}

static void
salvage_free (Salvage *self)
{
  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self); /* plain struct */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Salvage, salvage_free)

static gboolean
is_of_kind (guint64 type,
            char    kind)
{
  switch (kind) {
  case '-':
    return type == 0;
  case 'E':
    return type > 13 && type % 2 == 1;
  case 'U':
    return type == UUID_TYPE;
  case 'I':
    return type >= 1 && type <= 9 && type != 7;
  case 'i':
    return type <= 9 && type != 7;
  case 'T':
    return type >= 13 && type % 2 == 1;
  case 't':
    return type == 0 || (type >= 13 && type % 2 == 1);
  case 'B':
    return type >= 12 && type % 2 == 0;
  default:
    return type == 0 || (type >= 12 && type % 2 == 0);
  }
}

/* @is_exact: whether every column counts; otherwise those do that tell what it is, and the uuid may be damaged where
 * all others are as they should be */
static gboolean
has_shape (const char    *shape,
           gboolean       is_exact,
           const guint64 *types,
           guint          n_columns)
{
  guint n_unlike = 0;
  gboolean is_named = TRUE;

  if (n_columns != strlen (shape))
    return FALSE;
  for (guint i = 0; i < n_columns; i++) {
    if (is_of_kind (types[i], shape[i]))
      continue;
    if (is_exact || shape[i] == '-' || shape[i] == 'E')
      return FALSE;
    n_unlike++;
    is_named = is_named && shape[i] != 'U';
  }

  return is_named || n_unlike == 1;
}

static guint
find_version (const guint64 *types,
              guint          n_columns,
              gboolean       is_exact)
{
  for (guint version = REFILLS_ORDER_SCHEMA_VERSION; version >= 1; version--)
    if (has_shape (shapes[version], is_exact, types, n_columns))
      return version;

  return 0;
}

/* Where a page lists a cell some columns may be damaged. */
static gboolean
accepts_listed (const guint64 *types,
                guint          n_columns,
                gpointer       user_data)
{
  return find_version (types, n_columns, FALSE) != 0 || has_shape (KEY_SHAPE, TRUE, types, n_columns) ||
         has_shape (SEQUENCE_SHAPE, TRUE, types, n_columns);
}

static gboolean
accepts_unlisted (const guint64 *types,
                  guint          n_columns,
                  gpointer       user_data)
{
  return find_version (types, n_columns, TRUE) != 0;
}

static char *
make_name (const Found *found)
{
  const char *shape = shapes[found->version];
  const char *place = strchr (shape, 'U');
  g_autoptr (GBytes) uuid = NULL;
  gint64 created_at = 0;

  if (place != NULL && found->cell->types[place - shape] == UUID_TYPE)
    uuid = refills_db_cell_get_bytes (found->cell, (guint) (place - shape));
  if (uuid != NULL)
    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, uuid);
  refills_db_cell_get_int (found->cell, CREATED_AT, &created_at);

  return g_strdup_printf ("row %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, found->cell->row, created_at);
}

static gint64
get_updated_at (const Found *found)
{
  gint64 updated_at = 0;

  refills_db_cell_get_int (found->cell, UPDATED_AT, &updated_at);

  return updated_at;
}

static gboolean
is_better (const Found *found,
           const Found *than)
{
  gboolean is_whole = refills_db_cell_is_whole (found->cell);

  if (is_whole != refills_db_cell_is_whole (than->cell))
    return is_whole;
  if (found->is_listed != than->is_listed)
    return found->is_listed;

  return get_updated_at (found) > get_updated_at (than);
}

static void
take_key (Salvage       *self,
          RefillsDbCell *cell)
{
  RefillsKeyRecord *record = g_new0 (RefillsKeyRecord, 1);
  gint64 place = 0;

  record->name = refills_db_cell_dup_text (cell, 0);
  refills_db_cell_get_int (cell, 1, &record->made_at);
  refills_db_cell_get_int (cell, 2, &place);
  record->place = place == REFILLS_KEY_PLACE_FILE ? REFILLS_KEY_PLACE_FILE : REFILLS_KEY_PLACE_KEYRING;
  record->proof = refills_db_cell_get_bytes (cell, 3);
  record->wrapped = refills_db_cell_get_bytes (cell, 4);
  record->recovery = refills_db_cell_get_bytes (cell, 5);
  record->salt = refills_db_cell_get_bytes (cell, 6);
  refills_db_cell_get_int (cell, 7, &record->ops);
  refills_db_cell_get_int (cell, 8, &record->memory);
  if (record->name != NULL && g_utf8_validate (record->name, -1, NULL) && record->proof != NULL &&
      record->wrapped != NULL)
    g_ptr_array_add (self->keys, record);
  else
    refills_key_record_free (record);
}

/* @cell: (transfer full) */
static void
take_cell (Salvage       *self,
           RefillsDbCell *cell,
           gboolean       is_listed)
{
  g_autoptr (RefillsDbCell) owned = cell;
  guint version = find_version (cell->types, cell->n_columns, !is_listed);

  if (version != 0) {
    Found *found = g_new0 (Found, 1);
    const Found *other = NULL;
    g_autofree char *name = NULL;

    found->version = version;
    found->cell = g_steal_pointer (&owned);
    found->is_listed = is_listed;
    name = make_name (found);
    other = g_hash_table_lookup (self->orders, name);
    if (other != NULL && !is_better (found, other))
      found_free (found);
    else
      g_hash_table_insert (self->orders, g_steal_pointer (&name), found);
  } else if (has_shape (KEY_SHAPE, TRUE, cell->types, cell->n_columns)) {
    take_key (self, cell);
  } else {
    g_autofree char *table = refills_db_cell_dup_text (cell, 0);
    gint64 sequence = 0;

    if (g_strcmp0 (table, "orders") == 0 && refills_db_cell_get_int (cell, 1, &sequence))
      self->sequence = MAX (self->sequence, sequence);
  }
}

static Salvage *
look_through (const char  *path,
              GError     **error)
{
  g_autoptr (RefillsDbPages) pages = refills_db_pages_read (path, error);
  g_autoptr (Salvage) self = NULL;

  if (pages == NULL)
    return NULL;
  self = g_new0 (Salvage, 1);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) found_free);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_key_record_free);
  for (guint number = 1; number <= refills_db_pages_get_n_pages (pages); number++) {
    g_autoptr (GArray) listed = refills_db_pages_list_cells (pages, number);

    for (guint i = 0; i < listed->len; i++) {
      RefillsDbCell *cell =
        refills_db_pages_read_cell (pages, number, g_array_index (listed, guint, i), accepts_listed, NULL);

      if (cell != NULL)
        take_cell (self, cell, TRUE);
    }
    for (guint offset = 0; offset < refills_db_pages_get_page_bytes (pages); offset++) {
      RefillsDbCell *cell = refills_db_pages_read_cell (pages, number, offset, accepts_unlisted, NULL);

      if (cell != NULL)
        take_cell (self, cell, FALSE);
    }
  }

  return g_steal_pointer (&self);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const Found *left = *(Found * const *) a;
  const Found *right = *(Found * const *) b;
  gint64 left_at = get_updated_at (left), right_at = get_updated_at (right);

  if (left->cell->row != right->cell->row)
    return left->cell->row < right->cell->row ? 1 : -1;

  return (left_at < right_at) - (left_at > right_at);
}

/* What must be there and is not gets the least that can be said. */
static void
bind_column (RefillsDbStatement *insert,
             const Found        *found,
             guint               column)
{
  const char kind = shapes[found->version][column];
  const RefillsDbCell *cell = found->cell;
  gint64 number = 0;

  if (strchr ("Ii", kind) != NULL) {
    gboolean is_there = refills_db_cell_get_int (cell, column, &number);

    if ((column == CREATED_AT || column == UPDATED_AT) && number <= 0)
      refills_db_cell_get_int (cell, column == CREATED_AT ? UPDATED_AT : CREATED_AT, &number);
    if (column == CREATED_AT || column == UPDATED_AT)
      number = MAX (number, 1);
    if (is_there || kind == 'I')
      refills_db_statement_bind_int (insert, column + 1, number);
    else
      refills_db_statement_bind_bytes (insert, column + 1, NULL);
  } else if (strchr ("Et", kind) != NULL) {
    g_autofree char *text = refills_db_cell_dup_text (cell, column);
    g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

    refills_db_statement_bind_text (insert, column + 1, valid == NULL && kind == 'E' ? "" : valid);
  } else {
    g_autoptr (GBytes) bytes = refills_db_cell_get_bytes (cell, column);
    guint8 uuid[REFILLS_STORED_ORDER_UUID_BYTES];

    if (bytes == NULL && kind == 'B')
      bytes = g_bytes_new_static ("", 0);
    if (kind == 'U' && (bytes == NULL || g_bytes_get_size (bytes) != sizeof uuid)) {
      randombytes_buf (uuid, sizeof uuid);
      g_clear_pointer (&bytes, g_bytes_unref);
      bytes = g_bytes_new (uuid, sizeof uuid);
    }
    refills_db_statement_bind_bytes (insert, column + 1, bytes);
  }
}

/* @sql: of which each `?` is a column
 * Returns: whether it went well; @is_written tells whether nothing was in the way */
static gboolean
insert_order (RefillsDb    *to,
              const char   *sql,
              const Found  *found,
              gint64        row,
              gboolean     *is_written,
              GError      **error)
{
  g_autoptr (RefillsDbStatement) insert = refills_db_prepare (to, sql, error);

  if (insert == NULL)
    return FALSE;
  if (row > 0)
    refills_db_statement_bind_int (insert, 1, row);
  else
    refills_db_statement_bind_bytes (insert, 1, NULL);
  for (guint column = 1; column < found->cell->n_columns; column++)
    bind_column (insert, found, column);
  if (!refills_db_statement_step (insert, NULL, error))
    return FALSE;
  *is_written = refills_db_get_n_changes (to) > 0;

  return TRUE;
}

static char *
make_insert (guint    version,
             gboolean is_alone)
{
  const char *columns = refills_order_schema_get_columns (version);
  g_auto (GStrv) names = g_strsplit (columns, ", ", -1);
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++) {
    gboolean is_shared = g_str_equal (names[i], "order_id") || g_str_equal (names[i], "id_hash") ||
                         g_str_equal (names[i], "claim");

    g_string_append_printf (values, is_alone && is_shared ? "%snullif (?%u, ?%u)" : "%s?%u", i > 0 ? ", " : "", i + 1,
                            i + 1);
  }

  return g_strdup_printf ("INSERT OR IGNORE INTO orders (%s) VALUES (%s)", columns, values->str);
}

/* What may be there once only is in no order's way: a page of before a write that was lost may have the claim, or an
 * order's id, a second time. The newest keeps it. One whose row number is another's, or is none, gets a new one. */
static gboolean
write_orders (Salvage    *self,
              RefillsDb  *to,
              guint       version,
              guint      *n_orders,
              GError    **error)
{
  g_autofree char *as_it_is = make_insert (version, FALSE);
  g_autofree char *without = make_insert (version, TRUE);
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Found *) value)->version == version)
      g_ptr_array_add (orders, value);
  g_ptr_array_sort (orders, compare_newest_first);
  for (guint i = 0; i < orders->len; i++) {
    const Found *found = orders->pdata[i];
    gboolean is_written = FALSE;
    gint64 row = found->cell->row;

    if (row > 0 && row < G_MAXINT64 / 2 &&
        (!insert_order (to, as_it_is, found, row, &is_written, error) ||
         (!is_written && !insert_order (to, without, found, row, &is_written, error))))
      return FALSE;
    if (is_written) {
      orders->pdata[i] = NULL;
      ++*n_orders;
    }
  }
  for (guint i = 0; i < orders->len; i++) {
    gboolean is_written = FALSE;

    if (orders->pdata[i] == NULL)
      continue;
    if (!insert_order (to, without, orders->pdata[i], 0, &is_written, error))
      return FALSE;
    *n_orders += is_written;
  }

  return version == 1 ||
         refills_db_execute (to, "UPDATE orders SET superseded_by = (SELECT newer.row FROM orders AS newer "
                                 "WHERE newer.environment = orders.environment AND newer.claim = 1 "
                                 "AND newer.row > orders.row) "
                                 "WHERE claim IS NULL AND superseded_by IS NULL AND outcome = 1 AND phase IN (1, 2)",
                             error);
}

/* A row number that was given out once is never given to another order.
 * @most: how many more than there are may have been given out */
static gboolean
write_sequence (RefillsDb  *to,
                gint64      sequence,
                gint64      most,
                GError    **error)
{
  g_autoptr (RefillsDbStatement) largest = refills_db_prepare (to, "SELECT max (row) FROM orders", error);
  g_autoptr (RefillsDbStatement) insert = NULL;
  gboolean has_row = FALSE;
  gint64 last = 0;

  if (largest == NULL || !refills_db_statement_step (largest, &has_row, error))
    return FALSE;
  last = has_row ? refills_db_statement_get_int (largest, 0) : 0;
  if (sequence <= last || sequence - last > most)
    return TRUE;
  insert = refills_db_execute (to, "DELETE FROM sqlite_sequence WHERE name = 'orders'", error)
             ? refills_db_prepare (to, "INSERT INTO sqlite_sequence (name, seq) VALUES ('orders', ?)", error) : NULL;
  if (insert == NULL)
    return FALSE;
  refills_db_statement_bind_int (insert, 1, sequence);

  return refills_db_statement_step (insert, NULL, error);
}

/* The version of the schema, where it can be read; else that of the orders that were found. */
static gboolean
choose_version (const char  *path,
                Salvage     *found,
                guint       *version,
                GError     **error)
{
  g_autoptr (RefillsDb) from = refills_db_open_to_read (path, NULL);
  guint written = 0;
  GHashTableIter iter;
  gpointer order = NULL;

  if (from != NULL && refills_db_get_version (from, &written, NULL) && written > REFILLS_ORDER_SCHEMA_VERSION) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER,
                 "the damaged database is of version %u, newer than %u", written, REFILLS_ORDER_SCHEMA_VERSION);
    return FALSE;
  }
  *version = 0;
  g_hash_table_iter_init (&iter, found->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    *version = MAX (*version, ((Found *) order)->version);
  if (*version == 0)
    *version = REFILLS_ORDER_SCHEMA_VERSION;

  return TRUE;
}

/**
 * refills_order_salvage_write:
 * @path: file name of a damaged database, or of none; nobody else has it open
 * @part: file name of a new one
 * @n_orders: (inout): how many orders were carried over is added to it
 * @error: return location for an error; `REFILLS_ERROR_STORAGE_NEWER` where a newer version made it
 *
 * Writes what can be read of the one to the other, on the disk. Orders of an older version are written as such, and
 * brought up to date then.
 */
gboolean
refills_order_salvage_write (const char  *path,
                             const char  *part,
                             guint       *n_orders,
                             GError     **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-%u", part, REFILLS_ORDER_SCHEMA_VERSION);
  g_autoptr (Salvage) found = look_through (path, error);
  g_autoptr (GPtrArray) copies = refills_key_copy_read (path);
  g_autoptr (RefillsDb) to = NULL;
  guint version = 0;

  if (found == NULL || !choose_version (path, found, &version, error))
    return FALSE;
  to = refills_db_open (part, error);
  if (to == NULL || !refills_order_schema_migrate (to, version, error) || !refills_db_begin (to, error) ||
      !write_orders (found, to, version, n_orders, error) ||
      !write_sequence (to, found->sequence, MAX_GIVEN_OUT, error) ||
      !refills_db_commit (to, error) || !refills_order_schema_migrate (to, REFILLS_ORDER_SCHEMA_VERSION, error) ||
      !refills_key_table_put_back (to, found->keys, copies, error) ||
      !refills_key_table_restore (to, copies, error))
    return FALSE;
  /* The damaged file is kept whole, so this is not needed. */
  g_unlink (copy);

  return refills_db_empty_log (to, NULL, error);
}

/**
 * refills_order_salvage_copy_sequence:
 * @from: a sound database
 * @to: an empty one, in a transaction
 * @error: return location for an error
 *
 * Lets @to give out no row number that @from gave out.
 */
gboolean
refills_order_salvage_copy_sequence (RefillsDb  *from,
                                     RefillsDb  *to,
                                     GError    **error)
{
  g_autoptr (RefillsDbStatement) select =
    refills_db_prepare (from, "SELECT seq FROM sqlite_sequence WHERE name = 'orders'", error);
  gboolean has_row = FALSE;

  if (select == NULL || !refills_db_statement_step (select, &has_row, error))
    return FALSE;

  return !has_row || write_sequence (to, refills_db_statement_get_int (select, 0), G_MAXINT64, error);
}
