/* refills-country.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCountry:
 *
 * A country, or a region of several that an eSIM is for, with its name in the person's language.
 *
 * Immutable. The names are those of iso-codes, from its own translations; where they are not installed, or
 * not into that language, the English name stands. What is not known is named by its code.
 */

#include "refills-country.h"

#include "refills-country-private.h"
#include "refills-rich-text.h"
#include "refills-search-fold.h"

#include <glib/gi18n.h>

#include <stdlib.h>
#include <string.h>

#define ISO_DOMAIN "iso_3166-1"
#define CODE_MAX_CHARACTERS 12

struct _RefillsCountry {
  GObject parent_instance;

  char *code;
  char *name;
  char *search_key;
};

G_DEFINE_FINAL_TYPE (RefillsCountry, refills_country, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CODE,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* What the service has codes for and ISO 3166-1 has none (API reference, section 1.2). */
static const RefillsCountryRow others[] = {
  { "ASIA", N_("Asia") },
  { "EU", N_("Europe") },
  { "WW", N_("Worldwide") },
  { "XK", N_("Kosovo") },
};

static int
compare_row (gconstpointer code,
             gconstpointer row)
{
  return strcmp (code, ((const RefillsCountryRow *) row)->code);
}

static const RefillsCountryRow *
find_row (const RefillsCountryRow *rows,
          gsize                    n_rows,
          const char              *code)
{
  return bsearch (code, rows, n_rows, sizeof *rows, compare_row);
}

/* gettext finds the catalogues of other packages by itself, but in the encoding of the locale. */
static void
prepare_iso_codes (void)
{
  static gsize prepared = 0;

  if (g_once_init_enter (&prepared)) {
    bind_textdomain_codeset (ISO_DOMAIN, "UTF-8");
    g_once_init_leave (&prepared, 1);
  }
}

/* Borrowed from the tables or from gettext; NULL where the code is not known. */
static const char *
look_up_name (const char *code)
{
  const RefillsCountryRow *row = find_row (refills_country_rows, REFILLS_N_COUNTRIES, code);

  if (row != NULL && row->name != NULL) {
    prepare_iso_codes ();
    return dgettext (ISO_DOMAIN, row->name);
  }
  row = find_row (others, G_N_ELEMENTS (others), code);

  return row != NULL ? _(row->name) : NULL;
}

static char *
make_search_key (const char *code,
                 const char *name)
{
  const RefillsCountryRow *row = find_row (refills_country_rows, REFILLS_N_COUNTRIES, code);
  g_autofree char *all = g_strjoin (" ", code, name, row != NULL ? row->name : NULL, NULL);

  return refills_search_fold (all);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const RefillsCountry *first = a;
  const RefillsCountry *second = b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : strcmp (first->code, second->code);
}

static void
refills_country_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsCountry *self = REFILLS_COUNTRY (object);

  switch (prop_id) {
  case PROP_CODE:
    g_value_set_string (value, self->code);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_country_finalize (GObject *object)
{
  RefillsCountry *self = REFILLS_COUNTRY (object);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->search_key, g_free);

  G_OBJECT_CLASS (refills_country_parent_class)->finalize (object);
}

static void
refills_country_class_init (RefillsCountryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_country_get_property;
  object_class->finalize = refills_country_finalize;

  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_country_init (RefillsCountry *self)
{
}

/**
 * refills_country_new:
 * @code: a code, known or not
 *
 * Returns: (transfer full): the country
 */
RefillsCountry *
refills_country_new (const char *code)
{
  RefillsCountry *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_COUNTRY, NULL);
  self->code = g_strdup (code);
  self->name = refills_country_name_code (code);

  return self;
}

/**
 * refills_country_list_all:
 *
 * Makes the list of the countries the service sells in, in the order in which the person's language sorts
 * their names.
 *
 * Returns: (transfer full): a list of [class@Country]
 */
GListModel *
refills_country_list_all (void)
{
  GListStore *list = g_list_store_new (REFILLS_TYPE_COUNTRY);

  for (gsize i = 0; i < REFILLS_N_COUNTRIES; i++) {
    g_autoptr (RefillsCountry) country = refills_country_new (refills_country_rows[i].code);

    g_list_store_append (list, country);
  }
  g_list_store_sort (list, compare_names, NULL);

  return G_LIST_MODEL (list);
}

/**
 * refills_country_name_code:
 * @code: (nullable): a code, in any case
 *
 * Returns: (transfer full): the name in the person's language; the code, as it can be shown, where it has
 *   none; "" where there is no code
 */
char *
refills_country_name_code (const char *code)
{
  g_autofree char *shown = refills_text_clean_line (code != NULL ? code : "", CODE_MAX_CHARACTERS);
  g_autofree char *upper = g_ascii_strup (shown, -1);
  const char *name = look_up_name (upper);

  return name != NULL ? g_strdup (name) : g_steal_pointer (&shown);
}

/**
 * refills_country_is_listed:
 * @code: (nullable): a code, in capitals
 *
 * Returns: whether it is one of the countries the service sells in
 */
gboolean
refills_country_is_listed (const char *code)
{
  return code != NULL && find_row (refills_country_rows, REFILLS_N_COUNTRIES, code) != NULL;
}

/**
 * refills_country_get_code:
 * @self: a country
 *
 * Returns: the code, as the service writes it
 */
const char *
refills_country_get_code (RefillsCountry *self)
{
  g_return_val_if_fail (REFILLS_IS_COUNTRY (self), NULL);

  return self->code;
}

/**
 * refills_country_get_name:
 * @self: a country
 *
 * Returns: the name in the person's language
 */
const char *
refills_country_get_name (RefillsCountry *self)
{
  g_return_val_if_fail (REFILLS_IS_COUNTRY (self), NULL);

  return self->name;
}

/**
 * refills_country_matches:
 * @self: a country
 * @typed: what a person typed
 *
 * Looks for it in the name, in the English name and in the code, without case and accents.
 *
 * Returns: whether the country is one that was looked for
 */
gboolean
refills_country_matches (RefillsCountry *self,
                         const char     *typed)
{
  g_autofree char *stripped = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (REFILLS_IS_COUNTRY (self), FALSE);
  g_return_val_if_fail (typed != NULL, FALSE);

  if (self->search_key == NULL)
    self->search_key = make_search_key (self->code, self->name);
  stripped = g_strstrip (g_strdup (typed));
  folded = refills_search_fold (stripped);

  return strstr (self->search_key, folded) != NULL;
}
