/* refills-esim-sheet.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsEsimSheet:
 *
 * What puts an eSIM on a phone: a QR code to scan, the same in two lines to type, and what to know first.
 *
 * Made of a code that was revealed and thrown away with it. The QR code is drawn here: no picture is
 * fetched, and nobody is asked about the code.
 */

#include "config.h"

#include "refills-esim-sheet.h"

#include "refills-copy-row.h"
#include "refills-esim-code.h"
#include "refills-qr-paintable.h"

struct _RefillsEsimSheet
{
  AdwBin      parent_instance;

  GtkPicture *qr_picture;
  GtkWidget  *server_row;
  GtkWidget  *matching_id_row;
  GtkWidget  *confirmation_label;
};

G_DEFINE_FINAL_TYPE (RefillsEsimSheet, refills_esim_sheet, ADW_TYPE_BIN)

static void
refills_esim_sheet_class_init (RefillsEsimSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REFILLS_TYPE_COPY_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-esim-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsEsimSheet, qr_picture);
  gtk_widget_class_bind_template_child (widget_class, RefillsEsimSheet, server_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsEsimSheet, matching_id_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsEsimSheet, confirmation_label);
}

static void
refills_esim_sheet_init (RefillsEsimSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_esim_sheet_new:
 * @code: an activation code
 *
 * Makes the sheet of an eSIM.
 *
 * Returns: (transfer floating) (nullable): the sheet, or `NULL` where @code is none
 */
GtkWidget *
refills_esim_sheet_new (const char *code)
{
  g_auto (RefillsEsimCode) parts = { NULL };
  g_autofree char *qr_text = NULL;
  g_autoptr (RefillsQrPaintable) qr = NULL;
  RefillsEsimSheet *self;

  if (!refills_esim_code_parse (code, &parts))
    return NULL;

  qr_text = refills_esim_code_to_qr (code);
  qr = refills_qr_paintable_new (qr_text);
  self = g_object_new (REFILLS_TYPE_ESIM_SHEET, NULL);
  gtk_picture_set_paintable (self->qr_picture, GDK_PAINTABLE (qr));
  g_object_set (self->server_row, "text", parts.server, NULL);
  g_object_set (self->matching_id_row, "text", parts.matching_id, NULL);
  gtk_widget_set_visible (self->matching_id_row, *parts.matching_id != '\0');
  gtk_widget_set_visible (self->confirmation_label, parts.needs_confirmation);

  return GTK_WIDGET (self);
}
