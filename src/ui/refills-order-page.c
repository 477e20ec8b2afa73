/* refills-order-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderPage:
 *
 * One order: how to pay it, how it goes, and what was delivered.
 *
 * Made for one order and thrown away with it. It follows the order by itself: a state that is
 * applied while the page is open is on the screen at once. How to pay is on the page only while the
 * order has a verified payment, may be paid, and raised no alarm; else it is not even in memory.
 */

#include "config.h"

#include "refills-order-page.h"

#include "refills-closures.h"
#include "refills-delivery-view.h"
#include "refills-elsewhere-view.h"
#include "refills-late-view.h"
#include "refills-link-row.h"
#include "refills-order-details.h"
#include "refills-order-report.h"
#include "refills-payment-view.h"
#include "refills-recovery-offer.h"
#include "refills-help-view.h"
#include "refills-seal-view.h"
#include "refills-status-view.h"
#include "refills-strip.h"
#include "refills-timeline-view.h"
#include "refills-vault.h"

#include <glib/gi18n.h>

/* Units: of a payment in two columns, and of a column of text. The template begins with the latter. */
#define WIDE_SIZE        860
#define NARROW_SIZE      520
#define NARROW_THRESHOLD 400

struct _RefillsOrderPage {
  AdwBin parent_instance;

  RefillsShop       *shop;
  RefillsOrder      *order;
  RefillsPayment    *payment; /* the one on the page */

  GtkScrolledWindow *scroller;
  GtkViewport       *viewport;
  GtkWidget         *status_view;
  GtkWidget         *link_place;
  GtkWidget         *help_place;
  GtkWidget         *seal_place;
  GtkWidget         *elsewhere_place;
  GtkWidget         *late_place;
  GtkWidget         *late_view;
  AdwBin            *payment_place;
  GtkBox            *delivery_box;
  GtkWidget         *timeline_place;
  GtkWidget         *timeline_view;
  AdwClamp          *details_place;
  GtkWidget         *recovery_offer;
  GtkWidget         *newer_button;
  GtkWidget         *check_button;
  GtkWidget         *back_button;

  gboolean           offers_recovery;
  char             **wallets;
  gboolean           is_explained;
};

G_DEFINE_FINAL_TYPE (RefillsOrderPage, refills_order_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_ORDER,
  PROP_TITLE,
  PROP_OFFERS_RECOVERY,
  PROP_WALLETS,
  PROP_EXPLAINED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
describe_order (RefillsOrder *order)
{
  const char *title = refills_order_get_title (order);
  const char *face_label = refills_order_get_face_label (order);

  if (face_label == NULL || *face_label == '\0')
    return g_strdup (title != NULL ? title : "");

  return g_strdup_printf ("%s · %s", title != NULL ? title : "", face_label);
}

static void
title_changed_cb (RefillsOrderPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

static char *
describe_unsaved (gpointer unused,
                  gboolean unsaved,
                  gboolean has_codes,
                  gboolean lacks_space)
{
  if (!unsaved)
    return NULL;
  if (lacks_space && has_codes)
    return g_strdup (_("Free some space: this order is not saved. Copy the code and keep it before you quit."));
  if (lacks_space)
    return g_strdup (_("Free some space: this order is not saved"));
  if (has_codes)
    return g_strdup (_("This order is not saved. Copy the code and keep it before you quit."));

  return g_strdup (_("This order is not saved"));
}

/* A refused order says why in its status. */
static char *
choose_alarm (gpointer    unused,
              const char *alarm_text,
              const char *refusal)
{
  return refusal == NULL ? g_strdup (alarm_text) : NULL;
}

/* Of a refused payment the help says whether that could change anything. */
static gboolean
can_check_again (RefillsOrderLink  link,
                 const char       *refusal)
{
  return refusal == NULL && (link == REFILLS_ORDER_LINK_WAITING || link == REFILLS_ORDER_LINK_OFFLINE ||
                             link == REFILLS_ORDER_LINK_GONE || link == REFILLS_ORDER_LINK_REFUSED);
}

static gboolean
is_over (RefillsOrderOutcome outcome,
         RefillsOrderPhase   phase)
{
  if (outcome == REFILLS_ORDER_OUTCOME_UNKNOWN || outcome == REFILLS_ORDER_OUTCOME_REFUSED)
    return TRUE;
  if (outcome != REFILLS_ORDER_OUTCOME_PLACED)
    return FALSE;

  return phase == REFILLS_ORDER_PHASE_EXPIRED
         || phase == REFILLS_ORDER_PHASE_SETUP_FAILED
         || phase == REFILLS_ORDER_PHASE_PAYMENT_FAILED
         || phase == REFILLS_ORDER_PHASE_CANCELED
         || phase == REFILLS_ORDER_PHASE_REFUNDED;
}

/* The order that took the place of this one: the next that was made after it and not refused. NULL where it is not
 * in the list. */
static RefillsOrder *
find_newer (RefillsOrderPage *self)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (self->shop));
  gint64 row = refills_order_get_row (self->order);
  g_autoptr (RefillsOrder) newer = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    if (refills_order_get_row (order) > row && refills_order_get_outcome (order) != REFILLS_ORDER_OUTCOME_REFUSED &&
        (!newer || refills_order_get_row (order) < refills_order_get_row (newer)))
      g_set_object (&newer, order);
  }

  return g_steal_pointer (&newer);
}

static void
newer_cb (RefillsOrderPage *self)
{
  g_autoptr (RefillsOrder) newer = find_newer (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", newer ? refills_order_get_row (newer) : 0);
}

static gboolean
is_replaced (RefillsOrder *order)
{
  return refills_order_is_superseded (order) &&
         refills_order_get_phase (order) <= REFILLS_ORDER_PHASE_EXPIRED;
}

/* Not bound in the template: what can have the focus ends after the page, of which GTK 4.8 warns. */
static void
sync_buttons (RefillsOrderPage *self)
{
  gtk_widget_set_visible (self->check_button,
                          can_check_again (refills_order_get_link (self->order),
                                           refills_order_get_refusal (self->order)));
  gtk_widget_set_visible (self->newer_button, is_replaced (self->order));
  gtk_widget_set_visible (self->back_button,
                          is_over (refills_order_get_outcome (self->order),
                                   refills_order_get_phase (self->order)));
}

static gboolean
is_paid (RefillsOrderPhase phase)
{
  return phase == REFILLS_ORDER_PHASE_PAYMENT_SEEN || phase == REFILLS_ORDER_PHASE_PREPARING ||
         phase == REFILLS_ORDER_PHASE_NEEDS_ACTION || phase == REFILLS_ORDER_PHASE_DONE;
}

/* Once there is something to lose, and not while something is to be paid, or where it could not be kept. */
static void
sync_offer (RefillsOrderPage *self)
{
  RefillsVault *vault = refills_shop_get_vault (self->shop);

  gtk_widget_set_visible (self->recovery_offer,
                          self->offers_recovery && is_paid (refills_order_get_phase (self->order)) &&
                          refills_shop_can_order (self->shop) &&
                          refills_vault_get_state (vault) == REFILLS_VAULT_OPEN &&
                          !refills_vault_has_recovery (vault));
}

static void
refresh_cb (RefillsOrderPage *self)
{
  refills_shop_refresh_order (self->shop, self->order);
}

/* What could not be saved is tried again by itself. */
static void
copy_all_cb (RefillsOrderPage *self)
{
  refills_order_report_copy (GTK_WIDGET (self), self->shop, self->order);
}

static RefillsPayment *
find_shown_payment (RefillsOrder *order)
{
  if (refills_order_get_refusal (order) != NULL)
    return NULL;
  if (refills_order_get_alarm (order) != REFILLS_ORDER_ALARM_NONE)
    return NULL;
  if (!refills_order_is_payable (order))
    return NULL;

  return refills_order_get_payment (order);
}

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* The amount goes with the rest of the payment, in time. */
static void
payment_over_cb (RefillsOrderPage *self,
                 GParamSpec       *pspec,
                 GObject          *view)
{
  gboolean is_over = FALSE;

  g_object_get (view, "over", &is_over, NULL);
  g_object_set (self->status_view, "payment", is_over ? NULL : self->payment, NULL);
}

/* What is below a payment is as wide as it. */
static void
sync_width (RefillsOrderPage *self,
            gboolean          is_wide)
{
  AdwClamp * const places[] = { ADW_CLAMP (self->timeline_place), self->details_place };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    adw_clamp_set_maximum_size (places[i], is_wide ? WIDE_SIZE : NARROW_SIZE);
    adw_clamp_set_tightening_threshold (places[i], is_wide ? WIDE_SIZE : NARROW_THRESHOLD);
  }
}

/* How far the page is scrolled once its payment is gone: the rest stays in its place before the reader, and whoever
 * looked at the payment itself is shown from the top how it goes on. */
static double
find_place_after_payment (RefillsOrderPage *self)
{
  double value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  graphene_rect_t bounds;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->payment_place)) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->payment_place),
                                  gtk_viewport_get_child (self->viewport), &bounds))
    return value;
  if (value < bounds.origin.y + bounds.size.height)
    return 0;

  return value - bounds.size.height;
}

/* Without bringing it into sight: that would take what changed out of it. */
static void
focus_in_place (RefillsOrderPage *self)
{
  gtk_viewport_set_scroll_to_focus (self->viewport, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  gtk_viewport_set_scroll_to_focus (self->viewport, TRUE);
}

static void
sync_payment (RefillsOrderPage *self)
{
  RefillsPayment *payment = find_shown_payment (self->order);
  GtkWidget *view = NULL;
  gboolean had_focus = FALSE;
  double place = 0;

  if (!g_set_object (&self->payment, payment))
    return;

  place = find_place_after_payment (self);

  if (payment != NULL)
    view = refills_payment_view_new (self->shop, self->order, payment);
  had_focus = has_focus_inside (GTK_WIDGET (self->payment_place));
  /* Else the boxes around it go on looking for the focus in a place that is gone, and no key finds a way in. */
  if (had_focus)
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  adw_bin_set_child (self->payment_place, view);
  gtk_widget_set_visible (GTK_WIDGET (self->payment_place), view != NULL);
  /* GTK would look for another place once all is laid out, and then style, lay out and paint it all again. */
  if (had_focus)
    focus_in_place (self);
  if (view == NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), place);

  /* The order still waits, and says "send": once time is up, only the payment's own word holds. */
  gtk_widget_set_visible (self->status_view, TRUE);
  g_object_set (self->status_view, "payment", NULL, NULL);
  sync_width (self, view != NULL);
  g_object_set (self->timeline_view, "time-up", FALSE, NULL);
  g_object_set (self->late_view, "time-up", FALSE, NULL);
  if (view != NULL) {
    g_object_bind_property (self, "wallets", view, "wallets", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    g_signal_connect_object (view, "notify::over", G_CALLBACK (payment_over_cb), self, G_CONNECT_SWAPPED);
    payment_over_cb (self, NULL, G_OBJECT (view));
    g_object_bind_property (view, "over", self->status_view, "visible",
                            G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
    g_object_bind_property (view, "over", self->timeline_view, "time-up", G_BINDING_SYNC_CREATE);
    g_object_bind_property (view, "over", self->late_view, "time-up", G_BINDING_SYNC_CREATE);
  }
}

/* A place with nothing to be seen takes no room either. */
static void
fill (GtkWidget *place,
      GtkWidget *child)
{
  g_object_set (place, "child", child, NULL);
  g_object_bind_property (child, "visible", place, "visible", G_BINDING_SYNC_CREATE);
}

static gboolean
says_something (RefillsOrder    *order,
                RefillsDelivery *delivery)
{
  return refills_order_get_phase (order) == REFILLS_ORDER_PHASE_DONE
         || refills_delivery_has_any_secret (delivery)
         || refills_delivery_get_phase (delivery) != REFILLS_DELIVERY_PENDING;
}

/* An order has few deliveries, and a changed one is another object: those that stayed keep what
 * the person revealed. */
static void
deliveries_changed_cb (RefillsOrderPage *self,
                       guint             position,
                       guint             removed,
                       guint             added,
                       GListModel       *deliveries)
{
  GtkWidget *before = NULL;
  GtkWidget *next = gtk_widget_get_first_child (GTK_WIDGET (self->delivery_box));

  for (guint i = 0; i < position && next != NULL; i++) {
    before = next;
    next = gtk_widget_get_next_sibling (next);
  }
  for (guint i = 0; i < removed && next != NULL; i++) {
    GtkWidget *gone = next;

    next = gtk_widget_get_next_sibling (gone);
    gtk_box_remove (self->delivery_box, gone);
  }
  for (guint i = 0; i < added; i++) {
    g_autoptr (RefillsDelivery) delivery = g_list_model_get_item (deliveries, position + i);
    GtkWidget *view = refills_delivery_view_new (self->shop, self->order, position + i, delivery);

    gtk_box_insert_child_after (self->delivery_box, view, before);
    before = view;
  }
}

static void
sync_deliveries (RefillsOrderPage *self)
{
  GListModel *deliveries = refills_order_get_deliveries (self->order);
  GtkWidget *view = gtk_widget_get_first_child (GTK_WIDGET (self->delivery_box));
  gboolean any = FALSE;

  for (guint i = 0; view != NULL; i++) {
    g_autoptr (RefillsDelivery) delivery = g_list_model_get_item (deliveries, i);
    gboolean visible = delivery != NULL && says_something (self->order, delivery);

    gtk_widget_set_visible (view, visible);
    any = any || visible;
    view = gtk_widget_get_next_sibling (view);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->delivery_box), any);
}

static void
refills_order_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      g_value_set_object (value, self->shop);
      break;
    case PROP_ORDER:
      g_value_set_object (value, self->order);
      break;
    case PROP_TITLE:
      g_value_take_string (value, describe_order (self->order));
      break;
    case PROP_OFFERS_RECOVERY:
      g_value_set_boolean (value, self->offers_recovery);
      break;
    case PROP_WALLETS:
      g_value_set_boxed (value, self->wallets);
      break;
    case PROP_EXPLAINED:
      g_value_set_boolean (value, self->is_explained);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      self->shop = g_value_dup_object (value);
      break;
    case PROP_ORDER:
      self->order = g_value_dup_object (value);
      break;
    case PROP_OFFERS_RECOVERY:
      self->offers_recovery = g_value_get_boolean (value);
      sync_offer (self);
      break;
    case PROP_WALLETS:
      g_clear_pointer (&self->wallets, g_strfreev);
      self->wallets = g_value_dup_boxed (value);
      break;
    case PROP_EXPLAINED:
      self->is_explained = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_page_constructed (GObject *object)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);
  GListModel *deliveries = refills_order_get_deliveries (self->order);
  GtkWidget *elsewhere_view = refills_elsewhere_view_new (self->shop, self->order);
  GtkWidget *help_view = NULL;

  G_OBJECT_CLASS (refills_order_page_parent_class)->constructed (object);

  g_signal_connect_object (self->order, "notify::link", G_CALLBACK (sync_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::refusal", G_CALLBACK (sync_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::outcome", G_CALLBACK (sync_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::phase", G_CALLBACK (sync_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::superseded", G_CALLBACK (sync_buttons), self,
                           G_CONNECT_SWAPPED);
  sync_buttons (self);

  g_signal_connect_object (self->order, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::face-label", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);

  fill (self->seal_place, refills_seal_view_new (self->shop, self->order));
  fill (self->elsewhere_place, elsewhere_view);
  help_view = refills_help_view_new (self->shop, self->order);
  g_object_bind_property (self, "explained", help_view, "explained", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  fill (self->help_place, help_view);
  self->late_view = refills_late_view_new (self->shop, self->order);
  g_object_bind_property (self, "explained", self->late_view, "explained",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  fill (self->late_place, self->late_view);
  fill (self->link_place, refills_link_row_new (self->order));
  self->timeline_view = refills_timeline_view_new (self->order);
  fill (self->timeline_place, self->timeline_view);
  /* As with a payment: an order that still waits says so until it knows the time. */
  g_object_bind_property (elsewhere_view, "over", self->status_view, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_object_bind_property (elsewhere_view, "over", self->timeline_view, "time-up", G_BINDING_SYNC_CREATE);
  g_object_bind_property (elsewhere_view, "over", self->late_view, "time-up", G_BINDING_SYNC_CREATE);

  g_signal_connect_object (self->order, "notify::payment", G_CALLBACK (sync_payment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::payable", G_CALLBACK (sync_payment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::refusal", G_CALLBACK (sync_payment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::alarm", G_CALLBACK (sync_payment), self,
                           G_CONNECT_SWAPPED);
  sync_payment (self);

  g_signal_connect_object (deliveries, "items-changed", G_CALLBACK (deliveries_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (deliveries, "items-changed", G_CALLBACK (sync_deliveries), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->order, "notify::phase", G_CALLBACK (sync_deliveries), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->order, "notify::phase", G_CALLBACK (sync_offer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (refills_shop_get_vault (self->shop), "notify::state", G_CALLBACK (sync_offer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shop, "notify::condition-text", G_CALLBACK (sync_offer), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (self->details_place,
                       refills_order_details_new (self->order, refills_shop_is_practice (self->shop)));
  deliveries_changed_cb (self, 0, 0, g_list_model_get_n_items (deliveries), deliveries);
  sync_deliveries (self);
}

/* A label takes all its text as selected with the focus, and shows a cursor, which looks like a field to
 * type in when the page opens. What comes after it copies the same text. */
static gboolean
refills_order_page_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  gboolean is_new = gtk_widget_get_focus_child (widget) == NULL;
  gboolean moved = GTK_WIDGET_CLASS (refills_order_page_parent_class)->focus (widget, direction);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (moved && is_new && direction == GTK_DIR_TAB_FORWARD && GTK_IS_LABEL (focus)) {
    gtk_label_select_region (GTK_LABEL (focus), 0, 0);
    moved = GTK_WIDGET_CLASS (refills_order_page_parent_class)->focus (widget, direction);
  }

  return moved;
}

static void
refills_order_page_dispose (GObject *object)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  g_clear_object (&self->payment);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_order_page_parent_class)->dispose (object);
}

static void
refills_order_page_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_ORDER_PAGE (object)->wallets, g_strfreev);

  G_OBJECT_CLASS (refills_order_page_parent_class)->finalize (object);
}

static void
refills_order_page_class_init (RefillsOrderPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_order_page_get_property;
  object_class->set_property = refills_order_page_set_property;
  object_class->constructed = refills_order_page_constructed;
  object_class->dispose = refills_order_page_dispose;
  object_class->finalize = refills_order_page_finalize;
  widget_class->focus = refills_order_page_focus;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* Whether a recovery passphrase may be offered here. */
  props[PROP_OFFERS_RECOVERY] =
    g_param_spec_boolean ("offers-recovery", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* What was paid with before, for the payments that come; changes with what is chosen on the page. */
  props[PROP_WALLETS] =
    g_param_spec_boxed ("wallets", NULL, NULL, G_TYPE_STRV, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* Whether it was said what must be known before the first order that costs money: the same can be ordered again. */
  props[PROP_EXPLAINED] =
    g_param_spec_boolean ("explained", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_RECOVERY_OFFER);
  g_type_ensure (REFILLS_TYPE_STATUS_VIEW);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, viewport);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, status_view);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, link_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, help_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, seal_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, elsewhere_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, late_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, payment_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, delivery_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, timeline_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, details_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, recovery_offer);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, newer_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, check_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderPage, back_button);
  refills_closures_bind (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, describe_unsaved);
  gtk_widget_class_bind_template_callback (widget_class, choose_alarm);
  gtk_widget_class_bind_template_callback (widget_class, copy_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, newer_cb);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
}

static void
refills_order_page_init (RefillsOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_order_page_new:
 * @shop: the shop of the order
 * @order: the order, for as long as the page lives
 *
 * Makes the page of one order.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
refills_order_page_new (RefillsShop  *shop,
                        RefillsOrder *order)
{
  return g_object_new (REFILLS_TYPE_ORDER_PAGE, "shop", shop, "order", order, NULL);
}
