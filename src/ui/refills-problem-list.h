/* refills-problem-list.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-problem-choice.h"
#include "refills-problem.h"

G_BEGIN_DECLS

/* More of them help nobody. */
#define REFILLS_PROBLEM_LIST_MAX 20

#define REFILLS_TYPE_PROBLEM_LIST (refills_problem_list_get_type ())

G_DECLARE_FINAL_TYPE (RefillsProblemList, refills_problem_list, REFILLS, PROBLEM_LIST, AdwBin)

/* 0 where it cannot be chosen; of the others the higher ones come first. */
typedef guint (*RefillsProblemListRate) (RefillsProblemChoice *choice,
                                         gpointer              user_data);

void  refills_problem_list_set_subjects (RefillsProblemList     *self,
                                         guint                   subjects);
void  refills_problem_list_set_rate     (RefillsProblemList     *self,
                                         RefillsProblemListRate  rate,
                                         gpointer                user_data);

G_END_DECLS
