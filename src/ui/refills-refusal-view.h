/* refills-refusal-view.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_REFUSAL_VIEW (refills_refusal_view_get_type ())

G_DECLARE_FINAL_TYPE (RefillsRefusalView, refills_refusal_view, REFILLS, REFUSAL_VIEW, AdwBin)

GtkWidget *refills_refusal_view_new (RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
