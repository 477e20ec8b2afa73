/* refills-sandbox-secrets.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a delivery brings, and where it sits (API reference, section 11.3): codes, links, serials,
 * barcodes, PINs, eSIM profiles, an operator's receipt. Owns the shapes of codes. Nothing here can
 * be redeemed anywhere.
 */
#include "refills-sandbox-private.h"

/* The brands whose secret is not simply a code with its serial. */
#define BRAND_LINK "Lantern Link"
#define BRAND_CARD "Vaultline Prepaid"
#define BRAND_BARCODE "Turnstile Tickets"

static void
set_esim (RefillsSandbox *sandbox,
          JsonObject     *deliverable,
          const char     *delivery_id)
{
  g_autofree char *matching_id = refills_sandbox_make_code (sandbox->random, "0000-AAAAAA-AAAA");
  g_autofree char *profile = g_strconcat ("LPA:1$smdp.example$", matching_id, NULL);
  g_autofree char *escaped = g_uri_escape_string (profile, NULL, FALSE);
  g_autofree char *reference = refills_sandbox_make_code (sandbox->random, "00000000000000000000");
  g_autofree char *picture = g_strdup_printf ("%s/v3/qrs/%s", sandbox->base_uri, delivery_id);
  g_autofree char *page = g_strconcat ("https://esim.example/install?carddata=", escaped, NULL);
  g_autofree char *apple = g_strconcat ("https://esimsetup.apple.example/esim_qrcode_provisioning?carddata=",
                                        escaped, NULL);
  g_autofree char *android = g_strconcat ("https://esimsetup.android.example/esim_qrcode_provisioning?carddata=",
                                          escaped, NULL);
  const char *shape = refills_sandbox_get_shape (sandbox, "esim");
  gboolean has_all = g_str_equal (shape, "all");

  json_object_set_null_member (deliverable, "pin_code");
  if (has_all || g_str_equal (shape, "code"))
    json_object_set_string_member (deliverable, "pin_code", profile);
  if (has_all || g_str_equal (shape, "links")) {
    json_object_set_string_member (deliverable, "installation_url", page);
    json_object_set_string_member (deliverable, "apple_universal_link", apple);
    json_object_set_string_member (deliverable, "android_universal_link", android);
  }
  /* The picture shows what the links carry, so it is found by the delivery. */
  json_object_set_string_member (deliverable, "qr_image_url", picture);
  g_hash_table_insert (sandbox->pictures, g_strdup (delivery_id), g_strdup (profile));
  json_object_set_string_member (deliverable, "operator_reference", reference);
  json_object_set_string_member (deliverable, "redeem_instructions",
                                 "<ol><li>Open the link on the telephone.</li><li>Add the plan.</li></ol>");
}

static void
set_code (RefillsSandbox *sandbox,
          JsonObject     *deliverable,
          const char     *delivery_id,
          const char     *kind,
          const char     *serial)
{
  const char *brand = refills_sandbox_json_get_string (deliverable, "brand_name");
  gboolean is_top_up = g_strcmp0 (kind, "mobile_recharge") == 0;
  g_autofree char *code = NULL;

  if (is_top_up)
    code = refills_sandbox_make_code (sandbox->random, "00000000000000");
  else if (g_strcmp0 (brand, BRAND_LINK) == 0)
    code = refills_sandbox_make_code (sandbox->random, "https://redeem.example/ffffffff0ffff");
  else if (g_strcmp0 (brand, BRAND_CARD) == 0)
    code = refills_sandbox_make_code (sandbox->random, "4000 0000 0000 0000");
  else if (g_strcmp0 (brand, BRAND_BARCODE) == 0)
    code = refills_sandbox_make_code (sandbox->random, "000000000000");
  else
    code = refills_sandbox_make_code (sandbox->random, "AAAA-AAAAAA-AAAA");
  json_object_set_string_member (deliverable, "pin_code", code);
  json_object_set_string_member (deliverable, "pin_serial", serial);
  if (is_top_up) {
    json_object_set_string_member (deliverable, "pin_usage_instructions",
                                   "<p>Dial <strong>*123*</strong>, then the PIN, then <strong>#</strong>.</p>");
    return;
  }
  json_object_set_string_member (deliverable, "redeem_instructions",
                                 "<ol><li>Sign in at the shop.</li><li>Enter the code.</li></ol>");
  if (g_strcmp0 (brand, BRAND_CARD) == 0) {
    g_autofree char *security_code = refills_sandbox_make_code (sandbox->random, "000");

    json_object_set_string_member (deliverable, "security_code", security_code);
  } else if (g_strcmp0 (brand, BRAND_BARCODE) == 0) {
    g_autofree char *picture = g_strdup_printf ("%s/v3/qrs/%s", sandbox->base_uri, delivery_id);

    json_object_set_string_member (deliverable, "barcode_image_url", picture);
    g_hash_table_insert (sandbox->pictures, g_strdup (delivery_id), g_strdup (code));
  }
}

/* Puts what was bought where it belongs, once. */
void
refills_sandbox_delivery_reveal (RefillsSandbox *sandbox,
                                 JsonObject     *delivery)
{
  JsonObject *deliverable = refills_sandbox_json_get_object (delivery, "deliverable");
  const char *delivery_id = refills_sandbox_json_get_string (delivery, "id");
  const char *brand = refills_sandbox_json_get_string (deliverable, "brand_name");
  const char *type = refills_sandbox_json_get_string (deliverable, "delivery_type");
  const char *kind = refills_sandbox_json_get_string (delivery, "kind");
  g_autofree char *serial = NULL;

  if (deliverable == NULL || json_object_has_member (deliverable, "pin_code")
      || json_object_has_member (deliverable, "operator_reference"))
    return;
  serial = refills_sandbox_make_code (sandbox->random, "0000000000");
  json_object_set_null_member (deliverable, "security_code");
  json_object_set_null_member (deliverable, "barcode_image_url");
  if (g_strcmp0 (type, "by_phone") == 0 || g_strcmp0 (type, "by_account") == 0)
    json_object_set_string_member (deliverable, "operator_reference", serial);
  else if (g_strcmp0 (brand, "eSIM") == 0)
    set_esim (sandbox, deliverable, delivery_id != NULL ? delivery_id : "");
  else
    set_code (sandbox, deliverable, delivery_id != NULL ? delivery_id : "", kind, serial);
}

/* What the picture of a kept delivery shows, after a start. */
void
refills_sandbox_delivery_remember (RefillsSandbox *sandbox,
                                   JsonObject     *delivery)
{
  JsonObject *deliverable = refills_sandbox_json_get_object (delivery, "deliverable");
  const char *delivery_id = refills_sandbox_json_get_string (delivery, "id");
  const char *code = refills_sandbox_json_get_string (deliverable, "pin_code");
  const char *link = refills_sandbox_json_get_string (deliverable, "installation_url");
  const char *data = link != NULL ? strstr (link, "carddata=") : NULL;

  if (delivery_id == NULL)
    return;
  if (code != NULL)
    g_hash_table_insert (sandbox->pictures, g_strdup (delivery_id), g_strdup (code));
  else if (data != NULL)
    g_hash_table_insert (sandbox->pictures, g_strdup (delivery_id),
                         g_uri_unescape_string (data + strlen ("carddata="), NULL));
}
