/* refills-wallet.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What people pay with, and what each takes from a QR code: the whole payment request, or the address alone.
 *
 * A table of facts that were reported in public, with their places; a wallet of which nothing is known for a family is
 * not listed there. Never changes what is to be paid.
 */

#include "refills-wallet.h"

#include <glib/gi18n.h>

#define FAMILY(name)   (1u << REFILLS_ADDRESS_##name)
#define ALL_FAMILIES   ((1u << REFILLS_N_ADDRESS_FAMILIES) - 1)
/* Nobody agrees on a way to write a request: TronLink refuses tron: (BTCPay USDt plugin, PR 46), dogecoin: and doge:
 * differ (dogecoin-wallet-new 20, 78), Sui has none. */
#define WITHOUT_REQUEST (FAMILY (TRON) | FAMILY (DOGECOIN) | FAMILY (SUI) | FAMILY (XRP) | FAMILY (STELLAR) | \
                         FAMILY (MONERO))

typedef enum {
  KIND_UNKNOWN,
  KIND_WALLET,
  KIND_EXCHANGE,
} Kind;

/* What to look out for. */
typedef enum {
  CAUTION_NONE,
  CAUTION_NETWORK,    /* it may stay on another network */
  CAUTION_CONTRACT,   /* it pays to the token's contract */
  CAUTION_AMOUNT,     /* it reads another amount, or none */
  CAUTION_BREAKS,     /* it stops, or refuses the code */
  CAUTION_OLD,        /* only its newer versions read it */
  CAUTION_EXCHANGE,
} Caution;

struct _RefillsWallet {
  const char *id;       /* as it is remembered: never change one */
  const char *name;     /* a proper name, or to be translated */
  Kind        kind;
  guint       families; /* in which it is offered */
  guint       requests; /* in which it takes a whole request */
  struct {
    guint     families;
    Caution   caution;
  } cautions[2];
  guint       timed;    /* in which it takes the end of the time to pay, too */
};

static const RefillsWallet wallets[] = {
  /* First: what is safe with any of them. EVM and the families without a request: the address alone. */
  { "other", N_("Other / Not Sure"), KIND_UNKNOWN, ALL_FAMILIES,
    FAMILY (BITCOIN) | FAMILY (LIGHTNING) | FAMILY (LITECOIN) | FAMILY (BITCOIN_CASH) | FAMILY (SOLANA) | FAMILY (TON),
    { { 0 } } },
  /* Fees, upper case refused: blink-mobile 166, btcpayserver 6721. */
  { "exchange", N_("An Exchange"), KIND_EXCHANGE, ALL_FAMILIES, 0, { { ALL_FAMILIES, CAUTION_EXCHANGE } } },
  /* BlueWallet 4931: one code, one way to pay. */
  { "bluewallet", "BlueWallet", KIND_WALLET, FAMILY (BITCOIN) | FAMILY (LIGHTNING),
    FAMILY (BITCOIN) | FAMILY (LIGHTNING), { { 0 } } },
  /* bullbitcoin-mobile 856: the same. */
  { "bull", "Bull Bitcoin", KIND_WALLET, FAMILY (BITCOIN) | FAMILY (LIGHTNING),
    FAMILY (BITCOIN) | FAMILY (LIGHTNING), { { 0 } } },
  /* Drops `reference`, of which there is none: Backpack 4369. */
  { "backpack", "Backpack", KIND_WALLET, FAMILY (SOLANA), FAMILY (SOLANA), { { 0 } } },
  /* 18 decimals for every token, doge: and tron: of its own: cake_wallet lib/core/payment_uris.dart. */
  { "cake", "Cake Wallet", KIND_WALLET, FAMILY (EVM) | FAMILY (DOGECOIN) | FAMILY (TRON), 0,
    { { FAMILY (EVM), CAUTION_AMOUNT } } },
  /* Ambiguous: shapeshift 4206. */
  { "coinbase", "Coinbase Wallet", KIND_WALLET, FAMILY (EVM), 0, { { 0 } } },
  /* The token's amount as a raw integer; the query glued to a TON address: gemwalletcom/core, payment_decoder. */
  { "gem", "Gem Wallet", KIND_WALLET, FAMILY (EVM) | FAMILY (SOLANA) | FAMILY (TON), FAMILY (SOLANA),
    { { FAMILY (EVM), CAUTION_AMOUNT }, { FAMILY (TON), CAUTION_BREAKS } } },
  /* The contract as the payee: metamask-extension 28527. */
  { "metamask-extension", N_("MetaMask in a Browser"), KIND_WALLET, FAMILY (EVM), 0,
    { { FAMILY (EVM), CAUTION_CONTRACT } } },
  /* Integers work, the network is not always switched; Solana Pay from 8.11 on: metamask-mobile 1549, 2836, 23672,
   * pull requests 30832, 35672. */
  { "metamask", N_("MetaMask on a Phone"), KIND_WALLET, FAMILY (EVM) | FAMILY (SOLANA),
    FAMILY (EVM) | FAMILY (SOLANA), { { FAMILY (EVM), CAUTION_NETWORK }, { FAMILY (SOLANA), CAUTION_OLD } } },
  /* By its scanner: solana-foundation/pay 241. */
  { "phantom", "Phantom", KIND_WALLET, FAMILY (EVM) | FAMILY (SOLANA), FAMILY (SOLANA), { { 0 } } },
  /* Rainbow 6666. */
  { "rainbow", "Rainbow", KIND_WALLET, FAMILY (EVM), 0, { { FAMILY (EVM), CAUTION_BREAKS } } },
  /* By its scanner: solana-foundation/pay 241, 271. */
  { "solflare", "Solflare", KIND_WALLET, FAMILY (SOLANA), FAMILY (SOLANA), { { 0 } } },
  /* ton-org/docs, tonkeeper/wallet-api. */
  { "tonkeeper", "Tonkeeper", KIND_WALLET, FAMILY (TON), FAMILY (TON), { { 0 } }, FAMILY (TON) },
  /* BTCPay USDt plugin, PR 46. */
  { "tronlink", "TronLink", KIND_WALLET, FAMILY (TRON), 0, { { 0 } } },
  /* Only the payee, an amount a thousand times as large: wallet-core 4651, 4860, trust 2363, shapeshift 10638. */
  { "trust", "Trust Wallet", KIND_WALLET, FAMILY (EVM) | FAMILY (SOLANA), 0,
    { { FAMILY (EVM), CAUTION_NETWORK }, { FAMILY (SOLANA), CAUTION_AMOUNT } } },
  /* Reads no requests: Uniswap interface 8022. */
  { "uniswap", "Uniswap Wallet", KIND_WALLET, FAMILY (EVM), 0, { { FAMILY (EVM), CAUTION_NETWORK } } },
  /* As Coinbase Wallet. */
  { "zengo", "ZenGo", KIND_WALLET, FAMILY (EVM), 0, { { 0 } } },
};

static const char * const family_names[REFILLS_N_ADDRESS_FAMILIES] = {
  [REFILLS_ADDRESS_BITCOIN] = "bitcoin",
  [REFILLS_ADDRESS_LIGHTNING] = "lightning",
  [REFILLS_ADDRESS_LITECOIN] = "litecoin",
  [REFILLS_ADDRESS_DOGECOIN] = "dogecoin",
  [REFILLS_ADDRESS_BITCOIN_CASH] = "bitcoin-cash",
  [REFILLS_ADDRESS_EVM] = "evm",
  [REFILLS_ADDRESS_SOLANA] = "solana",
  [REFILLS_ADDRESS_TRON] = "tron",
  [REFILLS_ADDRESS_TON] = "ton",
  [REFILLS_ADDRESS_SUI] = "sui",
  [REFILLS_ADDRESS_XRP] = "xrp",
  [REFILLS_ADDRESS_STELLAR] = "stellar",
  [REFILLS_ADDRESS_MONERO] = "monero",
};

/* Which wallet of a family an entry names, and which code; NULL where it says nothing that is known. */
static const RefillsWallet *
read_choice (const char           *entry,
             RefillsAddressFamily  family,
             RefillsPaymentCode   *code)
{
  g_auto (GStrv) parts = g_strsplit_set (entry, "=:", 4);

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], family_names[family]))
    return NULL;
  if (!g_str_equal (parts[2], "request") && !g_str_equal (parts[2], "address"))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wallets); i++) {
    if ((wallets[i].families & 1u << family) != 0 && g_str_equal (wallets[i].id, parts[1])) {
      *code = g_str_equal (parts[2], "request") ? REFILLS_PAYMENT_CODE_REQUEST : REFILLS_PAYMENT_CODE_ADDRESS;
      return &wallets[i];
    }
  }

  return NULL;
}

/**
 * refills_wallet_list:
 * @family: of the address to pay to
 *
 * Lists what one may pay with there: first what is right for all that are not listed, then an exchange, then wallets by
 * their names.
 *
 * Returns: (transfer container) (array zero-terminated=1): the list, to be freed with g_free()
 */
const RefillsWallet **
refills_wallet_list (RefillsAddressFamily family)
{
  const RefillsWallet **list;
  gsize n = 0;

  g_return_val_if_fail (family < REFILLS_N_ADDRESS_FAMILIES, NULL);

  list = g_new0 (const RefillsWallet *, G_N_ELEMENTS (wallets) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (wallets); i++)
    if ((wallets[i].families & 1u << family) != 0)
      list[n++] = &wallets[i];

  return list;
}

/**
 * refills_wallet_get_id:
 * @self: a wallet
 *
 * Returns: the name by which it is remembered; the same in every language and version
 */
const char *
refills_wallet_get_id (const RefillsWallet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * refills_wallet_get_name:
 * @self: a wallet
 *
 * Returns: what people call it
 */
const char *
refills_wallet_get_name (const RefillsWallet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _(self->name);
}

/**
 * refills_wallet_is_exchange:
 * @self: a wallet
 *
 * Returns: whether it is an account at an exchange, which takes fees and time of its own
 */
gboolean
refills_wallet_is_exchange (const RefillsWallet *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == KIND_EXCHANGE;
}

/**
 * refills_wallet_get_code:
 * @self: a wallet
 * @token: what is to be paid
 *
 * Returns: what its QR code is to hold unless a person chooses otherwise: the whole request only where that is reported
 *   to work, or where it cannot be paid to the wrong place
 */
RefillsPaymentCode
refills_wallet_get_code (const RefillsWallet *self,
                         const RefillsToken  *token)
{
  g_return_val_if_fail (self != NULL && token != NULL, REFILLS_PAYMENT_CODE_ADDRESS);

  return (self->requests & 1u << token->family) != 0 ? REFILLS_PAYMENT_CODE_REQUEST : REFILLS_PAYMENT_CODE_ADDRESS;
}

/**
 * refills_wallet_dup_request:
 * @self: a wallet
 * @payment: what is to be paid
 *
 * Returns: (transfer full) (nullable): the payment request to copy or to open for it, with the end of the time to pay
 *   where it is known to take that; `NULL` where wallets agree on none
 */
char *
refills_wallet_dup_request (const RefillsWallet *self,
                            RefillsPayment      *payment)
{
  g_return_val_if_fail (self != NULL && REFILLS_IS_PAYMENT (payment), NULL);

  return (self->timed & 1u << refills_payment_get_family (payment)) != 0 ? refills_payment_dup_timed_request (payment)
                                                                         : refills_payment_dup_request (payment);
}

/**
 * refills_wallet_dup_code_text:
 * @self: a wallet
 * @payment: what is to be paid
 * @code: what its code is to hold
 *
 * Returns: (transfer full): the text of the QR code for it, whose request is that of [func@wallet_dup_request]
 */
char *
refills_wallet_dup_code_text (const RefillsWallet *self,
                              RefillsPayment      *payment,
                              RefillsPaymentCode   code)
{
  g_return_val_if_fail (self != NULL && REFILLS_IS_PAYMENT (payment), NULL);

  if (code == REFILLS_PAYMENT_CODE_REQUEST && (self->timed & 1u << refills_payment_get_family (payment)) != 0)
    return refills_payment_dup_timed_request (payment);

  return refills_payment_dup_code_text (payment, code);
}

/**
 * refills_wallet_has_choice:
 * @self: a wallet
 * @token: what is to be paid
 *
 * Returns: whether both codes make sense with it. An invoice has its amount in any case (BOLT 11), and what is reported
 *   to read a request wrongly is offered none
 */
gboolean
refills_wallet_has_choice (const RefillsWallet *self,
                           const RefillsToken  *token)
{
  g_return_val_if_fail (self != NULL && token != NULL, FALSE);

  return (self->requests & ~FAMILY (LIGHTNING) & ~WITHOUT_REQUEST & 1u << token->family) != 0;
}

/**
 * refills_wallet_dup_caution:
 * @self: a wallet
 * @token: what is to be paid
 *
 * Returns: (transfer full) (nullable): a sentence on what was reported to go wrong with it, or `NULL`
 */
char *
refills_wallet_dup_caution (const RefillsWallet *self,
                            const RefillsToken  *token)
{
  const char *name = refills_wallet_get_name (self);
  Caution caution = CAUTION_NONE;

  g_return_val_if_fail (self != NULL && token != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (self->cautions); i++)
    if ((self->cautions[i].families & 1u << token->family) != 0)
      caution = self->cautions[i].caution;

  switch (caution) {
  case CAUTION_NETWORK:
    /* Translators: in all of these %s is a wallet, such as “MetaMask on a Phone” */
    return g_strdup_printf (_("%s may stay on another network. Choose the network there yourself."), name);
  case CAUTION_CONTRACT:
    return g_strdup_printf (_("%s can mistake the token’s contract for the recipient, so this code doesn’t name the "
                              "coin. Choose network and coin there yourself."), name);
  case CAUTION_AMOUNT:
    return g_strdup_printf (_("%s can misread the amount in a code, so this code holds none."), name);
  case CAUTION_BREAKS:
    return g_strdup_printf (_("%s can fail to read a code with an amount, so this code holds none."), name);
  case CAUTION_OLD:
    return g_strdup_printf (_("%s reads the amount only in versions from September 2026 or later."), name);
  case CAUTION_EXCHANGE:
    return g_strdup (token->family == REFILLS_ADDRESS_LIGHTNING
                       ? _("Not every exchange can pay a Lightning invoice.")
                       : _("Exchanges charge a fee and can take a while. Read below before you send."));
  case CAUTION_NONE:
  default:
    return NULL;
  }
}

/**
 * refills_wallet_recall:
 * @choices: (array zero-terminated=1) (nullable): what was remembered
 * @token: what is to be paid
 * @code: (out): what its code is to hold
 *
 * Finds what was chosen for the token's family the last time. What makes no sense, as after somebody edited it, is as
 * if nothing had been chosen.
 *
 * Returns: (transfer none): the wallet; “Other / Not Sure” where nothing was
 */
const RefillsWallet *
refills_wallet_recall (const char * const *choices,
                       const RefillsToken *token,
                       RefillsPaymentCode *code)
{
  g_return_val_if_fail (token != NULL && code != NULL, NULL);

  for (gsize i = 0; choices != NULL && choices[i] != NULL; i++) {
    const RefillsWallet *wallet = read_choice (choices[i], token->family, code);

    if (wallet == NULL)
      continue;
    if (!refills_wallet_has_choice (wallet, token))
      *code = refills_wallet_get_code (wallet, token);
    return wallet;
  }

  *code = refills_wallet_get_code (&wallets[0], token);

  return &wallets[0];
}

/**
 * refills_wallet_remember:
 * @choices: (array zero-terminated=1) (nullable): what was remembered before
 * @token: what is to be paid
 * @wallet: what is paid with
 * @code: what its code holds
 *
 * Returns: (transfer full) (array zero-terminated=1): @choices with that of the token's family replaced
 */
char **
refills_wallet_remember (const char * const  *choices,
                         const RefillsToken  *token,
                         const RefillsWallet *wallet,
                         RefillsPaymentCode   code)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *prefix = NULL;
  g_autofree char *entry = NULL;

  g_return_val_if_fail (token != NULL && wallet != NULL, NULL);

  prefix = g_strdup_printf ("%s=", family_names[token->family]);
  for (gsize i = 0; choices != NULL && choices[i] != NULL; i++)
    if (!g_str_has_prefix (choices[i], prefix))
      g_strv_builder_add (builder, choices[i]);
  entry = g_strdup_printf ("%s%s:%s", prefix, wallet->id,
                           code == REFILLS_PAYMENT_CODE_REQUEST ? "request" : "address");
  g_strv_builder_add (builder, entry);

  return g_strv_builder_end (builder);
}
