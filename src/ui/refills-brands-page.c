/* refills-brands-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsBrandsPage:
 *
 * The brands of one country in a grid, with a search that narrows it down as one types.
 *
 * Shows what the collection's state calls for: a spinner, the grid, nothing found, nothing there, or why there is
 * nothing; a strip tells when the list is from earlier. Logos are loaded for the tiles in sight only. It never loads
 * brands itself: it asks by the signal `refresh-requested`.
 */

#include "config.h"

#include "refills-brands-page.h"

#include "refills-brand-tile.h"
#include "refills-closures.h"
#include "refills-search-fold.h"
#include "refills-unseen.h"

#include <glib/gi18n.h>

/* As many as a window of usual size shows; the rest of the grid is made once these are painted. */
#define FIRST_SCREENFUL 24

/* How far outside the visible part logos are loaded ahead, in points. */
#define LOAD_AHEAD 160

struct _RefillsBrandsPage {
  AdwBin parent_instance;

  RefillsCollection   *brands;
  RefillsLogoTextures *textures;
  char                *country;
  char               **words; /* folded; all must be found */
  guint                wanted_source;
  GdkFrameClock       *frame_clock; /* while its next frame is waited for */

  GtkFilter           *filter;
  GtkFilterListModel  *found;
  GtkSliceListModel   *shown;     /* of those found: all, once the first are painted */

  GtkSearchEntry      *search_entry;
  GtkLabel            *count_label;
  GtkRevealer         *stale_revealer;
  GtkLabel            *stale_label;
  GtkLabel            *retry_label;
  GtkStack            *stack;
  GtkWidget           *scrolled;
  GtkGridView         *grid;
  GtkLabel            *foot_label;
  AdwStatusPage       *notice_page;
  GtkButton           *notice_button;
};

/* What the page says when there is no grid to show. */
typedef struct {
  const char *icon_name;
  const char *title;
  const char *description; /* NULL: the collection's error */
  const char *button;
} Notice;

static const Notice no_results = {
  "edit-find-symbolic", N_("No Results Found"), N_("Try a different search."), N_("Clear Search"),
};

static const Notice empty = {
  "view-grid-symbolic", N_("No Brands"), N_("Nothing is sold in this country right now."), N_("Try Again"),
};

static const Notice failed = {
  "network-error-symbolic", N_("Brands Can’t Be Loaded"), NULL, N_("Try Again"),
};

G_DEFINE_FINAL_TYPE (RefillsBrandsPage, refills_brands_page, ADW_TYPE_BIN)

enum {
  BRAND_ACTIVATED,
  REFRESH_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_searching (RefillsBrandsPage *self)
{
  return self->words && self->words[0];
}

static gboolean
brand_matches_cb (gpointer item,
                  gpointer user_data)
{
  RefillsBrandsPage *self = user_data;

  return refills_text_has_words (refills_brand_get_search_key (item), (const char *const *) self->words);
}

static const Notice *
choose_notice (RefillsBrandsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->brands)) > 0)
    return &no_results;

  return refills_collection_get_state (self->brands) == REFILLS_COLLECTION_READY ? &empty : &failed;
}

static gboolean
is_waiting (RefillsBrandsPage *self)
{
  RefillsCollectionState state = refills_collection_get_state (self->brands);

  return g_list_model_get_n_items (G_LIST_MODEL (self->brands)) == 0 &&
         (state == REFILLS_COLLECTION_IDLE || state == REFILLS_COLLECTION_LOADING);
}

/* Only what is looked at gets its icon: large ones take the loader for SVG, which the start can do without. */
static void
show_notice (RefillsBrandsPage *self,
             const Notice      *notice)
{
  g_autofree char *description =
    refills_escape (NULL, notice->description ? _(notice->description)
                                              : refills_collection_get_error_text (self->brands));

  adw_status_page_set_icon_name (self->notice_page, notice->icon_name);
  adw_status_page_set_title (self->notice_page, _(notice->title));
  adw_status_page_set_description (self->notice_page, description);
  gtk_button_set_label (self->notice_button, _(notice->button));
  gtk_stack_set_visible_child_name (self->stack, "notice");
}

static void
update_count (RefillsBrandsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  g_autofree char *country = refills_name_country (NULL, self->country);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  count = g_strdup_printf (ngettext ("%u brand", "%u brands", n), n);
  /* Translators: a country and a number of brands, as in "Germany · 150 brands". */
  text = g_strdup_printf (_("%s · %s"), country, count);
  /* The first screenful is no number to tell. */
  gtk_label_set_text (self->count_label,
                      gtk_slice_list_model_get_size (self->shown) == FIRST_SCREENFUL ? country : text);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), n > 0);
}

static void
add_note (GString    *notes,
          const char *note)
{
  if (*note == '\0')
    return;

  if (notes->len > 0)
    g_string_append (notes, " · ");
  g_string_append (notes, note);
}

/* What is not in the list, and how old it is. Below the grid, and after the first screenful: nobody waits for it. */
static void
update_foot (RefillsBrandsPage *self)
{
  guint n_hidden = self->brands ? refills_collection_get_n_hidden (self->brands) : 0;
  guint n_skipped = self->brands ? refills_collection_get_n_skipped (self->brands) : 0;
  g_autoptr (GString) notes = g_string_new (NULL);

  if (!self->brands || gtk_slice_list_model_get_size (self->shown) == FIRST_SCREENFUL)
    return;

  if (n_hidden > 0) {
    g_autofree char *note =
      g_strdup_printf (ngettext ("%u brand of a kind that is not sold here is left out",
                                 "%u brands of kinds that are not sold here are left out", n_hidden), n_hidden);

    add_note (notes, note);
  }
  if (n_skipped > 0) {
    g_autofree char *note = g_strdup_printf (ngettext ("%u brand could not be read", "%u brands could not be read",
                                                       n_skipped), n_skipped);

    add_note (notes, note);
  }
  /* With an error the strip says it. */
  if (!refills_collection_get_error_text (self->brands)) {
    g_autofree char *age = refills_describe_age (NULL, refills_collection_get_loaded_at (self->brands));

    add_note (notes, age);
  }

  gtk_label_set_text (self->foot_label, notes->str);
  gtk_widget_set_visible (GTK_WIDGET (self->foot_label),
                          notes->len > 0 && !refills_collection_is_empty (self->brands));
}

static void
update_retry (RefillsBrandsPage *self)
{
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  gint64 retry_at = refills_collection_get_retry_at (self->brands);

  if (retry_at > 0)
    when = g_date_time_new_from_unix_local (retry_at);
  if (when)
    /* Translators: a time of today with its seconds, see g_date_time_format() */
    time = g_date_time_format (when, C_("today", "%H:%M:%S"));

  if (time)
    /* Translators: %s is a time, such as “14:05:30”. */
    text = g_strdup_printf (_("Trying again at %s"), time);
  else if (refills_collection_is_loading (self->brands))
    text = g_strdup (_("Trying again…"));
  gtk_label_set_text (self->retry_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->retry_label), text != NULL);
}

static void
update_stale (RefillsBrandsPage *self)
{
  const char *error_text = self->brands ? refills_collection_get_error_text (self->brands) : NULL;
  gboolean is_stale = error_text && !refills_collection_is_empty (self->brands);

  if (is_stale) {
    g_autofree char *age = refills_describe_age (NULL, refills_collection_get_loaded_at (self->brands));
    /* Translators: why the list could not be loaded anew, a sentence, and how old it is: “The shop cannot be reached
     * right now. Updated 2 hours ago.” */
    g_autofree char *text = *age ? g_strdup_printf (_("%1$s %2$s."), error_text, age) : g_strdup (error_text);

    /* The same text again would be read out again. */
    if (g_strcmp0 (gtk_label_get_text (self->stale_label), text) != 0)
      gtk_label_set_text (self->stale_label, text);
    update_retry (self);
  }
  gtk_revealer_set_reveal_child (self->stale_revealer, is_stale);
}

static void
update_state (RefillsBrandsPage *self)
{
  gboolean has_brands = self->brands && g_list_model_get_n_items (G_LIST_MODEL (self->brands)) > 0;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "grid");
  else if (!self->brands || is_waiting (self))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    show_notice (self, choose_notice (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->search_entry), has_brands);
  update_count (self);
  update_stale (self);
  update_foot (self);
}

static gboolean
is_in_sight (RefillsBrandsPage *self,
             GtkWidget         *tile)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (tile) || !gtk_widget_compute_bounds (tile, self->scrolled, &bounds))
    return FALSE;

  return bounds.size.height > 0 &&
         bounds.origin.y + bounds.size.height > -LOAD_AHEAD &&
         bounds.origin.y < (float) (gtk_widget_get_height (self->scrolled) + LOAD_AHEAD);
}

static gboolean
update_wanted_cb (gpointer user_data)
{
  RefillsBrandsPage *self = user_data;

  self->wanted_source = 0;
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->grid));
       cell;
       cell = gtk_widget_get_next_sibling (cell)) {
    GtkWidget *tile = gtk_widget_get_first_child (cell);

    if (REFILLS_IS_BRAND_TILE (tile))
      refills_brand_tile_set_wanted (REFILLS_BRAND_TILE (tile), is_in_sight (self, tile));
  }

  return G_SOURCE_REMOVE;
}

static void
painted_cb (RefillsBrandsPage *self)
{
  g_signal_handlers_disconnect_by_func (self->frame_clock, painted_cb, self);
  g_clear_object (&self->frame_clock);
  if (self->wanted_source == 0)
    self->wanted_source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, update_wanted_cb, self, NULL);
}

static void
forget_frame (RefillsBrandsPage *self)
{
  /* By function: a clock that has been disposed with its window has dropped the handler. */
  if (self->frame_clock)
    g_signal_handlers_disconnect_by_func (self->frame_clock, painted_cb, self);
  g_clear_object (&self->frame_clock);
}

/* After the next frame: names come first, and tiles are where they were until they have been laid out. Before there
 * is a window there is nothing to do; its first layout changes the adjustment.
 */
static void
queue_update_wanted (RefillsBrandsPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (!clock || clock == self->frame_clock)
    return;

  forget_frame (self);
  self->frame_clock = g_object_ref (clock);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

static void
setup_tile_cb (RefillsBrandsPage *self,
               GtkListItem       *list_item)
{
  gtk_list_item_set_child (list_item, refills_brand_tile_new (self->textures));
}

static void
bind_tile_cb (RefillsBrandsPage *self,
              GtkListItem       *list_item)
{
  refills_brand_tile_set_brand (REFILLS_BRAND_TILE (gtk_list_item_get_child (list_item)),
                                gtk_list_item_get_item (list_item));
  queue_update_wanted (self);
}

static void
unbind_tile_cb (RefillsBrandsPage *self,
                GtkListItem       *list_item)
{
  RefillsBrandTile *tile = REFILLS_BRAND_TILE (gtk_list_item_get_child (list_item));

  refills_brand_tile_set_wanted (tile, FALSE);
  refills_brand_tile_set_brand (tile, NULL);
}

static void
activate_cb (RefillsBrandsPage *self,
             guint              position)
{
  g_autoptr (RefillsBrand) brand = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (brand)
    g_signal_emit (self, signals[BRAND_ACTIVATED], 0, brand);
}

static void
show_all_cb (RefillsBrandsPage *self,
             GdkFrameClock     *clock)
{
  g_signal_handlers_disconnect_by_func (clock, show_all_cb, self);
  gtk_slice_list_model_set_size (self->shown, G_MAXUINT);
  update_count (self);
  update_foot (self);
}

static void
refills_brands_page_map (GtkWidget *widget)
{
  RefillsBrandsPage *self = REFILLS_BRANDS_PAGE (widget);

  GTK_WIDGET_CLASS (refills_brands_page_parent_class)->map (widget);

  if (gtk_slice_list_model_get_size (self->shown) == FIRST_SCREENFUL)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (show_all_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
search_changed_cb (RefillsBrandsPage *self)
{
  g_autofree char *folded = refills_search_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  g_clear_pointer (&self->words, g_strfreev);
  self->words = refills_split_words (folded);
  /* Without words there is nothing to ask each brand. */
  gtk_filter_list_model_set_filter (self->found, is_searching (self) ? self->filter : NULL);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_state (self);
}

/* Enter opens what is found first. */
static void
search_activate_cb (RefillsBrandsPage *self)
{
  if (is_searching (self))
    activate_cb (self, 0);
}

static void
stop_search_cb (RefillsBrandsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
clear_search_cb (RefillsBrandsPage *self)
{
  stop_search_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
try_again_cb (RefillsBrandsPage *self)
{
  g_signal_emit (self, signals[REFRESH_REQUESTED], 0);
}

static void
notice_clicked_cb (RefillsBrandsPage *self)
{
  if (choose_notice (self) == &no_results)
    clear_search_cb (self);
  else
    try_again_cb (self);
}

static void
refills_brands_page_dispose (GObject *object)
{
  RefillsBrandsPage *self = REFILLS_BRANDS_PAGE (object);

  forget_frame (self);
  g_clear_handle_id (&self->wanted_source, g_source_remove);
  if (self->brands)
    g_signal_handlers_disconnect_by_data (self->brands, self);
  if (self->grid)
    gtk_grid_view_set_model (self->grid, NULL);
  self->grid = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->brands);
  g_clear_object (&self->textures);

  G_OBJECT_CLASS (refills_brands_page_parent_class)->dispose (object);
}

static void
refills_brands_page_finalize (GObject *object)
{
  RefillsBrandsPage *self = REFILLS_BRANDS_PAGE (object);

  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (refills_brands_page_parent_class)->finalize (object);
}

static void
refills_brands_page_class_init (RefillsBrandsPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = refills_brands_page_dispose;
  object_class->finalize = refills_brands_page_finalize;
  widget_class->map = refills_brands_page_map;

  /**
   * RefillsBrandsPage::brand-activated:
   *
   * The person asks to see a brand.
   */
  signals[BRAND_ACTIVATED] =
    g_signal_new ("brand-activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_BRAND);

  /**
   * RefillsBrandsPage::refresh-requested:
   *
   * The person asks to load the brands again.
   */
  signals[REFRESH_REQUESTED] =
    g_signal_new ("refresh-requested", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-brands-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, stale_revealer);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, stale_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, retry_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, foot_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, grid);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, notice_page);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandsPage, notice_button);
  gtk_widget_class_bind_template_callback (widget_class, setup_tile_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_tile_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_tile_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_update_wanted);

  gtk_widget_class_set_css_name (widget_class, "brandspage");
}

static void
refills_brands_page_init (RefillsBrandsPage *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  refills_unseen_follow (GTK_WIDGET (self->stack));

  self->filter = GTK_FILTER (gtk_custom_filter_new (brand_matches_cb, self, NULL));
  self->found = gtk_filter_list_model_new (NULL, NULL);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->found)), 0, FIRST_SCREENFUL);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));
  gtk_grid_view_set_model (self->grid, selection);

  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self));
}

/**
 * refills_brands_page_new:
 *
 * Returns: (transfer floating): a page that waits for its brands
 */
GtkWidget *
refills_brands_page_new (void)
{
  return g_object_new (REFILLS_TYPE_BRANDS_PAGE, NULL);
}

/**
 * refills_brands_page_set_brands:
 * @self: the page
 * @brands: of #RefillsBrand
 * @country: (nullable): the two letters of the country they are sold in
 * @textures: (nullable): where logos come from
 *
 * Fills the page. To be called once.
 */
void
refills_brands_page_set_brands (RefillsBrandsPage   *self,
                                RefillsCollection   *brands,
                                const char          *country,
                                RefillsLogoTextures *textures)
{
  g_return_if_fail (REFILLS_IS_BRANDS_PAGE (self));
  g_return_if_fail (REFILLS_IS_COLLECTION (brands));
  g_return_if_fail (self->brands == NULL);

  g_set_object (&self->brands, brands);
  g_set_object (&self->textures, textures);
  self->country = g_strdup (country);

  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (brands));
  g_signal_connect_swapped (brands, "notify::state", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (brands, "notify::error-text", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (brands, "notify::retry-at", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (brands, "notify::n-hidden", G_CALLBACK (update_foot), self);
  g_signal_connect_swapped (brands, "notify::n-skipped", G_CALLBACK (update_foot), self);
  g_signal_connect_swapped (brands, "notify::loaded-at", G_CALLBACK (update_foot), self);
  g_signal_connect_swapped (brands, "items-changed", G_CALLBACK (update_state), self);
  update_state (self);
}

/**
 * refills_brands_page_begin_search:
 * @self: the page
 *
 * Puts the cursor into the search entry.
 */
void
refills_brands_page_begin_search (RefillsBrandsPage *self)
{
  g_return_if_fail (REFILLS_IS_BRANDS_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
