/* refills-wallet-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsWalletView:
 *
 * "I pay with": what a person pays with, and so what the QR code had better hold.
 *
 * Owns the choice, which begins as it was the last time. Says that it changed and leaves the rest to others: of what is
 * to be paid it knows its token, and the request, which it offers to be copied while that is what the code holds.
 */

#include "config.h"

#include "refills-wallet-view.h"

#include "refills-choice-row.h"
#include "refills-copy-row.h"
#include "refills-width-first.h"

#include <glib/gi18n.h>

/* Dots per inch, in 1024ths: of text so large that a choice is cut off beside its title in a narrow window. */
#define LARGE_DPI (140 * 1024)

struct _RefillsWalletView
{
  AdwBin               parent_instance;

  const RefillsToken  *token;
  const RefillsWallet **wallets; /* in the order of the row's choices; zero-terminated */
  const RefillsWallet *wallet;
  RefillsPaymentCode   code;
  gboolean             is_quiet; /* while it is not the person who chooses */
  gboolean             has_request;

  GtkWidget           *wallet_row;
  GtkWidget           *amount_row;
  GtkSwitch           *amount_switch;
  GtkWidget           *request_row;
  GtkLabel            *caution_label;
};

G_DEFINE_FINAL_TYPE (RefillsWalletView, refills_wallet_view, ADW_TYPE_BIN)

enum {
  CHANGED,
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_choice (RefillsWalletView *self)
{
  g_autofree char *caution = refills_wallet_dup_caution (self->wallet, self->token);
  gboolean is_request = self->code == REFILLS_PAYMENT_CODE_REQUEST;

  gtk_widget_set_visible (self->amount_row, refills_wallet_has_choice (self->wallet, self->token));
  gtk_switch_set_active (self->amount_switch, is_request);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->amount_row), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_request ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  gtk_widget_set_visible (self->request_row, is_request && self->has_request);
  gtk_label_set_text (self->caution_label, caution != NULL ? caution : "");
  gtk_widget_set_visible (GTK_WIDGET (self->caution_label), caution != NULL);
}

/* The names stand as the wallets do. */
static gboolean
find_name (RefillsWalletView *self,
           GObject           *name,
           guint             *position)
{
  g_autoptr (GListModel) names = NULL;

  g_object_get (self->wallet_row, "choices", &names, NULL);
  for (*position = 0; *position < g_list_model_get_n_items (names); (*position)++) {
    g_autoptr (GObject) item = g_list_model_get_item (names, *position);

    if (item == name)
      return TRUE;
  }

  return FALSE;
}

static void
wallet_cb (RefillsWalletView *self)
{
  g_autoptr (GObject) name = NULL;
  guint position = 0;

  g_object_get (self->wallet_row, "choice", &name, NULL);
  if (self->is_quiet || name == NULL || !find_name (self, name, &position) ||
      self->wallets[position] == self->wallet)
    return;

  self->wallet = self->wallets[position];
  self->code = refills_wallet_get_code (self->wallet, self->token);
  show_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
switch_cb (RefillsWalletView *self)
{
  RefillsPaymentCode code = gtk_switch_get_active (self->amount_switch) ? REFILLS_PAYMENT_CODE_REQUEST
                                                                        : REFILLS_PAYMENT_CODE_ADDRESS;

  if (self->is_quiet || code == self->code || !refills_wallet_has_choice (self->wallet, self->token))
    return;

  self->code = code;
  show_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
copied_cb (RefillsWalletView *self,
           const char        *text)
{
  g_signal_emit (self, signals[COPIED], 0, text);
}

static void
sync_text_size (RefillsWalletView *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  refills_choice_row_set_use_subtitle (REFILLS_CHOICE_ROW (self->wallet_row), dpi >= LARGE_DPI);
}

/* The list tells it of the other row, too, which opens by itself. */
static void
row_activated_cb (RefillsWalletView *self,
                  GtkWidget         *row)
{
  if (row == self->amount_row)
    gtk_widget_activate (GTK_WIDGET (self->amount_switch));
}

static void
refills_wallet_view_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_WALLET_VIEW (object)->wallets, g_free);

  G_OBJECT_CLASS (refills_wallet_view_parent_class)->finalize (object);
}

static void
refills_wallet_view_class_init (RefillsWalletViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = refills_wallet_view_finalize;

  /**
   * RefillsWalletView::changed:
   *
   * Another wallet or another code was chosen.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RefillsWalletView::copied:
   * @text: what is on its way to the clipboard
   *
   * The request was copied.
   */
  signals[COPIED] =
    g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);

  g_type_ensure (REFILLS_TYPE_CHOICE_ROW);
  g_type_ensure (REFILLS_TYPE_COPY_ROW);
  g_type_ensure (REFILLS_TYPE_WIDTH_FIRST);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-wallet-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsWalletView, wallet_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsWalletView, amount_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsWalletView, amount_switch);
  gtk_widget_class_bind_template_child (widget_class, RefillsWalletView, request_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsWalletView, caution_label);
  gtk_widget_class_bind_template_callback (widget_class, wallet_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, copied_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
refills_wallet_view_init (RefillsWalletView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_wallet_view_new:
 * @token: what is to be paid
 * @request: (nullable): the whole request, for copying; NULL where there is none beside the address
 *
 * Makes the choice, of what is safe with all.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_wallet_view_new (const RefillsToken *token,
                         const char         *request)
{
  RefillsWalletView *self = g_object_new (REFILLS_TYPE_WALLET_VIEW, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->token = token;
  self->has_request = request != NULL;
  g_object_set (self->request_row, "copy-text", request, "text",
                token->contract != NULL ? _("Address, coin and amount in one, for wallets that take it")
                                        : _("Address and amount in one, for wallets that take it"), NULL);
  self->wallets = refills_wallet_list (token->family);
  for (guint i = 0; self->wallets[i] != NULL; i++)
    gtk_string_list_append (names, refills_wallet_get_name (self->wallets[i]));
  self->is_quiet = TRUE;
  g_object_set (self->wallet_row, "choices", names, NULL);
  self->is_quiet = FALSE;
  refills_wallet_view_recall (self, NULL);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (sync_text_size), self, G_CONNECT_SWAPPED);
  sync_text_size (self);

  return GTK_WIDGET (self);
}

/**
 * refills_wallet_view_set_request:
 * @self: a view
 * @request: (nullable): the whole request for the wallet that is chosen
 *
 * Sets what is copied. It is not shown where there was none at first.
 */
void
refills_wallet_view_set_request (RefillsWalletView *self,
                                 const char        *request)
{
  g_return_if_fail (REFILLS_IS_WALLET_VIEW (self));

  g_object_set (self->request_row, "copy-text", request, NULL);
}

/**
 * refills_wallet_view_recall:
 * @self: a view
 * @choices: (nullable): what was chosen before, for [func@wallet_recall]
 *
 * Chooses as it was the last time, and says nothing of it.
 *
 * Returns: whether that is another choice than there was
 */
gboolean
refills_wallet_view_recall (RefillsWalletView  *self,
                            const char * const *choices)
{
  RefillsPaymentCode code = REFILLS_PAYMENT_CODE_ADDRESS;
  g_autoptr (GListModel) names = NULL;
  g_autoptr (GObject) name = NULL;
  const RefillsWallet *wallet;
  guint position = 0;

  g_return_val_if_fail (REFILLS_IS_WALLET_VIEW (self), FALSE);

  wallet = refills_wallet_recall (choices, self->token, &code);
  if (wallet == self->wallet && code == self->code)
    return FALSE;

  while (self->wallets[position] != wallet)
    position++;
  self->wallet = wallet;
  self->code = code;
  self->is_quiet = TRUE;
  g_object_get (self->wallet_row, "choices", &names, NULL);
  name = g_list_model_get_item (names, position);
  g_object_set (self->wallet_row, "choice", name, NULL);
  show_choice (self);
  self->is_quiet = FALSE;

  return TRUE;
}

/**
 * refills_wallet_view_get_wallet:
 * @self: a view
 *
 * Returns: (transfer none): what is chosen
 */
const RefillsWallet *
refills_wallet_view_get_wallet (RefillsWalletView *self)
{
  g_return_val_if_fail (REFILLS_IS_WALLET_VIEW (self), NULL);

  return self->wallet;
}

/**
 * refills_wallet_view_get_code:
 * @self: a view
 *
 * Returns: what the code is to hold
 */
RefillsPaymentCode
refills_wallet_view_get_code (RefillsWalletView *self)
{
  g_return_val_if_fail (REFILLS_IS_WALLET_VIEW (self), REFILLS_PAYMENT_CODE_ADDRESS);

  return self->code;
}
