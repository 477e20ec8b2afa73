/* refills-brand-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsBrandPage:
 *
 * One brand: what it is, the values it can be bought for, how it is redeemed.
 *
 * Is about one brand from its making to its end. Owns the load of the brand's products and the watch of the price of a
 * typed value. It makes no checkout of its own: it asks the shop for one and hands it on by `checkout-requested`.
 */

#include "config.h"

#include "refills-brand-page.h"

#include "refills-amount-row.h"
#include "refills-closures.h"
#include "refills-logo.h"
#include "refills-option-facts.h"
#include "refills-option-row.h"
#include "refills-product.h"
#include "refills-unseen.h"
#include "refills-website-link.h"

#include <glib/gi18n.h>

struct _RefillsBrandPage {
  AdwBin parent_instance;

  RefillsShop          *shop;
  RefillsBrand         *brand;
  RefillsCollection    *products;
  RefillsProduct       *product;
  RefillsProductOption *chosen;      /* a fixed option, or a range */
  GPtrArray            *buttons;     /* one for each fixed option, in one group */
  GPtrArray            *amount_rows; /* one for each range */
  guint                 focus_source;

  GtkStack             *stack;
  GtkScrolledWindow    *scrolled;
  AdwStatusPage        *failed_page;
  RefillsLogo          *logo;
  GtkLabel             *title_label;
  GtkLabel             *description_label;
  GtkWidget            *out_of_stock_box;
  GtkWidget            *account_box;
  GtkLinkButton        *account_link;
  GtkWidget            *values_box;
  GtkFlowBox           *fixed_box;
  GtkListBox           *option_list;
  GtkWidget            *range_box;
  GtkListBox           *range_list;
  GtkLabel             *complaint_label;
  GtkLabel             *option_label;
  GtkWidget            *continue_button;
  GtkWidget            *more_list;
  GtkWidget            *redeem_row;
  GtkLabel             *redeem_label;
  GtkWidget            *terms_row;
  GtkLabel             *terms_label;
  GtkWidget            *regions_row;
  GtkLabel             *regions_label;
};

G_DEFINE_FINAL_TYPE (RefillsBrandPage, refills_brand_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_BRAND,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  CHECKOUT_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define OPTION_KEY "refills-option"

static RefillsAmountRow *
find_amount_row (RefillsBrandPage *self)
{
  for (guint i = 0; i < self->amount_rows->len; i++)
    if (refills_amount_row_get_option (self->amount_rows->pdata[i]) == self->chosen)
      return self->amount_rows->pdata[i];

  return NULL;
}

static void
update_continue (RefillsBrandPage *self)
{
  RefillsAmountRow *row = find_amount_row (self);

  gtk_widget_set_sensitive (self->continue_button,
                            self->chosen && (!row || refills_amount_row_is_valid (row)));
}

static void
show_text (GtkWidget  *row,
           GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (row, text && *text);
}

/* What holds for the product, and what holds for the chosen option alone. */
static void
show_both (GtkWidget  *row,
           GtkLabel   *label,
           const char *general,
           const char *own)
{
  g_autofree char *both = NULL;

  if (general && *general && own && *own && !g_str_equal (general, own))
    both = g_strdup_printf ("%s\n\n%s", general, own);

  show_text (row, label, both ? both : own && *own ? own : general);
}

static void
show_details (RefillsBrandPage *self)
{
  RefillsProductOption *option = self->chosen;
  g_autofree char *regions = option ? refills_option_facts_dup_regions (option, FALSE) : NULL;

  show_text (GTK_WIDGET (self->option_label), self->option_label,
             option ? refills_product_option_get_description (option) : NULL);
  show_text (self->regions_row, self->regions_label, regions);
  show_both (self->redeem_row, self->redeem_label, refills_product_get_how_to_redeem (self->product),
             option ? refills_product_option_get_instructions (option) : NULL);
  show_both (self->terms_row, self->terms_label, refills_product_get_terms (self->product),
             option ? refills_product_option_get_terms (option) : NULL);
  gtk_widget_set_visible (self->more_list,
                          gtk_widget_get_visible (self->redeem_row) || gtk_widget_get_visible (self->terms_row) ||
                          gtk_widget_get_visible (self->regions_row));
}

static void
choose (RefillsBrandPage     *self,
        RefillsProductOption *option)
{
  g_set_object (&self->chosen, option);
  show_details (self);
  update_continue (self);
}

static void
fixed_toggled_cb (RefillsBrandPage *self,
                  GtkWidget        *button)
{
  gboolean is_active = FALSE;

  g_object_get (button, "active", &is_active, NULL);
  if (is_active)
    choose (self, g_object_get_data (G_OBJECT (button), OPTION_KEY));
}

static void
release_fixed (RefillsBrandPage *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    g_object_set (self->buttons->pdata[i], "active", FALSE, NULL);
}

/* Whoever types a value wants that, and not the button pressed before. */
static void
amount_changed_cb (RefillsBrandPage *self,
                   RefillsAmountRow *row)
{
  const char *complaint = refills_amount_row_get_complaint (row);

  if (!refills_amount_row_is_empty (row) && self->chosen != refills_amount_row_get_option (row)) {
    release_fixed (self);
    choose (self, refills_amount_row_get_option (row));
  }
  if (self->chosen && self->chosen != refills_amount_row_get_option (row))
    return; /* its price came late */

  gtk_label_set_text (self->complaint_label, complaint ? complaint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->complaint_label), complaint && *complaint);
  update_continue (self);
}

/* What was shown here is what the total is compared with. */
static void
tell_price (RefillsBrandPage *self,
            RefillsCheckout  *checkout)
{
  RefillsAmountRow *row = find_amount_row (self);
  RefillsQuote *quote = NULL;

  if (!row) {
    refills_checkout_set_seen_price (checkout, refills_product_option_get_coin (self->chosen),
                                     refills_product_option_get_coin_amount (self->chosen));
    return;
  }

  quote = refills_amount_row_get_quote (row);
  if (quote)
    refills_checkout_set_seen_price (checkout, refills_quote_get_coin (quote),
                                     refills_quote_get_coin_amount (quote));
}

static void
continue_cb (RefillsBrandPage *self)
{
  g_autoptr (RefillsCheckout) checkout = NULL;
  RefillsAmountRow *row = find_amount_row (self);
  RefillsDecimal value = REFILLS_DECIMAL_ZERO;

  if (!self->chosen || (row && !refills_amount_row_get_value (row, &value)))
    return;

  checkout = refills_shop_begin_checkout (self->shop, self->brand, self->chosen, row ? &value : NULL);
  if (!checkout)
    return;

  tell_price (self, checkout);
  g_signal_emit (self, signals[CHECKOUT_REQUESTED], 0, checkout);
}

static void
committed_cb (RefillsBrandPage *self)
{
  if (gtk_widget_get_sensitive (self->continue_button))
    continue_cb (self);
}

static GtkWidget *
make_fixed_button (RefillsProductOption *option)
{
  const char *label = refills_product_option_get_label (option);
  const char *price = refills_product_option_get_price_label (option);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *face_label = gtk_label_new (label);
  g_autofree char *name = NULL;

  gtk_widget_add_css_class (face_label, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (face_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (face_label), 20);
  gtk_box_append (GTK_BOX (box), face_label);

  if (price && *price) {
    GtkWidget *price_label = gtk_label_new (price);

    gtk_widget_add_css_class (price_label, "caption");
    gtk_widget_add_css_class (price_label, "numeric");
    gtk_label_set_ellipsize (GTK_LABEL (price_label), PANGO_ELLIPSIZE_END);
    gtk_label_set_max_width_chars (GTK_LABEL (price_label), 20);
    gtk_box_append (GTK_BOX (box), price_label);
    /* Translators: what is bought and what it costs, as in "10 USD, 11.47 USDC". */
    name = g_strdup_printf (_("%s, %s"), label, price);
  } else {
    name = g_strdup (label);
  }

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "value");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static void
add_tile (RefillsBrandPage     *self,
          RefillsProductOption *option)
{
  GtkWidget *button = make_fixed_button (option);
  GtkWidget *cell = NULL;

  gtk_flow_box_append (self->fixed_box, button);
  /* The cell around it takes no focus, yet it is told of, by the name of its class. */
  cell = gtk_widget_get_parent (button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  refills_product_option_get_label (option), -1);
  gtk_widget_set_focusable (cell, FALSE); /* the button takes the focus */
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons->pdata[0]);
  g_ptr_array_add (self->buttons, button);
}

static void
add_row (RefillsBrandPage     *self,
         RefillsProductOption *option)
{
  g_autofree char *facts = refills_option_facts_dup_line (option, refills_brand_classify (self->brand),
                                                          refills_brand_get_country (self->brand));
  GtkWidget *row = refills_option_row_new (option, facts);
  GtkWidget *button = refills_option_row_get_button (REFILLS_OPTION_ROW (row));

  gtk_list_box_append (self->option_list, row);
  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->buttons->pdata[0]);
  g_ptr_array_add (self->buttons, button);
}

static void
add_range (RefillsBrandPage     *self,
           RefillsProductOption *option)
{
  GtkWidget *row = refills_amount_row_new (self->shop, self->brand, option);

  gtk_list_box_append (self->range_list, row);
  refills_amount_row_describe_by (REFILLS_AMOUNT_ROW (row), GTK_WIDGET (self->complaint_label));
  g_signal_connect_object (row, "changed", G_CALLBACK (amount_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->amount_rows, row);
}

static void
show_options (RefillsBrandPage *self,
              GListModel       *options)
{
  gboolean in_rows = refills_option_facts_are_worth_rows (options, refills_brand_classify (self->brand));

  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (RefillsProductOption) option = g_list_model_get_item (options, i);
    guint n_before = self->buttons->len;

    if (refills_product_option_is_range (option))
      add_range (self, option);
    else if (in_rows)
      add_row (self, option);
    else
      add_tile (self, option);

    if (self->buttons->len > n_before) {
      GObject *button = self->buttons->pdata[n_before];

      g_object_set_data_full (button, OPTION_KEY, g_object_ref (option), g_object_unref);
      g_signal_connect_object (button, "toggled", G_CALLBACK (fixed_toggled_cb), self, G_CONNECT_SWAPPED);
    }
  }

  gtk_widget_set_visible (GTK_WIDGET (self->fixed_box), !in_rows && self->buttons->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->option_list), in_rows && self->buttons->len > 0);
  gtk_widget_set_visible (self->range_box, self->amount_rows->len > 0);

  /* A choice of one is made. */
  if (self->buttons->len == 1 && self->amount_rows->len == 0) {
    g_object_set (self->buttons->pdata[0], "active", TRUE, NULL);
    gtk_widget_set_visible (self->buttons->pdata[0], !in_rows);
  } else if (self->buttons->len == 0 && self->amount_rows->len == 1) {
    choose (self, refills_amount_row_get_option (self->amount_rows->pdata[0]));
  }
}

static void
name_lists_inside (GtkWidget  *widget,
                   const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_LIST_BOX (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    name_lists_inside (child, name);
  }
}

/* An expander row is a row of lists, which would be told of by the name of their class. */
static void
name_row (AdwPreferencesRow *row)
{
  const char *name = adw_preferences_row_get_title (row);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  name_lists_inside (GTK_WIDGET (row), name);
}

static void
show_product (RefillsBrandPage *self,
              RefillsProduct   *product)
{
  GListModel *options = refills_product_get_options (product);
  gboolean is_sold = refills_brand_is_sold_here (self->brand);
  gboolean can_buy =
    is_sold && !refills_product_is_out_of_stock (product) && g_list_model_get_n_items (options) > 0;

  g_set_object (&self->product, product);

  show_text (GTK_WIDGET (self->description_label), self->description_label, refills_product_get_description (product));
  show_details (self);

  gtk_widget_set_visible (self->out_of_stock_box, is_sold && !can_buy);
  gtk_widget_set_visible (self->values_box, can_buy);
  if (can_buy)
    show_options (self, options);
  update_continue (self);
}

/* The page came without anything to focus; unless the person went elsewhere since, the first value is next. */
static gboolean
take_focus_cb (gpointer user_data)
{
  RefillsBrandPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  self->focus_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_child_focus (gtk_widget_get_visible (self->values_box) ? self->values_box : GTK_WIDGET (self),
                            GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

static void
update_state (RefillsBrandPage *self)
{
  g_autoptr (RefillsProduct) product = g_list_model_get_item (G_LIST_MODEL (self->products), 0);
  g_autofree char *description = NULL;

  /* Options stay as they were when first shown: what is being chosen from does not move. A copy from disk that is
   * being asked for again is too old to choose from, unless nothing better comes. */
  if (product && !self->product && !refills_collection_is_loading (self->products)) {
    show_product (self, product);
    gtk_stack_set_visible_child_name (self->stack, "product");
    if (self->focus_source == 0)
      self->focus_source = g_idle_add (take_focus_cb, self); /* after GTK moved the focus from what it hid */
  }

  if (self->product)
    return;

  switch (refills_collection_get_state (self->products)) {
    case REFILLS_COLLECTION_READY:
      gtk_widget_set_visible (self->out_of_stock_box, refills_brand_is_sold_here (self->brand));
      gtk_widget_set_visible (self->values_box, FALSE);
      gtk_widget_set_visible (self->more_list, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "product");
      break;
    case REFILLS_COLLECTION_FAILED:
    case REFILLS_COLLECTION_STALE:
      description = refills_escape (NULL, refills_collection_get_error_text (self->products));
      adw_status_page_set_description (self->failed_page, description);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;
    case REFILLS_COLLECTION_IDLE:
    case REFILLS_COLLECTION_LOADING:
    default:
      gtk_stack_set_visible_child_name (self->stack, "loading");
      break;
  }
}

static void
try_again_cb (RefillsBrandPage *self)
{
  refills_catalogue_reload_product (refills_shop_get_catalogue (self->shop), self->brand, self->products);
}

static void
refills_brand_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsBrandPage *self = REFILLS_BRAND_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      g_value_set_object (value, self->shop);
      break;
    case PROP_BRAND:
      g_value_set_object (value, self->brand);
      break;
    case PROP_TITLE:
      g_value_set_string (value, refills_brand_get_title (self->brand));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_brand_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsBrandPage *self = REFILLS_BRAND_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      self->shop = g_value_dup_object (value);
      break;
    case PROP_BRAND:
      self->brand = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_brand_page_constructed (GObject *object)
{
  RefillsBrandPage *self = REFILLS_BRAND_PAGE (object);

  G_OBJECT_CLASS (refills_brand_page_parent_class)->constructed (object);

  refills_logo_set_brand (self->logo, self->brand);
  gtk_label_set_text (self->title_label, refills_brand_get_title (self->brand));
  refills_website_link_set_brand (self->account_link, self->brand);
  gtk_widget_set_visible (self->account_box, !refills_brand_is_sold_here (self->brand));

  self->products = refills_catalogue_load_product (refills_shop_get_catalogue (self->shop), self->brand);
  g_signal_connect_object (self->products, "notify::state", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->products, "items-changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update_state (self);
}

static void
refills_brand_page_dispose (GObject *object)
{
  RefillsBrandPage *self = REFILLS_BRAND_PAGE (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->amount_rows, g_ptr_array_unref);
  g_clear_object (&self->product);
  g_clear_object (&self->products);
  g_clear_object (&self->brand);
  g_clear_object (&self->shop);

  G_OBJECT_CLASS (refills_brand_page_parent_class)->dispose (object);
}

static void
refills_brand_page_class_init (RefillsBrandPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_brand_page_get_property;
  object_class->set_property = refills_brand_page_set_property;
  object_class->constructed = refills_brand_page_constructed;
  object_class->dispose = refills_brand_page_dispose;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_BRAND] =
    g_param_spec_object ("brand", NULL, NULL, REFILLS_TYPE_BRAND,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsBrandPage::checkout-requested:
   *
   * The person wants to buy what was chosen.
   */
  signals[CHECKOUT_REQUESTED] =
    g_signal_new ("checkout-requested", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_CHECKOUT);

  g_type_ensure (REFILLS_TYPE_LOGO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-brand-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, logo);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, description_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, out_of_stock_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, account_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, account_link);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, values_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, fixed_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, option_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, range_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, range_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, complaint_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, option_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, more_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, redeem_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, redeem_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, terms_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, terms_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, regions_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandPage, regions_label);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
}

static void
refills_brand_page_init (RefillsBrandPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buttons = g_ptr_array_new ();
  self->amount_rows = g_ptr_array_new ();
  refills_unseen_follow (GTK_WIDGET (self->stack));

  name_row (ADW_PREFERENCES_ROW (self->regions_row));
  name_row (ADW_PREFERENCES_ROW (self->redeem_row));
  name_row (ADW_PREFERENCES_ROW (self->terms_row));
}

/**
 * refills_brand_page_new:
 * @shop: the shop
 * @brand: what the page is about
 * @textures: (nullable): where the logo comes from
 *
 * Makes the page and loads what the brand sells.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
refills_brand_page_new (RefillsShop         *shop,
                        RefillsBrand        *brand,
                        RefillsLogoTextures *textures)
{
  RefillsBrandPage *self = g_object_new (REFILLS_TYPE_BRAND_PAGE, "shop", shop, "brand", brand, NULL);

  refills_logo_set_textures (self->logo, textures);
  refills_logo_set_wanted (self->logo, TRUE);

  return GTK_WIDGET (self);
}
