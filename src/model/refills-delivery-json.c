/* refills-delivery-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a delivery from the service's JSON (API reference, sections 11.2, 11.3 and 12.1). Tolerant:
 * whatever is missing or of another type is left out, since the rest may be a paid code.
 */
#include "refills-delivery-private.h"

#include "refills-error.h"
#include "refills-esim-code.h"
#include "refills-operator-outcome.h"
#include "refills-rich-text.h"

#include <string.h>

#define LABEL_MAX_CHARACTERS 120
/* Of what is compared with what was asked: cut any shorter, it would be another. */
#define ECHO_MAX_CHARACTERS 4096
#define FAILURE_MAX_CHARACTERS 400

/* API reference, section 12.1. As with an order's, a word in another case is unknown; those of operators
 * are read by refills-operator-outcome.h. */
static const struct {
  const char *name;
  RefillsDeliveryPhase phase;
} known_states[] = {
  { "Created", REFILLS_DELIVERY_PENDING },
  { "WaitingForPayment", REFILLS_DELIVERY_PENDING },
  { "WaitingForDelivery", REFILLS_DELIVERY_PENDING },
  { "WaitingForRebuy", REFILLS_DELIVERY_MANUAL },
  { "WaitingForManualAction", REFILLS_DELIVERY_MANUAL },
  { "Succeeded", REFILLS_DELIVERY_DELIVERED },
  { "Done", REFILLS_DELIVERY_DELIVERED },
  { "Completed", REFILLS_DELIVERY_DELIVERED },
  { "Refunded", REFILLS_DELIVERY_REFUNDED },
  { "Failed", REFILLS_DELIVERY_FAILED },
  { "Canceled", REFILLS_DELIVERY_FAILED },
  { "Cancelled", REFILLS_DELIVERY_FAILED },
};

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n\f\v")] == '\0';
}

static gboolean
is_link (const char *text)
{
  return g_ascii_strncasecmp (text, "https://", 8) == 0 ||
         g_ascii_strncasecmp (text, "http://", 7) == 0;
}

/* A text, or nothing: an order is not lost because one of its labels has another type. */
static const char *
find_text (const RefillsJsonPlace *place,
           const char             *name)
{
  g_autoptr (GError) error = NULL;
  const char *text = NULL;

  if (!refills_json_read_text (place, name, &text, &error)) {
    g_message ("a text of a delivery is left out: %s", error->message);
    return NULL;
  }

  return text != NULL && !is_blank (text) ? text : NULL;
}

static char *
find_line (const RefillsJsonPlace *place,
           const char             *name,
           gsize                   max_characters)
{
  const char *text = find_text (place, name);
  g_autofree char *line = text != NULL ? refills_text_clean_line (text, max_characters) : NULL;

  return line != NULL && *line != '\0' ? g_steal_pointer (&line) : NULL;
}

static char *
find_plain_text (const RefillsJsonPlace *place,
                 const char             *name)
{
  g_autofree char *plain = refills_rich_text_to_plain (find_text (place, name));

  return plain != NULL && !is_blank (plain) ? g_steal_pointer (&plain) : NULL;
}

static void
take_secret (RefillsDelivery *self,
             RefillsSecret    kind,
             const char      *text)
{
  if (text != NULL && !is_blank (text))
    refills_delivery_add_secret (self, kind, text);
}

/* An eSIM's code may be in the text or in a link. It is kept as it stands there. */
static void
take_esim (RefillsDelivery *self,
           const char      *text)
{
  g_autofree char *esim = refills_esim_code_find (text);

  take_secret (self, REFILLS_SECRET_ESIM, esim);
}

static void
take_code_or_link (RefillsDelivery *self,
                   const char      *text)
{
  if (text == NULL)
    return;

  take_esim (self, text);
  if (is_link (text))
    take_secret (self, REFILLS_SECRET_LINK, text);
  else if (!refills_esim_code_parse (text, NULL))
    take_secret (self, REFILLS_SECRET_CODE, text);
}

/* The places of API reference, section 11.3; a later one stands in where the first is empty. */
static void
read_secrets (RefillsDelivery        *self,
              const RefillsJsonPlace *deliverable)
{
  static const struct {
    const char *member;
    RefillsSecret kind;
  } links[] = {
    { "installation_url", REFILLS_SECRET_INSTALL_LINK },
    { "apple_universal_link", REFILLS_SECRET_APPLE_LINK },
    { "android_universal_link", REFILLS_SECRET_ANDROID_LINK },
    { "barcode_image_url", REFILLS_SECRET_BARCODE_LINK },
    { "qr_image_url", REFILLS_SECRET_QR_LINK },
  };

  take_code_or_link (self, find_text (deliverable, "pin_code"));
  if (!refills_delivery_has_any_secret (self))
    take_code_or_link (self, find_text (deliverable, "voucher_code"));
  take_secret (self, REFILLS_SECRET_SERIAL, find_text (deliverable, "pin_serial"));
  take_secret (self, REFILLS_SECRET_SECURITY_CODE, find_text (deliverable, "security_code"));

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++) {
    const char *link = find_text (deliverable, links[i].member);

    if (link == NULL)
      continue;
    if (is_link (link))
      take_secret (self, links[i].kind, link);
    take_esim (self, link);
  }
}

static RefillsDeliveryPhase
find_phase (const char *state_name,
            gboolean   *is_known)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_states); i++) {
    if (g_strcmp0 (known_states[i].name, state_name) == 0) {
      *is_known = TRUE;
      return known_states[i].phase;
    }
  }

  *is_known = FALSE;
  switch (refills_operator_outcome_read (state_name)) {
  case REFILLS_OPERATOR_OUTCOME_CONFIRMED:
    return REFILLS_DELIVERY_DELIVERED;
  case REFILLS_OPERATOR_OUTCOME_REFUSED:
    return REFILLS_DELIVERY_FAILED;
  case REFILLS_OPERATOR_OUTCOME_NONE:
  default:
    return REFILLS_DELIVERY_PENDING;
  }
}

static RefillsDeliveryPhase
choose_phase (RefillsDelivery *self)
{
  gboolean is_known = FALSE;
  RefillsDeliveryPhase phase = find_phase (self->state_name, &is_known);

  if (phase == REFILLS_DELIVERY_REFUNDED)
    return phase;
  /* A code in hand is a delivered card, whatever the word beside it (section 17, C8). */
  if (refills_delivery_has_any_secret (self))
    return REFILLS_DELIVERY_DELIVERED;
  /* An operator's no may stand where reasons do, beside a word that is not known or none. */
  if (phase == REFILLS_DELIVERY_PENDING && !is_known &&
      refills_operator_outcome_read (self->failure) == REFILLS_OPERATOR_OUTCOME_REFUSED)
    return REFILLS_DELIVERY_FAILED;

  return phase;
}

/* Several members may tell how it is used; each that says something of its own is kept. */
static char *
read_instructions (const RefillsJsonPlace *deliverable)
{
  static const char * const members[] = {
    "redeem_instructions", "pin_usage_instructions", "how_to_redeem",
  };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *part = find_plain_text (deliverable, members[i]);

    if (part != NULL && !g_ptr_array_find_with_equal_func (parts, part, g_str_equal, NULL))
      g_ptr_array_add (parts, g_steal_pointer (&part));
  }
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);

  return g_strjoinv ("\n\n", (char **) parts->pdata);
}

/**
 * refills_delivery_new_from_json:
 * @place: one element of an order's `deliveries`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a delivery. Only its shape is required: a text of another type is left out, since the
 * rest may be a paid code. Secrets are kept exactly; one of more than 64 KiB is left out. What is
 * shown in a line is without control characters and of at most 120 characters; what is compared with
 * what was asked, the brand and the recipient among it, may have 4096.
 *
 * Returns: (transfer full) (nullable): the delivery, or `NULL` with @error set
 */
RefillsDelivery *
refills_delivery_new_from_json (const RefillsJsonPlace  *place,
                                GError                 **error)
{
  g_autoptr (RefillsDelivery) self = NULL;
  RefillsJsonPlace deliverable;

  g_return_val_if_fail (place != NULL, NULL);

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_member (place, "deliverable", REFILLS_JSON_OBJECT, &deliverable,
                                    error))
    return NULL;

  self = g_object_new (REFILLS_TYPE_DELIVERY, NULL);
  self->id = g_strdup (find_text (place, "id"));
  self->state_name = find_line (place, "delivery_state", LABEL_MAX_CHARACTERS);
  self->kind = find_line (place, "kind", LABEL_MAX_CHARACTERS);
  self->brand_name = find_line (&deliverable, "brand_name", ECHO_MAX_CHARACTERS);
  self->family = find_line (&deliverable, "family", LABEL_MAX_CHARACTERS);
  self->country = find_line (&deliverable, "country_code", ECHO_MAX_CHARACTERS);
  self->delivery_type = find_line (&deliverable, "delivery_type", LABEL_MAX_CHARACTERS);
  self->denomination = find_line (&deliverable, "denomination", ECHO_MAX_CHARACTERS);
  self->product_value = find_line (&deliverable, "product_value", ECHO_MAX_CHARACTERS);
  self->face_label = find_line (&deliverable, "localized_denomination", LABEL_MAX_CHARACTERS);
  if (self->face_label == NULL)
    self->face_label = refills_text_clean_line (self->denomination, LABEL_MAX_CHARACTERS);
  self->beneficiary = find_line (&deliverable, "beneficiary_account", ECHO_MAX_CHARACTERS);
  self->operator_reference = find_line (&deliverable, "operator_reference", LABEL_MAX_CHARACTERS);
  self->instructions = read_instructions (&deliverable);
  self->failure = find_line (&deliverable, "error_description", FAILURE_MAX_CHARACTERS);
  if (self->failure == NULL)
    self->failure = find_line (&deliverable, "failure_reason", FAILURE_MAX_CHARACTERS);

  read_secrets (self, &deliverable);
  self->phase = choose_phase (self);

  return g_steal_pointer (&self);
}

/**
 * refills_delivery_new_from_code:
 * @base: (nullable): the delivery the code belongs to
 * @code: a code or link that the service gave beside its deliveries
 *
 * Adds a code that was not where codes are (API reference, section 11.3).
 *
 * Returns: (transfer full): @base with the code, or a delivery of nothing else
 */
RefillsDelivery *
refills_delivery_new_from_code (RefillsDelivery *base,
                                const char      *code)
{
  RefillsDelivery *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (base == NULL || REFILLS_IS_DELIVERY (base), NULL);

  self = base != NULL ? refills_delivery_copy (base) : g_object_new (REFILLS_TYPE_DELIVERY, NULL);
  if (!is_blank (code))
    take_code_or_link (self, code);
  self->phase = choose_phase (self);

  return self;
}
