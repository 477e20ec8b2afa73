/* refills-order-schema.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderSchema:
 *
 * The tables that the orders and their keys are in, from the first version to this one.
 *
 * A step is never changed once a release has it. The numbers in outcome and phase are those of
 * RefillsOrderOutcome and RefillsOrderPhase. What each column is for:
 *
 * - uuid: 16 random bytes; what is sealed is sealed for this row by them.
 * - key: the name of the key that asked, state, first_answer and last_answer are sealed with; NULL where they
 *   are plain, as version 1 wrote them.
 * - id_hash, basket_hash: keyed hashes of the service's order id and of what was ordered, so that both can be
 *   found again without being readable.
 * - is_open: whether the order was made and more is to come.
 * - outline: what a list shows, without order id, code, recipient or address.
 * - moments: `a(xu)`, epoch seconds and the phase that was reached then.
 * - notices: bits of what the person was told already.
 * - claim: 1 for the one order of an environment that is being sent or waits for its payment.
 * - superseded_by: the row of the order that replaced it.
 *
 * What is in keys is in keys_again as well, kept so by triggers: a damaged page of the one leaves the other.
 */
#include "refills-order-schema.h"

#include "refills-order-outline.h"
#include "refills-order.h"

static GVariant *
get_boxed (RefillsDbStatement *statement,
           guint               column)
{
  g_autoptr (GVariant) box = refills_db_statement_get_variant (statement, column, G_VARIANT_TYPE_VARIANT);

  return box != NULL ? g_variant_get_variant (box) : NULL;
}

/* Version 1 had everything in clear, and nothing for a list but that. */
static gboolean
write_outlines (RefillsDb  *db,
                GError    **error)
{
  g_autoptr (RefillsDbStatement) select =
    refills_db_prepare (db, "SELECT row, asked, state, updated_at FROM orders", error);
  g_autoptr (RefillsDbStatement) update =
    select != NULL ? refills_db_prepare (db, "UPDATE orders SET outline = ?1, moments = ?2, "
                                             "is_open = COALESCE (?3, is_open) WHERE row = ?4", error) : NULL;
  gboolean has_row = FALSE;

  if (update == NULL)
    return FALSE;
  for (;;) {
    g_autoptr (GVariant) asked_variant = NULL;
    g_autoptr (GVariant) state_variant = NULL;
    g_autoptr (RefillsOrderRequest) asked = NULL;
    g_autoptr (RefillsOrderState) state = NULL;

    if (!refills_db_statement_step (select, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    asked_variant = get_boxed (select, 1);
    state_variant = get_boxed (select, 2);
    asked = asked_variant != NULL ? refills_order_request_new_from_variant (asked_variant) : NULL;
    state = state_variant != NULL ? refills_order_state_new_from_variant (state_variant) : NULL;
    refills_db_statement_bind_variant (update, 1, asked != NULL ? refills_order_outline_new (asked, state) : NULL);
    if (state != NULL) {
      GVariant *moment = g_variant_new ("(xu)", refills_db_statement_get_int (select, 3),
                                        (guint32) refills_order_state_get_phase (state));

      refills_db_statement_bind_variant (update, 2, g_variant_new_array (NULL, &moment, 1));
      refills_db_statement_bind_int (update, 3, !refills_order_state_is_final (state));
    } else {
      refills_db_statement_bind_bytes (update, 2, NULL);
      refills_db_statement_bind_bytes (update, 3, NULL);
    }
    refills_db_statement_bind_int (update, 4, refills_db_statement_get_int (select, 0));
    if (!refills_db_statement_step (update, NULL, error))
      return FALSE;
  }
}

static const RefillsDbMigration migrations[REFILLS_ORDER_SCHEMA_VERSION] = {
  {
    .sql =
    "CREATE TABLE orders ("
    "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  environment TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL,"
    "  updated_at INTEGER NOT NULL,"
    "  outcome INTEGER NOT NULL,"
    "  order_state TEXT,"
    "  phase INTEGER,"
    "  brand TEXT,"
    "  face TEXT,"
    "  coin TEXT,"
    "  amount TEXT,"
    "  order_id TEXT,"
    "  asked BLOB NOT NULL,"
    "  state BLOB,"
    "  first_answer BLOB,"
    "  last_answer BLOB,"
    "  UNIQUE (environment, order_id)"
    ");",
  },
  {
    /* A column of a constraint cannot be dropped, so the table is made anew. */
    .sql =
    "ALTER TABLE orders RENAME TO orders_before;"
    "CREATE TABLE orders ("
    "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  environment TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL,"
    "  updated_at INTEGER NOT NULL,"
    "  outcome INTEGER NOT NULL,"
    "  order_state TEXT,"
    "  phase INTEGER,"
    "  is_open INTEGER NOT NULL DEFAULT 0,"
    "  brand TEXT,"
    "  face TEXT,"
    "  coin TEXT,"
    "  amount TEXT,"
    "  uuid BLOB NOT NULL,"
    "  key TEXT,"
    "  id_hash BLOB,"
    "  basket_hash BLOB,"
    "  outline BLOB,"
    "  moments BLOB,"
    "  notices INTEGER NOT NULL DEFAULT 0,"
    "  claim INTEGER,"
    "  superseded_by INTEGER,"
    "  asked BLOB NOT NULL,"
    "  state BLOB,"
    "  first_answer BLOB,"
    "  last_answer BLOB,"
    "  UNIQUE (environment, id_hash)"
    ");"
    "CREATE UNIQUE INDEX orders_claim ON orders (environment) WHERE claim = 1;"
    /* Nobody wants to be told of what is long over. */
    "INSERT INTO orders (row, environment, created_at, updated_at, outcome, order_state, phase, is_open, brand,"
    "  face, coin, amount, uuid, notices, asked, state, first_answer, last_answer)"
    "  SELECT row, environment, created_at, updated_at, outcome, order_state, phase, outcome = 1, brand,"
    "    face, coin, amount, randomblob (16), CASE WHEN phase >= 7 THEN 7 WHEN phase >= 4 THEN 1 WHEN phase = 3 THEN 4"
    "    ELSE 0 END, asked, state, first_answer, last_answer FROM orders_before;"
    "DELETE FROM sqlite_sequence WHERE name = 'orders';"
    "INSERT INTO sqlite_sequence (name, seq)"
    "  SELECT 'orders', seq FROM sqlite_sequence WHERE name = 'orders_before';"
    "DROP TABLE orders_before;"
    /* What was reached before anything was told is no news. */
    "UPDATE orders SET notices = CASE WHEN phase >= 7 THEN 7 WHEN phase >= 4 THEN 1 ELSE 4 END WHERE phase >= 3;"
    "UPDATE orders SET claim = 1 WHERE row IN"
    "  (SELECT max (row) FROM orders WHERE outcome = 1 AND phase IN (1, 2) GROUP BY environment);"
    "CREATE TABLE keys ("
    "  name TEXT PRIMARY KEY,"
    "  made_at INTEGER NOT NULL,"
    "  place INTEGER NOT NULL,"
    "  proof BLOB NOT NULL,"
    "  wrapped BLOB NOT NULL,"
    "  recovery BLOB,"
    "  salt BLOB,"
    "  ops INTEGER,"
    "  memory INTEGER"
    ");"
    /* Without its key every order is lost. So each is there twice, in different pages of the file. */
    "CREATE TABLE keys_again AS SELECT * FROM keys;"
    "CREATE TRIGGER keys_added AFTER INSERT ON keys BEGIN"
    "  INSERT INTO keys_again SELECT * FROM keys WHERE name = new.name;"
    "END;"
    "CREATE TRIGGER keys_changed AFTER UPDATE ON keys BEGIN"
    "  DELETE FROM keys_again WHERE name = new.name;"
    "  INSERT INTO keys_again SELECT * FROM keys WHERE name = new.name;"
    "END;",
    .run = write_outlines,
  },
};

/* SQL has their numbers. */
G_STATIC_ASSERT (REFILLS_ORDER_OUTCOME_PLACED == 1);
G_STATIC_ASSERT (REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT == 1 && REFILLS_ORDER_PHASE_PARTIALLY_PAID == 2 &&
                 REFILLS_ORDER_PHASE_EXPIRED == 3 && REFILLS_ORDER_PHASE_PAYMENT_SEEN == 4 &&
                 REFILLS_ORDER_PHASE_SETUP_FAILED == 7);
G_STATIC_ASSERT (REFILLS_ORDER_PHASE_EXPIRED == 3 && REFILLS_ORDER_PHASE_PAYMENT_SEEN == 4 &&
                 REFILLS_ORDER_PHASE_SETUP_FAILED == 7);

/**
 * refills_order_schema_migrate:
 * @db: a connection outside of any transaction
 * @version: to which version, from 1
 * @error: return location for an error
 *
 * Brings a database to @version, as [method@Db.migrate] does.
 */
gboolean
refills_order_schema_migrate (RefillsDb  *db,
                              guint       version,
                              GError    **error)
{
  g_return_val_if_fail (version >= 1 && version <= REFILLS_ORDER_SCHEMA_VERSION, FALSE);

  return refills_db_migrate (db, migrations, version, error);
}

/**
 * refills_order_schema_get_columns:
 * @version: a version, from 1
 *
 * Returns: the columns of the orders in that version, for a statement
 */
const char *
refills_order_schema_get_columns (guint version)
{
  if (version == 1)
    return "row, environment, created_at, updated_at, outcome, order_state, phase, brand, face, coin, amount, "
           "order_id, asked, state, first_answer, last_answer";

  return "row, environment, created_at, updated_at, outcome, order_state, phase, is_open, brand, face, coin, "
         "amount, uuid, key, id_hash, basket_hash, outline, moments, notices, claim, superseded_by, asked, "
         "state, first_answer, last_answer";
}

/**
 * refills_order_schema_can_read:
 * @db: a connection to a database of a newer version
 *
 * A newer version may have kept the columns that this one reads; what they mean is in what they hold.
 *
 * Returns: whether all are there
 */
gboolean
refills_order_schema_can_read (RefillsDb *db)
{
  g_autofree char *orders =
    g_strdup_printf ("SELECT %s FROM orders", refills_order_schema_get_columns (REFILLS_ORDER_SCHEMA_VERSION));
  g_autoptr (RefillsDbStatement) rows = refills_db_prepare (db, orders, NULL);
  g_autoptr (RefillsDbStatement) keys =
    rows != NULL ? refills_db_prepare (db, "SELECT " REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys", NULL) : NULL;

  return keys != NULL;
}

/* What SQLite wrote of a table by itself is not the same in every version of it. */
static GHashTable *
describe (RefillsDb *db)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || "
                            "iif (name = 'keys_again', '', coalesce (sql, '')) FROM sqlite_schema", NULL);
  GHashTable *parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean has_row = FALSE;

  while (statement != NULL && refills_db_statement_step (statement, &has_row, NULL) && has_row) {
    const char *part = refills_db_statement_get_text (statement, 0);

    g_hash_table_add (parts, g_strdup (part != NULL ? part : ""));
  }

  return parts;
}

/**
 * refills_order_schema_is_sound:
 * @db: a connection
 * @version: the version that it says it has, 0 for a new one
 *
 * A letter of a name may have changed. What is there besides is none of ours, and in nobody's way.
 *
 * Returns: whether all that @version has is there, just as it was made; of a new one, whether nothing is there
 */
gboolean
refills_order_schema_is_sound (RefillsDb *db,
                               guint      version)
{
  g_autoptr (RefillsDb) sound = refills_db_open_in_memory (NULL, NULL);
  g_autoptr (GHashTable) found = describe (db);
  g_autoptr (GHashTable) wanted = NULL;
  GHashTableIter iter;
  gpointer part = NULL;

  if (version == 0)
    return g_hash_table_size (found) == 0;
  if (sound == NULL || !refills_order_schema_migrate (sound, version, NULL))
    return TRUE;
  wanted = describe (sound);
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &part, NULL))
    if (!g_hash_table_contains (found, part))
      return FALSE;

  return TRUE;
}
