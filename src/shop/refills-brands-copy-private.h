/* refills-brands-copy-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-blob-cache.h"
#include "refills-collection.h"

G_BEGIN_DECLS

/* A country's brands as they lie on disk. */
typedef struct {
  GBytes   *bytes;     /* the whole list; NULL: none */
  GVariant *rest;      /* what is not shown yet */
  gint64    stored_at; /* epoch seconds */
} RefillsBrandsCopy;

void     refills_brands_copy_load      (RefillsBrandsCopy *self,
                                        RefillsBlobCache  *cache,
                                        const char        *country,
                                        RefillsCollection *into);
void     refills_brands_copy_show_rest (RefillsBrandsCopy *self,
                                        RefillsCollection *into);
gboolean refills_brands_copy_holds     (RefillsBrandsCopy *self,
                                        GBytes            *bytes);
void     refills_brands_copy_store     (RefillsBrandsCopy *self,
                                        RefillsBlobCache  *cache,
                                        const char        *country,
                                        GBytes            *bytes);
void     refills_brands_copy_clear     (RefillsBrandsCopy *self);

G_END_DECLS
