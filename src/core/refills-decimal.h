/* refills-decimal.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_DECIMAL_LIMBS 10

/* A non-negative decimal number, exact. A plain value: copy it by assignment. */
typedef struct {
  guint32 limbs[REFILLS_DECIMAL_LIMBS]; /* of value × 10^scale, base 10^9, least first */
  guint8  scale;                        /* digits after the point */
} RefillsDecimal;

#define REFILLS_DECIMAL_ZERO ((RefillsDecimal) { { 0 }, 0 })

gboolean  refills_decimal_parse         (const char           *text,
                                         RefillsDecimal       *out,
                                         GError              **error);
char     *refills_decimal_to_text       (const RefillsDecimal *self) G_GNUC_WARN_UNUSED_RESULT;
char     *refills_decimal_to_short_text (const RefillsDecimal *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_decimal_is_zero       (const RefillsDecimal *self);
int       refills_decimal_compare       (const RefillsDecimal *a,
                                         const RefillsDecimal *b);
gboolean  refills_decimal_add           (const RefillsDecimal *a,
                                         const RefillsDecimal *b,
                                         RefillsDecimal       *out) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_decimal_subtract      (const RefillsDecimal *a,
                                         const RefillsDecimal *b,
                                         RefillsDecimal       *out) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_decimal_multiply      (const RefillsDecimal *a,
                                         const RefillsDecimal *b,
                                         RefillsDecimal       *out) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_decimal_is_on_step    (const RefillsDecimal *value,
                                         const RefillsDecimal *minimum,
                                         const RefillsDecimal *step);
char     *refills_decimal_to_units      (const RefillsDecimal *self,
                                         guint                 decimals,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_decimal_from_units    (const char           *units,
                                         guint                 decimals,
                                         RefillsDecimal       *out,
                                         GError              **error);

G_END_DECLS
