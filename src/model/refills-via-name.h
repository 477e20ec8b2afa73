/* refills-via-name.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A wallet of one's own; every other way to pay leads to the page of an exchange. */
#define REFILLS_WALLET_VIA "USER_WALLET"

gboolean refills_via_name_is_elsewhere (const char *name);
char    *refills_via_name_dup_title    (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
