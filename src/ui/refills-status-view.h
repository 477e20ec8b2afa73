/* refills-status-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_STATUS_VIEW (refills_status_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsStatusView, refills_status_view, REFILLS, STATUS_VIEW, AdwBin)

G_END_DECLS
