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

#include <string.h>

#define SELECT "SELECT row, created_at, outcome, asked, state, environment, uuid, moments, notices, " \
               "superseded_by FROM orders "

enum { COLUMN_ROW, COLUMN_CREATED_AT, COLUMN_OUTCOME, COLUMN_ASKED, COLUMN_STATE, COLUMN_ENVIRONMENT,
       COLUMN_UUID, COLUMN_MOMENTS, COLUMN_NOTICES, COLUMN_SUPERSEDED_BY };

/* Of phases that alternate for ever. */
#define MAX_MOMENTS 64

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

/* The model's variants are stored as `v`, so that one of another shape is known as such when read.
 * @value: (transfer full): whole or floating */
static void
bind_boxed (RefillsDbStatement *statement,
            guint               index,
            GVariant           *value)
{
  g_autoptr (GVariant) owned = g_variant_take_ref (value);

  refills_db_statement_bind_variant (statement, index, g_variant_new_variant (owned));
}

static GVariant *
get_boxed (RefillsDbStatement *statement,
           guint               column)
{
  g_autoptr (GVariant) box = refills_db_statement_get_variant (statement, column,
                                                               G_VARIANT_TYPE_VARIANT);

  return box != NULL ? g_variant_get_variant (box) : NULL;
}

/* Makes the state again from the answers as they came. */
static RefillsOrderState *
read_answers (RefillsDb *db,
              gint64     row)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT first_answer, last_answer FROM orders WHERE row = ?", NULL);
  g_autoptr (RefillsOrderState) state = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_int (statement, 1, row);
  if (!refills_db_statement_step (statement, &has_row, NULL) || !has_row)
    return NULL;
  for (guint column = 0; column < 2; column++) {
    g_autoptr (GBytes) answer = refills_db_statement_get_bytes (statement, column);
    g_autoptr (RefillsOrderState) next =
      answer != NULL ? refills_order_state_new_from_bytes (answer, NULL) : NULL;

    if (state == NULL) {
      g_set_object (&state, next);
    } else if (next != NULL) {
      g_autoptr (RefillsOrderState) merged = refills_order_state_merge (state, next);

      g_set_object (&state, merged);
    }
  }

  return g_steal_pointer (&state);
}

static RefillsOrderState *
read_state (RefillsDb          *db,
            RefillsDbStatement *statement)
{
  g_autoptr (GVariant) variant = get_boxed (statement, COLUMN_STATE);
  g_autoptr (RefillsOrderState) state = NULL;
  gint64 row = refills_db_statement_get_int (statement, COLUMN_ROW);

  if (variant != NULL)
    state = refills_order_state_new_from_variant (variant);
  else if (refills_db_statement_get_int (statement, COLUMN_OUTCOME) != REFILLS_ORDER_OUTCOME_PLACED)
    return NULL;
  if (state == NULL) {
    g_message ("the state of row %" G_GINT64_FORMAT " cannot be read, going by its answers", row);
    state = read_answers (db, row);
  }

  return g_steal_pointer (&state);
}

static GVariant *
make_moments (GVariant *before)
{
  GVariant *moments = before != NULL ? before : g_variant_new ("a(xu)", NULL);

  return g_variant_ref_sink (moments);
}

/* Notes when a phase was reached, unless it is the one that was reached last. */
static void
add_moment (RefillsStoredOrder *stored,
            RefillsOrderPhase   phase)
{
  gsize n_moments = g_variant_n_children (stored->moments);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xu)"));
  g_autoptr (GVariant) before = stored->moments;

  for (gsize i = n_moments > MAX_MOMENTS ? n_moments - MAX_MOMENTS : 0; i < n_moments; i++) {
    g_autoptr (GVariant) moment = g_variant_get_child_value (before, i);
    guint32 last = 0;

    g_variant_get_child (moment, 1, "u", &last);
    g_variant_builder_add_value (&builder, moment);
    if (i + 1 == n_moments && last == (guint32) phase) {
      stored->moments = g_steal_pointer (&before);
      return;
    }
  }
  g_variant_builder_add (&builder, "(xu)", get_now (), (guint32) phase);
  stored->moments = g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
read_clear (RefillsDbStatement *statement,
            RefillsStoredOrder *stored)
{
  g_autoptr (GBytes) uuid = refills_db_statement_get_bytes (statement, COLUMN_UUID);

  if (uuid != NULL && g_bytes_get_size (uuid) == sizeof stored->uuid)
    memcpy (stored->uuid, g_bytes_get_data (uuid, NULL), sizeof stored->uuid);
  stored->moments = make_moments (refills_db_statement_get_variant (statement, COLUMN_MOMENTS,
                                                                    G_VARIANT_TYPE ("a(xu)")));
  stored->notices = (guint) CLAMP (refills_db_statement_get_int (statement, COLUMN_NOTICES), 0, G_MAXINT);
  stored->superseded_by = MAX (refills_db_statement_get_int (statement, COLUMN_SUPERSEDED_BY), 0);
}

/* @state: (out) (optional): the state with its secrets */
static RefillsStoredOrder *
read_stored (RefillsDb           *db,
             RefillsDbStatement  *statement,
             RefillsOrderState  **state)
{
  g_autoptr (GVariant) variant = get_boxed (statement, COLUMN_ASKED);
  g_autoptr (RefillsOrderRequest) asked =
    variant != NULL ? refills_order_request_new_from_variant (variant) : NULL;
  g_autoptr (RefillsOrderState) whole = read_state (db, statement);
  gint64 outcome = refills_db_statement_get_int (statement, COLUMN_OUTCOME);
  RefillsStoredOrder *stored = NULL;

  if (asked == NULL) {
    g_message ("what was asked in row %" G_GINT64_FORMAT " cannot be read",
               refills_db_statement_get_int (statement, COLUMN_ROW));
    return NULL;
  }
  if (outcome < REFILLS_ORDER_OUTCOME_SENDING || outcome > REFILLS_ORDER_OUTCOME_UNKNOWN)
    outcome = REFILLS_ORDER_OUTCOME_UNKNOWN;
  stored = g_new0 (RefillsStoredOrder, 1);
  stored->row = refills_db_statement_get_int (statement, COLUMN_ROW);
  stored->environment = g_strdup (refills_db_statement_get_text (statement, COLUMN_ENVIRONMENT));
  stored->created_at = refills_db_statement_get_int (statement, COLUMN_CREATED_AT);
  stored->asked = g_steal_pointer (&asked);
  stored->outcome = (RefillsOrderOutcome) outcome;
  stored->state = whole != NULL ? refills_order_state_redact (whole) : NULL;
  read_clear (statement, stored);
  if (state != NULL)
    *state = g_steal_pointer (&whole);

  return stored;
}

/* @environment: (nullable): whose row it must be */
static RefillsStoredOrder *
find_row (const char         *environment,
          RefillsDb          *db,
          gint64              row,
          RefillsOrderState **state,
          GError            **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, SELECT "WHERE row = ?1 AND (?2 IS NULL OR environment = ?2)", error);
  g_autoptr (RefillsStoredOrder) stored = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_int (statement, 1, row);
  refills_db_statement_bind_text (statement, 2, environment);
  if (!refills_db_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    stored = read_stored (db, statement, state);
  if (stored == NULL)
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND,
                 "no order in row %" G_GINT64_FORMAT, row);

  return g_steal_pointer (&stored);
}

static gboolean
write_state (RefillsDb          *db,
             RefillsStoredOrder *stored,
             RefillsOrderState  *state,
             GBytes             *answer,
             GError            **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "UPDATE orders SET updated_at = ?, outcome = ?, order_state = ?, phase = ?, "
                            "is_open = ?, coin = COALESCE (?, coin), amount = COALESCE (?, amount), "
                            "moments = ?, state = ?, first_answer = COALESCE (first_answer, ?10), "
                            "last_answer = COALESCE (?10, last_answer) WHERE row = ?11", error);

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_int (statement, 1, get_now ());
  refills_db_statement_bind_int (statement, 2, REFILLS_ORDER_OUTCOME_PLACED);
  refills_db_statement_bind_text (statement, 3, refills_order_state_get_order_state (state));
  refills_db_statement_bind_int (statement, 4, refills_order_state_get_phase (state));
  refills_db_statement_bind_int (statement, 5, !refills_order_state_is_final (state));
  refills_db_statement_bind_text (statement, 6, refills_order_state_get_coin (state));
  refills_db_statement_bind_text (statement, 7, refills_order_state_get_coin_amount (state));
  refills_db_statement_bind_variant (statement, 8, stored->moments);
  bind_boxed (statement, 9, refills_order_state_to_variant (state));
  refills_db_statement_bind_bytes (statement, 10, answer);
  refills_db_statement_bind_int (statement, 11, stored->row);

  return refills_db_statement_step (statement, NULL, error);
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
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsStoredOrder) stored = NULL;
  g_autoptr (RefillsDbStatement) statement = NULL;
  gint64 now = get_now ();
  gint64 row;

  if (db == NULL || !refills_db_begin (db, error) ||
      !write_left_behind (self, self->environment, db, error) ||
      !refills_order_claim_take (db, self->environment, basket, now, replace, other, error))
    return NULL;
  statement = refills_db_prepare (db, "INSERT INTO orders (environment, created_at, updated_at, outcome, "
                                      "brand, face, coin, amount, uuid, asked, basket_hash, claim) VALUES "
                                      "(?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, randomblob (16), ?8, ?9, 1)", error);
  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_text (statement, 1, self->environment);
  refills_db_statement_bind_int (statement, 2, now);
  refills_db_statement_bind_int (statement, 3, REFILLS_ORDER_OUTCOME_SENDING);
  refills_db_statement_bind_text (statement, 4, refills_order_request_get_title (asked));
  refills_db_statement_bind_text (statement, 5, refills_order_request_get_face_label (asked));
  refills_db_statement_bind_text (statement, 6, refills_order_request_get_coin (asked));
  refills_db_statement_bind_text (statement, 7, refills_order_request_get_quoted_amount (asked));
  bind_boxed (statement, 8, refills_order_request_to_variant (asked));
  refills_db_statement_bind_bytes (statement, 9, basket);
  if (!refills_db_statement_step (statement, NULL, error))
    return NULL;
  row = refills_db_get_last_row (db);
  if (*other != 0 && !refills_order_claim_supersede (db, *other, row, error))
    return NULL;
  stored = find_row (self->environment, db, row, NULL, error);
  if (stored == NULL)
    return NULL;
  refills_order_file_hold_row (self->file, row);
  reach (self, "intent-before-commit");
  if (!refills_db_commit (db, error)) {
    refills_order_file_drop_row (self->file, row);
    return NULL;
  }
  reach (self, "intent-committed");

  return g_steal_pointer (&stored);
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
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsStoredOrder) stored = NULL;
  g_autoptr (RefillsOrderState) before = NULL;
  g_autoptr (RefillsOrderState) merged = NULL;

  if (db == NULL || !refills_db_begin (db, error))
    return NULL;
  stored = find_row (self->environment, db, row, &before, error);
  if (stored == NULL)
    return NULL;
  if (before != NULL && g_strcmp0 (refills_order_state_get_order_id (before),
                                   refills_order_state_get_order_id (incoming)) != 0) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                 "an answer for another order than that of row %" G_GINT64_FORMAT, row);
    return NULL;
  }
  merged = before != NULL ? refills_order_state_merge (before, incoming) : g_object_ref (incoming);
  if (!is_first && before != NULL && refills_order_state_says_the_same (before, merged)) {
    refills_order_file_roll_back (self->file);
    return g_steal_pointer (&stored);
  }
  add_moment (stored, refills_order_state_get_phase (merged));
  if (!write_state (db, stored, merged, answer, error) ||
      !refills_order_claim_settle (db, self->environment, row, is_payable (merged), &stored->superseded_by, error))
    return NULL;
  reach (self, is_first ? "answer-before-commit" : "merge-before-commit");
  if (!refills_db_commit (db, error))
    return NULL;
  refills_order_file_drop_row (self->file, row);
  reach (self, is_first ? "answer-committed" : "merge-committed");

  stored->outcome = REFILLS_ORDER_OUTCOME_PLACED;
  g_clear_object (&stored->state);
  stored->state = refills_order_state_redact (merged);

  return g_steal_pointer (&stored);
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
  RefillsDb *db = refills_order_file_open (self->file, error);
  g_autoptr (RefillsStoredOrder) stored = NULL;

  if (db == NULL || !refills_db_begin (db, error))
    return NULL;
  stored = find_row (self->environment, db, row, NULL, error);
  if (stored == NULL || !write_outcome (db, row, outcome, error))
    return NULL;
  if (outcome == REFILLS_ORDER_OUTCOME_REFUSED && stored->outcome != REFILLS_ORDER_OUTCOME_PLACED &&
      !refills_order_claim_give_back (db, self->environment, row, error))
    return NULL;
  if (!refills_db_commit (db, error))
    return NULL;
  refills_order_file_drop_row (self->file, row);
  if (stored->outcome != REFILLS_ORDER_OUTCOME_PLACED)
    stored->outcome = outcome;

  return g_steal_pointer (&stored);
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
  RefillsDb *db = refills_order_file_open (self->file, error);
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
 * Reads the rows, newest first. One that a process was sending when it ended has an
 * unknown outcome from now on; one that a living process is sending is left alone.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsStoredOrder): the rows
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
  gboolean has_row = FALSE;

  if (db == NULL || !settle_left_behind (self, environment, db, error))
    return NULL;
  statement = refills_db_prepare (db, SELECT "WHERE ?1 IS NULL OR environment = ?1 ORDER BY row DESC", error);
  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_text (statement, 1, environment);
  for (;;) {
    RefillsStoredOrder *stored;

    if (!refills_db_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer (&rows);
    stored = read_stored (db, statement, NULL);
    if (stored != NULL)
      g_ptr_array_add (rows, stored);
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
  g_autoptr (RefillsStoredOrder) stored = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  const char *text = NULL;

  if (db == NULL)
    return NULL;
  stored = find_row (self->environment, db, row, &state, error);
  if (stored == NULL)
    return NULL;
  if (state != NULL && delivery < refills_order_state_get_n_deliveries (state))
    text = refills_delivery_get_secret (refills_order_state_get_delivery (state, delivery), secret);
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
  g_autoptr (RefillsStoredOrder) stored = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsDbStatement) statement = NULL;
  gboolean has_row = FALSE;

  if (db == NULL)
    return NULL;
  stored = find_row (NULL, db, row, &state, error);
  if (stored == NULL)
    return NULL;
  if (state == NULL) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND,
                 "row %" G_GINT64_FORMAT " has no order", row);
    return NULL;
  }
  statement = refills_db_prepare (db, "SELECT last_answer FROM orders WHERE row = ?", error);
  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_int (statement, 1, row);
  if (!refills_db_statement_step (statement, &has_row, error))
    return NULL;
  *answer = has_row ? refills_db_statement_get_bytes (statement, 0) : NULL;

  return g_steal_pointer (&state);
}
