/* refills-backoff.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef double (*RefillsRandom) (gpointer user_data);

typedef struct {
  guint         base_ms;
  guint         limit_ms;
  guint         step;
  RefillsRandom random;
  gpointer      random_data;
} RefillsBackoff;

void  refills_backoff_init  (RefillsBackoff *self,
                             guint           base_ms,
                             guint           limit_ms,
                             RefillsRandom   random,
                             gpointer        random_data);
guint refills_backoff_next  (RefillsBackoff *self);
void  refills_backoff_reset (RefillsBackoff *self);

G_END_DECLS
