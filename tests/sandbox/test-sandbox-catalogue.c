/* test-sandbox-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be bought and how it can be paid for, held against the facts of the API reference.
 */
#include "sandbox-client.h"

#include "refills-test.h"

static JsonObject *
find_brand (JsonArray  *brands,
            const char *name)
{
  for (guint i = 0; i < json_array_get_length (brands); i++) {
    JsonObject *brand = json_array_get_object_element (brands, i);

    if (g_str_equal (json_object_get_string_member (brand, "brand"), name))
      return brand;
  }

  return NULL;
}

static void
test_payment_vias (SandboxClient *client,
                   gconstpointer  unused)
{
  g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  JsonArray *vias;
  JsonObject *wallet;
  JsonArray *coins;
  gboolean has_contract = FALSE;

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->content_type, ==, "application/json");
  vias = json_node_get_array (reply->root);
  wallet = json_array_get_object_element (vias, 0);
  g_assert_cmpstr (json_object_get_string_member (wallet, "name"), ==, "USER_WALLET");
  coins = json_object_get_array_member (wallet, "currencies");
  for (guint i = 0; i < json_array_get_length (coins); i++) {
    JsonObject *coin = json_array_get_object_element (coins, i);
    JsonArray *networks = json_object_get_array_member (coin, "networks");

    g_assert_cmpuint (json_array_get_length (networks), >, 0);
    for (guint j = 0; j < json_array_get_length (networks); j++) {
      JsonObject *network = json_array_get_object_element (networks, j);

      g_assert_nonnull (json_object_get_string_member (network, "threshold"));
      if (g_str_equal (json_object_get_string_member (coin, "name"), "USDC")
          && g_str_equal (json_object_get_string_member (network, "name"), "Base")
          && json_object_has_member (network, "smart_contract")) {
        JsonObject *contract = json_object_get_object_member (network, "smart_contract");

        g_assert_cmpint (json_object_get_int_member (network, "chain_id"), ==, 8453);
        g_assert_cmpstr (json_object_get_string_member (contract, "address"), ==,
                         "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
        g_assert_cmpint (json_object_get_int_member (contract, "decimals"), ==, 6);
        has_contract = TRUE;
      }
    }
  }
  g_assert_true (has_contract);
  g_assert_false (json_object_get_boolean_member (json_array_get_object_element (vias, 3), "available"));
}

static void
test_brands (SandboxClient *client,
             gconstpointer  unused)
{
  static const char *keys[] = { "last_user_purchases", "suggestions", "country_code", "categories", "all_brands",
                                "popular_brands" };
  g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", "/v2/brands?country_code=US", NULL);
  JsonObject *envelope = sandbox_client_get_object (reply);
  g_autoptr (GList) members = json_object_get_members (envelope);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *brands = json_object_get_array_member (envelope, "all_brands");
  JsonObject *esim;
  guint out_of_stock = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpstr (g_list_nth_data (members, (guint) i), ==, keys[i]);
  g_assert_cmpuint (json_array_get_length (brands), ==, 556);
  for (guint i = 0; i < json_array_get_length (brands); i++) {
    JsonObject *brand = json_array_get_object_element (brands, i);

    g_assert_true (g_hash_table_add (names, (char *) json_object_get_string_member (brand, "brand")));
    g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (brand, "brand_id")));
    if (json_object_get_boolean_member (brand, "is_out_of_stock")) {
      out_of_stock++;
      g_assert_false (json_object_has_member (brand, "min"));
    }
  }
  g_assert_cmpuint (out_of_stock, ==, 25);
  esim = find_brand (brands, "eSIM");
  g_assert_cmpstr (json_object_get_string_member (esim, "kind"), ==, "mobile_recharge");
  g_assert_cmpstr (json_object_get_string_member (esim, "category"), ==, "e-sim");
  g_assert_cmpstr (json_object_get_string_member (find_brand (brands, "Snowdrop Gifts"), "bg_color"), ==, "#FFF");
  g_assert_true (json_object_get_null_member (find_brand (brands, "Lantern Link"), "category"));
  g_assert_cmpstr (json_object_get_string_member (find_brand (brands, "Steam"), "min"), ==, "$10");
}

static void
test_countries (SandboxClient *client,
                gconstpointer  unused)
{
  static const char *countries[] = { "DE", "GB", "FR", "ES" };

  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++) {
    g_autofree char *path = g_strconcat ("/v2/brands?country_code=", countries[i], NULL);
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", path, NULL);
    JsonObject *envelope = sandbox_client_get_object (reply);

    g_assert_cmpstr (json_object_get_string_member (envelope, "country_code"), ==, countries[i]);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (envelope, "all_brands")), >=, 150);
  }
  for (guint i = 0; i < 3; i++) {
    static const char *paths[] = { "/v2/brands", "/v2/brands?country_code=", "/v2/brands?country_code=usa" };
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", paths[i], NULL);

    g_assert_cmpuint (reply->status, ==, 400);
    g_assert_cmpint (json_object_get_int_member (sandbox_client_get_object (reply), "status"), ==, 400);
  }
}

static void
test_search (SandboxClient *client,
             gconstpointer  unused)
{
  g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", "/v2/search/US?q=kestrel&lang=en", NULL);
  JsonArray *brands = json_object_get_array_member (sandbox_client_get_object (reply), "all_brands");

  g_assert_nonnull (find_brand (brands, "Kestrel Mobile Bundle"));
  g_assert_nonnull (find_brand (brands, "Kestrel Mobile Credits"));
  g_assert_null (find_brand (brands, "Steam"));
}

static void
test_products (SandboxClient *client,
               gconstpointer  unused)
{
  static const char *prices[] = { "11.47", "21.43", "28.95", "31.85", "53.53", "111.23", "169.36", "222.49" };
  g_autoptr (SandboxReply) steam =
    sandbox_client_ask (client, "GET", "/v5/products/country/US?brand_name=Steam&coin=USDC&lang=en", NULL);
  g_autoptr (SandboxReply) airbnb =
    sandbox_client_ask (client, "GET", "/v5/products/country/US?family_name=airbnb&coin=USDC&lang=hi", NULL);
  g_autoptr (SandboxReply) family =
    sandbox_client_ask (client, "GET", "/v5/products/country/US?family_name=Kestrel%20Mobile&coin=BTC", NULL);
  g_autoptr (SandboxReply) unknown =
    sandbox_client_ask (client, "GET", "/v5/products/country/US?family_name=nobody", NULL);
  g_autoptr (SandboxReply) unfiltered = sandbox_client_ask (client, "GET", "/v5/products/country/US?coin=USDC", NULL);
  JsonArray *products =
    json_object_get_array_member (json_array_get_object_element (json_node_get_array (steam->root), 0), "products");
  JsonObject *group = json_array_get_object_element (json_node_get_array (airbnb->root), 0);
  JsonObject *product = json_array_get_object_element (json_object_get_array_member (group, "products"), 0);
  const char *text = g_bytes_get_data (airbnb->body, NULL);

  g_assert_cmpuint (json_array_get_length (products), ==, G_N_ELEMENTS (prices));
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (products, i), "coin_amount"), ==,
                     prices[i]);
  g_assert_true (json_object_get_boolean_member (product, "is_dynamic"));
  g_assert_false (json_object_has_member (product, "coin_amount"));
  g_assert_nonnull (g_strstr_len (text, (gssize) g_bytes_get_size (airbnb->body),
                                  "\"range\":{\"min\":50.0,\"max\":500.0,\"currency\":\"USD\",\"step_size\":1.0,"
                                  "\"default\":\"500.0\"}"));
  g_assert_true (json_object_get_null_member (group, "rich_description"));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (family->root)), ==, 3);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (unknown->root)), ==, 0);
  g_assert_cmpuint (unfiltered->status, ==, 400);
}

static void
test_price (SandboxClient *client,
            gconstpointer  unused)
{
  static const struct {
    const char *query;
    const char *coin_amount; /* NULL: refused */
  } cases[] = {
    { "brand_name=Airbnb&country_code=US&face_value=100&coin=USDC", "101.48" },
    { "brand_name=Amazon.com&country_code=US&face_value=25.00&coin=USDC", "25.37" },
    { "brand_name=Amazon.com&country_code=US&face_value=25&coin=BTC", "0.00032666" },
    { "brand_name=Airbnb&country_code=US&face_value=100.5&coin=USDC", NULL },
    { "brand_name=Airbnb&country_code=US&face_value=49&coin=USDC", NULL },
    { "brand_name=Airbnb&country_code=US&face_value=501&coin=USDC", NULL },
    { "brand_name=Otter%20%26%20Quill&country_code=US&face_value=25&coin=USDC", "25.37" },
    { "brand_name=Otter%20%26%20Quill&country_code=US&face_value=26&coin=USDC", NULL },
    { "brand_name=Steam&country_code=US&face_value=10&coin=USDC", NULL },
    { "brand_name=Airbnb&country_code=US&face_value=1e2&coin=USDC", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/v4/products/price?", cases[i].query, NULL);
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", path, NULL);

    g_test_message ("%s", cases[i].query);
    g_assert_cmpuint (reply->status, ==, cases[i].coin_amount != NULL ? 200 : 400);
    if (cases[i].coin_amount != NULL)
      g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (reply), "coin_amount"), ==,
                       cases[i].coin_amount);
  }
}

static void
test_logos (SandboxClient *client,
            gconstpointer  unused)
{
  static const struct {
    const char *path;
    const char *magic; /* NULL: there is none */
  } cases[] = {
    { "/logos/steam_300x190.webp", "RIFF" },
    { "/logos/steam_500x318.webp", "RIFF" },
    { "/logos/steam.webp", "RIFF" },
    { "/logos/steam.jpg", NULL },
    { "/logos/steam_400x400.webp", NULL },
    { "/logos/coin_usdc.webp", "RIFF" },
    { "/logos/basepic_coffee_300x190.webp", NULL },
    { "/logos/basepic_coffee.webp", "RIFF" },
    { "/logos/old_photo_studio_300x190.webp", NULL },
    { "/logos/old_photo_studio_300x190.jpg", "\xff\xd8\xff" },
    { "/logos/old_photo_studio_500x318.jpg", "\xff\xd8\xff" },
    { "/logos/old_photo_studio.jpg", NULL },
    { "/logos/daguerre_prints.jpg", "\xff\xd8\xff" },
    { "/logos/daguerre_prints_300x190.jpg", NULL },
    { "/logos/elsewhere_posters.webp", NULL },
    { "/logos/elsewhere_posters-poster.webp", "RIFF" },
    { "/logos/plain_label.webp", NULL },
    { "/logos/plain_label.jpg", NULL },
    { "/logos/nobody.webp", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", cases[i].path, NULL);

    g_test_message ("%s", cases[i].path);
    g_assert_cmpuint (reply->status, ==, cases[i].magic != NULL ? 200 : 404);
    if (cases[i].magic != NULL)
      g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), strlen (cases[i].magic), cases[i].magic,
                       strlen (cases[i].magic));
  }
}

static void
test_host (SandboxClient *client,
           gconstpointer  unused)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", refills_sandbox_get_base_uri (client->sandbox));
  g_autoptr (SandboxReply) unknown = sandbox_client_ask (client, "GET", "/v9/nothing", NULL);
  g_autoptr (SandboxReply) put = sandbox_client_ask (client, "PUT", "/v5/orders/x", "{}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (unknown), "detail"), ==, "NOT_FOUND");
  g_assert_cmpuint (put->status, ==, 404);
  soup_message_headers_append (soup_message_get_request_headers (message), "Host", "shop.example");
  soup_session_send_and_read_async (client->session, message, G_PRIORITY_DEFAULT, NULL, refills_test_keep_result,
                                    &result);
  refills_test_wait_result (&result, 5000);
  body = soup_session_send_and_read_finish (client->session, result, NULL);
  g_assert_cmpuint (soup_message_get_status (message), ==, 403);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *name;
    void      (*func) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/catalogue/payment-vias", test_payment_vias },
    { "/sandbox/catalogue/brands", test_brands },
    { "/sandbox/catalogue/countries", test_countries },
    { "/sandbox/catalogue/search", test_search },
    { "/sandbox/catalogue/products", test_products },
    { "/sandbox/catalogue/price", test_price },
    { "/sandbox/catalogue/logos", test_logos },
    { "/sandbox/catalogue/foreign-host", test_host },
  };

  refills_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, SandboxClient, NULL, sandbox_client_set_up, tests[i].func, sandbox_client_tear_down);

  return g_test_run ();
}
