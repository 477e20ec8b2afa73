/* refills-beneficiary.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To whom a delivery goes: which form its address has, and whether a text has that form.
 */
#include "refills-beneficiary.h"

#include "refills-email.h"

#include <string.h>

#define PHONE_MIN_DIGITS 7
#define PHONE_MAX_DIGITS 15
#define ACCOUNT_MAX_BYTES 64

G_DEFINE_ENUM_TYPE (RefillsBeneficiaryKind, refills_beneficiary_kind,
                    G_DEFINE_ENUM_VALUE (REFILLS_BENEFICIARY_EMAIL, "email"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BENEFICIARY_PHONE, "phone"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BENEFICIARY_ACCOUNT, "account"))

/* The international form, `^\+[1-9][0-9]{6,14}$`: only that is safe (API reference, section 9). */
static gboolean
is_phone (const char *text)
{
  gsize digits = 0;

  if (text[0] != '+' || text[1] < '1' || text[1] > '9')
    return FALSE;
  digits = strspn (text + 1, "0123456789");

  return text[1 + digits] == '\0' && digits >= PHONE_MIN_DIGITS && digits <= PHONE_MAX_DIGITS;
}

/* Nothing says how an account number looks, and every utility has its own: letters, digits and what
 * stands between them on a bill, at least one letter or digit, no blank at either end. */
static gboolean
is_account (const char *text)
{
  gsize length = strlen (text);
  gboolean has_sign = FALSE;

  if (length == 0 || length > ACCOUNT_MAX_BYTES || text[0] == ' ' || text[length - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isalnum (text[i]))
      has_sign = TRUE;
    else if (strchr (" +-./_#:*@()", text[i]) == NULL)
      return FALSE;
  }

  return has_sign;
}

/**
 * refills_beneficiary_kind_for:
 * @delivery_type: (nullable): how an option is delivered; an open set
 * @brand_kind: (nullable): what the brand sells; an open set
 *
 * Says what form the address of a delivery has (API reference, section 8.4). The option decides, not
 * the brand. A delivery type nobody knows goes by what is sold: top-ups and bills to an account of any
 * form, everything else, and what says nothing of itself, by e-mail.
 *
 * Returns: the form
 */
RefillsBeneficiaryKind
refills_beneficiary_kind_for (const char *delivery_type,
                              const char *brand_kind)
{
  if (g_strcmp0 (delivery_type, "by_email") == 0)
    return REFILLS_BENEFICIARY_EMAIL;
  if (g_strcmp0 (delivery_type, "by_phone") == 0)
    return REFILLS_BENEFICIARY_PHONE;
  if (g_strcmp0 (delivery_type, "by_account") == 0)
    return REFILLS_BENEFICIARY_ACCOUNT;
  if (g_strcmp0 (brand_kind, "mobile_recharge") == 0 || g_strcmp0 (brand_kind, "utility") == 0)
    return REFILLS_BENEFICIARY_ACCOUNT;

  return REFILLS_BENEFICIARY_EMAIL;
}

/**
 * refills_beneficiary_is_plausible:
 * @kind: the form
 * @text: (nullable): an e-mail address, a phone number or an account number
 *
 * Checks the form, on any thread. Whether there is such a recipient is the service's to say.
 *
 * Returns: whether @text can be one
 */
gboolean
refills_beneficiary_is_plausible (RefillsBeneficiaryKind  kind,
                                  const char             *text)
{
  if (text == NULL)
    return FALSE;

  switch (kind) {
  case REFILLS_BENEFICIARY_PHONE:
    return is_phone (text);
  case REFILLS_BENEFICIARY_ACCOUNT:
    return is_account (text);
  case REFILLS_BENEFICIARY_EMAIL:
  default:
    return refills_email_is_plausible (text);
  }
}
