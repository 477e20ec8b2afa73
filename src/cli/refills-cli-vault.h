/* refills-cli-vault.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"

G_BEGIN_DECLS

gboolean refills_cli_keep_in_file (RefillsCli   *self,
                                   RefillsVault *vault,
                                   int          *status);

G_END_DECLS
