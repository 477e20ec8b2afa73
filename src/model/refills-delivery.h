/* refills-delivery.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-json.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_DELIVERY_PENDING,
  REFILLS_DELIVERY_DELIVERED,
  REFILLS_DELIVERY_MANUAL,
  REFILLS_DELIVERY_FAILED,
  REFILLS_DELIVERY_REFUNDED,
} RefillsDeliveryPhase;

/* What a delivery can carry (API reference, orders: where the secret sits). */
typedef enum {
  REFILLS_SECRET_CODE,
  REFILLS_SECRET_LINK,
  REFILLS_SECRET_SERIAL,
  REFILLS_SECRET_SECURITY_CODE,
  REFILLS_N_SECRETS,
} RefillsSecret;

#define REFILLS_TYPE_DELIVERY_PHASE (refills_delivery_phase_get_type ())
GType refills_delivery_phase_get_type (void);

#define REFILLS_TYPE_DELIVERY (refills_delivery_get_type ())
G_DECLARE_FINAL_TYPE (RefillsDelivery, refills_delivery, REFILLS, DELIVERY, GObject)

RefillsDelivery      *refills_delivery_new_from_json    (const RefillsJsonPlace  *place,
                                                         GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsDelivery      *refills_delivery_new_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant             *refills_delivery_to_variant       (RefillsDelivery *self);
RefillsDelivery      *refills_delivery_redact           (RefillsDelivery *self) G_GNUC_WARN_UNUSED_RESULT;
RefillsDelivery      *refills_delivery_merge            (RefillsDelivery *stored,
                                                         RefillsDelivery *incoming) G_GNUC_WARN_UNUSED_RESULT;

const char           *refills_delivery_get_id           (RefillsDelivery *self);
const char           *refills_delivery_get_brand_name   (RefillsDelivery *self);
const char           *refills_delivery_get_face_label   (RefillsDelivery *self);
const char           *refills_delivery_get_beneficiary  (RefillsDelivery *self);
const char           *refills_delivery_get_state_name   (RefillsDelivery *self);
RefillsDeliveryPhase  refills_delivery_get_phase        (RefillsDelivery *self);
const char           *refills_delivery_get_instructions (RefillsDelivery *self);
const char           *refills_delivery_get_failure      (RefillsDelivery *self);
gboolean              refills_delivery_has_secret       (RefillsDelivery *self,
                                                         RefillsSecret    secret);
gboolean              refills_delivery_has_any_secret   (RefillsDelivery *self);
const char           *refills_delivery_get_secret       (RefillsDelivery *self,
                                                         RefillsSecret    secret);

G_END_DECLS
