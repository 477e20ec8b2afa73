/* fuzz-order.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as the service's answer about an order: refused, or a state that survives the disk, is not changed by
 * hearing it twice, and holds no secret once it is redacted.
 */
#include "fuzz.h"

#include "refills-order-state.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, NULL);

  if (state != NULL) {
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (state));
    g_autoptr (RefillsOrderState) stored = refills_order_state_new_from_variant (variant);
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (state, state);
    g_autoptr (RefillsOrderState) redacted = refills_order_state_redact (state);

    g_assert_true (refills_order_id_is_valid (refills_order_state_get_order_id (state)));
    g_assert_nonnull (stored);
    g_assert_true (refills_order_state_equal (state, stored));
    g_assert_cmpint (refills_order_state_get_alarm (merged), ==, refills_order_state_get_alarm (state));
    g_assert_cmpuint (refills_order_state_get_n_deliveries (merged), ==,
                      refills_order_state_get_n_deliveries (state));
    for (guint i = 0; i < refills_order_state_get_n_deliveries (redacted); i++)
      for (guint secret = 0; secret < REFILLS_N_SECRETS; secret++)
        g_assert_null (refills_delivery_get_secret (refills_order_state_get_delivery (redacted, i), secret));
  }

  return 0;
}
