/* refills-cli-output.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void refills_cli_print_line (const char *line);

G_END_DECLS
