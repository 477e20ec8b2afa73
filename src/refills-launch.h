/* refills-launch.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-environment.h"

G_BEGIN_DECLS

/* What was asked for at the start, by the command line, the environment and the settings. */
typedef struct {
  GSettings          *settings;    /* NULL where the schema is not installed */
  char               *bus_name;    /* of the instance for this server */
  RefillsEnvironment *environment; /* unset in practice mode until the server inside runs */
  gboolean            practice;
  char               *country;     /* a two-letter code */
  RefillsOrderShape   order_shape;
} RefillsLaunch;

void refills_launch_add_options (GApplication  *application);
int  refills_launch_read        (RefillsLaunch *self,
                                 GVariantDict  *options);
void refills_launch_clear       (RefillsLaunch *self);

G_END_DECLS
