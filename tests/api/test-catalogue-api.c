/* test-catalogue-api.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked for the catalogue, and what becomes of whole, broken and cut answers.
 */
#include "refills-catalogue-api.h"

#include <string.h>

#include "http-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

#define BRAND_FORMAT "{\"brand_id\":\"%s\",\"brand\":\"%s\",\"family\":\"F & G/é\"," \
                     "\"country_code\":\"US\",\"kind\":\"%s\"}"

static char *
make_brand (const char *id,
            const char *name,
            const char *kind)
{
  return g_strdup_printf (BRAND_FORMAT, id, name, kind);
}

static RefillsCatalogueListing *
list_brands (HttpFixture  *fixture,
             GError      **error)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;

  refills_catalogue_api_list_brands_async (api, "US", NULL, refills_test_keep_result, &result);
  /* Twenty thousand brands take their time under a sanitizer. */
  refills_test_wait_result (&result, 6 * HTTP_FIXTURE_DEADLINE_MS);

  return refills_catalogue_api_list_finish (api, result, error);
}

static void
assert_asked (HttpFixture *fixture,
              guint        request,
              const char  *line)
{
  g_autofree char *whole = g_strconcat (line, " HTTP/1.1\r\n", NULL);
  const char *head = scripted_server_get_head (fixture->server, request);

  if (!g_str_has_prefix (head, whole))
    g_error ("asked: %s\nnot:   %s", head, line);
}

static void
test_brands (HttpFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *a = make_brand ("a", "Steam", "giftcard");
  g_autofree char *b = make_brand ("b", "Flights", "flight");
  g_autofree char *c = make_brand ("c", "Airbnb", "giftcard");
  g_autofree char *json = g_strdup_printf ("{\"country_code\":\"US\",\"categories\":[],\"all_brands\":"
                                           "[%s,%s,7,null,{\"brand\":\"no id\"},%s,%s],\"new\":{\"x\":1}}",
                                           a, b, c, a);
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, json);
  brands = list_brands (fixture, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v2/brands?country_code=US");
  g_assert_cmpuint (brands->items->len, ==, 2);
  g_assert_cmpstr (refills_brand_get_name (g_ptr_array_index (brands->items, 0)), ==, "Steam");
  g_assert_cmpstr (refills_brand_get_name (g_ptr_array_index (brands->items, 1)), ==, "Airbnb");
  g_assert_cmpuint (brands->n_skipped, ==, 3);
  g_assert_cmpuint (brands->n_hidden, ==, 1);
}

static void
test_brands_by_category (HttpFixture   *fixture,
                         gconstpointer  data)
{
  g_autofree char *a = make_brand ("a", "Steam", "giftcard");
  g_autofree char *b = make_brand ("b", "eSIM", "mobile_recharge");
  g_autofree char *json = g_strdup_printf ("{\"categories\":[{\"category\":null,\"brands\":[%s]},{\"brands\":null},4,"
                                           "{\"brands\":[%s,%s]}]}", b, a, b);
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, json);
  brands = list_brands (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (brands->items->len, ==, 2);
  g_assert_cmpstr (refills_brand_get_id (g_ptr_array_index (brands->items, 0)), ==, "b");
  g_assert_cmpuint (brands->n_skipped, ==, 0);
}

static void
test_brands_limit (HttpFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr (GString) json = g_string_new ("{\"all_brands\":[");
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < REFILLS_CATALOGUE_MAX_ITEMS + 3; i++)
    g_string_append_printf (json, "%s{\"brand_id\":\"%u\",\"brand\":\"b\",\"family\":\"f\",\"country_code\":\"US\","
                            "\"kind\":\"giftcard\"}", i > 0 ? "," : "", i);
  g_string_append (json, "]}");
  scripted_server_answer_json (fixture->server, 200, json->str);
  brands = list_brands (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (brands->items->len, ==, REFILLS_CATALOGUE_MAX_ITEMS);
  g_assert_cmpuint (brands->n_skipped, ==, 3);
}

/* libsoup 3.2 takes these for whole; strict JSON does not. 3.6 tells of the first two, whose chunks are
 * cut, as of a connection that ended. */
static void
test_broken (HttpFixture   *fixture,
             gconstpointer  data)
{
  static const char * const answers[] = {
    HTTP_FIXTURE_OK "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"all_brands\":[]\r\n",
    HTTP_FIXTURE_OK "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"all_brands\":[]\r\nzz\r\n",
    HTTP_FIXTURE_OK "\r\n{\"all_brands\":[],",
    HTTP_FIXTURE_OK "Content-Length: 17\r\n\r\n{\"all_brands\":[]}{}",
    HTTP_FIXTURE_OK "\r\n{\"all_brands\":[]}{}",
    HTTP_FIXTURE_OK "\r\n{\"all_brands\":[],\"all_brands\":[]}",
    HTTP_FIXTURE_OK "\r\n[]",
    HTTP_FIXTURE_OK "\r\nnull",
    HTTP_FIXTURE_OK "\r\n  ",
    HTTP_FIXTURE_OK "\r\n{}",
    HTTP_FIXTURE_OK "\r\n{\"all_brands\":{}}",
    HTTP_FIXTURE_OK "\r\n{\"all_brands\":[\"\xE9\"]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (RefillsCatalogueListing) brands = NULL;
    g_autoptr (GError) error = NULL;

    /* Number 3 is whole where its length says so, and garbage follows on the wire. */
    scripted_server_answer (fixture->server, answers[i], SCRIPTED_END_CLOSE);
    brands = list_brands (fixture, &error);
    if (i == 3) {
      g_assert_no_error (error);
      continue;
    }
    if (i < 2 && g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_UNREACHABLE))
      continue;
    if (!g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL))
      g_error ("answer %u: %s", i, error != NULL ? error->message : "taken");
  }
}

static void
test_deep (HttpFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 80000; i++)
    g_string_append_c (json, '[');
  scripted_server_answer_json (fixture->server, 200, json->str);
  brands = list_brands (fixture, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_vias (HttpFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsCatalogueListing) vias = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *country = NULL;

  scripted_server_answer_json (fixture->server, 200,
                               "[{\"name\":\"USER_WALLET\",\"available\":true,\"currencies\":[{\"name\":\"BTC\","
                               "\"networks\":[{\"name\":\"Lightning\",\"threshold\":\"0.000006542118270\"}]}]},[]]");
  refills_catalogue_api_list_vias_async (api, "DE", NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  vias = refills_catalogue_api_list_finish (api, result, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v3/payment_vias");
  country = scripted_server_dup_header (fixture->server, 0, "X-Country-ISO-Code");
  g_assert_cmpstr (country, ==, "DE");
  g_assert_cmpuint (vias->items->len, ==, 1);
  g_assert_cmpstr (refills_payment_via_get_name (g_ptr_array_index (vias->items, 0)), ==, "USER_WALLET");
  g_assert_cmpuint (vias->n_skipped, ==, 1);
}

static void
test_products (HttpFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char *json = make_brand ("a", "Steam", "giftcard");
  g_autofree char *all = g_strdup_printf ("{\"all_brands\":[%s]}", json);
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (RefillsCatalogueListing) products = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, all);
  brands = list_brands (fixture, &error);
  g_assert_no_error (error);

  scripted_server_answer_json (fixture->server, 200, "[]");
  refills_catalogue_api_list_products_async (api, g_ptr_array_index (brands->items, 0), "USDC.e", "de_AT.UTF-8", NULL,
                                             refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  products = refills_catalogue_api_list_finish (api, result, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 1, "GET /v5/products/country/US?family_name=F%20%26%20G%2F%C3%A9&coin=USDC.e&lang=de");
  g_assert_cmpuint (products->items->len, ==, 0);
  g_assert_cmpuint (products->n_skipped, ==, 0);
}

static RefillsBrand *
make_family (HttpFixture *fixture)
{
  g_autofree char *json = make_brand ("a", "Steam", "giftcard");
  g_autofree char *all = g_strdup_printf ("{\"all_brands\":[%s]}", json);
  g_autoptr (RefillsCatalogueListing) brands = NULL;

  scripted_server_answer_json (fixture->server, 200, all);
  brands = list_brands (fixture, NULL);

  return g_object_ref (brands->items->pdata[0]);
}

static RefillsCatalogueListing *
list_products (HttpFixture   *fixture,
               RefillsBrand  *brand,
               const char    *language,
               GError       **error)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;

  refills_catalogue_api_list_products_async (api, brand, "USDC", language, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_catalogue_api_list_finish (api, result, error);
}

#define PRODUCT(texts) "[{\"country_code\":\"US\",\"kind\":\"giftcard\",\"brand\":\"Steam\"," \
                       "\"rich_description\":" texts ",\"products\":[]}]"
#define FAMILY "GET /v5/products/country/US?family_name=F%20%26%20G%2F%C3%A9&coin=USDC&lang="

/* API reference, section 17, C19: a language that the service does not know is answered without texts. */
static void
test_second_language (HttpFixture   *fixture,
                      gconstpointer  data)
{
  static const struct { const char *second; guint status; const char *description; } cases[] = {
    { PRODUCT ("{\"description\":\"English\"}"), 200, "English" },
    { PRODUCT ("null"), 200, NULL },
    { "{}", 200, NULL },
    { "{\"detail\":\"BAD_REQUEST\"}", 400, NULL },
  };
  g_autoptr (RefillsBrand) brand = make_family (fixture);
  guint n_requests = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsCatalogueListing) products = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, 200, PRODUCT ("null"));
    scripted_server_answer_json (fixture->server, cases[i].status, cases[i].second);
    products = list_products (fixture, brand, "fil_PH", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (products->items->len, ==, 1);
    g_assert_cmpstr (refills_product_get_description (products->items->pdata[0]), ==, cases[i].description);
    assert_asked (fixture, n_requests, FAMILY "tl");
    assert_asked (fixture, n_requests + 1, FAMILY "en");
    n_requests += 2;
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, n_requests);
  }
}

/* Where there are texts, or there is no other language to ask in, it is asked once. */
static void
test_one_language (HttpFixture   *fixture,
                   gconstpointer  data)
{
  static const struct { const char *language, *answer; } cases[] = {
    { "tr_TR", PRODUCT ("{\"how_to_redeem\":\"Burada\"}") }, { "en", PRODUCT ("null") },
    { "ar_EG", PRODUCT ("null") },
    { "de", "[]" },
  };
  g_autoptr (RefillsBrand) brand = make_family (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsCatalogueListing) products = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, 200, cases[i].answer);
    products = list_products (fixture, brand, cases[i].language, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, i + 2);
  }
}

static void
test_search (HttpFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *a = make_brand ("a", "Steam", "giftcard");
  g_autofree char *json = g_strdup_printf ("{\"country_code\":\"US\",\"categories\":[{\"brands\":[%s,%s]}]}", a, a);
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, json);
  refills_catalogue_api_search_async (api, "U/S", "caf\303\251 & co=1%", "pt_BR", NULL, refills_test_keep_result,
                                      &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  brands = refills_catalogue_api_list_finish (api, result, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v2/search/U%2FS?q=caf%C3%A9%20%26%20co%3D1%25&lang=pt");
  g_assert_cmpuint (brands->items->len, ==, 1);
}

static RefillsCatalogueListing *
get_homepage (HttpFixture  *fixture,
              GError      **error)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;

  refills_catalogue_api_get_homepage_async (api, "DE", NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_catalogue_api_list_finish (api, result, error);
}

static void
test_homepage (HttpFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char *a = make_brand ("a", "Steam", "giftcard");
  g_autofree char *json = g_strdup_printf ("{\"popular_brands\":[%s]}", a);
  g_autoptr (RefillsCatalogueListing) home = NULL;
  g_autoptr (RefillsCatalogueListing) strange = NULL;
  g_autoptr (RefillsCatalogueListing) none = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, json);
  home = get_homepage (fixture, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v2/homepage?country_code=DE");
  g_assert_cmpuint (home->items->len, ==, 1);

  scripted_server_answer_json (fixture->server, 200, "{\"banners\":[{\"x\":1}]}");
  strange = get_homepage (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strange->items->len, ==, 0);

  scripted_server_answer_json (fixture->server, 404, "{\"detail\":\"NOT_FOUND\"}");
  none = get_homepage (fixture, &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

static RefillsQuote *
get_price (HttpFixture  *fixture,
           const char   *value,
           GError      **error)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;
  RefillsDecimal decimal;

  g_assert_true (refills_decimal_parse (value, &decimal, NULL));
  refills_catalogue_api_get_price_async (api, "A&B", "US", &decimal, "BTC", NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_catalogue_api_get_price_finish (api, result, error);
}

static void
test_price (HttpFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (RefillsQuote) none = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200,
                               "{\"is_dynamic\":true,\"coin_amount\":\"0.00032666\",\"coin\":\"BTC\"}");
  quote = get_price (fixture, "25.50", &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v4/products/price?brand_name=A%26B&country_code=US&face_value=25.50&coin=BTC");
  g_assert_cmpstr (refills_quote_get_coin_amount (quote), ==, "0.00032666");

  scripted_server_answer_json (fixture->server, 400, "{\"detail\":\"BAD_REQUEST\"}");
  none = get_price (fixture, "5.50", &error);
  g_assert_null (none);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED);
}

/* A price is a few hundred bytes; what is read on the main thread has to be short. */
static void
test_large_price (HttpFixture   *fixture,
                  gconstpointer  data)
{
  g_autofree char *padding = g_strnfill (64 * 1024, 'x');
  g_autofree char *answer =
    g_strdup_printf ("{\"coin\":\"BTC\",\"coin_amount\":\"1\",\"x\":\"%s\"}", padding);
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, answer);
  quote = get_price (fixture, "25", &error);
  g_assert_null (quote);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_cancel (HttpFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsCatalogueListing) brands = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  refills_catalogue_api_list_brands_async (api, "US", cancellable, refills_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  brands = refills_catalogue_api_list_finish (api, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_picture (HttpFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (RefillsCatalogueApi) api = refills_catalogue_api_new (fixture->http);
  g_autofree char *uri = g_strconcat (fixture->uri, "/a_300x190.webp", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer (fixture->server, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nRIFF", SCRIPTED_END_KEEP);
  refills_catalogue_api_get_picture_async (api, uri, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  bytes = refills_catalogue_api_get_picture_finish (api, result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "RIFF", 4);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  http_fixture_add ("/catalogue-api/brands", 0, test_brands);
  http_fixture_add ("/catalogue-api/brands-by-category", 0, test_brands_by_category);
  http_fixture_add ("/catalogue-api/J04", 0, test_brands_limit);
  http_fixture_add ("/catalogue-api/broken", 0, test_broken);
  http_fixture_add ("/catalogue-api/deep", 0, test_deep);
  http_fixture_add ("/catalogue-api/vias", 0, test_vias);
  http_fixture_add ("/catalogue-api/products", 0, test_products);
  http_fixture_add ("/catalogue-api/second-language", 0, test_second_language);
  http_fixture_add ("/catalogue-api/one-language", 0, test_one_language);
  http_fixture_add ("/catalogue-api/search", 0, test_search);
  http_fixture_add ("/catalogue-api/homepage", 0, test_homepage);
  http_fixture_add ("/catalogue-api/price", 0, test_price);
  http_fixture_add ("/catalogue-api/large-price", 0, test_large_price);
  http_fixture_add ("/catalogue-api/cancel", 0, test_cancel);
  http_fixture_add ("/catalogue-api/picture", 0, test_picture);

  return g_test_run ();
}
