/* refills-refusal.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why the service refuses, read from whatever it says it with: the `problems` of an answer (API
 * reference, section 14.1), and the bodies of 4xx, which have many shapes (section 14.2). Pure
 * functions. Only code words are taken; a sentence of the service never is.
 */
#include "refills-refusal.h"

#include <string.h>

#define CODE_MAX_LENGTH 64
/* What only says that something was wrong, and gives way to a code that says what. */
static const char * const vague_codes[] = { "BAD_REQUEST", "ORDER_CREATE_ERROR", NULL };

/* What a status says already is no reason. */
static const char * const status_words[] = {
  "CONFLICT", "ERROR", "FORBIDDEN", "INTERNAL_SERVER_ERROR", "METHOD_NOT_ALLOWED", "NOT_FOUND", "PAYMENT_REQUIRED",
  "TOO_MANY_REQUESTS", "UNAUTHORIZED", "UNPROCESSABLE_CONTENT", "UNPROCESSABLE_ENTITY", NULL,
};

static gboolean
is_code_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= CODE_MAX_LENGTH && g_ascii_isupper (text[0]) &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length &&
         !g_strv_contains (status_words, text);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_element (GPtrArray              *list,
             const RefillsJsonPlace *element)
{
  g_autoptr (GError) error = NULL;
  RefillsProblem *problem = NULL;

  if (refills_json_place_get_kind (element) == REFILLS_JSON_STRING &&
      !is_code_word (refills_json_place_get_text (element))) {
    g_ptr_array_add (list, refills_problem_new_for_code (REFILLS_PROBLEM_CODE_UNREADABLE));
    return;
  }
  problem = refills_problem_new_from_json (element, &error);
  if (problem == NULL) {
    g_message ("a problem cannot be read: %s", error->message);
    problem = refills_problem_new_for_code (REFILLS_PROBLEM_CODE_UNREADABLE);
  }
  g_ptr_array_add (list, problem);
}

/**
 * refills_refusal_read_list:
 * @problems: the `problems` of an answer, of any kind
 *
 * Reads the problems. Null stands for none; one that stands alone is taken for a list of one, and
 * what is no problem is a problem that cannot be read. At most %REFILLS_REFUSAL_MAX_PROBLEMS.
 *
 * Returns: (transfer full): the [class@Problem]s
 */
GPtrArray *
refills_refusal_read_list (const RefillsJsonPlace *problems)
{
  GPtrArray *list = NULL;
  guint length = 0;

  g_return_val_if_fail (problems != NULL, NULL);

  list = new_list ();
  if (refills_json_place_get_kind (problems) == REFILLS_JSON_NULL)
    return list;
  if (refills_json_place_get_kind (problems) != REFILLS_JSON_ARRAY) {
    add_element (list, problems);
    return list;
  }

  length = refills_json_get_length (problems);
  for (guint i = 0; i < MIN (length, REFILLS_REFUSAL_MAX_PROBLEMS); i++) {
    RefillsJsonPlace element;

    refills_json_get_element (problems, i, &element);
    add_element (list, &element);
  }

  return list;
}

/* Of several codes the one that says most: bodies repeat the status in one member and name the
 * reason in another. */
static const char *
find_code (const RefillsJsonPlace *place)
{
  static const char * const names[] = { "detail", "reason", "error_code", "code", "error", "message",
                                        "title" };
  const char *vague = NULL;
  const char *unknown = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = NULL;

    if (!refills_json_read_string (place, names[i], &text, NULL) || text == NULL ||
        !is_code_word (text))
      continue;
    if (g_strv_contains (vague_codes, text))
      vague = vague != NULL ? vague : text;
    else if (refills_problem_code_is_known (text))
      return text;
    else
      unknown = unknown != NULL ? unknown : text;
  }

  return unknown != NULL ? unknown : vague;
}

static void
add_code_of_object (GPtrArray              *list,
                    const RefillsJsonPlace *place)
{
  RefillsJsonPlace inner;
  RefillsJsonPlace details;
  const char *code = find_code (place);

  if (code != NULL) {
    gboolean has_details = refills_json_find_member (place, "moreDetails", &details);

    g_ptr_array_add (list, refills_problem_new_with_details (code, has_details ? &details : NULL));
  } else if (refills_json_find_member (place, "error", &inner) &&
             (code = find_code (&inner)) != NULL) {
    gboolean has_details = refills_json_find_member (&inner, "moreDetails", &details);

    g_ptr_array_add (list, refills_problem_new_with_details (code, has_details ? &details : NULL));
  }
}

static void
add_code_of_text (GPtrArray  *list,
                  const char *text,
                  gsize       length)
{
  g_autofree char *word = g_strstrip (g_strndup (text, MIN (length, 2 * CODE_MAX_LENGTH)));

  if (is_code_word (word))
    g_ptr_array_add (list, refills_problem_new_for_code (word));
}

/**
 * refills_refusal_read_body:
 * @body: (nullable): what came with a status that is not 2xx
 * @max_bytes: bytes that are looked at at most; of a longer one nothing is read
 *
 * Reads why the service refused: `problems`, or the code word in `detail`, `reason`, `error_code`,
 * `error` or `message`, or a code word that is all there is (API reference, section 14.2).
 *
 * Returns: (transfer full): the [class@Problem]s; none where the body names no reason
 */
GPtrArray *
refills_refusal_read_body (GBytes *body,
                           gsize   max_bytes)
{
  g_autoptr (RefillsJson) document = NULL;
  g_autoptr (GPtrArray) list = new_list ();
  RefillsJsonPlace place;
  RefillsJsonPlace problems;

  if (body == NULL || g_bytes_get_size (body) > max_bytes)
    return g_steal_pointer (&list);

  document = refills_json_parse (body, max_bytes, NULL);
  if (document == NULL) {
    gsize size = 0;
    const char *text = g_bytes_get_data (body, &size);

    if (size > 0 && size <= 2 * CODE_MAX_LENGTH)
      add_code_of_text (list, text, size);
    return g_steal_pointer (&list);
  }

  refills_json_place_init (&place, document);
  if (refills_json_place_get_kind (&place) == REFILLS_JSON_STRING) {
    const char *text = refills_json_place_get_text (&place);

    add_code_of_text (list, text, strlen (text));
  } else if (refills_json_place_get_kind (&place) == REFILLS_JSON_OBJECT) {
    if (refills_json_find_member (&place, "problems", &problems)) {
      g_clear_pointer (&list, g_ptr_array_unref);
      list = refills_refusal_read_list (&problems);
    }
    if (list->len == 0)
      add_code_of_object (list, &place);
  }

  return g_steal_pointer (&list);
}
