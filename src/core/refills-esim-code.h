/* refills-esim-code.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an activation code says; strings are owned. */
typedef struct {
  char     *server; /* "SM-DP+ address" on a phone, in lower case */
  char     *matching_id; /* "activation code" on a phone; may be empty */
  char     *object_id; /* of the server; NULL where it is not said */
  gboolean  needs_confirmation;
} RefillsEsimCode;

gboolean  refills_esim_code_parse   (const char      *text,
                                     RefillsEsimCode *out);
void      refills_esim_code_clear   (RefillsEsimCode *self);
char     *refills_esim_code_find    (const char      *text) G_GNUC_WARN_UNUSED_RESULT;
char     *refills_esim_code_to_qr   (const char      *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsEsimCode, refills_esim_code_clear)

G_END_DECLS
