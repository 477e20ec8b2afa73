/* refills-sandbox-answers.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which path gives which answer, and the form of errors. Owns nothing; what goes wrong on request is
 * laid over these answers later.
 */
#include "refills-sandbox-private.h"

RefillsSandboxAnswer *
refills_sandbox_answer_new_json (JsonNode *root)
{
  RefillsSandboxAnswer *self = g_new0 (RefillsSandboxAnswer, 1);

  self->status = 200;
  self->content_type = g_strdup ("application/json; charset=utf-8");
  self->root = root;

  return self;
}

RefillsSandboxAnswer *
refills_sandbox_answer_new_bytes (guint       status,
                                  const char *content_type,
                                  GBytes     *body)
{
  RefillsSandboxAnswer *self = g_new0 (RefillsSandboxAnswer, 1);

  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = body;

  return self;
}

/* The common body of HTTP errors (API reference, section 14.2). */
RefillsSandboxAnswer *
refills_sandbox_answer_new_error (guint       status,
                                  const char *detail,
                                  JsonObject *more_details)
{
  JsonObject *object = json_object_new ();
  RefillsSandboxAnswer *self;

  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "title", soup_status_get_phrase (status));
  json_object_set_string_member (object, "detail", detail);
  if (more_details != NULL)
    json_object_set_object_member (object, "moreDetails", more_details);
  else
    json_object_set_null_member (object, "moreDetails");
  self = refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
  self->status = status;

  return self;
}

/* An order as it is sent. */
RefillsSandboxAnswer *
refills_sandbox_answer_new_order (RefillsSandbox      *sandbox,
                                  RefillsSandboxOrder *order)
{
  g_autoptr (JsonNode) root = refills_sandbox_order_to_json (order);

  return refills_sandbox_answer_new_json (refills_sandbox_shape_order (sandbox, root));
}

/* (transfer none) */
GBytes *
refills_sandbox_answer_get_bytes (RefillsSandboxAnswer *self)
{
  if (self->body == NULL) {
    char *text = self->root != NULL ? refills_sandbox_json_to_text (self->root) : g_strdup ("");

    self->body = g_bytes_new_take (text, strlen (text));
  }

  return self->body;
}

void
refills_sandbox_answer_free (RefillsSandboxAnswer *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);    /* a plain struct frees its strings */
  g_free (self->header_name);     /* likewise */
  g_free (self->header_value);    /* likewise */
  g_free (self->more_headers);    /* likewise */
  g_free (self->stream_order_id); /* likewise */
  g_free (self);                  /* and itself */
}

/* The directory or the curated feed of a country. */
static RefillsSandboxAnswer *
answer_catalogue (RefillsSandbox *self,
                  const char     *path,
                  GHashTable     *query)
{
  const char *country_code = query != NULL ? g_hash_table_lookup (query, "country_code") : NULL;
  RefillsSandboxCatalogue *catalogue =
    country_code != NULL ? refills_sandbox_get_catalogue (self, country_code) : NULL;
  GBytes *body;

  if (catalogue == NULL)
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  if (g_str_equal (path, "/v2/homepage"))
    return refills_sandbox_answer_new_json (
      refills_sandbox_catalogue_to_homepage (catalogue, refills_sandbox_get_shape (self, "homepage"), self->base_uri));
  body = refills_sandbox_catalogue_get_brands (catalogue, self->base_uri);

  return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8", g_bytes_ref (body));
}

static const char *
get_query (GHashTable *query,
           const char *name)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* Whether there are descriptions in @language (API reference, section 1.2). */
static gboolean
is_language (const char *language)
{
  static const char *languages[] = { "en", "es", "fr", "de", "it", "pt", "zh", "tr", "vi", "tl", NULL };

  return language == NULL || g_strv_contains (languages, language);
}

static RefillsSandboxAnswer *
answer_products (RefillsSandbox *self,
                 const char     *country_code,
                 GHashTable     *query)
{
  const char *family = get_query (query, "family_name");
  const char *brand = get_query (query, "brand_name");
  const char *language = get_query (query, "lang");
  RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, country_code);

  if (!is_language (language) && refills_sandbox_has_shape (self, "unknown-language", "english"))
    language = "en";
  if (catalogue == NULL || (family == NULL && brand == NULL))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);

  return refills_sandbox_answer_new_json (
    refills_sandbox_products_to_json (catalogue, family, brand, get_query (query, "coin"), language,
                                      self->base_uri));
}

static RefillsSandboxAnswer *
answer_price (RefillsSandbox *self,
              GHashTable     *query)
{
  const char *name = get_query (query, "brand_name");
  const char *country_code = get_query (query, "country_code");
  const char *coin = get_query (query, "coin");
  const RefillsSandboxRail *rail = refills_sandbox_rail_for_quotes (coin != NULL ? coin : "USDC");
  RefillsSandboxCatalogue *catalogue =
    country_code != NULL ? refills_sandbox_get_catalogue (self, country_code) : NULL;
  RefillsSandboxBrand *brand =
    catalogue != NULL && name != NULL ? refills_sandbox_catalogue_find (catalogue, name) : NULL;
  guint64 minor = 0;

  if (brand == NULL || rail == NULL || !brand->is_range || brand->out_of_stock
      || !refills_sandbox_parse_units (get_query (query, "face_value"), brand->currency->decimals, &minor)
      || !refills_sandbox_range_has (brand, minor))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);

  return refills_sandbox_answer_new_json (refills_sandbox_price_to_json (brand, minor, rail));
}

/* Nobody receives mail at `.invalid` and at no-mx.example; bad-format.example is never taken for an
 * address, and at mail-error.example the question itself fails. */
static RefillsSandboxAnswer *
answer_validate_email (JsonObject *request)
{
  const char *email = refills_sandbox_json_get_string (request, "email");
  gboolean is_email = refills_sandbox_is_email (email) && !g_str_has_suffix (email, "@bad-format.example");
  gboolean has_mail = is_email && !g_str_has_suffix (email, ".invalid") && !g_str_has_suffix (email, "@no-mx.example");
  JsonObject *object;

  if (is_email && g_str_has_suffix (email, "@mail-error.example"))
    return refills_sandbox_refusal_new (500, NULL, NULL, NULL);
  object = json_object_new ();
  json_object_set_boolean_member (object, "valid", has_mail);
  if (!has_mail)
    json_object_set_string_member (object, "reason", is_email ? "no_mx" : "bad_format");

  return refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
}

static RefillsSandboxAnswer *
answer_post (RefillsSandbox *self,
             const char     *path,
             GBytes         *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = length > 0 ? refills_sandbox_json_parse (data, (gssize) length) : NULL;
  JsonObject *request = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (request == NULL)
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  if (g_str_equal (path, "/v5/orders/validations")) {
    g_autoptr (RefillsSandboxPurchase) purchase = refills_sandbox_purchase_read (self, request, FALSE);
    JsonNode *validation;

    if (purchase->refusal != NULL)
      return refills_sandbox_refusal_parse (purchase->refusal, purchase->refusal_status,
                                            g_steal_pointer (&purchase->refusal_details));
    validation = refills_sandbox_purchase_to_validation (purchase);
    refills_sandbox_shape_validation (self, json_node_get_object (validation));
    return refills_sandbox_answer_new_json (validation);
  }
  if (g_str_equal (path, "/v5/orders"))
    return refills_sandbox_orders_create (self, request);

  return answer_validate_email (request);
}

static RefillsSandboxAnswer *
answer_order (RefillsSandbox *self,
              const char     *rest)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  RefillsSandboxOrder *order;

  refills_sandbox_orders_expire_due (self);
  order = parts[0] != NULL ? refills_sandbox_orders_find (self, parts[0]) : NULL;
  if (order == NULL || (parts[1] != NULL && !g_str_equal (parts[1], "subscribe")))
    return refills_sandbox_answer_new_error (404, "ORDER_NOT_FOUND", NULL);
  if (parts[1] != NULL) {
    RefillsSandboxAnswer *answer = refills_sandbox_answer_new_json (NULL);

    answer->stream_order_id = g_strdup (parts[0]);
    return answer;
  }

  return refills_sandbox_answer_new_order (self, order);
}

/* What the picture of an order or a delivery shows, drawn. */
static RefillsSandboxAnswer *
answer_picture (RefillsSandbox *self,
                const char     *id,
                GHashTable     *query)
{
  RefillsSandboxOrder *order = refills_sandbox_orders_find (self, id);
  const char *text = g_hash_table_lookup (self->pictures, id);
  GBytes *picture;

  if (order != NULL)
    text = refills_sandbox_json_get_string (order->object, g_strcmp0 (get_query (query, "amount"), "missing") == 0
                                                             ? "missing_amount_qr_text" : "qr_text");
  picture = text != NULL ? refills_sandbox_picture_new (text) : NULL;
  if (picture == NULL)
    return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);

  return refills_sandbox_answer_new_bytes (200, "image/png", picture);
}

/* Turns the answer into the chosen form, where that is not the usual one. */
static RefillsSandboxAnswer *
shape (RefillsSandbox       *self,
       RefillsSandboxAnswer *answer,
       gboolean              is_catalogue)
{
  if (is_catalogue && answer->status == 200
      && (!refills_sandbox_has_shape (self, "logos", "some")
          || !refills_sandbox_has_shape (self, "range-face-value", "string"))) {
    /* The bytes of a catalogue are shared, so they are read anew. */
    if (answer->root == NULL) {
      gsize length = 0;
      const char *data = g_bytes_get_data (answer->body, &length);

      answer->root = refills_sandbox_json_parse (data, (gssize) length);
    }
    g_clear_pointer (&answer->body, g_bytes_unref);
    refills_sandbox_shape_catalogue (self, answer->root);
  }
  if (answer->status >= 400 && answer->root != NULL && JSON_NODE_HOLDS_OBJECT (answer->root)
      && refills_sandbox_has_shape (self, "error-status", "string")) {
    g_autofree char *status = g_strdup_printf ("%u", answer->status);

    json_object_set_string_member (json_node_get_object (answer->root), "status", status);
    g_clear_pointer (&answer->body, g_bytes_unref);
  }

  return answer;
}

static gboolean
has_headers (RefillsSandboxRequest *request)
{
  static const char *names[] = { "x-cr-application", "x-cr-version", "content-type" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (!g_hash_table_contains (request->headers, names[i]))
      return FALSE;
  }

  return TRUE;
}

/* Where an exchange's checkout would be. */
static RefillsSandboxAnswer *
answer_checkout (RefillsSandbox *self,
                 const char     *order_id)
{
  static const char page[] = "<!DOCTYPE html><html><head><title>Practice checkout</title></head>"
                             "<body><h1>Practice checkout</h1><p>Nothing is bought here.</p></body></html>";

  if (refills_sandbox_orders_find (self, order_id) == NULL)
    return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);

  return refills_sandbox_answer_new_bytes (200, "text/html; charset=utf-8", g_bytes_new_static (page, strlen (page)));
}

static RefillsSandboxAnswer *
answer_get (RefillsSandbox *self,
            const char     *path,
            GHashTable     *query)
{
  if (g_str_equal (path, "/v3/payment_vias"))
    return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8",
                                             g_bytes_ref (refills_sandbox_get_vias (self)));
  if (g_str_equal (path, "/v3/currencies"))
    return refills_sandbox_answer_new_json (refills_sandbox_rails_to_coins (self));
  if (g_str_equal (path, "/v2/brands") || g_str_equal (path, "/v2/homepage"))
    return answer_catalogue (self, path, query);
  if (g_str_has_prefix (path, "/v2/search/")) {
    RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, path + strlen ("/v2/search/"));
    const char *text = get_query (query, "q");

    if (catalogue != NULL && text != NULL)
      return refills_sandbox_answer_new_json (refills_sandbox_catalogue_search (catalogue, text, self->base_uri));
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  }
  if (g_str_has_prefix (path, "/v5/products/country/"))
    return answer_products (self, path + strlen ("/v5/products/country/"), query);
  if (g_str_equal (path, "/v4/products/price"))
    return answer_price (self, query);
  if (g_str_has_prefix (path, "/v3/qrs/"))
    return answer_picture (self, path + strlen ("/v3/qrs/"), query);
  if (g_str_has_prefix (path, "/v5/orders/"))
    return answer_order (self, path + strlen ("/v5/orders/"));
  if (g_str_has_prefix (path, "/checkout/"))
    return answer_checkout (self, path + strlen ("/checkout/"));

  return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
}

/* What the service would answer to this request. */
RefillsSandboxAnswer *
refills_sandbox_answer_request (RefillsSandbox        *self,
                                RefillsSandboxRequest *request,
                                GHashTable            *query)
{
  const char *path = request->path;
  gboolean is_catalogue = g_str_has_prefix (path, "/v2/") || g_str_has_prefix (path, "/v5/products/");
  RefillsSandboxAnswer *answer;

  if (g_str_has_prefix (path, "/sandbox/"))
    return refills_sandbox_control_answer (self, request->method, path, query, request->body);
  answer = refills_sandbox_refusal_find (path, query);
  if (answer == NULL && refills_sandbox_has_shape (self, "headers", "required") && !has_headers (request))
    answer = refills_sandbox_answer_new_error (400, "MISSING_HEADERS", NULL);
  if (answer == NULL && g_str_equal (request->method, "POST")
      && (g_str_equal (path, "/v5/orders/validations") || g_str_equal (path, "/v5/orders")
          || g_str_equal (path, "/v2/validate-email")))
    answer = answer_post (self, path, request->body);
  if (answer == NULL && g_str_equal (request->method, "GET"))
    answer = answer_get (self, path, query);
  if (answer == NULL)
    answer = refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);

  return shape (self, answer, is_catalogue);
}
