/* refills-json-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-json.h"

/* One value. A container's children are a run of `RefillsJson.children`, so that any of them is found at once. */
struct _RefillsJsonNode {
  RefillsJsonKind kind;
  guint32 n;      /* containers: how many children; a boolean: its value */
  guint32 at;     /* a scalar: where its text begins in `text`; containers: where in `children` */
  guint32 key;    /* a member: where its name begins in `text` */
  guint32 hash;   /* a member: of its name */
};

struct _RefillsJson {
  char    *text;     /* names, strings and numbers, decoded, each with a NUL after it */
  GArray  *nodes;    /* of RefillsJsonNode; the first is the document */
  GArray  *children; /* of guint32: indices of nodes */
  guint32  seed;
};

#define refills_json_node_at(json, i) (&g_array_index ((json)->nodes, RefillsJsonNode, (i)))

static inline const RefillsJsonNode *
refills_json_child_at (const RefillsJson     *self,
                       const RefillsJsonNode *container,
                       guint                  index)
{
  return refills_json_node_at (self, g_array_index (self->children, guint32, container->at + index));
}

/* FNV-1a from a start that a server cannot know, so that it cannot prepare names of one hash. */
static inline guint32
refills_json_hash (const RefillsJson *self,
                   const char        *name)
{
  guint32 hash = self->seed;

  for (; *name != '\0'; name++)
    hash = (hash ^ (guint8) *name) * 16777619u;

  return hash;
}
