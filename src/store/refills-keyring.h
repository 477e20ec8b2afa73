/* refills-keyring.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_KEYRING_LOOKUP,
  REFILLS_KEYRING_STORE,
  REFILLS_KEYRING_CLEAR,
} RefillsKeyringAction;

/* One question to a keyring. */
typedef struct {
  RefillsKeyringAction  action;
  char                 *data; /* whose orders: "live" or "practice" */
  char                 *name; /* of the key */
  GBytes               *key;  /* 32 bytes, to be stored; NULL otherwise */
  gboolean              may_prompt;
} RefillsKeyringCall;

void refills_keyring_call_free (RefillsKeyringCall *self);

#define REFILLS_TYPE_KEYRING (refills_keyring_get_type ())
G_DECLARE_DERIVABLE_TYPE (RefillsKeyring, refills_keyring, REFILLS, KEYRING, GObject)

/* What an implementation does; limits, prompts and comparing are not its concern. Main thread. */
struct _RefillsKeyringClass {
  GObjectClass parent_class;

  void     (*call_async)  (RefillsKeyring            *self,
                           const RefillsKeyringCall  *call,
                           GCancellable              *cancellable,
                           GAsyncReadyCallback        callback,
                           gpointer                   user_data);
  gboolean (*call_finish) (RefillsKeyring            *self,
                           GAsyncResult              *result,
                           GBytes                   **key,
                           GError                   **error);
};

void      refills_keyring_lookup_async  (RefillsKeyring       *self,
                                         const char           *data,
                                         const char           *name,
                                         gboolean              may_prompt,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GBytes   *refills_keyring_lookup_finish (RefillsKeyring       *self,
                                         GAsyncResult         *result,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void      refills_keyring_store_async   (RefillsKeyring       *self,
                                         const char           *data,
                                         const char           *name,
                                         GBytes               *key,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  refills_keyring_store_finish  (RefillsKeyring       *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void      refills_keyring_clear_async   (RefillsKeyring       *self,
                                         const char           *data,
                                         const char           *name,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean  refills_keyring_clear_finish  (RefillsKeyring       *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsKeyringCall, refills_keyring_call_free)

G_END_DECLS
