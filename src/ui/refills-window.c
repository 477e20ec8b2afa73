/* refills-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsWindow:
 *
 * The frame around the pages: header bar, practice strip, navigation, toasts, and what leads from page to page.
 *
 * Owns the pages and the textures of their logos, and remembers its size. Pages tell by signals where the person wants
 * to go. It holds nothing of an order: closing it loses nothing.
 */

#include "config.h"

#include "refills-window.h"

#include "refills-brand-page.h"
#include "refills-brands-page.h"
#include "refills-checkout-page.h"
#include "refills-confirm.h"
#include "refills-error.h"
#include "refills-logo-textures.h"
#include "refills-nav.h"
#include "refills-order-page.h"
#include "refills-orders-page.h"
#include "refills-passphrase-window.h"
#include "refills-strip.h"
#include "refills-switcher.h"
#include "refills-unseen.h"
#include "refills-vault.h"

#include <glib/gi18n.h>

struct _RefillsWindow {
  AdwApplicationWindow parent_instance;

  RefillsShop         *shop;
  GSettings           *settings;
  RefillsLogoTextures *textures;

  AdwToastOverlay     *toasts;
  GtkStack            *title_stack;
  AdwWindowTitle      *page_title;
  GtkMenuButton       *menu_button;
  GMenuModel          *primary_menu;
  GtkRevealer         *practice_revealer;
  RefillsNav          *nav;
  AdwViewStack        *views;
  RefillsBrandsPage   *brands_page;
  AdwBin              *orders_bin;

  GtkWidget           *lock_strip; /* these are made when first needed */
  GtkWidget           *condition_strip;
  GCancellable        *cancellable;
  gboolean             unlocking;

  gint64               wanted_row; /* the order to be shown once the list has it; 0 for none */
};

G_DEFINE_FINAL_TYPE (RefillsWindow, refills_window, ADW_TYPE_APPLICATION_WINDOW)

enum { PROP_0, PROP_SHOWN_ORDER, N_PROPS };

static GParamSpec *props[N_PROPS];

/* A page from which an order can be sent knows whether it was said what must be known before the first. */
static void
bind_explained (RefillsWindow *self,
                GtkWidget     *page)
{
  if (self->settings && refills_shop_has_real_orders (self->shop))
    g_settings_bind (self->settings, "first-order-explained", page, "explained", G_SETTINGS_BIND_DEFAULT);
}

static GtkWidget *
make_order_page (RefillsWindow *self,
                 RefillsOrder  *order)
{
  GtkWidget *page = refills_order_page_new (self->shop, order);

  if (self->settings && !refills_shop_is_practice (self->shop))
    g_settings_bind (self->settings, "recovery-passphrase-decided", page, "offers-recovery",
                     G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  if (self->settings)
    g_settings_bind (self->settings, "wallets", page, "wallets", G_SETTINGS_BIND_DEFAULT);
  bind_explained (self, page);

  return page;
}

/* With what was paid last time is chosen the next time; what practice money was paid with is kept by nobody. */
static void
bind_payment (RefillsWindow *self)
{
  RefillsPreferredPayment *payment = refills_shop_get_preferred_payment (self->shop);

  if (!self->settings || refills_shop_is_practice (self->shop))
    return;

  g_settings_bind (self->settings, "payment-coin", payment, "coin", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "payment-network", payment, "network", G_SETTINGS_BIND_DEFAULT);
}

static void
order_placed_cb (RefillsWindow *self,
                 RefillsOrder  *order)
{
  /* The pages that led to it have done their work. */
  refills_nav_replace (self->nav, make_order_page (self, order));
}

static void
order_activated_cb (RefillsWindow *self,
                    RefillsOrder  *order)
{
  refills_nav_push (self->nav, make_order_page (self, order));
}

static void
checkout_requested_cb (RefillsWindow   *self,
                       RefillsCheckout *checkout)
{
  GtkWidget *page = refills_checkout_page_new (self->shop, checkout);

  bind_explained (self, page);
  g_signal_connect_object (page, "order-placed", G_CALLBACK (order_placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "order-requested", G_CALLBACK (order_activated_cb), self, G_CONNECT_SWAPPED);
  refills_nav_push (self->nav, page);
}

static void
brand_activated_cb (RefillsWindow *self,
                    RefillsBrand  *brand)
{
  GtkWidget *page = refills_brand_page_new (self->shop, brand, self->textures);

  g_signal_connect_object (page, "checkout-requested", G_CALLBACK (checkout_requested_cb), self, G_CONNECT_SWAPPED);
  refills_nav_push (self->nav, page);
}

static void
refresh_requested_cb (RefillsWindow *self)
{
  refills_catalogue_refresh (refills_shop_get_catalogue (self->shop));
}

static void
show_wanted (RefillsWindow *self)
{
  RefillsCollection *orders = refills_shop_get_orders (self->shop);
  RefillsCollectionState state = refills_collection_get_state (orders);

  if (self->wanted_row == 0)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (orders)); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (G_LIST_MODEL (orders), i);

    if (refills_order_get_row (order) != self->wanted_row)
      continue;
    self->wanted_row = 0;
    refills_window_show_order (self, order);
    return;
  }
  if (state == REFILLS_COLLECTION_IDLE || state == REFILLS_COLLECTION_LOADING)
    return;

  /* The list says for itself why an order is not in it. */
  self->wanted_row = 0;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-orders", NULL);
}

static void
want_order (RefillsWindow *self,
            gint64         row)
{
  RefillsCollection *orders = refills_shop_get_orders (self->shop);

  g_signal_handlers_disconnect_by_func (orders, show_wanted, self);
  self->wanted_row = MAX (row, 0);
  show_wanted (self);
  if (self->wanted_row == 0)
    return;

  g_signal_connect_object (orders, "items-changed", G_CALLBACK (show_wanted), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (orders, "notify::state", G_CALLBACK (show_wanted), self, G_CONNECT_SWAPPED);
}

/* Made when first looked at: the first picture of the window does not wait for it. */
static void
view_changed_cb (RefillsWindow *self)
{
  GtkWidget *page = NULL;

  if (!self->shop || adw_view_stack_get_visible_child (self->views) != GTK_WIDGET (self->orders_bin) ||
      adw_bin_get_child (self->orders_bin))
    return;

  page = refills_orders_page_new (self->shop);
  g_signal_connect_object (page, "order-activated", G_CALLBACK (order_activated_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->orders_bin, page);
}

static void
unlock_requested_cb (RefillsWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.unlock", NULL);
}

static void
condition_read_cb (RefillsWindow *self)
{
  refills_shop_dismiss_condition (self->shop);
}

/* Below the header and what stands there already. What most people never need is not made for them.
 * @activated_cb: for the button, where it has a label */
static void
set_strip (RefillsWindow  *self,
           GtkWidget     **strip,
           const char     *text,
           const char     *button_label,
           GCallback       activated_cb)
{
  GtkWidget *above = GTK_WIDGET (self->practice_revealer);
  GtkWidget *clamp = NULL;

  if (!*strip && !text)
    return;

  if (!*strip) {
    *strip = g_object_new (REFILLS_TYPE_STRIP, NULL);
    g_signal_connect_object (*strip, "activated", activated_cb, self, G_CONNECT_SWAPPED);
    clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 860, "child", *strip, "margin-top", 6, "margin-bottom", 6,
                          "margin-start", 12, "margin-end", 12, NULL);
    g_object_bind_property (*strip, "visible", clamp, "visible", G_BINDING_SYNC_CREATE);
    gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (above)), clamp, above);
  }
  g_object_set (*strip, "text", text, "button-label", button_label, NULL);
}

/* The page of a locked order has the button itself. */
static gboolean
shows_locked_order (RefillsWindow *self)
{
  RefillsOrder *order = refills_window_get_shown_order (self);

  return order && refills_order_is_sealed (order);
}

/* One strip at a time: in a small window two would leave no room for the page. What can be undone goes first. */
static void
sync_strips (RefillsWindow *self)
{
  RefillsVault *vault = refills_shop_get_vault (self->shop);
  gboolean is_locked = refills_vault_get_state (vault) == REFILLS_VAULT_LOCKED && !shows_locked_order (self);
  const char *reason = refills_vault_get_reason (vault);
  g_autofree char *condition = refills_shop_dup_condition_text (self->shop);
  /* What is over is read once; what lasts stays. */
  gboolean is_over = refills_shop_can_order (self->shop);

  set_strip (self, &self->lock_strip, !is_locked ? NULL : reason ? reason : _("Your orders are locked."),
             _("Unlock"), G_CALLBACK (unlock_requested_cb));
  set_strip (self, &self->condition_strip, is_locked ? NULL : condition, is_over ? _("Dismiss") : NULL,
             G_CALLBACK (condition_read_cb));
}

static void
sync_vault (RefillsWindow *self)
{
  RefillsVault *vault = refills_shop_get_vault (self->shop);
  RefillsVaultState state = refills_vault_get_state (vault);
  gboolean is_locked = state == REFILLS_VAULT_LOCKED;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.unlock", is_locked && !self->unlocking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.set-orders-aside", is_locked && !self->unlocking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.recovery-passphrase",
                                 (state == REFILLS_VAULT_OPEN && refills_shop_can_order (self->shop)) ||
                                 (is_locked && refills_vault_has_recovery (vault)));
  sync_strips (self);
}

static void
page_changed_cb (RefillsWindow *self)
{
  const char *title = refills_nav_get_title (self->nav);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", refills_nav_can_pop (self->nav));
  if (title)
    adw_window_title_set_title (self->page_title, title);
  gtk_stack_set_visible_child_name (self->title_stack, refills_nav_can_pop (self->nav) ? "page" : "root");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWN_ORDER]);
  if (self->shop)
    sync_vault (self);
}

static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  RefillsWindow *self = user_data;

  if (!gtk_menu_button_get_menu_model (button))
    gtk_menu_button_set_menu_model (button, self->primary_menu);
}

static void
back_pressed_cb (RefillsWindow *self)
{
  refills_nav_pop (self->nav);
}

static void
back_action_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  refills_nav_pop (REFILLS_WINDOW (widget)->nav);
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);

  refills_nav_pop_to_root (self->nav);
  adw_view_stack_set_visible_child (self->views, GTK_WIDGET (self->brands_page));
  refills_brands_page_begin_search (self->brands_page);
}

static void
refresh_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);
  GtkWidget *page = refills_nav_get_visible_page (self->nav);

  if (REFILLS_IS_ORDER_PAGE (page)) {
    g_autoptr (RefillsOrder) order = NULL;

    g_object_get (page, "order", &order, NULL);
    refills_shop_refresh_order (self->shop, order);
  } else {
    refills_catalogue_refresh (refills_shop_get_catalogue (self->shop));
  }
}

static void
show_brands_action_cb (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);

  refills_nav_pop_to_root (self->nav);
  adw_view_stack_set_visible_child (self->views, GTK_WIDGET (self->brands_page));
}

static void
show_orders_action_cb (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);

  refills_nav_pop_to_root (self->nav);
  adw_view_stack_set_visible_child (self->views, GTK_WIDGET (self->orders_bin));
}

static void
show_order_action_cb (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  want_order (REFILLS_WINDOW (widget), g_variant_get_int64 (parameter));
}

static void
unlocked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RefillsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean unlocked = refills_vault_finish (REFILLS_VAULT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->unlocking = FALSE;
  sync_vault (self);
  if (!unlocked && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_message ("The orders stay locked: %s", error->message);
    /* What is locked says why beside the button that was pressed. */
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED)
                                  ? _("Your orders stay locked") : refills_error_to_text (error));
  }
}

static void
unlock_action_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);

  self->unlocking = TRUE;
  sync_vault (self);
  refills_vault_unlock_async (refills_shop_get_vault (self->shop), self->cancellable, unlocked_cb,
                              g_object_ref (self));
}

static void
decline_recovery_action_cb (GtkWidget  *widget,
                            const char *action_name,
                            GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);

  if (self->settings)
    g_settings_set_boolean (self->settings, "recovery-passphrase-decided", TRUE);
}

static void
recovery_set_cb (RefillsWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.decline-recovery-passphrase", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Recovery passphrase set"));
  sync_vault (self);
}

static void
recovered_cb (RefillsWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Your orders are unlocked"));
}

static void
recovery_action_cb (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);
  RefillsVault *vault = refills_shop_get_vault (self->shop);
  gboolean is_locked = refills_vault_get_state (vault) == REFILLS_VAULT_LOCKED;
  RefillsPassphraseWindow *window = is_locked
                                      ? refills_passphrase_window_new_to_recover (GTK_WINDOW (self), vault)
                                      : refills_passphrase_window_new_to_set (GTK_WINDOW (self), vault);

  g_signal_connect_object (window, "done", is_locked ? G_CALLBACK (recovered_cb) : G_CALLBACK (recovery_set_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
aside_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RefillsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = refills_vault_finish (REFILLS_VAULT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->unlocking = FALSE;
  sync_vault (self);
  if (!is_done) {
    g_message ("The locked orders stay: %s", error->message);
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", refills_error_to_text (error));
  } else if (refills_vault_get_state (REFILLS_VAULT (source)) == REFILLS_VAULT_OPEN) {
    recovered_cb (self);
  } else {
    if (refills_window_get_shown_order (self))
      refills_nav_pop_to_root (self->nav);
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("The locked orders are kept in a file"));
  }
}

static void
aside_answered_cb (RefillsWindow        *self,
                   RefillsConfirmAnswer  answer)
{
  if (answer != REFILLS_CONFIRM_GO)
    return;

  self->unlocking = TRUE;
  sync_vault (self);
  refills_vault_set_aside_async (refills_shop_get_vault (self->shop), self->cancellable, aside_cb,
                                 g_object_ref (self));
}

static void
aside_action_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  const RefillsConfirmText text = {
    .title = _("Start Without These Orders?"),
    .body = _("The locked orders leave the list, and their codes with them. Nothing is deleted: they stay on this "
              "computer, in a file that can be opened again only with the key. You can buy again after that."),
    .go = _("Start Without These Orders"),
    .is_destructive = TRUE,
  };
  RefillsConfirm *confirm = refills_confirm_new (GTK_WINDOW (widget), &text);

  g_signal_connect_object (confirm, "answered", G_CALLBACK (aside_answered_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

static void
toast_action_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  RefillsWindow *self = REFILLS_WINDOW (widget);
  /* A toast's title is markup. */
  g_autofree char *title = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static void
restore_size (RefillsWindow *self)
{
  if (!self->settings)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
refills_window_close_request (GtkWindow *window)
{
  RefillsWindow *self = REFILLS_WINDOW (window);

  if (self->settings) {
    int width = 0;
    int height = 0;

    gtk_window_get_default_size (window, &width, &height);
    g_settings_set_int (self->settings, "window-width", MAX (width, 1));
    g_settings_set_int (self->settings, "window-height", MAX (height, 1));
    g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  }

  return GTK_WINDOW_CLASS (refills_window_parent_class)->close_request (window);
}

static void
refills_window_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_SHOWN_ORDER:
    g_value_set_object (value, refills_window_get_shown_order (REFILLS_WINDOW (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_window_dispose (GObject *object)
{
  RefillsWindow *self = REFILLS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->textures);
  g_clear_object (&self->settings);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (refills_window_parent_class)->dispose (object);
}

static void
refills_window_class_init (RefillsWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_window_get_property;
  object_class->dispose = refills_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = refills_window_close_request;

  props[PROP_SHOWN_ORDER] =
    g_param_spec_object ("shown-order", NULL, NULL, REFILLS_TYPE_ORDER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_BRANDS_PAGE);
  g_type_ensure (REFILLS_TYPE_NAV);
  g_type_ensure (REFILLS_TYPE_SWITCHER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, practice_revealer);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, nav);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, views);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, brands_page);
  gtk_widget_class_bind_template_child (widget_class, RefillsWindow, orders_bin);
  gtk_widget_class_bind_template_callback (widget_class, back_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, brand_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);

  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action_cb);
  gtk_widget_class_install_action (widget_class, "win.show-brands", NULL, show_brands_action_cb);
  gtk_widget_class_install_action (widget_class, "win.show-orders", NULL, show_orders_action_cb);
  gtk_widget_class_install_action (widget_class, "win.show-order", "x", show_order_action_cb);
  gtk_widget_class_install_action (widget_class, "win.unlock", NULL, unlock_action_cb);
  gtk_widget_class_install_action (widget_class, "win.recovery-passphrase", NULL, recovery_action_cb);
  gtk_widget_class_install_action (widget_class, "win.set-orders-aside", NULL, aside_action_cb);
  gtk_widget_class_install_action (widget_class, "win.decline-recovery-passphrase", NULL, decline_recovery_action_cb);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action_cb);
}

static void
refills_window_init (RefillsWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  refills_unseen_follow (GTK_WIDGET (self->title_stack));
  refills_unseen_follow (GTK_WIDGET (self->views));

  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
  page_changed_cb (self);
}

/**
 * refills_window_new:
 * @application: the application
 * @shop: what is shown
 * @settings: (nullable): where the size is kept
 *
 * Returns: (transfer none): a window, which the application owns
 */
RefillsWindow *
refills_window_new (GtkApplication *application,
                    RefillsShop    *shop,
                    GSettings      *settings)
{
  RefillsWindow *self = g_object_new (REFILLS_TYPE_WINDOW, "application", application, NULL);
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (shop);

  g_set_object (&self->shop, shop);
  g_set_object (&self->settings, settings);
  restore_size (self);
  bind_payment (self);

  self->textures = refills_logo_textures_new (catalogue);
  gtk_widget_set_visible (GTK_WIDGET (self->practice_revealer), refills_shop_is_practice (shop));
  refills_brands_page_set_brands (self->brands_page, refills_catalogue_get_brands (catalogue),
                                  refills_catalogue_get_country (catalogue), self->textures);
  g_signal_connect_object (refills_shop_get_vault (shop), "notify", G_CALLBACK (sync_vault), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::condition-text", G_CALLBACK (sync_vault), self, G_CONNECT_SWAPPED);
  sync_vault (self);

  return self;
}

/**
 * refills_window_show_order:
 * @self: a window
 * @order: an order
 *
 * Shows an order, unless it is shown already. Back leads to what was seen before, which may be a form half filled in.
 */
void
refills_window_show_order (RefillsWindow *self,
                           RefillsOrder  *order)
{
  g_return_if_fail (REFILLS_IS_WINDOW (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  if (refills_window_get_shown_order (self) != order)
    refills_nav_push (self->nav, make_order_page (self, order));
}

/**
 * refills_window_get_shown_order:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the order whose page is seen, where it is such a page
 */
RefillsOrder *
refills_window_get_shown_order (RefillsWindow *self)
{
  GtkWidget *page = NULL;
  g_autoptr (RefillsOrder) order = NULL;

  g_return_val_if_fail (REFILLS_IS_WINDOW (self), NULL);

  page = self->nav ? refills_nav_get_visible_page (self->nav) : NULL;
  if (REFILLS_IS_ORDER_PAGE (page))
    g_object_get (page, "order", &order, NULL);

  return order; /* the page has it too */
}
