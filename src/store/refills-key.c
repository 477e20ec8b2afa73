/* refills-key.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done with one key, by libsodium: sealing (XChaCha20-Poly1305 with a random nonce in front), keyed
 * BLAKE2b, and keys made of keys. A key is a GBytes of 32 bytes in memory of sodium_malloc(), which is kept
 * out of swap and core dumps where the system allows it, and wiped when freed. Pure functions on any thread;
 * nothing here knows where a key is kept.
 */
#include "refills-key.h"

#include <sodium.h>
#include <string.h>

#include "refills-error.h"

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HASH_SIZE 32
#define MAX_OPS 16
#define MAX_MEMORY (G_GINT64_CONSTANT (1024) * 1024 * 1024)

G_STATIC_ASSERT (REFILLS_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (REFILLS_KEY_SALT_SIZE == crypto_pwhash_SALTBYTES);
G_STATIC_ASSERT (REFILLS_KEY_SIZE >= crypto_generichash_KEYBYTES_MIN &&
                 REFILLS_KEY_SIZE <= crypto_generichash_KEYBYTES_MAX);

/* What was sealed, in memory of our own that is wiped when nobody needs it any more. */
typedef struct {
  gsize size;
  guint8 data[];
} Plain;

static void
plain_free (gpointer data)
{
  Plain *self = data;

  sodium_memzero (self->data, self->size);
  g_free (self); /* plain struct */
}

static gboolean
is_ready (GError **error)
{
  /* May be called at any time and from any thread; 1 says that it was done before. */
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "libsodium does not start");

  return FALSE;
}

static gboolean
is_key (GBytes  *key,
        GError **error)
{
  if (g_bytes_get_size (key) == REFILLS_KEY_SIZE)
    return is_ready (error);
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "a key is not of 32 bytes");

  return FALSE;
}

static guint8 *
allocate_key (GError **error)
{
  guint8 *data = NULL;

  if (!is_ready (error))
    return NULL;
  data = sodium_malloc (REFILLS_KEY_SIZE);
  if (data == NULL)
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "no memory for a key");

  return data;
}

static GBytes *
take_key (guint8 *data)
{
  return g_bytes_new_with_free_func (data, REFILLS_KEY_SIZE, sodium_free, data);
}

/**
 * refills_key_new:
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Makes a key of random bytes.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_new (GError **error)
{
  guint8 *data = allocate_key (error);

  if (data == NULL)
    return NULL;
  randombytes_buf (data, REFILLS_KEY_SIZE);

  return take_key (data);
}

/**
 * refills_key_new_from_text:
 * @text: what [func@key_write] wrote, maybe damaged; what follows a line end does not count
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_new_from_text (const char  *text,
                           GError     **error)
{
  guint8 *data = allocate_key (error);
  const char *end = NULL;
  gsize size = 0;

  if (data == NULL)
    return NULL;
  if (sodium_hex2bin (data, REFILLS_KEY_SIZE, text, strlen (text), NULL, &size, &end) != 0 ||
      size != REFILLS_KEY_SIZE || (*end != '\0' && *end != '\n')) {
    sodium_free (data);
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "this is not a key");
    return NULL;
  }

  return take_key (data);
}

/**
 * refills_key_new_from_passphrase:
 * @passphrase: what the person remembers, as UTF-8
 * @salt: 16 bytes
 * @ops: passes
 * @memory: bytes
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Makes a key of a passphrase, by Argon2id. Takes a good part of a second, and @memory: not for the main thread. What
 * no version of ours would have asked for is refused, since the parameters come from a file.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_new_from_passphrase (const char  *passphrase,
                                 GBytes      *salt,
                                 gint64       ops,
                                 gint64       memory,
                                 GError     **error)
{
  /* The same letters can be typed as other bytes, on another keyboard. */
  char *normal = g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFC);
  guint8 *data = NULL;
  gboolean is_made = FALSE;

  if (normal == NULL) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_WRONG_PASSPHRASE, "the passphrase is not UTF-8");
    return NULL;
  }
  data = allocate_key (error);
  if (data != NULL && g_bytes_get_size (salt) == REFILLS_KEY_SALT_SIZE && ops >= 1 && ops <= MAX_OPS &&
      memory >= (gint64) crypto_pwhash_MEMLIMIT_MIN && memory <= MAX_MEMORY)
    is_made = crypto_pwhash (data, REFILLS_KEY_SIZE, normal, strlen (normal), g_bytes_get_data (salt, NULL),
                             (unsigned long long) ops, (gsize) memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
  refills_key_wipe (normal, strlen (normal));
  g_free (normal); /* wiped before */
  if (is_made)
    return take_key (data);
  if (data != NULL) {
    sodium_free (data);
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "no key can be made of the passphrase");
  }

  return NULL;
}

/**
 * refills_key_derive:
 * @key: 32 bytes
 * @use: what the new key is for
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Makes a key of another, a different one for each use, so that no key does two things: the keyed BLAKE2b
 * of the use.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_derive (GBytes      *key,
                    const char  *use,
                    GError     **error)
{
  guint8 *data = NULL;

  if (!is_key (key, error))
    return NULL;
  data = allocate_key (error);
  if (data == NULL)
    return NULL;
  /* Fails for sizes out of bounds only, and these are constant. */
  crypto_generichash (data, REFILLS_KEY_SIZE, (const guint8 *) use, strlen (use), g_bytes_get_data (key, NULL),
                      REFILLS_KEY_SIZE);

  return take_key (data);
}

/**
 * refills_key_seal:
 * @key: 32 bytes
 * @context: what the bytes are and of which row; it is not in the result, and without it nothing opens
 * @plain: the bytes
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Encrypts bytes and makes any change of them found out.
 *
 * Returns: (transfer full) (nullable): a nonce of 24 bytes, the cipher text and 16 bytes that verify it
 */
GBytes *
refills_key_seal (GBytes      *key,
                  const char  *context,
                  GBytes      *plain,
                  GError     **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (plain, &size);
  guint8 *sealed = NULL;
  unsigned long long length = 0;

  if (!is_key (key, error))
    return NULL;
  sealed = g_malloc (NONCE_SIZE + size + TAG_SIZE);
  randombytes_buf (sealed, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_SIZE, &length, data, size, (const guint8 *) context,
                                              strlen (context), NULL, sealed, g_bytes_get_data (key, NULL));

  return g_bytes_new_take (sealed, NONCE_SIZE + (gsize) length);
}

/**
 * refills_key_open:
 * @key: 32 bytes
 * @context: as given to [func@key_seal]
 * @sealed: what that returned, maybe damaged or forged
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Decrypts what verifies.
 *
 * Returns: (transfer full) (nullable): the bytes, in memory that is wiped when freed
 */
GBytes *
refills_key_open (GBytes      *key,
                  const char  *context,
                  GBytes      *sealed,
                  GError     **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  Plain *plain = NULL;

  if (!is_key (key, error))
    return NULL;
  if (size < NONCE_SIZE + TAG_SIZE) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "what was sealed is cut");
    return NULL;
  }
  /* One byte more ends what is read as a text. */
  plain = g_malloc (sizeof (Plain) + size - NONCE_SIZE - TAG_SIZE + 1);
  plain->size = size - NONCE_SIZE - TAG_SIZE;
  plain->data[plain->size] = '\0';
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain->data, NULL, NULL, data + NONCE_SIZE, size - NONCE_SIZE,
                                                  (const guint8 *) context, strlen (context), data,
                                                  g_bytes_get_data (key, NULL)) != 0) {
    plain_free (plain);
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "what was sealed does not verify");
    return NULL;
  }

  return g_bytes_new_with_free_func (plain->data, plain->size, plain_free, plain);
}

/**
 * refills_key_hash:
 * @key: 32 bytes, used for nothing else
 * @text: what to hash
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * The keyed BLAKE2b of a text: the same for the same text, and it says nothing without the key.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_hash (GBytes      *key,
                  const char  *text,
                  GError     **error)
{
  guint8 hash[HASH_SIZE];

  if (!is_key (key, error))
    return NULL;
  crypto_generichash (hash, sizeof hash, (const guint8 *) text, strlen (text), g_bytes_get_data (key, NULL),
                      REFILLS_KEY_SIZE);

  return g_bytes_new (hash, sizeof hash);
}

/**
 * refills_key_write:
 * @key: 32 bytes
 * @text: (out caller-allocates): where its hexadecimal digits go; wipe it after use
 */
void
refills_key_write (GBytes *key,
                   char    text[REFILLS_KEY_TEXT_SIZE])
{
  g_return_if_fail (g_bytes_get_size (key) == REFILLS_KEY_SIZE);

  sodium_bin2hex (text, REFILLS_KEY_TEXT_SIZE, g_bytes_get_data (key, NULL), REFILLS_KEY_SIZE);
}

/**
 * refills_key_wipe:
 * @data: memory that held a secret
 * @size: bytes
 *
 * Zeroes memory, in a way that is not optimised away.
 */
void
refills_key_wipe (gpointer data,
                  gsize    size)
{
  sodium_memzero (data, size);
}

/**
 * refills_key_new_salt:
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): 16 random bytes
 */
GBytes *
refills_key_new_salt (GError **error)
{
  guint8 salt[REFILLS_KEY_SALT_SIZE];

  if (!is_ready (error))
    return NULL;
  randombytes_buf (salt, sizeof salt);

  return g_bytes_new (salt, sizeof salt);
}
