/* refills-db.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RefillsDb RefillsDb;
typedef struct _RefillsDbStatement RefillsDbStatement;

/* One step of the schema, run in a transaction of its own: SQL, then a function where SQL is not enough. */
typedef struct {
  const char *sql;
  gboolean (*run) (RefillsDb  *db,
                   GError    **error);
} RefillsDbMigration;

RefillsDb          *refills_db_open               (const char  *path,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsDb          *refills_db_open_to_read       (const char  *path,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsDb          *refills_db_open_read_only      (const char  *path,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsDb          *refills_db_open_in_memory      (RefillsDb   *from,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            refills_db_forbid_writing      (RefillsDb   *self,
                                                   GError     **error);
gboolean            refills_db_check              (RefillsDb   *self,
                                                   const int   *stop,
                                                   gboolean    *is_damaged);
void                refills_db_close              (RefillsDb   *self);
gboolean            refills_db_migrate            (RefillsDb                *self,
                                                   const RefillsDbMigration *migrations,
                                                   guint                     n_migrations,
                                                   GError                  **error);
gboolean            refills_db_get_version        (RefillsDb   *self,
                                                   guint       *version,
                                                   GError     **error);
gboolean            refills_db_execute            (RefillsDb   *self,
                                                   const char  *sql,
                                                   GError     **error);
gboolean            refills_db_begin              (RefillsDb   *self,
                                                   GError     **error);
gboolean            refills_db_commit             (RefillsDb   *self,
                                                   GError     **error);
void                refills_db_roll_back          (RefillsDb   *self);
gboolean            refills_db_empty_log          (RefillsDb   *self,
                                                   gboolean    *is_empty,
                                                   GError     **error);
gint64              refills_db_get_last_row       (RefillsDb   *self);
guint               refills_db_get_n_changes      (RefillsDb   *self);

RefillsDbStatement *refills_db_prepare            (RefillsDb   *self,
                                                   const char  *sql,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void                refills_db_statement_free     (RefillsDbStatement *self);
void                refills_db_statement_bind_int (RefillsDbStatement *self,
                                                   guint               index,
                                                   gint64              value);
void                refills_db_statement_bind_text (RefillsDbStatement *self,
                                                   guint               index,
                                                   const char         *value);
void                refills_db_statement_bind_variant (RefillsDbStatement *self,
                                                   guint               index,
                                                   GVariant           *value);
void                refills_db_statement_bind_bytes (RefillsDbStatement *self,
                                                   guint               index,
                                                   GBytes             *value);
gboolean            refills_db_statement_step     (RefillsDbStatement *self,
                                                   gboolean           *has_row,
                                                   GError            **error);
gint64              refills_db_statement_get_int  (RefillsDbStatement *self,
                                                   guint               column);
const char         *refills_db_statement_get_text (RefillsDbStatement *self,
                                                   guint               column);
GBytes             *refills_db_statement_get_bytes (RefillsDbStatement *self,
                                                   guint               column) G_GNUC_WARN_UNUSED_RESULT;
GVariant           *refills_db_statement_get_variant (RefillsDbStatement *self,
                                                   guint               column,
                                                   const GVariantType *type) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsDb, refills_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsDbStatement, refills_db_statement_free)

G_END_DECLS
