/* refills-worker.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RefillsWorker RefillsWorker;

/* Runs on a thread of the worker; returns the result, or NULL with @error set. */
typedef gpointer (*RefillsWorkerTaskFunc) (GTask   *task,
                                           GError **error);
typedef void (*RefillsWorkerFunc) (gpointer data);

RefillsWorker *refills_worker_new       (guint n_threads) G_GNUC_WARN_UNUSED_RESULT;
void           refills_worker_free      (RefillsWorker *self);
void           refills_worker_push      (RefillsWorker     *self,
                                         RefillsWorkerFunc  run,
                                         gpointer           data,
                                         GDestroyNotify     data_free);
void           refills_worker_push_task (RefillsWorker         *self,
                                         RefillsWorkerTaskFunc  run,
                                         GTask                 *task,
                                         GDestroyNotify         result_free);
void           refills_worker_drain     (RefillsWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsWorker, refills_worker_free)

G_END_DECLS
