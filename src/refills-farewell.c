/* refills-farewell.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked before the window closes while a code, or the answer to an order, is nowhere but in memory: where the
 * disk is full, the person should copy the code first, or make room.
 *
 * An order of which only the state could not be saved asks nothing: the service tells it again.
 */

#include "config.h"

#include "refills-farewell.h"

#include "refills-confirm.h"
#include "refills-window.h"

#include <glib/gi18n.h>

/* A question that is on the screen. */
typedef struct {
  RefillsWindow *window; /* not owned: the question goes with it */
  RefillsOrder  *order;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *self = data;

  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

/* An order with a code first; else one whose answer, and so its ID, is in memory only. */
static RefillsOrder *
dup_unsaved (RefillsShop *shop)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (shop));
  g_autoptr (RefillsOrder) unanswered = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    if (refills_order_is_unsaved (order) && refills_order_has_codes (order))
      return g_steal_pointer (&order);
    if (refills_order_is_unsaved (order) && refills_order_get_outcome (order) == REFILLS_ORDER_OUTCOME_UNKNOWN)
      g_set_object (&unanswered, order);
  }

  return g_steal_pointer (&unanswered);
}

static GQuark
agreed_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("refills-farewell-agreed");

  return quark;
}

/* As anyone quits: an order that was sent is waited for. */
static gboolean
quit_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
answered_cb (RefillsConfirm       *confirm,
             RefillsConfirmAnswer  answer,
             gpointer              user_data)
{
  Question *question = user_data;

  if (answer == REFILLS_CONFIRM_LOOK) {
    refills_window_show_order (question->window, question->order);
  } else if (answer == REFILLS_CONFIRM_GO) {
    g_object_set_qdata (G_OBJECT (question->window), agreed_quark (), GINT_TO_POINTER (TRUE));
    /* After the question is gone, which would else be destroyed within itself. */
    g_idle_add_full (G_PRIORITY_DEFAULT, quit_cb,
                     g_object_ref (gtk_window_get_application (GTK_WINDOW (question->window))), g_object_unref);
  }
}

static gboolean
close_request_cb (RefillsWindow *window,
                  RefillsShop   *shop)
{
  RefillsConfirmText text = {
    .title = _("A code could not be saved"),
    .body = _("Copy it before you quit."),
    .look = _("Show Order"),
    .go = _("Quit Anyway"),
    .is_destructive = TRUE,
  };
  g_autoptr (RefillsOrder) order = dup_unsaved (shop);
  RefillsConfirm *confirm = NULL;
  Question *question = NULL;

  if (!order || g_object_get_qdata (G_OBJECT (window), agreed_quark ()))
    return GDK_EVENT_PROPAGATE;

  if (!refills_order_has_codes (order)) {
    text.title = _("An order could not be saved");
    text.body =
      _("Make room on the disk and wait a few seconds, or copy what is known of it. If you quit now, nobody can tell "
        "whether it was made.");
  }
  question = g_new0 (Question, 1);
  question->window = window;
  question->order = g_object_ref (order);
  confirm = refills_confirm_new (GTK_WINDOW (window), &text);
  g_signal_connect_data (confirm, "answered", G_CALLBACK (answered_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (confirm));

  return GDK_EVENT_STOP;
}

static void
window_added_cb (RefillsShop *shop,
                 GtkWindow   *window)
{
  if (REFILLS_IS_WINDOW (window))
    g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), shop, 0);
}

/**
 * refills_farewell_guard:
 * @application: an application without a window
 * @shop: where a code may not be saved
 *
 * Has the windows of @application ask before they close.
 */
void
refills_farewell_guard (GtkApplication *application,
                        RefillsShop    *shop)
{
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), shop, G_CONNECT_SWAPPED);
}
