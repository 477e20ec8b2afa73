/* refills-cli-table.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RefillsCliTable RefillsCliTable;

RefillsCliTable *refills_cli_table_new   (guint            n_columns,
                                          guint            indent) G_GNUC_WARN_UNUSED_RESULT;
void             refills_cli_table_add   (RefillsCliTable *self,
                                          const char      *first,
                                          ...);
void             refills_cli_table_print (RefillsCliTable *self);
void             refills_cli_table_free  (RefillsCliTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsCliTable, refills_cli_table_free)

G_END_DECLS
