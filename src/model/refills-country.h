/* refills-country.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_COUNTRY (refills_country_get_type ())
G_DECLARE_FINAL_TYPE (RefillsCountry, refills_country, REFILLS, COUNTRY, GObject)

RefillsCountry *refills_country_new          (const char     *code) G_GNUC_WARN_UNUSED_RESULT;
GListModel     *refills_country_list_all     (void) G_GNUC_WARN_UNUSED_RESULT;
char           *refills_country_name_code    (const char     *code) G_GNUC_WARN_UNUSED_RESULT;
gboolean        refills_country_is_listed    (const char     *code);

const char     *refills_country_get_code     (RefillsCountry *self);
const char     *refills_country_get_name     (RefillsCountry *self);
gboolean        refills_country_matches      (RefillsCountry *self,
                                              const char     *typed);

G_END_DECLS
