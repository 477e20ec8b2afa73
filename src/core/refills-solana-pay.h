/* refills-solana-pay.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A `solana:` request for a transfer; strings are owned, and are NULL for what it does not say. */
typedef struct {
  char *recipient; /* a wallet, never a token account */
  char *amount;    /* coin units, decimal text */
  char *mint;      /* NULL for SOL */
  char *memo;      /* public on the chain */
  char **references; /* keys by which the payment is found, in their order; never empty */
} RefillsSolanaPay;

gboolean refills_solana_pay_parse (const char        *text,
                                   RefillsSolanaPay  *out,
                                   GError           **error);
void     refills_solana_pay_clear (RefillsSolanaPay  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsSolanaPay, refills_solana_pay_clear)

G_END_DECLS
