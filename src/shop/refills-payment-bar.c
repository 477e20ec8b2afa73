/* refills-payment-bar.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether one can pay with a coin on a network, what is said where one cannot, and which pair stands before which.
 * Pure functions on what the service says of them and on what is known here.
 */
#include "refills-payment-bar-private.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-token-table.h"

#define RECOMMENDED_COIN "USDC"
#define RECOMMENDED_NETWORK "Solana"
#define ETHEREUM_CHAIN_ID 1

/* Decimals that a minimum is shown with; it is rounded up. */
#define STABLE_DECIMALS 2
#define OTHER_DECIMALS 8

static gboolean
is_stable (RefillsCoin *coin)
{
  static const char * const symbols[] = {
    "USDC", "USDT", "USDC.e", "USDT.e", "DAI", "EURC", "EUROC", "PYUSD", "USDS", "USDe", "USDE", "FDUSD", NULL
  };

  return g_strv_contains (symbols, refills_coin_get_symbol (coin));
}

/* What a transfer of a token costs there is cents at the most; on Ethereum and TRON it can be more than the fee of
 * the purchase. */
static gboolean
is_cheap (const RefillsToken *token)
{
  return token->family == REFILLS_ADDRESS_SOLANA || token->family == REFILLS_ADDRESS_TON ||
         token->family == REFILLS_ADDRESS_SUI ||
         (token->family == REFILLS_ADDRESS_EVM && token->chain_id != ETHEREUM_CHAIN_ID);
}

/**
 * refills_payment_is_recommended:
 * @coin: a coin
 * @network: one of its networks
 *
 * Returns: whether it has the lowest fees and the fastest settlement
 */
gboolean
refills_payment_is_recommended (RefillsCoin    *coin,
                                RefillsNetwork *network)
{
  return g_str_equal (refills_coin_get_symbol (coin), RECOMMENDED_COIN) &&
         g_str_equal (refills_network_get_name (network), RECOMMENDED_NETWORK);
}

/**
 * refills_payment_rank:
 * @coin: a coin
 * @network: one of its networks
 *
 * What is recommended stands first, then stablecoins on cheap networks, then the rest.
 *
 * Returns: the lower, the further in front; what has the same rank stands as the service lists it
 */
int
refills_payment_rank (RefillsCoin    *coin,
                      RefillsNetwork *network)
{
  const RefillsToken *token = refills_token_find (refills_coin_get_symbol (coin), refills_network_get_name (network));
  gboolean is_first_coin = g_str_equal (refills_coin_get_symbol (coin), RECOMMENDED_COIN);

  if (refills_payment_is_recommended (coin, network))
    return 0;
  if (token != NULL && is_cheap (token) && is_stable (coin))
    return is_first_coin ? 1 : 2;

  return 3;
}

/**
 * refills_payment_bar_find:
 * @coin: a coin
 * @network: one of its networks
 * @total: (nullable): what is to be paid, in units of @coin, where that is known
 *
 * Returns: what stands against paying @total so, as far as the service's list says
 */
RefillsPaymentBar
refills_payment_bar_find (RefillsCoin          *coin,
                          RefillsNetwork       *network,
                          const RefillsDecimal *total)
{
  RefillsDecimal threshold;

  if (!refills_network_is_supported (network, refills_coin_get_symbol (coin)))
    return REFILLS_PAYMENT_BAR_UNSUPPORTED;
  if (refills_coin_is_suspended (coin) || refills_network_is_suspended (network))
    return REFILLS_PAYMENT_BAR_SUSPENDED;
  if (total != NULL && refills_network_get_threshold (network, &threshold) &&
      refills_decimal_compare (total, &threshold) < 0)
    return REFILLS_PAYMENT_BAR_MINIMUM;

  return REFILLS_PAYMENT_BAR_NONE;
}

/* "0.562099175481640" of USDC is "0.57 USDC": who pays that is not below it. */
static char *
dup_minimum (RefillsCoin    *coin,
             RefillsNetwork *network)
{
  guint decimals = is_stable (coin) ? STABLE_DECIMALS : OTHER_DECIMALS;
  RefillsDecimal threshold = REFILLS_DECIMAL_ZERO;
  RefillsDecimal cut, step, sum;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  char *point;

  refills_network_get_threshold (network, &threshold);
  text = refills_decimal_to_text (&threshold);
  point = strchr (text, '.');
  if (point != NULL && strlen (point + 1) > decimals)
    point[decimals + 1] = '\0';
  if (refills_decimal_parse (text, &cut, NULL) && refills_decimal_compare (&cut, &threshold) < 0 &&
      refills_decimal_from_units ("1", decimals, &step, NULL) && refills_decimal_add (&cut, &step, &sum))
    label = refills_decimal_to_short_text (&sum);
  else
    label = refills_decimal_to_short_text (&threshold);

  return g_strdup_printf ("%s %s", label, refills_coin_get_symbol (coin));
}

/**
 * refills_payment_bar_dup_label:
 * @bar: what stands against it
 * @coin: a coin
 * @network: one of its networks
 *
 * Returns: (transfer full) (nullable): a few words, `NULL` where nothing does
 */
char *
refills_payment_bar_dup_label (RefillsPaymentBar  bar,
                               RefillsCoin       *coin,
                               RefillsNetwork    *network)
{
  g_autofree char *minimum = NULL;

  switch (bar) {
  case REFILLS_PAYMENT_BAR_UNSUPPORTED:
    return g_strdup (_("Not supported by this version"));
  case REFILLS_PAYMENT_BAR_SUSPENDED:
    return g_strdup (_("Suspended for now"));
  case REFILLS_PAYMENT_BAR_NOT_ALLOWED:
    return g_strdup (_("Not accepted for this product"));
  case REFILLS_PAYMENT_BAR_MINIMUM:
    minimum = dup_minimum (coin, network);
    /* Translators: %s is an amount such as "0.57 USDC". */
    return g_strdup_printf (_("Minimum %s"), minimum);
  case REFILLS_PAYMENT_BAR_NONE:
  default:
    return NULL;
  }
}

/**
 * refills_payment_dup_pair_label:
 * @coin: a coin
 * @network: one of its networks
 *
 * Returns: (transfer full): both, such as "USDC on Solana"
 */
char *
refills_payment_dup_pair_label (RefillsCoin    *coin,
                                RefillsNetwork *network)
{
  /* Translators: a coin and its network, such as "USDC on Solana". */
  return g_strdup_printf (_("%1$s on %2$s"), refills_coin_get_symbol (coin), refills_network_get_title (network));
}

/**
 * refills_payment_bar_dup_sentence:
 * @bar: what stands against it
 * @coin: a coin
 * @network: one of its networks
 *
 * Returns: (transfer full) (nullable): why it was not chosen, a sentence; `NULL` where nothing stands against it
 */
char *
refills_payment_bar_dup_sentence (RefillsPaymentBar  bar,
                                  RefillsCoin       *coin,
                                  RefillsNetwork    *network)
{
  g_autofree char *pair = refills_payment_dup_pair_label (coin, network);
  g_autofree char *minimum = NULL;

  switch (bar) {
  case REFILLS_PAYMENT_BAR_UNSUPPORTED:
    /* Translators: here and in what follows %s is a coin and its network, such as "USDC on Solana". */
    return g_strdup_printf (_("%s is not supported by this version."), pair);
  case REFILLS_PAYMENT_BAR_SUSPENDED:
    return g_strdup_printf (_("%s is suspended for now."), pair);
  case REFILLS_PAYMENT_BAR_NOT_ALLOWED:
    return g_strdup_printf (_("%s is not accepted for this product."), pair);
  case REFILLS_PAYMENT_BAR_MINIMUM:
    minimum = dup_minimum (coin, network);
    /* Translators: "USDC on Solana needs at least 0.57 USDC." */
    return g_strdup_printf (_("%1$s needs at least %2$s."), pair, minimum);
  case REFILLS_PAYMENT_BAR_NONE:
  default:
    return NULL;
  }
}

/**
 * refills_payment_bar_dup_notice:
 * @bar: what stands against @expected
 * @expected: a pair that was to be expected
 * @chosen: the one that is chosen in its place
 *
 * Returns: (transfer full) (nullable): why that is so, in a sentence or two; `NULL` where nothing stands against
 *   @expected
 */
char *
refills_payment_bar_dup_notice (RefillsPaymentBar         bar,
                                const RefillsPaymentPair *expected,
                                const RefillsPaymentPair *chosen)
{
  g_autofree char *reason = refills_payment_bar_dup_sentence (bar, expected->coin, expected->network);
  g_autofree char *pair = refills_payment_dup_pair_label (chosen->coin, chosen->network);

  if (reason == NULL)
    return NULL;

  /* Translators: the first %s is a sentence such as "USDC on Solana is suspended for now.", the second a coin and its
   * network. */
  return g_strdup_printf (_("%s %s is chosen instead."), reason, pair);
}

/**
 * refills_payment_bar_is_nearer:
 * @network: a network whose minimum is not reached
 * @other: another
 *
 * Returns: whether the minimum of @network is the smaller of the two, so that it is the one to tell of
 */
gboolean
refills_payment_bar_is_nearer (RefillsNetwork *network,
                               RefillsNetwork *other)
{
  RefillsDecimal first, second;

  return refills_network_get_threshold (network, &first) && refills_network_get_threshold (other, &second) &&
         refills_decimal_compare (&first, &second) < 0;
}
