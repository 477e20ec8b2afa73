/* refills-ton-uri.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A `ton://transfer/` request; strings are owned, and are NULL for what it does not say. */
typedef struct {
  char     *address; /* the payee, as written */
  char     *amount;  /* smallest units, digits: of TON, or with @jetton of the token */
  char     *jetton;  /* the master contract; NULL for TON */
  char     *text;
  gint64    expires_at; /* epoch seconds; 0 where it is not said */
  gboolean  has_payload; /* carries more than a transfer: a message body or a contract's code */
} RefillsTonUri;

gboolean refills_ton_uri_parse (const char     *text,
                                RefillsTonUri  *out,
                                GError        **error);
void     refills_ton_uri_clear (RefillsTonUri  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsTonUri, refills_ton_uri_clear)

G_END_DECLS
