/* refills-boot-time-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"

G_BEGIN_DECLS

gint64 refills_boot_time_get (const RefillsEnvironment *environment);

G_END_DECLS
