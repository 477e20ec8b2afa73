/* refills-db-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "refills-db.h"

G_BEGIN_DECLS

struct _RefillsDb {
  sqlite3 *handle;
  char *path;
  /* What the last call that failed said; tells busy from broken. */
  int failure;
};

void refills_db_set_error (RefillsDb   *self,
                           const char  *what,
                           int          result,
                           GError     **error);

G_END_DECLS
