/* refills-json.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "refills-decimal.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_JSON_NULL,
  REFILLS_JSON_BOOLEAN,
  REFILLS_JSON_NUMBER,
  REFILLS_JSON_STRING,
  REFILLS_JSON_ARRAY,
  REFILLS_JSON_OBJECT,
} RefillsJsonKind;

/* A whole document, read strictly. */
typedef struct _RefillsJson RefillsJson;
typedef struct _RefillsJsonNode RefillsJsonNode;

RefillsJson *refills_json_parse (GBytes       *bytes,
                                 gsize         max_bytes,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void         refills_json_free  (RefillsJson  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsJson, refills_json_free)

/* Where in a document we are: lives on the stack, borrows everything, knows its path for error
 * messages. A place must outlive the places found from it. */
typedef struct _RefillsJsonPlace RefillsJsonPlace;

struct _RefillsJsonPlace {
  const RefillsJsonPlace *parent;
  const char             *member; /* NULL: element or root */
  guint                   index;
  const RefillsJson      *document;
  const RefillsJsonNode  *node;   /* NULL: there is no such value */
};

void            refills_json_place_init     (RefillsJsonPlace        *self,
                                             const RefillsJson       *document);
RefillsJsonKind refills_json_place_get_kind (const RefillsJsonPlace  *self);
const char     *refills_json_place_get_text (const RefillsJsonPlace  *self);
char           *refills_json_place_get_path (const RefillsJsonPlace  *self)
                                             G_GNUC_WARN_UNUSED_RESULT;
gboolean        refills_json_place_expect   (const RefillsJsonPlace  *self,
                                             RefillsJsonKind          kind,
                                             GError                 **error);
gboolean        refills_json_has_member     (const RefillsJsonPlace  *object,
                                             const char              *name);
gboolean        refills_json_find_member    (const RefillsJsonPlace  *object,
                                             const char              *name,
                                             RefillsJsonPlace        *out);
gboolean        refills_json_require_member (const RefillsJsonPlace  *object,
                                             const char              *name,
                                             RefillsJsonKind          kind,
                                             RefillsJsonPlace        *out,
                                             GError                 **error);
gboolean        refills_json_get_member_at  (const RefillsJsonPlace  *object,
                                             guint                    index,
                                             RefillsJsonPlace        *out);
guint           refills_json_get_length     (const RefillsJsonPlace  *array);
void            refills_json_get_element    (const RefillsJsonPlace  *array,
                                             guint                    index,
                                             RefillsJsonPlace        *out);

gboolean refills_json_read_text       (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       const char             **out,
                                       GError                 **error);
gboolean refills_json_read_string     (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       const char             **out,
                                       GError                 **error);
gboolean refills_json_read_boolean    (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       gboolean                 fallback,
                                       gboolean                *out,
                                       GError                 **error);
gboolean refills_json_read_unsigned   (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       guint64                  fallback,
                                       guint64                 *out,
                                       GError                 **error);
gboolean refills_json_read_epoch      (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       gint64                  *out,
                                       GError                 **error);
gboolean refills_json_read_decimal    (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       RefillsDecimal          *out,
                                       gboolean                *found,
                                       GError                 **error);
gboolean refills_json_require_text    (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       const char             **out,
                                       GError                 **error);
gboolean refills_json_require_string  (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       const char             **out,
                                       GError                 **error);
gboolean refills_json_require_decimal (const RefillsJsonPlace  *object,
                                       const char              *name,
                                       RefillsDecimal          *out,
                                       GError                 **error);

G_END_DECLS
