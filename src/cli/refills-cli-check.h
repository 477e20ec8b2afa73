/* refills-cli-check.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads @text and adds to @facts what it says. Returns: whether it has the form of its kind. */
typedef gboolean (*RefillsCliCheckFunc) (const char  *text,
                                         GString     *facts,
                                         GError     **error);

RefillsCliCheckFunc refills_cli_find_address_check (const char *kind);

void                refills_cli_add_boolean        (GString    *object,
                                                    const char *name,
                                                    gboolean    value);
void                refills_cli_add_unsigned       (GString    *object,
                                                    const char *name,
                                                    guint64     number);

G_END_DECLS
