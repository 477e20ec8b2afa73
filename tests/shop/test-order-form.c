/* test-order-form.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-form-private.h"
#include "refills-test.h"
#include "shop-fixture.h"

typedef struct {
  RefillsOrderForm *form;
  const char       *property;
  const char       *text;
} Awaited;

static RefillsOrderForm *
make_form (ShopFixture            *self,
           RefillsBeneficiaryKind  kind)
{
  const RefillsHttpOptions options = {
    .base_uri = refills_sandbox_get_base_uri (self->sandbox), .version = "1",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsHttp) http = refills_http_new (&options, &error);
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (http);

  g_assert_no_error (error);

  return refills_order_form_new (api, kind);
}

static char *
get (RefillsOrderForm *form,
     const char       *property)
{
  char *text = NULL;

  g_object_get (form, property, &text, NULL);

  return text;
}

static gboolean
says (gpointer user_data)
{
  Awaited *awaited = user_data;
  g_autofree char *text = get (awaited->form, awaited->property);

  return g_strcmp0 (text, awaited->text) == 0;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_fields (ShopFixture   *self,
             gconstpointer  data)
{
  static const struct {
    RefillsBeneficiaryKind kind;
    const char *property;
    const char *typed;
    const char *complaint; /* NULL for none */
  } cases[] = {
    { REFILLS_BENEFICIARY_EMAIL, "email", "", NULL },
    { REFILLS_BENEFICIARY_EMAIL, "email", " ada@example.com ", NULL },
    { REFILLS_BENEFICIARY_EMAIL, "email", "ada", "This does not look like an e-mail address." },
    { REFILLS_BENEFICIARY_PHONE, "beneficiary", "", NULL },
    { REFILLS_BENEFICIARY_PHONE, "beneficiary", "+1 415 555-1234", NULL },
    { REFILLS_BENEFICIARY_PHONE, "beneficiary", "415 555-1234",
      "Enter the number with its country code, such as +14155551234." },
    { REFILLS_BENEFICIARY_ACCOUNT, "beneficiary", "00-12", NULL },
    { REFILLS_BENEFICIARY_ACCOUNT, "beneficiary", "<b>", "This does not look like an account number." },
    { REFILLS_BENEFICIARY_EMAIL, "coupon", "TEN", NULL },
    { REFILLS_BENEFICIARY_EMAIL, "coupon", "TEN 20", "This does not look like a coupon." },
    { REFILLS_BENEFICIARY_EMAIL, "refund-address", "0xA1", NULL },
    { REFILLS_BENEFICIARY_EMAIL, "refund-address", "0x A1", "This does not look like an address." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderForm) form = make_form (self, cases[i].kind);
    g_autofree char *name = g_strconcat (cases[i].property, "-complaint", NULL);
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    guint changes = 0;

    g_signal_connect_swapped (form, "changed", G_CALLBACK (count_cb), &changes);
    g_object_set (form, cases[i].property, cases[i].typed, NULL);
    g_object_set (form, cases[i].property, cases[i].typed, NULL);
    g_assert_cmpuint (changes, ==, 1);
    before = get (form, name);
    g_assert_null (before);
    refills_order_form_rest (form);
    after = get (form, name);
    g_assert_cmpstr (after, ==, cases[i].complaint);
    if (cases[i].complaint != NULL)
      g_assert_false (refills_order_form_is_complete (form));
    refills_order_form_stop (form);
  }
}

static void
test_complete (ShopFixture   *self,
               gconstpointer  data)
{
  g_autoptr (RefillsOrderForm) card = make_form (self, REFILLS_BENEFICIARY_EMAIL);
  g_autoptr (RefillsOrderForm) phone = make_form (self, REFILLS_BENEFICIARY_PHONE);
  g_autofree char *to_card = NULL;
  g_autofree char *to_phone = NULL;

  refills_order_form_set_email (card, "ada@example.com");
  g_assert_true (refills_order_form_is_complete (card));
  g_assert_null (refills_order_form_get_hint (card));
  to_card = refills_order_form_dup_recipient (card);
  g_assert_cmpstr (to_card, ==, "ada@example.com");

  refills_order_form_set_email (phone, "ada@example.com");
  g_assert_false (refills_order_form_is_complete (phone));
  refills_order_form_set_beneficiary (phone, "+1.415.555\xc2\xa0" "1234");
  g_assert_true (refills_order_form_is_complete (phone));
  g_assert_cmpstr (refills_order_form_get_beneficiary (phone), ==, "+1.415.555\xc2\xa0" "1234");
  to_phone = refills_order_form_dup_recipient (phone);
  g_assert_cmpstr (to_phone, ==, "+14155551234");
  refills_order_form_set_email (phone, NULL);
  g_assert_false (refills_order_form_is_complete (phone));
  g_assert_cmpstr (refills_order_form_get_hint (phone), ==, "Enter an e-mail address for news of the order.");
}

static void
test_locked (ShopFixture   *self,
             gconstpointer  data)
{
  g_autoptr (RefillsOrderForm) form = make_form (self, REFILLS_BENEFICIARY_EMAIL);
  g_autoptr (RefillsOrderForm) phone = make_form (self, REFILLS_BENEFICIARY_PHONE);
  guint most = 0;

  refills_order_form_set_quantity (form, 99);
  g_assert_cmpuint (refills_order_form_get_quantity (form), ==, 10);
  refills_order_form_set_quantity (form, 0);
  g_assert_cmpuint (refills_order_form_get_quantity (form), ==, 1);
  g_object_get (form, "max-quantity", &most, NULL);
  g_assert_cmpuint (most, ==, 10);
  refills_order_form_set_quantity (phone, 2);
  g_assert_cmpuint (refills_order_form_get_quantity (phone), ==, 1);
  g_object_get (phone, "max-quantity", &most, NULL);
  g_assert_cmpuint (most, ==, 1);
  refills_order_form_set_locked (form, TRUE);
  refills_order_form_set_quantity (form, 5);
  refills_order_form_set_refund_address (form, "0xA1");
  g_assert_cmpuint (refills_order_form_get_quantity (form), ==, 1);
  g_assert_null (refills_order_form_get_refund_address (form));
}

/* Advice, once typing rests; it stands in nobody's way. */
static void
test_advice (ShopFixture   *self,
             gconstpointer  data)
{
  g_autoptr (RefillsOrderForm) form = make_form (self, REFILLS_BENEFICIARY_EMAIL);
  Awaited awaited = { form, "email-complaint", "No mail can reach this address. Check it." };

  refills_order_form_set_email (form, "ada@no-mx.example");
  refills_order_form_rest (form);
  refills_test_run_until (says, &awaited, SHOP_FIXTURE_DEADLINE_MS, "the advice");
  g_assert_true (refills_order_form_is_complete (form));
  refills_order_form_rest (form);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v2/validate-email"), ==, 1);

  refills_order_form_set_email (form, "ada@bad-format.example");
  awaited.text = NULL;
  g_assert_true (says (&awaited));
  refills_order_form_rest (form);
  awaited.text = "This address may not work. Check it.";
  refills_test_run_until (says, &awaited, SHOP_FIXTURE_DEADLINE_MS, "the other advice");
  g_assert_true (refills_order_form_is_complete (form));

  refills_order_form_set_email (form, "ada@mail-error.example");
  refills_order_form_rest (form);
  shop_fixture_let_pass (80);
  awaited.text = NULL;
  g_assert_true (says (&awaited));
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v2/validate-email"), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/order-form/fields", test_fields);
  ADD ("/order-form/complete", test_complete);
  ADD ("/order-form/locked", test_locked);
  ADD ("/order-form/advice", test_advice);

  return g_test_run ();
}
