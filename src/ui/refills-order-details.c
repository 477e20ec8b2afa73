/* refills-order-details.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderDetails:
 *
 * What became of the money of an order, in plain rows: what came, what is missing, what was paid back, and
 * under which names the network knows it.
 *
 * Follows its order and is hidden while there is nothing to tell. Every text is the service's, shown as text and
 * never as markup; an amount is shown as it was sent.
 */

#include "config.h"

#include "refills-order-details.h"

#include "refills-copy-row.h"
#include "refills-operator-outcome.h"
#include "refills-order-money.h"
#include "refills-timeline.h"

#include <glib/gi18n.h>

#include <string.h>

struct _RefillsOrderDetails
{
  AdwBin        parent_instance;

  RefillsOrder *order;
  gboolean      is_practice;
  GtkListBox   *list;
};

G_DEFINE_FINAL_TYPE (RefillsOrderDetails, refills_order_details, ADW_TYPE_BIN)

typedef struct {
  const char *title;
  const char *copy_label; /* NULL where it is nothing to copy */
  gboolean    is_code;
  char       *text;
  char       *bare; /* what is copied, where that is not the text */
  char       *link; /* a page about it, or NULL */
} Fact;

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_clear_pointer (&fact->text, g_free);
  g_clear_pointer (&fact->bare, g_free);
  g_clear_pointer (&fact->link, g_free);
  g_free (fact); /* a plain struct */
}

/* Takes @text; none adds nothing. */
static void
add (GPtrArray  *facts,
     const char *title,
     const char *copy_label,
     gboolean    is_code,
     char       *text)
{
  Fact *fact = NULL;

  if (text == NULL)
    return;

  fact = g_new0 (Fact, 1);
  fact->title = title;
  fact->copy_label = copy_label;
  fact->is_code = is_code;
  fact->text = text;
  g_ptr_array_add (facts, fact);
}

/* Takes @link. */
static void
add_transaction (GPtrArray  *facts,
                 const char *hash,
                 char       *link)
{
  add (facts, _("Transaction"), _("Copy Transaction"), TRUE, g_strdup (hash));
  ((Fact *) facts->pdata[facts->len - 1])->link = link;
}

/* With its coin, which is not copied: what is pasted into a wallet is a number. */
static void
add_amount (GPtrArray  *facts,
            const char *title,
            const char *amount,
            const char *coin)
{
  if (amount == NULL)
    return;

  add (facts, title, _("Copy Amount"), FALSE, refills_order_money_dup_label (amount, coin));
  ((Fact *) facts->pdata[facts->len - 1])->bare = g_strdup (amount);
}

static gboolean
is_zero (const char *amount)
{
  return amount == NULL || strpbrk (amount, "123456789") == NULL;
}

static GPtrArray *
collect (RefillsOrderState *state)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);
  const char *coin = refills_order_state_get_coin (state);
  const char *amount = refills_order_money_get_amount_to_pay (state);
  const char *sent = refills_order_state_get_sent_coin_amount (state);
  const char * const *transactions = refills_order_state_get_transactions (state);
  g_autofree char *excess = refills_order_money_dup_excess (state);

  /* The comment of a payment comes and goes with that. */
  if (!refills_payment_has_comment (state))
    add (facts, _("Memo or Tag"), _("Copy Memo or Tag"), TRUE, g_strdup (refills_order_state_get_memo (state)));
  if (!is_zero (sent) && g_strcmp0 (sent, amount) != 0) {
    add_amount (facts, _("Asked For"), amount, coin);
    add_amount (facts, C_("payment", "Received"), sent, coin);
    add_amount (facts, _("Too Much"), excess, coin);
  }
  /* Nobody is to be led to send it once the order is closed. */
  if (refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_PARTIALLY_PAID &&
      !is_zero (refills_order_state_get_missing_amount (state)))
    add_amount (facts, C_("payment", "Missing"), refills_order_state_get_missing_amount (state), coin);
  add (facts, _("Paid With"), C_("payment", "Copy"), FALSE, refills_order_money_dup_original_label (state));
  add_amount (facts, C_("payment", "Refund"), refills_order_state_get_refund_amount (state),
              refills_order_state_get_refund_currency (state));
  add (facts, _("Reason for the Refund"), NULL, FALSE,
       refills_operator_outcome_explain (refills_order_state_get_refund_reason (state)));
  add (facts, _("Refunds Go To"), _("Copy Address"), TRUE,
       g_strdup (refills_order_state_get_refund_address (state)));
  for (guint i = 0; transactions[i] != NULL; i++)
    add_transaction (facts, transactions[i], refills_order_money_dup_transaction_uri (state, transactions[i]));
  if (facts->len > 0)
    add (facts, _("Last Change"), NULL, FALSE,
         refills_timeline_format_time (refills_order_state_get_updated_at (state),
                                       g_get_real_time () / G_USEC_PER_SEC));

  return facts;
}

/* With the focus in a row that goes, GTK would look for the way on from a widget that is gone. */
static void
remove_row (RefillsOrderDetails *self,
            GtkListBoxRow       *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (row)))
    gtk_root_set_focus (root, NULL);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Takes away the rows at a position of which no fact from there on is. */
static void
remove_until (RefillsOrderDetails *self,
              int                  position,
              GPtrArray           *facts)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, position)) != NULL) {
    const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
    gboolean is_wanted = FALSE;

    for (guint i = (guint) position; i < facts->len && !is_wanted; i++)
      is_wanted = g_str_equal (((const Fact *) facts->pdata[i])->title, title);
    if (is_wanted)
      return;
    remove_row (self, row);
  }
}

/* What stays is left alone: a text that is set again loses what is selected in it. Each by itself: the page about a
 * transaction is another one once it is known with which coin it was made. */
static void
show_text (GtkListBoxRow *row,
           const char    *property,
           const char    *text)
{
  g_autofree char *shown = NULL;

  g_object_get (row, property, &shown, NULL);
  if (g_strcmp0 (shown, text) != 0)
    g_object_set (row, property, text, NULL);
}

/* A row is given another text rather than made anew, which takes longer than all the rest of a page does. What a row
 * is goes by its title. */
static void
show_fact (RefillsOrderDetails *self,
           int                  position,
           const Fact          *fact)
{
  /* Nothing of practice is on a chain. */
  const char *link = self->is_practice ? NULL : fact->link;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  if (row != NULL && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), fact->title)) {
    show_text (row, "text", fact->text);
    show_text (row, "copy-text", fact->bare);
    show_text (row, "link", link);
    return;
  }

  gtk_list_box_insert (self->list,
                       g_object_new (REFILLS_TYPE_COPY_ROW,
                                     "title", fact->title,
                                     "text", fact->text,
                                     "copy-text", fact->bare,
                                     "copy-label", fact->copy_label,
                                     "value-class", fact->is_code ? "monospace" : NULL,
                                     "link", link,
                                     NULL),
                       position);
}

/* Rows that stay keep the focus and what is selected in them. */
static void
sync_facts (RefillsOrderDetails *self)
{
  RefillsOrderState *state = refills_order_get_state (self->order);
  g_autoptr (GPtrArray) facts = NULL;
  GtkListBoxRow *row = NULL;

  if (state == NULL) {
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    return;
  }

  facts = collect (state);
  for (guint i = 0; i < facts->len; i++) {
    remove_until (self, (int) i, facts);
    show_fact (self, (int) i, facts->pdata[i]);
  }
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) facts->len)) != NULL)
    remove_row (self, row);
  gtk_widget_set_visible (GTK_WIDGET (self), facts->len > 0);
}

static void
refills_order_details_dispose (GObject *object)
{
  RefillsOrderDetails *self = REFILLS_ORDER_DETAILS (object);

  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_order_details_parent_class)->dispose (object);
}

static void
refills_order_details_class_init (RefillsOrderDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = refills_order_details_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-order-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderDetails, list);
}

static void
refills_order_details_init (RefillsOrderDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_order_details_write:
 * @state: what is known of an order
 * @text: gets a line for each row that would be shown
 */
void
refills_order_details_write (RefillsOrderState *state,
                             GString           *text)
{
  g_autoptr (GPtrArray) facts = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_STATE (state));
  g_return_if_fail (text != NULL);

  facts = collect (state);
  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];

    g_string_append_printf (text, "%s: %s\n", fact->title, fact->text);
  }
}

/**
 * refills_order_details_new:
 * @order: the order, for as long as the widget lives
 * @is_practice: whether its transactions are on no chain
 *
 * Makes the rows about the money of an order.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
refills_order_details_new (RefillsOrder *order,
                           gboolean      is_practice)
{
  RefillsOrderDetails *self;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_DETAILS, NULL);
  self->order = g_object_ref (order);
  self->is_practice = is_practice;
  g_signal_connect_object (order, "notify::state", G_CALLBACK (sync_facts), self, G_CONNECT_SWAPPED);
  sync_facts (self);

  return GTK_WIDGET (self);
}
