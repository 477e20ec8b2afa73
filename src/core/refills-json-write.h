/* refills-json-write.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *refills_json_node_write (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
