/* refills-passphrase-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-vault.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PASSPHRASE_WINDOW (refills_passphrase_window_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPassphraseWindow, refills_passphrase_window, REFILLS, PASSPHRASE_WINDOW, AdwWindow)

RefillsPassphraseWindow *refills_passphrase_window_new_to_set     (GtkWindow    *parent,
                                                                   RefillsVault *vault);
RefillsPassphraseWindow *refills_passphrase_window_new_to_recover (GtkWindow    *parent,
                                                                   RefillsVault *vault);

G_END_DECLS
