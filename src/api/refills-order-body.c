/* refills-order-body.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of a validation and of a creation, in either of two shapes (API reference, section 8).
 */
#include "refills-order-body.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "refills-api-language.h"
#include "refills-decimal.h"

#define MAX_INTEGER_DIGITS 18
#define DEFAULT_KIND "giftcard"

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  if (value == NULL || *value == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* A number, as most clients send it; one with a fraction goes as text, which the service takes too, for
 * a double would not keep it (API reference, section 8.3). */
static void
add_product_value (JsonBuilder *builder,
                   const char  *value)
{
  g_autofree char *text = NULL;
  RefillsDecimal decimal;

  json_builder_set_member_name (builder, "product_value");
  if (!refills_decimal_parse (value, &decimal, NULL)) {
    json_builder_add_string_value (builder, value);
    return;
  }

  text = refills_decimal_to_short_text (&decimal);
  if (strchr (text, '.') == NULL && strlen (text) <= MAX_INTEGER_DIGITS)
    json_builder_add_int_value (builder, g_ascii_strtoll (text, NULL, 10));
  else
    json_builder_add_string_value (builder, text);
}

/* What is delivered to whom: the same members in both shapes. */
static void
add_deliverable (JsonBuilder      *builder,
                 RefillsOrderLine *line)
{
  const char *value = refills_order_line_get_product_value (line);

  json_builder_begin_object (builder);
  add_text (builder, "brand_name", refills_order_line_get_brand_name (line));
  add_text (builder, "country_code", refills_order_line_get_country (line));
  add_text (builder, "denomination", refills_order_line_get_denomination (line));
  if (value != NULL)
    add_product_value (builder, value);
  add_text (builder, "beneficiary_account", refills_order_line_get_beneficiary (line));
  json_builder_end_object (builder);
}

static GBytes *
write_document (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length = 0;
  char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/* Quantity is repetition. */
static void
add_flat_deliveries (JsonBuilder         *builder,
                     RefillsOrderRequest *request)
{
  for (guint i = 0; i < refills_order_request_get_n_lines (request); i++)
    add_deliverable (builder, refills_order_request_get_line (request, i));
}

static gboolean
is_repeated (RefillsOrderRequest *request,
             guint                index)
{
  RefillsOrderLine *line = refills_order_request_get_line (request, index);

  for (guint i = 0; i < index; i++)
    if (refills_order_line_equal (refills_order_request_get_line (request, i), line))
      return TRUE;

  return FALSE;
}

/* Lines that are the same are one entry with a quantity, where the first of them stands. */
static void
add_reference_deliveries (JsonBuilder         *builder,
                          RefillsOrderRequest *request)
{
  guint n_lines = refills_order_request_get_n_lines (request);

  for (guint i = 0; i < n_lines; i++) {
    RefillsOrderLine *line = refills_order_request_get_line (request, i);
    const char *kind = refills_order_line_get_kind (line);
    guint quantity = 0;

    if (is_repeated (request, i))
      continue;
    for (guint j = i; j < n_lines; j++)
      quantity += refills_order_line_equal (line, refills_order_request_get_line (request, j));

    json_builder_begin_object (builder);
    add_text (builder, "kind", kind != NULL && *kind != '\0' ? kind : DEFAULT_KIND);
    json_builder_set_member_name (builder, "quantity");
    json_builder_add_int_value (builder, quantity);
    json_builder_set_member_name (builder, "deliverable");
    add_deliverable (builder, line);
    json_builder_end_object (builder);
  }
}

/**
 * refills_order_body_write:
 * @request: what is asked
 * @shape: how its deliveries are written
 *
 * Writes the body of a validation, which the service takes flat only, or of a creation. The newsletter
 * is never accepted; a network is named wherever the way to pay has one (API reference, section 17, C18).
 *
 * Returns: (transfer full): one JSON document
 */
GBytes *
refills_order_body_write (RefillsOrderRequest *request,
                          RefillsOrderShape    shape)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (request), NULL);

  builder = json_builder_new ();
  json_builder_begin_object (builder);

  json_builder_set_member_name (builder, "deliveries");
  json_builder_begin_array (builder);
  if (shape == REFILLS_ORDER_SHAPE_REFERENCE)
    add_reference_deliveries (builder, request);
  else
    add_flat_deliveries (builder, request);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "payment");
  json_builder_begin_object (builder);
  add_text (builder, "type", "via");
  add_text (builder, "payment_via", refills_order_request_get_payment_via (request));
  add_text (builder, "coin", refills_order_request_get_coin (request));
  add_text (builder, "network", refills_order_request_get_network_name (request));
  json_builder_end_object (builder);

  add_text (builder, "email", refills_order_request_get_email (request));

  json_builder_set_member_name (builder, "user");
  json_builder_begin_object (builder);
  add_text (builder, "email", refills_order_request_get_email (request));
  json_builder_set_member_name (builder, "has_accepted_newsletter");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);

  add_text (builder, "lang", refills_api_language (refills_order_request_get_language (request)));
  add_text (builder, "promo_code", refills_order_request_get_coupon (request));
  add_text (builder, "refund_wallet_address", refills_order_request_get_refund_address (request));

  json_builder_set_member_name (builder, "acquisition");
  json_builder_begin_object (builder);
  add_text (builder, "utm_source", "refills");
  json_builder_end_object (builder);

  json_builder_end_object (builder);

  return write_document (builder);
}
