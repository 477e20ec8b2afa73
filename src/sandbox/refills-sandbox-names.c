/* refills-sandbox-names.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invented shop names, the same at every start: a country's words for places and things, joined
 * with the trades of each category. Owns word lists. Never reads the seed, never names a real shop.
 */
#include "refills-sandbox-private.h"

typedef struct {
  const char *category;
  guint       n_us;     /* how many the United States have */
  guint       n_others; /* how many every other full country has */
  const char *trades;   /* separated by | */
} Category;

static const char first_english[] =
  "Amber|Alder|Birchwood|Blue Finch|Bramble|Brookside|Cedar|Cinder|Clover|Cobalt|"
  "Copper Kettle|Coral|Crescent|Dapple|"
  "Driftwood|Ember|Fable|Fernhill|Fjord|Foxglove|Gable|Garnet|Golden Oar|Granite|Grove|"
  "Harbourlight|Hazel|Heron|Honeycomb|"
  "Indigo|Ivory Gate|Jasper|Juniper|Kestrel|Lantern|Larkspur|Lemon Tree|Linden|Maplewood|"
  "Marble Arch|Marigold|Meadow|Mellow|"
  "Merino|Midnight Owl|Mosaic|Nettle|Nimbus|North Pier|Oak & Iron|Opal|Orchard|Otter|"
  "Paper Moon|Pebble|Pepperbox|Pinecone|"
  "Plumtree|Poppyfield|Quarry|Quill|Ravenna|Redwood|Riverstone|Rowan|Saffron|Sagebrush|"
  "Sandstone|Silver Fir|Sparrow|"
  "Summit|Sycamore|Tamarind|Thistle|Tidal|Topaz|Tulip|Velvet|Violet|Walnut|Wanderer|"
  "Willow|Windmill|Winterberry|Wren|Zephyr";
static const char first_german[] =
  "Ahorn|Amsel|Bergfink|Birke|Buche|Dachs|Eiche|Falke|Fichte|Flieder|Goldregen|Haselnuss|"
  "Heide|Holunder|Kiesel|Kirsche|"
  "Kranich|Lerche|Linde|Löwenzahn|Mühlrad|Nordstern|Rosengarten|Rotkehlchen|Sanddorn|"
  "Schwalbe|Silberdistel|Sonnenhof|"
  "Storchennest|Waldrand|Weidenhof|Wiesengrund";
static const char first_french[] =
  "du Tilleul|de la Lune|des Érables|du Canal|aux Merles|du Moulin|des Lilas|"
  "de l’Horloge|du Vieux Pont|des Mouettes|"
  "de la Source|du Figuier|des Glycines|du Phare|de la Clairière|des Hirondelles|"
  "du Marronnier|de l’Étoile|des Acacias|"
  "du Hérisson|de la Colline|des Coquelicots|du Ruisseau|de la Forêt|du Renard|des Quais|"
  "de la Brume|du Cerisier|"
  "des Amandiers|du Port Bleu";
static const char first_spanish[] =
  "del Olmo|de la Luna|Los Sauces|del Puente|La Cigüeña|del Molino|Las Lilas|El Reloj|"
  "del Olivar|Las Gaviotas|La Fuente|"
  "de la Higuera|El Faro|del Romero|La Encina|Las Golondrinas|del Castaño|La Estrella|"
  "Los Almendros|El Erizo|de la Colina|"
  "Las Amapolas|del Arroyo|del Bosque|El Zorro|del Muelle|La Niebla|del Cerezo|Los Tilos|"
  "El Jilguero";

static const Category english[] = {
  { "food", 160, 46,
    "Kitchen|Bakery|Grill|Noodle House|Pizzeria|Coffee|Taqueria|Deli|Burger Bar|Creamery|"
    "Tea Room|Sushi|Smokehouse" },
  { "retail", 98, 28,
    "Market|General Store|Home|Garden Centre|Hardware|Pharmacy|Pet Supply|Toys|Stationers|"
    "Furniture|Bazaar" },
  { "apparel", 52, 18,
    "Outfitters|Denim|Shoes|Tailors|Knitwear|Boutique|Sportswear|Threads|Leather|Eyewear" },
  { "e-commerce", 37, 12, "Direct|Online|Cart|Parcel|Marketplace|Deals" },
  { "entertainment", 38, 12,
    "Cinemas|Theatre|Arcade|Bowling|Climbing Hall|Escape Rooms|Museum Pass|Concerts|Zoo" },
  { "travel_flights", 32, 12, "Airways|Hotels|Cruises|Rail|Holidays|Car Hire|Camping|Coaches" },
  { "games", 29, 10, "Games|Quest|Racers|Legends|Realm|Tactics|Puzzles" },
  { "streaming", 16, 6, "TV|Music|Podcasts|Radio|Stream" },
  { "electronics", 34, 10, "Electronics|Audio|Cameras|Computers|Gadgets" },
  { "books_learning", 27, 8, "Books|Academy|Languages|Courses|Library" },
  { "mobile_credits", 20, 6, "Mobile Credits" },
};
static const Category german[] = {
  { "food", 0, 48, "Bäckerei|Kaffeehaus|Brauhaus|Imbiss|Eisdiele|Pizzeria|Gasthof|Teestube" },
  { "retail", 0, 30,
    "Markt|Drogerie|Baumarkt|Gartenwelt|Möbelhaus|Spielwaren|Tierbedarf|Papeterie" },
  { "apparel", 0, 18, "Schuhhaus|Modehaus|Strickwaren|Sporthaus|Lederwaren" },
  { "entertainment", 0, 14, "Kino|Theater|Kletterhalle|Tierpark|Therme" },
  { "travel_flights", 0, 12, "Reisen|Hotel|Campingplatz|Fähren" },
  { "books_learning", 0, 10, "Buchhandlung|Sprachschule|Verlag" },
};
static const Category french[] = {
  { "food", 0, 46, "Boulangerie|Café|Brasserie|Crêperie|Fromagerie|Glacier|Épicerie|Bistrot" },
  { "retail", 0, 30,
    "Marché|Droguerie|Jardinerie|Quincaillerie|Papeterie|Jouets|Animalerie|Meubles" },
  { "apparel", 0, 18, "Chaussures|Atelier|Maille|Boutique|Maroquinerie" },
  { "entertainment", 0, 14, "Cinéma|Théâtre|Patinoire|Musée|Escalade" },
  { "travel_flights", 0, 12, "Voyages|Hôtel|Camping|Croisières" },
  { "books_learning", 0, 10, "Librairie|École de langues|Éditions" },
};
static const Category spanish[] = {
  { "food", 0, 46, "Panadería|Cafetería|Taberna|Heladería|Churrería|Frutería|Mesón|Pastelería" },
  { "retail", 0, 30, "Mercado|Droguería|Ferretería|Jardinería|Papelería|Juguetería|Muebles" },
  { "apparel", 0, 18, "Zapatería|Sastrería|Modas|Deportes|Marroquinería" },
  { "entertainment", 0, 14, "Cines|Teatro|Acuario|Museo|Rocódromo" },
  { "travel_flights", 0, 12, "Viajes|Hotel|Camping|Cruceros" },
  { "books_learning", 0, 10, "Librería|Academia|Editorial" },
};

/* FNV-1a, finished by a mix so that the low bits are as good as the high ones. */
guint64
refills_sandbox_names_hash (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *p = text; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;

  return hash;
}

/* An id in the form of a random UUID that is the same for the same @text. */
char *
refills_sandbox_names_to_uuid (const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("%.8s-%.4s-4%.3s-a%.3s-%.12s",
                          digest, digest + 8, digest + 13, digest + 17, digest + 20);
}

static void
name_free (gpointer data)
{
  RefillsSandboxName *self = data;

  g_free (self->name); /* its struct goes with it */
  g_free (self);       /* ended here */
}

static void
add_names (GPtrArray  *names,
           GHashTable *seen,
           const char *country_code,
           const char *first_words,
           const char *category,
           const char *trade_words,
           guint       wanted,
           gboolean    trade_first)
{
  g_auto (GStrv) firsts = g_strsplit (first_words, "|", -1);
  g_auto (GStrv) trades = g_strsplit (trade_words, "|", -1);
  g_autofree char *key = g_strconcat (country_code, "/", category, NULL);
  guint n_firsts = g_strv_length (firsts);
  guint n_trades = g_strv_length (trades);
  guint start = (guint) (refills_sandbox_names_hash (key) % n_firsts);
  guint made = 0;

  for (guint round = 0; made < wanted && round < n_firsts * n_trades; round++) {
    const char *first = firsts[(start + round * 7 + round / n_firsts) % n_firsts];
    const char *trade = trades[(round + round / n_trades * 3) % n_trades];
    g_autofree char *name = trade_first ? g_strdup_printf ("%s %s", trade, first)
                                        : g_strdup_printf ("%s %s", first, trade);
    RefillsSandboxName *entry;

    if (g_hash_table_contains (seen, name))
      continue;
    entry = g_new0 (RefillsSandboxName, 1);
    entry->name = g_steal_pointer (&name);
    entry->category = category;
    g_hash_table_add (seen, entry->name);
    g_ptr_array_add (names, entry);
    made++;
  }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const RefillsSandboxName *first = *(RefillsSandboxName *const *) a;
  const RefillsSandboxName *second = *(RefillsSandboxName *const *) b;
  guint64 first_hash = refills_sandbox_names_hash (first->name);
  guint64 second_hash = refills_sandbox_names_hash (second->name);

  return first_hash < second_hash ? -1 : first_hash > second_hash;
}

/* The invented names of a country, well mixed; of RefillsSandboxName. */
GPtrArray *
refills_sandbox_names_make (const char *country_code)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (name_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean is_us = g_str_equal (country_code, "US");
  gboolean is_full = is_us || g_str_equal (country_code, "GB");
  const Category *own = NULL;
  const char *own_firsts = NULL;
  gsize n_own = 0;

  if (g_str_equal (country_code, "DE") || g_str_equal (country_code, "AT")) {
    own = german;
    n_own = G_N_ELEMENTS (german);
    own_firsts = first_german;
  } else if (g_str_equal (country_code, "FR")) {
    own = french;
    n_own = G_N_ELEMENTS (french);
    own_firsts = first_french;
  } else if (g_str_equal (country_code, "ES")) {
    own = spanish;
    n_own = G_N_ELEMENTS (spanish);
    own_firsts = first_spanish;
  }
  for (gsize i = 0; i < n_own; i++)
    add_names (names, seen, country_code, own_firsts, own[i].category, own[i].trades,
               own[i].n_others, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (english); i++) {
    guint wanted = is_us ? english[i].n_us : is_full ? english[i].n_others : english[i].n_others / 3;

    add_names (names, seen, country_code, first_english, english[i].category, english[i].trades,
               wanted, FALSE);
  }
  g_ptr_array_sort (names, compare_names);

  return names;
}
