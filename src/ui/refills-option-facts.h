/* refills-option-facts.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand-kind.h"
#include "refills-product-option.h"

G_BEGIN_DECLS

gboolean refills_option_facts_are_worth_rows (GListModel           *options,
                                              RefillsBrandKind      kind);
char    *refills_option_facts_dup_line       (RefillsProductOption *option,
                                              RefillsBrandKind      kind,
                                              const char           *country) G_GNUC_WARN_UNUSED_RESULT;
char    *refills_option_facts_dup_regions    (RefillsProductOption *option,
                                              gboolean              in_short) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
