/* refills-collection.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_COLLECTION_IDLE,
  REFILLS_COLLECTION_LOADING,
  REFILLS_COLLECTION_READY,
  REFILLS_COLLECTION_STALE,
  REFILLS_COLLECTION_FAILED,
} RefillsCollectionState;

#define REFILLS_TYPE_COLLECTION_STATE (refills_collection_state_get_type ())
GType refills_collection_state_get_type (void);

#define REFILLS_TYPE_COLLECTION (refills_collection_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCollection, refills_collection, REFILLS, COLLECTION, GObject)

RefillsCollection      *refills_collection_new            (GType item_type) G_GNUC_WARN_UNUSED_RESULT;

void                    refills_collection_set_equal_func (RefillsCollection *self,
                                                           GEqualFunc         equal);
void                    refills_collection_begin_loading  (RefillsCollection *self);
void                    refills_collection_take_items     (RefillsCollection *self,
                                                           GPtrArray         *items,
                                                           gint64             loaded_at,
                                                           guint              n_skipped);
void                    refills_collection_take_copy      (RefillsCollection *self,
                                                           GPtrArray         *items,
                                                           gint64             loaded_at,
                                                           guint              n_skipped);
void                    refills_collection_confirm        (RefillsCollection *self,
                                                           gint64             loaded_at,
                                                           guint              n_skipped);
void                    refills_collection_set_n_hidden   (RefillsCollection *self,
                                                           guint              n_hidden);
void                    refills_collection_set_retry_at   (RefillsCollection *self,
                                                           gint64             retry_at);
void                    refills_collection_clear          (RefillsCollection *self);
void                    refills_collection_append_items   (RefillsCollection *self,
                                                           GPtrArray         *items);
void                    refills_collection_insert         (RefillsCollection *self,
                                                           guint              position,
                                                           gpointer           item);
void                    refills_collection_fail           (RefillsCollection *self,
                                                           const GError      *error);

RefillsCollectionState  refills_collection_get_state      (RefillsCollection *self);
const GError           *refills_collection_get_error      (RefillsCollection *self);
const char             *refills_collection_get_error_text (RefillsCollection *self);
gboolean                refills_collection_is_loading     (RefillsCollection *self);
gboolean                refills_collection_is_empty       (RefillsCollection *self);
gint64                  refills_collection_get_loaded_at  (RefillsCollection *self);
guint                   refills_collection_get_n_skipped  (RefillsCollection *self);
guint                   refills_collection_get_n_hidden   (RefillsCollection *self);
gint64                  refills_collection_get_retry_at   (RefillsCollection *self);

G_END_DECLS
