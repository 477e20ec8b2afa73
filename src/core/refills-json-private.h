/* refills-json-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the strict pass puts before the text of a number; no string begins with it. */
#define REFILLS_JSON_NUMBER_MARK "\x1a"
