/* refills-key-set.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _RefillsKeySet RefillsKeySet;

#define REFILLS_TYPE_KEY_SET (refills_key_set_get_type ())
GType          refills_key_set_get_type    (void);

RefillsKeySet *refills_key_set_new         (void) G_GNUC_WARN_UNUSED_RESULT;
RefillsKeySet *refills_key_set_ref         (RefillsKeySet *self);
void           refills_key_set_unref       (RefillsKeySet *self);

gboolean       refills_key_set_add         (RefillsKeySet *self,
                                            const char    *name,
                                            GBytes        *key,
                                            gboolean       is_current);
void           refills_key_set_clear       (RefillsKeySet *self);
gboolean       refills_key_set_has         (RefillsKeySet *self,
                                            const char    *name);
char          *refills_key_set_dup_current (RefillsKeySet *self);

GBytes        *refills_key_set_seal        (RefillsKeySet  *self,
                                            const char     *name,
                                            const char     *context,
                                            GBytes         *plain,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes        *refills_key_set_open        (RefillsKeySet  *self,
                                            const char     *name,
                                            const char     *context,
                                            GBytes         *sealed,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes        *refills_key_set_hash        (RefillsKeySet  *self,
                                            const char     *name,
                                            const char     *context,
                                            const char     *text,
                                            GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsKeySet, refills_key_set_unref)

G_END_DECLS
