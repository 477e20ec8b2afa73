/* refills-order-file.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"
#include "refills-store-condition.h"

G_BEGIN_DECLS

typedef struct _RefillsOrderFile RefillsOrderFile;

RefillsOrderFile *refills_order_file_new       (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void              refills_order_file_free      (RefillsOrderFile *self);

const char       *refills_order_file_get_path  (RefillsOrderFile *self);
RefillsDb        *refills_order_file_open      (RefillsOrderFile  *self,
                                                GError           **error);
RefillsDb        *refills_order_file_open_to_write (RefillsOrderFile *self,
                                                GError           **error);
RefillsStoreCondition refills_order_file_get_condition (RefillsOrderFile *self);
const char       *refills_order_file_get_aside (RefillsOrderFile  *self,
                                                guint             *n_carried);
void              refills_order_file_roll_back (RefillsOrderFile *self);
gboolean          refills_order_file_is_damaged (RefillsOrderFile *self);
gboolean          refills_order_file_mend      (RefillsOrderFile  *self,
                                                GError           **error);
gboolean          refills_order_file_set_aside (RefillsOrderFile  *self,
                                                GError           **error);

void              refills_order_file_hold_row  (RefillsOrderFile *self,
                                                gint64            row);
void              refills_order_file_drop_row  (RefillsOrderFile *self,
                                                gint64            row);
gboolean          refills_order_file_row_is_held (RefillsOrderFile *self,
                                                gint64            row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsOrderFile, refills_order_file_free)

G_END_DECLS
