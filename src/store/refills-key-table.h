/* refills-key-table.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"
#include "refills-key-record.h"

G_BEGIN_DECLS

GPtrArray *refills_key_table_list      (RefillsDb               *db,
                                        GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   refills_key_table_add_first (RefillsDb               *db,
                                        const RefillsKeyRecord  *record,
                                        GError                 **error);
gboolean   refills_key_table_restore   (RefillsDb               *db,
                                        GPtrArray               *copies,
                                        GError                 **error);
gboolean   refills_key_table_put_back  (RefillsDb               *db,
                                        GPtrArray               *found,
                                        GPtrArray               *copies,
                                        GError                 **error);
gboolean   refills_key_table_is_sound  (RefillsDb               *db);
gboolean   refills_key_table_update    (RefillsDb               *db,
                                        const RefillsKeyRecord  *record,
                                        GError                 **error);

G_END_DECLS
