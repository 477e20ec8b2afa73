/* refills-problem-details.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-json.h"

G_BEGIN_DECLS

/* What `moreDetails` add to a code: sentences with their figures, where they have some. */
typedef struct {
  char       *what;       /* NULL: as without details */
  char       *next;       /* NULL: as without details */
  char       *more;       /* what else there is to say of the matter; NULL: nothing */
  GPtrArray  *deliveries; /* of RefillsProblemDelivery */
  GListStore *choices;    /* of RefillsProblemChoice */
} RefillsProblemDetails;

RefillsProblemDetails *refills_problem_details_new  (const char             *code,
                                                     const RefillsJsonPlace *place) G_GNUC_WARN_UNUSED_RESULT;
void                   refills_problem_details_free (RefillsProblemDetails  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsProblemDetails, refills_problem_details_free)

G_END_DECLS
