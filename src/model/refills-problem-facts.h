/* refills-problem-facts.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-json.h"

G_BEGIN_DECLS

/* As many as can be read out loud, and as many as can be chosen from. */
#define REFILLS_PROBLEM_MAX_NAMED 8
#define REFILLS_PROBLEM_MAX_CHOICES 20

/* A delivery that a problem names; what it does not say is NULL. */
typedef struct {
  char *kind;
  char *brand_name;
  char *country;
  char *denomination;
  char *product_value;
  char *beneficiary;
} RefillsProblemDelivery;

char      *refills_problem_facts_dup_name        (const char             *text,
                                                  gsize                   max_characters) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_facts_dup_words       (const char             *word) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_facts_read_name       (const RefillsJsonPlace *details,
                                                  const char             *name,
                                                  gsize                   max_characters) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_facts_read_figure     (const RefillsJsonPlace *details,
                                                  const char             *name) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_facts_read_money      (const RefillsJsonPlace *details,
                                                  const char             *name) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *refills_problem_facts_read_names      (const RefillsJsonPlace *details,
                                                  const char             *name) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *refills_problem_facts_read_deliveries (const RefillsJsonPlace *details) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_facts_join            (GPtrArray              *names) G_GNUC_WARN_UNUSED_RESULT;
char      *refills_problem_delivery_dup_title    (const RefillsProblemDelivery *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
