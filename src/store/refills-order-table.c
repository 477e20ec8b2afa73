/* refills-order-table.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderTable:
 *
 * The queries on the table of orders, each one transaction. Writes the rows of one environment only; reads
 * those of others where it is told to.
 *
 * Runs on the thread of the order store; blocks. A failed query may leave its transaction open: the
 * store rolls it back. What is handed back is redacted; the ways to a secret are
 * [func@OrderTable.reveal] and [func@OrderTable.read].
 */
#include "refills-order-table.h"

#include "refills-error.h"
#include "refills-order-claim.h"
#include "refills-order-record.h"

static void
reach (RefillsOrderTable *self,
       const char        *name)
{
  if (self->checkpoint != NULL)
    self->checkpoint (name, self->checkpoint_data);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Whether the service waits for money. */
static gboolean
is_payable (RefillsOrderState *state)
{
  RefillsOrderPhase phase = refills_order_state_get_phase (state);

  return phase == REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT || phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID;
}

static gboolean
write_outcome (RefillsDb            *db,
               gint64                row,
               RefillsOrderOutcome   outcome,
               GError              **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "UPDATE orders SET updated_at = ?, outcome = ?, claim = NULL "
                            "WHERE row = ? AND outcome <> ?", error);

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_int (statement, 1, get_now ());
  refills_db_statement_bind_int (statement, 2, outcome);
  refills_db_statement_bind_int (statement, 3, row);
  /* An order that was placed stays so, whatever is thought of its request later. */
  refills_db_statement_bind_int (statement, 4, REFILLS_ORDER_OUTCOME_PLACED);

  return refills_db_statement_step (statement, NULL, error);
}

/* Fills @rows with those that a process was sending when it ended.
 * @environment: (nullable): whose rows, or all */
static gboolean
find_left_behind (RefillsOrderTable  *self,
                  const char         *environment,
                  RefillsDb          *db,
                  GArray             *rows,
                  GError            **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT row FROM orders WHERE (?1 IS NULL OR environment = ?1) "
                            "AND outcome = ?2", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  g_array_set_size (rows, 0);
  refills_db_statement_bind_text (statement, 1, environment);
  refills_db_statement_bind_int (statement, 2, REFILLS_ORDER_OUTCOME_SENDING);
  for (;;) {
    gint64 row;

    if (!refills_db_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    row = refills_db_statement_get_int (statement, 0);
    if (!refills_order_file_row_is_held (self->file, row))
      g_array_append_val (rows, row);
  }
}

/* Inside a transaction, for an intent holds its row before it is committed. */
static gboolean
write_left_behind (RefillsOrderTable  *self,
                   const char         *environment,
                   RefillsDb          *db,
                   GError            **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!find_left_behind (self, environment, db, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    if (!write_outcome (db, g_array_index (rows, gint64, i), REFILLS_ORDER_OUTCOME_UNKNOWN, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
settle_left_behind (RefillsOrderTable  *self,
                    const char         *environment,
                    RefillsDb          *db,
                    GError            **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!find_left_behind (self, environment, db, rows, error))
    return FALSE;

  return rows->len == 0 || (refills_db_begin (db, error) && write_left_behind (self, environment, db, error) &&
                            refills_db_commit (db, error));
}

/* What is only read cannot be settled on disk. */
static RefillsStoredOrder *
settle_read (RefillsOrderTable  *self,
             RefillsStoredOrder *stored)
{
  if (stored->outcome == REFILLS_ORDER_OUTCOME_SENDING && !refills_order_file_row_is_held (self->file, stored->row))
    stored->outcome = REFILLS_ORDER_OUTCOME_UNKNOWN;

  return stored;
}

/**
 * refills_order_table_add_intent:
 * @self: a table
 * @asked: the order that is about to be sent
 * @replace: whether a payable order may be replaced, and the same be ordered again
 * @other: (out): the row that is in the way, or that it replaces; 0 for none
 * @error: return location for an error; `REFILLS_ERROR_PAYABLE_ORDER` or `REFILLS_ERROR_SAME_BASKET` where one has
 *   to be asked first
 *
 * Commits a row for an order before its request goes out.
 *
 * Returns: (transfer full) (nullable): the row, being sent by this process
 */
RefillsStoredOrder *
refills_order_table_add_intent (RefillsOrderTable    *self,
                                RefillsOrderRequest  *asked,
                                gboolean              replace,
                                gint64               *other,
                                GError              **error)
{
  g_autoptr (GBytes) basket = refills_order_claim_hash_basket (self->keys, asked);
  RefillsDb *db = refills_order_file_open_to_write (self->file, error);
  g_autoptr (RefillsOrderRecord) added = NULL;
  gint64 row = 0;

  if (db == NULL || !refills_db_begin (db, error) ||
      !write_left_behind (self, self->environment, db, error) ||
      !refills_order_claim_take (db, self->environment, basket, get_now (), replace, other, error) ||
      !refills_order_record_insert (db, self->keys, self->environment, asked, basket, &row, error) ||
      (*other != 0 && !refills_order_claim_supersede (db, *other, row, error)))
    return NULL;
  /* Nothing is sent that cannot be read again. */
  added = refills_order_record_read (db, self->keys, self->environment, row, error);
  if (added == NULL)
    return NULL;
  refills_order_file_hold_row (self->file, row);
  reach (self, "intent-before-commit");
  if (!refills_db_commit (db, error)) {
    refills_order_file_drop_row (self->file, row);
    return NULL;
  }
  reach (self, "intent-committed");

  return g_steal_pointer (&added->stored);
}

/**
 * refills_order_table_fold:
 * @self: a table
 * @row: a row number
 * @incoming: what the service says now
 * @answer: (nullable): the answer it was read from, whole
 * @is_first: whether it answers the request that made the order; names the checkpoints
 * @error: return location for an error
 *
 * Commits the order id, the merged state and the answer together. A row that has a state keeps what
 * may not change; an answer for another order is refused (`REFILLS_ERROR_PROTOCOL`). Nothing is
 * written where @incoming says nothing new, as most polls do.
 *
 * Returns: (transfer full) (nullable): the row as committed
 */
RefillsStoredOrder *
refills_order_table_fold (RefillsOrderTable    *self,
                          gint64                row,
                          RefillsOrderState    *incoming,
                          GBytes               *answer,
                          gboolean              is_first,
                          GError              **error)
{
  RefillsDb *db = refills_order_file_open_to_write (self->file, error);
  g_autoptr (RefillsOrderRecord) found = NULL;
  g_autoptr (RefillsOrderState) merged = NULL;

  if (db == NULL || !refills_db_begin (db, error))
    return NULL;
  found = refills_order_record_read (db, self->keys, self->environment, row, error);
  if (found == NULL)
    return NULL;
  if (found->state != NULL && g_strcmp0 (refills_order_state_get_order_id (found->state),
                                         refills_order_state_get_order_id (incoming)) != 0) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                 "an answer for another order than that of row %" G_GINT64_FORMAT, row);
    return NULL;
  }
  merged = found->state != NULL ? refills_order_state_merge (found->state, incoming) : g_object_ref (incoming);
  if (!is_first && found->state != NULL && refills_order_state_says_the_same (found->state, merged)) {
    refills_order_file_roll_back (self->file);
    return g_steal_pointer (&found->stored);
  }
  if (!refills_order_record_write_state (db, self->keys, found, merged, answer, error) ||
      !refills_order_claim_settle (db, self->environment, row, is_payable (merged), &found->stored->superseded_by,
                                   error))
    return NULL;
  reach (self, is_first ? "answer-before-commit" : "merge-before-commit");
  if (!refills_db_commit (db, error))
    return NULL;
  refills_order_file_drop_row (self->file, row);
  reach (self, is_first ? "answer-committed" : "merge-committed");

  return g_steal_pointer (&found->stored);
}

/**
 * refills_order_table_set_outcome:
 * @self: a table
 * @row: a row number
 * @outcome: refused or unknown
 * @error: return location for an error
 *
 * Commits what became of a request that made no order we know of. A placed order stays placed. One that was refused
 * gives back what it was to replace; of one that may have been made nobody can tell whether it did.
 *
 * Returns: (transfer full) (nullable): the row as committed
 */
RefillsStoredOrder *
refills_order_table_set_outcome (RefillsOrderTable    *self,
                                 gint64                row,
                                 RefillsOrderOutcome   outcome,
                                 GError              **error)
{
  RefillsDb *db = refills_order_file_open_to_write (self->file, error);
  g_autoptr (RefillsOrderRecord) found = NULL;

  if (db == NULL || !refills_db_begin (db, error))
    return NULL;
  found = refills_order_record_read (db, self->keys, self->environment, row, error);
  if (found == NULL || !write_outcome (db, row, outcome, error))
    return NULL;
  if (outcome == REFILLS_ORDER_OUTCOME_REFUSED && found->stored->outcome != REFILLS_ORDER_OUTCOME_PLACED &&
      !refills_order_claim_give_back (db, self->environment, row, error))
    return NULL;
  if (!refills_db_commit (db, error))
    return NULL;
  refills_order_file_drop_row (self->file, row);
  if (found->stored->outcome != REFILLS_ORDER_OUTCOME_PLACED)
    found->stored->outcome = outcome;

  return g_steal_pointer (&found->stored);
}

/**
 * refills_order_table_mark_notices:
 * @self: a table
 * @row: a row number
 * @notices: bits of what the person was told
 * @error: return location for an error
 *
 * Remembers that the person was told @notices, and what was remembered before. Needs no key.
 */
gboolean
refills_order_table_mark_notices (RefillsOrderTable  *self,
                                  gint64              row,
                                  guint               notices,
                                  GError            **error)
{
  RefillsDb *db = refills_order_file_open_to_write (self->file, error);
  g_autoptr (RefillsDbStatement) statement = NULL;

  if (db == NULL || !refills_db_begin (db, error))
    return FALSE;
  statement = refills_db_prepare (db, "UPDATE orders SET notices = notices | ? WHERE row = ? AND environment = ?",
                                  error);
  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_int (statement, 1, notices);
  refills_db_statement_bind_int (statement, 2, row);
  refills_db_statement_bind_text (statement, 3, self->environment);
  if (!refills_db_statement_step (statement, NULL, error))
    return FALSE;
  reach (self, "notice-before-commit");
  if (!refills_db_commit (db, error))
    return FALSE;
  reach (self, "notice-committed");

  return TRUE;
}

/**
 * refills_order_table_list:
 * @self: a table
 * @everywhere: whether the rows of every environment are read, not only those of this one
 * @error: return location for an error
 *
 * Reads what may be known of the rows without a key, newest first. One that a process was sending when it
 * ended has an unknown outcome from now on; one that a living process is sending is left alone.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsStoredOrder): the rows, sealed
 */
GPtrArray *
refills_order_table_list (RefillsOrderTable  *self,
                          gboolean            everywhere,
                          GError            **error)
{
  const char *environment = everywhere ? NULL : self->environment;
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) refills_stored_order_free);
  g_autoptr (RefillsDbStatement) statement = NULL;
  gint64 above = G_MAXINT64;
  gboolean has_row = FALSE;

  if (db == NULL)
    return NULL;
  if ((refills_order_file_get_condition (self->file) & REFILLS_STORE_CONDITION_ONLY_READ) == 0 &&
      !settle_left_behind (self, environment, db, error))
    return NULL;
  statement = refills_order_record_prepare_list (db, environment, error);
  if (statement == NULL)
    return NULL;
  for (;;) {
    if (!refills_db_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer (&rows);
    g_ptr_array_add (rows, settle_read (self, refills_order_record_read_clear (statement)));
    if (!refills_order_record_is_sound (statement, above, error))
      return NULL;
    above = ((RefillsStoredOrder *) rows->pdata[rows->len - 1])->row;
  }
}

/**
 * refills_order_table_open:
 * @self: a table
 * @row: a row number, of any environment
 * @error: return location for `REFILLS_ERROR_NOT_FOUND`, `REFILLS_ERROR_LOCKED` or `REFILLS_ERROR_STORAGE` (it
 *   is damaged)
 *
 * Returns: (transfer full) (nullable): the row, opened and redacted
 */
RefillsStoredOrder *
refills_order_table_open (RefillsOrderTable  *self,
                          gint64              row,
                          GError            **error)
{
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsOrderRecord) found =
    db != NULL ? refills_order_record_read (db, self->keys, NULL, row, error) : NULL;

  return found != NULL ? settle_read (self, g_steal_pointer (&found->stored)) : NULL;
}

/**
 * refills_order_table_open_all:
 * @self: a table
 * @rows: (element-type RefillsStoredOrder): rows of a list
 *
 * Opens each row that can be opened; the others stay sealed.
 */
void
refills_order_table_open_all (RefillsOrderTable *self,
                              GPtrArray         *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    RefillsStoredOrder *sealed = rows->pdata[i];
    RefillsStoredOrder *opened = refills_order_table_open (self, sealed->row, NULL);

    if (opened == NULL)
      continue;
    rows->pdata[i] = opened;
    refills_stored_order_free (sealed);
  }
}

/**
 * refills_order_table_reveal:
 * @self: a table
 * @row: a row number
 * @delivery: which delivery, from 0
 * @secret: which of its secrets
 * @error: return location for an error; `REFILLS_ERROR_NOT_FOUND` where there is no such secret
 *
 * Returns: (transfer full) (nullable): the secret, exactly as the service sent it
 */
char *
refills_order_table_reveal (RefillsOrderTable  *self,
                            gint64              row,
                            guint               delivery,
                            RefillsSecret       secret,
                            GError            **error)
{
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsOrderRecord) found =
    db != NULL ? refills_order_record_read (db, self->keys, self->environment, row, error) : NULL;
  const char *text = NULL;

  if (found == NULL)
    return NULL;
  if (found->state != NULL && delivery < refills_order_state_get_n_deliveries (found->state))
    text = refills_delivery_get_secret (refills_order_state_get_delivery (found->state, delivery), secret);
  if (text == NULL) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND,
                 "no such secret in row %" G_GINT64_FORMAT, row);
    return NULL;
  }

  return g_strdup (text);
}

/**
 * refills_order_table_read:
 * @self: a table
 * @row: a row number, of any environment
 * @answer: (out) (nullable) (transfer full): the last answer that said something new, whole
 * @error: return location for an error; `REFILLS_ERROR_NOT_FOUND` where there is no order in the row
 *
 * Reads all that is known of an order, its secrets too.
 *
 * Returns: (transfer full) (nullable): the state, not redacted
 */
RefillsOrderState *
refills_order_table_read (RefillsOrderTable  *self,
                          gint64              row,
                          GBytes            **answer,
                          GError            **error)
{
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsOrderRecord) found =
    db != NULL ? refills_order_record_read (db, self->keys, NULL, row, error) : NULL;

  if (found == NULL)
    return NULL;
  if (found->state == NULL) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND,
                 "row %" G_GINT64_FORMAT " has no order", row);
    return NULL;
  }
  *answer = g_steal_pointer (&found->last_answer);

  return g_steal_pointer (&found->state);
}
