/* refills-sandbox-shapes.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the sources contradict each other about the wire (API reference, section 17), a switch: what
 * is kept here is always the first value's form, and answers are turned into the chosen one on
 * their way out. Owns the table of switches.
 */
#include "refills-sandbox-private.h"

#define TON_COMMENT "Order 48151623 & more"
#define TON_COMMENT_ESCAPED "Order%2048151623%20%26%20more"

/* The first value is the default; a value of "#" is any whole number. */
static const struct {
  const char *name;
  const char *question; /* of API reference, section 17 */
  const char *values[5];
} shapes[] = {
  { "deliveries", "C1", { "any", "flat", "reference" } },
  { "window", "C2", { "1800", "#" } },
  { "timestamps", "C3", { "string", "int", "float" } },
  { "payment-value", "C4", { "number", "string", "null" } },
  { "range-face-value", "C5", { "string", "object" } },
  { "paid-state", "C7", { "PaymentReceived", "PaymentCompleted" } },
  { "delivered-state", "C8", { "Succeeded", "Done", "Completed" } },
  { "partial", "C9", { "started", "waiting" } },
  { "no-problems", "C10", { "null", "empty", "absent" } },
  { "summary", "C11", { "with", "without" } },
  { "coupon", "§9", { "total", "summary" } },
  { "headers", "C12", { "any", "required" } },
  { "product-value", "C13", { "number", "string", "absent" } },
  { "range-echo", "C14", { "value", "range" } },
  { "create-status", "C16", { "200", "201" } },
  { "qr-text", "C17", { "mixed", "bare", "uri", "absent" } },
  { "network", "C18", { "optional", "required" } },
  { "unknown-language", "C19", { "null", "english" } },
  { "logos", "C20", { "some", "stub", "relative", "absent" } },
  { "error-status", "C21", { "number", "string" } },
  { "e-money", "C22", { "both", "validation", "creation" } },
  { "homepage", "§4", { "subset", "envelope", "sections", "empty" } },
  { "esim", "§11.3", { "all", "links", "picture", "code" } },
  { "suspended", "§2", { "some", "none" } },
  { "contracts", "§2", { "given", "absent", "decimals", "address" } },
  { "evm-address", "§13", { "checksum", "lower" } },
  { "bitcoin-address", "§13", { "segwit", "script", "taproot" } },
  { "invoice-expiry", "§13", { "1800", "#" } },
  { "reference", "§13", { "absent", "one", "two" } },
  { "ton-comment", "open 12", { "absent", "qr", "field", "both" } },
  { "memo", "§11.1", { "absent", "null", "text", "number" } },
  { "request-time", "§11.1", { "absent", "present" } },
  { "exchanges", "§2", { "bare", "suspended", "networks" } },
  { "checkout-url", "§11.1", { "local", "page", "other", "plain", "absent" } },
};

static gsize
find_shape (const char *name)
{
  gsize index = 0;

  while (index < G_N_ELEMENTS (shapes) && !g_str_equal (shapes[index].name, name))
    index++;

  return index;
}

/* (transfer none): the chosen value of a switch of the table. */
const char *
refills_sandbox_get_shape (RefillsSandbox *self,
                           const char     *name)
{
  const char *chosen = g_hash_table_lookup (self->shapes, name);

  return chosen != NULL ? chosen : shapes[find_shape (name)].values[0];
}

gboolean
refills_sandbox_has_shape (RefillsSandbox *self,
                           const char     *name,
                           const char     *value)
{
  return g_str_equal (refills_sandbox_get_shape (self, name), value);
}

/**
 * refills_sandbox_set_shape:
 * @self: a sandbox
 * @name: a switch, as README.md lists them
 * @value: one of its values
 *
 * Chooses one of the forms that the sources give for a part of the wire. It holds for every answer
 * from now on, those about orders that exist included.
 *
 * Returns: %FALSE where there is no such switch or value; nothing has changed then
 */
gboolean
refills_sandbox_set_shape (RefillsSandbox *self,
                           const char     *name,
                           const char     *value)
{
  gsize index;
  gboolean fits = FALSE;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  index = find_shape (name);
  for (gsize i = 0; index < G_N_ELEMENTS (shapes) && i < G_N_ELEMENTS (shapes[0].values); i++) {
    const char *allowed = shapes[index].values[i];

    if (allowed != NULL && g_str_equal (allowed, "#"))
      fits = fits || (*value != '\0' && strlen (value) < 10 && value[strspn (value, "0123456789")] == '\0');
    else if (allowed != NULL)
      fits = fits || g_str_equal (allowed, value);
  }
  if (fits) {
    g_hash_table_insert (self->shapes, g_strdup (name), g_strdup (value));
    g_clear_pointer (&self->vias_body, g_bytes_unref);
  }

  return fits;
}

/* Back to the usual ones. */
void
refills_sandbox_reset_shapes (RefillsSandbox *self)
{
  g_hash_table_remove_all (self->shapes);
  g_clear_pointer (&self->vias_body, g_bytes_unref);
}

/* `{NAME: {value, values[], question}}`. */
JsonNode *
refills_sandbox_shapes_to_json (RefillsSandbox *self)
{
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    JsonObject *shape = json_object_new ();
    JsonArray *values = json_array_new ();

    for (gsize j = 0; j < G_N_ELEMENTS (shapes[i].values) && shapes[i].values[j] != NULL; j++)
      json_array_add_string_element (values, shapes[i].values[j]);
    json_object_set_string_member (shape, "value", refills_sandbox_get_shape (self, shapes[i].name));
    json_object_set_array_member (shape, "values", values);
    json_object_set_string_member (shape, "question", shapes[i].question);
    json_object_set_object_member (object, shapes[i].name, shape);
  }

  return refills_sandbox_json_take (object);
}

/* Seconds from the creation of an order to its expiry. */
gint64
refills_sandbox_get_window (RefillsSandbox *self)
{
  return g_ascii_strtoll (refills_sandbox_get_shape (self, "window"), NULL, 10);
}

static void
shape_times (RefillsSandbox *self,
             JsonObject     *order)
{
  static const char *members[] = { "created_at", "updated_at", "payment_requested_at" };

  if (refills_sandbox_has_shape (self, "timestamps", "string"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *seconds = refills_sandbox_json_dup_scalar (order, members[i]);
    g_autofree char *number = NULL;

    if (seconds == NULL)
      continue;
    number = g_strconcat (seconds, refills_sandbox_has_shape (self, "timestamps", "float") ? ".75" : "", NULL);
    refills_sandbox_json_set_raw (order, members[i], number);
  }
}

static void
shape_states (RefillsSandbox *self,
              JsonObject     *order)
{
  const char *order_state = refills_sandbox_json_get_string (order, "order_state");
  JsonArray *deliveries = refills_sandbox_json_get_array (order, "deliveries");

  if (g_strcmp0 (order_state, "Done") == 0
      && g_strcmp0 (refills_sandbox_json_get_string (order, "payment_state"), "PaymentReceived") == 0)
    json_object_set_string_member (order, "payment_state", refills_sandbox_get_shape (self, "paid-state"));
  if (g_strcmp0 (order_state, "PartialPaymentStarted") == 0 && refills_sandbox_has_shape (self, "partial", "waiting")) {
    json_object_set_string_member (order, "order_state", "WaitingForPayment");
    json_object_set_string_member (order, "payment_state", "WalletCreated");
    json_object_remove_member (order, "missing_amount");
    json_object_remove_member (order, "missing_amount_qr_text");
    json_object_remove_member (order, "missing_amount_qr_url");
  }
  for (guint i = 0; deliveries != NULL && i < json_array_get_length (deliveries); i++) {
    JsonNode *node = json_array_get_element (deliveries, i);
    JsonObject *delivery = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    if (g_strcmp0 (refills_sandbox_json_get_string (delivery, "delivery_state"), "Succeeded") == 0)
      json_object_set_string_member (delivery, "delivery_state", refills_sandbox_get_shape (self, "delivered-state"));
  }
}

/* What is echoed of a value in a range; in orders and in validations. */
static void
shape_echo (RefillsSandbox *self,
            JsonObject     *object)
{
  JsonArray *deliveries = refills_sandbox_json_get_array (object, "deliveries");

  for (guint i = 0; deliveries != NULL && i < json_array_get_length (deliveries); i++) {
    JsonNode *node = json_array_get_element (deliveries, i);
    JsonObject *deliverable =
      JSON_NODE_HOLDS_OBJECT (node)
        ? refills_sandbox_json_get_object (json_node_get_object (node), "deliverable") : NULL;
    const char *raw = refills_sandbox_json_get_string (deliverable, "product_value");
    g_autofree char *value = raw != NULL ? refills_sandbox_json_from_raw (raw) : NULL;

    if (value == NULL)
      continue;
    if (refills_sandbox_has_shape (self, "range-echo", "range"))
      json_object_set_string_member (deliverable, "denomination", "range");
    if (refills_sandbox_has_shape (self, "product-value", "string"))
      json_object_set_string_member (deliverable, "product_value", value);
    else if (refills_sandbox_has_shape (self, "product-value", "absent"))
      json_object_remove_member (deliverable, "product_value");
  }
}

static void
shape_qr_text (RefillsSandbox *self,
               JsonObject     *order)
{
  static const struct {
    const char *text;
    const char *amount;
  } members[] = { { "qr_text", "coin_amount" }, { "missing_amount_qr_text", "missing_amount" } };
  const char *address = refills_sandbox_json_get_string (order, "wallet_address");
  const char *coin = refills_sandbox_json_get_string (order, "coin");
  const char *network = refills_sandbox_json_get_string (order, "network");
  const RefillsSandboxRail *rail =
    coin != NULL && network != NULL ? refills_sandbox_rail_find (coin, network) : NULL;

  if (refills_sandbox_has_shape (self, "qr-text", "mixed") || address == NULL || rail == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *amount = refills_sandbox_json_get_string (order, members[i].amount);
    g_autofree char *uri = NULL;

    if (refills_sandbox_json_get_string (order, members[i].text) == NULL)
      continue;
    if (refills_sandbox_has_shape (self, "qr-text", "absent")) {
      json_object_remove_member (order, members[i].text);
    } else if (rail->address_kind == REFILLS_SANDBOX_ADDRESS_LIGHTNING) {
      /* The invoice for the rest is another one. */
      g_autofree char *text = g_strdup (refills_sandbox_json_get_string (order, members[i].text));

      if (refills_sandbox_has_shape (self, "qr-text", "bare") && g_str_has_prefix (text, "lightning:"))
        json_object_set_string_member (order, members[i].text, text + strlen ("lightning:"));
    } else if (refills_sandbox_has_shape (self, "qr-text", "bare")) {
      json_object_set_string_member (order, members[i].text, address);
    } else {
      uri = refills_sandbox_make_qr_uri (rail, address, amount);
      if (uri != NULL)
        json_object_set_string_member (order, members[i].text, uri);
    }
  }
}

/* The keys by which a merchant finds a payment are in requests of Solana Pay alone. They are the same each time that an
 * order is told. */
static void
shape_references (RefillsSandbox *self,
                  JsonObject     *order)
{
  static const char *members[] = { "qr_text", "missing_amount_qr_text" };
  static const char *keys[] = { "82ZJ7nbGpixjeDCmEhUcmwXYfvurzAgGdtSMuHnUgyny",
                                "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN" };
  gsize n_keys = refills_sandbox_has_shape (self, "reference", "two") ? 2
               : refills_sandbox_has_shape (self, "reference", "one") ? 1 : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = refills_sandbox_json_get_string (order, members[i]);
    g_autoptr (GString) changed = text != NULL ? g_string_new (text) : NULL;

    if (changed == NULL || !g_str_has_prefix (text, "solana:"))
      continue;
    for (gsize j = 0; j < n_keys; j++)
      g_string_append_printf (changed, "%creference=%s", strchr (changed->str, '?') != NULL ? '&' : '?', keys[j]);
    json_object_set_string_member (order, members[i], changed->str);
  }
}

/* The comment by which a payment on TON is told from others. It is the same each time that an order is told. */
static void
shape_ton_comment (RefillsSandbox *self,
                   JsonObject     *order)
{
  static const struct {
    const char *text;
    const char *amount;
  } members[] = { { "qr_text", "coin_amount" }, { "missing_amount_qr_text", "missing_amount" } };
  const char *address = refills_sandbox_json_get_string (order, "wallet_address");
  const char *coin = refills_sandbox_json_get_string (order, "coin");
  const char *network = refills_sandbox_json_get_string (order, "network");
  const RefillsSandboxRail *rail =
    coin != NULL && network != NULL ? refills_sandbox_rail_find (coin, network) : NULL;
  gboolean has_both = refills_sandbox_has_shape (self, "ton-comment", "both");

  if (refills_sandbox_has_shape (self, "ton-comment", "absent") || address == NULL || rail == NULL
      || rail->address_kind != REFILLS_SANDBOX_ADDRESS_TON)
    return;
  if (has_both || refills_sandbox_has_shape (self, "ton-comment", "field"))
    json_object_set_string_member (order, "memo", TON_COMMENT);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *amount = refills_sandbox_json_get_string (order, members[i].amount);
    g_autofree char *uri = NULL;
    g_autofree char *with_comment = NULL;

    if (refills_sandbox_has_shape (self, "ton-comment", "field")
        || refills_sandbox_json_get_string (order, members[i].text) == NULL)
      continue;
    uri = refills_sandbox_make_qr_uri (rail, address, amount);
    with_comment = uri != NULL ? g_strconcat (uri, "&text=" TON_COMMENT_ESCAPED, NULL) : NULL;
    if (with_comment != NULL)
      json_object_set_string_member (order, members[i].text, with_comment);
  }
}

/* What is left to be paid after a coupon is in the summary in either form. */
static void
shape_coupon (RefillsSandbox *self,
              JsonObject     *object)
{
  JsonObject *summary = refills_sandbox_json_get_object (object, "summary");
  const char *before = refills_sandbox_json_get_string (summary, "coin_amount_before_discount");
  g_autofree char *total = g_strdup (before);

  if (total != NULL && refills_sandbox_json_get_string (object, "coin_amount") != NULL
      && refills_sandbox_has_shape (self, "coupon", "summary"))
    json_object_set_string_member (object, "coin_amount", total);
}

static void
shape_money (RefillsSandbox *self,
             JsonObject     *object)
{
  const char *raw = refills_sandbox_json_get_string (object, "payment_value");
  g_autofree char *value = raw != NULL ? refills_sandbox_json_from_raw (raw) : NULL;

  if (value != NULL && refills_sandbox_has_shape (self, "payment-value", "string"))
    json_object_set_string_member (object, "payment_value", value);
  else if (value != NULL && refills_sandbox_has_shape (self, "payment-value", "null"))
    json_object_set_null_member (object, "payment_value");
  if (refills_sandbox_has_shape (self, "summary", "without")) {
    json_object_remove_member (object, "summary");
    json_object_remove_member (object, "payment_fee");
    json_object_remove_member (object, "points");
  }
}

/* An address without the capitals of EIP-55; the token's contract keeps its own. */
static void
shape_evm_address (RefillsSandbox *self,
                   JsonObject     *order)
{
  static const char *members[] = { "wallet_address", "qr_text", "missing_amount_qr_text" };
  g_autofree char *address = g_strdup (refills_sandbox_json_get_string (order, "wallet_address"));
  g_autofree char *lower = address != NULL ? g_ascii_strdown (address, -1) : NULL;

  if (refills_sandbox_has_shape (self, "evm-address", "checksum") || address == NULL
      || !g_str_has_prefix (address, "0x") || strlen (address) != 42)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = refills_sandbox_json_get_string (order, members[i]);
    g_autoptr (GString) changed = text != NULL ? g_string_new (text) : NULL;

    if (changed == NULL)
      continue;
    g_string_replace (changed, address, lower, 0);
    json_object_set_string_member (order, members[i], changed->str);
  }
}

/* Members that the sources know by name only. */
static void
shape_rare (RefillsSandbox *self,
            JsonObject     *order)
{
  if (refills_sandbox_has_shape (self, "memo", "null"))
    json_object_set_null_member (order, "memo");
  else if (refills_sandbox_has_shape (self, "memo", "text"))
    json_object_set_string_member (order, "memo", "48151623");
  else if (refills_sandbox_has_shape (self, "memo", "number"))
    json_object_set_int_member (order, "memo", 48151623);
  if (refills_sandbox_has_shape (self, "request-time", "present"))
    json_object_set_int_member (order, "timestamp_of_request", refills_sandbox_get_time (self));
}

/* Where what an exchange is paid with is paid: at two hosts, in plain HTTP, or nowhere. Nobody is there. */
static void
shape_checkout (RefillsSandbox *self,
                JsonObject     *order)
{
  const char *shape = refills_sandbox_get_shape (self, "checkout-url");
  const char *id = refills_sandbox_json_get_string (order, "order_id");
  g_autofree char *uri = NULL;

  if (!json_object_has_member (order, "checkout_url") || g_str_equal (shape, "local"))
    return;

  if (g_str_equal (shape, "absent")) {
    json_object_remove_member (order, "checkout_url");
    return;
  }
  uri = g_strdup_printf ("%s://%s.example/checkout/%s", g_str_equal (shape, "plain") ? "http" : "https",
                         g_str_equal (shape, "other") ? "other" : "exchange", id);
  json_object_set_string_member (order, "checkout_url", uri);
}

/* An order as it is sent. (transfer full): a copy */
JsonNode *
refills_sandbox_shape_order (RefillsSandbox *self,
                             JsonNode       *order)
{
  JsonNode *copy = refills_sandbox_json_copy (order);
  JsonObject *object = json_node_get_object (copy);

  shape_times (self, object);
  shape_qr_text (self, object);
  shape_references (self, object);
  shape_evm_address (self, object);
  shape_rare (self, object);
  shape_ton_comment (self, object);
  shape_checkout (self, object);
  shape_states (self, object);
  shape_echo (self, object);
  shape_coupon (self, object);
  shape_money (self, object);

  return copy;
}

/* A validation as it is sent; in place. */
void
refills_sandbox_shape_validation (RefillsSandbox *self,
                                  JsonObject     *validation)
{
  JsonNode *problems = json_object_get_member (validation, "problems");

  shape_echo (self, validation);
  shape_coupon (self, validation);
  shape_money (self, validation);
  if (problems == NULL || !JSON_NODE_HOLDS_NULL (problems))
    return;
  if (refills_sandbox_has_shape (self, "no-problems", "empty"))
    json_object_set_array_member (validation, "problems", json_array_new ());
  else if (refills_sandbox_has_shape (self, "no-problems", "absent"))
    json_object_remove_member (validation, "problems");
}

static void
shape_logo (RefillsSandbox *self,
            JsonObject     *brand)
{
  const char *url = refills_sandbox_json_get_string (brand, "logo_url");
  const char *slash = url != NULL ? strstr (url, "/logos/") : NULL;
  g_autofree char *relative = g_strdup (slash);

  if (refills_sandbox_has_shape (self, "logos", "some"))
    return;
  json_object_remove_member (brand, "logo_base_url");
  if (refills_sandbox_has_shape (self, "logos", "absent"))
    json_object_remove_member (brand, "logo_url");
  else if (refills_sandbox_has_shape (self, "logos", "stub"))
    json_object_set_string_member (brand, "logo_url", "x");
  else if (relative != NULL)
    json_object_set_string_member (brand, "logo_url", relative);
}

/* The smallest and the largest value of a range, each as an object of its own. */
static void
shape_face_value (RefillsSandbox *self,
                  JsonObject     *face_value)
{
  static const char *members[] = { "min", "max" };
  JsonObject *amount = refills_sandbox_json_get_object (face_value, "amount");
  const char *currency = refills_sandbox_json_get_string (face_value, "currency_code");

  if (refills_sandbox_has_shape (self, "range-face-value", "string")
      || g_strcmp0 (refills_sandbox_json_get_string (amount, "type"), "range") != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    JsonObject *money = json_object_new ();

    json_object_set_string_member (money, "amount", refills_sandbox_json_get_string (amount, members[i]));
    json_object_set_string_member (money, "currency", currency);
    json_object_set_object_member (amount, members[i], money);
  }
}

/* Every brand object anywhere below @node, and the face value of ranges; in place. */
void
refills_sandbox_shape_catalogue (RefillsSandbox *self,
                                 JsonNode       *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      refills_sandbox_shape_catalogue (self, json_array_get_element (array, i));
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) members = json_object_get_members (object);

    if (json_object_has_member (object, "logo_url") && json_object_has_member (object, "brand"))
      shape_logo (self, object);
    if (json_object_has_member (object, "currency_code") && json_object_has_member (object, "amount"))
      shape_face_value (self, object);
    for (GList *l = members; l != NULL; l = l->next) {
      if (json_object_has_member (object, l->data))
        refills_sandbox_shape_catalogue (self, json_object_get_member (object, l->data));
    }
  }
}
