/* test-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"
#include "shop-fixture.h"

typedef struct {
  RefillsCollection      *collection;
  RefillsCollectionState  state;
} Wait;

static gboolean
in_state (gpointer user_data)
{
  Wait *wait = user_data;

  return refills_collection_get_state (wait->collection) == wait->state &&
         !refills_collection_is_loading (wait->collection);
}

static void
await_brands (ShopFixture            *self,
              RefillsCollectionState  state)
{
  Wait wait = { refills_catalogue_get_brands (refills_shop_get_catalogue (self->shop)), state };

  refills_test_run_until (in_state, &wait, SHOP_FIXTURE_DEADLINE_MS, "the brands");
}

static guint
count_brands (ShopFixture *self)
{
  return g_list_model_get_n_items (
    G_LIST_MODEL (refills_catalogue_get_brands (refills_shop_get_catalogue (self->shop))));
}

static void
fail_brands (ShopFixture             *self,
             RefillsSandboxFaultKind  kind,
             GBytes                  *body,
             guint                    after)
{
  const RefillsSandboxFault fault = {
    .kind = kind, .method = "GET", .path = "/v2/brands", .body = body, .after = after,
  };

  refills_sandbox_clear_faults (self->sandbox);
  refills_sandbox_add_fault (self->sandbox, &fault);
}

static void
test_loads (ShopFixture   *self,
            gconstpointer  data)
{
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), >=, 500);
}

/* The list of the last time is there at once, before anything was asked. */
static void
test_cached (ShopFixture   *self,
             gconstpointer  data)
{
  guint n = count_brands (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsBrand) brand = NULL;

  shop_fixture_close_shop (self);
  self->shop = refills_shop_new (self->environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (self->shop), "US");
  g_assert_cmpuint (count_brands (self), >=, 24);
  brand = shop_fixture_find_brand (self, "Steam");
  g_assert_cmpstr (refills_brand_get_country (brand), ==, "US");
  refills_catalogue_refresh (refills_shop_get_catalogue (self->shop));
  g_assert_cmpuint (count_brands (self), ==, n);
}

/* Each way an answer can be bad leaves the list on screen, and says why it is from earlier. */
static void
test_bad_answers (ShopFixture   *self,
                  gconstpointer  data)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  g_autofree char *brackets = g_strnfill (80 * 1024, '[');
  g_autoptr (GBytes) deep = g_bytes_new (brackets, 80 * 1024);
  g_autoptr (GBytes) wrong = g_bytes_new_static ("{\"all_brands\":7}", 16);
  g_autoptr (GBytes) text = g_bytes_new_static ("\"x\"", 3);
  const struct {
    RefillsSandboxFaultKind  kind;
    GBytes                  *body;
    guint                    after;
  } cases[] = {
    { REFILLS_SANDBOX_FAULT_CUT, NULL, 1000 },
    { REFILLS_SANDBOX_FAULT_CUT_CHUNKED, NULL, 1000 },
    { REFILLS_SANDBOX_FAULT_HTML, NULL, 0 },
    { REFILLS_SANDBOX_FAULT_BODY, deep, 0 },
    { REFILLS_SANDBOX_FAULT_BODY, wrong, 0 },
    { REFILLS_SANDBOX_FAULT_BODY, text, 0 },
    { REFILLS_SANDBOX_FAULT_CLOSE, NULL, 0 },
  };
  guint n = count_brands (self);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fail_brands (self, cases[i].kind, cases[i].body, cases[i].after);
    refills_catalogue_refresh (catalogue);
    await_brands (self, REFILLS_COLLECTION_STALE);
    g_assert_cmpuint (count_brands (self), ==, n);
    g_assert_nonnull (refills_collection_get_error_text (refills_catalogue_get_brands (catalogue)));
    if (cases[i].kind == REFILLS_SANDBOX_FAULT_CLOSE)
      g_assert_cmpint (refills_collection_get_retry_at (refills_catalogue_get_brands (catalogue)), >, 0);

    refills_sandbox_clear_faults (self->sandbox);
    refills_catalogue_refresh (catalogue);
    await_brands (self, REFILLS_COLLECTION_READY);
  }
}

/* Items that cannot be read are left out and counted. */
static void
test_skipped (ShopFixture   *self,
              gconstpointer  data)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  static const char json[] =
    "{\"country_code\":\"US\",\"all_brands\":["
    "{\"brand_id\":\"a\",\"brand\":\"Good\",\"family\":\"Good\",\"kind\":\"giftcard\",\"country_code\":\"US\","
    "\"is_out_of_stock\":false},"
    "{\"brand_id\":[],\"brand\":\"Bad\"},5,null]}";
  g_autoptr (GBytes) mixed = g_bytes_new_static (json, sizeof json - 1);

  fail_brands (self, REFILLS_SANDBOX_FAULT_BODY, mixed, 0);
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), ==, 1);
  g_assert_cmpuint (refills_collection_get_n_skipped (refills_catalogue_get_brands (catalogue)), ==, 3);
}

static void
serve_one_brand (ShopFixture *self,
                 const char  *name)
{
  g_autofree char *json =
    g_strdup_printf ("{\"country_code\":\"US\",\"all_brands\":[{\"brand_id\":\"a\",\"brand\":\"%s\","
                     "\"family\":\"F\",\"kind\":\"giftcard\",\"country_code\":\"US\"}]}", name);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (RefillsBrand) brand = NULL;

  fail_brands (self, REFILLS_SANDBOX_FAULT_BODY, body, 0);
  refills_catalogue_refresh (refills_shop_get_catalogue (self->shop));
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), ==, 1);
  brand = shop_fixture_find_brand (self, name);
  g_assert_nonnull (brand);
}

/* A list as long as the one before is not taken for the same. */
static void
test_changed (ShopFixture   *self,
              gconstpointer  data)
{
  serve_one_brand (self, "Before");
  serve_one_brand (self, "After");
}

/* Without a list from earlier there is nothing to show but the reason; another try mends it. */
static void
test_failed_then_mended (ShopFixture   *self,
                         gconstpointer  data)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);

  fail_brands (self, REFILLS_SANDBOX_FAULT_HTML, NULL, 0);
  refills_catalogue_set_country (catalogue, "DE");
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_FAILED);
  g_assert_cmpuint (count_brands (self), ==, 0);
  refills_sandbox_clear_faults (self->sandbox);
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), >=, 150);
}

/* The answer for a country that was left does not come into the next one's list. */
static void
test_country_changed_meanwhile (ShopFixture   *self,
                                gconstpointer  data)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  g_autoptr (RefillsBrand) brand = NULL;

  refills_catalogue_refresh (catalogue);
  refills_catalogue_set_country (catalogue, "DE");
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  shop_fixture_let_pass (100);
  brand = g_list_model_get_item (G_LIST_MODEL (refills_catalogue_get_brands (catalogue)), 0);
  g_assert_cmpstr (refills_brand_get_country (brand), ==, "DE");
}

/* Of brands one request is under way at a time. */
static void
test_one_refresh (ShopFixture   *self,
                  gconstpointer  data)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  guint n = shop_fixture_count (self, "GET", "/v2/brands");

  refills_catalogue_refresh (catalogue);
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (shop_fixture_count (self, "GET", "/v2/brands"), ==, n + 1);

  /* They are young now. */
  refills_catalogue_update (catalogue);
  g_assert_false (refills_collection_is_loading (refills_catalogue_get_brands (catalogue)));

  refills_catalogue_set_country (catalogue, "DE");
  refills_catalogue_update (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (shop_fixture_count (self, "GET", "/v2/brands"), ==, n + 2);

  /* Back again: the copy is young, and whole. */
  refills_catalogue_set_country (catalogue, "US");
  refills_catalogue_update (catalogue);
  g_assert_cmpint (refills_collection_get_state (refills_catalogue_get_brands (catalogue)), ==,
                   REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), >=, 500);
  g_assert_cmpuint (shop_fixture_count (self, "GET", "/v2/brands"), ==, n + 2);
}

/* The shop was up while it listed nothing (API reference, section 3): what is known stays, and is not overwritten. */
static void
test_empty_answer (ShopFixture   *self,
                   gconstpointer  data)
{
  static const char json[] = "{\"country_code\":\"US\",\"categories\":[],\"all_brands\":[]}";
  g_autoptr (GBytes) empty = g_bytes_new_static (json, sizeof json - 1);
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  guint n = count_brands (self);
  gint64 loaded_at = refills_collection_get_loaded_at (refills_catalogue_get_brands (catalogue));

  fail_brands (self, REFILLS_SANDBOX_FAULT_BODY, empty, 0);
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_STALE);
  g_assert_cmpuint (count_brands (self), ==, n);
  g_assert_cmpint (refills_collection_get_loaded_at (refills_catalogue_get_brands (catalogue)), ==, loaded_at);

  refills_catalogue_set_country (catalogue, "DE");
  refills_catalogue_set_country (catalogue, "US");
  g_assert_cmpuint (count_brands (self), ==, 24);

  refills_catalogue_set_country (catalogue, "FR");
  refills_catalogue_refresh (catalogue);
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), ==, 0);
}

/* Flights, stays, NFTs and kinds that are not known are left out and counted; what needs an account is not. */
static void
test_hidden (ShopFixture   *self,
             gconstpointer  data)
{
  static const char json[] =
    "{\"all_brands\":["
    "{\"brand_id\":\"a\",\"brand\":\"A\",\"family\":\"A\",\"kind\":\"giftcard\",\"country_code\":\"US\"},"
    "{\"brand_id\":\"b\",\"brand\":\"B\",\"family\":\"B\",\"kind\":\"flight\",\"country_code\":\"US\"},"
    "{\"brand_id\":\"c\",\"brand\":\"C\",\"family\":\"C\",\"kind\":\"stay\",\"country_code\":\"US\"},"
    "{\"brand_id\":\"d\",\"brand\":\"D\",\"family\":\"D\",\"kind\":\"nft_giftcard\",\"country_code\":\"US\"},"
    "{\"brand_id\":\"e\",\"brand\":\"E\",\"family\":\"E\",\"kind\":\"giftcard\",\"category\":\"e-money\","
    "\"country_code\":\"US\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (json, sizeof json - 1);
  RefillsCollection *brands = refills_catalogue_get_brands (refills_shop_get_catalogue (self->shop));

  fail_brands (self, REFILLS_SANDBOX_FAULT_BODY, body, 0);
  refills_catalogue_refresh (refills_shop_get_catalogue (self->shop));
  await_brands (self, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_brands (self), ==, 2);
  g_assert_cmpuint (refills_collection_get_n_hidden (brands), ==, 3);
  g_assert_cmpuint (refills_collection_get_n_skipped (brands), ==, 0);
}

static gboolean
is_settled (gpointer list)
{
  return !refills_collection_is_loading (list);
}

static gboolean
has_found (RefillsCollection *found,
           const char        *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (found)); i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (G_LIST_MODEL (found), i);

    if (g_str_equal (refills_brand_get_name (brand), name))
      return TRUE;
  }

  return FALSE;
}

/* The newest text wins, also where an earlier one is answered later. */
static void
test_search (ShopFixture   *self,
             gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "GET", .path = "/v2/search/*", .delay_ms = 30, .count = 1,
  };
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  RefillsCollection *found = refills_catalogue_get_found (catalogue);

  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_catalogue_search (catalogue, "airbnb");
  refills_catalogue_search (catalogue, " steam ");
  refills_test_run_until (is_settled, found, SHOP_FIXTURE_DEADLINE_MS, "what was found");
  g_assert_cmpint (refills_collection_get_state (found), ==, REFILLS_COLLECTION_READY);
  g_assert_true (has_found (found, "Steam"));
  g_assert_false (has_found (found, "Airbnb"));
  shop_fixture_let_pass (60);
  g_assert_true (has_found (found, "Steam"));
  g_assert_false (has_found (found, "Airbnb"));

  refills_catalogue_search (catalogue, "  ");
  g_assert_true (refills_collection_is_empty (found));
  g_assert_cmpint (refills_collection_get_state (found), ==, REFILLS_COLLECTION_IDLE);
}

/* What one text found is no answer to another. */
static void
test_search_failed (ShopFixture   *self,
                    gconstpointer  data)
{
  const RefillsSandboxFault html = {
    .kind = REFILLS_SANDBOX_FAULT_HTML, .method = "GET", .path = "/v2/search/*",
  };
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  RefillsCollection *found = refills_catalogue_get_found (catalogue);

  refills_catalogue_search (catalogue, "steam");
  refills_test_run_until (is_settled, found, SHOP_FIXTURE_DEADLINE_MS, "what was found");
  refills_sandbox_add_fault (self->sandbox, &html);
  refills_catalogue_search (catalogue, "steam");
  refills_test_run_until (is_settled, found, SHOP_FIXTURE_DEADLINE_MS, "no answer");
  g_assert_cmpint (refills_collection_get_state (found), ==, REFILLS_COLLECTION_STALE);
  g_assert_true (has_found (found, "Steam"));
  refills_catalogue_search (catalogue, "airbnb");
  refills_test_run_until (is_settled, found, SHOP_FIXTURE_DEADLINE_MS, "no answer");
  g_assert_cmpint (refills_collection_get_state (found), ==, REFILLS_COLLECTION_FAILED);
  g_assert_true (refills_collection_is_empty (found));
}

/* Everything that was asked for a country ends with it. */
static void
test_country_left (ShopFixture   *self,
                   gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "GET", .path = "/v*", .delay_ms = 60000,
  };
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  RefillsCollection *lists[] = {
    refills_catalogue_get_brands (catalogue), refills_catalogue_get_vias (catalogue),
    refills_catalogue_get_home (catalogue), refills_catalogue_get_found (catalogue),
  };

  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_catalogue_refresh (catalogue);
  refills_catalogue_update_vias (catalogue);
  refills_catalogue_update_home (catalogue);
  refills_catalogue_search (catalogue, "steam");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_true (refills_collection_is_loading (lists[i]));
  refills_catalogue_set_country (catalogue, "DE");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_cmpint (refills_collection_get_state (lists[i]), ==, REFILLS_COLLECTION_IDLE);

  refills_sandbox_clear_faults (self->sandbox);
  refills_catalogue_update_home (catalogue);
  refills_catalogue_update_vias (catalogue);
  refills_test_run_until (is_settled, lists[2], SHOP_FIXTURE_DEADLINE_MS, "what is put forward");
  refills_test_run_until (is_settled, lists[1], SHOP_FIXTURE_DEADLINE_MS, "the ways to pay");
  g_assert_false (refills_collection_is_empty (lists[2]));
  g_assert_false (refills_collection_is_empty (lists[1]));
}

static gboolean
price_settled (gpointer user_data)
{
  return refills_price_watch_get_label (user_data) != NULL ||
         refills_price_watch_get_complaint (user_data) != NULL;
}

static void
test_price (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsBrand) brand = shop_fixture_find_brand (self, "Airbnb");
  g_autoptr (RefillsProduct) product = shop_fixture_load_product (self, brand);
  g_autoptr (RefillsProductOption) option =
    g_list_model_get_item (refills_product_get_options (product), 0);
  g_autoptr (RefillsPriceWatch) watch = refills_shop_watch_price (self->shop, brand, option);
  g_autofree char *label = NULL;
  RefillsDecimal value = REFILLS_DECIMAL_ZERO;

  refills_price_watch_set_text (watch, "49");
  g_assert_false (refills_price_watch_get_value (watch, &value));
  g_assert_nonnull (refills_price_watch_get_complaint (watch));
  refills_price_watch_set_text (watch, "1e2");
  g_assert_false (refills_price_watch_get_value (watch, &value));

  /* Only what rests is asked for. */
  refills_price_watch_set_text (watch, "50");
  refills_price_watch_set_text (watch, "100");
  g_assert_true (refills_price_watch_get_value (watch, &value));
  refills_test_run_until (price_settled, watch, SHOP_FIXTURE_DEADLINE_MS, "a price");
  g_assert_nonnull (refills_price_watch_get_label (watch));
  g_assert_cmpuint (shop_fixture_count (self, "GET", "/v4/products/price"), ==, 1);
  label = g_strdup (refills_price_watch_get_label (watch));

  /* What was told a moment ago need not be asked again, however it is written. */
  refills_price_watch_set_text (watch, "150");
  g_assert_null (refills_price_watch_get_label (watch));
  refills_test_run_until (price_settled, watch, SHOP_FIXTURE_DEADLINE_MS, "another price");
  refills_price_watch_set_text (watch, "100.00");
  g_assert_cmpstr (refills_price_watch_get_label (watch), ==, label);
  shop_fixture_let_pass (20);
  g_assert_cmpuint (shop_fixture_count (self, "GET", "/v4/products/price"), ==, 2);
}

/* The page is left: what it asked for is ended, however slow the service is. */
static void
test_product_let_go (ShopFixture   *self,
                     gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "GET", .path = "/v*/products*", .delay_ms = 60000,
  };
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (self->shop);
  g_autoptr (RefillsBrand) brand = shop_fixture_find_brand (self, "Steam");
  RefillsCollection *products = NULL;

  refills_sandbox_add_fault (self->sandbox, &slow);
  products = refills_catalogue_load_product (catalogue, brand);
  shop_fixture_let_pass (60);
  g_assert_true (refills_collection_is_loading (products));
  refills_catalogue_reload_product (catalogue, brand, products);
  shop_fixture_let_pass (60);
  g_assert_true (refills_collection_is_loading (products));
  g_assert_finalize_object (products);
  shop_fixture_let_pass (20);
}

static void
test_price_let_go (ShopFixture   *self,
                   gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "GET", .path = "/v*/price*", .delay_ms = 60000,
  };
  g_autoptr (RefillsBrand) brand = shop_fixture_find_brand (self, "Airbnb");
  g_autoptr (RefillsProduct) product = shop_fixture_load_product (self, brand);
  g_autoptr (RefillsProductOption) option = g_list_model_get_item (refills_product_get_options (product), 0);
  RefillsPriceWatch *watch = refills_shop_watch_price (self->shop, brand, option);
  gboolean loading = FALSE;

  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_price_watch_set_text (watch, "75");
  shop_fixture_let_pass (60);
  g_object_get (watch, "loading", &loading, NULL);
  g_assert_true (loading);
  g_assert_finalize_object (watch);
  shop_fixture_let_pass (20);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/catalogue/loads", test_loads);
  ADD ("/catalogue/cached", test_cached);
  ADD ("/catalogue/bad-answers", test_bad_answers);
  ADD ("/catalogue/skipped", test_skipped);
  ADD ("/catalogue/changed", test_changed);
  ADD ("/catalogue/failed-then-mended", test_failed_then_mended);
  ADD ("/catalogue/country-changed-meanwhile", test_country_changed_meanwhile);
  ADD ("/catalogue/one-refresh", test_one_refresh);
  ADD ("/catalogue/empty-answer", test_empty_answer);
  ADD ("/catalogue/hidden", test_hidden);
  ADD ("/catalogue/search", test_search);
  ADD ("/catalogue/search-failed", test_search_failed);
  ADD ("/catalogue/country-left", test_country_left);
  ADD ("/catalogue/price", test_price);
  ADD ("/catalogue/product-let-go", test_product_let_go);
  ADD ("/catalogue/price-let-go", test_price_let_go);

  return g_test_run ();
}
