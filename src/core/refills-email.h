/* refills-email.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean refills_email_is_plausible (const char *text);

G_END_DECLS
