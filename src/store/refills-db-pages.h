/* refills-db-pages.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_DB_CELL_MAX_COLUMNS 32

typedef struct _RefillsDbPages RefillsDbPages;

/* A record of a table, as it is in the file. */
typedef struct {
  gint64 row;
  guint n_columns;
  guint64 types[REFILLS_DB_CELL_MAX_COLUMNS];
  gsize starts[REFILLS_DB_CELL_MAX_COLUMNS];
  GBytes *payload;    /* as far as it could be read */
  gsize whole_length; /* bytes that it says it has */
} RefillsDbCell;

typedef gboolean (*RefillsDbCellAccepts) (const guint64 *types,
                                          guint          n_columns,
                                          gpointer       user_data);

RefillsDbPages *refills_db_pages_read          (const char      *path,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            refills_db_pages_free          (RefillsDbPages  *self);
guint           refills_db_pages_get_n_pages   (RefillsDbPages  *self);
guint           refills_db_pages_get_page_bytes (RefillsDbPages *self);
GArray         *refills_db_pages_list_cells    (RefillsDbPages  *self,
                                                guint            number) G_GNUC_WARN_UNUSED_RESULT;
RefillsDbCell  *refills_db_pages_read_cell     (RefillsDbPages  *self,
                                                guint            number,
                                                guint            offset,
                                                RefillsDbCellAccepts accepts,
                                                gpointer         user_data) G_GNUC_WARN_UNUSED_RESULT;

void            refills_db_cell_free           (RefillsDbCell   *self);
gboolean        refills_db_cell_is_whole       (const RefillsDbCell *self);
gboolean        refills_db_cell_get_int        (const RefillsDbCell *self,
                                                guint            column,
                                                gint64          *value);
char           *refills_db_cell_dup_text       (const RefillsDbCell *self,
                                                guint            column) G_GNUC_WARN_UNUSED_RESULT;
GBytes         *refills_db_cell_get_bytes      (const RefillsDbCell *self,
                                                guint            column) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsDbPages, refills_db_pages_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsDbCell, refills_db_cell_free)

G_END_DECLS
