/* refills-erc681.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An `ethereum:` request; strings are owned, and are NULL for what it does not say. */
typedef struct {
  char    *target; /* an address or an ENS name, as written: the payee, or with a function the contract */
  guint64  chain_id; /* 0 where it is not said */
  char    *function;
  char    *address; /* the payee of a transfer */
  char    *value; /* smallest units, digits: of the native coin, or with `transfer` of the token */
  gboolean sends_both; /* a transfer that sends the contract native coins too */
  gboolean has_more; /* arguments that a transfer does not have, or those of one without the function */
} RefillsErc681;

gboolean  refills_erc681_parse        (const char     *text,
                                       RefillsErc681  *out,
                                       GError        **error);
void      refills_erc681_clear        (RefillsErc681  *self);
char     *refills_erc681_parse_number (const char     *text,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_erc681_is_hex       (const char     *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsErc681, refills_erc681_clear)

G_END_DECLS
