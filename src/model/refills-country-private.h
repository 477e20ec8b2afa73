/* refills-country-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_N_COUNTRIES 233

typedef struct {
  const char *code;
  const char *name; /* iso-codes' English name; NULL: not in ISO 3166-1 */
} RefillsCountryRow;

/* Sorted by code. */
extern const RefillsCountryRow refills_country_rows[REFILLS_N_COUNTRIES];

G_END_DECLS
