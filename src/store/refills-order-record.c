/* refills-order-record.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderRecord:
 *
 * One row of the table of orders: what of it is sealed and how, and what of it a list may know.
 *
 * What was asked, the state and the answers are sealed with the key that the row names, each for its own
 * column of its own row, so that nothing holds elsewhere. The order id is kept as a keyed hash. What does not
 * verify is damaged: it is told of, and taken for absent. Runs on the store's thread, inside a transaction of
 * the caller's where it writes.
 */
#include "refills-order-record.h"

#include <sodium.h>
#include <string.h>

#include "refills-error.h"
#include "refills-order-check.h"
#include "refills-order-money.h"
#include "refills-order-outline.h"

#define CLEAR \
  "row, environment, created_at, outcome, phase, is_open, uuid, outline, moments, notices, superseded_by, brand, " \
  "face, coin"
#define SEALED "key, asked, state, first_answer, last_answer"

enum { COLUMN_ROW, COLUMN_ENVIRONMENT, COLUMN_CREATED_AT, COLUMN_OUTCOME, COLUMN_PHASE, COLUMN_IS_OPEN,
       COLUMN_UUID, COLUMN_OUTLINE, COLUMN_MOMENTS, COLUMN_NOTICES, COLUMN_SUPERSEDED_BY, COLUMN_BRAND,
       COLUMN_FACE, COLUMN_COIN, COLUMN_KEY, COLUMN_ASKED, COLUMN_STATE, COLUMN_FIRST_ANSWER,
       COLUMN_LAST_ANSWER };

static const char * const payloads[] = { "asked", "state", "first_answer", "last_answer" };

#define MOMENTS_TYPE G_VARIANT_TYPE ("a(xu)")

/* Of phases that alternate for ever. */
#define MAX_MOMENTS 64

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* What a payload is and of which row. */
static char *
make_context (const guint8 *uuid,
              const char   *column)
{
  char hex[2 * REFILLS_STORED_ORDER_UUID_BYTES + 1];

  sodium_bin2hex (hex, sizeof hex, uuid, REFILLS_STORED_ORDER_UUID_BYTES);

  return g_strdup_printf ("order %s %s", hex, column);
}

/* @key: (nullable): with which key, or not at all */
static GBytes *
seal (RefillsKeySet  *keys,
      const char     *key,
      const guint8   *uuid,
      const char     *column,
      GBytes         *plain,
      GError        **error)
{
  g_autofree char *context = make_context (uuid, column);

  return key == NULL ? g_bytes_ref (plain) : refills_key_set_seal (keys, key, context, plain, error);
}

static GBytes *
unseal (RefillsKeySet  *keys,
        const char     *key,
        const guint8   *uuid,
        const char     *column,
        GBytes         *sealed,
        GError        **error)
{
  g_autofree char *context = make_context (uuid, column);

  return key == NULL ? g_bytes_ref (sealed) : refills_key_set_open (keys, key, context, sealed, error);
}

/* The model's variants are stored as `v`, so that one of another shape is known as such when read.
 * @value: (transfer full): whole or floating */
static GBytes *
box (GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_take_ref (value);
  g_autoptr (GVariant) boxed = g_variant_ref_sink (g_variant_new_variant (owned));

  return g_variant_get_data_as_bytes (boxed);
}

static GVariant *
unbox (GBytes *bytes)
{
  g_autoptr (GVariant) box = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));
  g_autoptr (GVariant) normal = g_variant_get_normal_form (box);

  return g_variant_get_variant (normal);
}

static RefillsOrderRequest *
unbox_asked (GBytes *bytes)
{
  g_autoptr (GVariant) variant = bytes != NULL ? unbox (bytes) : NULL;

  return variant != NULL ? refills_order_request_new_from_variant (variant) : NULL;
}

static RefillsOrderState *
unbox_state (GBytes *bytes)
{
  g_autoptr (GVariant) variant = bytes != NULL ? unbox (bytes) : NULL;

  return variant != NULL ? refills_order_state_new_from_variant (variant) : NULL;
}

/* The bytes of a column where they are there and verify. Only that the key was closed meanwhile is an error. */
static GBytes *
read_column (RefillsDbStatement  *statement,
             guint                column,
             const char          *name,
             RefillsKeySet       *keys,
             const guint8        *uuid,
             GError             **error)
{
  const char *key = refills_db_statement_get_text (statement, COLUMN_KEY);
  g_autoptr (GBytes) sealed = refills_db_statement_get_bytes (statement, column);
  g_autoptr (GError) refusal = NULL;
  GBytes *plain = NULL;

  if (sealed == NULL)
    return NULL;
  plain = unseal (keys, key, uuid, name, sealed, &refusal);
  if (plain != NULL)
    return plain;
  if (g_error_matches (refusal, REFILLS_ERROR, REFILLS_ERROR_LOCKED))
    g_propagate_error (error, g_steal_pointer (&refusal));
  else
    g_message ("%s of row %" G_GINT64_FORMAT " does not verify", name,
               refills_db_statement_get_int (statement, COLUMN_ROW));

  return NULL;
}

/* Makes the state again from the answers as they came. */
static RefillsOrderState *
read_answers (RefillsDbStatement *statement,
              RefillsKeySet      *keys,
              const guint8       *uuid)
{
  g_autoptr (RefillsOrderState) state = NULL;
  const struct { guint column; const char *name; } answers[] = {
    { COLUMN_FIRST_ANSWER, "first_answer" }, { COLUMN_LAST_ANSWER, "last_answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GBytes) answer = read_column (statement, answers[i].column, answers[i].name, keys, uuid, NULL);
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
read_state (RefillsDbStatement  *statement,
            RefillsKeySet       *keys,
            const guint8        *uuid,
            GError             **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) refusal = NULL;
  RefillsOrderState *state = NULL;
  gint64 row = refills_db_statement_get_int (statement, COLUMN_ROW);

  bytes = read_column (statement, COLUMN_STATE, "state", keys, uuid, &refusal);
  if (refusal != NULL) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return NULL;
  }
  state = unbox_state (bytes);
  if (state != NULL || refills_db_statement_get_int (statement, COLUMN_OUTCOME) != REFILLS_ORDER_OUTCOME_PLACED)
    return state;
  g_message ("the state of row %" G_GINT64_FORMAT " cannot be read, going by its answers", row);
  state = read_answers (statement, keys, uuid);
  if (state == NULL)
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "row %" G_GINT64_FORMAT " is damaged", row);

  return state;
}

/* In a list of thousands nothing is made of it before it is shown. */
static GVariant *
read_outline (RefillsDbStatement *statement)
{
  g_autoptr (GBytes) bytes = refills_db_statement_get_bytes (statement, COLUMN_OUTLINE);
  g_autoptr (GVariant) outline = NULL;

  if (bytes != NULL)
    outline = g_variant_ref_sink (g_variant_new_from_bytes (REFILLS_ORDER_OUTLINE_TYPE, bytes, FALSE));
  if (outline == NULL || !g_variant_is_normal_form (outline)) {
    GVariant *bare =
      refills_order_outline_new_bare (refills_db_statement_get_text (statement, COLUMN_BRAND),
                                      refills_db_statement_get_text (statement, COLUMN_FACE),
                                      refills_db_statement_get_text (statement, COLUMN_COIN));

    return g_variant_ref_sink (bare);
  }

  return g_steal_pointer (&outline);
}

static GVariant *
read_moments (RefillsDbStatement *statement)
{
  GVariant *moments = refills_db_statement_get_variant (statement, COLUMN_MOMENTS, MOMENTS_TYPE);

  return moments != NULL ? moments : g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(xu)"), NULL, 0));
}

/* Notes when a phase was reached, unless it is the one that was reached last. */
static void
add_moment (RefillsStoredOrder *stored,
            RefillsOrderPhase   phase)
{
  gsize n_moments = g_variant_n_children (stored->moments);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (MOMENTS_TYPE);
  guint32 last = 0;

  if (n_moments > 0)
    g_variant_get_child (stored->moments, n_moments - 1, "(xu)", NULL, &last);
  if (n_moments > 0 && last == (guint32) phase)
    return;

  for (gsize i = n_moments >= MAX_MOMENTS ? n_moments - MAX_MOMENTS + 1 : 0; i < n_moments; i++) {
    g_autoptr (GVariant) moment = g_variant_get_child_value (stored->moments, i);

    g_variant_builder_add_value (&builder, moment);
  }
  g_variant_builder_add (&builder, "(xu)", get_now (), (guint32) phase);
  g_clear_pointer (&stored->moments, g_variant_unref);
  stored->moments = g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Binds the hash of the order id, or nothing where the row is not sealed. */
static gboolean
bind_id_hash (RefillsDbStatement  *statement,
              guint                index,
              RefillsKeySet       *keys,
              const char          *key,
              const char          *order_id,
              GError             **error)
{
  g_autoptr (GBytes) hash = NULL;

  if (key != NULL && order_id != NULL) {
    hash = refills_key_set_hash (keys, key, "order id", order_id, error);
    if (hash == NULL)
      return FALSE;
  }
  refills_db_statement_bind_bytes (statement, index, hash);

  return TRUE;
}

/* @plain: (nullable): NULL is bound as such */
static gboolean
bind_sealed (RefillsDbStatement  *statement,
             guint                index,
             RefillsKeySet       *keys,
             const char          *key,
             const guint8        *uuid,
             const char          *column,
             GBytes              *plain,
             GError             **error)
{
  g_autoptr (GBytes) sealed = plain != NULL ? seal (keys, key, uuid, column, plain, error) : NULL;

  refills_db_statement_bind_bytes (statement, index, sealed);

  return plain == NULL || sealed != NULL;
}

/**
 * refills_order_record_free:
 * @self: (transfer full): a row
 *
 * Frees a row and its secrets.
 */
void
refills_order_record_free (RefillsOrderRecord *self)
{
  g_clear_pointer (&self->stored, refills_stored_order_free);
  g_clear_object (&self->state);
  g_clear_pointer (&self->last_answer, g_bytes_unref);
  g_clear_pointer (&self->key, g_free);
  g_free (self); /* plain struct */
}

/**
 * refills_order_record_prepare_list:
 * @db: a connection
 * @environment: (nullable): whose rows, or all
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a statement with a row for each order, newest first, for
 *   [func@OrderRecord.read_clear]; and one for each row that is of no environment, which is none
 */
RefillsDbStatement *
refills_order_record_prepare_list (RefillsDb   *db,
                                   const char  *environment,
                                   GError     **error)
{
  RefillsDbStatement *statement =
    refills_db_prepare (db, "SELECT " CLEAR " FROM orders WHERE ?1 IS NULL OR environment = ?1 "
                            /* SQLite does not look whether a column is NULL that may not be. */
                            "OR typeof (environment) = 'null' ORDER BY row DESC", error);

  if (statement != NULL)
    refills_db_statement_bind_text (statement, 1, environment);

  return statement;
}

/**
 * refills_order_record_read_clear:
 * @statement: a statement of [func@OrderRecord.prepare_list], on a row
 *
 * Reads what needs no key.
 *
 * Returns: (transfer full): the row
 */
RefillsStoredOrder *
refills_order_record_read_clear (RefillsDbStatement *statement)
{
  RefillsStoredOrder *stored = g_new0 (RefillsStoredOrder, 1);
  g_autoptr (GBytes) uuid = refills_db_statement_get_bytes (statement, COLUMN_UUID);
  gint64 outcome = refills_db_statement_get_int (statement, COLUMN_OUTCOME);
  gint64 phase = refills_db_statement_get_int (statement, COLUMN_PHASE);

  if (outcome < REFILLS_ORDER_OUTCOME_SENDING || outcome > REFILLS_ORDER_OUTCOME_UNKNOWN)
    outcome = REFILLS_ORDER_OUTCOME_UNKNOWN;
  if (phase < REFILLS_ORDER_PHASE_UNKNOWN || phase > REFILLS_ORDER_PHASE_DONE)
    phase = REFILLS_ORDER_PHASE_UNKNOWN;
  stored->row = refills_db_statement_get_int (statement, COLUMN_ROW);
  stored->environment = g_strdup (refills_db_statement_get_text (statement, COLUMN_ENVIRONMENT));
  stored->created_at = refills_db_statement_get_int (statement, COLUMN_CREATED_AT);
  stored->outcome = (RefillsOrderOutcome) outcome;
  stored->phase = (RefillsOrderPhase) phase;
  stored->is_open = refills_db_statement_get_int (statement, COLUMN_IS_OPEN) != 0;
  if (uuid != NULL && g_bytes_get_size (uuid) == sizeof stored->uuid)
    memcpy (stored->uuid, g_bytes_get_data (uuid, NULL), sizeof stored->uuid);
  stored->outline = read_outline (statement);
  stored->moments = read_moments (statement);
  stored->notices = (guint) CLAMP (refills_db_statement_get_int (statement, COLUMN_NOTICES), 0, G_MAXINT);
  stored->superseded_by = MAX (refills_db_statement_get_int (statement, COLUMN_SUPERSEDED_BY), 0);

  return stored;
}

/**
 * refills_order_record_is_sound:
 * @statement: of [func@OrderRecord.prepare_list], on a row
 * @above: the number of the row before it, or `G_MAXINT64`
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Returns: whether we can have written such a row
 */
gboolean
refills_order_record_is_sound (RefillsDbStatement  *statement,
                               gint64               above,
                               GError             **error)
{
  g_autoptr (GBytes) uuid = refills_db_statement_get_bytes (statement, COLUMN_UUID);

  if (refills_order_check_row (refills_db_statement_get_int (statement, COLUMN_ROW), above,
                               refills_db_statement_get_text (statement, COLUMN_ENVIRONMENT),
                               refills_db_statement_get_int (statement, COLUMN_CREATED_AT),
                               uuid != NULL ? g_bytes_get_size (uuid) : 0))
    return TRUE;
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "there is a row that is no order");

  return FALSE;
}

/**
 * refills_order_record_read:
 * @db: a connection
 * @keys: the keys that are open
 * @environment: (nullable): whose row it must be
 * @row: a row number
 * @error: return location for `REFILLS_ERROR_NOT_FOUND`, `REFILLS_ERROR_LOCKED` or `REFILLS_ERROR_STORAGE`
 *
 * Opens a row. What was asked may be an outline, where it does not verify and the state does.
 *
 * Returns: (transfer full) (nullable): the row with its secrets
 */
RefillsOrderRecord *
refills_order_record_read (RefillsDb      *db,
                           RefillsKeySet  *keys,
                           const char     *environment,
                           gint64          row,
                           GError        **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT " CLEAR ", " SEALED " FROM orders "
                            "WHERE row = ?1 AND (?2 IS NULL OR environment = ?2)", error);
  g_autoptr (RefillsOrderRecord) self = NULL;
  g_autoptr (RefillsOrderState) state_of_outline = NULL;
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_int (statement, 1, row);
  refills_db_statement_bind_text (statement, 2, environment);
  if (!refills_db_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "no order in row %" G_GINT64_FORMAT, row);
    return NULL;
  }

  self = g_new0 (RefillsOrderRecord, 1);
  self->stored = refills_order_record_read_clear (statement);
  self->key = g_strdup (refills_db_statement_get_text (statement, COLUMN_KEY));
  asked = read_column (statement, COLUMN_ASKED, "asked", keys, self->stored->uuid, &refusal);
  if (refusal == NULL)
    self->state = read_state (statement, keys, self->stored->uuid, &refusal);
  if (refusal == NULL)
    self->last_answer = read_column (statement, COLUMN_LAST_ANSWER, "last_answer", keys, self->stored->uuid,
                                     &refusal);
  if (refusal != NULL) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return NULL;
  }
  self->stored->asked = unbox_asked (asked);
  if (self->stored->asked == NULL &&
      (self->state == NULL ||
       !refills_order_outline_read (self->stored->outline, &self->stored->asked, &state_of_outline))) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "row %" G_GINT64_FORMAT " is damaged", row);
    return NULL;
  }
  if (self->state != NULL) {
    self->stored->state = refills_order_state_redact (self->state);
    self->stored->phase = refills_order_state_get_phase (self->state);
    self->stored->is_open = !refills_order_state_is_final (self->state);
  }

  return g_steal_pointer (&self);
}

/**
 * refills_order_record_insert:
 * @db: a connection in a transaction
 * @keys: the keys that are open
 * @environment: whose row it is
 * @asked: the order that is about to be sent
 * @basket: (nullable): the keyed hash of what is ordered
 * @row: (out): the number of the new row
 * @error: return location for an error; `REFILLS_ERROR_LOCKED` without a current key
 *
 * Writes a row for an order that is being sent, which has the claim.
 */
gboolean
refills_order_record_insert (RefillsDb            *db,
                             RefillsKeySet        *keys,
                             const char           *environment,
                             RefillsOrderRequest  *asked,
                             GBytes               *basket,
                             gint64               *row,
                             GError              **error)
{
  g_autofree char *key = refills_key_set_dup_current (keys);
  g_autoptr (GBytes) boxed = NULL;
  g_autoptr (GBytes) uuid_bytes = NULL;
  g_autoptr (RefillsDbStatement) statement = NULL;
  guint8 uuid[REFILLS_STORED_ORDER_UUID_BYTES];

  if (key == NULL) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "no key to seal an order with");
    return FALSE;
  }
  statement = refills_db_prepare (db, "INSERT INTO orders (environment, created_at, updated_at, outcome, "
                                      "brand, face, coin, amount, uuid, key, outline, asked, basket_hash, claim) "
                                      "VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)", error);
  if (statement == NULL)
    return FALSE;
  randombytes_buf (uuid, sizeof uuid);
  uuid_bytes = g_bytes_new (uuid, sizeof uuid);
  boxed = box (refills_order_request_to_variant (asked));
  refills_db_statement_bind_text (statement, 1, environment);
  refills_db_statement_bind_int (statement, 2, get_now ());
  refills_db_statement_bind_int (statement, 3, REFILLS_ORDER_OUTCOME_SENDING);
  refills_db_statement_bind_text (statement, 4, refills_order_request_get_title (asked));
  refills_db_statement_bind_text (statement, 5, refills_order_request_get_face_label (asked));
  refills_db_statement_bind_text (statement, 6, refills_order_request_get_coin (asked));
  refills_db_statement_bind_text (statement, 7, refills_order_request_get_quoted_amount (asked));
  refills_db_statement_bind_bytes (statement, 8, uuid_bytes);
  refills_db_statement_bind_text (statement, 9, key);
  refills_db_statement_bind_variant (statement, 10, refills_order_outline_new (asked, NULL));
  refills_db_statement_bind_bytes (statement, 12, basket);
  if (!bind_sealed (statement, 11, keys, key, uuid, "asked", boxed, error) ||
      !refills_db_statement_step (statement, NULL, error))
    return FALSE;
  *row = refills_db_get_last_row (db);

  return TRUE;
}

/**
 * refills_order_record_write_state:
 * @db: a connection in a transaction
 * @keys: the keys that are open
 * @row: a row as it was read; is as it is written afterwards
 * @state: the state with its secrets
 * @answer: (nullable): the answer it was read from, whole
 * @error: return location for an error
 *
 * Writes the state of a placed order. A row that is not sealed yet is sealed where a key is open.
 */
gboolean
refills_order_record_write_state (RefillsDb           *db,
                                  RefillsKeySet       *keys,
                                  RefillsOrderRecord  *row,
                                  RefillsOrderState   *state,
                                  GBytes              *answer,
                                  GError             **error)
{
  g_autoptr (RefillsDbStatement) statement = NULL;
  g_autoptr (GBytes) boxed = box (refills_order_state_to_variant (state));
  RefillsStoredOrder *stored = row->stored;
  g_autofree char *current = NULL;

  if (row->key == NULL) {
    current = refills_key_set_dup_current (keys);
    if (current != NULL) {
      if (!refills_order_record_seal (db, keys, current, stored->row, error))
        return FALSE;
      row->key = g_steal_pointer (&current);
    }
  }

  statement = refills_db_prepare (db, "UPDATE orders SET updated_at = ?1, outcome = ?2, order_state = ?3, "
                                      "phase = ?4, is_open = ?5, coin = COALESCE (?6, coin), "
                                      "amount = COALESCE (?7, amount), outline = ?8, moments = ?9, "
                                      "id_hash = ?10, state = ?11, first_answer = COALESCE (first_answer, ?12), "
                                      "last_answer = COALESCE (?13, last_answer) WHERE row = ?14", error);
  if (statement == NULL)
    return FALSE;
  add_moment (stored, refills_order_state_get_phase (state));
  stored->outcome = REFILLS_ORDER_OUTCOME_PLACED;
  stored->phase = refills_order_state_get_phase (state);
  stored->is_open = !refills_order_state_is_final (state);
  g_clear_pointer (&stored->outline, g_variant_unref);
  stored->outline = g_variant_ref_sink (refills_order_outline_new (stored->asked, state));
  refills_db_statement_bind_int (statement, 1, get_now ());
  refills_db_statement_bind_int (statement, 2, stored->outcome);
  refills_db_statement_bind_text (statement, 3, refills_order_state_get_order_state (state));
  refills_db_statement_bind_int (statement, 4, stored->phase);
  refills_db_statement_bind_int (statement, 5, stored->is_open);
  refills_db_statement_bind_text (statement, 6, refills_order_state_get_coin (state));
  refills_db_statement_bind_text (statement, 7, refills_order_money_get_amount_to_pay (state));
  refills_db_statement_bind_variant (statement, 8, stored->outline);
  refills_db_statement_bind_variant (statement, 9, stored->moments);
  refills_db_statement_bind_int (statement, 14, stored->row);
  if (!bind_id_hash (statement, 10, keys, row->key, refills_order_state_get_order_id (state), error) ||
      !bind_sealed (statement, 11, keys, row->key, stored->uuid, "state", boxed, error) ||
      !bind_sealed (statement, 12, keys, row->key, stored->uuid, "first_answer", answer, error) ||
      !bind_sealed (statement, 13, keys, row->key, stored->uuid, "last_answer", answer, error) ||
      !refills_db_statement_step (statement, NULL, error))
    return FALSE;
  g_clear_object (&stored->state);
  stored->state = refills_order_state_redact (state);

  return TRUE;
}

/**
 * refills_order_record_seal:
 * @db: a connection in a transaction
 * @keys: the keys that are open
 * @key: the name of the key to seal with
 * @row: a row number
 * @error: return location for an error
 *
 * Seals a row that version 1 wrote; does nothing to one that is sealed. What cannot be understood is sealed
 * as it is.
 */
gboolean
refills_order_record_seal (RefillsDb      *db,
                           RefillsKeySet  *keys,
                           const char     *key,
                           gint64          row,
                           GError        **error)
{
  g_autoptr (RefillsDbStatement) select =
    refills_db_prepare (db, "SELECT uuid, asked, state, first_answer, last_answer FROM orders "
                            "WHERE row = ? AND key IS NULL", error);
  g_autoptr (RefillsDbStatement) update = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (GBytes) uuid = NULL;
  gboolean has_row = FALSE;

  if (select == NULL)
    return FALSE;
  refills_db_statement_bind_int (select, 1, row);
  if (!refills_db_statement_step (select, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  uuid = refills_db_statement_get_bytes (select, 0);
  if (uuid == NULL || g_bytes_get_size (uuid) != REFILLS_STORED_ORDER_UUID_BYTES) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "row %" G_GINT64_FORMAT " is damaged", row);
    return FALSE;
  }

  /* The same id may stand in two rows only where the file was tampered with; the first one keeps it. */
  update = refills_db_prepare (db, "UPDATE orders SET key = ?1, asked = ?2, state = ?3, first_answer = ?4, "
                                   "last_answer = ?5, id_hash = CASE WHEN EXISTS "
                                   "(SELECT 1 FROM orders AS other WHERE other.id_hash = ?6 "
                                   "AND other.environment = orders.environment) THEN NULL ELSE ?6 END "
                                   "WHERE row = ?7", error);
  if (update == NULL)
    return FALSE;
  refills_db_statement_bind_text (update, 1, key);
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++) {
    g_autoptr (GBytes) plain = refills_db_statement_get_bytes (select, i + 1);

    if (!bind_sealed (update, i + 2, keys, key, g_bytes_get_data (uuid, NULL), payloads[i], plain, error))
      return FALSE;
    if (g_str_equal (payloads[i], "state"))
      state = unbox_state (plain);
  }
  if (state != NULL &&
      !bind_id_hash (update, 6, keys, key, refills_order_state_get_order_id (state), error))
    return FALSE;
  refills_db_statement_bind_int (update, 7, row);

  return refills_db_statement_step (update, NULL, error);
}

/**
 * refills_order_record_verify:
 * @db: a connection
 * @keys: the keys that are open
 * @row: the number of a sealed row
 * @error: return location for `REFILLS_ERROR_LOCKED` or `REFILLS_ERROR_STORAGE`
 *
 * Opens everything that is sealed in a row.
 *
 * Returns: whether all of it verifies
 */
gboolean
refills_order_record_verify (RefillsDb      *db,
                             RefillsKeySet  *keys,
                             gint64          row,
                             GError        **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT uuid, asked, state, first_answer, last_answer, key FROM orders WHERE row = ?",
                        error);
  g_autoptr (GBytes) uuid = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_int (statement, 1, row);
  if (!refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  uuid = has_row ? refills_db_statement_get_bytes (statement, 0) : NULL;
  if (uuid == NULL || g_bytes_get_size (uuid) != REFILLS_STORED_ORDER_UUID_BYTES) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "row %" G_GINT64_FORMAT " is damaged", row);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++) {
    g_autoptr (GBytes) sealed = refills_db_statement_get_bytes (statement, i + 1);
    g_autoptr (GBytes) plain = NULL;

    if (sealed == NULL)
      continue;
    plain = unseal (keys, refills_db_statement_get_text (statement, 5), g_bytes_get_data (uuid, NULL), payloads[i],
                    sealed, error);
    if (plain == NULL)
      return FALSE;
  }

  return TRUE;
}
