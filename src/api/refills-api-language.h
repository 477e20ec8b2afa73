/* refills-api-language.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_API_FALLBACK_LANGUAGE "en"

const char *refills_api_language (const char *locale);

G_END_DECLS
