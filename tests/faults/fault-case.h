/* fault-case.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scripted-server.h"
#include "shop-fixture.h"

G_BEGIN_DECLS

#define FAULT_CASE_DEADLINE_MS 20000

/* A whole answer: the head up to the type, for what follows. */
#define FAULT_CASE_JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"

/* What every row gets: a server that says what the sandbox says until the row has it say something else,
 * and a shop's environment that asks it. The shop is opened by the row. */
typedef struct {
  ShopFixture     base;
  ScriptedServer *server;
} FaultCase;

typedef void (*FaultFunc) (FaultCase     *self,
                           gconstpointer  data);

void             fault_case_add               (const char            *id,
                                               FaultFunc              test,
                                               gconstpointer          data);
void             fault_case_add_alone         (const char            *id,
                                               FaultFunc              test,
                                               gconstpointer          data);

void             fault_case_open              (FaultCase             *self);
void             fault_case_open_loaded       (FaultCase             *self);

RefillsCollection *fault_case_get_brands      (FaultCase             *self);
gboolean         fault_case_is_settled        (gpointer               list);
void             fault_case_await_list        (RefillsCollection     *list,
                                               RefillsCollectionState state);
void             fault_case_assert_nothing    (FaultCase             *self,
                                               const char            *see);
void             fault_case_assert_kept       (FaultCase             *self,
                                               const char            *see);

RefillsCheckout *fault_case_begin             (FaultCase             *self);
void             fault_case_submit            (RefillsCheckout       *checkout,
                                               RefillsCheckoutState   state);
void             fault_case_assert_unknown    (FaultCase             *self);
RefillsOrder    *fault_case_dup_order         (FaultCase             *self);

char            *fault_case_dup_text          (gpointer               object,
                                               const char            *property);
void             fault_case_assert_see        (gpointer               object,
                                               const char            *property,
                                               const char            *see);
void             fault_case_await_see         (gpointer               object,
                                               const char            *property,
                                               const char            *see);
void             fault_case_await_count       (FaultCase             *self,
                                               const char            *method,
                                               const char            *pattern,
                                               guint                  n);
guint            fault_case_count             (FaultCase             *self,
                                               const char            *method,
                                               const char            *pattern);

G_END_DECLS
