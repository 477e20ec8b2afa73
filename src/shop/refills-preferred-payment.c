/* refills-preferred-payment.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsPreferredPayment:
 *
 * With which coin and on which network the last purchase was paid, where a person chose them.
 *
 * Two texts that notify; where they are kept between two runs is for who binds them. Main thread.
 */
#include "refills-preferred-payment.h"

struct _RefillsPreferredPayment {
  GObject  parent_instance;

  char    *coin;
  char    *network;
};

G_DEFINE_FINAL_TYPE (RefillsPreferredPayment, refills_preferred_payment, G_TYPE_OBJECT)

enum { PROP_0, PROP_COIN, PROP_NETWORK, N_PROPS };

static GParamSpec *props[N_PROPS];

static void
set_text (RefillsPreferredPayment  *self,
          char                    **place,
          const char               *text,
          guint                     property_id)
{
  char *copy;

  if (text == NULL)
    text = "";
  if (g_str_equal (*place, text))
    return;

  copy = g_strdup (text);
  g_clear_pointer (place, g_free);
  *place = copy;
  g_object_notify_by_pspec (G_OBJECT (self), props[property_id]);
}

static void
refills_preferred_payment_get_property (GObject    *object,
                                        guint       property_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  RefillsPreferredPayment *self = REFILLS_PREFERRED_PAYMENT (object);

  switch (property_id) {
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_NETWORK:
    g_value_set_string (value, self->network);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_preferred_payment_set_property (GObject      *object,
                                        guint         property_id,
                                        const GValue *value,
                                        GParamSpec   *pspec)
{
  RefillsPreferredPayment *self = REFILLS_PREFERRED_PAYMENT (object);

  switch (property_id) {
  case PROP_COIN:
    set_text (self, &self->coin, g_value_get_string (value), property_id);
    break;
  case PROP_NETWORK:
    set_text (self, &self->network, g_value_get_string (value), property_id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_preferred_payment_finalize (GObject *object)
{
  RefillsPreferredPayment *self = REFILLS_PREFERRED_PAYMENT (object);

  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->network, g_free);

  G_OBJECT_CLASS (refills_preferred_payment_parent_class)->finalize (object);
}

static void
refills_preferred_payment_class_init (RefillsPreferredPaymentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = refills_preferred_payment_get_property;
  object_class->set_property = refills_preferred_payment_set_property;
  object_class->finalize = refills_preferred_payment_finalize;

  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, "", flags);
  props[PROP_NETWORK] = g_param_spec_string ("network", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_preferred_payment_init (RefillsPreferredPayment *self)
{
  self->coin = g_strdup ("");
  self->network = g_strdup ("");
}

/**
 * refills_preferred_payment_new:
 *
 * Returns: (transfer full): nothing chosen yet
 */
RefillsPreferredPayment *
refills_preferred_payment_new (void)
{
  return g_object_new (REFILLS_TYPE_PREFERRED_PAYMENT, NULL);
}

/**
 * refills_preferred_payment_get_coin:
 * @self: what was chosen
 *
 * Returns: the symbol of the coin, "" where nothing was chosen
 */
const char *
refills_preferred_payment_get_coin (RefillsPreferredPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PREFERRED_PAYMENT (self), NULL);

  return self->coin;
}

/**
 * refills_preferred_payment_get_network:
 * @self: what was chosen
 *
 * Returns: the network, as the service names it, "" where nothing was chosen
 */
const char *
refills_preferred_payment_get_network (RefillsPreferredPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PREFERRED_PAYMENT (self), NULL);

  return self->network;
}

/**
 * refills_preferred_payment_set:
 * @self: what was chosen
 * @coin: the symbol of a coin
 * @network: a network, as the service names it
 *
 * Remembers a choice.
 */
void
refills_preferred_payment_set (RefillsPreferredPayment *self,
                               const char              *coin,
                               const char              *network)
{
  g_return_if_fail (REFILLS_IS_PREFERRED_PAYMENT (self));

  set_text (self, &self->coin, coin, PROP_COIN);
  set_text (self, &self->network, network, PROP_NETWORK);
}
