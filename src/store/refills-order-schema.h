/* refills-order-schema.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"

G_BEGIN_DECLS

#define REFILLS_ORDER_SCHEMA_VERSION 2
/* Of the first version that seals; a copy from before it is in clear. */
#define REFILLS_ORDER_SCHEMA_FIRST_SEALED 2
#define REFILLS_ORDER_SCHEMA_KEY_COLUMNS \
  "name, made_at, place, proof, wrapped, recovery, salt, ops, memory"

gboolean    refills_order_schema_migrate     (RefillsDb  *db,
                                              guint       version,
                                              GError    **error);
const char *refills_order_schema_get_columns (guint version);
gboolean    refills_order_schema_can_read    (RefillsDb  *db);
gboolean    refills_order_schema_is_sound    (RefillsDb  *db,
                                              guint       version);

G_END_DECLS
