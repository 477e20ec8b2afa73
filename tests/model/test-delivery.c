/* test-delivery.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-delivery.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

#define ESIM "LPA:1$rsp.example.com$QR-G-5C"

static const char whole[] =
  "{'id':'521def0e','delivery_state':'Succeeded','kind':'giftcard','promotion':null,"
  "'reserve_id':'r','transaction_id':'t','provider':{'name':'p'},'deliverable':{"
  "'denomination':'25 USD','localized_denomination':'$25','brand_name':'Amazon.com','family':'Amazon.com',"
  "'country_code':'US','beneficiary_account':'ada@example.com','delivery_type':'by_email','points':'22',"
  "'coin_amount':'0.00032833','original_price':'25.00','product_value':25.0,'currency_code':'USD',"
  "'pin_code':'4GYY-77HKKG-2J6M','pin_serial':'1234','security_code':null,'operator_reference':'OP-77',"
  "'barcode_image_url':'https://codes.example/1.png','qr_image_url':'https://codes.example/2.png',"
  "'installation_url':'https://install.example/i','android_universal_link':null,"
  "'apple_universal_link':'https://install.example/a','pin_usage_instructions':'<b>Dial</b>',"
  "'redeem_instructions':'<ol><li>Visit</li></ol>','how_to_redeem':'Dial','failure_reason':null,"
  "'error_description':null}}";

static RefillsDelivery *
read_delivery (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsDelivery *delivery = refills_delivery_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return delivery;
}

static RefillsDelivery *
read_with (const char *state,
           const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'id':'1','delivery_state':'%s','deliverable':{%s}}",
                                           state, members);

  return read_delivery (text);
}

static gboolean
is_same (RefillsDelivery *a,
         RefillsDelivery *b)
{
  g_autoptr (GVariant) left = g_variant_ref_sink (refills_delivery_to_variant (a));
  g_autoptr (GVariant) right = g_variant_ref_sink (refills_delivery_to_variant (b));

  return g_variant_equal (left, right);
}

static void
test_whole (void)
{
  RefillsDelivery *delivery = read_delivery (whole);

  assert_contract (delivery);
  g_assert_cmpstr (refills_delivery_get_id (delivery), ==, "521def0e");
  g_assert_cmpstr (refills_delivery_get_brand_name (delivery), ==, "Amazon.com");
  g_assert_cmpstr (refills_delivery_get_country (delivery), ==, "US");
  g_assert_cmpstr (refills_delivery_get_denomination (delivery), ==, "25 USD");
  g_assert_cmpstr (refills_delivery_get_product_value (delivery), ==, "25.0");
  g_assert_cmpstr (refills_delivery_get_face_label (delivery), ==, "$25");
  g_assert_cmpstr (refills_delivery_get_operator_reference (delivery), ==, "OP-77");
  g_assert_cmpstr (refills_delivery_get_beneficiary (delivery), ==, "ada@example.com");
  g_assert_cmpstr (refills_delivery_get_state_name (delivery), ==, "Succeeded");
  g_assert_cmpint (refills_delivery_get_phase (delivery), ==, REFILLS_DELIVERY_DELIVERED);
  /* What is said twice is shown once. */
  g_assert_cmpstr (refills_delivery_get_instructions (delivery), ==, "1. Visit\n\nDial");
  g_assert_null (refills_delivery_get_failure (delivery));
  g_assert_true (refills_delivery_has_any_secret (delivery));
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==,
                   "4GYY-77HKKG-2J6M");
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_SERIAL), ==, "1234");
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_LINK));
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_SECURITY_CODE));
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_ESIM));
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_ANDROID_LINK));
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_BARCODE_LINK), ==,
                   "https://codes.example/1.png");
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_QR_LINK), ==,
                   "https://codes.example/2.png");
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_INSTALL_LINK), ==,
                   "https://install.example/i");
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_APPLE_LINK), ==,
                   "https://install.example/a");
  g_assert_finalize_object (delivery);
}

static void
test_phases (void)
{
  static const struct {
    const char *state;
    const char *members;
    RefillsDeliveryPhase phase;
  } cases[] = {
    { "Created", "", REFILLS_DELIVERY_PENDING },
    { "WaitingForPayment", "", REFILLS_DELIVERY_PENDING },
    { "WaitingForRebuy", "", REFILLS_DELIVERY_MANUAL },
    { "WaitingForManualAction", "", REFILLS_DELIVERY_MANUAL },
    { "Succeeded", "", REFILLS_DELIVERY_DELIVERED },
    { "Done", "", REFILLS_DELIVERY_DELIVERED },
    { "Completed", "", REFILLS_DELIVERY_DELIVERED },
    { "Refunded", "'pin_code':'A'", REFILLS_DELIVERY_REFUNDED },
    { "WaitingForDelivery", "", REFILLS_DELIVERY_PENDING },
    { "Failed", "", REFILLS_DELIVERY_FAILED },
    { "Canceled", "", REFILLS_DELIVERY_FAILED },
    { "Cancelled", "", REFILLS_DELIVERY_FAILED },
    { "Refunded", "", REFILLS_DELIVERY_REFUNDED },
    { "confirmed", "", REFILLS_DELIVERY_DELIVERED },
    { "cancelled", "", REFILLS_DELIVERY_FAILED },
    { "rejected", "", REFILLS_DELIVERY_FAILED },
    { "declined", "", REFILLS_DELIVERY_FAILED },
    { "rejected_debit_party_is_barred", "", REFILLS_DELIVERY_FAILED },
    { "declined_something_new", "", REFILLS_DELIVERY_FAILED },
    { "REJECTED-OPERATOR-CURRENTLY-UNAVAILABLE", "", REFILLS_DELIVERY_FAILED },
    /* Only an operator's no beside a word that is not known says that it failed. */
    { "Foo", "'failure_reason':'rejected_duplicated_transaction'", REFILLS_DELIVERY_FAILED },
    { "Foo", "'error_description':'Rejected by hand'", REFILLS_DELIVERY_PENDING },
    { "WaitingForManualAction", "'failure_reason':'rejected'", REFILLS_DELIVERY_MANUAL },
    { "WaitingForDelivery", "'failure_reason':'rejected'", REFILLS_DELIVERY_PENDING },
    { "Succeeded", "'failure_reason':'rejected'", REFILLS_DELIVERY_DELIVERED },
    { "rejected", "'pin_code':'A'", REFILLS_DELIVERY_DELIVERED },
    /* Words of the service are known as they are written. */
    { "succeeded", "", REFILLS_DELIVERY_PENDING },
    { "REFUNDED", "", REFILLS_DELIVERY_PENDING },
    { "rejectedness", "", REFILLS_DELIVERY_PENDING },
    { "", "", REFILLS_DELIVERY_PENDING },
    { "Foo", "", REFILLS_DELIVERY_PENDING },
    { "Foo", "'pin_code':'A'", REFILLS_DELIVERY_DELIVERED },
    { "WaitingForManualAction", "'pin_code':'A'", REFILLS_DELIVERY_DELIVERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsDelivery) delivery = read_with (cases[i].state, cases[i].members);

    g_assert_cmpint (refills_delivery_get_phase (delivery), ==, cases[i].phase);
  }
}

static void
test_secrets (void)
{
  static const struct {
    const char *members;
    RefillsSecret kind;
    const char *text;
  } cases[] = {
    { "'pin_code':'https://example.com/r?c=1'", REFILLS_SECRET_LINK, "https://example.com/r?c=1" },
    { "'pin_code':'HTTP://example.com'", REFILLS_SECRET_LINK, "HTTP://example.com" },
    { "'pin_code':'httpx'", REFILLS_SECRET_CODE, "httpx" },
    { "'pin_code':' A\\nB 0O1l '", REFILLS_SECRET_CODE, " A\nB 0O1l " },
    { "'pin_code':'\\u202eABC'", REFILLS_SECRET_CODE, "\u202e" "ABC" },
    { "'pin_code':12340000000000000000001", REFILLS_SECRET_CODE, "12340000000000000000001" },
    { "'pin_code':'A','security_code':'999'", REFILLS_SECRET_SECURITY_CODE, "999" },
    { "'pin_code':'https://a.example','pin_serial':'77'", REFILLS_SECRET_SERIAL, "77" },
    { "'voucher_code':'V'", REFILLS_SECRET_CODE, "V" },
    { "'pin_code':'A','voucher_code':'V'", REFILLS_SECRET_CODE, "A" },
    { "'installation_url':'https://esim.example/i'", REFILLS_SECRET_INSTALL_LINK,
      "https://esim.example/i" },
    { "'installation_url':'https://esim.example/i'", REFILLS_SECRET_LINK, NULL },
    { "'installation_url':'javascript:1'", REFILLS_SECRET_INSTALL_LINK, NULL },
    { "'android_universal_link':'https://esim.example/a'", REFILLS_SECRET_ANDROID_LINK,
      "https://esim.example/a" },
    { "'barcode_image_url':'file:///etc/passwd'", REFILLS_SECRET_BARCODE_LINK, NULL },
    { "'pin_code':'" ESIM "'", REFILLS_SECRET_ESIM, ESIM },
    { "'pin_code':'" ESIM "'", REFILLS_SECRET_CODE, NULL },
    { "'pin_code':' lpa:1$rsp.example.com$X\\n'", REFILLS_SECRET_ESIM, " lpa:1$rsp.example.com$X\n" },
    { "'pin_code':'LPA:1$broken'", REFILLS_SECRET_CODE, "LPA:1$broken" },
    { "'pin_code':'LPA:1$broken'", REFILLS_SECRET_ESIM, NULL },
    { "'installation_url':'" ESIM "'", REFILLS_SECRET_ESIM, ESIM },
    { "'installation_url':'" ESIM "'", REFILLS_SECRET_INSTALL_LINK, NULL },
    { "'apple_universal_link':'https://x.example/?carddata=LPA%3A1%24rsp.example.com%24QR-G-5C'",
      REFILLS_SECRET_ESIM, ESIM },
    { "'pin_code':'https://x.example/?carddata=" ESIM "'", REFILLS_SECRET_ESIM, ESIM },
    { "'pin_code':'https://x.example/?carddata=" ESIM "'", REFILLS_SECRET_LINK,
      "https://x.example/?carddata=" ESIM },
    /* The same eSIM in three places is one, another is another. */
    { "'pin_code':'" ESIM "','apple_universal_link':'https://x.example/?carddata=" ESIM "'",
      REFILLS_SECRET_ESIM + 1, NULL },
    { "'pin_code':'" ESIM "','apple_universal_link':'https://x.example/?carddata=" ESIM "2'",
      REFILLS_SECRET_ESIM + 1, ESIM "2" },
    { "'pin_code':''", REFILLS_SECRET_CODE, NULL },
    { "'pin_code':' \\t'", REFILLS_SECRET_CODE, NULL },
    { "'pin_code':['A']", REFILLS_SECRET_CODE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsDelivery) delivery = read_with ("Done", cases[i].members);

    g_assert_cmpstr (refills_delivery_get_secret (delivery, cases[i].kind), ==, cases[i].text);
    g_assert_cmpint (refills_delivery_has_secret (delivery, cases[i].kind), ==,
                     cases[i].text != NULL);
  }
}

static void
test_long_secret (void)
{
  g_autofree char *fits = g_strnfill (64 * 1024, 'x');
  g_autofree char *fits_member = g_strdup_printf ("'pin_code':'%s'", fits);
  g_autofree char *above_member = g_strdup_printf ("'pin_code':'%sx','pin_serial':'1'", fits);
  g_autoptr (RefillsDelivery) kept = read_with ("Done", fits_member);
  g_autoptr (RefillsDelivery) refused = read_with ("Done", above_member);

  g_assert_cmpstr (refills_delivery_get_secret (kept, REFILLS_SECRET_CODE), ==, fits);
  g_assert_false (refills_delivery_has_secret (refused, REFILLS_SECRET_CODE));
  g_assert_true (refills_delivery_has_secret (refused, REFILLS_SECRET_SERIAL));
}

static void
test_forms (void)
{
  static const struct {
    const char *kind;
    const char *members;
    RefillsDeliveryForm form;
  } cases[] = {
    { "giftcard", "'delivery_type':'by_email'", REFILLS_DELIVERY_FORM_CARD },
    { "mobile_recharge", "'delivery_type':'by_phone'", REFILLS_DELIVERY_FORM_TOP_UP },
    { "mobile_recharge", "'delivery_type':'by_email'", REFILLS_DELIVERY_FORM_PIN },
    { "mobile_recharge", "'delivery_type':'by_phone','pin_code':'A'", REFILLS_DELIVERY_FORM_PIN },
    { "mobile_recharge", "'delivery_type':'by_email','family':'eSIM'", REFILLS_DELIVERY_FORM_ESIM },
    { "mobile_recharge", "'brand_name':'esim'", REFILLS_DELIVERY_FORM_ESIM },
    { "mobile_recharge", "'pin_code':'" ESIM "'", REFILLS_DELIVERY_FORM_ESIM },
    { "mobile_recharge", "'installation_url':'https://x.example'", REFILLS_DELIVERY_FORM_ESIM },
    { "utility", "'delivery_type':'by_account'", REFILLS_DELIVERY_FORM_ACCOUNT },
    { "spaceflight", "'delivery_type':'by_rocket'", REFILLS_DELIVERY_FORM_CARD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'kind':'%s','deliverable':{%s}}", cases[i].kind,
                                             cases[i].members);
    g_autoptr (RefillsDelivery) delivery = read_delivery (text);
    g_autoptr (RefillsDelivery) redacted = refills_delivery_redact (delivery);
    g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (delivery));
    g_autoptr (RefillsDelivery) again = refills_delivery_new_from_variant (variant);

    g_test_message ("%s", text);
    g_assert_cmpint (refills_delivery_get_form (delivery), ==, cases[i].form);
    g_assert_cmpint (refills_delivery_get_form (redacted), ==, cases[i].form);
    g_assert_cmpint (refills_delivery_get_form (again), ==, cases[i].form);
  }
}

static void
test_from_code (void)
{
  g_autoptr (RefillsDelivery) pending = read_with ("WaitingForPayment", "'brand_name':'A'");
  g_autoptr (RefillsDelivery) coded = refills_delivery_new_from_code (pending, "C");
  g_autoptr (RefillsDelivery) linked = refills_delivery_new_from_code (NULL, "https://x.example");
  g_autoptr (RefillsDelivery) blank = refills_delivery_new_from_code (pending, " ");

  g_assert_cmpstr (refills_delivery_get_secret (coded, REFILLS_SECRET_CODE), ==, "C");
  g_assert_cmpstr (refills_delivery_get_brand_name (coded), ==, "A");
  g_assert_cmpint (refills_delivery_get_phase (coded), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_cmpstr (refills_delivery_get_secret (linked, REFILLS_SECRET_LINK), ==,
                   "https://x.example");
  g_assert_true (is_same (blank, pending));
}

static void
test_redact (void)
{
  g_autoptr (RefillsDelivery) delivery = read_delivery (whole);
  g_autoptr (RefillsDelivery) redacted = refills_delivery_redact (delivery);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (redacted));
  g_autoptr (RefillsDelivery) again = refills_delivery_new_from_variant (variant);
  g_autoptr (RefillsDelivery) revealed = refills_delivery_merge (redacted, delivery);
  g_autofree char *printed = g_variant_print (variant, FALSE);

  for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
    g_assert_cmpint (refills_delivery_has_secret (redacted, i), ==,
                     refills_delivery_has_secret (delivery, i));
    g_assert_cmpint (refills_delivery_has_secret (again, i), ==,
                     refills_delivery_has_secret (delivery, i));
    g_assert_null (refills_delivery_get_secret (redacted, i));
  }
  g_assert_null (strstr (printed, "4GYY"));
  g_assert_cmpstr (refills_delivery_get_brand_name (redacted), ==, "Amazon.com");
  g_assert_cmpint (refills_delivery_get_phase (redacted), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_null (strstr (printed, ".example/"));
  g_assert_true (is_same (revealed, delivery));
}

/* A code that differs is another code: both are kept, in the order they came, up to a limit. */
static void
test_later_codes (void)
{
  g_autoptr (RefillsDelivery) known = read_with ("Done", "'pin_code':'0','pin_serial':'S'");
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (RefillsDelivery) loaded = NULL;
  g_autoptr (RefillsDelivery) redacted = NULL;
  g_autoptr (RefillsDelivery) revealed = NULL;

  for (guint i = 0; i < REFILLS_SECRET_MAX_TEXTS + 2; i++) {
    g_autofree char *member = g_strdup_printf ("'pin_code':'%u'", i);
    g_autoptr (RefillsDelivery) incoming = read_with ("Done", member);
    g_autoptr (RefillsDelivery) merged = refills_delivery_merge (known, incoming);
    g_autoptr (RefillsDelivery) again = refills_delivery_merge (merged, incoming);

    g_assert_true (is_same (merged, again));
    g_set_object (&known, merged);
  }

  variant = g_variant_ref_sink (refills_delivery_to_variant (known));
  loaded = refills_delivery_new_from_variant (variant);
  redacted = refills_delivery_redact (loaded);
  revealed = refills_delivery_merge (redacted, loaded);
  for (guint i = 0; i < REFILLS_SECRET_MAX_TEXTS; i++) {
    g_autofree char *code = g_strdup_printf ("%u", i);

    g_assert_cmpstr (refills_delivery_get_secret (loaded, REFILLS_SECRET_CODE + i), ==, code);
    g_assert_cmpstr (refills_delivery_get_secret (revealed, REFILLS_SECRET_CODE + i), ==, code);
    g_assert_true (refills_delivery_has_secret (redacted, REFILLS_SECRET_CODE + i));
    g_assert_null (refills_delivery_get_secret (redacted, REFILLS_SECRET_CODE + i));
  }
  g_assert_false (refills_delivery_has_secret (loaded, REFILLS_SECRET_LINK));
  g_assert_cmpstr (refills_delivery_get_secret (loaded, REFILLS_SECRET_SERIAL), ==, "S");
}

/* The address of a picture may be another each time: the latest counts, and it is never forgotten. */
static void
test_pictures (void)
{
  g_autoptr (RefillsDelivery) first = read_with ("Done", "'qr_image_url':'https://x.example/1'");
  g_autoptr (RefillsDelivery) second = read_with ("Done", "'qr_image_url':'https://x.example/2'");
  g_autoptr (RefillsDelivery) none = read_with ("Done", "");
  g_autoptr (RefillsDelivery) later = refills_delivery_merge (first, second);
  g_autoptr (RefillsDelivery) last = refills_delivery_merge (later, none);

  g_assert_cmpstr (refills_delivery_get_secret (last, REFILLS_SECRET_QR_LINK), ==,
                   "https://x.example/2");
  g_assert_false (refills_delivery_has_secret (last, REFILLS_SECRET_QR_LINK + 1));
}

/* What a version wrote that knew fewer secrets, and one of each. */
static void
test_old_variant (void)
{
  g_autoptr (GVariant) variant =
    g_variant_ref_sink (g_variant_new_parsed ("{'id': <'1'>, 'brand-name': <'A'>, 'phase': <1>,"
                                              " 'code': <'C'>, 'had': <['link']>}"));
  g_autoptr (RefillsDelivery) delivery = refills_delivery_new_from_variant (variant);

  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==, "C");
  g_assert_true (refills_delivery_has_secret (delivery, REFILLS_SECRET_LINK));
  g_assert_null (refills_delivery_get_secret (delivery, REFILLS_SECRET_LINK));
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_CODE + 1));
  g_assert_cmpint (refills_delivery_get_phase (delivery), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_null (refills_delivery_get_country (delivery));
}

/* Money back is the last word on a thing that left nothing in hand, and none on a code. */
static void
test_refund_after (void)
{
  g_autoptr (RefillsDelivery) sent = read_with ("Succeeded", "");
  g_autoptr (RefillsDelivery) coded = read_with ("Succeeded", "'pin_code':'A'");
  g_autoptr (RefillsDelivery) refunded = read_with ("Refunded", "");
  g_autoptr (RefillsDelivery) back = refills_delivery_merge (sent, refunded);
  g_autoptr (RefillsDelivery) late = refills_delivery_merge (back, sent);
  g_autoptr (RefillsDelivery) kept = refills_delivery_merge (coded, refunded);

  g_assert_cmpint (refills_delivery_get_phase (back), ==, REFILLS_DELIVERY_REFUNDED);
  g_assert_cmpint (refills_delivery_get_phase (late), ==, REFILLS_DELIVERY_REFUNDED);
  g_assert_cmpint (refills_delivery_get_phase (kept), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_cmpstr (refills_delivery_get_secret (kept, REFILLS_SECRET_CODE), ==, "A");
}

static void
test_merge (void)
{
  g_autoptr (RefillsDelivery) waiting = read_with ("WaitingForPayment", "'brand_name':'A'");
  g_autoptr (RefillsDelivery) coded = read_with ("Done", "'pin_code':'ONE','pin_serial':'S'");
  g_autoptr (RefillsDelivery) other = read_with ("Done", "'pin_code':'TWO','security_code':'9'");
  g_autoptr (RefillsDelivery) first = refills_delivery_merge (waiting, coded);
  g_autoptr (RefillsDelivery) back = refills_delivery_merge (first, waiting);
  g_autoptr (RefillsDelivery) second = refills_delivery_merge (back, other);

  g_assert_cmpstr (refills_delivery_get_brand_name (first), ==, "A");
  g_assert_cmpint (refills_delivery_get_phase (first), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_cmpstr (refills_delivery_get_state_name (first), ==, "Done");
  /* Backwards changes nothing. */
  g_assert_true (is_same (first, back));
  /* The first code stays, what is new is added. */
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_CODE), ==, "ONE");
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_CODE + 1), ==, "TWO");
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_SERIAL), ==, "S");
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_SECURITY_CODE), ==, "9");
}

static gpointer
make_cb (GVariant *variant)
{
  return refills_delivery_new_from_variant (variant);
}

/* A code beside a link that cannot be decoded to text is stored like any other. */
static void
test_undecodable_link (void)
{
  g_autoptr (RefillsDelivery) delivery =
    read_with ("Succeeded", "'pin_code':'4GYY','apple_universal_link':"
               "'https://install.example/a?carddata=1%24rsp.example.com%24AB%24%241%24%FF'");
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (delivery));
  g_autoptr (RefillsDelivery) stored = refills_delivery_new_from_variant (variant);

  g_assert_cmpstr (refills_delivery_get_secret (stored, REFILLS_SECRET_CODE), ==, "4GYY");
  g_assert_cmpstr (refills_delivery_get_secret (stored, REFILLS_SECRET_APPLE_LINK), ==,
                   "https://install.example/a?carddata=1%24rsp.example.com%24AB%24%241%24%FF");
  g_assert_false (refills_delivery_has_secret (stored, REFILLS_SECRET_ESIM));
}

static void
test_variant (void)
{
  g_autoptr (RefillsDelivery) delivery = read_delivery (whole);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (delivery));
  g_autoptr (RefillsDelivery) again = refills_delivery_new_from_variant (variant);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new ("(ii)", 1, 2));

  g_assert_true (is_same (delivery, again));
  g_assert_cmpstr (refills_delivery_get_secret (again, REFILLS_SECRET_CODE), ==,
                   "4GYY-77HKKG-2J6M");
  g_assert_null (refills_delivery_new_from_variant (foreign));
  assert_damaged_safe (refills_delivery_to_variant (delivery), make_cb);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDelivery) delivery = refills_delivery_new_from_json (place, &error);

  g_assert_true ((delivery == NULL) == (error != NULL));
  if (!g_str_equal (path, "$.deliverable")) {
    g_assert_nonnull (delivery);
    /* Whatever else is broken, the code is there. */
    if (!g_str_equal (path, "$.deliverable.pin_code"))
      g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==,
                       "4GYY-77HKKG-2J6M");
  }
}

static void
test_vary (void)
{
  json_case_vary (whole, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/delivery/whole", test_whole);
  g_test_add_func ("/delivery/phases", test_phases);
  g_test_add_func ("/delivery/secrets", test_secrets);
  g_test_add_func ("/delivery/long-secret", test_long_secret);
  g_test_add_func ("/delivery/redact", test_redact);
  g_test_add_func ("/delivery/forms", test_forms);
  g_test_add_func ("/delivery/from-code", test_from_code);
  g_test_add_func ("/delivery/later-codes", test_later_codes);
  g_test_add_func ("/delivery/pictures", test_pictures);
  g_test_add_func ("/delivery/old-variant", test_old_variant);
  g_test_add_func ("/delivery/refund-after", test_refund_after);
  g_test_add_func ("/delivery/merge", test_merge);
  g_test_add_func ("/delivery/undecodable-link", test_undecodable_link);
  g_test_add_func ("/delivery/variant", test_variant);
  g_test_add_func ("/delivery/vary", test_vary);

  return g_test_run ();
}
