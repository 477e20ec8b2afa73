/* refills-order-record.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-db.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

/* A row as the store's thread has it: with its secrets. */
typedef struct {
  RefillsStoredOrder *stored;
  RefillsOrderState  *state; /* not redacted; NULL where there is none */
  GBytes             *last_answer;
  char               *key;   /* NULL where the row is not sealed */
} RefillsOrderRecord;

void                refills_order_record_free        (RefillsOrderRecord *self);

RefillsDbStatement *refills_order_record_prepare_list (RefillsDb   *db,
                                                      const char  *environment,
                                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsStoredOrder *refills_order_record_read_clear  (RefillsDbStatement *statement) G_GNUC_WARN_UNUSED_RESULT;
gboolean            refills_order_record_is_sound    (RefillsDbStatement *statement,
                                                      gint64              above,
                                                      GError            **error);
RefillsOrderRecord *refills_order_record_read        (RefillsDb      *db,
                                                      RefillsKeySet  *keys,
                                                      const char     *environment,
                                                      gint64          row,
                                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean            refills_order_record_insert      (RefillsDb            *db,
                                                      RefillsKeySet        *keys,
                                                      const char           *environment,
                                                      RefillsOrderRequest  *asked,
                                                      GBytes               *basket,
                                                      gint64               *row,
                                                      GError              **error);
gboolean            refills_order_record_write_state (RefillsDb           *db,
                                                      RefillsKeySet       *keys,
                                                      RefillsOrderRecord  *row,
                                                      RefillsOrderState   *state,
                                                      GBytes              *answer,
                                                      GError             **error);
gboolean            refills_order_record_seal        (RefillsDb      *db,
                                                      RefillsKeySet  *keys,
                                                      const char     *key,
                                                      gint64          row,
                                                      GError        **error);
gboolean            refills_order_record_verify      (RefillsDb      *db,
                                                      RefillsKeySet  *keys,
                                                      gint64          row,
                                                      GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsOrderRecord, refills_order_record_free)

G_END_DECLS
