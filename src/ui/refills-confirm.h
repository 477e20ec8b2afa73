/* refills-confirm.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_CONFIRM_CANCEL, /* nothing is done: Escape, or the question went away */
  REFILLS_CONFIRM_LOOK,   /* something harmless instead */
  REFILLS_CONFIRM_GO,     /* what was asked about */
} RefillsConfirmAnswer;

#define REFILLS_TYPE_CONFIRM_ANSWER (refills_confirm_answer_get_type ())
GType refills_confirm_answer_get_type (void);

/* What a question says; all of it is borrowed. */
typedef struct {
  const char *title;
  const char *body;
  const char *look;           /* the label of the harmless answer; NULL: there is none */
  const char *go;
  gboolean    is_destructive; /* whether going on takes something away */
} RefillsConfirmText;

#define REFILLS_TYPE_CONFIRM (refills_confirm_get_type ())
G_DECLARE_FINAL_TYPE (RefillsConfirm, refills_confirm, REFILLS, CONFIRM, AdwWindow)

RefillsConfirm *refills_confirm_new (GtkWindow                *parent,
                                     const RefillsConfirmText *text);

G_END_DECLS
