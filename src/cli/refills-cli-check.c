/* refills-cli-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command that reads an address, an amount, an invoice, a payment request or the code of an eSIM, and tells what
 * it says. Asks nobody and writes nothing.
 */
#include "refills-cli-check.h"

#include <glib/gi18n.h>

#include "refills-address.h"
#include "refills-bip321.h"
#include "refills-bolt11.h"
#include "refills-cli-commands.h"
#include "refills-cli-output.h"
#include "refills-decimal.h"
#include "refills-erc681.h"
#include "refills-esim-code.h"
#include "refills-payment-uri.h"
#include "refills-solana-pay.h"
#include "refills-token-table.h"
#include "refills-ton-uri.h"
#include "refills-uri-query.h"

#define AMOUNT "amount"
#define MAX_DECIMALS 77 /* a number of 256 bits has no more digits behind its first */
#define NO_DECIMALS (-1)
#define BITCOIN_DECIMALS 8

static gboolean
check_bolt11 (const char  *text,
              GString     *facts,
              GError     **error)
{
  g_auto (RefillsBolt11) invoice = { NULL };

  if (!refills_bolt11_parse (text, &invoice, error)) {
    refills_cli_add_boolean (facts, "detected_by_checksum_and_grammar", TRUE);
    return FALSE;
  }
  refills_cli_add_text (facts, "net", invoice.network);
  if (invoice.has_amount)
    refills_cli_add_unsigned (facts, "msat", invoice.millisatoshi);
  else
    refills_cli_add_text (facts, "msat", NULL);
  refills_cli_add_number (facts, "timestamp", invoice.timestamp);
  refills_cli_add_unsigned (facts, "expiry", invoice.expiry);
  refills_cli_add_text (facts, "description", invoice.description);
  if (!invoice.is_complete) {
    refills_cli_add_boolean (facts, "detected_by_checksum_and_grammar", FALSE);
    return refills_uri_refuse (error, "no wallet could pay the invoice: a field is missing or its signature is wrong");
  }
  refills_cli_add_boolean (facts, "payable", g_str_equal (invoice.network, REFILLS_BOLT11_MAINNET));

  return TRUE;
}

/* With no count of decimals only the grammar is checked. */
static gboolean
check_amount (const char  *text,
              int          decimals,
              GString     *facts,
              GError     **error)
{
  RefillsDecimal amount;
  g_autofree char *units = NULL;

  if (!refills_decimal_parse (text, &amount, error))
    return FALSE;
  if (decimals == NO_DECIMALS)
    return TRUE;
  units = refills_decimal_to_units (&amount, (guint) decimals, error);
  if (units == NULL)
    return FALSE;
  refills_cli_add_text (facts, "units", units);

  return TRUE;
}

static gboolean
check_number (const char  *text,
              GString     *facts,
              GError     **error)
{
  g_autofree char *number = refills_erc681_parse_number (text, error);

  if (number == NULL)
    return FALSE;
  refills_cli_add_text (facts, "value", number);

  return TRUE;
}

static gboolean
check_lpa (const char  *text,
           GString     *facts,
           GError     **error)
{
  g_auto (RefillsEsimCode) code = { NULL };
  g_autofree char *found = refills_esim_code_find (text);

  if (found == NULL || !refills_esim_code_parse (found, &code))
    return refills_uri_refuse (error, "this is not the activation code of an eSIM");
  refills_cli_add_text (facts, "smdp", code.server);
  refills_cli_add_text (facts, "matching_id", code.matching_id);
  refills_cli_add_text (facts, "oid", code.object_id);
  refills_cli_add_boolean (facts, "cc_required", code.needs_confirmation);

  return TRUE;
}

/* A request can be well formed and still not be one to pay: its address is broken, or is nobody's. */
static void
add_payable (const char           *text,
             RefillsAddressFamily  family,
             GString              *facts)
{
  g_auto (RefillsPaymentUri) request = { 0 };

  refills_cli_add_boolean (facts, "payable",
                           refills_payment_uri_parse (text, family, &request, NULL) &&
                           refills_address_check (family, request.payee, NULL) &&
                           !refills_token_is_reserved (family, request.payee));
}

static gboolean
check_bip321 (const char  *text,
              GString     *facts,
              GError     **error)
{
  g_auto (RefillsBip321) request = { NULL };
  g_autofree char *units = NULL;
  RefillsDecimal amount;

  if (!refills_bip321_parse (text, "bitcoin", &request, error))
    return FALSE;
  if (request.amount != NULL && refills_decimal_parse (request.amount, &amount, NULL))
    units = refills_decimal_to_units (&amount, BITCOIN_DECIMALS, NULL);
  refills_cli_add_text (facts, "address", request.address);
  refills_cli_add_text (facts, "amount_units", units);
  add_payable (text, REFILLS_ADDRESS_BITCOIN, facts);

  return TRUE;
}

static gboolean
check_erc681 (const char  *text,
              GString     *facts,
              GError     **error)
{
  g_auto (RefillsErc681) request = { NULL };

  if (!refills_erc681_parse (text, &request, error))
    return FALSE;
  refills_cli_add_text (facts, "target", request.target);
  if (request.chain_id != 0)
    refills_cli_add_unsigned (facts, "chain", request.chain_id);
  else
    refills_cli_add_text (facts, "chain", NULL);
  refills_cli_add_text (facts, "function", request.function);
  refills_cli_add_text (facts, "address", request.address);
  refills_cli_add_text (facts, "value", request.value);
  add_payable (text, REFILLS_ADDRESS_EVM, facts);

  return TRUE;
}

static gboolean
check_solana_pay (const char  *text,
                  GString     *facts,
                  GError     **error)
{
  g_auto (RefillsSolanaPay) request = { NULL };

  if (!refills_solana_pay_parse (text, &request, error))
    return FALSE;
  refills_cli_add_text (facts, "recipient", request.recipient);
  refills_cli_add_text (facts, "amount", request.amount);
  refills_cli_add_text (facts, "mint", request.mint);
  refills_cli_add_text (facts, "memo", request.memo);
  add_payable (text, REFILLS_ADDRESS_SOLANA, facts);

  return TRUE;
}

static gboolean
check_ton_uri (const char  *text,
               GString     *facts,
               GError     **error)
{
  g_auto (RefillsTonUri) request = { NULL };

  if (!refills_ton_uri_parse (text, &request, error))
    return FALSE;
  refills_cli_add_text (facts, "address", request.address);
  refills_cli_add_text (facts, "amount", request.amount);
  refills_cli_add_text (facts, "jetton", request.jetton);
  refills_cli_add_text (facts, "text", request.text);
  if (request.expires_at != 0)
    refills_cli_add_number (facts, "exp", request.expires_at);
  else
    refills_cli_add_text (facts, "exp", NULL);
  add_payable (text, REFILLS_ADDRESS_TON, facts);

  return TRUE;
}

static RefillsCliCheckFunc
find_check (const char *kind)
{
  static const struct {
    const char          *name;
    RefillsCliCheckFunc  check;
  } kinds[] = {
    { "bolt11", check_bolt11 },
    { "bolt11-invalid", check_bolt11 },
    { "erc681-number", check_number },
    { "lpa", check_lpa },
    { "bip321", check_bip321 },
    { "erc681", check_erc681 },
    { "solana-pay", check_solana_pay },
    { "ton-uri", check_ton_uri },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (kinds[i].name, kind))
      return kinds[i].check;
  }

  return refills_cli_find_address_check (kind);
}

static gboolean
is_kind (const char *word)
{
  return g_str_equal (word, AMOUNT) || find_check (word) != NULL;
}

/* For scripts, as the names of members are: in English. */
static const char *
describe (const GError *error)
{
  if (error->domain != REFILLS_ADDRESS_ERROR)
    return error->message;
  switch ((RefillsAddressError) error->code) {
  case REFILLS_ADDRESS_ERROR_CHECKSUM:
    return "a character is wrong: the checksum does not agree";
  case REFILLS_ADDRESS_ERROR_NETWORK:
    return "this belongs to another network";
  case REFILLS_ADDRESS_ERROR_RESERVED:
    return "nobody owns this address";
  case REFILLS_ADDRESS_ERROR_SYNTAX:
  default:
    return "this does not have the form of its kind";
  }
}

static int
print (const char *kind,
       const char *text,
       int         decimals)
{
  g_autoptr (GString) facts = refills_cli_begin_object ();
  g_autoptr (GError) error = NULL;
  g_autofree char *document = NULL;
  GString *object = refills_cli_begin_object ();
  gboolean is_valid = FALSE;

  if (g_str_equal (kind, AMOUNT))
    is_valid = check_amount (text, decimals, facts, &error);
  else
    is_valid = find_check (kind) (text, facts, &error);
  refills_cli_add_boolean (object, "valid", is_valid);
  if (!is_valid)
    refills_cli_add_text (object, "problem", error != NULL ? describe (error) : NULL);
  /* Behind the brace, if there is anything. */
  if (facts->len > 1)
    g_string_append_printf (object, ",%s", facts->str + 1);
  document = refills_cli_end_object (object);
  refills_cli_print_json (document);

  return is_valid ? REFILLS_CLI_DONE : REFILLS_CLI_REFUSED;
}

/* Plain digits: read as C writes numbers, 010 were eight. */
static gboolean
read_decimals (const char *text,
               int        *decimals)
{
  g_autoptr (GError) error = NULL;
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, MAX_DECIMALS, &number, &error)) {
    if (g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
      refills_cli_fail_usage (_("a coin cannot have that many decimals"));
    else
      refills_cli_fail_usage ("%s", error->message);
    return FALSE;
  }
  *decimals = (int) number;

  return TRUE;
}

/**
 * refills_cli_check:
 * @self: the tool
 * @argc: how many words
 * @argv: the words, the command first
 *
 * Reads the last word, which is of the kind that the last word but one names; both are taken as they are, so that
 * what begins with a dash, or is empty, can be checked as well.
 *
 * Returns: what the program ends with
 */
int
refills_cli_check (RefillsCli  *self,
                   int          argc,
                   char       **argv)
{
  int decimals = NO_DECIMALS;
  g_autofree char *count = NULL;
  const GOptionEntry entries[] = {
    { "decimals", 0, 0, G_OPTION_ARG_STRING, &count, N_("How many digits behind the point the coin has"), N_("COUNT") },
    { NULL }
  };
  int n_options = argc - 2;
  const char *kind = NULL;
  const char *text = NULL;
  g_autofree char **words = NULL;
  char **options = NULL;

  if (argc < 3) {
    (void) refills_cli_parse (&argc, &argv, entries, 2, _("KIND TEXT"), _("Check an address or a payment request"));
    return REFILLS_CLI_USAGE;
  }

  text = argv[argc - 1];
  kind = argv[argc - 2];
  if (g_str_equal (kind, "--") && argc > 3 && is_kind (argv[argc - 3])) {
    kind = argv[argc - 3];
    n_options--;
  }
  words = g_new0 (char *, (gsize) n_options + 1);
  for (int i = 0; i < n_options; i++)
    words[i] = argv[i];
  options = words;
  if (!refills_cli_parse (&n_options, &options, entries, 0, _("KIND TEXT"), _("Check an address or a payment request")))
    return REFILLS_CLI_USAGE;
  if (!is_kind (kind))
    return refills_cli_fail_usage (_("“%s” is not a kind of text that can be checked"), kind);
  if (count != NULL && !read_decimals (count, &decimals))
    return REFILLS_CLI_USAGE;

  return print (kind, text, decimals);
}
