/* refills-order-labels-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *refills_order_lines_dup_title      (GPtrArray *lines) G_GNUC_WARN_UNUSED_RESULT;
char *refills_order_lines_dup_face_label (GPtrArray *lines) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
