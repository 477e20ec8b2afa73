/* test-golden-requests.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every request that is ever made, as the server sees it: method, path, query, headers and body, compared with
 * vectors/golden-requests.txt (API reference, sections 1.1 and 1.4).
 */
#include <string.h>

#include "http-fixture.h"
#include "order-fixture.h"
#include "refills-catalogue-api.h"
#include "refills-order-api.h"
#include "refills-test.h"

#define GOLDEN "vectors/golden-requests.txt"
#define ORDER_ID "0b6f0c35-5d2a-4d52-9a3c-6d0b2f7f5a11"

typedef struct {
  HttpFixture base;
  RefillsCatalogueApi *catalogue;
  RefillsOrderApi *orders;
} Fixture;

typedef struct {
  const char *id;      /* the section of the golden file */
  void      (*send) (Fixture             *fixture,
                     GAsyncReadyCallback  callback,
                     gpointer             result);
  gboolean    is_anonymous;
} Row;

static void
send_vias (Fixture             *fixture,
           GAsyncReadyCallback  callback,
           gpointer             result)
{
  refills_catalogue_api_list_vias_async (fixture->catalogue, "PT", NULL, callback, result);
}

static void
send_vias_nowhere (Fixture             *fixture,
                   GAsyncReadyCallback  callback,
                   gpointer             result)
{
  refills_catalogue_api_list_vias_async (fixture->catalogue, NULL, NULL, callback, result);
}

static void
send_brands (Fixture             *fixture,
             GAsyncReadyCallback  callback,
             gpointer             result)
{
  refills_catalogue_api_list_brands_async (fixture->catalogue, "PT", NULL, callback, result);
}

static void
send_homepage (Fixture             *fixture,
               GAsyncReadyCallback  callback,
               gpointer             result)
{
  refills_catalogue_api_get_homepage_async (fixture->catalogue, "PT", NULL, callback, result);
}

static void
send_search (Fixture             *fixture,
             GAsyncReadyCallback  callback,
             gpointer             result)
{
  refills_catalogue_api_search_async (fixture->catalogue, "PT", "H&M 50% + é", "pt_BR.UTF-8", NULL, callback, result);
}

static void
send_products (Fixture             *fixture,
               GAsyncReadyCallback  callback,
               gpointer             result)
{
  static const char json[] = "{\"brand_id\":\"b\",\"brand\":\"H&M Online\",\"family\":\"M / é\",\"kind\":\"giftcard\","
                             "\"country_code\":\"PT\",\"logo_url\":\"x\",\"is_out_of_stock\":false}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 1024, &error);
  g_autoptr (RefillsBrand) brand = NULL;
  RefillsJsonPlace place;

  g_assert_no_error (error);
  refills_json_place_init (&place, root);
  brand = refills_brand_new_from_json (&place, &error);
  g_assert_no_error (error);
  refills_catalogue_api_list_products_async (fixture->catalogue, brand, "USDC", "ar", NULL, callback, result);
}

static void
send_price (Fixture             *fixture,
            GAsyncReadyCallback  callback,
            gpointer             result)
{
  RefillsDecimal value;

  g_assert_true (refills_decimal_parse ("75.50", &value, NULL));
  refills_catalogue_api_get_price_async (fixture->catalogue, "H&M Online", "PT", &value, "USDC.e", NULL, callback,
                                         result);
}

/* A card by e-mail, a range twice, and a top-up by phone; the first line says which country. */
static RefillsOrderRequest *
make_basket (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, order_fixture_line ("25 USD", NULL, "by_email", "ada@example.com"));
  g_ptr_array_add (lines, order_fixture_line ("range", "75", "by_email", "ada@example.com"));
  g_ptr_array_add (lines, order_fixture_line ("range", "12.50", "by_email", "ada@example.com"));
  g_ptr_array_add (lines, order_fixture_line ("10 USD", NULL, "by_phone", "+15555550100"));

  return order_fixture_request (lines, "SPRING", "0x52908400098527886E0F7030069857D2E4169EE7");
}

static void
send_validation (Fixture             *fixture,
                 GAsyncReadyCallback  callback,
                 gpointer             result)
{
  g_autoptr (RefillsOrderRequest) request = make_basket ();

  refills_order_api_validate_async (fixture->orders, request, NULL, callback, result);
}

static void
send_order (Fixture             *fixture,
            GAsyncReadyCallback  callback,
            gpointer             result)
{
  g_autoptr (RefillsOrderRequest) request = make_basket ();
  g_autoptr (RefillsQuote) accepted = order_fixture_accept (request);

  refills_order_api_create_async (fixture->orders, request, accepted, callback, result);
}

static void
send_reference_validation (Fixture             *fixture,
                           GAsyncReadyCallback  callback,
                           gpointer             result)
{
  refills_order_api_set_shape (fixture->orders, REFILLS_ORDER_SHAPE_REFERENCE);
  send_validation (fixture, callback, result);
}

static void
send_reference_order (Fixture             *fixture,
                      GAsyncReadyCallback  callback,
                      gpointer             result)
{
  refills_order_api_set_shape (fixture->orders, REFILLS_ORDER_SHAPE_REFERENCE);
  send_order (fixture, callback, result);
}

static void
send_lookup (Fixture             *fixture,
             GAsyncReadyCallback  callback,
             gpointer             result)
{
  refills_order_api_get_async (fixture->orders, ORDER_ID, "PT", NULL, callback, result);
}

static void
send_email (Fixture             *fixture,
            GAsyncReadyCallback  callback,
            gpointer             result)
{
  refills_order_api_validate_email_async (fixture->orders, "ada@example.com", NULL, callback, result);
}

static const Row rows[] = {
  { "vias", send_vias, FALSE },
  { "vias-nowhere", send_vias_nowhere, FALSE },
  { "brands", send_brands, FALSE },
  { "brands-anonymous", send_brands, TRUE },
  { "homepage", send_homepage, FALSE },
  { "search", send_search, FALSE },
  { "products", send_products, FALSE },
  { "price", send_price, FALSE },
  { "validation", send_validation, FALSE },
  { "order", send_order, FALSE },
  { "order-anonymous", send_order, TRUE },
  { "reference-validation", send_reference_validation, FALSE },
  { "reference-order", send_reference_order, FALSE },
  { "lookup", send_lookup, FALSE },
  { "email", send_email, FALSE },
};

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The request line with its query sorted, the headers in the order of their names, and the body. */
static char *
write_request (Fixture *fixture,
               guint    request)
{
  g_auto (GStrv) lines = g_strsplit (scripted_server_get_head (fixture->base.server, request), "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", -1);
  g_auto (GStrv) target = g_strsplit (words[1], "?", 2);
  g_auto (GStrv) query = g_strsplit (target[1] != NULL ? target[1] : "", "&", -1);
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  qsort (query, g_strv_length (query), sizeof *query, compare_texts);
  g_string_append_printf (text, "%s %s\n", words[0], target[0]);
  for (guint i = 0; query[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", query[i]);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    if (g_str_has_prefix (lines[i], "Host:"))
      g_ptr_array_add (headers, g_strdup ("Host: (this server)"));
    else if (g_str_has_prefix (lines[i], "Accept-Encoding:"))
      g_ptr_array_add (headers, g_strdup ("Accept-Encoding: (what libsoup can read)"));
    else
      g_ptr_array_add (headers, g_strdup (lines[i]));
  }
  g_ptr_array_sort (headers, compare_texts);
  for (guint i = 0; i < headers->len; i++)
    g_string_append_printf (text, "%s\n", (char *) headers->pdata[i]);
  if (*scripted_server_get_body (fixture->base.server, request) != '\0')
    g_string_append_printf (text, "%s\n", scripted_server_get_body (fixture->base.server, request));

  return g_string_free (text, FALSE);
}

/* What follows "# id" up to an empty line. */
static char *
read_golden (const char *id)
{
  g_autoptr (GBytes) bytes = refills_test_read_file (GOLDEN);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *mark = g_strdup_printf ("\n# %s\n", id);
  const char *begin = strstr (text, mark);
  const char *end = NULL;

  if (begin == NULL)
    return NULL;
  begin += strlen (mark);
  end = strstr (begin, "\n\n");

  return end != NULL ? g_strndup (begin, end + 1 - begin) : g_strdup (begin);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Row *row = data;

  fixture->base.server = scripted_server_new ();
  fixture->base.uri = scripted_server_dup_uri (fixture->base.server);
  fixture->base.http = http_fixture_make (fixture->base.uri, row != NULL && row->is_anonymous ? "" : "partner-7", 0);
  fixture->catalogue = refills_catalogue_api_new (fixture->base.http);
  fixture->orders = refills_order_api_new (fixture->base.http);
  scripted_server_answer_json (fixture->base.server, 200, "{}");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->catalogue));
  g_assert_finalize_object (g_steal_pointer (&fixture->orders));
  g_assert_finalize_object (g_steal_pointer (&fixture->base.http));
  g_clear_pointer (&fixture->base.server, scripted_server_free);
  g_clear_pointer (&fixture->base.uri, g_free);
}

static void
assert_golden (Fixture    *fixture,
               const char *id)
{
  g_autofree char *sent = write_request (fixture, 0);
  g_autofree char *golden = read_golden (id);

  g_assert_cmpstr (sent, ==, golden);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 1);
}

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  const Row *row = data;
  g_autoptr (GAsyncResult) result = NULL;

  row->send (fixture, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  assert_golden (fixture, row->id);
}

static gboolean
was_asked (gpointer user_data)
{
  return scripted_server_n_requests (user_data) > 0;
}

/* Neither compressed nor cached. */
static void
test_subscribe (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (RefillsEventStream) stream = NULL;

  stream = refills_order_api_subscribe (fixture->orders, ORDER_ID, "PT", NULL);
  refills_event_stream_open (stream);
  refills_test_run_until (was_asked, fixture->base.server, HTTP_FIXTURE_DEADLINE_MS, "the stream");
  assert_golden (fixture, "subscribe");
  refills_event_stream_close (stream);
  g_clear_object (&stream);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The file has no request that nobody makes. */
static void
test_whole (void)
{
  g_autoptr (GBytes) bytes = refills_test_read_file (GOLDEN);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) sections = g_strsplit (text, "\n# ", -1);

  g_assert_cmpuint (g_strv_length (sections) - 1, ==, G_N_ELEMENTS (rows) + 1);
  for (const char * const *unwanted = (const char * const []) { "Cookie", "X-Forwarded-For", "Authorization",
                                                                "Referer", "If-None-Match", NULL };
       *unwanted != NULL; unwanted++)
    g_assert_null (strstr (text, *unwanted));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/golden-requests/", rows[i].id, NULL);

    g_test_add (path, Fixture, &rows[i], set_up, test_row, tear_down);
  }
  g_test_add ("/golden-requests/subscribe", Fixture, NULL, set_up, test_subscribe, tear_down);
  g_test_add_func ("/golden-requests/whole", test_whole);

  return g_test_run ();
}
