/* refills-cli-commands.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"

G_BEGIN_DECLS

/* Each gets its own words, the command first, and returns what the program ends with. */
int refills_cli_countries (RefillsCli *self, int argc, char **argv);
int refills_cli_vias      (RefillsCli *self, int argc, char **argv);
int refills_cli_brands    (RefillsCli *self, int argc, char **argv);
int refills_cli_home      (RefillsCli *self, int argc, char **argv);
int refills_cli_search    (RefillsCli *self, int argc, char **argv);
int refills_cli_products  (RefillsCli *self, int argc, char **argv);
int refills_cli_price     (RefillsCli *self, int argc, char **argv);
int refills_cli_validate  (RefillsCli *self, int argc, char **argv);
int refills_cli_order     (RefillsCli *self, int argc, char **argv);
int refills_cli_orders    (RefillsCli *self, int argc, char **argv);
int refills_cli_show      (RefillsCli *self, int argc, char **argv);
int refills_cli_track     (RefillsCli *self, int argc, char **argv);
int refills_cli_unlock    (RefillsCli *self, int argc, char **argv);
int refills_cli_check     (RefillsCli *self, int argc, char **argv);
int refills_cli_recovery  (RefillsCli *self, int argc, char **argv);

G_END_DECLS
