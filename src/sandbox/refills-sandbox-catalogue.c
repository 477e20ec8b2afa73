/* refills-sandbox-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The brands of one country: the ones that the API reference names, some that each stand for an
 * oddity of the wire, and invented ones. Owns the brands and the two bodies it has built once.
 * Never depends on the seed: the same shops stand there after every start.
 */
#include "refills-sandbox-private.h"

#define N_UNITED_STATES 556
#define N_OUT_OF_STOCK_US 25
#define N_OUT_OF_STOCK_OTHERS 7
#define N_POPULAR 12

static const char *palette[] = {
  "#1f3a5f", "#b5453c", "#2f6f4f", "#e0a030", "#5b3f8c", "#0f7c8a", "#c65a87", "#364152", "#8a5a2b", "#3f7fbf",
  "#6b8e23", "#d9622b", "#7a1f3d", "#2b8c6b", "#4a4ea8", "#a63f6f", "#0e131f", "#c98b6b", "#567c8d", "#912f2f",
  "#3b6e3b", "#9a6fb0", "#1b6ca8", "#bf7f1f", "#46606e", "#7d8f3a", "#b03060", "#2d5d7b", "#e07a5f", "#3d405b",
};

static const guint ladders[][8] = {
  { 10, 25, 50, 100 },
  { 5, 10, 15, 25, 50 },
  { 25, 50, 100, 200, 500 },
  { 10, 20, 50, 75, 100, 150 },
  { 15, 30, 60 },
  { 20, 50, 100, 250, 1000 },
};

static const guint ranges[][3] = { { 10, 500, 1 }, { 5, 200, 1 }, { 25, 1000, 1 }, { 15, 300, 1 } };

static void
option_free (gpointer data)
{
  RefillsSandboxOption *self = data;

  g_free (self->denomination);  /* a plain struct frees its strings */
  g_free (self->localized);     /* likewise */
  g_free (self->product_id);    /* likewise */
  g_free (self->delivery_type); /* likewise */
  g_free (self);                /* and itself */
}

static void
brand_free (gpointer data)
{
  RefillsSandboxBrand *self = data;

  g_clear_pointer (&self->options, g_ptr_array_unref);
  g_free (self->country_code);     /* a plain struct frees its strings */
  g_free (self->brand_id);         /* likewise */
  g_free (self->brand);            /* likewise */
  g_free (self->family);           /* likewise */
  g_free (self->slug);             /* likewise */
  g_free (self->category);         /* likewise */
  g_free (self->extra_category);   /* likewise */
  g_free (self->kind);             /* likewise */
  g_free (self->bg_color);         /* likewise */
  g_free (self->min_label);        /* likewise */
  g_free (self->max_label);        /* likewise */
  g_free (self->range_product_id); /* likewise */
  g_free (self);                   /* and itself */
}

static char *
make_slug (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString *slug = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '_' && p[1] != '\0')
      g_string_append_c (slug, '_');
  }

  return g_string_free (slug, FALSE);
}

static RefillsSandboxBrand *
add_brand (RefillsSandboxCatalogue *self,
           const char              *name,
           const char              *family,
           const char              *kind,
           const char              *category)
{
  RefillsSandboxBrand *brand = g_new0 (RefillsSandboxBrand, 1);
  g_autofree char *key = g_strdup_printf ("brand/%s/%s", self->country_code, name);
  guint64 hash = refills_sandbox_names_hash (name);

  brand->currency = refills_sandbox_currency_of (self->country_code);
  brand->country_code = g_strdup (self->country_code);
  brand->brand_id = refills_sandbox_names_to_uuid (key);
  brand->brand = g_strdup (name);
  brand->family = g_strdup (family != NULL ? family : name);
  brand->slug = make_slug (name);
  brand->category = g_strdup (category);
  brand->kind = g_strdup (kind);
  brand->bg_color = g_strdup (palette[hash / 97 % G_N_ELEMENTS (palette)]);
  brand->options = g_ptr_array_new_with_free_func (option_free);
  g_ptr_array_add (self->brands, brand);
  g_hash_table_insert (self->by_name, brand->brand, brand);

  return brand;
}

/* @cost_usd_micro: 0 for the usual mark-up, which does not grow evenly with the value. */
static RefillsSandboxOption *
add_option (RefillsSandboxBrand *brand,
            guint64              minor,
            const char          *denomination,
            guint64              cost_usd_micro)
{
  RefillsSandboxOption *option = g_new0 (RefillsSandboxOption, 1);
  g_autofree char *amount = refills_sandbox_format_short (minor, brand->currency->decimals);
  g_autofree char *key = NULL;

  option->minor = minor;
  option->delivery_type = g_strdup ("by_email");
  if (denomination != NULL) {
    option->denomination = g_strdup (denomination);
    option->localized = g_strdup (denomination);
  } else {
    option->denomination = g_strdup_printf ("%s %s", amount, brand->currency->code);
    option->localized = refills_sandbox_format_localized (minor, brand->currency);
  }
  key = g_strdup_printf ("product/%s/%s/%s", brand->country_code, brand->brand, option->denomination);
  option->product_id = refills_sandbox_names_to_uuid (key);
  option->usd_micro = cost_usd_micro;
  if (cost_usd_micro == 0) {
    guint64 points = 10300 + refills_sandbox_names_hash (key) % 900;

    option->usd_micro =
      refills_sandbox_multiply_ceil (refills_sandbox_to_usd_micro (minor, brand->currency), points, 10000);
  }
  g_ptr_array_add (brand->options, option);

  return option;
}

static void
set_delivery_type (RefillsSandboxOption *option,
                   const char           *delivery_type)
{
  g_clear_pointer (&option->delivery_type, g_free);
  option->delivery_type = g_strdup (delivery_type);
}

static guint64
to_minor (RefillsSandboxBrand *brand,
          guint64              whole)
{
  for (guint i = 0; i < brand->currency->decimals; i++)
    whole *= 10;

  return whole;
}

static void
set_range (RefillsSandboxBrand *brand,
           guint64              min,
           guint64              max,
           guint64              step)
{
  g_autofree char *key = g_strdup_printf ("product/%s/%s/range", brand->country_code, brand->brand);
  guint scale = brand->currency->usd_micro < 50000 ? 100 : 1;

  brand->is_range = TRUE;
  brand->range_min = to_minor (brand, min * scale);
  brand->range_max = to_minor (brand, max * scale);
  brand->range_step = to_minor (brand, step * scale);
  brand->range_product_id = refills_sandbox_names_to_uuid (key);
}

static void
set_labels (RefillsSandboxBrand *brand)
{
  if (brand->out_of_stock)
    return;
  if (brand->is_range) {
    brand->min_label = refills_sandbox_format_localized (brand->range_min, brand->currency);
    brand->max_label = refills_sandbox_format_localized (brand->range_max, brand->currency);
  } else if (brand->options->len > 0) {
    RefillsSandboxOption *first = g_ptr_array_index (brand->options, 0);
    RefillsSandboxOption *last = g_ptr_array_index (brand->options, brand->options->len - 1);

    brand->min_label = g_strdup (first->localized);
    brand->max_label = g_strdup (last->localized);
  }
}

static void
set_color (RefillsSandboxBrand *brand,
           const char          *color)
{
  g_clear_pointer (&brand->bg_color, g_free);
  brand->bg_color = g_strdup (color);
}

static void
add_esim (RefillsSandboxCatalogue *self)
{
  static const struct {
    int     gigabytes;
    int     days;
    guint64 price_cents;
  } plans[] = { { 1, 3, 311 }, { 1, 7, 437 }, { 3, 30, 962 }, { 5, 30, 1388 }, { 10, 30, 2274 },
                { -1, 3, 1149 }, { 50, 90, 8420 } };
  RefillsSandboxBrand *brand = add_brand (self, "eSIM", NULL, "mobile_recharge", "e-sim");

  set_color (brand, "#0e131f");
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++) {
    g_autofree char *name = plans[i].gigabytes < 0
      ? g_strdup_printf ("Unlimited %d days", plans[i].days)
      : g_strdup_printf ("%d GB %d days", plans[i].gigabytes, plans[i].days);
    RefillsSandboxOption *option = add_option (brand, plans[i].price_cents, name, plans[i].price_cents * 10000);

    option->data_gigabytes = plans[i].gigabytes;
    option->days = plans[i].days;
  }
}

/* The brands of the API reference's examples, with its own prices for Steam (section 6). */
static void
add_named (RefillsSandboxCatalogue *self)
{
  static const guint64 steam[][2] = { { 10, 1147 }, { 20, 2143 }, { 25, 2895 }, { 30, 3185 }, { 50, 5353 },
                                      { 100, 11123 }, { 150, 16936 }, { 200, 22249 } };
  gboolean is_us = g_str_equal (self->country_code, "US");
  RefillsSandboxBrand *brand = add_brand (self, "Airbnb", NULL, "giftcard", "travel_flights");

  set_color (brand, "#FF385C");
  set_range (brand, 50, 500, 1);
  brand = add_brand (self, "Amazon.com", NULL, "giftcard", "e-commerce");
  set_color (brand, "#131A22");
  set_range (brand, 10, 500, 1);
  brand = add_brand (self, "Steam", NULL, "giftcard", "games");
  set_color (brand, "#1b2838");
  brand->extra_category = g_strdup ("entertainment");
  for (gsize i = 0; i < G_N_ELEMENTS (steam); i++)
    add_option (brand, to_minor (brand, steam[i][0]), NULL, is_us ? steam[i][1] * 10000 : 0);
  add_esim (self);
}

/* One brand for each thing that a client must bear; in every country. */
static void
add_oddities (RefillsSandboxCatalogue *self)
{
  RefillsSandboxBrand *brand;
  RefillsSandboxOption *option;

  brand = add_brand (self, "Otter & Quill", NULL, "giftcard", "books_learning");
  set_range (brand, 10, 250, 5);
  brand = add_brand (self, "Rewarble", NULL, "giftcard", "e-money");
  set_range (brand, 2, 1000, 1);
  brand = add_brand (self, "Kestrel Mobile Bundle", "Kestrel Mobile", "mobile_recharge", "mobile_bundle");
  option = add_option (brand, to_minor (brand, 15), "1 month", 0);
  set_delivery_type (option, "by_phone");
  option->data_gigabytes = 5;
  option->days = 30;
  option->is_bundle = TRUE;
  brand = add_brand (self, "Kestrel Mobile Credits", "Kestrel Mobile", "mobile_recharge", "mobile_credits");
  option = add_option (brand, to_minor (brand, 10), NULL, 0);
  set_delivery_type (option, "by_phone");
  add_option (brand, to_minor (brand, 10), "10 - PIN", 0);
  add_option (brand, to_minor (brand, 20), "20 - PIN", 0);
  brand = add_brand (self, "Kestrel Mobile Data", "Kestrel Mobile", "mobile_recharge", "mobile_data");
  option = add_option (brand, to_minor (brand, 30), "Unlimited 30 days", 0);
  option->data_gigabytes = -1;
  option->days = 30;
  brand = add_brand (self, "Pennywhistle Games", NULL, "giftcard", "games");
  add_option (brand, 25, NULL, 0);
  add_option (brand, 250, NULL, 0);
  add_option (brand, to_minor (brand, 2000), NULL, 0);
  brand = add_brand (self, "Lantern Link", NULL, "giftcard", NULL);
  add_option (brand, to_minor (brand, 10), NULL, 0);
  add_option (brand, to_minor (brand, 40), NULL, 0);
  brand = add_brand (self, "Snowdrop Gifts", NULL, "giftcard", "retail");
  set_color (brand, "#FFF");
  add_option (brand, to_minor (brand, 25), NULL, 0);
  brand = add_brand (self, "Paper Crane Studio", NULL, "giftcard", "books_learning");
  set_color (brand, NULL);
  add_option (brand, to_minor (brand, 20), NULL, 0);
  brand = add_brand (self, "Halfmoon Diamonds", NULL, "giftcard", "games");
  add_option (brand, to_minor (brand, 2), "100 Diamonds", 0);
  add_option (brand, to_minor (brand, 18), "1,000 Diamonds", 0);
  brand = add_brand (self, "Basepic Coffee", NULL, "giftcard", "food");
  brand->logo_files = REFILLS_SANDBOX_LOGO_BASE_WEBP;
  add_option (brand, to_minor (brand, 10), NULL, 0);
  brand = add_brand (self, "Old Photo Studio", NULL, "giftcard", "entertainment");
  brand->logo_files = REFILLS_SANDBOX_LOGO_SIZED_JPEG;
  add_option (brand, to_minor (brand, 30), NULL, 0);
  brand = add_brand (self, "Daguerre Prints", NULL, "giftcard", "entertainment");
  brand->logo_files = REFILLS_SANDBOX_LOGO_BASE_JPEG;
  add_option (brand, to_minor (brand, 30), NULL, 0);
  brand = add_brand (self, "Elsewhere Posters", NULL, "giftcard", "retail");
  brand->logo_files = REFILLS_SANDBOX_LOGO_URL_ONLY;
  add_option (brand, to_minor (brand, 15), NULL, 0);
  brand = add_brand (self, "Plain Label", NULL, "giftcard", "retail");
  brand->logo_files = REFILLS_SANDBOX_LOGO_NONE;
  add_option (brand, to_minor (brand, 15), NULL, 0);
  if (!g_str_equal (self->country_code, "US"))
    return;
  brand = add_brand (self, "mint", NULL, "giftcard", "e-money");
  set_color (brand, "#72b14d");
  brand->out_of_stock = TRUE;
  brand = add_brand (self, "Skylark Flights", NULL, "flight", "travel_flights");
  add_option (brand, to_minor (brand, 100), NULL, 0);
  brand = add_brand (self, "Hayloft Stays", NULL, "stay", "travel_flights");
  add_option (brand, to_minor (brand, 100), NULL, 0);
  brand = add_brand (self, "Ink & Pixel", NULL, "nft_giftcard", "entertainment");
  add_option (brand, to_minor (brand, 50), NULL, 0);
  brand = add_brand (self, "Loom Tokens", NULL, "programmable_gift_card", "entertainment");
  add_option (brand, to_minor (brand, 25), NULL, 0);
  brand = add_brand (self, "Vaultline Prepaid", NULL, "giftcard", "retail");
  brand->refused_network = "Base";
  add_option (brand, to_minor (brand, 50), NULL, 0);
  add_option (brand, to_minor (brand, 100), NULL, 0);
  brand = add_brand (self, "Turnstile Tickets", NULL, "giftcard", "entertainment");
  add_option (brand, to_minor (brand, 30), NULL, 0);
  brand = add_brand (self, "Carrier Pigeon PIN", "Carrier Pigeon", "mobile_recharge", "mobile_talk_time");
  add_option (brand, 1999, "PIN USA 19.99 USD", 0);
  add_option (brand, to_minor (brand, 25), "Honduras TODA 25 Minutes", 0);
  brand = add_brand (self, "Carrier Pigeon Postpaid", "Carrier Pigeon", "utility", "mobile_credits_postpaid");
  option = add_option (brand, to_minor (brand, 40), NULL, 0);
  set_delivery_type (option, "by_account");
  option = add_option (brand, to_minor (brand, 80), NULL, 0);
  set_delivery_type (option, "by_account");
  brand = add_brand (self, "Millbrook Power", NULL, "utility", "bills");
  set_range (brand, 20, 400, 1);
}

static void
add_invented (RefillsSandboxCatalogue *self)
{
  g_autoptr (GPtrArray) names = refills_sandbox_names_make (self->country_code);
  guint n_special = self->brands->len;

  for (guint i = 0; i < names->len; i++) {
    RefillsSandboxName *name = g_ptr_array_index (names, i);
    gboolean is_phone = g_str_equal (name->category, "mobile_credits");
    guint64 hash = refills_sandbox_names_hash (name->name) >> 7;
    RefillsSandboxBrand *brand;

    if (g_str_equal (self->country_code, "US") && i + n_special >= N_UNITED_STATES)
      break;
    brand = add_brand (self, name->name, NULL, is_phone ? "mobile_recharge" : "giftcard", name->category);
    if (!is_phone && hash % 10 < 4) {
      const guint *range = ranges[hash / 10 % G_N_ELEMENTS (ranges)];

      set_range (brand, range[0], range[1], range[2]);
    } else {
      const guint *ladder = ladders[is_phone ? 1 : hash / 10 % G_N_ELEMENTS (ladders)];
      guint scale = brand->currency->usd_micro < 50000 ? 100 : 1;

      for (guint j = 0; j < G_N_ELEMENTS (ladders[0]) && ladder[j] != 0; j++) {
        RefillsSandboxOption *option = add_option (brand, to_minor (brand, (guint64) ladder[j] * scale), NULL, 0);

        if (is_phone)
          set_delivery_type (option, "by_phone");
      }
    }
    if (!is_phone && hash % 17 == 0)
      brand->extra_category = g_strdup (g_str_equal (name->category, "retail") ? "e-commerce" : "retail");
    if (hash % 41 == 0)
      set_color (brand, hash % 2 == 0 ? "#FFF" : "#fff");
  }
}

/* Strews the oddities among the others, so that the first screen looks like a shop. */
static void
strew (RefillsSandboxCatalogue *self,
       guint                    first,
       guint                    n_oddities)
{
  for (guint i = 0; i < n_oddities; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_steal_index (self->brands, first);
    guint place = MIN (20 + i * 7 + n_oddities, self->brands->len);

    g_ptr_array_insert (self->brands, (int) place, brand);
  }
}

static void
set_out_of_stock (RefillsSandboxCatalogue *self)
{
  guint wanted = g_str_equal (self->country_code, "US") ? N_OUT_OF_STOCK_US : N_OUT_OF_STOCK_OTHERS;
  guint n = 0;

  for (guint i = 0; i < self->brands->len; i++)
    n += ((RefillsSandboxBrand *) g_ptr_array_index (self->brands, i))->out_of_stock ? 1 : 0;
  for (guint i = self->brands->len; i-- > 40 && n < wanted;) {
    RefillsSandboxBrand *brand = g_ptr_array_index (self->brands, i);

    if (i % 7 != 3 || !g_str_equal (brand->kind, "giftcard"))
      continue;
    brand->out_of_stock = TRUE;
    n++;
  }
}

RefillsSandboxCatalogue *
refills_sandbox_catalogue_new (const char *country_code)
{
  RefillsSandboxCatalogue *self = g_new0 (RefillsSandboxCatalogue, 1);
  guint n_named;
  guint n_special;

  self->country_code = g_strdup (country_code);
  self->brands = g_ptr_array_new_with_free_func (brand_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (refills_sandbox_country_is_region (country_code)) {
    add_esim (self);
  } else if (refills_sandbox_country_is_served (country_code)) {
    add_named (self);
    n_named = self->brands->len;
    add_oddities (self);
    n_special = self->brands->len;
    add_invented (self);
    strew (self, n_named, n_special - n_named);
    set_out_of_stock (self);
  }
  for (guint i = 0; i < self->brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (self->brands, i);

    /* One brand in stock has no labels all the same (API reference, section 3). */
    if (!g_str_equal (brand->brand, "Paper Crane Studio"))
      set_labels (brand);
  }

  return self;
}

void
refills_sandbox_catalogue_free (RefillsSandboxCatalogue *self)
{
  g_clear_pointer (&self->brands_body, g_bytes_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->brands, g_ptr_array_unref);
  g_free (self->country_code); /* a plain struct frees its strings */
  g_free (self);               /* and itself */
}

RefillsSandboxBrand *
refills_sandbox_catalogue_find (RefillsSandboxCatalogue *self,
                                const char              *brand)
{
  return g_hash_table_lookup (self->by_name, brand);
}

/* The brand object of API reference, section 3. */
JsonObject *
refills_sandbox_brand_to_json (RefillsSandboxBrand *self,
                               const char          *base_uri)
{
  JsonObject *object = json_object_new ();
  JsonArray *additional = json_array_new ();
  g_autofree char *base = g_strdup_printf ("%s/logos/%s", base_uri, self->slug);
  gboolean is_jpeg = self->logo_files == REFILLS_SANDBOX_LOGO_SIZED_JPEG
                     || self->logo_files == REFILLS_SANDBOX_LOGO_BASE_JPEG;
  g_autofree char *logo = g_strconcat (base, self->logo_files == REFILLS_SANDBOX_LOGO_URL_ONLY ? "-poster" : "",
                                       is_jpeg ? ".jpg" : ".webp", NULL);

  json_object_set_string_member (object, "family", self->family);
  json_object_set_string_member (object, "brand_id", self->brand_id);
  json_object_set_string_member (object, "brand", self->brand);
  json_object_set_string_member (object, "logo_url", logo);
  if (!g_str_equal (self->brand, "mint"))
    json_object_set_string_member (object, "logo_base_url", base);
  json_object_set_string_member (object, "bg_color", self->bg_color);
  if (self->min_label != NULL) {
    json_object_set_string_member (object, "min", self->min_label);
    json_object_set_string_member (object, "max", self->max_label);
  }
  json_object_set_string_member (object, "category", self->category);
  json_object_set_boolean_member (object, "is_out_of_stock", self->out_of_stock);
  json_object_set_string_member (object, "country_code", self->country_code);
  if (self->extra_category != NULL)
    json_array_add_string_element (additional, self->extra_category);
  json_object_set_array_member (object, "additional_categories", additional);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "product_type", "physical");
  json_object_set_array_member (object, "brand_tags", json_array_new ());

  return object;
}

static JsonArray *
find_category (JsonArray  *categories,
               GHashTable *found,
               const char *kind,
               const char *category)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", kind, category != NULL ? category : "");
  JsonArray *brands = g_hash_table_lookup (found, key);
  JsonObject *object;

  if (brands != NULL)
    return brands;
  object = json_object_new ();
  brands = json_array_new ();
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "category", category);
  json_object_set_array_member (object, "brands", brands);
  json_object_set_array_member (object, "popular_brands", json_array_new ());
  json_array_add_object_element (categories, object);
  g_hash_table_insert (found, g_steal_pointer (&key), brands);

  return brands;
}

/* The envelope of API reference, section 3, over some of the brands. */
static JsonNode *
make_envelope (RefillsSandboxCatalogue *self,
               GPtrArray               *brands,
               const char              *base_uri)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObject *envelope = json_object_new ();
  JsonArray *categories = json_array_new ();
  JsonArray *all = json_array_new ();
  JsonArray *popular = json_array_new ();

  for (guint i = 0; i < brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (brands, i);
    JsonObject *object = refills_sandbox_brand_to_json (brand, base_uri);

    json_array_add_object_element (find_category (categories, found, brand->kind, brand->category),
                                   json_object_ref (object));
    if (brand->extra_category != NULL)
      json_array_add_object_element (find_category (categories, found, brand->kind, brand->extra_category),
                                     json_object_ref (object));
    if (i < N_POPULAR && !brand->out_of_stock)
      json_array_add_object_element (popular, json_object_ref (object));
    json_array_add_object_element (all, object);
  }
  json_object_set_array_member (envelope, "last_user_purchases", json_array_new ());
  json_object_set_array_member (envelope, "suggestions", json_array_new ());
  json_object_set_string_member (envelope, "country_code", self->country_code);
  json_object_set_array_member (envelope, "categories", categories);
  json_object_set_array_member (envelope, "all_brands", all);
  json_object_set_array_member (envelope, "popular_brands", popular);

  return refills_sandbox_json_take (envelope);
}

static GBytes *
node_to_bytes (JsonNode *root)
{
  char *text = refills_sandbox_json_to_text (root);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
refills_sandbox_catalogue_get_brands (RefillsSandboxCatalogue *self,
                                      const char              *base_uri)
{
  if (self->brands_body == NULL) {
    g_autoptr (JsonNode) root = make_envelope (self, self->brands, base_uri);

    self->brands_body = node_to_bytes (root);
  }

  return self->brands_body;
}

/* A brand as the feed has it: without tags and without the start of its logos' addresses. */
static JsonObject *
feed_brand_to_json (RefillsSandboxBrand *brand,
                    const char          *base_uri)
{
  JsonObject *object = refills_sandbox_brand_to_json (brand, base_uri);

  json_object_remove_member (object, "brand_tags");
  json_object_remove_member (object, "logo_base_url");

  return object;
}

/* A popular section, then one for each category, of up to eight brands (API reference, section 4). */
static JsonArray *
make_sections (RefillsSandboxCatalogue *self,
               GPtrArray               *brands,
               const char              *base_uri)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *sections = json_array_new ();

  for (guint i = 0; i < brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (brands, i);

    json_array_add_object_element (find_category (sections, found, brand->kind, brand->category),
                                   feed_brand_to_json (brand, base_uri));
  }

  return sections;
}

/**
 * refills_sandbox_catalogue_to_homepage:
 * @self: a catalogue
 * @shape: "subset" of the brands' envelope, the whole "envelope", an array of "sections", or "empty"
 * @base_uri: where logos are
 *
 * Returns: (transfer full): the first eight of each category. What the service puts around them is
 *   not known (API reference, section 4)
 */
JsonNode *
refills_sandbox_catalogue_to_homepage (RefillsSandboxCatalogue *self,
                                       const char              *shape,
                                       const char              *base_uri)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  JsonArray *sections;
  JsonArray *popular;
  JsonObject *object;

  for (guint i = 0; i < self->brands->len && !g_str_equal (shape, "empty"); i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (self->brands, i);
    guint count;

    if (brand->category == NULL || brand->out_of_stock)
      continue;
    count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, brand->category));
    if (count >= 8)
      continue;
    g_hash_table_insert (counts, brand->category, GUINT_TO_POINTER (count + 1));
    g_ptr_array_add (chosen, brand);
  }
  if (g_str_equal (shape, "envelope"))
    return make_envelope (self, chosen, base_uri);
  sections = make_sections (self, chosen, base_uri);
  if (g_str_equal (shape, "sections")) {
    JsonNode *root = json_node_new (JSON_NODE_ARRAY);

    json_node_take_array (root, sections);
    return root;
  }
  object = json_object_new ();
  popular = json_array_new ();
  for (guint i = 0; i < MIN (chosen->len, 8); i++)
    json_array_add_object_element (popular, feed_brand_to_json (g_ptr_array_index (chosen, i), base_uri));
  json_object_set_string_member (object, "country_code", self->country_code);
  json_object_set_array_member (object, "popular_brands", popular);
  json_object_set_array_member (object, "categories", sections);

  return refills_sandbox_json_take (object);
}

JsonNode *
refills_sandbox_catalogue_search (RefillsSandboxCatalogue *self,
                                  const char              *query,
                                  const char              *base_uri)
{
  g_autofree char *wanted = g_utf8_casefold (query, -1);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < self->brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (self->brands, i);
    g_autofree char *name = g_utf8_casefold (brand->brand, -1);
    g_autofree char *family = g_utf8_casefold (brand->family, -1);

    if (strstr (name, wanted) != NULL || strstr (family, wanted) != NULL)
      g_ptr_array_add (chosen, brand);
  }

  return make_envelope (self, chosen, base_uri);
}
