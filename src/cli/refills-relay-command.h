/* refills-relay-command.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"

G_BEGIN_DECLS

int refills_relay_run (RefillsCli  *cli,
                       int          argc,
                       char       **argv);

G_END_DECLS
