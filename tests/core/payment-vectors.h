/* payment-vectors.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-json.h"

G_BEGIN_DECLS

/* One case of tests/vectors/payment.json. */
typedef struct {
  const char             *input;
  guint64                 decimals; /* of amounts */
  gboolean                is_valid;
  const RefillsJsonPlace *expect; /* an object, or NULL */
} PaymentVector;

typedef void (*PaymentVectorFunc) (const PaymentVector *vector);

void     payment_vectors_each     (const char          *group,
                                   PaymentVectorFunc    func);
char    *payment_vector_dup_text  (const PaymentVector *vector,
                                   const char          *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
