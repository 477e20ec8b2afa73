/* refills-vigil-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-collection.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_VIGIL (refills_vigil_get_type ())
G_DECLARE_FINAL_TYPE (RefillsVigil, refills_vigil, REFILLS, VIGIL, GObject)

RefillsVigil *refills_vigil_new       (RefillsCollection *orders) G_GNUC_WARN_UNUSED_RESULT;

gboolean      refills_vigil_is_needed (RefillsVigil      *self);

G_END_DECLS
