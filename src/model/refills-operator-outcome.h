/* refills-operator-outcome.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_OPERATOR_OUTCOME_NONE,
  REFILLS_OPERATOR_OUTCOME_CONFIRMED,
  REFILLS_OPERATOR_OUTCOME_REFUSED,
} RefillsOperatorOutcome;

RefillsOperatorOutcome  refills_operator_outcome_read    (const char *word);
char                   *refills_operator_outcome_explain (const char *word) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
