/* refills-email-check.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-http.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_EMAIL_VERDICT_GOOD,      /* or it could not be found out */
  REFILLS_EMAIL_VERDICT_NO_SERVER, /* its domain takes no mail */
  REFILLS_EMAIL_VERDICT_BAD,
} RefillsEmailVerdict;

void                refills_email_check_async  (RefillsHttp         *http,
                                                const char          *email,
                                                guint                deadline_ms,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
RefillsEmailVerdict refills_email_check_finish (RefillsHttp         *http,
                                                GAsyncResult        *result);

G_END_DECLS
