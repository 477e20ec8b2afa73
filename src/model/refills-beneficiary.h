/* refills-beneficiary.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* To what a delivery is sent. */
typedef enum {
  REFILLS_BENEFICIARY_EMAIL,
  REFILLS_BENEFICIARY_PHONE,
  REFILLS_BENEFICIARY_ACCOUNT,
} RefillsBeneficiaryKind;

#define REFILLS_TYPE_BENEFICIARY_KIND (refills_beneficiary_kind_get_type ())
GType                  refills_beneficiary_kind_get_type   (void);

RefillsBeneficiaryKind refills_beneficiary_kind_for        (const char             *delivery_type,
                                                            const char             *brand_kind);
gboolean               refills_beneficiary_is_plausible    (RefillsBeneficiaryKind  kind,
                                                            const char             *text);

G_END_DECLS
