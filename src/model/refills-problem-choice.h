/* refills-problem-choice.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-network.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PROBLEM_CHOICE (refills_problem_choice_get_type ())
G_DECLARE_FINAL_TYPE (RefillsProblemChoice, refills_problem_choice, REFILLS, PROBLEM_CHOICE, GObject)

RefillsProblemChoice *refills_problem_choice_new_for_kind    (const char *kind) G_GNUC_WARN_UNUSED_RESULT;
RefillsProblemChoice *refills_problem_choice_new_for_payment (const char *protocol,
                                                              const char *coin) G_GNUC_WARN_UNUSED_RESULT;

const char           *refills_problem_choice_get_label       (RefillsProblemChoice *self);
const char           *refills_problem_choice_get_kind        (RefillsProblemChoice *self);
const char           *refills_problem_choice_get_via         (RefillsProblemChoice *self);
const char           *refills_problem_choice_get_coin        (RefillsProblemChoice *self);
gboolean              refills_problem_choice_has_network     (RefillsProblemChoice *self,
                                                              RefillsNetwork       *network);

G_END_DECLS
