/* refills-cli-track.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli-record.h"

G_BEGIN_DECLS

int refills_cli_follow (RefillsCli       *cli,
                        RefillsCliRecord *record,
                        const char       *order_id,
                        gboolean          polls_only);

G_END_DECLS
