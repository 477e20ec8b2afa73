/* refills-secret-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SECRET_ROW (refills_secret_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsSecretRow, refills_secret_row, REFILLS, SECRET_ROW, AdwPreferencesRow)

GtkWidget *refills_secret_row_new       (RefillsShop   *shop,
                                         RefillsOrder  *order,
                                         guint          delivery,
                                         RefillsSecret  secret) G_GNUC_WARN_UNUSED_RESULT;

const char *refills_secret_row_name     (RefillsSecret secret);

char      *refills_secret_row_find_host (const char *link) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
