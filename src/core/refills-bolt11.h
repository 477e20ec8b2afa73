/* refills-bolt11.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The network whose invoices are paid. */
#define REFILLS_BOLT11_MAINNET "bc"

/* What a Lightning invoice says; strings are owned. */
typedef struct {
  char     *network; /* "bc", "tb", "tbs" or "bcrt" */
  gboolean  has_amount;
  guint64   millisatoshi;
  gint64    timestamp; /* epoch seconds */
  gint64    expires_at; /* epoch seconds: timestamp + expiry, at most G_MAXINT64 */
  guint64   expiry; /* seconds */
  char     *description; /* NULL where there is none */
  guint8    payment_hash[32];
  gboolean  has_payment_hash;
  gboolean  is_complete; /* a wallet could pay it: hash, secret, one kind of description, no feature
                            * that is unknown, and what can be a signature */
} RefillsBolt11;

gboolean refills_bolt11_parse (const char     *text,
                               RefillsBolt11  *out,
                               GError        **error);
void     refills_bolt11_clear (RefillsBolt11  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsBolt11, refills_bolt11_clear)

G_END_DECLS
