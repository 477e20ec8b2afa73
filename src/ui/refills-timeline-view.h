/* refills-timeline-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_TIMELINE_VIEW (refills_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsTimelineView, refills_timeline_view, REFILLS, TIMELINE_VIEW, AdwBin)

GtkWidget *refills_timeline_view_new (RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
