/* refills-bech32.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

/* Longer texts lose what the checksum promises (BIP 173); only Lightning goes over it. */
#define REFILLS_BECH32_MAX 90

typedef enum {
  REFILLS_BECH32,  /* BIP 173 */
  REFILLS_BECH32M, /* BIP 350 */
} RefillsBech32Encoding;

gboolean refills_bech32_decode       (const char             *text,
                                      gsize                   max_length,
                                      char                  **prefix,
                                      GBytes                **groups,
                                      RefillsBech32Encoding  *encoding,
                                      GError                **error);
gboolean refills_bech32_is_one_case  (const char             *text);
int      refills_bech32_get_value    (char                    character);
gboolean refills_bech32_convert_bits (const guint8           *groups,
                                      gsize                   n_groups,
                                      guint8                 *out,
                                      gsize                  *length);

#define REFILLS_SEGWIT_SCRIPT_MAX 42 /* bytes */

/* What a segwit address pays to. */
typedef struct {
  guint  version;                            /* 0 to 16 */
  guint8 script[REFILLS_SEGWIT_SCRIPT_MAX];  /* the version's opcode, the program's length, the program */
  gsize  n_script;
} RefillsSegwit;

gboolean refills_segwit_decode       (const char             *text,
                                      const char             *prefix,
                                      RefillsSegwit          *out,
                                      GError                **error);

G_END_DECLS
