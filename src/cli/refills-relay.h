/* refills-relay.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-http.h"

G_BEGIN_DECLS

/* Streams at a time; as many connections to the service. */
#define REFILLS_RELAY_MAX_CLIENTS 64

#define REFILLS_TYPE_RELAY (refills_relay_get_type ())
G_DECLARE_FINAL_TYPE (RefillsRelay, refills_relay, REFILLS, RELAY, GObject)

gboolean      refills_relay_origin_is_valid (const char    *origin);

RefillsRelay *refills_relay_new             (RefillsHttp   *http,
                                             const char    *country,
                                             const char    *allow_origin) G_GNUC_WARN_UNUSED_RESULT;
gboolean      refills_relay_start           (RefillsRelay  *self,
                                             guint16        port,
                                             GError       **error);
void          refills_relay_stop            (RefillsRelay  *self);

const char   *refills_relay_get_uri         (RefillsRelay  *self);

G_END_DECLS
