/* refills-cli-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that list what there is: countries, ways to pay, brands.
 *
 * A list in JSON is the service's own items, one a line, with every member it sent. What is not sold here is left
 * out of both forms.
 */
#include "refills-cli-commands.h"

#include <glib/gi18n.h>

#include "refills-brand.h"
#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-table.h"
#include "refills-country.h"
#include "refills-json-write.h"
#include "refills-payment-via.h"

/* A list that is being printed: as JSON lines, or as a table at its end. */
typedef struct {
  RefillsCli      *cli;
  RefillsCliTable *table;
  GHashTable      *seen;      /* brand ids: the same brand lies in several categories */
  guint            n_skipped; /* what could not be read */
  guint            n_hidden;  /* what is of a kind that is not sold here */
} Listing;

static void
listing_init (Listing    *self,
              RefillsCli *cli,
              guint       n_columns,
              guint       indent)
{
  self->cli = cli;
  self->table = refills_cli_table_new (n_columns, indent);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_skipped = 0;
  self->n_hidden = 0;
}

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->table, refills_cli_table_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static void
listing_end (Listing *self)
{
  refills_cli_table_print (self->table);
  if (self->n_skipped > 0)
    refills_cli_note (ngettext ("%u item could not be read", "%u items could not be read", self->n_skipped),
                      self->n_skipped);
  if (self->n_hidden > 0)
    refills_cli_note (ngettext ("%u brand is of a kind that is not sold here",
                                "%u brands are of kinds that are not sold here", self->n_hidden), self->n_hidden);
}

static void
print_place (const RefillsJsonPlace *place)
{
  g_autofree char *document = refills_json_place_write (place);

  refills_cli_print_json (document);
}

static gboolean
find_array (const RefillsJsonPlace *object,
            const char             *name,
            RefillsJsonPlace       *out)
{
  return refills_json_place_get_kind (object) == REFILLS_JSON_OBJECT &&
         refills_json_find_member (object, name, out) &&
         refills_json_place_get_kind (out) == REFILLS_JSON_ARRAY;
}

static RefillsBrand *
read_brand (Listing                *self,
            const RefillsJsonPlace *place)
{
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (place, NULL);

  if (brand == NULL)
    self->n_skipped++;
  else if (!refills_brand_kind_is_shown (refills_brand_classify (brand)))
    self->n_hidden++;
  else
    return g_steal_pointer (&brand);

  return NULL;
}

static void
add_brand_row (RefillsCliTable *table,
               RefillsBrand    *brand)
{
  const char *family = refills_brand_get_family (brand);
  const char *note = NULL;

  if (refills_brand_is_out_of_stock (brand))
    note = _("out of stock");
  else if (!refills_brand_is_sold_here (brand))
    note = _("needs an account");
  refills_cli_table_add (table,
                         refills_brand_get_name (brand),
                         g_strcmp0 (family, refills_brand_get_name (brand)) != 0 ? family : NULL,
                         refills_brand_get_kind (brand),
                         refills_brand_get_category (brand),
                         refills_brand_get_value_label (brand),
                         note);
}

#define N_BRAND_COLUMNS 6

static void
list_brands (Listing                *self,
             const RefillsJsonPlace *brands)
{
  guint length = refills_json_get_length (brands);

  for (guint i = 0; i < length; i++) {
    g_autoptr (RefillsBrand) brand = NULL;
    RefillsJsonPlace place;

    refills_json_get_element (brands, i, &place);
    brand = read_brand (self, &place);
    if (brand == NULL || !g_hash_table_add (self->seen, g_strdup (refills_brand_get_id (brand))))
      continue;
    if (self->cli->json)
      print_place (&place);
    else
      add_brand_row (self->table, brand);
  }
}

/* `all_brands`, or where that is missing or empty the brands of the categories (API reference, section 3). */
static int
print_brands (RefillsCli  *cli,
              RefillsJson *document)
{
  g_auto (Listing) listing = { 0 };
  RefillsJsonPlace root, brands, categories;

  listing_init (&listing, cli, N_BRAND_COLUMNS, 0);
  refills_json_place_init (&root, document);
  if (find_array (&root, "all_brands", &brands) && refills_json_get_length (&brands) > 0) {
    list_brands (&listing, &brands);
  } else if (find_array (&root, "categories", &categories)) {
    for (guint i = 0; i < refills_json_get_length (&categories); i++) {
      RefillsJsonPlace category, members;

      refills_json_get_element (&categories, i, &category);
      if (find_array (&category, "brands", &members))
        list_brands (&listing, &members);
    }
  } else if (!find_array (&root, "all_brands", &brands)) {
    return refills_cli_fail_answer (cli);
  }
  listing_end (&listing);

  return REFILLS_CLI_DONE;
}

/**
 * refills_cli_countries:
 * @self: the tool
 * @argc: how many words
 * @argv: `countries`
 *
 * Lists the countries that the service sells in, in the shape of its site's list (API reference, section 16). Asks
 * nobody.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_countries (RefillsCli  *self,
                       int          argc,
                       char       **argv)
{
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (2, 0);
  g_autoptr (GListModel) countries = NULL;

  if (!refills_cli_parse (&argc, &argv, NULL, 0, "", _("List the countries")))
    return REFILLS_CLI_USAGE;

  countries = refills_country_list_all ();
  for (guint i = 0; i < g_list_model_get_n_items (countries); i++) {
    g_autoptr (RefillsCountry) country = g_list_model_get_item (countries, i);

    if (self->json) {
      GString *object = refills_cli_begin_object ();
      g_autofree char *document = NULL;

      refills_cli_add_text (object, "isoCode", refills_country_get_code (country));
      refills_cli_add_text (object, "name", refills_country_get_name (country));
      document = refills_cli_end_object (object);
      refills_cli_print_json (document);
    } else {
      refills_cli_table_add (table, refills_country_get_code (country), refills_country_get_name (country));
    }
  }
  refills_cli_table_print (table);

  return REFILLS_CLI_DONE;
}

static void
add_network_row (RefillsCliTable   *table,
                 RefillsPaymentVia *via,
                 RefillsCoin       *coin,
                 RefillsNetwork    *network)
{
  g_autofree char *least = NULL;
  g_autofree char *least_label = NULL;
  RefillsDecimal threshold;
  gboolean available = refills_payment_via_is_available (via) && !refills_coin_is_suspended (coin) &&
                       (network == NULL || !refills_network_is_suspended (network));

  if (network != NULL && refills_network_get_threshold (network, &threshold)) {
    least = refills_decimal_to_text (&threshold);
    /* Translators: the least amount of a coin that can be paid: “at least 0.56 USDC” */
    least_label = g_strdup_printf (_("at least %s %s"), least, refills_coin_get_symbol (coin));
  }
  refills_cli_table_add (table, refills_payment_via_get_name (via), refills_coin_get_symbol (coin),
                         network != NULL ? refills_network_get_name (network) : NULL, least_label,
                         available ? NULL : _("not available"));
}

static void
add_via_rows (RefillsCliTable   *table,
              RefillsPaymentVia *via)
{
  GListModel *coins = refills_payment_via_get_coins (via);

  for (guint i = 0; i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (coins, i);
    GListModel *networks = refills_coin_get_networks (coin);

    if (g_list_model_get_n_items (networks) == 0)
      add_network_row (table, via, coin, NULL);
    for (guint j = 0; j < g_list_model_get_n_items (networks); j++) {
      g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, j);

      add_network_row (table, via, coin, network);
    }
  }
}

/**
 * refills_cli_vias:
 * @self: the tool
 * @argc: how many words
 * @argv: `vias`
 *
 * Lists the ways to pay with their coins and networks (API reference, section 2).
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_vias (RefillsCli  *self,
                  int          argc,
                  char       **argv)
{
  g_autoptr (RefillsJson) document = NULL;
  g_auto (Listing) listing = { 0 };
  RefillsJsonPlace root;
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, NULL, 0, "", _("List the ways to pay")))
    return REFILLS_CLI_USAGE;
  document = refills_cli_fetch (self, "/v3/payment_vias", NULL, &status);
  if (document == NULL)
    return status;
  refills_json_place_init (&root, document);
  if (refills_json_place_get_kind (&root) != REFILLS_JSON_ARRAY)
    return refills_cli_fail_answer (self);

  listing_init (&listing, self, 5, 0);
  for (guint i = 0; i < refills_json_get_length (&root); i++) {
    g_autoptr (RefillsPaymentVia) via = NULL;
    RefillsJsonPlace place;

    refills_json_get_element (&root, i, &place);
    via = refills_payment_via_new_from_json (&place, NULL);
    if (via == NULL)
      listing.n_skipped++;
    else if (self->json)
      print_place (&place);
    else
      add_via_rows (listing.table, via);
  }
  listing_end (&listing);

  return REFILLS_CLI_DONE;
}

/**
 * refills_cli_brands:
 * @self: the tool
 * @argc: how many words
 * @argv: `brands`
 *
 * Lists the brands of a country (API reference, section 3).
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_brands (RefillsCli  *self,
                    int          argc,
                    char       **argv)
{
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, NULL, 0, "", _("List the brands of a country")))
    return REFILLS_CLI_USAGE;
  refills_cli_add_query (query, "country_code", self->country);
  document = refills_cli_fetch (self, "/v2/brands", query, &status);

  return document != NULL ? print_brands (self, document) : status;
}

/**
 * refills_cli_search:
 * @self: the tool
 * @argc: how many words
 * @argv: `search`, and a text
 *
 * Lists the brands that the service finds (API reference, section 5).
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_search (RefillsCli  *self,
                    int          argc,
                    char       **argv)
{
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *path = g_build_path ("/", "/v2/search", self->country, NULL);
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, NULL, 1, _("TEXT"), _("Search the brands of a country")))
    return REFILLS_CLI_USAGE;
  refills_cli_add_query (query, "lang", self->environment->language);
  refills_cli_add_query (query, "q", argv[1]);
  document = refills_cli_fetch (self, path, query, &status);

  return document != NULL ? print_brands (self, document) : status;
}

static gboolean
find_section_brands (const RefillsJsonPlace *section,
                     RefillsJsonPlace       *brands)
{
  return find_array (section, "brands", brands) || find_array (section, "items", brands);
}

static const char *
find_section_title (const RefillsJsonPlace *section)
{
  static const char * const members[] = { "title", "name", "category", "kind" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = NULL;

    if (refills_json_read_string (section, members[i], &text, NULL) && text != NULL)
      return text;
  }

  return _("Other");
}

static void
print_section_brands (RefillsCli             *cli,
                      const char             *title,
                      const RefillsJsonPlace *brands)
{
  g_auto (Listing) listing = { 0 };

  refills_cli_print_clean ("%s", title);
  listing_init (&listing, cli, N_BRAND_COLUMNS, 2);
  list_brands (&listing, brands);
  listing_end (&listing);
}

static void
print_sections (RefillsCli             *cli,
                const RefillsJsonPlace *sections)
{
  for (guint i = 0; i < refills_json_get_length (sections); i++) {
    RefillsJsonPlace section, brands;

    refills_json_get_element (sections, i, &section);
    if (!find_section_brands (&section, &brands) || refills_json_get_length (&brands) == 0)
      continue;
    if (cli->json)
      print_place (&section);
    else
      print_section_brands (cli, find_section_title (&section), &brands);
  }
}

/* What stands beside the sections without being one; in JSON as one, under the name that the service gives it. */
static void
print_popular (RefillsCli             *cli,
               const RefillsJsonPlace *brands)
{
  GString *object = NULL;
  g_autofree char *list = NULL;
  g_autofree char *document = NULL;

  if (refills_json_get_length (brands) == 0)
    return;
  if (!cli->json) {
    print_section_brands (cli, C_("brands", "Popular"), brands);
    return;
  }
  object = refills_cli_begin_object ();
  list = refills_json_place_write (brands);
  refills_cli_add_text (object, "category", "popular_brands");
  refills_cli_add_raw (object, "brands", list);
  document = refills_cli_end_object (object);
  refills_cli_print_json (document);
}

static gboolean
holds_sections (const RefillsJsonPlace *array)
{
  RefillsJsonPlace first, brands;

  if (refills_json_get_length (array) == 0)
    return TRUE;
  refills_json_get_element (array, 0, &first);

  return find_section_brands (&first, &brands);
}

/* The same shapes as the catalogue of the window takes: nobody has seen this answer. */
static int
print_homepage (RefillsCli  *cli,
                RefillsJson *document)
{
  RefillsJsonPlace root, list;
  gboolean found = FALSE;

  refills_json_place_init (&root, document);
  if (refills_json_place_get_kind (&root) == REFILLS_JSON_ARRAY && holds_sections (&root)) {
    print_sections (cli, &root);
    return REFILLS_CLI_DONE;
  }
  if (find_array (&root, "sections", &list)) {
    print_sections (cli, &list);
    return REFILLS_CLI_DONE;
  }
  if (find_array (&root, "popular_brands", &list)) {
    print_popular (cli, &list);
    found = TRUE;
  }
  if (find_array (&root, "categories", &list)) {
    print_sections (cli, &list);
    found = TRUE;
  }

  return found ? REFILLS_CLI_DONE : print_brands (cli, document);
}

/**
 * refills_cli_home:
 * @self: the tool
 * @argc: how many words
 * @argv: `home`
 *
 * Lists what the service puts forward in a country, by section (API reference, section 4). Its shape is not
 * documented: what is no section is passed over.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_home (RefillsCli  *self,
                  int          argc,
                  char       **argv)
{
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, NULL, 0, "", _("List what the service puts forward")))
    return REFILLS_CLI_USAGE;
  refills_cli_add_query (query, "country_code", self->country);
  document = refills_cli_fetch (self, "/v2/homepage", query, &status);

  return document != NULL ? print_homepage (self, document) : status;
}
