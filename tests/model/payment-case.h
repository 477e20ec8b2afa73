/* payment-case.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-payment.h"

G_BEGIN_DECLS

#define PAYMENT_CASE_EVM "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"

/* An order that can be paid, until a member is changed. Times are in epoch seconds. */
typedef struct {
  /* What was asked. */
  const char *coin;
  const char *network;   /* NULL: an exchange that has none */
  const char *asked_via;
  const char *quoted;    /* NULL: no total was agreed to */
  const char *contract;  /* as the service told of it; NULL: none */
  int         decimals;  /* likewise; -1: not told */
  guint64     chain_id;  /* likewise; 0: not told */
  const char *threshold; /* NULL: none */
  const char *coupon;    /* likewise */

  /* What was answered; a text of NULL is left out. */
  const char *order_state;
  const char *payment_via;
  const char *answered_coin;
  const char *answered_network;
  const char *address;
  const char *amount;
  const char *summary;   /* what it says is to be paid */
  const char *sent;
  const char *missing;
  const char *qr_text;
  const char *missing_qr_text;
  const char *memo;
  const char *page;
  const char *deliveries; /* JSON with single quotes */
  gint64      requested_at; /* 0: not told, as the next */
  gint64      created_at;
  gint64      answered_at; /* by the head of the answer; 0: not told */
  gboolean    is_changed; /* a later answer named another address */

  gint64      now;
} PaymentCase;

/* The row of our table as the service would tell of it, and a payee of its family. */
void            payment_case_init         (PaymentCase *self,
                                           const char  *coin,
                                           const char  *network);
const char     *payment_case_get_payee    (RefillsAddressFamily family);
const char     *payment_case_get_other    (RefillsAddressFamily family);
RefillsPayment *payment_case_pay          (const PaymentCase  *self,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState   *payment_case_make_state   (const PaymentCase *self) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderRequest *payment_case_make_request (const PaymentCase *self) G_GNUC_WARN_UNUSED_RESULT;

/* Every row of the table: pairs of coin and network, ended by NULL. */
extern const char * const payment_case_rows[][2];

/* For as much as the invoice, with a payment hash of its own, which the other one has not. */
extern const char payment_case_second_invoice[];

#define payment_case_assert_pays(self) \
  G_STMT_START { \
    g_autoptr (GError) _error = NULL; \
    g_autoptr (RefillsPayment) _payment = payment_case_pay (self, &_error); \
    g_assert_no_error (_error); \
    g_assert_nonnull (_payment); \
  } G_STMT_END

#define payment_case_assert_refused(self, reason) \
  G_STMT_START { \
    g_autoptr (GError) _error = NULL; \
    g_assert_null (payment_case_pay (self, &_error)); \
    g_assert_error (_error, REFILLS_PAYMENT_ERROR, (int) (reason)); \
  } G_STMT_END

G_END_DECLS
