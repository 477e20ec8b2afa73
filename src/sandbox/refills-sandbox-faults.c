/* refills-sandbox-faults.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Faults on request: kept in a list, matched by method and path, spent by count. Owns copies of all
 * that a fault names. Never hits the paths under /sandbox/.
 */
#include "refills-sandbox-private.h"

static const char *kind_names[] = {
  "status", "delay", "never", "close", "cut", "cut-chunked", "slow", "body", "raw", "html", "redirect", "mutate",
  "stream-close", "stream-garbage", "stream-wrong-id", "stream-stop", "stream-silence", "stream-comments",
  "stream-retry", "stream-wrong-type", "stream-drop", "stream-ids", "stream-lines", "stream-no-stop", "stream-late",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == REFILLS_SANDBOX_FAULT_STREAM_LATE + 1);

static RefillsSandboxFault *
fault_copy (const RefillsSandboxFault *fault)
{
  RefillsSandboxFault *self = g_new0 (RefillsSandboxFault, 1);

  *self = *fault;
  self->method = g_strdup (fault->method);
  self->path = g_strdup (fault->path);
  self->content_type = g_strdup (fault->content_type);
  self->header_name = g_strdup (fault->header_name);
  self->header_value = g_strdup (fault->header_value);
  self->more_headers = g_strdup (fault->more_headers);
  self->body = fault->body != NULL ? g_bytes_ref (fault->body) : NULL;
  self->location = g_strdup (fault->location);
  self->member = g_strdup (fault->member);
  self->json = g_strdup (fault->json);

  return self;
}

static void
fault_free (gpointer data)
{
  RefillsSandboxFault *self = data;

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free ((char *) self->method);       /* a plain struct frees its strings */
  g_free ((char *) self->path);         /* likewise */
  g_free ((char *) self->content_type); /* likewise */
  g_free ((char *) self->header_name);  /* likewise */
  g_free ((char *) self->header_value); /* likewise */
  g_free ((char *) self->more_headers); /* likewise */
  g_free ((char *) self->location);     /* likewise */
  g_free ((char *) self->member);       /* likewise */
  g_free ((char *) self->json);         /* likewise */
  g_free (self);                        /* and itself */
}

GPtrArray *
refills_sandbox_faults_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

/* What goes wrong with this request; spends the faults that it uses. */
RefillsSandboxPlan *
refills_sandbox_faults_plan (GPtrArray  *faults,
                             const char *method,
                             const char *path)
{
  RefillsSandboxPlan *plan = g_new0 (RefillsSandboxPlan, 1);

  plan->mutations = refills_sandbox_faults_new ();
  plan->stream = refills_sandbox_faults_new ();
  for (guint i = 0; i < faults->len;) {
    RefillsSandboxFault *fault = g_ptr_array_index (faults, i);
    gboolean is_answer = fault->kind != REFILLS_SANDBOX_FAULT_DELAY && fault->kind < REFILLS_SANDBOX_FAULT_MUTATE;

    i++;
    if ((fault->method != NULL && !g_str_equal (fault->method, method))
        || (fault->path != NULL && !g_pattern_match_simple (fault->path, path))
        || (is_answer && plan->answer != NULL))
      continue;
    if (fault->skip > 0) {
      fault->skip--;
      continue;
    }
    if (fault->kind == REFILLS_SANDBOX_FAULT_DELAY)
      plan->delay_ms += fault->delay_ms;
    else if (fault->kind == REFILLS_SANDBOX_FAULT_MUTATE)
      g_ptr_array_add (plan->mutations, fault_copy (fault));
    else if (is_answer)
      plan->answer = fault_copy (fault);
    else
      g_ptr_array_add (plan->stream, fault_copy (fault));
    if (fault->count > 0 && --fault->count == 0)
      g_ptr_array_remove_index (faults, --i);
  }

  return plan;
}

void
refills_sandbox_plan_free (RefillsSandboxPlan *self)
{
  g_clear_pointer (&self->mutations, g_ptr_array_unref);
  g_clear_pointer (&self->stream, g_ptr_array_unref);
  g_clear_pointer (&self->answer, fault_free);
  g_free (self); /* a plain struct */
}

/* Whether the request is carried out all the same. */
gboolean
refills_sandbox_plan_performs (RefillsSandboxPlan *self)
{
  if (self->answer == NULL)
    return TRUE;
  switch (self->answer->kind) {
  case REFILLS_SANDBOX_FAULT_STATUS:
  case REFILLS_SANDBOX_FAULT_HTML:
  case REFILLS_SANDBOX_FAULT_REDIRECT:
    return FALSE;
  default:
    return !self->answer->unperformed;
  }
}

static void
mutate (JsonNode            *root,
        RefillsSandboxFault *fault)
{
  g_auto (GStrv) steps = g_strsplit (fault->member != NULL ? fault->member : "", ".", -1);
  g_autofree char *raw = fault->json != NULL ? refills_sandbox_json_to_raw (fault->json) : NULL;
  guint n_steps = g_strv_length (steps);
  JsonNode *node = root;

  for (guint i = 0; i < n_steps; i++) {
    gboolean is_last = i + 1 == n_steps;

    if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *array = json_node_get_array (node);
      guint64 index = g_ascii_strtoull (steps[i], NULL, 10);

      if (index >= json_array_get_length (array) || is_last)
        return;
      node = json_array_get_element (array, (guint) index);
    } else if (JSON_NODE_HOLDS_OBJECT (node)) {
      JsonObject *object = json_node_get_object (node);

      if (is_last && raw == NULL)
        json_object_remove_member (object, steps[i]);
      else if (is_last)
        json_object_set_string_member (object, steps[i], raw);
      if (is_last || !json_object_has_member (object, steps[i]))
        return;
      node = json_object_get_member (object, steps[i]);
    } else {
      return;
    }
  }
}

/* Changes @root in place; give it a copy. */
void
refills_sandbox_plan_mutate (RefillsSandboxPlan *self,
                             JsonNode           *root)
{
  for (guint i = 0; i < self->mutations->len; i++)
    mutate (root, g_ptr_array_index (self->mutations, i));
}

static guint
get_number (JsonObject *object,
            const char *member)
{
  g_autofree char *text = refills_sandbox_json_dup_scalar (object, member);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/* The body of `POST /sandbox/faults`: the struct's fields by their names, `kind` by its nick; `value`
 * may stand for `json` and is any JSON; `body_base64` for `body`; `headers` is an object. */
gboolean
refills_sandbox_faults_add_json (RefillsSandbox *sandbox,
                                 JsonObject     *object)
{
  const char *kind = refills_sandbox_json_get_string (object, "kind");
  const char *encoded = refills_sandbox_json_get_string (object, "body_base64");
  JsonObject *headers = refills_sandbox_json_get_object (object, "headers");
  JsonNode *value = object != NULL ? json_object_get_member (object, "value") : NULL;
  g_autofree char *body = refills_sandbox_json_dup_scalar (object, "body");
  g_autofree char *json = g_strdup (refills_sandbox_json_get_string (object, "json"));
  g_autofree char *header_value = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GList) names = NULL;
  g_autoptr (GString) more = g_string_new (NULL);
  RefillsSandboxFault fault = { 0 };
  gsize index = 0;

  while (index < G_N_ELEMENTS (kind_names) && g_strcmp0 (kind, kind_names[index]) != 0)
    index++;
  if (index == G_N_ELEMENTS (kind_names))
    return FALSE;
  fault.kind = (RefillsSandboxFaultKind) index;
  fault.method = refills_sandbox_json_get_string (object, "method");
  fault.path = refills_sandbox_json_get_string (object, "path");
  fault.skip = get_number (object, "skip");
  fault.count = get_number (object, "count");
  fault.status = get_number (object, "status");
  fault.content_type = refills_sandbox_json_get_string (object, "content_type");
  if (headers != NULL && (names = json_object_get_members (headers)) != NULL) {
    header_value = refills_sandbox_json_dup_scalar (headers, names->data);
    fault.header_name = names->data;
    fault.header_value = header_value != NULL ? header_value : "";
    for (GList *l = names->next; l != NULL; l = l->next) {
      g_autofree char *next_value = refills_sandbox_json_dup_scalar (headers, l->data);

      g_string_append_printf (more, "%s: %s\n", (const char *) l->data, next_value != NULL ? next_value : "");
    }
    fault.more_headers = more->str;
  }
  if (encoded != NULL) {
    gsize length = 0;
    guchar *decoded = g_base64_decode (encoded, &length);

    bytes = g_bytes_new_take (decoded, length);
  } else if (body != NULL) {
    bytes = g_bytes_new (body, strlen (body));
  }
  if (json == NULL && value != NULL)
    json = json_to_string (value, FALSE);
  fault.body = bytes;
  fault.delay_ms = get_number (object, "delay_ms");
  fault.after = get_number (object, "after");
  fault.location = refills_sandbox_json_get_string (object, "location");
  fault.member = refills_sandbox_json_get_string (object, "member");
  fault.json = json;
  fault.unperformed = object != NULL && json_object_get_boolean_member_with_default (object, "unperformed", FALSE);
  refills_sandbox_add_fault (sandbox, &fault);

  return TRUE;
}

/**
 * refills_sandbox_add_fault:
 * @self: a sandbox
 * @fault: what goes wrong; copied
 *
 * Adds a fault. Of several that answer in place of the server the first added wins; delays add up,
 * changes of members and faults of streams all apply.
 */
void
refills_sandbox_add_fault (RefillsSandbox            *self,
                           const RefillsSandboxFault *fault)
{
  g_return_if_fail (REFILLS_IS_SANDBOX (self));
  g_return_if_fail (fault != NULL);

  g_ptr_array_add (self->faults, fault_copy (fault));
}

/**
 * refills_sandbox_clear_faults:
 * @self: a sandbox
 *
 * Forgets all faults. Requests already hit stay hit.
 */
void
refills_sandbox_clear_faults (RefillsSandbox *self)
{
  g_return_if_fail (REFILLS_IS_SANDBOX (self));

  g_ptr_array_set_size (self->faults, 0);
}
