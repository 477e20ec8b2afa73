/* refills-website-link.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-brand.h"

G_BEGIN_DECLS

void refills_website_link_set_brand (GtkLinkButton *link,
                                     RefillsBrand  *brand);

G_END_DECLS
