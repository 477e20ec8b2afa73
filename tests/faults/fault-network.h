/* fault-network.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Each of these stays until the end of the process: for rows that run alone. */
void     fault_network_fake_monitor (gboolean  available,
                                     gboolean  metered);
void     fault_network_change       (gboolean  available);
void     fault_network_fake_proxy   (guint     port);
void     fault_network_fake_names   (void);
void     fault_network_leave        (void);
gboolean fault_network_can_leave    (void);

/* A port where connections neither come about nor fail. */
typedef struct _FaultHole FaultHole;

FaultHole *fault_hole_new      (const char *address,
                                guint       port) G_GNUC_WARN_UNUSED_RESULT;
void       fault_hole_free     (FaultHole  *self);
guint      fault_hole_get_port (FaultHole  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultHole, fault_hole_free)

G_END_DECLS
