/* refills-cashaddr.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_CASHADDR_PREFIX "bitcoincash"
#define REFILLS_CASHADDR_PREFIX_MAX 83 /* characters; the specification sets no limit */
#define REFILLS_CASHADDR_PAYLOAD_MAX 64 /* bytes */

typedef enum {
  REFILLS_CASHADDR_P2PKH = 0,
  REFILLS_CASHADDR_P2SH = 1,
} RefillsCashaddrType;

typedef struct {
  char   prefix[REFILLS_CASHADDR_PREFIX_MAX + 1]; /* in lower case */
  guint  type;                                    /* 0 to 15; most have no meaning yet */
  guint8 payload[REFILLS_CASHADDR_PAYLOAD_MAX];
  gsize  n_payload;                               /* 20 to 64 */
} RefillsCashaddr;

gboolean refills_cashaddr_decode     (const char             *text,
                                      RefillsCashaddr        *out,
                                      GError                **error);
char    *refills_cashaddr_dup_legacy (const RefillsCashaddr  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
