/* refills-json-write.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-json.h"

G_BEGIN_DECLS

char *refills_json_place_write (const RefillsJsonPlace *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
