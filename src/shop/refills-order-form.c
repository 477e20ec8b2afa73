/* refills-order-form.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderForm:
 *
 * What a person types for an order: to whom it goes, how often, a coupon and where a refund is to go, with
 * what is wrong with each.
 *
 * Emits "changed" for what an order depends on. Asks the service whether mail can reach the e-mail address
 * once typing rests; that is advice, and nothing waits for it.
 */
#include "refills-order-form-private.h"

#include <glib/gi18n.h>
#include <string.h>

enum { FIELD_EMAIL, FIELD_BENEFICIARY, FIELD_COUPON, FIELD_REFUND_ADDRESS, N_FIELDS };

struct _RefillsOrderForm {
  GObject                 parent_instance;

  RefillsOrderApi        *api;
  RefillsBeneficiaryKind  kind;
  char                   *fields[N_FIELDS];
  gboolean                rested[N_FIELDS];
  guint                   quantity;
  gboolean                locked;

  char                   *asked_email; /* the one the verdict is about, or will be */
  RefillsEmailVerdict     verdict;
  GCancellable           *cancellable;
};

G_DEFINE_FINAL_TYPE (RefillsOrderForm, refills_order_form, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_KIND,
  PROP_LABEL,
  PROP_EMAIL,
  PROP_BENEFICIARY,
  PROP_COUPON,
  PROP_REFUND_ADDRESS,
  PROP_EMAIL_COMPLAINT,
  PROP_BENEFICIARY_COMPLAINT,
  PROP_COUPON_COMPLAINT,
  PROP_REFUND_ADDRESS_COMPLAINT,
  PROP_QUANTITY,
  PROP_MAX_QUANTITY,
  N_PROPS
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* A phone takes the same top-up once a day (API reference, section 13). */
static guint
get_max_quantity (RefillsOrderForm *self)
{
  return self->kind == REFILLS_BENEFICIARY_PHONE ? 1 : REFILLS_ORDER_REQUEST_MAX_LINES;
}

static const char *
get_label (RefillsOrderForm *self)
{
  switch (self->kind) {
  case REFILLS_BENEFICIARY_PHONE:
    return _("Phone Number");
  case REFILLS_BENEFICIARY_ACCOUNT:
    return _("Account Number");
  case REFILLS_BENEFICIARY_EMAIL:
  default:
    return _("E-Mail Address");
  }
}

static gboolean
is_empty (RefillsOrderForm *self,
          guint             field)
{
  return self->fields[field] == NULL || *self->fields[field] == '\0';
}

static gboolean
is_right (RefillsOrderForm *self,
          guint             field)
{
  g_autofree char *recipient = NULL;

  switch (field) {
  case FIELD_EMAIL:
    return refills_beneficiary_is_plausible (REFILLS_BENEFICIARY_EMAIL, self->fields[FIELD_EMAIL]);
  case FIELD_BENEFICIARY:
    recipient = refills_order_form_dup_recipient (self);
    return refills_beneficiary_is_plausible (self->kind, recipient);
  case FIELD_COUPON:
    return is_empty (self, field) || refills_order_request_is_coupon (self->fields[field]);
  case FIELD_REFUND_ADDRESS:
  default:
    return is_empty (self, field) || refills_order_request_is_refund_address (self->fields[field]);
  }
}

static const char *
get_email_advice (RefillsOrderForm *self)
{
  if (g_strcmp0 (self->asked_email, self->fields[FIELD_EMAIL]) != 0)
    return NULL;

  switch (self->verdict) {
  case REFILLS_EMAIL_VERDICT_NO_SERVER:
    return _("No mail can reach this address. Check it.");
  case REFILLS_EMAIL_VERDICT_BAD:
    return _("This address may not work. Check it.");
  case REFILLS_EMAIL_VERDICT_GOOD:
  default:
    return NULL;
  }
}

static const char *
get_beneficiary_complaint (RefillsOrderForm *self)
{
  switch (self->kind) {
  case REFILLS_BENEFICIARY_PHONE:
    return _("Enter the number with its country code, such as +14155551234.");
  case REFILLS_BENEFICIARY_ACCOUNT:
    return _("This does not look like an account number.");
  case REFILLS_BENEFICIARY_EMAIL:
  default:
    return NULL; /* the e-mail address has its own */
  }
}

/* Nothing is said of a field that is empty or that is being typed in. */
static const char *
get_complaint (RefillsOrderForm *self,
               guint             field)
{
  if (!self->rested[field] || is_empty (self, field))
    return NULL;
  if (is_right (self, field))
    return field == FIELD_EMAIL ? get_email_advice (self) : NULL;

  switch (field) {
  case FIELD_EMAIL:
    return _("This does not look like an e-mail address.");
  case FIELD_BENEFICIARY:
    return get_beneficiary_complaint (self);
  case FIELD_COUPON:
    return _("This does not look like a coupon.");
  case FIELD_REFUND_ADDRESS:
  default:
    return _("This does not look like an address.");
  }
}

static void
notify_complaints (RefillsOrderForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EMAIL_COMPLAINT + i]);
}

static void
set_field (RefillsOrderForm *self,
           guint             field,
           const char       *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (self->locked || g_strcmp0 (self->fields[field], stripped) == 0)
    return;

  g_clear_pointer (&self->fields[field], g_free);
  self->fields[field] = g_steal_pointer (&stripped);
  self->rested[field] = FALSE;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EMAIL + field]);
  notify_complaints (self);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
email_judged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsOrderForm) self = user_data;
  RefillsEmailVerdict verdict =
    refills_order_api_validate_email_finish (REFILLS_ORDER_API (source), result);

  /* A later question took this one's place. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  self->verdict = verdict;
  notify_complaints (self);
}

static void
ask_for_email (RefillsOrderForm *self)
{
  const char *email = self->fields[FIELD_EMAIL];

  if (!is_right (self, FIELD_EMAIL) || g_strcmp0 (self->asked_email, email) == 0)
    return;

  refills_order_form_stop (self);
  g_clear_pointer (&self->asked_email, g_free);
  self->asked_email = g_strdup (email);
  self->verdict = REFILLS_EMAIL_VERDICT_GOOD;
  self->cancellable = g_cancellable_new ();
  refills_order_api_validate_email_async (self->api, email, self->cancellable, email_judged_cb,
                                          g_object_ref (self));
}

static void
refills_order_form_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsOrderForm *self = REFILLS_ORDER_FORM (object);

  switch (property_id) {
  case PROP_KIND:
    g_value_set_enum (value, self->kind);
    break;
  case PROP_LABEL:
    g_value_set_string (value, get_label (self));
    break;
  case PROP_EMAIL:
  case PROP_BENEFICIARY:
  case PROP_COUPON:
  case PROP_REFUND_ADDRESS:
    g_value_set_string (value, self->fields[property_id - PROP_EMAIL]);
    break;
  case PROP_EMAIL_COMPLAINT:
  case PROP_BENEFICIARY_COMPLAINT:
  case PROP_COUPON_COMPLAINT:
  case PROP_REFUND_ADDRESS_COMPLAINT:
    g_value_set_string (value, get_complaint (self, property_id - PROP_EMAIL_COMPLAINT));
    break;
  case PROP_QUANTITY:
    g_value_set_uint (value, self->quantity);
    break;
  case PROP_MAX_QUANTITY:
    g_value_set_uint (value, get_max_quantity (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_form_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsOrderForm *self = REFILLS_ORDER_FORM (object);

  switch (property_id) {
  case PROP_EMAIL:
  case PROP_BENEFICIARY:
  case PROP_COUPON:
  case PROP_REFUND_ADDRESS:
    set_field (self, property_id - PROP_EMAIL, g_value_get_string (value));
    break;
  case PROP_QUANTITY:
    refills_order_form_set_quantity (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_form_dispose (GObject *object)
{
  refills_order_form_stop (REFILLS_ORDER_FORM (object));

  G_OBJECT_CLASS (refills_order_form_parent_class)->dispose (object);
}

static void
refills_order_form_finalize (GObject *object)
{
  RefillsOrderForm *self = REFILLS_ORDER_FORM (object);

  g_clear_object (&self->api);
  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_pointer (&self->fields[i], g_free);
  g_clear_pointer (&self->asked_email, g_free);

  G_OBJECT_CLASS (refills_order_form_parent_class)->finalize (object);
}

static void
install_string (guint       property_id,
                const char *name,
                GParamFlags flags)
{
  props[property_id] = g_param_spec_string (name, NULL, NULL, NULL,
                                            flags | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
refills_order_form_class_init (RefillsOrderFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_order_form_get_property;
  object_class->set_property = refills_order_form_set_property;
  object_class->dispose = refills_order_form_dispose;
  object_class->finalize = refills_order_form_finalize;

  props[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, REFILLS_TYPE_BENEFICIARY_KIND, REFILLS_BENEFICIARY_EMAIL,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  install_string (PROP_LABEL, "label", G_PARAM_READABLE);
  install_string (PROP_EMAIL, "email", G_PARAM_READWRITE);
  install_string (PROP_BENEFICIARY, "beneficiary", G_PARAM_READWRITE);
  install_string (PROP_COUPON, "coupon", G_PARAM_READWRITE);
  install_string (PROP_REFUND_ADDRESS, "refund-address", G_PARAM_READWRITE);
  install_string (PROP_EMAIL_COMPLAINT, "email-complaint", G_PARAM_READABLE);
  install_string (PROP_BENEFICIARY_COMPLAINT, "beneficiary-complaint", G_PARAM_READABLE);
  install_string (PROP_COUPON_COMPLAINT, "coupon-complaint", G_PARAM_READABLE);
  install_string (PROP_REFUND_ADDRESS_COMPLAINT, "refund-address-complaint", G_PARAM_READABLE);
  props[PROP_QUANTITY] =
    g_param_spec_uint ("quantity", NULL, NULL, 1, REFILLS_ORDER_REQUEST_MAX_LINES, 1,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_MAX_QUANTITY] =
    g_param_spec_uint ("max-quantity", NULL, NULL, 1, REFILLS_ORDER_REQUEST_MAX_LINES, 1,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsOrderForm::changed:
   *
   * Something else would be ordered now.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_order_form_init (RefillsOrderForm *self)
{
  self->quantity = 1;
}

/**
 * refills_order_form_new:
 * @api: the orders' calls
 * @kind: to what the product is delivered
 *
 * Returns: (transfer full): an empty form for one copy
 */
RefillsOrderForm *
refills_order_form_new (RefillsOrderApi        *api,
                        RefillsBeneficiaryKind  kind)
{
  RefillsOrderForm *self = g_object_new (REFILLS_TYPE_ORDER_FORM, NULL);

  self->api = g_object_ref (api);
  self->kind = kind;

  return self;
}

/**
 * refills_order_form_set_locked:
 * @self: a form
 * @locked: whether it is being ordered
 *
 * Keeps what is typed as it is.
 */
void
refills_order_form_set_locked (RefillsOrderForm *self,
                               gboolean          locked)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  self->locked = locked;
}

/**
 * refills_order_form_rest:
 * @self: a form
 *
 * Says that typing rests: what is wrong is told from now on.
 */
void
refills_order_form_rest (RefillsOrderForm *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  for (guint i = 0; i < N_FIELDS; i++)
    self->rested[i] = TRUE;
  ask_for_email (self);
  notify_complaints (self);
}

/**
 * refills_order_form_stop:
 * @self: a form
 *
 * Ends the question that is under way.
 */
void
refills_order_form_stop (RefillsOrderForm *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * refills_order_form_is_complete:
 * @self: a form
 *
 * Returns: whether the service can be asked about it
 */
gboolean
refills_order_form_is_complete (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), FALSE);

  for (guint i = 0; i < N_FIELDS; i++)
    if (!is_right (self, i))
      return FALSE;

  return TRUE;
}

/**
 * refills_order_form_get_hint:
 * @self: a form
 *
 * Returns: (nullable): what is still to be filled in
 */
const char *
refills_order_form_get_hint (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  if (self->kind == REFILLS_BENEFICIARY_PHONE && !is_right (self, FIELD_BENEFICIARY))
    return _("Enter the phone number to top up, with its country code.");
  if (self->kind == REFILLS_BENEFICIARY_ACCOUNT && !is_right (self, FIELD_BENEFICIARY))
    return _("Enter the account number to pay for.");
  if (!is_right (self, FIELD_EMAIL))
    return self->kind == REFILLS_BENEFICIARY_EMAIL
           ? _("Enter the e-mail address the card is to be sent to.")
           : _("Enter an e-mail address for news of the order.");
  if (!is_right (self, FIELD_COUPON))
    return _("Correct the coupon, or leave it out.");
  if (!is_right (self, FIELD_REFUND_ADDRESS))
    return _("Correct the address for refunds, or leave it out.");

  return NULL;
}

/* What stands between the digits of a number as people write it. */
static char *
compact_number (const char *text)
{
  GString *compact = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar sign = g_utf8_get_char (p);

    if (!g_unichar_isspace (sign) && (sign == '\0' || sign > 127 || strchr ("-.()/", (int) sign) == NULL))
      g_string_append_unichar (compact, sign);
  }

  return g_string_free (compact, FALSE);
}

/**
 * refills_order_form_dup_recipient:
 * @self: a form
 *
 * Returns: (transfer full) (nullable): to whom the product goes, as the service takes it: a phone number
 *   without what is written between its digits
 */
char *
refills_order_form_dup_recipient (RefillsOrderForm *self)
{
  const char *typed = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  typed = self->fields[self->kind == REFILLS_BENEFICIARY_EMAIL ? FIELD_EMAIL : FIELD_BENEFICIARY];
  if (typed == NULL || self->kind != REFILLS_BENEFICIARY_PHONE)
    return g_strdup (typed);

  return compact_number (typed);
}

/**
 * refills_order_form_get_kind:
 * @self: a form
 *
 * Returns: to what the product is delivered
 */
RefillsBeneficiaryKind
refills_order_form_get_kind (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), REFILLS_BENEFICIARY_EMAIL);

  return self->kind;
}

/**
 * refills_order_form_get_email:
 * @self: a form
 *
 * Returns: (nullable): the e-mail address of who buys, to which a product of the kind e-mail is sent
 */
const char *
refills_order_form_get_email (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  return self->fields[FIELD_EMAIL];
}

/**
 * refills_order_form_set_email:
 * @self: a form
 * @email: (nullable): what is typed; blanks around it are dropped
 *
 * Sets the e-mail address of who buys, to which a product of the kind e-mail is sent.
 */
void
refills_order_form_set_email (RefillsOrderForm *self,
                              const char       *email)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  set_field (self, FIELD_EMAIL, email);
}

/**
 * refills_order_form_get_beneficiary:
 * @self: a form
 *
 * Returns: (nullable): the phone or account number, as it was typed
 */
const char *
refills_order_form_get_beneficiary (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  return self->fields[FIELD_BENEFICIARY];
}

/**
 * refills_order_form_set_beneficiary:
 * @self: a form
 * @beneficiary: (nullable): what is typed; blanks around it are dropped
 *
 * Sets the phone or account number, as it was typed.
 */
void
refills_order_form_set_beneficiary (RefillsOrderForm *self,
                                    const char       *beneficiary)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  set_field (self, FIELD_BENEFICIARY, beneficiary);
}

/**
 * refills_order_form_get_coupon:
 * @self: a form
 *
 * Returns: (nullable): the coupon
 */
const char *
refills_order_form_get_coupon (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  return self->fields[FIELD_COUPON];
}

/**
 * refills_order_form_set_coupon:
 * @self: a form
 * @coupon: (nullable): what is typed; blanks around it are dropped
 *
 * Sets the coupon.
 */
void
refills_order_form_set_coupon (RefillsOrderForm *self,
                               const char       *coupon)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  set_field (self, FIELD_COUPON, coupon);
}

/**
 * refills_order_form_get_refund_address:
 * @self: a form
 *
 * Returns: (nullable): where a refund is to go
 */
const char *
refills_order_form_get_refund_address (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), NULL);

  return self->fields[FIELD_REFUND_ADDRESS];
}

/**
 * refills_order_form_set_refund_address:
 * @self: a form
 * @address: (nullable): what is typed; blanks around it are dropped
 *
 * Sets where a refund is to go.
 */
void
refills_order_form_set_refund_address (RefillsOrderForm *self,
                                       const char       *address)
{
  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  set_field (self, FIELD_REFUND_ADDRESS, address);
}

/**
 * refills_order_form_get_quantity:
 * @self: a form
 *
 * Returns: how many copies are bought
 */
guint
refills_order_form_get_quantity (RefillsOrderForm *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FORM (self), 1);

  return self->quantity;
}

/**
 * refills_order_form_set_quantity:
 * @self: a form
 * @quantity: from 1 to %REFILLS_ORDER_REQUEST_MAX_LINES
 *
 * Sets how many copies are bought. Of a top-up for a phone there is one.
 */
void
refills_order_form_set_quantity (RefillsOrderForm *self,
                                 guint             quantity)
{
  guint allowed = 1;

  g_return_if_fail (REFILLS_IS_ORDER_FORM (self));

  allowed = CLAMP (quantity, 1, get_max_quantity (self));
  if (self->locked || self->quantity == allowed)
    return;
  self->quantity = allowed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUANTITY]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
