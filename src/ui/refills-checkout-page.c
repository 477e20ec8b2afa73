/* refills-checkout-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCheckoutPage:
 *
 * What is typed for one purchase, its coin and network, its validated total, and the button that places the
 * order.
 *
 * Made for one checkout, bound to it both ways, and thrown away with it. It decides nothing: what
 * may be chosen, asked and sent is the checkout's. It asks what the checkout has to ask, and says once when the
 * order is there.
 */

#include "config.h"

#include "refills-checkout-page.h"

#include "refills-checkout-question.h"
#include "refills-order-form-view.h"
#include "refills-payment-section.h"
#include "refills-problem-list.h"
#include "refills-strip.h"
#include "refills-token-table.h"
#include "refills-via-name.h"
#include "refills-website-link.h"

#include <glib/gi18n.h>

struct _RefillsCheckoutPage {
  AdwBin parent_instance;

  RefillsShop           *shop;
  RefillsCheckout       *checkout;
  guint                  placed_source; /* tells of the order from idle */
  gboolean               placed;
  gboolean               is_explained;  /* what must be known before the first order that costs money */
  RefillsConfirm        *confirm;      /* weak: the question that is asked */

  GtkLabel              *brand_label;
  GtkLabel              *face_label;
  AdwPreferencesRow     *summary_row;
  RefillsStrip          *vias_strip;
  RefillsProblemList    *product_problems;
  RefillsOrderFormView  *form_view;
  RefillsPaymentSection *payment_section;
  GtkSpinner            *total_spinner;
  GtkLabel              *total_label;
  GtkLabel              *state_label;
  GtkWidget             *drift_box;
  GtkLabel              *drift_label;
  RefillsProblemList    *order_problems;
  GtkLinkButton         *website_link;
  RefillsStrip          *message_strip;
  GtkButton             *place_button;
  GtkLabel              *outlook_label;
};

G_DEFINE_FINAL_TYPE (RefillsCheckoutPage, refills_checkout_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_CHECKOUT,
  PROP_TITLE,
  PROP_EXPLAINED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  ORDER_PLACED,
  ORDER_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
validate_cb (RefillsCheckoutPage *self)
{
  refills_checkout_validate (self->checkout);
}

static void
reload_vias_cb (RefillsCheckoutPage *self)
{
  refills_catalogue_update_vias (refills_shop_get_catalogue (self->shop));
}

static GtkWindow *
get_window (RefillsCheckoutPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
explained_cb (RefillsCheckoutPage  *self,
              RefillsConfirmAnswer  answer)
{
  g_autoptr (RefillsCheckoutPage) page = g_object_ref (self);

  g_clear_weak_pointer (&self->confirm);
  if (answer != REFILLS_CONFIRM_GO)
    return;
  self->is_explained = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPLAINED]);
  refills_checkout_submit (self->checkout);
}

static void
place_clicked_cb (RefillsCheckoutPage *self)
{
  RefillsConfirm *confirm = NULL;

  /* The entry turns insensitive, and GTK 4.8 does not tell it that it has lost the focus by that. */
  gtk_widget_grab_focus (GTK_WIDGET (self->place_button));
  if (self->confirm != NULL)
    return;
  if (self->is_explained || !refills_shop_has_real_orders (self->shop)) {
    refills_checkout_submit (self->checkout);
    return;
  }

  confirm = refills_checkout_question_explain (get_window (self));
  g_set_weak_pointer (&self->confirm, confirm);
  g_signal_connect_object (confirm, "answered", G_CALLBACK (explained_cb), self, G_CONNECT_SWAPPED);
}

/* What is sold to those who have signed in is sold on the website. */
static void
sync_website_link (RefillsCheckoutPage *self)
{
  GListModel *problems;
  gboolean needs_account = FALSE;

  /* The list lives longer than the page, and changes once more when the checkout goes. */
  if (self->checkout == NULL)
    return;

  problems = refills_checkout_get_problems (self->checkout);
  for (guint i = 0; i < g_list_model_get_n_items (problems); i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);

    needs_account |= refills_problem_get_subject (problem) == REFILLS_PROBLEM_SUBJECT_ACCOUNT;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->website_link), needs_account);
}

/* Enter must not send what was not yet validated: it asks for the total, or goes to the button. */
static void
form_activated_cb (RefillsCheckoutPage *self)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->place_button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->place_button));
  else
    refills_checkout_validate (self->checkout);
}

static gboolean
placed_idle_cb (gpointer user_data)
{
  g_autoptr (RefillsCheckoutPage) self = g_object_ref (user_data);

  self->placed_source = 0;
  g_signal_emit (self, signals[ORDER_PLACED], 0, refills_checkout_get_order (self->checkout));

  return G_SOURCE_REMOVE;
}

static void
sync_order (RefillsCheckoutPage *self)
{
  if (self->placed || refills_checkout_get_order (self->checkout) == NULL)
    return;
  if (refills_checkout_get_state (self->checkout) != REFILLS_CHECKOUT_PLACED)
    return;

  /* Who hears it throws this page away. */
  self->placed = TRUE;
  self->placed_source = g_idle_add (placed_idle_cb, self);
}

static void
look_at_order (RefillsCheckoutPage *self,
               RefillsOrder        *order)
{
  if (order != NULL)
    g_signal_emit (self, signals[ORDER_REQUESTED], 0, order);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-orders", NULL);
}

static void
answered_cb (RefillsCheckoutPage  *self,
             RefillsConfirmAnswer  answer)
{
  RefillsOrder *other = refills_checkout_get_other_order (self->checkout);
  g_autoptr (RefillsOrder) kept = other != NULL ? g_object_ref (other) : NULL;
  g_autoptr (RefillsCheckoutPage) page = g_object_ref (self);

  g_clear_weak_pointer (&self->confirm);
  refills_checkout_answer (self->checkout, answer == REFILLS_CONFIRM_GO);
  if (answer == REFILLS_CONFIRM_LOOK)
    look_at_order (self, kept);
}

static void
sync_question (RefillsCheckoutPage *self)
{
  RefillsConfirm *confirm = NULL;

  /* Over another page it would be about something else: it is asked once this one is seen again. */
  if (self->confirm != NULL || refills_checkout_get_state (self->checkout) != REFILLS_CHECKOUT_ASKING ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  confirm = refills_checkout_question_ask (self->checkout, get_window (self));
  if (confirm == NULL)
    return;
  g_set_weak_pointer (&self->confirm, confirm);
  g_signal_connect_object (confirm, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
}

static void
refills_checkout_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (refills_checkout_page_parent_class)->map (widget);

  sync_question (REFILLS_CHECKOUT_PAGE (widget));
}

static void
refills_checkout_page_unmap (GtkWidget *widget)
{
  RefillsCheckoutPage *self = REFILLS_CHECKOUT_PAGE (widget);

  if (self->confirm != NULL)
    gtk_window_close (GTK_WINDOW (self->confirm));

  GTK_WIDGET_CLASS (refills_checkout_page_parent_class)->unmap (widget);
}

static char *
describe_state (RefillsCheckoutState  state,
                const char           *hint)
{
  switch (state) {
  case REFILLS_CHECKOUT_VALIDATING:
    return g_strdup (_("Asking for the total…"));
  case REFILLS_CHECKOUT_READY:
  case REFILLS_CHECKOUT_ASKING:
    return g_strdup (_("Validated by the service"));
  case REFILLS_CHECKOUT_REFUSED:
    return g_strdup (_("The service does not accept this order as it stands."));
  case REFILLS_CHECKOUT_FAILED:
    return g_strdup (_("The total is not known"));
  case REFILLS_CHECKOUT_SUBMITTING:
  case REFILLS_CHECKOUT_PLACED:
    return g_strdup (_("Placing the order…"));
  case REFILLS_CHECKOUT_EDITING:
  default:
    return g_strdup (hint != NULL ? hint : "");
  }
}

static void
sync_state (RefillsCheckoutPage *self)
{
  RefillsCheckoutState state = refills_checkout_get_state (self->checkout);
  gboolean waiting = state == REFILLS_CHECKOUT_VALIDATING || state == REFILLS_CHECKOUT_SUBMITTING;
  gboolean valid = state == REFILLS_CHECKOUT_READY || state == REFILLS_CHECKOUT_SUBMITTING
                   || state == REFILLS_CHECKOUT_ASKING || state == REFILLS_CHECKOUT_PLACED;
  g_autofree char *total = NULL;
  g_autofree char *hint = NULL;
  g_autofree char *message = NULL;
  g_autofree char *drift = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->checkout, "total-label", &total, "hint", &hint, "message", &message, "drift", &drift, NULL);
  text = describe_state (state, hint);

  gtk_label_set_text (self->total_label, total != NULL ? total : "–");
  if (valid && total != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->total_label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->total_label), "dim-label");

  /* The same text again would still be told to a screen reader. */
  if (g_strcmp0 (gtk_label_get_text (self->state_label), text) != 0)
    gtk_label_set_text (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), *text != '\0');
  gtk_spinner_set_spinning (self->total_spinner, waiting);

  if (g_strcmp0 (gtk_label_get_text (self->drift_label), drift != NULL ? drift : "") != 0)
    gtk_label_set_text (self->drift_label, drift != NULL ? drift : "");
  gtk_widget_set_visible (self->drift_box, drift != NULL && valid);

  g_object_set (self->message_strip,
                "text", message,
                "button-label", state == REFILLS_CHECKOUT_FAILED ? _("Try Again") : NULL,
                NULL);
}

static void
sync_vias (RefillsCheckoutPage *self)
{
  RefillsCollection *vias = refills_catalogue_get_vias (refills_shop_get_catalogue (self->shop));
  gboolean failed = refills_collection_get_state (vias) == REFILLS_COLLECTION_FAILED;

  g_object_set (self->vias_strip,
                "text", failed ? refills_collection_get_error_text (vias) : NULL, NULL);
}

static gboolean
is_paid_elsewhere (RefillsCheckoutPage *self)
{
  RefillsPaymentVia *via = refills_checkout_get_via (self->checkout);

  return via != NULL && refills_via_name_is_elsewhere (refills_payment_via_get_name (via));
}

static gboolean
is_paid_by_invoice (RefillsCheckoutPage *self)
{
  RefillsCoin *coin = refills_checkout_get_coin (self->checkout);
  RefillsNetwork *network = refills_checkout_get_network (self->checkout);
  const RefillsToken *token = NULL;

  if (coin != NULL && network != NULL)
    token = refills_token_find (refills_coin_get_symbol (coin), refills_network_get_name (network));

  return token != NULL && token->family == REFILLS_ADDRESS_LIGHTNING;
}

static void
sync_outlook (RefillsCheckoutPage *self)
{
  const char *text = NULL;

  if (is_paid_elsewhere (self))
    text = _("You will get the page of the exchange to pay on. The price is fixed for 20 minutes.");
  else if (is_paid_by_invoice (self))
    text = _("You will get an invoice to pay. The price is fixed for 20 minutes.");
  else
    text = _("You will get an address to pay to. The price is fixed for 20 minutes.");
  gtk_label_set_text (self->outlook_label, text);
}

static void
bind_fields (RefillsCheckoutPage *self)
{
  GObject *checkout = G_OBJECT (self->checkout);

  g_object_bind_property (checkout, "editable", self->form_view, "sensitive",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "can-submit", self->place_button, "sensitive",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "problems", self->product_problems, "problems",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "problems", self->order_problems, "problems",
                          G_BINDING_SYNC_CREATE);
}

static void
refills_checkout_page_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  RefillsCheckoutPage *self = REFILLS_CHECKOUT_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      g_value_set_object (value, self->shop);
      break;
    case PROP_CHECKOUT:
      g_value_set_object (value, self->checkout);
      break;
    case PROP_TITLE:
      g_value_set_string (value, _("Checkout"));
      break;
    case PROP_EXPLAINED:
      g_value_set_boolean (value, self->is_explained);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_checkout_page_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  RefillsCheckoutPage *self = REFILLS_CHECKOUT_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      self->shop = g_value_dup_object (value);
      break;
    case PROP_CHECKOUT:
      self->checkout = g_value_dup_object (value);
      break;
    case PROP_EXPLAINED:
      self->is_explained = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_checkout_page_constructed (GObject *object)
{
  RefillsCheckoutPage *self = REFILLS_CHECKOUT_PAGE (object);
  RefillsCollection *vias = refills_catalogue_get_vias (refills_shop_get_catalogue (self->shop));
  g_autofree char *brand = NULL;
  const char *face = refills_checkout_get_face_label (self->checkout);
  g_autofree char *summary = NULL;

  G_OBJECT_CLASS (refills_checkout_page_parent_class)->constructed (object);

  g_object_get (refills_checkout_get_brand (self->checkout), "title", &brand, NULL);
  gtk_label_set_text (self->brand_label, brand != NULL ? brand : "");
  gtk_label_set_text (self->face_label, face != NULL ? face : "");
  summary = g_strdup_printf ("%s, %s", brand != NULL ? brand : "", face != NULL ? face : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);

  refills_problem_list_set_subjects (self->product_problems,
                                     1u << REFILLS_PROBLEM_SUBJECT_PRODUCT
                                       | 1u << REFILLS_PROBLEM_SUBJECT_AMOUNT);
  refills_problem_list_set_subjects (self->order_problems,
                                     1u << REFILLS_PROBLEM_SUBJECT_ORDER
                                       | 1u << REFILLS_PROBLEM_SUBJECT_LIMIT
                                       | 1u << REFILLS_PROBLEM_SUBJECT_ACCOUNT);
  bind_fields (self);
  refills_order_form_view_set_checkout (self->form_view, self->checkout);
  refills_payment_section_set_checkout (self->payment_section, self->checkout);
  refills_website_link_set_brand (self->website_link, refills_checkout_get_brand (self->checkout));
  g_signal_connect_object (refills_checkout_get_problems (self->checkout), "items-changed",
                           G_CALLBACK (sync_website_link), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->checkout, "notify::state", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::hint", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::message", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::total-label", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::drift", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::state", G_CALLBACK (sync_order), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::state", G_CALLBACK (sync_question), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (vias, "notify::state", G_CALLBACK (sync_vias), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::via", G_CALLBACK (sync_outlook), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checkout, "notify::network", G_CALLBACK (sync_outlook), self, G_CONNECT_SWAPPED);
  sync_outlook (self);
  sync_website_link (self);
  sync_state (self);
  sync_vias (self);
  sync_order (self);
}

static void
refills_checkout_page_dispose (GObject *object)
{
  RefillsCheckoutPage *self = REFILLS_CHECKOUT_PAGE (object);

  g_clear_handle_id (&self->placed_source, g_source_remove);
  if (self->confirm != NULL)
    gtk_window_destroy (GTK_WINDOW (self->confirm));
  g_clear_weak_pointer (&self->confirm);
  g_clear_object (&self->shop);
  g_clear_object (&self->checkout);

  G_OBJECT_CLASS (refills_checkout_page_parent_class)->dispose (object);
}

static void
refills_checkout_page_class_init (RefillsCheckoutPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_checkout_page_get_property;
  object_class->set_property = refills_checkout_page_set_property;
  object_class->constructed = refills_checkout_page_constructed;
  object_class->dispose = refills_checkout_page_dispose;
  widget_class->map = refills_checkout_page_map;
  widget_class->unmap = refills_checkout_page_unmap;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_CHECKOUT] =
    g_param_spec_object ("checkout", NULL, NULL, REFILLS_TYPE_CHECKOUT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * RefillsCheckoutPage:explained:
   *
   * Whether it was said, and agreed to, what must be known before the first order that costs money. Until then such
   * an order is not sent.
   */
  props[PROP_EXPLAINED] =
    g_param_spec_boolean ("explained", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsCheckoutPage::order-placed:
   *
   * The order is stored and its page can be shown.
   */
  signals[ORDER_PLACED] =
    g_signal_new ("order-placed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_ORDER);

  /**
   * RefillsCheckoutPage::order-requested:
   *
   * The person wants to look at another order before this one is made.
   */
  signals[ORDER_REQUESTED] =
    g_signal_new ("order-requested", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_ORDER);

  g_type_ensure (REFILLS_TYPE_ORDER_FORM_VIEW);
  g_type_ensure (REFILLS_TYPE_PAYMENT_SECTION);
  g_type_ensure (REFILLS_TYPE_PROBLEM_LIST);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-checkout-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, brand_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, face_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, summary_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, vias_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, product_problems);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, form_view);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, payment_section);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, total_spinner);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, total_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, drift_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, drift_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, order_problems);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, website_link);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, message_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, place_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsCheckoutPage, outlook_label);
  gtk_widget_class_bind_template_callback (widget_class, validate_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload_vias_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_activated_cb);
}

static void
refills_checkout_page_init (RefillsCheckoutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_checkout_page_new:
 * @shop: the shop
 * @checkout: the purchase, for as long as the page lives
 *
 * Makes the page of one purchase.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
refills_checkout_page_new (RefillsShop     *shop,
                           RefillsCheckout *checkout)
{
  return g_object_new (REFILLS_TYPE_CHECKOUT_PAGE, "shop", shop, "checkout", checkout, NULL);
}
