/* refills-error.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_ERROR (refills_error_quark ())

typedef enum {
  REFILLS_ERROR_OFFLINE,         /* no route */
  REFILLS_ERROR_NO_SUCH_HOST,    /* the name cannot be looked up */
  REFILLS_ERROR_UNREACHABLE,     /* refused, reset, no answer from the host */
  REFILLS_ERROR_TIMEOUT,         /* total deadline reached */
  REFILLS_ERROR_PROXY,           /* a proxy asks for a password */
  REFILLS_ERROR_SIGN_IN,         /* HTML where JSON was asked: a network sign-in page */
  REFILLS_ERROR_TLS,             /* another reason than those below */
  REFILLS_ERROR_TLS_UNTRUSTED,   /* no authority that is known here vouches for the certificate */
  REFILLS_ERROR_TLS_OTHER_SITE,
  REFILLS_ERROR_TLS_EXPIRED,
  REFILLS_ERROR_TLS_NOT_YET,
  REFILLS_ERROR_TLS_CLOCK,       /* either of the two, and this computer's clock is wrong */
  REFILLS_ERROR_TLS_MISSING,     /* no TLS on this computer */
  REFILLS_ERROR_RATE_LIMITED,
  REFILLS_ERROR_PARTNER_REFUSED, /* 401, 403 */
  REFILLS_ERROR_BLOCKED,         /* a page of the service's protection against robots */
  REFILLS_ERROR_NOT_FOUND,
  REFILLS_ERROR_CONFLICT,        /* 409 */
  REFILLS_ERROR_TOO_LONG,        /* 413, 414 */
  REFILLS_ERROR_REJECTED,        /* the service refused, for a reason it named */
  REFILLS_ERROR_SERVER,          /* 5xx */
  REFILLS_ERROR_PROTOCOL,        /* an answer that cannot be understood */
  REFILLS_ERROR_STORAGE,         /* the disk: cannot save or read */
  REFILLS_ERROR_STORAGE_FULL,
  REFILLS_ERROR_UNKNOWN_OUTCOME, /* an order was sent and no answer came */
  REFILLS_ERROR_BAD_PARTNER_ID,  /* what the settings or the command line say cannot be sent */
  REFILLS_ERROR_INVALID_INPUT,
  REFILLS_ERROR_NOT_VALIDATED,   /* an order the service has not accepted within the last minute */
  REFILLS_ERROR_STORAGE_NEWER,     /* the orders on disk are of a newer version */
  REFILLS_ERROR_STORAGE_READ_ONLY, /* they may be read and not written */
  REFILLS_ERROR_LOCKED,            /* the key to what was saved cannot be had */
  REFILLS_ERROR_NO_KEYRING,        /* there is none that would keep a new key */
  REFILLS_ERROR_WRONG_PASSPHRASE,
  REFILLS_ERROR_SAME_BASKET,       /* the same was ordered a short while ago */
  REFILLS_ERROR_PAYABLE_ORDER,     /* another order waits for its payment */
  REFILLS_ERROR_IN_USE,            /* another process has the orders open */
  REFILLS_ERROR_UNSUPPORTED_PAYMENT, /* a coin on a network that cannot be verified */
} RefillsErrorCode;

GQuark      refills_error_quark        (void);
const char *refills_error_to_text      (const GError *error);
const char *refills_error_to_order_text (const GError *error);
gboolean    refills_error_is_transient (const GError *error);

void        refills_error_set_wait     (GError       *error,
                                        guint         seconds,
                                        gboolean      is_repeated);
guint       refills_error_get_wait     (const GError *error);

G_END_DECLS
