/* refills-order-claim.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderClaim:
 *
 * Which order of an environment may be paid: one at a time, for the service expires the older one when a newer one
 * is made (architecture, section 4, rule 4).
 *
 * The row that is being sent, or waits for its payment, has claim = 1, and a partial unique index lets no other
 * process claim besides. Where two are payable all the same, as in a file from before, the newest has the claim: it
 * is the one that the service still knows as payable. Each function is a part of its caller's transaction, on the
 * store's thread.
 */
#include "refills-order-claim.h"

#include "refills-error.h"
#include "refills-order.h"

/* A second order of the same within this time is more often a mistake than meant. */
#define SAME_BASKET_S 600

/* How long the reference lets an order be paid (API reference, section 10). */
#define PAYMENT_WINDOW_S (30 * 60)

/* SQL has their numbers. */
G_STATIC_ASSERT (REFILLS_ORDER_OUTCOME_SENDING == 0 && REFILLS_ORDER_OUTCOME_PLACED == 1 &&
                 REFILLS_ORDER_OUTCOME_REFUSED == 2);
G_STATIC_ASSERT (REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT == 1 && REFILLS_ORDER_PHASE_PARTIALLY_PAID == 2);

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static char *
describe_line (RefillsOrderLine *line)
{
  const char *beneficiary = refills_order_line_get_beneficiary (line);
  g_autofree char *folded = g_utf8_casefold (beneficiary != NULL ? beneficiary : "", -1);
  const char *parts[] = {
    refills_order_line_get_brand_name (line), refills_order_line_get_country (line),
    refills_order_line_get_denomination (line), refills_order_line_get_product_value (line), folded,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (text, "%s\x1f", parts[i] != NULL ? parts[i] : "");

  return g_string_free (text, FALSE);
}

/**
 * refills_order_claim_hash_basket:
 * @keys: the keys that are open
 * @asked: an order
 *
 * What is bought and for whom makes a basket, in whatever order; with which coin it is paid, and who is told, do not.
 *
 * Returns: (transfer full) (nullable): the keyed hash of the basket, or `NULL` without a key
 */
GBytes *
refills_order_claim_hash_basket (RefillsKeySet       *keys,
                                 RefillsOrderRequest *asked)
{
  g_autofree char *name = refills_key_set_dup_current (keys);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  if (name == NULL)
    return NULL;
  for (guint i = 0; i < refills_order_request_get_n_lines (asked); i++)
    g_ptr_array_add (lines, describe_line (refills_order_request_get_line (asked, i)));
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("\x1e", (char **) lines->pdata);

  return refills_key_set_hash (keys, name, "basket", text, NULL);
}

/* Runs @sql with @environment as ?1 and @row as ?2; leaves what it finds in @value, or 0. */
static gboolean
run (RefillsDb   *db,
     const char  *sql,
     const char  *environment,
     gint64       row,
     gint64      *value,
     GError     **error)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_text (statement, 1, environment);
  refills_db_statement_bind_int (statement, 2, row);
  if (!refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  if (value != NULL)
    *value = has_row ? refills_db_statement_get_int (statement, 0) : 0;

  return TRUE;
}

/* @is_over: (out): whether its time to be paid is over by the clock */
static gboolean
find_claimed (RefillsDb   *db,
              const char  *environment,
              gint64       now,
              gint64      *row,
              gboolean    *is_over,
              GError     **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT row, phase IS 1 AND created_at <= ?2 FROM orders "
                            "WHERE environment = ?1 AND claim = 1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_text (statement, 1, environment);
  refills_db_statement_bind_int (statement, 2, now - PAYMENT_WINDOW_S);
  if (!refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  *row = has_row ? refills_db_statement_get_int (statement, 0) : 0;
  *is_over = has_row && refills_db_statement_get_int (statement, 1) != 0;

  return TRUE;
}

static gboolean
find_same_basket (RefillsDb   *db,
                  const char  *environment,
                  GBytes      *basket,
                  gint64       now,
                  gint64      *row,
                  GError     **error)
{
  /* A row from the future is recent: the clock was set back since, and nobody can tell by how much. A question too
   * many costs less than the same order twice. */
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT row FROM orders WHERE environment = ?1 AND basket_hash = ?2 AND outcome <> 2 "
                            "AND created_at > ?3 ORDER BY row DESC LIMIT 1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_text (statement, 1, environment);
  refills_db_statement_bind_bytes (statement, 2, basket);
  refills_db_statement_bind_int (statement, 3, now - SAME_BASKET_S);
  if (!refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  *row = has_row ? refills_db_statement_get_int (statement, 0) : 0;

  return TRUE;
}

/**
 * refills_order_claim_take:
 * @db: a connection inside a transaction, in which what dead processes were sending is settled
 * @environment: the server that the order is for
 * @basket: (nullable): the keyed hash of what is ordered
 * @now: the time, in epoch seconds
 * @replace: whether a payable order may be replaced, and the same be ordered again
 * @other: (out): the row that is in the way, or that is replaced; 0 for none
 * @error: return location for `REFILLS_ERROR_PAYABLE_ORDER` or `REFILLS_ERROR_SAME_BASKET`
 *
 * Makes way for an order. One whose time to be paid is over by the clock is replaced without @replace: it may only
 * be that the service was not asked since. Its address is withdrawn all the same, for the clock may have been set.
 *
 * Returns: whether the claim is free
 */
gboolean
refills_order_claim_take (RefillsDb   *db,
                          const char  *environment,
                          GBytes      *basket,
                          gint64       now,
                          gboolean     replace,
                          gint64      *other,
                          GError     **error)
{
  gint64 same = 0;
  gboolean is_over = FALSE;

  if (!find_claimed (db, environment, now, other, &is_over, error))
    return FALSE;
  if (*other != 0 && !replace && !is_over) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PAYABLE_ORDER,
                 "the order in row %" G_GINT64_FORMAT " is being sent or waits for its payment", *other);
    return FALSE;
  }
  if (!replace && basket != NULL && !find_same_basket (db, environment, basket, now, &same, error))
    return FALSE;
  if (same != 0) {
    *other = same;
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_SAME_BASKET,
                 "the same was ordered in row %" G_GINT64_FORMAT, same);
    return FALSE;
  }

  return *other == 0 || run (db, "UPDATE orders SET claim = NULL WHERE environment = ?1 AND row = ?2", environment,
                             *other, NULL, error);
}

/**
 * refills_order_claim_supersede:
 * @db: a connection inside a transaction
 * @row: the row that is replaced
 * @by: the row that replaces it
 * @error: return location for an error
 *
 * Writes down that an order was replaced.
 */
gboolean
refills_order_claim_supersede (RefillsDb  *db,
                               gint64      row,
                               gint64      by,
                               GError    **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "UPDATE orders SET superseded_by = ?1 WHERE row = ?2", error);

  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_int (statement, 1, by);
  refills_db_statement_bind_int (statement, 2, row);

  return refills_db_statement_step (statement, NULL, error);
}

/**
 * refills_order_claim_settle:
 * @db: a connection inside a transaction
 * @environment: the server of @row
 * @row: a row whose state was written
 * @is_payable: whether it waits for its payment
 * @superseded_by: (out): the row that replaced it; 0 for none
 * @error: return location for an error
 *
 * Gives the claim to an order that is payable and was not replaced, and takes it from one that is not.
 */
gboolean
refills_order_claim_settle (RefillsDb   *db,
                            const char  *environment,
                            gint64       row,
                            gboolean     is_payable,
                            gint64      *superseded_by,
                            GError     **error)
{
  static const char * const payable[] = {
    "UPDATE orders SET superseded_by = (SELECT row FROM orders WHERE environment = ?1 AND claim = 1 AND row > ?2) "
    "WHERE row = ?2 AND superseded_by IS NULL "
    "AND EXISTS (SELECT 1 FROM orders WHERE environment = ?1 AND claim = 1 AND row > ?2)",
    "UPDATE orders SET claim = NULL, superseded_by = ?2 WHERE environment = ?1 AND claim = 1 AND row < ?2 "
    "AND (SELECT superseded_by FROM orders WHERE row = ?2) IS NULL",
    "UPDATE orders SET claim = 1 WHERE environment = ?1 AND row = ?2 AND superseded_by IS NULL "
    "AND claim IS NULL",
  };

  if (!is_payable) {
    if (!run (db, "UPDATE orders SET claim = NULL WHERE environment = ?1 AND row = ?2 AND claim = 1", environment,
              row, NULL, error))
      return FALSE;
  } else {
    for (guint i = 0; i < G_N_ELEMENTS (payable); i++) {
      if (!run (db, payable[i], environment, row, NULL, error))
        return FALSE;
    }
  }

  return run (db, "SELECT superseded_by FROM orders WHERE environment = ?1 AND row = ?2", environment, row,
              superseded_by, error);
}

/**
 * refills_order_claim_give_back:
 * @db: a connection inside a transaction
 * @environment: the server of @row
 * @row: a row without a claim, which the service refused
 * @error: return location for an error
 *
 * Restores what @row was to replace: no newer order was made by it, so the older one can still be paid; unless
 * @row itself was replaced meanwhile, by another process. Then the older one is replaced by that.
 */
gboolean
refills_order_claim_give_back (RefillsDb   *db,
                               const char  *environment,
                               gint64       row,
                               GError     **error)
{
  return run (db, "UPDATE orders SET claim = 1 WHERE row = (SELECT max (row) FROM orders WHERE environment = ?1 "
                  "AND superseded_by = ?2 AND outcome = 1 AND phase IN (1, 2)) "
                  "AND NOT EXISTS (SELECT 1 FROM orders WHERE environment = ?1 AND claim = 1)",
              environment, row, NULL, error) &&
         run (db, "UPDATE orders SET superseded_by = (SELECT newer.row FROM orders AS newer "
                  "WHERE newer.environment = ?1 AND newer.claim = 1 AND newer.row > orders.row) "
                  "WHERE environment = ?1 AND superseded_by = ?2",
              environment, row, NULL, error);
}
