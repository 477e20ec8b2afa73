/* refills-qr-file.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A QR code as a PNG file. Keeps nothing; drawing, packing and writing are done in a thread.
 */

#include "config.h"

#include "refills-qr-file.h"

/* Pixels. Enough to print it three centimetres wide, and for a phone to read it from a screen. */
#define MODULE 16

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GdkTexture) texture = refills_qr_paintable_dup_texture (source, MODULE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (texture == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no code to save");
    return;
  }

  bytes = gdk_texture_save_to_png_bytes (texture);
  if (!g_file_replace_contents (data, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                                G_FILE_CREATE_NONE, NULL, cancellable, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  g_task_return_boolean (task, TRUE);
}

/**
 * refills_qr_file_save_async:
 * @qr: a code
 * @file: where to write it; what is there is replaced
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is written, or cannot be
 * @user_data: for @callback
 *
 * Saves a code as a PNG picture with the white around it, 16 pixels to a module.
 */
void
refills_qr_file_save_async (RefillsQrPaintable  *qr,
                            GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REFILLS_IS_QR_PAINTABLE (qr));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (qr, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_qr_file_save_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * refills_qr_file_save_finish:
 * @qr: the code
 * @result: what the callback was given
 * @error: return location for an error of GIO
 *
 * Returns: whether the file is written
 */
gboolean
refills_qr_file_save_finish (RefillsQrPaintable  *qr,
                             GAsyncResult        *result,
                             GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, qr), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
