/* refills-problem-table.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-problem.h"

G_BEGIN_DECLS

/* One code of the service, in English; gettext has the other languages. */
typedef struct {
  const char            *code;
  RefillsProblemSubject  subject;
  const char            *what; /* what the matter is, one sentence */
  const char            *next; /* what the person can do about it, one sentence or two */
} RefillsProblemRow;

extern const RefillsProblemRow refills_problem_rows[];
extern const gsize             refills_n_problem_rows;

const RefillsProblemRow *refills_problem_row_find (const char *code);

G_END_DECLS
