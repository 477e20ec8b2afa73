/* refills-problem.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProblem:
 *
 * One reason why the service does not take an order, and what can be done about it (API reference,
 * section 14).
 *
 * Immutable. A result, not an error: several come at once. Says what of the order it is about, which of its
 * lines, and what may be chosen instead. Its sentences are our own: of the service's text only names and
 * figures of its details stand in them.
 */

#include "refills-problem.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-order-comparison.h"
#include "refills-problem-choice.h"
#include "refills-problem-details.h"
#include "refills-problem-facts.h"
#include "refills-problem-table.h"
#include "refills-rich-text.h"

#define CODE_MAX_CHARACTERS 80

struct _RefillsProblem {
  GObject parent_instance;

  char *code;
  char *what;
  char *next;
  char *text;
  RefillsProblemSubject subject;
  GPtrArray *deliveries; /* of RefillsProblemDelivery: what it names */
  GListModel *choices;
  guint32 lines;         /* bits, 1 << index into the request it is bound to */
};

G_DEFINE_ENUM_TYPE (RefillsProblemSubject, refills_problem_subject,
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_ORDER, "order"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_PRODUCT, "product"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_BENEFICIARY, "beneficiary"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_EMAIL, "email"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_AMOUNT, "amount"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_LIMIT, "limit"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_COIN, "coin"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_VIA, "via"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_COUPON, "coupon"),
                    G_DEFINE_ENUM_VALUE (REFILLS_PROBLEM_SUBJECT_ACCOUNT, "account"))

G_DEFINE_FINAL_TYPE (RefillsProblem, refills_problem, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CODE,
  PROP_TEXT,
  PROP_WHAT,
  PROP_NEXT,
  PROP_SUBJECT,
  PROP_LINE,
  PROP_CHOICES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_word (const char *code)
{
  return strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-") == strlen (code);
}

/* A code that is not known is still words; what is no code at all is the service's own text. */
static void
tell_unknown (RefillsProblem *self)
{
  const RefillsProblemRow *unreadable = refills_problem_row_find (REFILLS_PROBLEM_CODE_UNREADABLE);
  g_autofree char *clean = refills_text_clean_line (self->code, CODE_MAX_CHARACTERS);
  g_autofree char *words = is_word (self->code) ? refills_problem_facts_dup_words (clean) : NULL;

  /* Translators: %s is the service's own English code in words, such as "out of luck". */
  self->what = words != NULL ? g_strdup_printf (_("The order cannot be made: %s."), words)
                             : g_strdup (_(unreadable->what));
  self->next = g_strdup (_(unreadable->next));
}

static char *
join_sentences (const char *first,
                const char *second)
{
  /* Translators: puts two sentences one after the other. */
  return g_strdup_printf (C_("sentences", "%1$s %2$s"), first, second);
}

static void
take_details (RefillsProblem         *self,
              const RefillsJsonPlace *place)
{
  g_autoptr (RefillsProblemDetails) details = refills_problem_details_new (self->code, place);
  const RefillsProblemRow *row = refills_problem_row_find (self->code);

  self->deliveries = g_steal_pointer (&details->deliveries);
  self->choices = G_LIST_MODEL (g_steal_pointer (&details->choices));
  if (row != NULL) {
    self->subject = row->subject;
    self->what = details->what != NULL ? g_steal_pointer (&details->what) : g_strdup (_(row->what));
    self->next = details->next != NULL ? g_steal_pointer (&details->next) : g_strdup (_(row->next));
  } else {
    tell_unknown (self);
  }

  if (details->more != NULL) {
    g_autofree char *first = g_steal_pointer (&self->what);

    self->what = join_sentences (first, details->more);
  }
  self->text = join_sentences (self->what, self->next);
}

static void
refills_problem_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsProblem *self = REFILLS_PROBLEM (object);

  switch (prop_id) {
  case PROP_CODE:
    g_value_set_string (value, self->code);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_WHAT:
    g_value_set_string (value, self->what);
    break;
  case PROP_NEXT:
    g_value_set_string (value, self->next);
    break;
  case PROP_SUBJECT:
    g_value_set_enum (value, self->subject);
    break;
  case PROP_LINE:
    g_value_set_int (value, refills_problem_get_line (self));
    break;
  case PROP_CHOICES:
    g_value_set_object (value, self->choices);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_problem_finalize (GObject *object)
{
  RefillsProblem *self = REFILLS_PROBLEM (object);

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_object (&self->choices);

  G_OBJECT_CLASS (refills_problem_parent_class)->finalize (object);
}

static void
refills_problem_class_init (RefillsProblemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_problem_get_property;
  object_class->finalize = refills_problem_finalize;

  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  props[PROP_WHAT] = g_param_spec_string ("what", NULL, NULL, NULL, flags);
  props[PROP_NEXT] = g_param_spec_string ("next", NULL, NULL, NULL, flags);
  props[PROP_SUBJECT] = g_param_spec_enum ("subject", NULL, NULL,
                                           REFILLS_TYPE_PROBLEM_SUBJECT,
                                           REFILLS_PROBLEM_SUBJECT_ORDER, flags);
  props[PROP_LINE] = g_param_spec_int ("line", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_CHOICES] = g_param_spec_object ("choices", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_problem_init (RefillsProblem *self)
{
}

/**
 * refills_problem_new_from_json:
 * @place: one element of `problems`, an object or a bare code; or the body of a refusal, whose
 *   code is in `detail`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a problem.
 *
 * Returns: (transfer full) (nullable): the problem, or `NULL` with @error set
 */
RefillsProblem *
refills_problem_new_from_json (const RefillsJsonPlace  *place,
                               GError                 **error)
{
  RefillsJsonPlace details;
  const char *code = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  if (refills_json_place_get_kind (place) == REFILLS_JSON_STRING)
    return refills_problem_new_for_code (refills_json_place_get_text (place));

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error))
    return NULL;
  if (refills_json_find_member (place, "problem", &details)) {
    if (!refills_json_require_string (place, "problem", &code, error))
      return NULL;
  } else if (refills_json_find_member (place, "detail", &details)) {
    if (!refills_json_require_string (place, "detail", &code, error))
      return NULL;
  } else if (!refills_json_require_string (place, "problem", &code, error)) {
    return NULL;
  }

  if (!refills_json_find_member (place, "moreDetails", &details))
    return refills_problem_new_for_code (code);

  return refills_problem_new_with_details (code, &details);
}

/**
 * refills_problem_new_for_code:
 * @code: a code of the service, or one of our own (`REFILLS_PROBLEM_CODE_…`)
 *
 * Makes a problem without details. An unknown code is told in its own words.
 *
 * Returns: (transfer full): the problem
 */
RefillsProblem *
refills_problem_new_for_code (const char *code)
{
  return refills_problem_new_with_details (code, NULL);
}

/**
 * refills_problem_new_with_details:
 * @code: a code of the service
 * @details: (nullable): its `moreDetails`, of any kind
 *
 * Makes a problem that tells the figures of its details. Those that cannot be read are left out.
 *
 * Returns: (transfer full): the problem
 */
RefillsProblem *
refills_problem_new_with_details (const char             *code,
                                  const RefillsJsonPlace *details)
{
  RefillsProblem *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_PROBLEM, NULL);
  self->code = refills_text_clean_line (code, CODE_MAX_CHARACTERS);
  if (*self->code == '\0') {
    g_clear_pointer (&self->code, g_free);
    self->code = g_strdup (REFILLS_PROBLEM_CODE_UNREADABLE);
  }
  take_details (self, details);

  return self;
}

/* What the service names stays comparable where it says less, or has put the number into its own form. */
static gboolean
is_about (const RefillsProblemDelivery *delivery,
          RefillsOrderLine             *line,
          gboolean                      by_beneficiary)
{
  gboolean has_value = delivery->denomination != NULL || delivery->product_value != NULL;
  const RefillsDeliveryEcho echo = {
    .brand_name = delivery->brand_name,
    .country = delivery->country,
    .denomination = has_value ? delivery->denomination : refills_order_line_get_denomination (line),
    .product_value = has_value ? delivery->product_value : refills_order_line_get_product_value (line),
    .beneficiary = by_beneficiary ? delivery->beneficiary : NULL,
  };

  return refills_order_comparison_is_echo_of (&echo, line);
}

static guint32
find_lines (const RefillsProblemDelivery *delivery,
            RefillsOrderRequest          *request)
{
  guint n_lines = refills_order_request_get_n_lines (request);
  guint32 lines = 0;

  for (guint i = 0; i < n_lines; i++)
    if (is_about (delivery, refills_order_request_get_line (request, i), TRUE))
      lines |= 1u << i;
  if (lines != 0)
    return lines;

  for (guint i = 0; i < n_lines; i++)
    if (is_about (delivery, refills_order_request_get_line (request, i), FALSE))
      lines |= 1u << i;

  return lines;
}

/**
 * refills_problem_bind:
 * @self: a problem
 * @request: what was asked
 *
 * Finds the lines of the request that the problem concerns: those whose brand, country, value and recipient it
 * names, and of a single line the only one. Most problems name none (API reference, section 14.1).
 *
 * Returns: (transfer full): the same problem, which knows its lines
 */
RefillsProblem *
refills_problem_bind (RefillsProblem      *self,
                      RefillsOrderRequest *request)
{
  RefillsProblem *bound = NULL;

  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (request), NULL);

  bound = g_object_new (REFILLS_TYPE_PROBLEM, NULL);
  bound->code = g_strdup (self->code);
  bound->what = g_strdup (self->what);
  bound->next = g_strdup (self->next);
  bound->text = g_strdup (self->text);
  bound->subject = self->subject;
  bound->deliveries = g_ptr_array_ref (self->deliveries);
  bound->choices = g_object_ref (self->choices);

  for (guint i = 0; i < self->deliveries->len; i++)
    bound->lines |= find_lines (self->deliveries->pdata[i], request);
  if (self->deliveries->len == 0 && refills_order_request_get_n_lines (request) == 1 &&
      (self->subject == REFILLS_PROBLEM_SUBJECT_PRODUCT || self->subject == REFILLS_PROBLEM_SUBJECT_BENEFICIARY))
    bound->lines = 1;

  return bound;
}

/**
 * refills_problem_code_is_known:
 * @code: a code word
 *
 * Returns: whether there is a sentence for it
 */
gboolean
refills_problem_code_is_known (const char *code)
{
  return refills_problem_row_find (code) != NULL;
}

/**
 * refills_problem_get_code:
 * @self: a problem
 *
 * Returns: the service's code, of which what cannot be shown is removed
 */
const char *
refills_problem_get_code (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->code;
}

/**
 * refills_problem_get_text:
 * @self: a problem
 *
 * Returns: all that there is to say, for people; not markup
 */
const char *
refills_problem_get_text (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->text;
}

/**
 * refills_problem_get_what:
 * @self: a problem
 *
 * Returns: what the matter is, the beginning of the text
 */
const char *
refills_problem_get_what (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->what;
}

/**
 * refills_problem_get_next:
 * @self: a problem
 *
 * Returns: what the person can do about it, which follows in the text
 */
const char *
refills_problem_get_next (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->next;
}

/**
 * refills_problem_get_subject:
 * @self: a problem
 *
 * Returns: what of the order it is about
 */
RefillsProblemSubject
refills_problem_get_subject (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), REFILLS_PROBLEM_SUBJECT_ORDER);

  return self->subject;
}

/**
 * refills_problem_get_line:
 * @self: a problem
 *
 * Returns: the first line of the request that it concerns, from 0; −1 where none is known, or it was not bound
 */
int
refills_problem_get_line (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), -1);

  for (guint i = 0; i < REFILLS_ORDER_REQUEST_MAX_LINES; i++)
    if (refills_problem_concerns_line (self, i))
      return (int) i;

  return -1;
}

/**
 * refills_problem_concerns_line:
 * @self: a problem
 * @index: a line of the request it was bound to, from 0
 *
 * Returns: whether it names that line; a line that was asked for several times is named each time
 */
gboolean
refills_problem_concerns_line (RefillsProblem *self,
                               guint           index)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), FALSE);

  return index < REFILLS_ORDER_REQUEST_MAX_LINES && (self->lines & (1u << index)) != 0;
}

/**
 * refills_problem_get_choices:
 * @self: a problem
 *
 * Returns: (transfer none): what the service allows instead, of [class@ProblemChoice]; empty where it names
 *   nothing
 */
GListModel *
refills_problem_get_choices (RefillsProblem *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM (self), NULL);

  return self->choices;
}
