/* json-case.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-json.h"

G_BEGIN_DECLS

/* A document written in a test, with ' for ". */
typedef struct {
  RefillsJson      *root;
  RefillsJsonPlace  place;
} JsonCase;

typedef void (*JsonCaseVisit) (const char       *path,
                               RefillsJsonPlace *place,
                               gpointer          user_data);

JsonCase *json_case_new         (const char    *text);
void      json_case_free        (JsonCase      *self);
GBytes   *json_case_to_bytes    (const char    *text);
void      json_case_vary        (const char    *text,
                                 JsonCaseVisit  visit,
                                 gpointer       user_data);
void      assert_contract       (gpointer       object);
void      assert_damaged_safe   (GVariant      *whole,
                                 gpointer     (*make) (GVariant *));
void      count_cb              (GObject       *object,
                                 GParamSpec    *spec,
                                 gpointer       counter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsonCase, json_case_free)

G_END_DECLS
