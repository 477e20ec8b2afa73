/* refills-error.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_ERROR (refills_error_quark ())

typedef enum {
  REFILLS_ERROR_OFFLINE,         /* the name cannot be looked up, no route */
  REFILLS_ERROR_UNREACHABLE,     /* refused, reset, no answer from the host */
  REFILLS_ERROR_TIMEOUT,         /* total deadline reached */
  REFILLS_ERROR_TLS,
  REFILLS_ERROR_SIGN_IN,         /* HTML where JSON was asked: a network sign-in page */
  REFILLS_ERROR_RATE_LIMITED,
  REFILLS_ERROR_NOT_FOUND,
  REFILLS_ERROR_REJECTED,        /* the service refused, for a reason it named */
  REFILLS_ERROR_SERVER,          /* 5xx */
  REFILLS_ERROR_PROTOCOL,        /* an answer that cannot be understood */
  REFILLS_ERROR_STORAGE,         /* the disk: cannot save or read */
  REFILLS_ERROR_STORAGE_FULL,
  REFILLS_ERROR_UNKNOWN_OUTCOME, /* an order was sent and no answer came */
  REFILLS_ERROR_LIVE_ORDERS_OFF, /* orders at a server not on this machine are not open */
  REFILLS_ERROR_INVALID_INPUT,
} RefillsErrorCode;

GQuark      refills_error_quark        (void);
const char *refills_error_to_text      (const GError *error);
gboolean    refills_error_is_transient (const GError *error);

G_END_DECLS
