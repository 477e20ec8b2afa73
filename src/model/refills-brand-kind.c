/* refills-brand-kind.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a brand sells, by the two texts that the service says it with (API reference, section 3).
 */
#include "refills-brand-kind.h"

G_DEFINE_ENUM_TYPE (RefillsBrandKind, refills_brand_kind,
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_GIFT_CARD, "gift-card"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_TOP_UP, "top-up"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_DATA_BUNDLE, "data-bundle"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_ESIM, "esim"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_UTILITY, "utility"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_E_MONEY, "e-money"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_FLIGHT, "flight"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_STAY, "stay"),
                    G_DEFINE_ENUM_VALUE (REFILLS_BRAND_KIND_NFT, "nft"))

static RefillsBrandKind
find_kind (const char *kind)
{
  static const struct { const char *text; RefillsBrandKind kind; } table[] = {
    { "giftcard", REFILLS_BRAND_KIND_GIFT_CARD },
    { "mobile_recharge", REFILLS_BRAND_KIND_TOP_UP },
    { "utility", REFILLS_BRAND_KIND_UTILITY },
    { "flight", REFILLS_BRAND_KIND_FLIGHT },
    { "stay", REFILLS_BRAND_KIND_STAY },
    { "nft_giftcard", REFILLS_BRAND_KIND_NFT },
    { "programmable_gift_card", REFILLS_BRAND_KIND_NFT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (kind, table[i].text) == 0)
      return table[i].kind;

  return REFILLS_BRAND_KIND_UNKNOWN;
}

/**
 * refills_brand_kind_from_texts:
 * @kind: (nullable): the service's `kind`
 * @category: (nullable): the service's `category`
 *
 * Tells what a brand sells. There is no kind for an eSIM: it is a `mobile_recharge` in the category `e-sim`;
 * nor for e-money, which is a `giftcard` by kind and needs an account there (API reference, section 14.3).
 *
 * Returns: what it sells; unknown where the service has a kind that is newer than this
 */
RefillsBrandKind
refills_brand_kind_from_texts (const char *kind,
                               const char *category)
{
  RefillsBrandKind found = find_kind (kind);

  if (category == NULL)
    return found;
  if (refills_brand_kind_is_sold (found) && g_str_equal (category, "e-money"))
    return REFILLS_BRAND_KIND_E_MONEY;
  if (found == REFILLS_BRAND_KIND_TOP_UP && g_str_equal (category, "e-sim"))
    return REFILLS_BRAND_KIND_ESIM;
  /* With a suffix for contracts: "mobile_data_postpaid". */
  if (found == REFILLS_BRAND_KIND_TOP_UP &&
      (g_str_has_prefix (category, "mobile_bundle") || g_str_has_prefix (category, "mobile_data")))
    return REFILLS_BRAND_KIND_DATA_BUNDLE;

  return found;
}

/**
 * refills_brand_kind_is_shown:
 * @kind: what a brand sells
 *
 * Flights, stays and the cards of other services have orders of their own that this application does not make,
 * and of an unknown kind nobody can say to whom it is delivered: such brands are left out of every list, and
 * counted.
 *
 * Returns: whether a brand of that kind is shown
 */
gboolean
refills_brand_kind_is_shown (RefillsBrandKind kind)
{
  return kind == REFILLS_BRAND_KIND_E_MONEY || refills_brand_kind_is_sold (kind);
}

/**
 * refills_brand_kind_is_sold:
 * @kind: what a brand sells
 *
 * Returns: whether it can be bought in this application; e-money needs an account of the service
 */
gboolean
refills_brand_kind_is_sold (RefillsBrandKind kind)
{
  switch (kind) {
  case REFILLS_BRAND_KIND_GIFT_CARD:
  case REFILLS_BRAND_KIND_TOP_UP:
  case REFILLS_BRAND_KIND_DATA_BUNDLE:
  case REFILLS_BRAND_KIND_ESIM:
  case REFILLS_BRAND_KIND_UTILITY:
    return TRUE;
  case REFILLS_BRAND_KIND_UNKNOWN:
  case REFILLS_BRAND_KIND_E_MONEY:
  case REFILLS_BRAND_KIND_FLIGHT:
  case REFILLS_BRAND_KIND_STAY:
  case REFILLS_BRAND_KIND_NFT:
  default:
    return FALSE;
  }
}
