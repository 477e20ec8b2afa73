/* refills-address-error.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_ADDRESS_ERROR (refills_address_error_quark ())

/* Why a text is no address that can be paid. Messages never hold the text. */
typedef enum {
  REFILLS_ADDRESS_ERROR_SYNTAX,   /* no address of the family at all */
  REFILLS_ADDRESS_ERROR_CHECKSUM, /* a character is wrong */
  REFILLS_ADDRESS_ERROR_NETWORK,  /* a test network, another chain, or a form that is not paid to */
  REFILLS_ADDRESS_ERROR_RESERVED, /* well formed, and nobody's: the zero address, a program of the chain */
} RefillsAddressError;

GQuark   refills_address_error_quark (void);
gboolean refills_address_refuse      (GError              **error,
                                      RefillsAddressError   code,
                                      const char           *reason);

G_END_DECLS
