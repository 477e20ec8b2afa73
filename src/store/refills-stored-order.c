/* refills-stored-order.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsStoredOrder:
 *
 * A row of the orders as a plain value, on its way from the store's thread to the main thread. Made by the
 * store alone. Never holds a code. One of a list is sealed: it has neither what was asked nor a state.
 */
#include "refills-stored-order.h"

G_DEFINE_BOXED_TYPE (RefillsStoredOrder, refills_stored_order, refills_stored_order_copy,
                     refills_stored_order_free)

/**
 * refills_stored_order_copy:
 * @self: a row
 *
 * Returns: (transfer full): a copy
 */
RefillsStoredOrder *
refills_stored_order_copy (const RefillsStoredOrder *self)
{
  RefillsStoredOrder *copy = g_memdup2 (self, sizeof *self);

  copy->environment = g_strdup (self->environment);
  g_variant_ref (copy->outline);
  g_variant_ref (copy->moments);
  if (copy->asked != NULL)
    g_object_ref (copy->asked);
  if (copy->state != NULL)
    g_object_ref (copy->state);

  return copy;
}

/**
 * refills_stored_order_free:
 * @self: (transfer full): a row
 *
 * Frees a row as it came from the store.
 */
void
refills_stored_order_free (RefillsStoredOrder *self)
{
  g_clear_pointer (&self->environment, g_free);
  g_clear_pointer (&self->outline, g_variant_unref);
  g_clear_pointer (&self->moments, g_variant_unref);
  g_clear_object (&self->asked);
  g_clear_object (&self->state);
  g_free (self); /* plain struct */
}

/**
 * refills_stored_order_to_order:
 * @self: a row
 *
 * Makes the order of a row, sealed where the row is. Main thread only.
 *
 * Returns: (transfer full): the order
 */
RefillsOrder *
refills_stored_order_to_order (const RefillsStoredOrder *self)
{
  RefillsOrder *order = refills_order_new_sealed (self->row, self->created_at, self->outcome, self->phase,
                                                  self->is_open, self->outline);

  refills_stored_order_apply (self, order);

  return order;
}

/**
 * refills_stored_order_apply:
 * @self: a row as it is now
 * @order: its order
 *
 * Shows what was committed, and opens a sealed order where the row is open. Main thread only.
 */
void
refills_stored_order_apply (const RefillsStoredOrder *self,
                            RefillsOrder             *order)
{
  refills_order_set_moments (order, self->moments);
  refills_order_set_superseded (order, self->superseded_by != 0);
  if (self->asked != NULL && refills_order_is_sealed (order))
    refills_order_unseal (order, self->asked, self->state);
  else if (self->state != NULL)
    refills_order_apply (order, self->state);
  refills_order_apply_outcome (order, self->outcome);
}
