/* payment-case.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An order of any coin and network that can be paid, for tests that spoil one thing of it.
 */
#include "payment-case.h"

#include "json-case.h"

/* BOLT 11, "$3 coffee": 0.0025 BTC. */
#define INVOICE \
  "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq" \
  "5rqwzqfqqqsyqcy" \
  "q5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w27kyke0" \
  "lp53ut353s06fv3" \
  "qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh"
/* BOLT 11, of the same amount and another description. */
#define OTHER_INVOICE \
  "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq" \
  "5rqwzqfqqqsyqcy" \
  "q5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4eyqc7d8d0xqzpu9qrsgqhtjpauu9ur7fw2thcl4y9vfvh4m9wlfyz2gem29g5g" \
  "he2aak2pm3ps8fd" \
  "htceqsaagty2vph7utlgj48u0ged6a337aewvraedendscp573dxr"

/* The first with other bits in its payment hash and a new checksum. */
const char payment_case_second_invoice[] =
  "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5zzzsyqcyq5rqwzqfqqqsyqcyq"
  "5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh"
  "8nhedh8w27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgppzcjrz";

static const char * const payees[REFILLS_N_ADDRESS_FAMILIES][2] = {
  [REFILLS_ADDRESS_BITCOIN] = { "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu" },
  [REFILLS_ADDRESS_LIGHTNING] = { INVOICE, OTHER_INVOICE },
  [REFILLS_ADDRESS_LITECOIN] = { "LW6HjAU6GL9fK2LZWUA6VZCzomTdrpx3nr", "MHhghmmCTASDnuwpgsPUNJVPTFaj61GzaG" },
  [REFILLS_ADDRESS_DOGECOIN] = { "DLSSSUS3ex7YNDACJDxMER1ZMW579Vy8Zy", "AETZJzedcmLM2rxCM6VqCGF3YEMUjA3jMw" },
  [REFILLS_ADDRESS_BITCOIN_CASH] = { "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
                                     "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy" },
  [REFILLS_ADDRESS_EVM] = { PAYMENT_CASE_EVM, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359" },
  [REFILLS_ADDRESS_SOLANA] = { "2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST",
                               "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN" },
  [REFILLS_ADDRESS_TRON] = { "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", "THRF3GuPnvvPzKoaT8pJex5XHmo8NNbCb3" },
  [REFILLS_ADDRESS_TON] = { "UQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorhqg",
                            "UQDYzZmfsrGzhObKJUw4gzdeIxEai3jAFbiGKGwxvxHinf4K" },
  [REFILLS_ADDRESS_SUI] = { "0x8a8627861a5dd96c9db3ce0807b122da5ed473934ce7568a5b4b1c361cbb28ae",
                            "0x9b8627861a5dd96c9db3ce0807b122da5ed473934ce7568a5b4b1c361cbb28ae" },
};

const char * const payment_case_rows[][2] = {
  { "BTC", "Mainnet" }, { "BTC", "Lightning" }, { "LTC", "Mainnet" }, { "DOGE", "Mainnet" }, { "BCH", "Mainnet" },
  { "ETH", "ETH Mainnet" }, { "ETH", "Base" }, { "ETH", "Arbitrum" }, { "ETH", "Optimism Mainnet" },
  { "BNB", "Binance Smart Chain Mainnet" }, { "POL", "Polygon (Matic)" }, { "MATIC", "Polygon (Matic)" },
  { "AVAX", "Avalanche Mainnet" }, { "SOL", "Solana" }, { "TRX", "Tron" }, { "TON", "Ton" }, { "GRAM", "Ton" },
  { "SUI", "Sui" },
  { "USDC", "Solana" }, { "USDC", "ETH Mainnet" }, { "USDC", "Base" }, { "USDC", "Arbitrum" },
  { "USDC", "Polygon (Matic)" }, { "USDC", "Optimism Mainnet" }, { "USDC", "Binance Smart Chain Mainnet" },
  { "USDC", "Avalanche Mainnet" }, { "USDC", "Sonic" }, { "USDC", "WORLDCHAIN" }, { "USDC", "Sui" },
  { "USDC.e", "Arbitrum" }, { "USDC.e", "Polygon (Matic)" }, { "USDC.e", "Optimism Mainnet" },
  { "USDC.e", "Avalanche Mainnet" }, { "USDC.e", "Soneium" },
  { "USDT", "Solana" }, { "USDT", "Tron" }, { "USDT", "Ton" }, { "USDT", "ETH Mainnet" }, { "USDT", "Base" },
  { "USDT", "Arbitrum" }, { "USDT", "Polygon (Matic)" }, { "USDT", "Optimism Mainnet" },
  { "USDT", "Binance Smart Chain Mainnet" }, { "USDT", "Avalanche Mainnet" }, { "USDT", "Sonic" },
  { "USDT", "Plasma" }, { "USDT.e", "Avalanche Mainnet" },
  { "DAI", "ETH Mainnet" }, { "DAI", "Polygon (Matic)" }, { "DAI", "Base" },
  { "EURC", "ETH Mainnet" }, { "EURC", "Base" }, { "EURC", "Solana" },
  { "EUROC", "ETH Mainnet" }, { "EUROC", "Base" }, { "EUROC", "Solana" },
  { "PYUSD", "ETH Mainnet" }, { "USDS", "ETH Mainnet" }, { "USDe", "ETH Mainnet" }, { "USDE", "ETH Mainnet" },
  { "FDUSD", "ETH Mainnet" }, { "FDUSD", "Binance Smart Chain Mainnet" }, { "WLD", "WORLDCHAIN" },
  { NULL, NULL },
};

const char *
payment_case_get_payee (RefillsAddressFamily family)
{
  return payees[family][0];
}

const char *
payment_case_get_other (RefillsAddressFamily family)
{
  return payees[family][1];
}

void
payment_case_init (PaymentCase *self,
                   const char  *coin,
                   const char  *network)
{
  const RefillsToken *token = refills_token_find (coin, network);
  gboolean is_invoice = token != NULL && token->family == REFILLS_ADDRESS_LIGHTNING;

  *self = (PaymentCase) {
    .coin = coin,
    .network = network,
    .asked_via = "USER_WALLET",
    .quoted = is_invoice ? "0.0025" : "25.37",
    .decimals = -1,
    .order_state = "WaitingForPayment",
    .payment_via = "USER_WALLET",
    .answered_coin = coin,
    .answered_network = network,
    .amount = is_invoice ? "0.0025" : "25.37",
    /* When the invoice was made, so that it may be paid for a while. */
    .requested_at = 1496314658,
  };
  if (token != NULL) {
    self->contract = token->contract;
    self->decimals = token->contract != NULL ? (int) token->decimals : -1;
    self->chain_id = token->chain_id;
    self->address = payees[token->family][0];
  }
}

RefillsOrderRequest *
payment_case_make_request (const PaymentCase *self)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Amazon.com", .country = "US", .denomination = "25 USD", .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .payment_via = self->asked_via, .coin = self->coin, .quoted_amount = self->quoted,
    .coupon = self->coupon,
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) network = NULL;

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  if (self->network != NULL) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (JsonCase) json = NULL;
    g_autoptr (GError) error = NULL;

    g_string_printf (text, "{'name':'%s','chain_id':%" G_GUINT64_FORMAT, self->network, self->chain_id);
    if (self->threshold != NULL)
      g_string_append_printf (text, ",'threshold':'%s'", self->threshold);
    if (self->contract != NULL || self->decimals >= 0) {
      g_string_append_printf (text, ",'smart_contract':{'address':'%s'", self->contract != NULL ? self->contract : "");
      if (self->decimals >= 0)
        g_string_append_printf (text, ",'decimals':%d", self->decimals);
      g_string_append_c (text, '}');
    }
    g_string_append_c (text, '}');
    json = json_case_new (text->str);
    network = refills_network_new_for_coin (&json->place, self->coin, &error);
    g_assert_no_error (error);
  }

  return refills_order_request_new (&fields, lines, network);
}

static void
add_text (GString    *text,
          const char *name,
          const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, ",'%s':'%s'", name, value);
}

static RefillsOrderState *
read_state (const char *text,
            gint64      date)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_answer (bytes, date, 0, &error);

  g_assert_no_error (error);

  return state;
}

RefillsOrderState *
payment_case_make_state (const PaymentCase *self)
{
  g_autoptr (GString) text = g_string_new ("{'order_id':'o-1','payment_state':'WalletCreated'");
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderState) later = NULL;

  add_text (text, "order_state", self->order_state);
  add_text (text, "payment_via", self->payment_via);
  add_text (text, "coin", self->answered_coin);
  add_text (text, "network", self->answered_network);
  add_text (text, "wallet_address", self->address);
  add_text (text, "coin_amount", self->amount);
  if (self->summary != NULL)
    g_string_append_printf (text, ",'summary':{'coin_amount_to_pay_in_crypto':'%s'}", self->summary);
  add_text (text, "sent_coin_amount", self->sent);
  add_text (text, "missing_amount", self->missing);
  add_text (text, "qr_text", self->qr_text);
  add_text (text, "missing_amount_qr_text", self->missing_qr_text);
  add_text (text, "memo", self->memo);
  add_text (text, "checkout_url", self->page);
  if (self->deliveries != NULL)
    g_string_append_printf (text, ",'deliveries':%s", self->deliveries);
  if (self->requested_at != 0)
    g_string_append_printf (text, ",'payment_requested_at':%" G_GINT64_FORMAT, self->requested_at);
  if (self->created_at != 0)
    g_string_append_printf (text, ",'created_at':%" G_GINT64_FORMAT, self->created_at);
  g_string_append_c (text, '}');
  state = read_state (text->str, self->answered_at);
  if (!self->is_changed)
    return g_steal_pointer (&state);

  later = read_state ("{'order_id':'o-1','order_state':'WaitingForPayment','payment_state':'p',"
                      "'wallet_address':'elsewhere'}", 0);

  return refills_order_state_merge (state, later);
}

RefillsPayment *
payment_case_pay (const PaymentCase  *self,
                  GError            **error)
{
  g_autoptr (RefillsOrderState) state = payment_case_make_state (self);
  g_autoptr (RefillsOrderRequest) asked = payment_case_make_request (self);

  return refills_payment_new (state, asked, self->now, error);
}
