/* test-decimal.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of amounts as services send them, and random amounts against a model that calculates with
 * strings of digits as one does on paper.
 */
#include "refills-decimal.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-error.h"
#include "refills-test.h"

static RefillsDecimal
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  RefillsDecimal decimal = REFILLS_DECIMAL_ZERO;

  refills_decimal_parse (text, &decimal, &error);
  g_assert_no_error (error);

  return decimal;
}

static void
assert_text (const RefillsDecimal *decimal,
             const char           *expected)
{
  g_autofree char *text = refills_decimal_to_text (decimal);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  static const struct { const char *text, *kept, *short_text; } cases[] = {
    { "0", "0", "0" },
    { "0.0", "0.0", "0" },
    { "0.000000001", "0.000000001", "0.000000001" },
    { "11.260000", "11.260000", "11.26" },
    { "25.515000", "25.515000", "25.515" },
    { "20.3", "20.3", "20.3" },
    { "100", "100", "100" },
    { "100.000", "100.000", "100" },
    { "1000000000", "1000000000", "1000000000" },
    { "999999999", "999999999", "999999999" },
    { "1000000000.000000000", "1000000000.000000000", "1000000000" },
    { "007.50", "7.50", "7.5" },
    { "999999999999999999999999999999", "999999999999999999999999999999",
      "999999999999999999999999999999" },
    { "123456789012345678901234567890.1234567890123456789012345678901234567890",
      "123456789012345678901234567890.1234567890123456789012345678901234567890",
      "123456789012345678901234567890.123456789012345678901234567890123456789" },
    { "0.0000000000000000000000000000000000000001", "0.0000000000000000000000000000000000000001",
      "0.0000000000000000000000000000000000000001" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsDecimal decimal = parse (cases[i].text);
    g_autofree char *text = refills_decimal_to_text (&decimal);
    g_autofree char *short_text = refills_decimal_to_short_text (&decimal);

    g_assert_cmpstr (text, ==, cases[i].kept);
    g_assert_cmpstr (short_text, ==, cases[i].short_text);
  }
}

static void
test_refused_text (void)
{
  static const char *const cases[] = {
    "", ".", ".5", "1.", "1..2", "1.2.3", "50,000.00", "1,5", "1e3", "1E3", "1.5e-3", "+1", "-1",
    "-0", " 1", "1 ", "1 000", "\t1", "1\n", "0x10", "NaN", "inf", "Infinity", "null", "１", "١",
    "1'000", "1_000", "$1", "1%", "--", "a", "1a", "1.a", "1.5 ",
    "1000000000000000000000000000000",              /* 31 digits */
    "0000000000000000000000000000001",
    "0.00000000000000000000000000000000000000000",  /* 41 digits */
    "\xff", "1\xc2\xa0",
  };
  RefillsDecimal decimal = parse ("4.2");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (refills_decimal_parse (cases[i], &decimal, &error))
      g_error ("taken for an amount: \"%s\"", cases[i]);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    assert_text (&decimal, "4.2");
  }
  g_assert_false (refills_decimal_parse (NULL, &decimal, NULL));
}

static void
test_units (void)
{
  static const struct { const char *text; guint decimals; const char *units; } cases[] = {
    { "20.3", 8, "2030000000" },
    { "11.26", 6, "11260000" },
    { "11.26", 18, "11260000000000000000" },
    { "25.515000", 6, "25515000" },
    { "25.515000", 3, "25515" },
    { "0.000000001", 9, "1" },
    { "1000", 18, "1000000000000000000000" },
    { "1.1234567000", 7, "11234567" },
    { "5", 0, "5" },
    { "5.00", 0, "5" },
    { "0", 8, "0" },
    { "0.00", 8, "0" },
    { "1.1234567", 6, NULL },
    { "0.000000001", 8, NULL },
    { "5.01", 0, NULL },
    { "5", 91, NULL },
    { "5", G_MAXUINT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    RefillsDecimal decimal = parse (cases[i].text);
    RefillsDecimal back = REFILLS_DECIMAL_ZERO;
    g_autofree char *units = refills_decimal_to_units (&decimal, cases[i].decimals, &error);

    g_assert_cmpstr (units, ==, cases[i].units);
    if (units == NULL) {
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
      continue;
    }
    g_assert_no_error (error);
    g_assert_true (refills_decimal_from_units (units, cases[i].decimals, &back, &error));
    g_assert_cmpint (refills_decimal_compare (&back, &decimal), ==, 0);
    g_assert_cmpuint (back.scale, ==, cases[i].decimals);
  }
}

static void
test_widest_units (void)
{
  g_autofree char *nines = g_strnfill (90, '9');
  g_autofree char *too_many = g_strnfill (91, '0');
  g_autofree char *zeros = g_strnfill (90, '0');
  g_autofree char *expected = g_strconcat (nines, zeros, NULL);
  g_autofree char *units = NULL;
  g_autofree char *raised = NULL;
  RefillsDecimal decimal = REFILLS_DECIMAL_ZERO;

  g_assert_true (refills_decimal_from_units (nines, 90, &decimal, NULL));
  units = refills_decimal_to_units (&decimal, 90, NULL);
  g_assert_cmpstr (units, ==, nines);
  g_assert_null (refills_decimal_to_units (&decimal, 89, NULL));

  g_assert_true (refills_decimal_from_units (nines, 0, &decimal, NULL));
  raised = refills_decimal_to_units (&decimal, 90, NULL);
  g_assert_cmpstr (raised, ==, expected);

  assert_text (&decimal, nines);
  g_assert_false (refills_decimal_from_units (too_many, 0, &decimal, NULL));
  g_assert_false (refills_decimal_from_units (nines, 91, &decimal, NULL));
  g_assert_false (refills_decimal_from_units (NULL, 2, &decimal, NULL));
  g_assert_false (refills_decimal_from_units ("", 2, &decimal, NULL));
  g_assert_false (refills_decimal_from_units ("1.0", 2, &decimal, NULL));
  g_assert_false (refills_decimal_from_units ("-1", 2, &decimal, NULL));
  g_assert_false (refills_decimal_from_units ("1 ", 2, &decimal, NULL));
  assert_text (&decimal, nines);
}

static void
test_compare (void)
{
  static const struct { const char *a, *b; int order; } cases[] = {
    { "11.260000", "11.26", 0 },
    { "0", "0.000", 0 },
    { "11.26", "11.2600001", -1 },
    { "9", "10", -1 },
    { "10", "9.99", 1 },
    { "1000000000", "999999999", 1 },
    { "0.1", "0.09", 1 },
    { "999999999999999999999999999999", "0.0000000000000000000000000000000000000001", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsDecimal a = parse (cases[i].a);
    RefillsDecimal b = parse (cases[i].b);

    g_assert_cmpint (refills_decimal_compare (&a, &b), ==, cases[i].order);
    g_assert_cmpint (refills_decimal_compare (&b, &a), ==, -cases[i].order);
  }
}

static void
test_is_zero (void)
{
  RefillsDecimal zero = REFILLS_DECIMAL_ZERO;
  RefillsDecimal long_zero = parse ("0.0000");
  RefillsDecimal tiny = parse ("0.0000000000000000000000000000000000000001");
  RefillsDecimal high = parse ("100000000000000000000000000000");

  g_assert_true (refills_decimal_is_zero (&zero));
  g_assert_true (refills_decimal_is_zero (&long_zero));
  g_assert_false (refills_decimal_is_zero (&tiny));
  g_assert_false (refills_decimal_is_zero (&high));
  assert_text (&zero, "0");
}

static void
test_add_subtract (void)
{
  RefillsDecimal a = parse ("11.26");
  RefillsDecimal b = parse ("0.740000");
  RefillsDecimal out = REFILLS_DECIMAL_ZERO;

  g_assert_true (refills_decimal_add (&a, &b, &out));
  assert_text (&out, "12.000000");
  g_assert_true (refills_decimal_subtract (&a, &b, &out));
  assert_text (&out, "10.520000");
  g_assert_false (refills_decimal_subtract (&b, &a, &out));
  assert_text (&out, "10.520000");
  g_assert_true (refills_decimal_subtract (&a, &a, &a));
  g_assert_true (refills_decimal_is_zero (&a));
  g_assert_true (refills_decimal_add (&b, &b, &b));
  assert_text (&b, "1.480000");
}

static void
test_overflow (void)
{
  g_autofree char *nines = g_strnfill (90, '9');
  RefillsDecimal most = REFILLS_DECIMAL_ZERO;
  RefillsDecimal least = REFILLS_DECIMAL_ZERO;
  RefillsDecimal zeros = parse ("1.0000000000000000000000000000000000000000");
  RefillsDecimal one = parse ("1");
  RefillsDecimal out = parse ("4.2");

  g_assert_true (refills_decimal_from_units (nines, 0, &most, NULL));
  g_assert_true (refills_decimal_from_units (nines, 90, &least, NULL));

  g_assert_false (refills_decimal_add (&most, &one, &out));
  g_assert_false (refills_decimal_add (&most, &most, &out));
  g_assert_false (refills_decimal_add (&most, &least, &out));
  g_assert_false (refills_decimal_subtract (&most, &least, &out));
  g_assert_false (refills_decimal_multiply (&most, &most, &out));
  g_assert_false (refills_decimal_multiply (&least, &least, &out));
  assert_text (&out, "4.2");
  g_assert_cmpint (refills_decimal_compare (&most, &least), ==, 1);
  g_assert_true (refills_decimal_is_on_step (&most, &one, &one));
  g_assert_false (refills_decimal_is_on_step (&most, &least, &one));
  g_assert_true (refills_decimal_is_on_step (&most, &REFILLS_DECIMAL_ZERO, &most));

  /* Zeros after the point give way before a value is refused. */
  g_assert_true (refills_decimal_multiply (&most, &zeros, &out));
  assert_text (&out, nines);
  for (guint i = 0; i < 5; i++)
    g_assert_true (refills_decimal_multiply (&zeros, &zeros, &zeros));
  g_assert_cmpint (refills_decimal_compare (&zeros, &one), ==, 0);
  g_assert_cmpuint (zeros.scale, <=, 90);
}

static void
test_steps (void)
{
  static const struct { const char *value, *minimum, *step; gboolean expected; } cases[] = {
    { "10", "10", "5", TRUE },
    { "15", "10", "5", TRUE },
    { "15.00", "10", "5.0", TRUE },
    { "14", "10", "5", FALSE },
    { "5", "10", "5", FALSE },
    { "10.3", "10", "0.1", TRUE },
    { "10.35", "10", "0.1", FALSE },
    { "0.3", "0", "0.1", TRUE },
    { "12.34", "10", "0", TRUE },
    { "9.99", "10", "0", FALSE },
    { "11", "10", "100", FALSE },
    { "10", "10", "100", TRUE },
    { "999999999999999999999999999999", "0", "7", TRUE },
    { "999999999999999999999999999994", "1", "7", FALSE },
    { "1000000007", "0", "1000000007", TRUE },
    { "1000000014000000049", "0", "1000000007", TRUE },
    { "1000000014000000048", "0", "1000000007", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsDecimal value = parse (cases[i].value);
    RefillsDecimal minimum = parse (cases[i].minimum);
    RefillsDecimal step = parse (cases[i].step);

    if (refills_decimal_is_on_step (&value, &minimum, &step) != cases[i].expected)
      g_error ("%s from %s by %s", cases[i].value, cases[i].minimum, cases[i].step);
  }
}

/* The model: digits with an implied point 100 places from the right, most significant first. */
#define MODEL_SCALE 100
#define MODEL_DIGITS 400

typedef struct {
  guint8 digits[MODEL_DIGITS];
} Model;

static Model
model_read (const char *text)
{
  const char *point = strchr (text, '.');
  gsize whole = point != NULL ? (gsize) (point - text) : strlen (text);
  Model model = { { 0 } };

  for (gsize i = 0; i < whole; i++)
    model.digits[MODEL_DIGITS - MODEL_SCALE - whole + i] = (guint8) (text[i] - '0');
  for (gsize i = 0; point != NULL && point[1 + i] != '\0'; i++)
    model.digits[MODEL_DIGITS - MODEL_SCALE + i] = (guint8) (point[1 + i] - '0');

  return model;
}

static Model
model_add (const Model *a,
           const Model *b)
{
  Model sum = { { 0 } };
  guint carry = 0;

  for (guint i = MODEL_DIGITS; i-- > 0;) {
    guint digit = a->digits[i] + b->digits[i] + carry;

    sum.digits[i] = (guint8) (digit % 10);
    carry = digit / 10;
  }

  return sum;
}

static Model
model_multiply (const Model *a,
                const Model *b)
{
  Model product = { { 0 } };

  for (guint i = 0; i < MODEL_DIGITS; i++) {
    for (guint j = 0; j < MODEL_DIGITS && a->digits[i] > 0; j++) {
      int place = (int) (i + j) - (MODEL_DIGITS - MODEL_SCALE - 1);
      guint part = a->digits[i] * b->digits[j];

      while (part > 0) {
        g_assert_cmpint (place, >=, 0);
        g_assert_cmpint (place, <, MODEL_DIGITS);
        part += product.digits[place];
        product.digits[place--] = (guint8) (part % 10);
        part /= 10;
      }
    }
  }

  return product;
}

static void
assert_model (const RefillsDecimal *decimal,
              const Model          *expected)
{
  g_autofree char *text = refills_decimal_to_text (decimal);
  Model model = model_read (text);

  g_assert_cmpmem (model.digits, MODEL_DIGITS, expected->digits, MODEL_DIGITS);
}

static char *
make_random_text (guint max_whole,
                  guint max_fraction)
{
  GString *text = g_string_new (NULL);
  guint whole = (guint) g_test_rand_int_range (1, (gint32) max_whole + 1);
  guint fraction = (guint) g_test_rand_int_range (0, (gint32) max_fraction + 1);
  /* Long runs of 0 and 9 are where carries go wrong. */
  const char *digits = g_test_rand_bit () ? "0123456789" : "0099999990";

  for (guint i = 0; i < whole; i++)
    g_string_append_c (text, digits[g_test_rand_int_range (0, 10)]);
  if (fraction > 0)
    g_string_append_c (text, '.');
  for (guint i = 0; i < fraction; i++)
    g_string_append_c (text, digits[g_test_rand_int_range (0, 10)]);

  return g_string_free (text, FALSE);
}

static void
test_random (void)
{
  for (guint i = 0; i < 3000; i++) {
    g_autofree char *text_a = make_random_text (30, 40);
    g_autofree char *text_b = make_random_text (30, 40);
    RefillsDecimal a = parse (text_a);
    RefillsDecimal b = parse (text_b);
    RefillsDecimal sum = REFILLS_DECIMAL_ZERO;
    RefillsDecimal back = REFILLS_DECIMAL_ZERO;
    Model model_a = model_read (text_a);
    Model model_b = model_read (text_b);
    Model model_sum = model_add (&model_a, &model_b);
    int order = memcmp (model_a.digits, model_b.digits, MODEL_DIGITS);

    assert_model (&a, &model_a);
    g_assert_cmpint (refills_decimal_compare (&a, &b), ==, CLAMP (order, -1, 1));
    g_assert_true (refills_decimal_add (&a, &b, &sum));
    assert_model (&sum, &model_sum);
    g_assert_true (refills_decimal_subtract (&sum, &b, &back));
    assert_model (&back, &model_a);
    g_assert_cmpint (refills_decimal_subtract (&a, &b, &back), ==, order >= 0);
  }
}

static void
test_random_products (void)
{
  for (guint i = 0; i < 300; i++) {
    g_autofree char *text_a = make_random_text (25, 20);
    g_autofree char *text_b = make_random_text (25, 20);
    RefillsDecimal a = parse (text_a);
    RefillsDecimal b = parse (text_b);
    RefillsDecimal product = REFILLS_DECIMAL_ZERO;
    Model model_a = model_read (text_a);
    Model model_b = model_read (text_b);
    Model model_product = model_multiply (&model_a, &model_b);

    g_assert_true (refills_decimal_multiply (&a, &b, &product));
    assert_model (&product, &model_product);
  }
}

static void
test_random_steps (void)
{
  RefillsDecimal epsilon = parse ("0.000000000000000000000000000001");

  for (guint i = 0; i < 300; i++) {
    g_autofree char *text_step = make_random_text (12, 12);
    g_autofree char *text_count = make_random_text (15, 0);
    g_autofree char *text_minimum = make_random_text (20, 12);
    RefillsDecimal step = parse (text_step);
    RefillsDecimal count = parse (text_count);
    RefillsDecimal minimum = parse (text_minimum);
    RefillsDecimal value = REFILLS_DECIMAL_ZERO;

    g_assert_true (refills_decimal_multiply (&step, &count, &value));
    g_assert_true (refills_decimal_add (&value, &minimum, &value));
    g_assert_true (refills_decimal_is_on_step (&value, &minimum, &step));
    g_assert_true (refills_decimal_add (&value, &epsilon, &value));
    g_assert_cmpint (refills_decimal_is_on_step (&value, &minimum, &step), ==,
                     refills_decimal_is_zero (&step));
  }
}

static void
check_vector (const PaymentVector *vector)
{
  g_autofree char *expected = payment_vector_dup_text (vector, "units");
  g_autofree char *units = NULL;
  RefillsDecimal amount;

  if (refills_decimal_parse (vector->input, &amount, NULL))
    units = refills_decimal_to_units (&amount, (guint) vector->decimals, NULL);
  g_assert_cmpint (units != NULL, ==, vector->is_valid);
  g_assert_cmpstr (units, ==, expected);
}

static void
test_vectors (void)
{
  payment_vectors_each ("amount", check_vector);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/decimal/text", test_text);
  g_test_add_func ("/decimal/refused-text", test_refused_text);
  g_test_add_func ("/decimal/units", test_units);
  g_test_add_func ("/decimal/widest-units", test_widest_units);
  g_test_add_func ("/decimal/compare", test_compare);
  g_test_add_func ("/decimal/is-zero", test_is_zero);
  g_test_add_func ("/decimal/add-subtract", test_add_subtract);
  g_test_add_func ("/decimal/overflow", test_overflow);
  g_test_add_func ("/decimal/steps", test_steps);
  g_test_add_func ("/decimal/random", test_random);
  g_test_add_func ("/decimal/random-products", test_random_products);
  g_test_add_func ("/decimal/random-steps", test_random_steps);
  g_test_add_func ("/decimal/vectors", test_vectors);

  return g_test_run ();
}
