/* test-payment-stored.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A payment made again from what is on disk, and from what is on disk and was altered. What comes of it is read by
 * itself and compared with what was stored when all was well, and not with what the checks think of it.
 */
#include "payment-case.h"
#include "refills-payment-uri.h"
#include "refills-test.h"

#define N_PAIRS 2500
/* Of each row of the table one in so many alterations, beginning elsewhere for the next row. */
#define STEP 3

/* A member of what is stored, and what it is made. */
typedef struct {
  gboolean    is_asked; /* of the request; else of the state */
  const char *key;
  const char *text;     /* NULL: taken away */
  gint64      number;   /* of a member that is no text */
} Alteration;

/* What a wallet would do, in the plainest words: whom it pays, with what, on which chain, and how much. */
typedef struct {
  char *payee;
  char *contract;
  char *units;
  guint64 chain_id;
  char *comment;
} Meaning;

static void
meaning_clear (Meaning *self)
{
  g_clear_pointer (&self->payee, g_free);
  g_clear_pointer (&self->contract, g_free);
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->comment, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Meaning, meaning_clear)

/* Digits, moved by hand. */
static char *
count_units (const char *amount,
             guint       decimals)
{
  GString *digits = g_string_new (NULL);
  const char *point = strchr (amount, '.');
  const char *fraction = point != NULL ? point + 1 : "";

  for (const char *at = amount; *at != '\0' && *at != '.'; at++)
    g_string_append_c (digits, *at);
  for (guint i = 0; i < decimals; i++)
    g_string_append_c (digits, *fraction != '\0' ? *fraction++ : '0');
  g_assert_cmpuint (strspn (fraction, "0"), ==, strlen (fraction));
  g_string_erase (digits, 0, (gssize) MIN (strspn (digits->str, "0"), digits->len - 1));

  return g_string_free (digits, FALSE);
}

/* Cut out of the text of the request by hand; of families without one it is the address. */
static void
read_meaning (RefillsPayment *payment,
              Meaning        *out)
{
  const RefillsToken *token = refills_payment_get_token (payment);
  g_autofree char *request = refills_payment_dup_request (payment);
  g_auto (GStrv) parts = NULL;
  g_autofree char *address = NULL;
  g_autofree char *amount = NULL;
  const char *body = NULL;

  *out = (Meaning) { NULL };
  out->comment = g_strdup (refills_payment_get_comment (payment));
  if (request == NULL) {
    out->payee = g_strdup (refills_payment_get_address (payment));
    out->units = count_units (refills_payment_get_amount (payment), refills_payment_get_decimals (payment));
    out->contract = g_strdup (token->contract); /* is not in any text: what the page names by the table's row */
    return;
  }
  body = strchr (request, ':') + 1;
  if (g_str_has_prefix (body, "//transfer/"))
    body += strlen ("//transfer/");
  parts = g_strsplit_set (body, "?&", -1);
  /* The scheme of Bitcoin Cash is a part of its addresses. */
  out->payee = token->family == REFILLS_ADDRESS_BITCOIN_CASH ? g_strconcat ("bitcoincash:", parts[0], NULL)
                                                             : g_strdup (parts[0]);
  for (char **part = parts + 1; *part != NULL; part++) {
    const char *value = strchr (*part, '=') + 1;

    if (g_str_has_prefix (*part, "address="))
      address = g_strdup (value);
    else if (g_str_has_prefix (*part, "uint256=") || g_str_has_prefix (*part, "value="))
      out->units = g_strdup (value);
    else if (g_str_has_prefix (*part, "spl-token=") || g_str_has_prefix (*part, "jetton="))
      out->contract = g_strdup (value);
    else if (g_str_has_prefix (*part, "amount="))
      amount = g_strdup (value);
    else if (g_str_has_prefix (*part, "text="))
      g_assert_cmpstr (value, ==, out->comment); /* of letters and digits */
    else
      g_error ("a request with %s", *part);
  }
  if (amount != NULL)
    out->units = token->family == REFILLS_ADDRESS_TON ? g_strdup (amount) : count_units (amount, token->decimals);
  if (token->family == REFILLS_ADDRESS_LIGHTNING)
    out->units = count_units (refills_payment_get_amount (payment), token->decimals);
  if (token->family == REFILLS_ADDRESS_EVM) {
    g_auto (GStrv) target = g_strsplit_set (out->payee, "@/", -1);

    out->chain_id = g_ascii_strtoull (target[1], NULL, 10);
    g_clear_pointer (&out->payee, g_free);
    out->payee = g_strdup (address != NULL ? address : target[0]);
    if (address != NULL)
      out->contract = g_strdup (target[0]);
  }
}

static gboolean
is_same_meaning (const Meaning *a,
                 const Meaning *b)
{
  return g_strcmp0 (a->payee, b->payee) == 0 && g_strcmp0 (a->contract, b->contract) == 0 &&
         g_strcmp0 (a->units, b->units) == 0 && a->chain_id == b->chain_id &&
         g_strcmp0 (a->comment, b->comment) == 0;
}

/* What is stored of an order that can be paid, with a code of the service that says all there is to say. */
typedef struct {
  PaymentCase order;
  GVariant   *state;
  GVariant   *asked;
  Meaning     meaning;
  gboolean    has_request; /* the code names the amount */
} Stored;

static RefillsPayment *
make_again (GVariant *state_variant,
            GVariant *asked_variant)
{
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_variant (state_variant);
  g_autoptr (RefillsOrderRequest) asked = refills_order_request_new_from_variant (asked_variant);

  return state != NULL && asked != NULL ? refills_payment_new (state, asked, 0, NULL) : NULL;
}

static void
stored_init (Stored *self,
             gsize   row,
             gboolean with_coupon)
{
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (RefillsPayment) payment = NULL;
  g_autoptr (RefillsPayment) first = NULL;
  g_autoptr (RefillsPayment) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  g_autofree char *plain = NULL;
  Meaning read = { NULL };

  payment_case_init (&self->order, payment_case_rows[row][0], payment_case_rows[row][1]);
  self->order.summary = self->order.amount;
  if (refills_token_find (self->order.coin, self->order.network)->family == REFILLS_ADDRESS_TON)
    self->order.memo = "77";
  if (with_coupon) {
    self->order.coupon = "TEN";
    self->order.amount = g_str_equal (self->order.summary, "0.0025") ? "0.0028" : "28.19";
  }
  first = payment_case_pay (&self->order, &error);
  g_assert_no_error (error);
  request = refills_payment_dup_request (first);
  self->has_request = request != NULL;
  if (request == NULL && refills_payment_get_family (first) != REFILLS_ADDRESS_SUI)
    plain = g_strdup_printf ("%s:%s?amount=%s",
                             refills_payment_get_family (first) == REFILLS_ADDRESS_TRON ? "tron" : "dogecoin",
                             self->order.address, refills_payment_get_amount (first));
  else if (request == NULL)
    plain = g_strdup_printf ("sui:%s?amount=%s", self->order.address, refills_payment_get_amount (first));
  self->order.qr_text = request != NULL ? request : plain;
  state = payment_case_make_state (&self->order);
  asked = payment_case_make_request (&self->order);
  self->order.qr_text = NULL;
  payment = refills_payment_new (state, asked, 0, &error);
  g_assert_no_error (error);
  self->state = g_variant_ref_sink (refills_order_state_to_variant (state));
  self->asked = g_variant_ref_sink (refills_order_request_to_variant (asked));

  /* As after a restart, without a network. */
  again = make_again (self->state, self->asked);
  g_assert_nonnull (again);
  g_assert_true (refills_payment_equal (payment, again));

  /* What it means by the table that is compared with, written down here and not asked of the payment. */
  read_meaning (payment, &self->meaning);
  read.payee = refills_address_normalize (refills_payment_get_family (payment), self->order.address, NULL);
  read.contract = g_strdup (self->order.contract);
  read.units = count_units (self->order.summary, refills_payment_get_decimals (payment));
  read.chain_id = self->order.chain_id;
  read.comment = g_strdup (self->order.memo);
  g_assert_true (is_same_meaning (&self->meaning, &read));
  meaning_clear (&read);
}

static void
stored_clear (Stored *self)
{
  g_clear_pointer (&self->state, g_variant_unref);
  g_clear_pointer (&self->asked, g_variant_unref);
  meaning_clear (&self->meaning);
}

static GVariant *
alter (GVariant         *whole,
       const Alteration *alteration)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (whole);

  if (g_str_equal (alteration->key, "decimals") || g_str_equal (alteration->key, "phase"))
    g_variant_dict_insert (&dict, alteration->key, "i", (gint32) alteration->number);
  else if (g_str_equal (alteration->key, "chain-id"))
    g_variant_dict_insert (&dict, alteration->key, "t", (guint64) alteration->number);
  else if (g_str_equal (alteration->key, "alarm"))
    g_variant_dict_insert (&dict, alteration->key, "u", (guint32) alteration->number);
  else if (alteration->text != NULL)
    g_variant_dict_insert (&dict, alteration->key, "s", alteration->text);
  else
    g_variant_dict_remove (&dict, alteration->key);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
add (GArray     *all,
     gboolean    is_asked,
     const char *key,
     const char *text)
{
  Alteration alteration = { is_asked, key, text, 0 };

  g_array_append_val (all, alteration);
}

static void
add_number (GArray     *all,
            gboolean    is_asked,
            const char *key,
            gint64      number)
{
  Alteration alteration = { is_asked, key, NULL, number };

  g_array_append_val (all, alteration);
}

/* The text with one character changed, and kept for as long as @keep is. */
static const char *
spoil (GPtrArray  *keep,
       const char *text,
       gsize       at)
{
  char *spoilt = g_strdup (text);

  spoilt[at] = spoilt[at] == '7' ? '3' : spoilt[at] == 'a' ? 'b' : '7';
  g_ptr_array_add (keep, spoilt);

  return spoilt;
}

/* All that may be made of one member: other members of the table, of its family, and of none. */
static GArray *
list_alterations (Stored    *self,
                  gsize      row,
                  GPtrArray *keep)
{
  static const char * const state_texts[] = {
    "order-state", "payment-state", "payment-via", "coin", "network", "wallet-address", "coin-amount", "summary-amount",
    "sent-coin-amount", "missing-amount", "missing-amount-qr-text", "qr-text", "checkout-uri", "memo",
  };
  static const char * const asked_texts[] = {
    "payment-via", "coin", "coupon", "quoted-amount", "network-name", "contract", "threshold",
  };
  static const char * const amounts[] = {
    "0", "1", "5.37", "20", "25.36", "25.38", "25.370001", "25.6237", "28.19", "2537", "0.0025", "0.00250001", "0.0028",
    "1e2", "", "-1",
  };
  static const char * const amount_keys[] = {
    "coin-amount", "summary-amount", "sent-coin-amount", "missing-amount",
  };
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Alteration));
  g_autofree char *qr_text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (state_texts); i++) {
    add (all, FALSE, state_texts[i], NULL);
    add (all, FALSE, state_texts[i], "");
    add (all, FALSE, state_texts[i], "7");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (asked_texts); i++) {
    add (all, TRUE, asked_texts[i], NULL);
    add (all, TRUE, asked_texts[i], "");
    add (all, TRUE, asked_texts[i], "7");
  }
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (amount_keys); j++)
      add (all, FALSE, amount_keys[j], amounts[i]);
    add (all, TRUE, "quoted-amount", amounts[i]);
  }
  for (gsize i = 0; payment_case_rows[i][0] != NULL; i++) {
    const RefillsToken *token = refills_token_find (payment_case_rows[i][0], payment_case_rows[i][1]);

    /* What could be taken for it: of its coin, its network or its kind of chain, of which there are most. */
    if (!g_str_equal (token->coin, self->order.coin) && !g_str_equal (token->network, self->order.network) &&
        i % 7 != row % 7)
      continue;
    for (guint is_asked = 0; is_asked < 2; is_asked++) {
      add (all, is_asked, "coin", token->coin);
      add (all, is_asked, is_asked ? "network-name" : "network", token->network);
    }
    add (all, TRUE, "contract", token->contract);
    add_number (all, TRUE, "chain-id", (gint64) token->chain_id);
  }
  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
    const RefillsToken *own = refills_token_find (self->order.coin, self->order.network);
    const char *payees[] = {
      payment_case_get_payee ((RefillsAddressFamily) family), payment_case_get_other ((RefillsAddressFamily) family),
    };

    if (family != (guint) own->family && family % 7 != row % 7)
      continue;
    for (gsize i = 0; i < G_N_ELEMENTS (payees); i++) {
      add (all, FALSE, "wallet-address", payees[i]);
      add (all, FALSE, "qr-text", payees[i]);
      add (all, FALSE, "missing-amount-qr-text", payees[i]);
    }
  }
  for (int decimals = -1; decimals <= 18; decimals++)
    add_number (all, TRUE, "decimals", decimals);
  for (int phase = REFILLS_ORDER_PHASE_UNKNOWN; phase <= REFILLS_ORDER_PHASE_DONE; phase++)
    add_number (all, FALSE, "phase", phase);
  add_number (all, FALSE, "alarm", REFILLS_ORDER_ALARM_ADDRESS);

  /* One character of the address and of the service's code. */
  g_variant_lookup (self->state, "qr-text", "s", &qr_text);
  for (gsize i = row % 5; i < strlen (self->order.address); i += 5)
    add (all, FALSE, "wallet-address", spoil (keep, self->order.address, i));
  for (gsize i = row % 5; i < strlen (qr_text); i += 5)
    add (all, FALSE, "qr-text", spoil (keep, qr_text, i));

  return all;
}

static gboolean
is_about (const Alteration *alteration,
          const char       *key)
{
  return !alteration->is_asked && g_str_equal (alteration->key, key);
}

/* Whether @a and @b are these two members of the state. */
static gboolean
are_both (const Alteration *a,
          const Alteration *b,
          const char       *one,
          const char       *other)
{
  return (is_about (a, one) && is_about (b, other)) || (is_about (b, one) && is_about (a, other));
}

/* Whether nothing that is left could tell: both places that name a payee name another one, both that name a comment,
 * both that name what a coupon leaves, within what was agreed to, or what came and what is missing of it is told anew.
 * Of a rest no more than the whole is asked. */
static gboolean
is_another_order (const Alteration *a,
                  const Alteration *b,
                  RefillsPayment   *payment,
                  const Meaning    *before,
                  const Meaning    *after)
{
  gboolean is_rest = refills_payment_is_rest (payment);

  if (b == NULL)
    return FALSE;
  if (are_both (a, b, "memo", "qr-text"))
    return g_strcmp0 (before->payee, after->payee) == 0 && g_strcmp0 (before->contract, after->contract) == 0 &&
           g_strcmp0 (before->units, after->units) == 0;
  if (g_strcmp0 (before->comment, after->comment) != 0)
    return FALSE;
  if (are_both (a, b, "summary-amount", "qr-text"))
    return g_strcmp0 (before->payee, after->payee) == 0 && g_strcmp0 (before->contract, after->contract) == 0 &&
           before->chain_id == after->chain_id &&
           g_ascii_strtod (after->units, NULL) <= 1.0100001 * g_ascii_strtod (before->units, NULL) &&
           g_ascii_strtod (after->units, NULL) >= 0.8999999 * g_ascii_strtod (before->units, NULL);
  if (are_both (a, b, "wallet-address", "qr-text"))
    return g_strcmp0 (before->contract, after->contract) == 0 && g_strcmp0 (before->units, after->units) == 0 &&
           before->chain_id == after->chain_id;

  return is_rest && g_strcmp0 (before->payee, after->payee) == 0 &&
         g_strcmp0 (before->contract, after->contract) == 0 && before->chain_id == after->chain_id &&
         strlen (after->units) <= strlen (before->units);
}

static void
assert_not_another (Stored           *self,
                    const Alteration *a,
                    const Alteration *b,
                    guint            *n_paid)
{
  g_autoptr (GVariant) state = g_variant_ref (self->state);
  g_autoptr (GVariant) asked = g_variant_ref (self->asked);
  const Alteration *both[] = { a, b };
  g_autoptr (RefillsPayment) payment = NULL;
  g_auto (Meaning) meaning = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++) {
    GVariant **whole = both[i] != NULL && both[i]->is_asked ? &asked : &state;
    GVariant *altered = both[i] != NULL ? alter (*whole, both[i]) : NULL;

    if (altered == NULL)
      continue;
    g_variant_unref (*whole); /* the one before it */
    *whole = altered;
  }
  payment = make_again (state, asked);
  if (payment == NULL)
    return;

  *n_paid += 1;
  read_meaning (payment, &meaning);
  if (!is_same_meaning (&self->meaning, &meaning) &&
      !is_another_order (a, b, payment, &self->meaning, &meaning))
    g_error ("%s on %s, %s=%s (%" G_GINT64_FORMAT "), %s=%s: pays %s %s of %s on %" G_GUINT64_FORMAT, self->order.coin,
             self->order.network, a->key, a->text, a->number, b != NULL ? b->key : "", b != NULL ? b->text : "",
             meaning.payee, meaning.units, meaning.contract, meaning.chain_id);
}

/* Each member of what is stored, made each of many things, for each row of the table. */
static void
test_one_altered (gconstpointer data)
{
  gboolean with_coupon = GPOINTER_TO_INT (data);

  for (guint row = 0; payment_case_rows[row][0] != NULL; row++) {
    Stored stored = { 0 };
    g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GArray) all = NULL;
    guint n_paid = 0;

    if (with_coupon && row % 5 > 1)
      continue;

    stored_init (&stored, row, with_coupon);
    all = list_alterations (&stored, row, keep);
    for (guint i = row % STEP; i < all->len; i += STEP)
      assert_not_another (&stored, &g_array_index (all, Alteration, i), NULL, &n_paid);
    g_test_message ("%s on %s: %u of %u paid", stored.order.coin, stored.order.network, n_paid, all->len);
    /* Some of it is a change of nothing. */
    g_assert_cmpuint (n_paid, >, 0);
    g_assert_cmpuint (n_paid, <, all->len / STEP / 2);
    stored_clear (&stored);
  }
}

/* Any two at once, by the seed that GLib prints. */
static void
test_two_altered (void)
{
  guint n_rows = 0;
  guint n_paid = 0;

  while (payment_case_rows[n_rows][0] != NULL)
    n_rows++;
  for (guint row = 0; row < n_rows; row++) {
    Stored stored = { 0 };
    g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GArray) all = NULL;

    stored_init (&stored, row, g_test_rand_bit ());
    all = list_alterations (&stored, row, keep);
    for (guint i = 0; i < N_PAIRS / n_rows; i++) {
      const Alteration *a = &g_array_index (all, Alteration, g_test_rand_int_range (0, (gint32) all->len));
      const Alteration *b = &g_array_index (all, Alteration, g_test_rand_int_range (0, (gint32) all->len));

      assert_not_another (&stored, a, b, &n_paid);
    }
    stored_clear (&stored);
  }
  g_test_message ("%u paid", n_paid);
  g_assert_cmpuint (n_paid, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_data_func ("/payment-stored/one-altered", GINT_TO_POINTER (FALSE), test_one_altered);
  g_test_add_data_func ("/payment-stored/one-altered-coupon", GINT_TO_POINTER (TRUE), test_one_altered);
  g_test_add_func ("/payment-stored/two-altered", test_two_altered);

  return g_test_run ();
}
