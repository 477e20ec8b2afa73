/* test-bolt11.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-bolt11.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-test.h"

/* "Please send $3 for a cup of coffee", BOLT 11. */
#define COFFEE \
  "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqw" \
  "zqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w" \
  "27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh"

static void
assert_number (const PaymentVector *vector,
               const char          *name,
               guint64              number)
{
  g_autofree char *expected = payment_vector_dup_text (vector, name);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  if (expected != NULL)
    g_assert_cmpstr (text, ==, expected);
}

static void
check_valid (const PaymentVector *vector)
{
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *network = payment_vector_dup_text (vector, "net");
  g_autofree char *amount = payment_vector_dup_text (vector, "msat");
  g_autofree char *capitals = g_ascii_strup (vector->input, -1);
  g_autofree char *cut = g_strndup (vector->input, strlen (vector->input) - 1);

  refills_bolt11_parse (vector->input, &invoice, &error);
  g_assert_no_error (error);
  g_assert_true (invoice.is_complete);
  g_assert_true (invoice.has_payment_hash);
  g_assert_cmpstr (invoice.network, ==, network);
  g_assert_cmpint (invoice.has_amount, ==, amount != NULL);
  assert_number (vector, "msat", invoice.millisatoshi);
  assert_number (vector, "timestamp", (guint64) invoice.timestamp);
  assert_number (vector, "expiry", invoice.expiry);
  g_assert_cmpint (invoice.expires_at, ==, invoice.timestamp + (gint64) invoice.expiry);

  refills_bolt11_clear (&invoice);
  g_assert_true (refills_bolt11_parse (capitals, &invoice, NULL));
  g_assert_false (refills_bolt11_parse (cut, &invoice, NULL));
}

/* The checksum and the grammar find some of them; the others no wallet could pay. */
static void
check_invalid (const PaymentVector *vector)
{
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autofree char *by_grammar = payment_vector_dup_text (vector, "detected_by_checksum_and_grammar");
  gboolean is_read = refills_bolt11_parse (vector->input, &invoice, NULL);

  g_assert_cmpint (is_read, ==, g_strcmp0 (by_grammar, "true") != 0);
  g_assert_false (invoice.is_complete);
}

static void
test_vectors (void)
{
  payment_vectors_each ("bolt11", check_valid);
  payment_vectors_each ("bolt11-invalid", check_invalid);
}

static void
test_description (void)
{
  g_auto (RefillsBolt11) invoice = { NULL };

  g_assert_true (refills_bolt11_parse (COFFEE, &invoice, NULL));
  g_assert_cmpstr (invoice.description, ==, "1 cup coffee");
  g_assert_cmpuint (invoice.millisatoshi, ==, 250000000);
}

static void
test_refused (void)
{
  const char * const cases[] = {
    NULL, "", "lnbc", "lightning:" COFFEE, " " COFFEE, COFFEE "\n", "lnbc1", "bc1qw508d6qejxtdg4y5r3zarvary0"
      "c5xw7kv8f3t4",
    "A12UEL5L",
  };
  g_autofree char *mixed = g_strdup (COFFEE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsBolt11 invoice = { NULL };
    g_autoptr (GError) error = NULL;

    g_assert_false (refills_bolt11_parse (cases[i], &invoice, &error));
    g_assert_nonnull (error);
    g_assert_null (invoice.network);
  }

  /* Each character counts. */
  for (gsize i = 0; i < strlen (COFFEE); i++) {
    g_autofree char *changed = g_strdup (COFFEE);
    RefillsBolt11 invoice = { NULL };

    changed[i] = changed[i] == 'q' ? 'p' : 'q';
    g_assert_false (refills_bolt11_parse (changed, &invoice, NULL));
  }
  mixed[0] = 'L';
  {
    RefillsBolt11 invoice = { NULL };

    g_assert_false (refills_bolt11_parse (mixed, &invoice, NULL));
  }
}

/* An invoice made for the test: @prefix, then fields in bech32's own letters between a time and a signature. */
static char *
make_invoice (const char *prefix,
              const char *fields)
{
  static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  static const guint32 generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  g_autofree char *numbers = g_strnfill (102, 'p');
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (prefix);
  g_autofree char *data = g_strconcat ("qqqqqqp", fields, numbers, "qq", NULL);
  guint32 sum = 1;

  for (const char *at = prefix; *at != '\0'; at++)
    g_string_append_c (values, (char) (*at >> 5));
  g_string_append_c (values, 0);
  for (const char *at = prefix; *at != '\0'; at++)
    g_string_append_c (values, (char) (*at & 31));
  for (const char *at = data; *at != '\0'; at++)
    g_string_append_c (values, (char) (strchr (letters, *at) - letters));
  for (guint i = 0; i < 6; i++)
    g_string_append_c (values, 0);
  for (gsize i = 0; i < values->len; i++) {
    guint32 top = sum >> 25;

    sum = (sum & 0x1ffffff) << 5 ^ (guint32) values->str[i];
    for (guint j = 0; j < 5; j++)
      sum ^= (top >> j & 1) != 0 ? generator[j] : 0;
  }
  sum ^= 1;
  g_string_append_printf (text, "1%s", data);
  for (guint i = 0; i < 6; i++)
    g_string_append_c (text, letters[sum >> 5 * (5 - i) & 31]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_amounts (void)
{
  static const struct {
    const char *prefix;
    const char *millisatoshi; /* NULL: refused */
  } cases[] = {
    { "lnbc1", "100000000000" },
    { "lnbc21000000", "2100000000000000000" },
    { "lnbc1m", "100000000" },
    { "lnbc1u", "100000" },
    { "lnbc1n", "100" },
    { "lnbc10p", "1" },
    { "lnbc9678785340p", "967878534" },
    { "lnbc1n0", NULL },
    { "lnbc01n", NULL },
    { "lnbc0n", NULL },
    { "lnbc0", NULL },
    { "lnbcm", NULL },
    { "lnbc1p", NULL },
    { "lnbc2500000001p", NULL },
    { "lnbc1x", NULL },
    { "lnbc-1n", NULL },
    { "lnbc1.5m", NULL },
    { "lnbc184467441", NULL }, /* one more does not fit into 64 bits */
    { "lnbc99999999999999999999p", NULL },
    { "bc1n", NULL },
    { "ln1n", NULL },
    { "lnxx1n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RefillsBolt11) invoice = { NULL };
    g_autofree char *text = make_invoice (cases[i].prefix, "");
    g_autofree char *amount = NULL;

    g_test_message ("%s", text);
    g_assert_cmpint (refills_bolt11_parse (text, &invoice, NULL), ==, cases[i].millisatoshi != NULL);
    amount = g_strdup_printf ("%" G_GUINT64_FORMAT, invoice.millisatoshi);
    if (cases[i].millisatoshi != NULL)
      g_assert_cmpstr (amount, ==, cases[i].millisatoshi);
  }
}

static void
test_networks (void)
{
  static const char * const networks[] = { "bc", "tb", "tbs", "bcrt" };

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++) {
    g_auto (RefillsBolt11) invoice = { NULL };
    g_autofree char *prefix = g_strdup_printf ("ln%s20m", networks[i]);
    g_autofree char *text = make_invoice (prefix, "");

    g_assert_true (refills_bolt11_parse (text, &invoice, NULL));
    g_assert_cmpstr (invoice.network, ==, networks[i]);
    g_assert_cmpuint (invoice.millisatoshi, ==, 2000000000);
  }
}

static void
test_fields (void)
{
  g_autofree char *hash = g_strnfill (52, 'q');
  g_autofree char *payment_hash = g_strconcat ("pp5", hash, NULL);
  g_autofree char *two_hashes = g_strconcat ("pp5", hash, "pp5", hash, NULL);
  g_autofree char *secret = g_strconcat ("pp5", hash, "sp5", hash, NULL);
  g_autofree char *whole = g_strconcat (secret, "dqq", NULL);
  g_autofree char *hashed = g_strconcat (secret, "hp5", hash, NULL);
  g_autofree char *twice_described = g_strconcat (hashed, "dqq", NULL);
  g_autofree char *short_secret = g_strconcat (payment_hash, "spn", hash + 1, "dqq", NULL);
  g_autofree char *corrected = g_strconcat ("spn", hash + 1, whole, "xqppxqppxqzpu", NULL);
  g_autofree char *no_features = g_strconcat (whole, "9qq9qpq", NULL);
  g_autofree char *features = g_strconcat (whole, "9qrsgq", NULL);
  g_autofree char *odd_feature = g_strdup_printf ("%s9q5s%.19s", whole, hash);
  g_autofree char *even_feature = g_strdup_printf ("%s9q4p%.20s", whole, hash);
  g_autofree char *low_feature = g_strconcat (whole, "9qpy", NULL);
  g_autofree char *far_feature = g_strdup_printf ("%s9p5z%.51s", whole, hash);
  g_autofree char *second_feature = g_strconcat (features, "9qpy", NULL);
  const struct {
    const char *fields;
    gboolean    is_read;
    guint64     expiry;
    gboolean    is_complete;
  } cases[] = {
    { "", TRUE, 3600, FALSE },
    { payment_hash, TRUE, 3600, FALSE },
    { secret, TRUE, 3600, FALSE }, /* no description, and two */
    { twice_described, TRUE, 3600, FALSE },
    { whole, TRUE, 3600, TRUE },
    { hashed, TRUE, 3600, TRUE },
    { "xqyqpu", FALSE, 0, FALSE }, /* longer than what is left */
    { "xq", FALSE, 0, FALSE },
    { "pqpq", TRUE, 3600, FALSE }, /* a hash of one group */
    { short_secret, TRUE, 3600, FALSE },
    { two_hashes, TRUE, 3600, FALSE },
    { corrected, TRUE, 1, TRUE }, /* of several the first that has its length */
    { "dqzll", FALSE, 0, FALSE }, /* no text */
    { "yqzpp", TRUE, 3600, FALSE }, /* a field that is not known */
    /* Features: none, the secret and parts, one nobody has to know, and such as nobody knows. */
    { no_features, TRUE, 3600, TRUE },
    { features, TRUE, 3600, TRUE },
    { odd_feature, TRUE, 3600, TRUE },
    { even_feature, TRUE, 3600, FALSE },
    { low_feature, TRUE, 3600, FALSE },
    { far_feature, TRUE, 3600, FALSE },
    { second_feature, TRUE, 3600, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RefillsBolt11) invoice = { NULL };
    g_autofree char *text = make_invoice ("lnbc1m", cases[i].fields);

    g_test_message ("%s", cases[i].fields);
    g_assert_cmpint (refills_bolt11_parse (text, &invoice, NULL), ==, cases[i].is_read);
    if (cases[i].expiry > 0)
      g_assert_cmpuint (invoice.expiry, ==, cases[i].expiry);
    g_assert_cmpint (invoice.is_complete, ==, cases[i].is_complete);
  }
}

/* BOLT 11, "Same, but including fields which must be ignored": hashes, secrets and keys of a wrong length. */
static void
test_ignored_fields (void)
{
  static const char text[] =
    "lnbc25m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5vdhkven9v5sxyetpdeessp5zyg3zyg3zyg3z"
    "yg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygs9q5sqqqqqqqqqqqqqqqqsgq2qrqqqfppnqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqppnq"
    "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqpp4qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqhp"
    "nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqhp4qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
    "spnqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqsp4qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
    "qqnp5qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnpkqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
    "qqqqqqz599y53s3ujmcfjp5xrdap68qxymkqphwsexhmhr8wdz5usdzkzrse33chw6dlp3jhuhge9ley7j2ayx36kawe7kmgg8sv5ugdyusd"
    "cqzn8z9x";
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autoptr (GError) error = NULL;

  refills_bolt11_parse (text, &invoice, &error);
  g_assert_no_error (error);
  g_assert_true (invoice.is_complete);
  g_assert_cmpstr (invoice.description, ==, "coffee beans");
  g_assert_cmpuint (invoice.millisatoshi, ==, 2500000000);
  g_assert_cmpint (invoice.payment_hash[1], ==, 1);
}

/* BOLT 11, "Non canonical signature (high-S) with 'n' field defined"; it has two secrets besides. */
static void
test_high_signature (void)
{
  static const char text[] =
    "lnbc25m1p70xwfzpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae"
    "8g6twvus8g6rfwvs8qun0dfjkxaqnp4q0n326hr8v9zprg8gsvezcch06gfaqqhde2aj730yg0durunfhv66sp5zyg3zyg3zyg3zyg3zyg3z"
    "yg3zyg3zyg3zyg3zyg3zyg3zyg3zygs9qrsgqsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygsp5cfzp9ugllvk03r"
    "ltd6hvndxj26ux6gcxc5azyxk060rj9tzghct5zvjlps76gx8wpq5yuu79688k8gnm2c0al6v608s96l0xzrrlqqwnzxmu";
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autoptr (GError) error = NULL;

  refills_bolt11_parse (text, &invoice, &error);
  g_assert_no_error (error);
  g_assert_false (invoice.is_complete);
}

static void
test_expiry (void)
{
  g_auto (RefillsBolt11) invoice = { NULL };
  g_autofree char *minute = make_invoice ("lnbc1m", "xqzpu");
  g_autofree char *ages = make_invoice ("lnbc1m", "xqs0000000000000000");
  g_autofree char *long_text = g_strnfill (2048, 'q');
  g_autofree char *too_long = make_invoice ("lnbc1m", long_text);

  g_assert_true (refills_bolt11_parse (minute, &invoice, NULL));
  g_assert_cmpuint (invoice.expiry, ==, 60);
  g_assert_cmpint (invoice.expires_at, ==, 61);
  refills_bolt11_clear (&invoice);
  g_assert_true (refills_bolt11_parse (ages, &invoice, NULL));
  g_assert_cmpint (invoice.expires_at, ==, G_MAXINT64);
  g_assert_false (refills_bolt11_parse (too_long, &invoice, NULL));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/bolt11/vectors", test_vectors);
  g_test_add_func ("/bolt11/description", test_description);
  g_test_add_func ("/bolt11/refused", test_refused);
  g_test_add_func ("/bolt11/amounts", test_amounts);
  g_test_add_func ("/bolt11/networks", test_networks);
  g_test_add_func ("/bolt11/fields", test_fields);
  g_test_add_func ("/bolt11/ignored-fields", test_ignored_fields);
  g_test_add_func ("/bolt11/high-signature", test_high_signature);
  g_test_add_func ("/bolt11/expiry", test_expiry);

  return g_test_run ();
}
