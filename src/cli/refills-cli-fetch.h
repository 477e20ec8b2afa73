/* refills-cli-fetch.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"
#include "refills-json.h"

G_BEGIN_DECLS

void         refills_cli_keep_result (GObject       *source,
                                      GAsyncResult  *result,
                                      gpointer       result_location);
void         refills_cli_wait        (GAsyncResult **result);

void         refills_cli_add_query   (GString       *query,
                                      const char    *name,
                                      const char    *value);
RefillsJson *refills_cli_fetch       (RefillsCli    *self,
                                      const char    *path,
                                      GString       *query,
                                      int           *status) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
