/* refills-delivery-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fields of a delivery, for the files that make one: the object itself and its reader.
 */
#pragma once

#include "refills-delivery.h"

G_BEGIN_DECLS

struct _RefillsDelivery {
  GObject parent_instance;

  char *id;
  char *brand_name;
  char *family;
  char *country;
  char *kind;
  char *delivery_type;
  char *denomination;
  char *product_value;
  char *face_label;
  char *beneficiary;
  char *state_name;
  RefillsDeliveryPhase phase;
  char *instructions;
  char *failure;
  char *operator_reference;
  /* A redacted delivery knows what it had without having it. */
  gboolean had_secrets[REFILLS_N_SECRETS];
  char *secrets[REFILLS_N_SECRETS];
};

void             refills_delivery_add_secret (RefillsDelivery *self,
                                              RefillsSecret    kind,
                                              const char      *text);
RefillsDelivery *refills_delivery_copy       (RefillsDelivery *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
