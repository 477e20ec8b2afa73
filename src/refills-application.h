/* refills-application.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_APPLICATION (refills_application_get_type ())
G_DECLARE_FINAL_TYPE (RefillsApplication, refills_application, REFILLS, APPLICATION, AdwApplication)

RefillsApplication *refills_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
