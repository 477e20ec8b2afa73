/* refills-cli-payee.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean refills_cli_names_payee (const char *text);

G_END_DECLS
