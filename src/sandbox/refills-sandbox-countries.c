/* refills-sandbox-countries.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the service sells: the 233 countries of its developer page, and the regions of eSIM plans
 * (API reference, section 1.2). Owns the lists.
 */
#include "refills-sandbox-private.h"

static const char countries[] =
  "AD AE AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
  "BV BW BZ CA CC CG CH CI CK CL CM CN CO CR CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET "
  "FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID "
  "IE IL IM IN IO IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV MA "
  "MC MD ME MF MG MH MK MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ "
  "OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RW SA SB SC SE SG SH SI SJ SK SL SM SN "
  "SO SR ST SV SX SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VG VI "
  "VN VU WF WS XK YE YT ZA ZM ";

/* Not countries: where an eSIM plan works. */
static const struct {
  const char *code;
  const char *members; /* codes of countries; NULL for all */
} regions[] = {
  { "WW", NULL },
  { "EU", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK" },
  { "ASIA", "CN HK ID IN JP KH KR LA LK MO MY NP PH SG TH TW VN" },
};

/* Whether @text could be the code of a country or is that of a region. Where nothing is sold the
 * catalogue is empty. */
gboolean
refills_sandbox_country_is_code (const char *text)
{
  return refills_sandbox_country_is_region (text)
         || (strlen (text) == 2 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]));
}

gboolean
refills_sandbox_country_is_region (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++) {
    if (g_str_equal (regions[i].code, text))
      return TRUE;
  }

  return FALSE;
}

gboolean
refills_sandbox_country_is_served (const char *text)
{
  g_autofree char *word = g_strconcat (text, " ", NULL);

  return strlen (text) == 2 && strstr (countries, word) != NULL;
}

/* Where a plan of @code works; with @wide in its neighbours too. */
JsonArray *
refills_sandbox_country_to_regions (const char *code,
                                    gboolean    wide)
{
  JsonArray *array = json_array_new ();
  const char *members = wide ? countries : code;
  g_auto (GStrv) codes = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++) {
    if (g_str_equal (regions[i].code, code))
      members = regions[i].members != NULL ? regions[i].members : countries;
  }
  codes = g_strsplit (members, " ", -1);
  for (guint i = 0; codes[i] != NULL; i++) {
    if (*codes[i] != '\0')
      json_array_add_string_element (array, codes[i]);
  }

  return array;
}
