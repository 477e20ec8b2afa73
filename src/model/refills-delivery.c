/* refills-delivery.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDelivery:
 *
 * One item of an order and what came of it: a code, a link, an eSIM, an operator's receipt (API
 * reference, sections 11.2 and 11.3).
 *
 * Immutable. Owns its texts, secrets among them, until it is redacted. It never changes a secret,
 * not by a blank: what is copied is what was sent.
 */

#include "refills-delivery.h"

#include "refills-delivery-private.h"

#include <string.h>

/* No card's code comes near it. */
#define SECRET_MAX_BYTES (64 * 1024)
#define N_KINDS (REFILLS_N_SECRETS / REFILLS_SECRET_MAX_TEXTS)

G_DEFINE_ENUM_TYPE (RefillsDeliveryPhase, refills_delivery_phase,
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_DELIVERED, "delivered"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_MANUAL, "manual"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_REFUNDED, "refunded"))

G_DEFINE_ENUM_TYPE (RefillsDeliveryForm, refills_delivery_form,
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FORM_CARD, "card"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FORM_PIN, "pin"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FORM_TOP_UP, "top-up"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FORM_ACCOUNT, "account"),
                    G_DEFINE_ENUM_VALUE (REFILLS_DELIVERY_FORM_ESIM, "esim"))

G_DEFINE_FINAL_TYPE (RefillsDelivery, refills_delivery, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_BRAND_NAME,
  PROP_COUNTRY,
  PROP_DENOMINATION,
  PROP_PRODUCT_VALUE,
  PROP_FACE_LABEL,
  PROP_BENEFICIARY,
  PROP_STATE_NAME,
  PROP_INSTRUCTIONS,
  PROP_FAILURE,
  PROP_OPERATOR_REFERENCE,
  PROP_PHASE,
  PROP_FORM,
  PROP_HAS_ANY_SECRET,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Keys in a stored delivery, never renamed, and the property of each text that has one. */
static const struct {
  const char *key;
  gsize offset;
  guint prop_id;
} texts[] = {
  { "id", G_STRUCT_OFFSET (RefillsDelivery, id), PROP_ID },
  { "brand-name", G_STRUCT_OFFSET (RefillsDelivery, brand_name), PROP_BRAND_NAME },
  { "family", G_STRUCT_OFFSET (RefillsDelivery, family), PROP_0 },
  { "country", G_STRUCT_OFFSET (RefillsDelivery, country), PROP_COUNTRY },
  { "kind", G_STRUCT_OFFSET (RefillsDelivery, kind), PROP_0 },
  { "delivery-type", G_STRUCT_OFFSET (RefillsDelivery, delivery_type), PROP_0 },
  { "denomination", G_STRUCT_OFFSET (RefillsDelivery, denomination), PROP_DENOMINATION },
  { "product-value", G_STRUCT_OFFSET (RefillsDelivery, product_value), PROP_PRODUCT_VALUE },
  { "face-label", G_STRUCT_OFFSET (RefillsDelivery, face_label), PROP_FACE_LABEL },
  { "beneficiary", G_STRUCT_OFFSET (RefillsDelivery, beneficiary), PROP_BENEFICIARY },
  { "state", G_STRUCT_OFFSET (RefillsDelivery, state_name), PROP_STATE_NAME },
  { "instructions", G_STRUCT_OFFSET (RefillsDelivery, instructions), PROP_INSTRUCTIONS },
  { "failure", G_STRUCT_OFFSET (RefillsDelivery, failure), PROP_FAILURE },
  { "operator-reference", G_STRUCT_OFFSET (RefillsDelivery, operator_reference), PROP_OPERATOR_REFERENCE },
};

/* Keys of the first secret of each kind, never renamed; a later one has its number behind it. */
static const char * const secret_keys[N_KINDS] = {
  [REFILLS_SECRET_CODE / REFILLS_SECRET_MAX_TEXTS] = "code",
  [REFILLS_SECRET_LINK / REFILLS_SECRET_MAX_TEXTS] = "link",
  [REFILLS_SECRET_SERIAL / REFILLS_SECRET_MAX_TEXTS] = "serial",
  [REFILLS_SECRET_SECURITY_CODE / REFILLS_SECRET_MAX_TEXTS] = "security-code",
  [REFILLS_SECRET_ESIM / REFILLS_SECRET_MAX_TEXTS] = "esim",
  [REFILLS_SECRET_INSTALL_LINK / REFILLS_SECRET_MAX_TEXTS] = "install-link",
  [REFILLS_SECRET_APPLE_LINK / REFILLS_SECRET_MAX_TEXTS] = "apple-link",
  [REFILLS_SECRET_ANDROID_LINK / REFILLS_SECRET_MAX_TEXTS] = "android-link",
  [REFILLS_SECRET_BARCODE_LINK / REFILLS_SECRET_MAX_TEXTS] = "barcode-link",
  [REFILLS_SECRET_QR_LINK / REFILLS_SECRET_MAX_TEXTS] = "qr-link",
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

/* "code", "code-2" and so on. */
static char *
make_secret_key (guint secret)
{
  const char *key = secret_keys[secret / REFILLS_SECRET_MAX_TEXTS];
  guint nth = secret % REFILLS_SECRET_MAX_TEXTS;

  return nth == 0 ? g_strdup (key) : g_strdup_printf ("%s-%u", key, nth + 1);
}

static char **
text_at (RefillsDelivery *self,
         gsize            index)
{
  return (char **) G_STRUCT_MEMBER_P (self, texts[index].offset);
}

static void
refills_delivery_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RefillsDelivery *self = REFILLS_DELIVERY (object);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i].prop_id == prop_id) {
      g_value_set_string (value, *text_at (self, i));
      return;
    }
  }

  switch (prop_id) {
  case PROP_PHASE:
    g_value_set_enum (value, self->phase);
    break;
  case PROP_FORM:
    g_value_set_enum (value, refills_delivery_get_form (self));
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

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].prop_id != PROP_0)
      props[texts[i].prop_id] =
        g_param_spec_string (texts[i].prop_id == PROP_STATE_NAME ? "state-name" : texts[i].key,
                             NULL, NULL, NULL, flags);
  props[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL,
                                         REFILLS_TYPE_DELIVERY_PHASE, REFILLS_DELIVERY_PENDING,
                                         flags);
  props[PROP_FORM] = g_param_spec_enum ("form", NULL, NULL,
                                        REFILLS_TYPE_DELIVERY_FORM, REFILLS_DELIVERY_FORM_CARD,
                                        flags);
  props[PROP_HAS_ANY_SECRET] = g_param_spec_boolean ("has-any-secret", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_delivery_init (RefillsDelivery *self)
{
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
  /* Most kinds have none, and a later text stands only behind an earlier one: few keys are looked for. */
  for (guint kind = 0; kind < REFILLS_N_SECRETS; kind += REFILLS_SECRET_MAX_TEXTS) {
    for (guint i = kind; i < kind + REFILLS_SECRET_MAX_TEXTS; i++) {
      g_autofree char *key = make_secret_key (i);

      if (!g_variant_lookup (variant, key, "s", &self->secrets[i]))
        break;
      self->had_secrets[i] = TRUE;
    }
  }
  had = g_variant_lookup_value (variant, "had", G_VARIANT_TYPE_STRING_ARRAY);
  if (had != NULL) {
    g_autofree const char **kinds = g_variant_get_strv (had, NULL);

    for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
      g_autofree char *key = make_secret_key (i);

      if (g_strv_contains (kinds, key))
        self->had_secrets[i] = TRUE;
    }
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
  g_autoptr (GPtrArray) had = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key,
                             g_variant_new_string (*text_at (self, i)));
  g_variant_builder_add (&builder, "{sv}", "phase", g_variant_new_int32 ((gint32) self->phase));
  for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
    g_autofree char *key = self->had_secrets[i] ? make_secret_key (i) : NULL;

    if (self->secrets[i] != NULL)
      g_variant_builder_add (&builder, "{sv}", key, g_variant_new_string (self->secrets[i]));
    else if (key != NULL)
      g_ptr_array_add (had, g_steal_pointer (&key));
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

/* A picture is asked for under a name of its own each time, perhaps, and what is in it does not change. */
static gboolean
follows_latest (guint kind)
{
  return kind == REFILLS_SECRET_BARCODE_LINK || kind == REFILLS_SECRET_QR_LINK;
}

/**
 * refills_delivery_add_secret:
 * @self: a delivery that is being made
 * @kind: the first secret of its kind
 * @text: a secret of that kind, not blank
 *
 * Keeps a text beside those of its kind that differ from it. One of more than 64 KiB, and one that
 * comes after the last place, is left out.
 */
void
refills_delivery_add_secret (RefillsDelivery *self,
                             RefillsSecret    kind,
                             const char      *text)
{
  const char *key = secret_keys[kind / REFILLS_SECRET_MAX_TEXTS];
  guint place = REFILLS_N_SECRETS;

  if (strlen (text) > SECRET_MAX_BYTES) {
    g_message ("a %s of more than %d bytes is left out", key, SECRET_MAX_BYTES);
    return;
  }

  for (guint i = kind; i < kind + REFILLS_SECRET_MAX_TEXTS; i++) {
    if (self->secrets[i] != NULL && g_str_equal (self->secrets[i], text))
      return;
    if (self->secrets[i] == NULL && place == REFILLS_N_SECRETS)
      place = i;
  }
  if (follows_latest (kind)) {
    place = kind;
    g_clear_pointer (&self->secrets[place], g_free);
  }
  if (place == REFILLS_N_SECRETS) {
    g_message ("one more %s than can be kept is left out", key);
    return;
  }

  self->had_secrets[place] = TRUE;
  self->secrets[place] = g_strdup (text);
}

/**
 * refills_delivery_copy:
 * @self: a delivery
 *
 * For those that make a delivery from another.
 *
 * Returns: (transfer full): the copy, secrets included
 */
RefillsDelivery *
refills_delivery_copy (RefillsDelivery *self)
{
  RefillsDelivery *copy = copy_without_secrets (self);

  for (guint i = 0; i < REFILLS_N_SECRETS; i++)
    copy->secrets[i] = g_strdup (self->secrets[i]);

  return copy;
}

/* A refund is later than a delivery that left nothing in hand, and says nothing against a code. */
static gboolean
is_at_least_as_far (RefillsDelivery *incoming,
                    RefillsDelivery *stored)
{
  if (!refills_delivery_has_any_secret (incoming) && !refills_delivery_has_any_secret (stored)) {
    if (incoming->phase == REFILLS_DELIVERY_REFUNDED)
      return TRUE;
    if (stored->phase == REFILLS_DELIVERY_REFUNDED)
      return FALSE;
  }

  return rank_of (incoming->phase) >= rank_of (stored->phase);
}

/**
 * refills_delivery_merge:
 * @stored: what is known
 * @incoming: what a later answer says of the same delivery
 *
 * Folds two answers. Pure. Secrets are a union: none is taken away by an answer without it, nor
 * replaced by another, which is kept beside it; only the address of a picture is the latest. The
 * phase never gets worse.
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

  merged = refills_delivery_copy (stored);
  advances = is_at_least_as_far (incoming, stored);
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
    merged->had_secrets[i] = merged->had_secrets[i] || incoming->had_secrets[i];
    if (incoming->secrets[i] != NULL)
      refills_delivery_add_secret (merged, i - i % REFILLS_SECRET_MAX_TEXTS, incoming->secrets[i]);
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
 * refills_delivery_get_country:
 * @self: a delivery
 *
 * Returns: (nullable): the code of the country it is for, as sent
 */
const char *
refills_delivery_get_country (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->country;
}

/**
 * refills_delivery_get_denomination:
 * @self: a delivery
 *
 * Returns: (nullable): what was bought in the service's own words, such as "25 USD"
 *   or "range"
 */
const char *
refills_delivery_get_denomination (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->denomination;
}

/**
 * refills_delivery_get_product_value:
 * @self: a delivery
 *
 * Returns: (nullable): the value within a range, in units of its currency, as sent
 */
const char *
refills_delivery_get_product_value (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->product_value;
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
 * refills_delivery_get_operator_reference:
 * @self: a delivery
 *
 * Returns: (nullable): the receipt number of an operator that was paid straight away
 */
const char *
refills_delivery_get_operator_reference (RefillsDelivery *self)
{
  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), NULL);

  return self->operator_reference;
}

/**
 * refills_delivery_get_form:
 * @self: a delivery
 *
 * Tells what a person gets, by what came and else by how it is delivered (API reference, sections
 * 3, 6 and 11.3). There is no kind of its own for an eSIM.
 *
 * Returns: what it is
 */
RefillsDeliveryForm
refills_delivery_get_form (RefillsDelivery *self)
{
  static const char esim[] = "eSIM";
  gboolean has_code = FALSE;

  g_return_val_if_fail (REFILLS_IS_DELIVERY (self), REFILLS_DELIVERY_FORM_CARD);

  has_code = self->had_secrets[REFILLS_SECRET_CODE] || self->had_secrets[REFILLS_SECRET_LINK];
  if (self->had_secrets[REFILLS_SECRET_ESIM] || self->had_secrets[REFILLS_SECRET_INSTALL_LINK] ||
      self->had_secrets[REFILLS_SECRET_APPLE_LINK] ||
      self->had_secrets[REFILLS_SECRET_ANDROID_LINK] ||
      (self->family != NULL && g_ascii_strcasecmp (self->family, esim) == 0) ||
      (self->brand_name != NULL && g_ascii_strcasecmp (self->brand_name, esim) == 0))
    return REFILLS_DELIVERY_FORM_ESIM;
  if (!has_code && g_strcmp0 (self->delivery_type, "by_phone") == 0)
    return REFILLS_DELIVERY_FORM_TOP_UP;
  if (!has_code && g_strcmp0 (self->delivery_type, "by_account") == 0)
    return REFILLS_DELIVERY_FORM_ACCOUNT;
  if (g_strcmp0 (self->kind, "mobile_recharge") == 0)
    return REFILLS_DELIVERY_FORM_PIN;

  return REFILLS_DELIVERY_FORM_CARD;
}

/**
 * refills_delivery_has_secret:
 * @self: a delivery
 * @secret: a secret
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
 * @secret: a secret
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
