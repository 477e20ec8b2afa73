/* refills-bip321.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A request in the manner of `bitcoin:`; strings are owned, and are NULL for what it does not say. */
typedef struct {
  char     *address; /* as written; CashAddr with its prefix */
  char     *amount;  /* coin units, decimal text */
  char     *token;   /* `tron:` only */
  gboolean  has_choice; /* something else to pay to stands beside the address: a wallet could take that */
} RefillsBip321;

gboolean refills_bip321_parse (const char     *text,
                               const char     *scheme,
                               RefillsBip321  *out,
                               GError        **error);
void     refills_bip321_clear (RefillsBip321  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsBip321, refills_bip321_clear)

G_END_DECLS
