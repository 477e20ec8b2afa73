/* refills-problem.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-json.h"
#include "refills-order-request.h"

G_BEGIN_DECLS

/* Codes of our own, beside the service's. */
#define REFILLS_PROBLEM_CODE_NOT_AS_ASKED "REFILLS_NOT_AS_ASKED"
#define REFILLS_PROBLEM_CODE_UNREADABLE "REFILLS_UNREADABLE"
#define REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED "REFILLS_COUPON_NOT_APPLIED"

typedef enum {
  REFILLS_PROBLEM_SUBJECT_ORDER,
  REFILLS_PROBLEM_SUBJECT_PRODUCT,
  REFILLS_PROBLEM_SUBJECT_BENEFICIARY,
  REFILLS_PROBLEM_SUBJECT_EMAIL,
  REFILLS_PROBLEM_SUBJECT_AMOUNT,
  REFILLS_PROBLEM_SUBJECT_LIMIT,
  REFILLS_PROBLEM_SUBJECT_COIN,
  REFILLS_PROBLEM_SUBJECT_NETWORK,
  REFILLS_PROBLEM_SUBJECT_VIA,
  REFILLS_PROBLEM_SUBJECT_COUPON,
  REFILLS_PROBLEM_SUBJECT_ACCOUNT,
} RefillsProblemSubject;

#define REFILLS_TYPE_PROBLEM_SUBJECT (refills_problem_subject_get_type ())
GType refills_problem_subject_get_type (void);

#define REFILLS_TYPE_PROBLEM (refills_problem_get_type ())
G_DECLARE_FINAL_TYPE (RefillsProblem, refills_problem, REFILLS, PROBLEM, GObject)

RefillsProblem        *refills_problem_new_from_json    (const RefillsJsonPlace  *place,
                                                         GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsProblem        *refills_problem_new_for_code     (const char              *code) G_GNUC_WARN_UNUSED_RESULT;
RefillsProblem        *refills_problem_new_with_details (const char              *code,
                                                         const RefillsJsonPlace  *details)
                                                      G_GNUC_WARN_UNUSED_RESULT;
RefillsProblem        *refills_problem_bind             (RefillsProblem          *self,
                                                         RefillsOrderRequest     *request)
                                                      G_GNUC_WARN_UNUSED_RESULT;
gboolean               refills_problem_code_is_known    (const char              *code);

const char            *refills_problem_get_code         (RefillsProblem *self);
const char            *refills_problem_get_text         (RefillsProblem *self);
const char            *refills_problem_get_what         (RefillsProblem *self);
const char            *refills_problem_get_next         (RefillsProblem *self);
RefillsProblemSubject  refills_problem_get_subject      (RefillsProblem *self);
int                    refills_problem_get_line         (RefillsProblem *self);
gboolean               refills_problem_concerns_line    (RefillsProblem *self,
                                                         guint           index);
GListModel            *refills_problem_get_choices      (RefillsProblem *self);

G_END_DECLS
