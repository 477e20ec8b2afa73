/* refills-xrp-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_XRP_ACCOUNT_BYTES 20

typedef struct {
  guint8   account[REFILLS_XRP_ACCOUNT_BYTES];
  gboolean is_classic;  /* r…; otherwise an X-address, which can hold a tag */
  gboolean has_tag;
  guint32  tag;
  gboolean is_testnet;  /* never of a classic one, which does not say */
} RefillsXrpAddress;

gboolean refills_xrp_address_parse       (const char               *text,
                                          RefillsXrpAddress        *out,
                                          GError                  **error);
char    *refills_xrp_address_dup_classic (const RefillsXrpAddress  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
