/* refills-uri-query.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The parameters of a payment request, in their order. */
typedef struct {
  char *name;
  char *value; /* decoded; empty where there is none */
} RefillsUriParameter;

typedef struct _RefillsUriQuery RefillsUriQuery;

typedef enum {
  REFILLS_URI_QUERY_EXACT_NAMES,
  REFILLS_URI_QUERY_ANY_CASE, /* names are folded to lower case */
} RefillsUriQueryNames;

RefillsUriQuery           *refills_uri_query_parse       (const char             *rest,
                                                          RefillsUriQueryNames    names,
                                                          char                  **path,
                                                          GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                       refills_uri_query_free        (RefillsUriQuery        *self);
guint                      refills_uri_query_get_n       (const RefillsUriQuery  *self);
const RefillsUriParameter *refills_uri_query_get         (const RefillsUriQuery  *self,
                                                          guint                   index);
gboolean                   refills_uri_query_find        (const RefillsUriQuery  *self,
                                                          const char             *name,
                                                          const char            **out,
                                                          GError                **error);
gboolean                   refills_uri_query_find_amount (const RefillsUriQuery  *self,
                                                          gsize                   max_decimals,
                                                          char                  **out,
                                                          GError                **error);
gboolean                   refills_uri_query_check_words (const RefillsUriQuery  *self,
                                                          GError                **error);
char                      *refills_uri_take_scheme       (const char             *text,
                                                          const char            **rest) G_GNUC_WARN_UNUSED_RESULT;
gboolean                   refills_uri_refuse            (GError                **error,
                                                          const char             *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsUriQuery, refills_uri_query_free)

G_END_DECLS
