/* refills-plan-facts-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-json.h"

G_BEGIN_DECLS

/* What a plan holds and how it is used, for screens; NULL: not told. */
typedef struct {
  char *validity;
  char *benefits;
  char *description;
  char *instructions;
  char *terms;
  char **regions;
} RefillsPlanFacts;

void refills_plan_facts_read  (RefillsPlanFacts       *self,
                               const RefillsJsonPlace *option);
void refills_plan_facts_clear (RefillsPlanFacts       *self);

G_END_DECLS
