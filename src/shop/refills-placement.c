/* refills-placement.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsPlacement:
 *
 * The last step of a checkout: one accepted basket becomes an order, or a question has to be answered first.
 *
 * An agreement counts for the next attempt only, and for nothing once the basket has changed. The journal makes the
 * order; letting go of this does not end it.
 */
#include "refills-placement-private.h"

#include "refills-error.h"

struct _RefillsPlacement {
  GObject                  parent_instance;

  RefillsOrderJournal     *journal;
  RefillsVault            *vault;
  gboolean                 may_replace; /* the person agreed to it */

  RefillsOrder            *order;
  RefillsCheckoutQuestion  question;
  RefillsOrder            *other;    /* what the question is about */
  GPtrArray               *problems; /* of RefillsProblem, or NULL */
  GError                  *error;
};

G_DEFINE_FINAL_TYPE (RefillsPlacement, refills_placement, G_TYPE_OBJECT)

enum { SIGNAL_OVER, SIGNAL_AGREED, N_SIGNALS };

static guint signals[N_SIGNALS];

static const struct {
  RefillsErrorCode        code;
  RefillsCheckoutQuestion question;
} questions[] = {
  { REFILLS_ERROR_PAYABLE_ORDER, REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER },
  { REFILLS_ERROR_SAME_BASKET, REFILLS_CHECKOUT_QUESTION_SAME_BASKET },
  { REFILLS_ERROR_LOCKED, REFILLS_CHECKOUT_QUESTION_LOCKED },
  { REFILLS_ERROR_NO_KEYRING, REFILLS_CHECKOUT_QUESTION_NO_KEYRING },
};

static RefillsCheckoutQuestion
find_question (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++) {
    if (g_error_matches (error, REFILLS_ERROR, (int) questions[i].code))
      return questions[i].question;
  }

  return REFILLS_CHECKOUT_QUESTION_NONE;
}

static void
clear_result (RefillsPlacement *self)
{
  self->question = REFILLS_CHECKOUT_QUESTION_NONE;
  g_clear_object (&self->other);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_error (&self->error);
}

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RefillsPlacement) self = user_data;
  RefillsOrderJournal *journal = REFILLS_ORDER_JOURNAL (source);

  self->other = refills_order_journal_dup_other_order (journal, result);
  self->order = refills_order_journal_place_finish (journal, result, &self->problems, &self->error);
  self->question = find_question (self->error);
  g_signal_emit (self, signals[SIGNAL_OVER], 0);
}

static void
key_settled_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (RefillsPlacement) self = user_data;
  g_autoptr (GError) error = NULL;

  refills_vault_finish (REFILLS_VAULT (source), result, &error);
  g_signal_emit (self, signals[SIGNAL_AGREED], 0, error);
}

static void
refills_placement_finalize (GObject *object)
{
  RefillsPlacement *self = REFILLS_PLACEMENT (object);

  clear_result (self);
  g_clear_object (&self->order);
  g_clear_object (&self->journal);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (refills_placement_parent_class)->finalize (object);
}

static void
refills_placement_class_init (RefillsPlacementClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = refills_placement_finalize;

  /**
   * RefillsPlacement::over:
   *
   * There is an order, a question, problems, or an error.
   */
  signals[SIGNAL_OVER] =
    g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RefillsPlacement::agreed:
   * @error: (nullable): why what was agreed to cannot be done
   *
   * What was asked about is settled; the order can be tried again.
   */
  signals[SIGNAL_AGREED] =
    g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
refills_placement_init (RefillsPlacement *self)
{
}

/**
 * refills_placement_new:
 * @journal: makes the order
 * @vault: has the key that it is sealed with
 *
 * Returns: (transfer full): a placement of nothing yet
 */
RefillsPlacement *
refills_placement_new (RefillsOrderJournal *journal,
                       RefillsVault        *vault)
{
  RefillsPlacement *self = g_object_new (REFILLS_TYPE_PLACEMENT, NULL);

  self->journal = g_object_ref (journal);
  self->vault = g_object_ref (vault);

  return self;
}

/**
 * refills_placement_begin:
 * @self: a placement that is not under way and has no order
 * @accepted: the total, and what it is of
 *
 * Makes the order.
 */
void
refills_placement_begin (RefillsPlacement *self,
                         RefillsQuote     *accepted)
{
  gboolean may_replace;

  g_return_if_fail (REFILLS_IS_PLACEMENT (self));
  g_return_if_fail (self->order == NULL);

  may_replace = self->may_replace;
  self->may_replace = FALSE;
  clear_result (self);
  refills_order_journal_place_async (self->journal, refills_quote_get_asked (accepted), accepted, may_replace,
                                     placed_cb, g_object_ref (self));
}

/**
 * refills_placement_agree:
 * @self: a placement with a question
 *
 * Does what was asked about; the person may have to answer a keyring first.
 */
void
refills_placement_agree (RefillsPlacement *self)
{
  RefillsCheckoutQuestion question;

  g_return_if_fail (REFILLS_IS_PLACEMENT (self));
  g_return_if_fail (self->question != REFILLS_CHECKOUT_QUESTION_NONE);

  question = self->question;
  clear_result (self);
  switch (question) {
  case REFILLS_CHECKOUT_QUESTION_LOCKED:
    refills_vault_unlock_async (self->vault, NULL, key_settled_cb, g_object_ref (self));
    break;
  case REFILLS_CHECKOUT_QUESTION_NO_KEYRING:
    refills_vault_keep_in_file_async (self->vault, NULL, key_settled_cb, g_object_ref (self));
    break;
  case REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER:
  case REFILLS_CHECKOUT_QUESTION_SAME_BASKET:
  case REFILLS_CHECKOUT_QUESTION_NONE:
  default:
    self->may_replace = TRUE;
    g_signal_emit (self, signals[SIGNAL_AGREED], 0, NULL);
  }
}

/**
 * refills_placement_forget:
 * @self: a placement
 *
 * Takes back what was asked and agreed to.
 */
void
refills_placement_forget (RefillsPlacement *self)
{
  g_return_if_fail (REFILLS_IS_PLACEMENT (self));

  self->may_replace = FALSE;
  clear_result (self);
}

/**
 * refills_placement_get_order:
 * @self: a placement
 *
 * Returns: (transfer none) (nullable): the order, committed
 */
RefillsOrder *
refills_placement_get_order (RefillsPlacement *self)
{
  g_return_val_if_fail (REFILLS_IS_PLACEMENT (self), NULL);

  return self->order;
}

/**
 * refills_placement_get_question:
 * @self: a placement
 *
 * Returns: what has to be answered first
 */
RefillsCheckoutQuestion
refills_placement_get_question (RefillsPlacement *self)
{
  g_return_val_if_fail (REFILLS_IS_PLACEMENT (self), REFILLS_CHECKOUT_QUESTION_NONE);

  return self->question;
}

/**
 * refills_placement_get_other_order:
 * @self: a placement
 *
 * Returns: (transfer none) (nullable): the order that the question is about
 */
RefillsOrder *
refills_placement_get_other_order (RefillsPlacement *self)
{
  g_return_val_if_fail (REFILLS_IS_PLACEMENT (self), NULL);

  return self->other;
}

/**
 * refills_placement_get_problems:
 * @self: a placement
 *
 * Returns: (transfer none) (nullable) (element-type RefillsProblem): what the service has against it
 */
GPtrArray *
refills_placement_get_problems (RefillsPlacement *self)
{
  g_return_val_if_fail (REFILLS_IS_PLACEMENT (self), NULL);

  return self->problems;
}

/**
 * refills_placement_get_error:
 * @self: a placement
 *
 * Returns: (transfer none) (nullable): why there is no order
 */
const GError *
refills_placement_get_error (RefillsPlacement *self)
{
  g_return_val_if_fail (REFILLS_IS_PLACEMENT (self), NULL);

  return self->error;
}
