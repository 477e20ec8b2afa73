/* json-case.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Documents for the tests of the model: written in C with ' for ", and varied, each member in
 * turn left out or of each other type.
 */
#include "json-case.h"

#include <json-glib/json-glib.h>

#include "refills-test.h"

GBytes *
json_case_to_bytes (const char *text)
{
  char *document = g_strdelimit (g_strdup (text), "'", '"');

  return g_bytes_new_take (document, strlen (document));
}

JsonCase *
json_case_new (const char *text)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  JsonCase *self = g_new0 (JsonCase, 1);

  self->root = refills_json_parse (bytes, 1024 * 1024, &error);
  g_assert_no_error (error);
  refills_json_place_init (&self->place, self->root);

  return self;
}

void
json_case_free (JsonCase *self)
{
  g_clear_pointer (&self->root, refills_json_free);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
visit_variation (JsonNode      *root,
                 const char    *path,
                 JsonCaseVisit  visit,
                 gpointer       user_data)
{
  g_autofree char *text = json_to_string (root, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) strict = refills_json_parse (bytes, 1024 * 1024, &error);
  RefillsJsonPlace place;

  g_assert_no_error (error);
  refills_json_place_init (&place, strict);
  visit (path, &place, user_data);
}

static void
vary_node (JsonNode      *root,
           JsonNode      *node,
           const char    *path,
           JsonCaseVisit  visit,
           gpointer       user_data)
{
  static const char * const others[] = {
    "null", "true", "7", "-1.5e3", "\"text\"", "\"\"", "[]", "[7]", "{}", "{\"a\":[null]}",
  };

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      g_autofree char *below = g_strdup_printf ("%s[%u]", path, i);

      vary_node (root, json_array_get_element (array, i), below, visit, user_data);
    }
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) members = json_object_get_members (object);
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

    for (GList *at = members; at != NULL; at = at->next)
      g_ptr_array_add (names, g_strdup (at->data));
    for (guint i = 0; i < names->len; i++) {
      const char *name = names->pdata[i];
      g_autofree char *below = g_strdup_printf ("%s.%s", path, name);
      JsonNode *original = json_object_dup_member (object, name);

      vary_node (root, original, below, visit, user_data);
      json_object_remove_member (object, name);
      visit_variation (root, below, visit, user_data);
      for (gsize j = 0; j < G_N_ELEMENTS (others); j++) {
        json_object_set_member (object, name, json_from_string (others[j], NULL));
        visit_variation (root, below, visit, user_data);
      }
      json_object_set_member (object, name, original);
    }
  }
}

/**
 * json_case_vary:
 * @text: a document, with ' for "
 * @visit: called for each variation with the path of the member that is different
 *
 * Leaves out each member in turn, and makes it of each other type.
 */
void
json_case_vary (const char    *text,
                JsonCaseVisit  visit,
                gpointer       user_data)
{
  g_autofree char *document = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (document, &error);

  g_assert_no_error (error);
  vary_node (root, root, "$", visit, user_data);
}

/* Every property can be read, and set by nobody. */
void
assert_contract (gpointer object)
{
  g_autofree GParamSpec **specs = NULL;
  guint n_specs = 0;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_specs);
  g_assert_cmpuint (n_specs, >, 0);
  for (guint i = 0; i < n_specs; i++) {
    refills_test_assert_readonly (object, specs[i]->name);
    g_assert_false (specs[i]->flags & G_PARAM_WRITABLE);
    g_assert_null (g_param_spec_get_blurb (specs[i]));
  }
}

/* Cuts the bytes at every place and turns over every byte: a value or none, and no harm. */
void
assert_damaged_safe (GVariant   *whole,
                     gpointer  (*make) (GVariant *))
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (whole);
  gsize size = g_variant_get_size (owned);

  for (gsize i = 0; i < size * 2; i++) {
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GVariant) damaged = NULL;
    g_autoptr (GObject) object = NULL;
    guint8 *copy = g_memdup2 (g_variant_get_data (owned), size);

    if (i >= size)
      copy[i - size] ^= 0xff;
    bytes = g_bytes_new_take (copy, i < size ? i : size);
    damaged = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (owned), bytes,
                                                            FALSE));
    object = make (damaged);
  }
}

/* A handler of "notify" that counts. */
void
count_cb (GObject    *object,
          GParamSpec *spec,
          gpointer    counter)
{
  guint *count = counter;

  (*count)++;
}
