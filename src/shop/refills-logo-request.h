/* refills-logo-request.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_LOGO_LOADING,
  REFILLS_LOGO_READY,
  REFILLS_LOGO_MISSING,
} RefillsLogoState;

#define REFILLS_TYPE_LOGO_STATE (refills_logo_state_get_type ())
GType refills_logo_state_get_type (void);

#define REFILLS_TYPE_LOGO_REQUEST (refills_logo_request_get_type ())
G_DECLARE_FINAL_TYPE (RefillsLogoRequest, refills_logo_request, REFILLS, LOGO_REQUEST, GObject)

RefillsLogoState  refills_logo_request_get_state (RefillsLogoRequest *self);
GBytes           *refills_logo_request_get_bytes (RefillsLogoRequest *self);
const char       *refills_logo_request_get_uri   (RefillsLogoRequest *self);
void              refills_logo_request_reject    (RefillsLogoRequest *self);

G_END_DECLS
