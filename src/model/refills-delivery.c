/* refills-delivery.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDelivery:
 *
 * One card of an order and what it carries: a code, a link (API reference, sections 11.2 and 11.3).
 *
 * Immutable. Owns its texts, secrets among them, until it is redacted. It never changes a secret,
 * not by a blank: what is copied is what was sent.
 */

#include "refills-delivery.h"

#include "refills-error.h"
#include "refills-rich-text.h"

#include <string.h>

#define LABEL_MAX_CHARACTERS 120
#define FAILURE_MAX_CHARACTERS 400
/* No card's code comes near it. */
#define SECRET_MAX_BYTES (8 * 1024)

struct _RefillsDelivery {
  GObject parent_instance;

  char *id;
  char *brand_name;
  char *face_label;
  char *beneficiary;
  char *state_name;
  RefillsDeliveryPhase phase;
  char *instructions;
  char *failure;
  /* A redacted delivery knows what it had without having it. */
  gboolean had_secrets[REFILLS_N_SECRETS];
  char *secrets[REFILLS_N_SECRETS];
};

G_DEFINE_ENUM_TYPE (RefillsDeliveryPhase, refills_delivery_phase,
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_DELIVERED, "delivered"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_MANUAL, "manual"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_REFUNDED, "refunded"))

G_DEFINE_FINAL_TYPE (RefillsDelivery, refills_delivery, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_BRAND_NAME,
  PROP_FACE_LABEL,
  PROP_BENEFICIARY,
  PROP_STATE_NAME,
  PROP_PHASE,
  PROP_INSTRUCTIONS,
  PROP_FAILURE,
  PROP_HAS_ANY_SECRET,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Keys in a stored delivery. Keys are never renamed. */
static const struct {
  const char *key;
  gsize offset;
} texts[] = {
  { "id", G_STRUCT_OFFSET (RefillsDelivery, id) },
  { "brand-name", G_STRUCT_OFFSET (RefillsDelivery, brand_name) },
  { "face-label", G_STRUCT_OFFSET (RefillsDelivery, face_label) },
  { "beneficiary", G_STRUCT_OFFSET (RefillsDelivery, beneficiary) },
  { "state", G_STRUCT_OFFSET (RefillsDelivery, state_name) },
  { "instructions", G_STRUCT_OFFSET (RefillsDelivery, instructions) },
  { "failure", G_STRUCT_OFFSET (RefillsDelivery, failure) },
};

static const char * const secret_keys[REFILLS_N_SECRETS] = {
  [REFILLS_SECRET_CODE] = "code",
  [REFILLS_SECRET_LINK] = "link",
  [REFILLS_SECRET_SERIAL] = "serial",
  [REFILLS_SECRET_SECURITY_CODE] = "security-code",
};

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
  { "confirmed", REFILLS_DELIVERY_DELIVERED },
  { "Refunded", REFILLS_DELIVERY_REFUNDED },
  { "Failed", REFILLS_DELIVERY_FAILED },
  { "Canceled", REFILLS_DELIVERY_FAILED },
  { "Cancelled", REFILLS_DELIVERY_FAILED },
  { "cancelled", REFILLS_DELIVERY_FAILED },
};

/* How far a phase is; a delivery is never less far than it was. */
static guint
rank_of (RefillsDeliveryPhase phase)
{
  switch (phase) {
  case REFILLS_DELIVERY_PENDING:
    return 0;
  case REFILLS_DELIVERY_MANUAL:
    return 1;
  case REFILLS_DELIVERY_FAILED:
    return 2;
  case REFILLS_DELIVERY_REFUNDED:
    return 3;
  case REFILLS_DELIVERY_DELIVERED:
    return 4;
  default:
    g_return_val_if_reached (0);
  }
}

static char **
text_at (RefillsDelivery *self,
         gsize            index)
{
  return (char **) G_STRUCT_MEMBER_P (self, texts[index].offset);
}

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
             RefillsSecret    secret,
             const char      *text)
{
  if (text == NULL || is_blank (text) || self->secrets[secret] != NULL)
    return;
  if (strlen (text) > SECRET_MAX_BYTES) {
    g_message ("a %s of more than %d bytes is left out", secret_keys[secret], SECRET_MAX_BYTES);
    return;
  }

  self->had_secrets[secret] = TRUE;
  self->secrets[secret] = g_strdup (text);
}

static void
take_code_or_link (RefillsDelivery *self,
                   const char      *text)
{
  if (text != NULL)
    take_secret (self, is_link (text) ? REFILLS_SECRET_LINK : REFILLS_SECRET_CODE, text);
}

/* The places of API reference, section 11.3; the later ones stand in where the first is empty. */
static void
read_secrets (RefillsDelivery        *self,
              const RefillsJsonPlace *deliverable)
{
  static const char * const link_members[] = {
    "installation_url", "apple_universal_link", "android_universal_link",
  };

  take_code_or_link (self, find_text (deliverable, "pin_code"));
  if (!refills_delivery_has_any_secret (self))
    take_code_or_link (self, find_text (deliverable, "voucher_code"));
  take_secret (self, REFILLS_SECRET_SERIAL, find_text (deliverable, "pin_serial"));
  take_secret (self, REFILLS_SECRET_SECURITY_CODE, find_text (deliverable, "security_code"));

  for (gsize i = 0; i < G_N_ELEMENTS (link_members); i++) {
    const char *link = find_text (deliverable, link_members[i]);

    if (link != NULL && is_link (link))
      take_secret (self, REFILLS_SECRET_LINK, link);
  }
}

static RefillsDeliveryPhase
choose_phase (RefillsDelivery *self)
{
  if (self->state_name != NULL) {
    for (gsize i = 0; i < G_N_ELEMENTS (known_states); i++) {
      if (g_str_equal (known_states[i].name, self->state_name)) {
        /* A code in hand is a delivered card, whatever the word beside it (section 17, C8). */
        if (rank_of (known_states[i].phase) < rank_of (REFILLS_DELIVERY_REFUNDED) &&
            refills_delivery_has_any_secret (self))
          return REFILLS_DELIVERY_DELIVERED;
        return known_states[i].phase;
      }
    }
  }

  if (refills_delivery_has_any_secret (self))
    return REFILLS_DELIVERY_DELIVERED;
  /* Operators of top-ups have some thirty words for these (section 12.1). */
  if (self->state_name != NULL && (g_str_has_prefix (self->state_name, "rejected") ||
                                   g_str_has_prefix (self->state_name, "declined")))
    return REFILLS_DELIVERY_FAILED;

  return REFILLS_DELIVERY_PENDING;
}

static void
refills_delivery_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RefillsDelivery *self = REFILLS_DELIVERY (object);

  switch (prop_id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_BRAND_NAME:
    g_value_set_string (value, self->brand_name);
    break;
  case PROP_FACE_LABEL:
    g_value_set_string (value, self->face_label);
    break;
  case PROP_BENEFICIARY:
    g_value_set_string (value, self->beneficiary);
    break;
  case PROP_STATE_NAME:
    g_value_set_string (value, self->state_name);
    break;
  case PROP_PHASE:
    g_value_set_enum (value, self->phase);
    break;
  case PROP_INSTRUCTIONS:
    g_value_set_string (value, self->instructions);
    break;
  case PROP_FAILURE:
    g_value_set_string (value, self->failure);
    break;
  case PROP_HAS_ANY_SECRET:
    g_value_set_boolean (value, refills_delivery_has_any_secret (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_delivery_finalize (GObject *object)
{
  RefillsDelivery *self = REFILLS_DELIVERY (object);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (text_at (self, i), g_free);
  for (guint i = 0; i < REFILLS_N_SECRETS; i++)
    g_clear_pointer (&self->secrets[i], g_free);

  G_OBJECT_CLASS (refills_delivery_parent_class)->finalize (object);
}

static void
refills_delivery_class_init (RefillsDeliveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_delivery_get_property;
  object_class->finalize = refills_delivery_finalize;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_BRAND_NAME] = g_param_spec_string ("brand-name", NULL, NULL, NULL, flags);
  props[PROP_FACE_LABEL] = g_param_spec_string ("face-label", NULL, NULL, NULL, flags);
  props[PROP_BENEFICIARY] = g_param_spec_string ("beneficiary", NULL, NULL, NULL, flags);
  props[PROP_STATE_NAME] = g_param_spec_string ("state-name", NULL, NULL, NULL, flags);
  props[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL,
                                         REFILLS_TYPE_DELIVERY_PHASE, REFILLS_DELIVERY_PENDING,
                                         flags);
  props[PROP_INSTRUCTIONS] = g_param_spec_string ("instructions", NULL, NULL, NULL, flags);
  props[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, flags);
  props[PROP_HAS_ANY_SECRET] = g_param_spec_boolean ("has-any-secret", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_delivery_init (RefillsDelivery *self)
{
}

/**
 * refills_delivery_new_from_json:
 * @place: one element of an order's `deliveries`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a delivery. Only its shape is required: a text of another type is left out, since the
 * rest may be a paid code. Secrets are kept exactly; one of more than 8 KiB is left out.
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
  self->brand_name = find_line (&deliverable, "brand_name", LABEL_MAX_CHARACTERS);
  self->face_label = find_line (&deliverable, "localized_denomination", LABEL_MAX_CHARACTERS);
  if (self->face_label == NULL)
    self->face_label = find_line (&deliverable, "denomination", LABEL_MAX_CHARACTERS);
  self->beneficiary = find_line (&deliverable, "beneficiary_account", LABEL_MAX_CHARACTERS);
  self->instructions = find_plain_text (&deliverable, "redeem_instructions");
  if (self->instructions == NULL)
    self->instructions = find_plain_text (&deliverable, "pin_usage_instructions");
  if (self->instructions == NULL)
    self->instructions = find_plain_text (&deliverable, "how_to_redeem");
  self->failure = find_line (&deliverable, "error_description", FAILURE_MAX_CHARACTERS);
  if (self->failure == NULL)
    self->failure = find_line (&deliverable, "failure_reason", FAILURE_MAX_CHARACTERS);

  read_secrets (self, &deliverable);
  self->phase = choose_phase (self);

  return g_steal_pointer (&self);
}

/**
 * refills_delivery_new_from_variant:
 * @variant: what [method@Delivery.to_variant] gave, perhaps of another version or damaged
 *
 * Makes a stored delivery again. Unknown keys are ignored.
 *
 * Returns: (transfer full) (nullable): the delivery, or `NULL` when @variant is none
 */
RefillsDelivery *
refills_delivery_new_from_variant (GVariant *variant)
{
  RefillsDelivery *self = NULL;
  g_autoptr (GVariant) had = NULL;
  gint32 phase = 0;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = g_object_new (REFILLS_TYPE_DELIVERY, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_variant_lookup (variant, texts[i].key, "s", text_at (self, i));
  for (guint i = 0; i < REFILLS_N_SECRETS; i++)
    if (g_variant_lookup (variant, secret_keys[i], "s", &self->secrets[i]))
      self->had_secrets[i] = TRUE;
  had = g_variant_lookup_value (variant, "had", G_VARIANT_TYPE_STRING_ARRAY);
  if (had != NULL) {
    g_autofree const char **kinds = g_variant_get_strv (had, NULL);

    for (guint i = 0; i < REFILLS_N_SECRETS; i++)
      if (g_strv_contains (kinds, secret_keys[i]))
        self->had_secrets[i] = TRUE;
  }
  if (g_variant_lookup (variant, "phase", "i", &phase) &&
      phase >= REFILLS_DELIVERY_PENDING && phase <= REFILLS_DELIVERY_REFUNDED)
    self->phase = (RefillsDeliveryPhase) phase;

  return self;
}

/**
 * refills_delivery_to_variant:
 * @self: a delivery
 *
 * The secrets are in it in clear.
 *
 * Returns: (transfer none): the delivery as `a{sv}`, a floating reference
 */
GVariant *
refills_delivery_to_variant (RefillsDelivery *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (GPtrArray) had = g_ptr_array_new ();

  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key,
                             g_variant_new_string (*text_at (self, i)));
  g_variant_builder_add (&builder, "{sv}", "phase", g_variant_new_int32 ((gint32) self->phase));
  for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
    if (self->secrets[i] != NULL)
      g_variant_builder_add (&builder, "{sv}", secret_keys[i],
                             g_variant_new_string (self->secrets[i]));
    else if (self->had_secrets[i])
      g_ptr_array_add (had, (gpointer) secret_keys[i]);
  }
  if (had->len > 0)
    g_variant_builder_add (&builder, "{sv}", "had",
                           g_variant_new_strv ((const char * const *) had->pdata,
                                               (gssize) had->len));

  return g_variant_builder_end (&builder);
}

static RefillsDelivery *
copy_without_secrets (RefillsDelivery *self)
{
  RefillsDelivery *copy = g_object_new (REFILLS_TYPE_DELIVERY, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (copy, i) = g_strdup (*text_at (self, i));
  copy->phase = self->phase;
  memcpy (copy->had_secrets, self->had_secrets, sizeof copy->had_secrets);

  return copy;
}

/**
 * refills_delivery_redact:
 * @self: a delivery
 *
 * Makes a delivery that still tells which secrets there are, and no longer what they say.
 *
 * Returns: (transfer full): the delivery without its secrets
 */
RefillsDelivery *
refills_delivery_redact (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return copy_without_secrets (self);
}

/**
 * refills_delivery_merge:
 * @stored: what is known
 * @incoming: what a later answer says of the same delivery
 *
 * Folds two answers. Pure. Secrets are a union: none is taken away by an answer without it, nor
 * replaced by another. The phase never gets worse.
 *
 * Returns: (transfer full): the delivery after both
 */
RefillsDelivery *
refills_delivery_merge (RefillsDelivery *stored,
                        RefillsDelivery *incoming)
{
  RefillsDelivery *merged = NULL;
  gboolean advances = FALSE;

  g_return_val_if_fail (REFILLS_IS_DELIVERY (stored), NULL);
  g_return_val_if_fail (REFILLS_IS_DELIVERY (incoming), NULL);

  merged = copy_without_secrets (stored);
  advances = rank_of (incoming->phase) >= rank_of (stored->phase);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = *text_at (incoming, i);
    gboolean is_state = text_at (merged, i) == &merged->state_name ||
                        text_at (merged, i) == &merged->failure;

    if (text != NULL && (*text_at (merged, i) == NULL || (is_state && advances))) {
      g_clear_pointer (text_at (merged, i), g_free);
      *text_at (merged, i) = g_strdup (text);
    }
  }
  if (advances)
    merged->phase = incoming->phase;

  for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
    const char *kept = stored->secrets[i] != NULL ? stored->secrets[i] : incoming->secrets[i];

    if (stored->secrets[i] != NULL && incoming->secrets[i] != NULL &&
        !g_str_equal (stored->secrets[i], incoming->secrets[i]))
      g_message ("a later answer has another %s; the first is kept", secret_keys[i]);
    merged->secrets[i] = g_strdup (kept);
    merged->had_secrets[i] = stored->had_secrets[i] || incoming->had_secrets[i];
  }

  return merged;
}

/**
 * refills_delivery_get_id:
 * @self: a delivery
 *
 * Returns: (nullable): the service's id of the delivery
 */
const char *
refills_delivery_get_id (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->id;
}

/**
 * refills_delivery_get_brand_name:
 * @self: a delivery
 *
 * Returns: (nullable): the brand, for screens
 */
const char *
refills_delivery_get_brand_name (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->brand_name;
}

/**
 * refills_delivery_get_face_label:
 * @self: a delivery
 *
 * Returns: (nullable): the value, for screens, such as "$25"
 */
const char *
refills_delivery_get_face_label (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->face_label;
}

/**
 * refills_delivery_get_beneficiary:
 * @self: a delivery
 *
 * Returns: (nullable): to whom it is delivered
 */
const char *
refills_delivery_get_beneficiary (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->beneficiary;
}

/**
 * refills_delivery_get_state_name:
 * @self: a delivery
 *
 * Returns: (nullable): the state in the service's own word; an open set
 */
const char *
refills_delivery_get_state_name (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->state_name;
}

/**
 * refills_delivery_get_phase:
 * @self: a delivery
 *
 * Returns: how far it is
 */
RefillsDeliveryPhase
refills_delivery_get_phase (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), REFILLS_DELIVERY_PENDING);

  return self->phase;
}

/**
 * refills_delivery_get_instructions:
 * @self: a delivery
 *
 * Returns: (nullable): how it is used, as plain text of several lines
 */
const char *
refills_delivery_get_instructions (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->instructions;
}

/**
 * refills_delivery_get_failure:
 * @self: a delivery
 *
 * Returns: (nullable): why it failed, in the service's own words as plain text
 */
const char *
refills_delivery_get_failure (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->failure;
}

/**
 * refills_delivery_has_secret:
 * @self: a delivery
 * @secret: a kind of secret
 *
 * Returns: whether there is one, even where a redacted delivery cannot tell it
 */
gboolean
refills_delivery_has_secret (RefillsDelivery *self,
                             RefillsSecret    secret)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), FALSE);
  g_return_val_if_fail ((guint) secret < REFILLS_N_SECRETS, FALSE);

  return self->had_secrets[secret];
}

/**
 * refills_delivery_has_any_secret:
 * @self: a delivery
 *
 * Returns: whether there is a secret of any kind
 */
gboolean
refills_delivery_has_any_secret (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), FALSE);

  for (guint i = 0; i < REFILLS_N_SECRETS; i++)
    if (self->had_secrets[i])
      return TRUE;

  return FALSE;
}

/**
 * refills_delivery_get_secret:
 * @self: a delivery
 * @secret: a kind of secret
 *
 * Returns: (nullable): the secret exactly as sent, or `NULL` where there is none or it was redacted
 */
const char *
refills_delivery_get_secret (RefillsDelivery *self,
                             RefillsSecret    secret)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);
  g_return_val_if_fail ((guint) secret < REFILLS_N_SECRETS, NULL);

  return self->secrets[secret];
}
