/* refills-cli-answer.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the service said of an order, as JSON: each member digit for digit, but for what somebody could pay by, however
 * deep it stands and whatever it is called. Where to pay to is printed from the verified payment or not at all.
 */
#include "refills-cli-answer.h"

#include <string.h>

#include "refills-address.h"
#include "refills-cli-output.h"
#include "refills-cli-payee.h"
#include "refills-json-write.h"

/* Codes to scan, and pictures of them, are written anew from what was compared. A page is there to be opened. */
static const char * const withheld[] = {
  "wallet_address", "checkout_url", "qr_text", "qr_url", "missing_amount_qr_text", "missing_amount_qr_url",
  NULL
};

/* What was paid for, which may look like anything (API reference, section 11.3). */
static const char * const codes[] = {
  "pin_code", "voucher_code", "pin_serial", "security_code", "installation_url", "apple_universal_link",
  "android_universal_link", "barcode_image_url", "qr_image_url", NULL
};

/* Shorter ones stand in other texts by chance. */
#define PAYEE_MIN_BYTES 14

typedef enum {
  ZONE_PLAIN,
  ZONE_CODE,
  ZONE_TRANSACTIONS,
} Zone;

typedef struct {
  RefillsPayment      *payment;
  RefillsOrderRequest *asked;
  GPtrArray           *payees;    /* texts that the answer itself has in members of those names; borrowed */
  gboolean             has_holes; /* something was left out */
} Filter;

static Zone
find_zone (Zone        zone,
           const char *member)
{
  if (g_strv_contains (codes, member))
    return ZONE_CODE;

  return g_str_equal (member, "payment_transactions") ? ZONE_TRANSACTIONS : zone;
}

/* Calls itself for what is inside; the parser lets through 64 levels. */
static void
collect_payees (const RefillsJsonPlace *place,
                GPtrArray              *payees)
{
  RefillsJsonPlace inner;
  RefillsJsonKind kind = refills_json_place_get_kind (place);

  for (guint i = 0; kind == REFILLS_JSON_OBJECT && refills_json_get_member_at (place, i, &inner); i++) {
    if (g_strv_contains (withheld, inner.member) && refills_json_place_get_kind (&inner) == REFILLS_JSON_STRING &&
        strlen (refills_json_place_get_text (&inner)) >= PAYEE_MIN_BYTES)
      g_ptr_array_add (payees, (gpointer) refills_json_place_get_text (&inner));
    collect_payees (&inner, payees);
  }
  for (guint i = 0; kind == REFILLS_JSON_ARRAY && i < refills_json_get_length (place); i++) {
    refills_json_get_element (place, i, &inner);
    collect_payees (&inner, payees);
  }
}

/* An address of the person's own, given back to them. */
static gboolean
was_asked (Filter     *self,
           const char *text)
{
  if (self->asked == NULL)
    return FALSE;
  if (g_strcmp0 (refills_order_request_get_refund_address (self->asked), text) == 0)
    return TRUE;
  for (guint i = 0; i < refills_order_request_get_n_lines (self->asked); i++) {
    RefillsOrderLine *line = refills_order_request_get_line (self->asked, i);

    if (g_strcmp0 (refills_order_line_get_beneficiary (line), text) == 0)
      return TRUE;
  }

  return FALSE;
}

/* A transaction is named by 32 bytes on some networks, as an address is there. */
static gboolean
is_like_transaction (const char *text)
{
  return refills_address_check (REFILLS_ADDRESS_SUI, text, NULL) ||
         refills_address_check (REFILLS_ADDRESS_SOLANA, text, NULL);
}

static gboolean
may_print (Filter     *self,
           const char *text,
           Zone        zone)
{
  if (self->payment != NULL && g_str_equal (text, refills_payment_get_address (self->payment)))
    return TRUE;
  if (was_asked (self, text))
    return TRUE;
  for (guint i = 0; i < self->payees->len; i++)
    if (strstr (text, self->payees->pdata[i]) != NULL)
      return FALSE;

  return zone == ZONE_CODE || (zone == ZONE_TRANSACTIONS && is_like_transaction (text)) ||
         !refills_cli_names_payee (text);
}

static char *write_kept (Filter                 *self,
                         const RefillsJsonPlace *place,
                         Zone                    zone); /* calls itself for what is inside */

static char *
write_object (Filter                 *self,
              const RefillsJsonPlace *place,
              Zone                    zone)
{
  GString *object = refills_cli_begin_object ();
  RefillsJsonPlace member;

  for (guint i = 0; refills_json_get_member_at (place, i, &member); i++) {
    g_autofree char *document = NULL;

    if (!g_strv_contains (withheld, member.member) && may_print (self, member.member, ZONE_PLAIN))
      document = write_kept (self, &member, find_zone (zone, member.member));
    if (document != NULL)
      refills_cli_add_raw (object, member.member, document);
    else
      self->has_holes = TRUE;
  }

  return refills_cli_end_object (object);
}

/* What stands behind it keeps its place. */
static char *
write_array (Filter                 *self,
             const RefillsJsonPlace *place,
             Zone                    zone)
{
  GString *array = g_string_new ("[");

  for (guint i = 0; i < refills_json_get_length (place); i++) {
    RefillsJsonPlace element;
    g_autofree char *document = NULL;

    refills_json_get_element (place, i, &element);
    document = write_kept (self, &element, zone);
    self->has_holes |= document == NULL;
    g_string_append_printf (array, "%s%s", i > 0 ? "," : "", document != NULL ? document : "null");
  }
  g_string_append_c (array, ']');

  return g_string_free (array, FALSE);
}

/* NULL where it must not be printed. */
static char *
write_kept (Filter                 *self,
            const RefillsJsonPlace *place,
            Zone                    zone)
{
  switch (refills_json_place_get_kind (place)) {
  case REFILLS_JSON_OBJECT:
    return write_object (self, place, zone);
  case REFILLS_JSON_ARRAY:
    return write_array (self, place, zone);
  case REFILLS_JSON_STRING:
    if (!may_print (self, refills_json_place_get_text (place), zone))
      return NULL;
    return refills_json_place_write (place);
  case REFILLS_JSON_NULL:
  case REFILLS_JSON_BOOLEAN:
  case REFILLS_JSON_NUMBER:
  default:
    return refills_json_place_write (place);
  }
}

static void
add_payment (GString        *object,
             RefillsPayment *payment)
{
  GString *inner = refills_cli_begin_object ();
  g_autofree char *asset = refills_payment_dup_asset (payment);
  g_autofree char *request = refills_payment_dup_request (payment);
  g_autofree char *document = NULL;

  refills_cli_add_text (inner, "address", refills_payment_get_address (payment));
  refills_cli_add_text (inner, "amount", refills_payment_get_amount (payment));
  refills_cli_add_text (inner, "coin", refills_payment_get_coin (payment));
  refills_cli_add_text (inner, "network", refills_payment_get_network_title (payment));
  refills_cli_add_text (inner, "chain", refills_payment_get_chain (payment));
  refills_cli_add_text (inner, "asset", asset);
  refills_cli_add_text (inner, "units", refills_payment_get_units (payment));
  refills_cli_add_number (inner, "decimals", refills_payment_get_decimals (payment));
  refills_cli_add_text (inner, "comment", refills_payment_get_comment (payment));
  refills_cli_add_text (inner, "request", request);
  refills_cli_add_raw (inner, "rest", refills_payment_is_rest (payment) ? "true" : "false");
  document = refills_cli_end_object (inner);
  refills_cli_add_raw (object, "payment", document);
}

/**
 * refills_cli_add_answer:
 * @object: an object
 * @answer: an order, as the service said it
 * @payment: (nullable): what may be paid for it
 * @page: (nullable): the page at which it is paid
 * @asked: (nullable): what was ordered; its addresses are the person's own
 *
 * Adds the answer’s members, and of the address and the payment codes what @payment says. Every other text that
 * somebody could pay by is left out with its member, at any depth; in an array null stands in for it.
 */
void
refills_cli_add_answer (GString                *object,
                        const RefillsJsonPlace *answer,
                        RefillsPayment         *payment,
                        const char             *page,
                        RefillsOrderRequest    *asked)
{
  g_autoptr (GPtrArray) payees = g_ptr_array_new ();
  Filter filter = { .payment = payment, .asked = asked, .payees = payees };
  RefillsJsonPlace member;

  collect_payees (answer, payees);
  if (payment != NULL)
    add_payment (object, payment);
  for (guint i = 0; refills_json_get_member_at (answer, i, &member); i++) {
    g_autofree char *document = NULL;

    if (g_strv_contains (withheld, member.member)) {
      if (payment != NULL && g_str_equal (member.member, withheld[0]) && !refills_payment_is_rest (payment))
        refills_cli_add_text (object, member.member, refills_payment_get_address (payment));
      else if (page != NULL && g_str_equal (member.member, withheld[1]))
        refills_cli_add_text (object, member.member, page);
      continue;
    }
    if ((payment != NULL && g_str_equal (member.member, "payment")) || !may_print (&filter, member.member, ZONE_PLAIN))
      continue;
    document = write_kept (&filter, &member, find_zone (ZONE_PLAIN, member.member));
    if (document != NULL)
      refills_cli_add_raw (object, member.member, document);
  }
}

/* A NUL would end the text that is looked at before its end. */
static gboolean
bytes_name_payee (const char *data,
                  gsize       length)
{
  g_autofree char *text = g_strndup (data, length);

  for (gsize i = 0; i < length; i++)
    text[i] = data[i] != '\0' ? data[i] : ' ';

  return refills_cli_names_payee (text);
}

/**
 * refills_cli_add_event_data:
 * @object: an object
 * @data: what an event of an order's stream brought: valid UTF-8, which may hold NUL
 * @length: bytes of @data
 *
 * Adds it as text, in the member `data`, without what somebody could pay by: nothing of it was verified. It is as it
 * came where there is nothing of that; a document of JSON loses those members, and any other text is null.
 */
void
refills_cli_add_event_data (GString    *object,
                            const char *data,
                            gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (RefillsJson) document = refills_json_parse (bytes, length + 1, NULL);
  g_autoptr (GPtrArray) payees = g_ptr_array_new ();
  Filter filter = { .payees = payees };
  g_autofree char *kept = NULL;
  RefillsJsonPlace root;

  if (document != NULL) {
    refills_json_place_init (&root, document);
    collect_payees (&root, payees);
    kept = write_kept (&filter, &root, ZONE_PLAIN);
  }
  if (document != NULL ? kept != NULL && !filter.has_holes : !bytes_name_payee (data, length))
    refills_cli_add_bytes (object, "data", data, length);
  else
    refills_cli_add_text (object, "data", kept);
}
