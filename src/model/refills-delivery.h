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

/* What a person gets, for the words about it. */
typedef enum {
  REFILLS_DELIVERY_FORM_CARD,
  REFILLS_DELIVERY_FORM_PIN, /* of a top-up, to be typed into the phone */
  REFILLS_DELIVERY_FORM_TOP_UP, /* straight to a phone: nothing to redeem */
  REFILLS_DELIVERY_FORM_ACCOUNT, /* straight to an account */
  REFILLS_DELIVERY_FORM_ESIM,
} RefillsDeliveryForm;

/* How many texts of one kind a delivery keeps: a code that differs from the first is another code. */
#define REFILLS_SECRET_MAX_TEXTS 8

/* What a delivery can carry (API reference, section 11.3). Each is the first of its kind; those that
 * came later follow it, up to the next kind. */
typedef enum {
  REFILLS_SECRET_CODE = 0 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_LINK = 1 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_SERIAL = 2 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_SECURITY_CODE = 3 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_ESIM = 4 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_INSTALL_LINK = 5 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_APPLE_LINK = 6 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_ANDROID_LINK = 7 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_BARCODE_LINK = 8 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_SECRET_QR_LINK = 9 * REFILLS_SECRET_MAX_TEXTS,
  REFILLS_N_SECRETS = 10 * REFILLS_SECRET_MAX_TEXTS,
} RefillsSecret;

#define REFILLS_TYPE_DELIVERY_PHASE (refills_delivery_phase_get_type ())
GType refills_delivery_phase_get_type (void);
#define REFILLS_TYPE_DELIVERY_FORM (refills_delivery_form_get_type ())
GType refills_delivery_form_get_type (void);

#define REFILLS_TYPE_DELIVERY (refills_delivery_get_type ())
G_DECLARE_FINAL_TYPE (RefillsDelivery, refills_delivery, REFILLS, DELIVERY, GObject)

RefillsDelivery      *refills_delivery_new_from_json          (const RefillsJsonPlace  *place,
                                                               GError                 **error)
                                                            G_GNUC_WARN_UNUSED_RESULT;
RefillsDelivery      *refills_delivery_new_from_code          (RefillsDelivery *base,
                                                               const char      *code) G_GNUC_WARN_UNUSED_RESULT;
RefillsDelivery      *refills_delivery_new_from_variant       (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant             *refills_delivery_to_variant             (RefillsDelivery *self);
RefillsDelivery      *refills_delivery_redact                 (RefillsDelivery *self) G_GNUC_WARN_UNUSED_RESULT;
RefillsDelivery      *refills_delivery_merge                  (RefillsDelivery *stored,
                                                               RefillsDelivery *incoming) G_GNUC_WARN_UNUSED_RESULT;

const char           *refills_delivery_get_id                 (RefillsDelivery *self);
const char           *refills_delivery_get_brand_name         (RefillsDelivery *self);
const char           *refills_delivery_get_country            (RefillsDelivery *self);
const char           *refills_delivery_get_denomination       (RefillsDelivery *self);
const char           *refills_delivery_get_product_value      (RefillsDelivery *self);
const char           *refills_delivery_get_face_label         (RefillsDelivery *self);
const char           *refills_delivery_get_beneficiary        (RefillsDelivery *self);
const char           *refills_delivery_get_state_name         (RefillsDelivery *self);
RefillsDeliveryPhase  refills_delivery_get_phase              (RefillsDelivery *self);
RefillsDeliveryForm   refills_delivery_get_form               (RefillsDelivery *self);
const char           *refills_delivery_get_instructions       (RefillsDelivery *self);
const char           *refills_delivery_get_failure            (RefillsDelivery *self);
const char           *refills_delivery_get_operator_reference (RefillsDelivery *self);
gboolean              refills_delivery_has_secret             (RefillsDelivery *self,
                                                               RefillsSecret    secret);
gboolean              refills_delivery_has_any_secret         (RefillsDelivery *self);
const char           *refills_delivery_get_secret             (RefillsDelivery *self,
                                                               RefillsSecret    secret);

G_END_DECLS
