/* refills-sandbox-requests.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the body that validation and creation share (API reference, section 8), prices it, and finds
 * what is wrong with it. Owns nothing. Magic values make every refusal reachable: an e-mail address
 * `problem+CODE@…` gives that problem, `error+CODE@…` or `error+STATUS+CODE@…` that HTTP error, a
 * coupon that is a code's name gives that code, and the coupon TEN takes a tenth off. README.md has
 * them all.
 */
#include "refills-sandbox-private.h"

#define MAX_PRODUCTS 10
#define MAX_EUR_MICRO (G_GUINT64_CONSTANT (2000) * 1000000)

/* Lightning totals are about half a percent above the price (API reference, section 7). */
#define LIGHTNING_NUMERATOR 10051
#define LIGHTNING_DENOMINATOR 10000

/* A fixed denomination of a range brand is another, dearer product (API reference, section 8.3). */
#define DEAR_NUMERATOR 10450
#define DEAR_DENOMINATOR 10000

gboolean
refills_sandbox_is_email (const char *text)
{
  const char *at = text != NULL ? strchr (text, '@') : NULL;

  return at != NULL && at != text && strchr (at + 1, '@') == NULL && strpbrk (text, " \t\r\n,;<>") == NULL
         && at[1] != '.' && strchr (at + 1, '.') != NULL && text[strlen (text) - 1] != '.';
}

static gboolean
is_phone (const char *text)
{
  return text != NULL && g_regex_match_simple ("^\\+[1-9][0-9]{6,14}$", text, 0, 0);
}

/* The CODE of "problem+CODE@example.com". */
static char *
dup_magic (const char *account,
           const char *prefix)
{
  const char *at = account != NULL ? strchr (account, '@') : NULL;

  if (at == NULL || !g_str_has_prefix (account, prefix))
    return NULL;

  return g_strndup (account + strlen (prefix), (gsize) (at - account) - strlen (prefix));
}

static void
refuse (RefillsSandboxPurchase *self,
        guint                   status,
        const char             *detail,
        JsonObject             *details)
{
  if (self->refusal != NULL) {
    g_clear_pointer (&details, json_object_unref);
    return;
  }
  self->refusal = g_strdup (detail);
  self->refusal_status = status;
  self->refusal_details = details;
}

static void
add_problem (RefillsSandboxPurchase *self,
             const char             *code,
             JsonObject             *details)
{
  JsonObject *problem = json_object_new ();

  json_object_set_string_member (problem, "problem", code);
  if (details != NULL)
    json_object_set_object_member (problem, "moreDetails", details);
  else
    json_object_set_null_member (problem, "moreDetails");
  json_array_add_object_element (self->problems, problem);
}

static void
read_payment (RefillsSandboxPurchase *self,
              RefillsSandbox         *sandbox,
              JsonObject             *request,
              gboolean                is_order)
{
  JsonObject *payment = refills_sandbox_json_get_object (request, "payment");
  const char *type = refills_sandbox_json_get_string (payment, "type");
  const char *via = refills_sandbox_json_get_string (payment, "payment_via");
  const char *coin = refills_sandbox_json_get_string (payment, "coin");
  const char *network = refills_sandbox_json_get_string (payment, "network");
  const RefillsSandboxRail *rail;
  gboolean available = FALSE;

  if (type == NULL || !g_str_equal (type, "via") || via == NULL || coin == NULL) {
    refuse (self, 400, "BAD_REQUEST", NULL);
    return;
  }
  self->via = g_strdup (via);
  if (!refills_sandbox_via_is_known (via, &available) || !available) {
    JsonObject *details = json_object_new ();
    JsonArray *kinds = json_array_new ();

    json_object_set_string_member (details, "paymentVia", via);
    json_array_add_string_element (kinds, "giftcard");
    json_object_set_array_member (details, "allowedKinds", kinds);
    add_problem (self, "NOT_ALLOWED_PAYMENT_VIA", details);
  }
  rail = refills_sandbox_rail_find (coin, network);
  if (rail == NULL) {
    JsonObject *details = json_object_new ();

    json_object_set_array_member (details, "deliveries", json_array_new ());
    json_object_set_array_member (details, "supported_protocol_coin_combo", refills_sandbox_rails_to_combos ());
    add_problem (self, "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", details);
    return;
  }
  if ((rail->coin_suspended || rail->network_suspended) && refills_sandbox_has_shape (sandbox, "suspended", "some")) {
    JsonObject *details = json_object_new ();

    json_object_set_string_member (details, "coin", coin);
    refuse (self, 422, rail->coin_suspended ? "SUSPENDED_COIN" : "SUSPENDED_NETWORK", details);
    return;
  }
  if (network == NULL && g_str_equal (via, "USER_WALLET")
      && (is_order || refills_sandbox_has_shape (sandbox, "network", "required"))) {
    refuse (self, 400, "BAD_REQUEST", NULL);
    return;
  }
  self->quote_rail = network != NULL ? rail : refills_sandbox_rail_for_quotes (coin);
  self->rail = g_str_equal (via, "USER_WALLET") ? self->quote_rail : NULL;
}

/* The option that a denomination names; in a range brand a plain amount names a dearer product. */
static gboolean
price_delivery (RefillsSandboxBrand *brand,
                JsonObject          *wanted,
                JsonObject          *deliverable,
                guint64             *usd_micro,
                guint64             *face_usd_micro)
{
  const char *denomination = refills_sandbox_json_get_string (wanted, "denomination");
  g_autofree char *value = refills_sandbox_json_dup_scalar (wanted, "product_value");
  const char *delivery_type = "by_email";
  g_autofree char *echo = NULL;
  g_autofree char *localized = NULL;
  guint64 minor = 0;

  if (denomination == NULL)
    return FALSE;
  if (brand->is_range) {
    gboolean is_range = g_str_equal (denomination, "range");
    g_autofree char *amount = NULL;
    g_autofree char *number = NULL;

    amount = g_strdup (is_range ? value : denomination);
    if (!is_range && g_str_has_suffix (amount, brand->currency->code))
      amount[strlen (amount) - strlen (brand->currency->code)] = '\0';
    if (amount == NULL || !refills_sandbox_parse_units (g_strstrip (amount), brand->currency->decimals, &minor)
        || !refills_sandbox_range_has (brand, minor))
      return FALSE;
    number = refills_sandbox_format_short (minor, brand->currency->decimals);
    echo = g_strdup_printf ("%s %s", number, brand->currency->code);
    localized = refills_sandbox_format_localized (minor, brand->currency);
    if (is_range) {
      refills_sandbox_json_set_raw (deliverable, "product_value", number);
      *usd_micro = refills_sandbox_range_usd_micro (brand, minor);
    } else {
      *usd_micro = refills_sandbox_multiply_ceil (refills_sandbox_to_usd_micro (minor, brand->currency),
                                                  DEAR_NUMERATOR, DEAR_DENOMINATOR);
    }
    if (g_str_equal (brand->kind, "utility"))
      delivery_type = "by_account";
  } else {
    RefillsSandboxOption *option = NULL;

    for (guint i = 0; i < brand->options->len && option == NULL; i++) {
      RefillsSandboxOption *candidate = g_ptr_array_index (brand->options, i);

      if (g_str_equal (candidate->denomination, denomination))
        option = candidate;
    }
    if (option == NULL)
      return FALSE;
    minor = option->minor;
    echo = g_strdup (option->denomination);
    localized = g_strdup (option->localized);
    delivery_type = option->delivery_type;
    *usd_micro = option->usd_micro;
  }
  *face_usd_micro = refills_sandbox_to_usd_micro (minor, brand->currency);
  json_object_set_string_member (deliverable, "denomination", echo);
  json_object_set_string_member (deliverable, "localized_denomination", localized);
  json_object_set_string_member (deliverable, "delivery_type", delivery_type);
  json_object_set_string_member (deliverable, "currency_code", brand->currency->code);

  return TRUE;
}

static gboolean
account_fits (const char *account,
              const char *delivery_type)
{
  if (account == NULL || *account == '\0')
    return FALSE;
  if (g_str_equal (delivery_type, "by_phone"))
    return is_phone (account);
  if (g_str_equal (delivery_type, "by_account"))
    return g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9 ./-]{2,39}$", account, 0, 0);

  return refills_sandbox_is_email (account);
}

static void
set_amounts (RefillsSandboxPurchase *self,
             JsonObject             *deliverable,
             guint64                 usd_micro,
             guint64                 face_usd_micro)
{
  guint64 eur_micro = refills_sandbox_usd_to_eur_micro (face_usd_micro);
  g_autofree char *points = g_strdup_printf ("%" G_GUINT64_FORMAT, eur_micro / 1000000);
  g_autofree char *fiat = refills_sandbox_format_short (eur_micro / 100, 4);
  g_autofree char *amount = NULL;
  guint64 units;

  self->usd_micro += face_usd_micro;
  self->cost_usd_micro += usd_micro;
  json_object_set_string_member (deliverable, "points", points);
  json_object_set_string_member (deliverable, "original_price", fiat);
  if (self->quote_rail == NULL)
    return;
  units = refills_sandbox_rail_quote (self->quote_rail, usd_micro);
  if (self->quote_rail->address_kind == REFILLS_SANDBOX_ADDRESS_LIGHTNING)
    units = refills_sandbox_multiply_ceil (units, LIGHTNING_NUMERATOR, LIGHTNING_DENOMINATOR);
  amount = refills_sandbox_format_units (units, self->quote_rail->decimals);
  json_object_set_string_member (deliverable, "coin_amount", amount);
  json_object_set_string_member (deliverable, "original_coin_amount", amount);
  self->units += units;
}

/* Something that concerns the line of @deliverable. */
static void
add_line_problem (RefillsSandboxPurchase *self,
                  JsonObject             *request,
                  const char             *code,
                  JsonObject             *deliverable,
                  const char             *kind)
{
  JsonObject *payment = refills_sandbox_json_get_object (request, "payment");

  add_problem (self, code, refills_sandbox_problem_details (code, deliverable, kind, payment));
}

static void
check_magic (RefillsSandboxPurchase *self,
             JsonObject             *request,
             const char             *account,
             JsonObject             *deliverable,
             const char             *kind)
{
  JsonObject *payment = refills_sandbox_json_get_object (request, "payment");
  g_autofree char *problem = dup_magic (account, "problem+");
  g_autofree char *error = dup_magic (account, "error+");
  g_auto (GStrv) problems = g_strsplit (problem != NULL ? problem : "", "+", -1);

  /* Several at once: `problem+ONE+OTHER@…`. */
  for (guint i = 0; problems[i] != NULL; i++)
    add_line_problem (self, request, problems[i], deliverable, kind);
  if (error != NULL) {
    g_autofree char *code = refills_sandbox_refusal_dup_code (error);

    refuse (self, 422, error,
            code != NULL ? refills_sandbox_problem_details (code, deliverable, kind, payment) : NULL);
  }
}

/* Someone who is not signed in buys what only a known person may (API reference, sections 14.3 and 17, C22). */
static void
check_login (RefillsSandboxPurchase *self,
             RefillsSandbox         *sandbox,
             JsonObject             *request,
             JsonObject             *deliverable,
             const char             *kind,
             gboolean                is_order)
{
  if (refills_sandbox_has_shape (sandbox, "e-money", is_order ? "validation" : "creation"))
    return;
  add_line_problem (self, request, "LOGIN_REQUIRED", deliverable, kind);
}

/* @entry is flat, or nested as the reference's creation sample has it (API reference, section 8.2). */
static void
read_delivery (RefillsSandboxPurchase *self,
               RefillsSandbox         *sandbox,
               JsonObject             *request,
               JsonObject             *entry,
               gboolean                is_order)
{
  JsonObject *nested = refills_sandbox_json_get_object (entry, "deliverable");
  JsonObject *wanted = nested != NULL ? nested : entry;
  const char *name = refills_sandbox_json_get_string (wanted, "brand_name");
  const char *country_code = refills_sandbox_json_get_string (wanted, "country_code");
  const char *denomination = refills_sandbox_json_get_string (wanted, "denomination");
  const char *account = refills_sandbox_json_get_string (wanted, "beneficiary_account");
  RefillsSandboxCatalogue *catalogue =
    country_code != NULL ? refills_sandbox_get_catalogue (sandbox, country_code) : NULL;
  RefillsSandboxBrand *brand =
    catalogue != NULL && name != NULL ? refills_sandbox_catalogue_find (catalogue, name) : NULL;
  const char *kind = brand != NULL ? brand->kind : "giftcard";
  JsonObject *deliverable = json_object_new ();
  JsonObject *delivery = json_object_new ();
  g_autofree char *id = refills_sandbox_make_uuid (sandbox->random);
  guint64 usd_micro = 0;
  guint64 face_usd_micro = 0;
  const char *code = NULL;

  json_object_set_string_member (deliverable, "denomination", denomination);
  if (brand != NULL)
    json_object_set_string_member (deliverable, "family", brand->family);
  json_object_set_string_member (deliverable, "brand_name", name);
  json_object_set_string_member (deliverable, "beneficiary_account", account);
  json_object_set_string_member (deliverable, "country_code", country_code);
  json_object_set_string_member (delivery, "id", id);
  json_object_set_string_member (delivery, "delivery_state", "Created");
  json_object_set_string_member (delivery, "kind", kind);
  json_object_set_object_member (delivery, "deliverable", deliverable);
  json_array_add_object_element (self->deliveries, delivery);
  if (brand != NULL && brand->out_of_stock)
    code = "OUT_OF_STOCK";
  else if (brand == NULL || !price_delivery (brand, wanted, deliverable, &usd_micro, &face_usd_micro))
    code = "NOT_AVAILABLE_PRODUCT";
  else if (!account_fits (account, refills_sandbox_json_get_string (deliverable, "delivery_type")))
    code = "INVALID_BENEFICIARY_ACCOUNT";
  if (usd_micro > 0)
    set_amounts (self, deliverable, usd_micro, face_usd_micro);
  else
    self->priced = FALSE;
  if (code != NULL)
    add_line_problem (self, request, code, deliverable, kind);
  if (brand != NULL && self->rail != NULL && g_strcmp0 (brand->refused_network, self->rail->network) == 0)
    add_line_problem (self, request, "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", deliverable, kind);
  if (brand != NULL && g_strcmp0 (brand->category, "e-money") == 0)
    check_login (self, sandbox, request, deliverable, kind, is_order);
  check_magic (self, request, account, deliverable, kind);
}

static void
read_coupon (RefillsSandboxPurchase *self,
             JsonObject             *request)
{
  const char *coupon = refills_sandbox_json_get_string (request, "promo_code");

  if (coupon == NULL || *coupon == '\0')
    return;
  if (g_str_equal (coupon, "TEN")) {
    self->coupon = g_strdup (coupon);
    self->units = refills_sandbox_multiply_ceil (self->units, 9, 10);
    return;
  }
  if (!g_str_has_prefix (coupon, "COUPON_"))
    coupon = "COUPON_NOT_FOUND";
  add_problem (self, coupon, refills_sandbox_problem_details (coupon, NULL, NULL, NULL));
}

static void
check_totals (RefillsSandboxPurchase *self)
{
  const RefillsSandboxRail *rail = self->quote_rail;

  if (json_array_get_length (self->deliveries) > MAX_PRODUCTS)
    add_problem (self, "PRODUCT_COUNT_EXCEEDED",
                 refills_sandbox_problem_details ("PRODUCT_COUNT_EXCEEDED", NULL, NULL, NULL));
  if (refills_sandbox_usd_to_eur_micro (self->usd_micro) > MAX_EUR_MICRO)
    add_problem (self, "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED",
                 refills_sandbox_problem_details ("MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", NULL, NULL, NULL));
  if (self->priced && rail != NULL && self->units < rail->threshold_units) {
    JsonObject *details = json_object_new ();

    json_object_set_string_member (details, "threshold", rail->threshold);
    json_object_set_string_member (details, "minimumAmountCoinSymbol", rail->coin);
    json_object_set_string_member (details, "minimumAmountUSD", "0.57");
    json_object_set_string_member (details, "minimumAmountCoin", rail->threshold);
    add_problem (self, "AMOUNT_LESS_THEN_MINIMUM_ALLOWED", details);
  }
}

/* Whether a line has the shape that a strict service takes: flat, or the reference's. */
static gboolean
entry_fits (RefillsSandbox *sandbox,
            JsonObject     *entry)
{
  gboolean is_nested = refills_sandbox_json_get_object (entry, "deliverable") != NULL;
  gboolean has_name = refills_sandbox_json_get_string (entry, "brand_name") != NULL;

  if (refills_sandbox_has_shape (sandbox, "deliveries", "flat"))
    return !is_nested && has_name;
  if (refills_sandbox_has_shape (sandbox, "deliveries", "reference"))
    return is_nested && !has_name && refills_sandbox_json_get_string (entry, "kind") != NULL
           && json_object_has_member (entry, "quantity");

  return TRUE;
}

/* The address that gets the receipt is magic too, unless it has spoken for a line already. */
static void
check_email (RefillsSandboxPurchase *self,
             JsonObject             *request,
             gboolean                is_order)
{
  JsonNode *first = json_array_get_length (self->deliveries) > 0 ? json_array_get_element (self->deliveries, 0) : NULL;
  JsonObject *delivery = first != NULL ? json_node_get_object (first) : NULL;

  if (self->refusal == NULL && self->email != NULL
      && (json_array_get_length (self->problems) == 0 || g_str_has_prefix (self->email, "error+")))
    check_magic (self, request, self->email, refills_sandbox_json_get_object (delivery, "deliverable"),
                 refills_sandbox_json_get_string (delivery, "kind"));
  /* A validation only looks at who gets the card. */
  if (is_order && self->email != NULL && !refills_sandbox_is_email (self->email)
      && json_array_get_length (self->problems) == 0)
    refuse (self, 422, "INVALID_EMAIL_DOMAIN", NULL);
}

/**
 * refills_sandbox_purchase_read:
 * @sandbox: whose catalogue it is
 * @request: the body
 * @is_order: whether it is a creation, which needs more than a validation
 *
 * Returns: (transfer full): the purchase, with its problems or its refusal
 */
RefillsSandboxPurchase *
refills_sandbox_purchase_read (RefillsSandbox *sandbox,
                               JsonObject     *request,
                               gboolean        is_order)
{
  RefillsSandboxPurchase *self = g_new0 (RefillsSandboxPurchase, 1);
  JsonArray *deliveries = refills_sandbox_json_get_array (request, "deliveries");
  const char *email = refills_sandbox_json_get_string (refills_sandbox_json_get_object (request, "user"), "email");
  guint length = deliveries != NULL ? json_array_get_length (deliveries) : 0;

  self->problems = json_array_new ();
  self->deliveries = json_array_new ();
  self->priced = TRUE;
  self->time = refills_sandbox_get_time (sandbox);
  if (email == NULL)
    email = refills_sandbox_json_get_string (request, "email");
  self->email = g_strdup (email);
  self->refund_address = g_strdup (refills_sandbox_json_get_string (request, "refund_wallet_address"));
  read_payment (self, sandbox, request, is_order);
  if (length == 0 || (is_order && email == NULL))
    refuse (self, 400, "BAD_REQUEST", NULL);
  for (guint i = 0; i < length && self->refusal == NULL; i++) {
    JsonNode *node = json_array_get_element (deliveries, i);
    JsonObject *entry = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    g_autofree char *quantity = refills_sandbox_json_dup_scalar (entry, "quantity");
    guint64 copies = quantity != NULL ? CLAMP (g_ascii_strtoull (quantity, NULL, 10), 1, 30) : 1;

    if (entry == NULL || (is_order && !entry_fits (sandbox, entry)))
      refuse (self, 400, "BAD_REQUEST", NULL);
    for (guint64 j = 0; entry != NULL && j < copies; j++)
      read_delivery (self, sandbox, request, entry, is_order);
  }
  check_email (self, request, is_order);
  self->priced = self->priced && self->quote_rail != NULL;
  self->original_units = self->units;
  read_coupon (self, request);
  check_totals (self);

  return self;
}

void
refills_sandbox_purchase_free (RefillsSandboxPurchase *self)
{
  g_clear_pointer (&self->deliveries, json_array_unref);
  g_clear_pointer (&self->problems, json_array_unref);
  g_clear_pointer (&self->refusal_details, json_object_unref);
  g_free (self->via);            /* a plain struct frees its strings */
  g_free (self->email);          /* likewise */
  g_free (self->refund_address); /* likewise */
  g_free (self->coupon);         /* likewise */
  g_free (self->refusal);        /* likewise */
  g_free (self);                 /* and itself */
}

JsonObject *
refills_sandbox_purchase_to_summary (RefillsSandboxPurchase *self,
                                     gboolean                with_fiat)
{
  JsonObject *summary = json_object_new ();
  guint decimals = self->quote_rail != NULL ? self->quote_rail->decimals : 2;
  g_autofree char *before = refills_sandbox_format_units (self->original_units, decimals);
  g_autofree char *after = refills_sandbox_format_units (self->units, decimals);
  g_autofree char *coupon = refills_sandbox_format_units (self->original_units - self->units, decimals);
  guint64 eur_micro = refills_sandbox_usd_to_eur_micro (self->usd_micro);

  json_object_set_string_member (summary, "coin_amount_before_discount", before);
  json_object_set_string_member (summary, "coin_amount_after_discount", after);
  json_object_set_string_member (summary, "coin_amount_to_pay_in_crypto", after);
  json_object_set_string_member (summary, "coin_amount_to_pay_via_nft", "0");
  json_object_set_string_member (summary, "coin_amount_to_pay_via_coupon", coupon);
  if (with_fiat) {
    JsonObject *usd = json_object_new ();
    JsonObject *eur = json_object_new ();
    g_autofree char *usd_text = refills_sandbox_format_units (self->cost_usd_micro / 10000, 2);
    g_autofree char *eur_text = refills_sandbox_format_units (eur_micro / 10000, 2);

    json_object_set_string_member (usd, "value_to_pay_in_crypto", usd_text);
    json_object_set_string_member (eur, "value_to_pay_in_crypto", eur_text);
    json_object_set_object_member (summary, "as_USD", usd);
    json_object_set_object_member (summary, "as_EUR", eur);
  }

  return summary;
}

/* API reference, section 9. */
JsonNode *
refills_sandbox_purchase_to_validation (RefillsSandboxPurchase *self)
{
  JsonObject *answer = json_object_new ();
  JsonObject *fee = json_object_new ();
  JsonObject *points = json_object_new ();
  guint decimals = self->quote_rail != NULL ? self->quote_rail->decimals : 2;
  g_autofree char *amount = refills_sandbox_format_units (self->units, decimals);
  g_autofree char *original = refills_sandbox_format_units (self->original_units, decimals);
  gint64 n_points = (gint64) (refills_sandbox_usd_to_eur_micro (self->usd_micro) / 1000000);

  json_object_set_string_member (answer, "coin", self->quote_rail != NULL ? self->quote_rail->coin : NULL);
  json_object_set_string_member (answer, "coin_amount", self->priced ? amount : NULL);
  json_object_set_string_member (answer, "original_coin_amount", self->priced ? original : NULL);
  json_object_set_string_member (answer, "coupon_code", self->coupon);
  json_object_set_null_member (answer, "loyalty_summary");
  json_object_set_array_member (answer, "deliveries", json_array_ref (self->deliveries));
  json_object_set_string_member (fee, "amount", "0");
  json_object_set_string_member (fee, "original_amount", "0");
  json_object_set_object_member (answer, "payment_fee", fee);
  json_object_set_int_member (points, "amount", n_points);
  json_object_set_int_member (points, "original_amount", n_points);
  json_object_set_object_member (answer, "points", points);
  if (json_array_get_length (self->problems) == 0)
    json_object_set_null_member (answer, "problems");
  else
    json_object_set_array_member (answer, "problems", json_array_ref (self->problems));
  json_object_set_null_member (answer, "nft_codes");
  json_object_set_object_member (answer, "summary", refills_sandbox_purchase_to_summary (self, TRUE));
  json_object_set_int_member (answer, "timestamp_of_request", self->time);
  json_object_set_boolean_member (answer, "is_payment_processor_external", FALSE);

  return refills_sandbox_json_take (answer);
}
