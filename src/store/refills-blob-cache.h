/* refills-blob-cache.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_BLOB_CACHE (refills_blob_cache_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBlobCache, refills_blob_cache, REFILLS, BLOB_CACHE, GObject)

RefillsBlobCache *refills_blob_cache_new         (const char *folder,
                                                  guint64     max_bytes) G_GNUC_WARN_UNUSED_RESULT;

GBytes           *refills_blob_cache_load        (RefillsBlobCache *self,
                                                  const char       *key,
                                                  gint64           *stored_at) G_GNUC_WARN_UNUSED_RESULT;
void              refills_blob_cache_load_async  (RefillsBlobCache    *self,
                                                  const char          *key,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
GBytes           *refills_blob_cache_load_finish (RefillsBlobCache    *self,
                                                  GAsyncResult        *result,
                                                  gint64              *stored_at,
                                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void              refills_blob_cache_store       (RefillsBlobCache *self,
                                                  const char       *key,
                                                  GBytes           *bytes);
void              refills_blob_cache_remove      (RefillsBlobCache *self,
                                                  const char       *key);
void              refills_blob_cache_drain       (RefillsBlobCache *self);

G_END_DECLS
