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
  g_free (self->stream_order_id); /* likewise */
  g_free (self);                  /* and itself */
}

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
  body = g_str_equal (path, "/v2/brands") ? refills_sandbox_catalogue_get_brands (catalogue, self->base_uri)
                                          : refills_sandbox_catalogue_get_homepage (catalogue, self->base_uri);

  return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8", g_bytes_ref (body));
}

static const char *
get_query (GHashTable *query,
           const char *name)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static RefillsSandboxAnswer *
answer_products (RefillsSandbox *self,
                 const char     *country_code,
                 GHashTable     *query)
{
  const char *family = get_query (query, "family_name");
  const char *brand = get_query (query, "brand_name");
  RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, country_code);

  if (catalogue == NULL || (family == NULL && brand == NULL))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);

  return refills_sandbox_answer_new_json (
    refills_sandbox_products_to_json (catalogue, family, brand, get_query (query, "coin"),
                                      get_query (query, "lang"), self->base_uri));
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

static RefillsSandboxAnswer *
answer_validate_email (JsonObject *request)
{
  const char *email = refills_sandbox_json_get_string (request, "email");
  gboolean is_email = refills_sandbox_is_email (email);
  gboolean has_mail = is_email && !g_str_has_suffix (email, ".invalid");
  JsonObject *object = json_object_new ();

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

    if (purchase->refusal != NULL)
      return refills_sandbox_answer_new_error (purchase->refusal_status, purchase->refusal,
                                               g_steal_pointer (&purchase->refusal_details));
    return refills_sandbox_answer_new_json (refills_sandbox_purchase_to_validation (purchase));
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

  return refills_sandbox_answer_new_json (refills_sandbox_order_to_json (order));
}

/* What the service would answer to this request. */
RefillsSandboxAnswer *
refills_sandbox_answer_request (RefillsSandbox *self,
                                const char     *method,
                                const char     *path,
                                GHashTable     *query,
                                GBytes         *body)
{
  gboolean is_get = g_str_equal (method, "GET");

  if (g_str_has_prefix (path, "/sandbox/"))
    return refills_sandbox_control_answer (self, method, path, query, body);
  if (g_str_equal (method, "POST") && (g_str_equal (path, "/v5/orders/validations") || g_str_equal (path, "/v5/orders")
                                       || g_str_equal (path, "/v2/validate-email")))
    return answer_post (self, path, body);
  if (is_get && g_str_equal (path, "/v3/payment_vias"))
    return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8", g_bytes_ref (self->vias_body));
  if (is_get && g_str_equal (path, "/v3/currencies"))
    return refills_sandbox_answer_new_json (refills_sandbox_rails_to_coins (self->base_uri));
  if (is_get && (g_str_equal (path, "/v2/brands") || g_str_equal (path, "/v2/homepage")))
    return answer_catalogue (self, path, query);
  if (is_get && g_str_has_prefix (path, "/v2/search/")) {
    RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, path + strlen ("/v2/search/"));
    const char *text = get_query (query, "q");

    if (catalogue != NULL && text != NULL)
      return refills_sandbox_answer_new_json (refills_sandbox_catalogue_search (catalogue, text, self->base_uri));
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  }
  if (is_get && g_str_has_prefix (path, "/v5/products/country/"))
    return answer_products (self, path + strlen ("/v5/products/country/"), query);
  if (is_get && g_str_equal (path, "/v4/products/price"))
    return answer_price (self, query);
  if (is_get && g_str_has_prefix (path, "/v5/orders/"))
    return answer_order (self, path + strlen ("/v5/orders/"));

  return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
}
