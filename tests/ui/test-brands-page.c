/* test-brands-page.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grid of brands: each state of its list, the search, names shown as they are.
 */
#include "refills-brands-page.h"

#include "refills-brand-tile.h"
#include "refills-error.h"
#include "refills-json.h"

#include "refills-test.h"
#include "refills-widget-test.h"

#define DEADLINE_MS 20000
#define NASTY "<b>&\" %s</b>"

static RefillsBrand *
make_brand (const char *name,
            gboolean    out_of_stock)
{
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new (REFILLS_BRAND_VARIANT_FORMAT, name, name, name, "giftcard", "travel", "US",
                                       "", "", "#3584e4", "$10 – $500", out_of_stock));
  RefillsBrand *brand = refills_brand_new_from_variant (variant);

  g_assert_nonnull (brand);

  return brand;
}

static void
fill (RefillsCollection *brands,
      const char *const *names)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (items, make_brand (names[i], g_str_equal (names[i], "Gone")));
  refills_collection_take_items (brands, items, 1, 0);
}

static void
fill_as_of (RefillsCollection *brands,
            gint64             age,
            guint              n_hidden,
            guint              n_skipped)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, make_brand ("Airbnb", FALSE));
  refills_collection_set_n_hidden (brands, n_hidden);
  refills_collection_take_items (brands, items, g_get_real_time () / G_USEC_PER_SEC - age, n_skipped);
}

static void
fail (RefillsCollection *brands)
{
  g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_UNREACHABLE, "refused");

  refills_collection_begin_loading (brands);
  refills_collection_fail (brands, error);
}

typedef struct {
  RefillsCollection *brands;
  GtkWidget         *page;
  GtkWidget         *window;
  const char        *awaited;
  guint              n_refreshes;
  RefillsBrand      *activated;
} Fixture;

static void
refresh_cb (Fixture *fixture)
{
  fixture->n_refreshes++;
}

static void
activated_cb (Fixture      *fixture,
              RefillsBrand *brand)
{
  g_set_object (&fixture->activated, brand);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->brands = refills_collection_new (REFILLS_TYPE_BRAND);
  fixture->page = refills_brands_page_new ();
  g_signal_connect_swapped (fixture->page, "refresh-requested", G_CALLBACK (refresh_cb), fixture);
  g_signal_connect_swapped (fixture->page, "brand-activated", G_CALLBACK (activated_cb), fixture);
  refills_brands_page_set_brands (REFILLS_BRANDS_PAGE (fixture->page), fixture->brands, "US", NULL);
  fixture->window = refills_widget_test_show (fixture->page, 800, 600);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  refills_widget_test_close (fixture->window);
  g_clear_object (&fixture->activated);
  g_assert_finalize_object (fixture->brands);
}

static gboolean
shows_awaited (gpointer user_data)
{
  Fixture *fixture = user_data;

  return refills_widget_test_shows (fixture->window, fixture->awaited);
}

static void
wait_for_text (Fixture    *fixture,
               const char *text)
{
  fixture->awaited = text;
  refills_test_run_until (shows_awaited, fixture, DEADLINE_MS, text);
}

static void
search (Fixture    *fixture,
        const char *text)
{
  GtkWidget *entry = refills_widget_test_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
click (Fixture    *fixture,
       const char *text)
{
  GtkWidget *widget = refills_widget_test_find_text (fixture->window, text);

  g_assert_nonnull (widget);
  if (!GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (widget, "clicked");
}

static void
test_states (Fixture       *fixture,
             gconstpointer  user_data)
{
  GtkWidget *spinner = refills_widget_test_find (fixture->window, GTK_TYPE_SPINNER, NULL);

  refills_collection_begin_loading (fixture->brands);
  g_assert_true (gtk_widget_get_mapped (spinner));

  fail (fixture->brands);
  wait_for_text (fixture, "Brands Can’t Be Loaded");
  g_assert_true (refills_widget_test_shows (fixture->window, refills_collection_get_error_text (fixture->brands)));
  click (fixture, "Try Again");
  g_assert_cmpuint (fixture->n_refreshes, ==, 1);

  fill (fixture->brands, (const char *const[]) { NULL });
  wait_for_text (fixture, "No Brands");

  fill (fixture->brands, (const char *const[]) { "Airbnb", "Gone", NULL });
  wait_for_text (fixture, "Airbnb");
  wait_for_text (fixture, "United States · 2 brands");
  wait_for_text (fixture, "Out of stock");
  g_assert_false (refills_widget_test_shows (fixture->window, "No Brands"));
}

static void
test_stale (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GDateTime) when = g_date_time_new_local (2030, 1, 2, 14, 5, 30);
  g_autofree char *text = NULL;

  fill_as_of (fixture->brands, 2 * 60 * 60 + 5, 0, 0);
  wait_for_text (fixture, "Airbnb");
  wait_for_text (fixture, "Updated 2 hours ago");

  fail (fixture->brands);
  text = g_strdup_printf ("%s Updated 2 hours ago.", refills_collection_get_error_text (fixture->brands));
  wait_for_text (fixture, text);
  g_assert_false (refills_widget_test_shows (fixture->window, "Updated 2 hours ago"));
  g_assert_true (refills_widget_test_shows (fixture->window, "Airbnb"));
  click (fixture, "Try Again");
  g_assert_cmpuint (fixture->n_refreshes, ==, 1);

  refills_collection_set_retry_at (fixture->brands, g_date_time_to_unix (when));
  wait_for_text (fixture, "Trying again at 14:05:30");
  refills_widget_test_save (fixture->window, "brands-stale");
  refills_collection_begin_loading (fixture->brands);
  wait_for_text (fixture, "Trying again…");
}

/* What the list does not show is counted. */
static void
test_left_out (Fixture       *fixture,
               gconstpointer  user_data)
{
  fill_as_of (fixture->brands, 0, 3, 1);
  wait_for_text (fixture, "3 brands of kinds that are not sold here are left out · 1 brand could not be read · "
                          "Updated just now");
  refills_widget_test_save (fixture->window, "brands-left-out");
  fill_as_of (fixture->brands, 70, 1, 0);
  wait_for_text (fixture, "1 brand of a kind that is not sold here is left out · Updated 1 minute ago");
}

static gboolean
has_one_found (gpointer user_data)
{
  return refills_widget_test_shows (((Fixture *) user_data)->window, "United States · 1 brand");
}

static void
test_search (Fixture       *fixture,
             gconstpointer  user_data)
{
  fill (fixture->brands, (const char *const[]) { "Airbnb", "Café Zoë", "Steam", NULL });
  wait_for_text (fixture, "Steam");

  search (fixture, "ZOE cafe");
  refills_test_run_until (has_one_found, fixture, DEADLINE_MS, "one is found");
  g_assert_true (refills_widget_test_shows (fixture->window, "Café Zoë"));

  g_signal_emit_by_name (refills_widget_test_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  g_assert_nonnull (fixture->activated);
  g_assert_cmpstr (refills_brand_get_name (fixture->activated), ==, "Café Zoë");

  search (fixture, "nothing like it");
  wait_for_text (fixture, "No Results Found");
  click (fixture, "Clear Search");
  wait_for_text (fixture, "United States · 3 brands");
}

static void
test_names (Fixture       *fixture,
            gconstpointer  user_data)
{
  GtkWidget *tile = NULL;

  fill (fixture->brands, (const char *const[]) { NASTY, NULL });
  wait_for_text (fixture, NASTY);

  /* The cell is told of by the brand's name, and not by the name of its class. */
  tile = refills_widget_test_find (fixture->window, REFILLS_TYPE_BRAND_TILE, NULL);
  gtk_test_accessible_assert_property (gtk_widget_get_parent (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, NASTY);
}

static void
test_width (Fixture       *fixture,
            gconstpointer  user_data)
{
  fail (fixture->brands);
  g_assert_cmpint (refills_widget_test_min_width (fixture->page), <=, 360);
  fill (fixture->brands, (const char *const[]) { "Verylongnamewithoutanyspacesinitwhatsoever Verylongnamewithout",
                                                 "B", "C", NULL });
  wait_for_text (fixture, "B");
  fail (fixture->brands);
  g_assert_cmpint (refills_widget_test_min_width (fixture->page), <=, 360);
}

int
main (int    argc,
      char **argv)
{
  refills_widget_test_init (&argc, &argv);

  g_test_add ("/brands-page/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/brands-page/stale", Fixture, NULL, set_up, test_stale, tear_down);
  g_test_add ("/brands-page/left-out", Fixture, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/brands-page/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/brands-page/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/brands-page/width", Fixture, NULL, set_up, test_width, tear_down);

  return g_test_run ();
}
