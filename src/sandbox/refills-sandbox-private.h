/* refills-sandbox-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this folder tell each other. Nothing outside includes it.
 */
#pragma once

#include "refills-sandbox-faults.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Amounts: integers in the smallest unit that the wire shows, never a double. */

typedef struct {
  const char *code;
  const char *symbol;
  guint       decimals;
  guint64     usd_micro;     /* millionths of a US dollar for one unit */
  gboolean    decimal_comma;
} RefillsSandboxCurrency;

const RefillsSandboxCurrency *refills_sandbox_currency_find      (const char                   *code);
const RefillsSandboxCurrency *refills_sandbox_currency_of        (const char                   *country_code);
char                         *refills_sandbox_format_units       (guint64                       units,
                                                                  guint                         decimals);
char                         *refills_sandbox_format_short       (guint64                       units,
                                                                  guint                         decimals);
char                         *refills_sandbox_format_localized   (guint64                       minor,
                                                                  const RefillsSandboxCurrency *currency);
gboolean                      refills_sandbox_parse_units        (const char                   *text,
                                                                  guint                         decimals,
                                                                  guint64                      *units);
guint64                       refills_sandbox_to_usd_micro       (guint64                       minor,
                                                                  const RefillsSandboxCurrency *currency);
guint64                       refills_sandbox_usd_to_eur_micro   (guint64                       usd_micro);
guint64                       refills_sandbox_multiply_ceil      (guint64                       value,
                                                                  guint64                       numerator,
                                                                  guint64                       denominator);

/* Rails: a coin on a network. */

typedef enum {
  REFILLS_SANDBOX_ADDRESS_BITCOIN,
  REFILLS_SANDBOX_ADDRESS_LIGHTNING,
  REFILLS_SANDBOX_ADDRESS_LITECOIN,
  REFILLS_SANDBOX_ADDRESS_DOGECOIN,
  REFILLS_SANDBOX_ADDRESS_BITCOIN_CASH,
  REFILLS_SANDBOX_ADDRESS_EVM,
  REFILLS_SANDBOX_ADDRESS_SOLANA,
  REFILLS_SANDBOX_ADDRESS_TRON,
  REFILLS_SANDBOX_ADDRESS_TON,
  REFILLS_SANDBOX_ADDRESS_SUI,
  REFILLS_SANDBOX_ADDRESS_XRP,
} RefillsSandboxAddressKind;

typedef struct {
  const char                *coin;
  const char                *network;
  const char                *method;            /* `payment_method` on orders */
  const char                *protocol;          /* `payment_method_protocol` */
  const char                *engine;            /* NULL where there are no contracts */
  const char                *base_token;
  guint                      chain_id;
  RefillsSandboxAddressKind  address_kind;
  const char                *contract;          /* NULL for a native coin */
  guint                      contract_decimals; /* of the chain's smallest unit */
  guint                      decimals;          /* of the amounts on the wire */
  guint64                    coin_usd_micro;    /* price of one coin */
  const char                *threshold;
  guint64                    threshold_units;   /* the same, rounded up */
  gboolean                   coin_suspended;    /* unless the shape `suspended` is `none` */
  gboolean                   network_suspended; /* likewise */
} RefillsSandboxRail;

const RefillsSandboxRail *refills_sandbox_rails_get       (gsize                    *length);
const RefillsSandboxRail *refills_sandbox_rail_find       (const char               *coin,
                                                           const char               *network);
const RefillsSandboxRail *refills_sandbox_rail_for_quotes (const char               *coin);
guint64                   refills_sandbox_rail_quote      (const RefillsSandboxRail *rail,
                                                           guint64                   usd_micro);
gboolean                  refills_sandbox_via_is_known    (const char               *via,
                                                           gboolean                 *available);
GBytes                   *refills_sandbox_get_vias        (RefillsSandbox           *sandbox);
JsonNode                 *refills_sandbox_rails_to_coins  (RefillsSandbox           *sandbox);
JsonArray                *refills_sandbox_rails_to_combos (void);

/* How chains write bytes. */

#define REFILLS_SANDBOX_BECH32 1
#define REFILLS_SANDBOX_BECH32M 0x2bc830a3

char   *refills_sandbox_encode_base58      (const guint8 *bytes,
                                            gsize         length,
                                            const char   *alphabet);
char   *refills_sandbox_encode_base58check (guint8        version,
                                            const guint8  hash[20],
                                            const char   *alphabet);
char   *refills_sandbox_encode_bech32      (const char   *prefix,
                                            GByteArray   *data,
                                            guint32       constant);
guint8  refills_sandbox_encode_letter      (char          letter);
void    refills_sandbox_encode_groups      (GByteArray   *data,
                                            const guint8 *bytes,
                                            gsize         length);
char   *refills_sandbox_encode_cashaddr    (const guint8  hash[20]);
char   *refills_sandbox_encode_evm         (const guint8  bytes[20]);
char   *refills_sandbox_encode_ton         (const guint8  account[32]);

char *refills_sandbox_make_address     (RefillsSandbox           *sandbox,
                                        const RefillsSandboxRail *rail,
                                        guint64                   units);
char *refills_sandbox_make_transaction (RefillsSandbox           *sandbox,
                                        const RefillsSandboxRail *rail);
char *refills_sandbox_make_qr_text     (const RefillsSandboxRail *rail,
                                        const char               *address,
                                        guint64                   units);
char *refills_sandbox_make_qr_uri      (const RefillsSandboxRail *rail,
                                        const char               *address,
                                        const char               *amount);
char *refills_sandbox_make_uuid        (GRand                    *random);
char *refills_sandbox_make_code        (GRand                    *random,
                                        const char               *shape);

/* JSON. */

JsonObject *refills_sandbox_json_get_object (JsonObject *object,
                                             const char *member);
JsonArray  *refills_sandbox_json_get_array  (JsonObject *object,
                                             const char *member);
const char *refills_sandbox_json_get_string (JsonObject *object,
                                             const char *member);
char       *refills_sandbox_json_dup_scalar (JsonObject *object,
                                             const char *member);
void        refills_sandbox_json_set_raw    (JsonObject *object,
                                             const char *member,
                                             const char *text);
char       *refills_sandbox_json_to_raw     (const char *text);
char       *refills_sandbox_json_from_raw   (const char *string);
char       *refills_sandbox_json_to_text    (JsonNode   *root);
JsonNode   *refills_sandbox_json_copy       (JsonNode   *root);
JsonNode   *refills_sandbox_json_parse      (const char *text,
                                             gssize      length);
JsonNode   *refills_sandbox_json_take       (JsonObject *object);
void        refills_sandbox_json_merge      (JsonObject *object,
                                             JsonObject *changes);

/* Answers. */

typedef struct {
  guint       status;
  char       *content_type;
  JsonNode   *root;            /* a JSON answer, or … */
  GBytes     *body;            /* … its bytes */
  char       *header_name;
  char       *header_value;
  char       *more_headers;    /* "Name: value" lines */
  char       *stream_order_id; /* set: the answer is this order's events */
} RefillsSandboxAnswer;

RefillsSandboxAnswer *refills_sandbox_answer_new_json  (JsonNode             *root);
RefillsSandboxAnswer *refills_sandbox_answer_new_bytes (guint                 status,
                                                        const char           *content_type,
                                                        GBytes               *body);
RefillsSandboxAnswer *refills_sandbox_answer_new_error (guint                 status,
                                                        const char           *detail,
                                                        JsonObject           *more_details);
GBytes               *refills_sandbox_answer_get_bytes (RefillsSandboxAnswer *self);
void                  refills_sandbox_answer_free      (RefillsSandboxAnswer *self);

RefillsSandboxAnswer *refills_sandbox_refusal_new      (guint                 status,
                                                        const char           *detail,
                                                        const char           *variant,
                                                        JsonObject           *more_details);
RefillsSandboxAnswer *refills_sandbox_refusal_parse    (const char           *magic,
                                                        guint                 otherwise,
                                                        JsonObject           *more_details);
char                 *refills_sandbox_refusal_dup_code (const char           *magic);
RefillsSandboxAnswer *refills_sandbox_refusal_find     (const char           *path,
                                                        GHashTable           *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsSandboxAnswer, refills_sandbox_answer_free)

/* Forms of the wire that can be chosen. */

const char *refills_sandbox_get_shape        (RefillsSandbox *self,
                                              const char     *name);
gboolean    refills_sandbox_has_shape        (RefillsSandbox *self,
                                              const char     *name,
                                              const char     *value);
void        refills_sandbox_reset_shapes     (RefillsSandbox *self);
JsonNode   *refills_sandbox_shapes_to_json   (RefillsSandbox *self);
gint64      refills_sandbox_get_window       (RefillsSandbox *self);
JsonNode   *refills_sandbox_shape_order      (RefillsSandbox *self,
                                              JsonNode       *order);
void        refills_sandbox_shape_validation (RefillsSandbox *self,
                                              JsonObject     *validation);
void        refills_sandbox_shape_catalogue  (RefillsSandbox *self,
                                              JsonNode       *node);

/* Countries. */

gboolean   refills_sandbox_country_is_code    (const char *text);
gboolean   refills_sandbox_country_is_region  (const char *text);
gboolean   refills_sandbox_country_is_served  (const char *text);
JsonArray *refills_sandbox_country_to_regions (const char *code,
                                               gboolean    wide);

/* Catalogue. */

typedef enum {
  REFILLS_SANDBOX_LOGO_WEBP,       /* `_300x190.webp`, `_500x318.webp`, `.webp` */
  REFILLS_SANDBOX_LOGO_BASE_WEBP,  /* `.webp` only */
  REFILLS_SANDBOX_LOGO_SIZED_JPEG, /* `_300x190.jpg` and `_500x318.jpg` only */
  REFILLS_SANDBOX_LOGO_BASE_JPEG,  /* `.jpg` only */
  REFILLS_SANDBOX_LOGO_URL_ONLY,   /* only what `logo_url` names, under another name */
  REFILLS_SANDBOX_LOGO_NONE,       /* nothing: 404 */
} RefillsSandboxLogoFiles;

typedef struct {
  char    *denomination;
  char    *localized;
  char    *product_id;
  char    *delivery_type;
  guint64  minor;          /* face value */
  guint64  usd_micro;      /* what it costs, mark-up included */
  int      data_gigabytes; /* 0: none, -1: unlimited */
  int      days;
  gboolean is_bundle;      /* of an operator: the longer form of `additional_details` */
} RefillsSandboxOption;

typedef struct {
  const RefillsSandboxCurrency *currency;
  char                         *country_code;
  char                         *brand_id;
  char                         *brand;
  char                         *family;
  char                         *slug;
  char                         *category;   /* nullable */
  char                         *extra_category;
  char                         *kind;
  char                         *bg_color;   /* nullable */
  char                         *min_label;  /* nullable */
  char                         *max_label;
  GPtrArray                    *options;    /* of RefillsSandboxOption */
  gboolean                      out_of_stock;
  gboolean                      is_range;
  guint64                       range_min;  /* minor units */
  guint64                       range_max;
  guint64                       range_step;
  char                         *range_product_id;
  RefillsSandboxLogoFiles       logo_files;
  const char                   *refused_network; /* nullable */
} RefillsSandboxBrand;

typedef struct {
  char       *country_code;
  GPtrArray  *brands;     /* of RefillsSandboxBrand */
  GHashTable *by_name;    /* brand → RefillsSandboxBrand */
  GBytes     *brands_body;
} RefillsSandboxCatalogue;

RefillsSandboxCatalogue *refills_sandbox_catalogue_new          (const char                    *country_code);
void                     refills_sandbox_catalogue_free         (RefillsSandboxCatalogue       *self);
GBytes                  *refills_sandbox_catalogue_get_brands   (RefillsSandboxCatalogue       *self,
                                                                 const char                    *base_uri);
JsonNode                *refills_sandbox_catalogue_to_homepage  (RefillsSandboxCatalogue       *self,
                                                                 const char                    *shape,
                                                                 const char                    *base_uri);
JsonNode                *refills_sandbox_catalogue_search       (RefillsSandboxCatalogue       *self,
                                                                 const char                    *query,
                                                                 const char                    *base_uri);
RefillsSandboxBrand     *refills_sandbox_catalogue_find         (RefillsSandboxCatalogue       *self,
                                                                 const char                    *brand);
JsonObject              *refills_sandbox_brand_to_json          (RefillsSandboxBrand           *self,
                                                                 const char                    *base_uri);
GPtrArray               *refills_sandbox_names_make             (const char                    *country_code);
guint64                  refills_sandbox_names_hash             (const char                    *text);
char                    *refills_sandbox_names_to_uuid          (const char                    *text);

/* One name of a generated catalogue, with the category it belongs to. */
typedef struct {
  char       *name;
  const char *category;
} RefillsSandboxName;

JsonNode *refills_sandbox_products_to_json (RefillsSandboxCatalogue  *catalogue,
                                            const char               *family_name,
                                            const char               *brand_name,
                                            const char               *coin,
                                            const char               *language,
                                            const char               *base_uri);
JsonNode *refills_sandbox_price_to_json    (RefillsSandboxBrand      *brand,
                                            guint64                   minor,
                                            const RefillsSandboxRail *rail);
guint64   refills_sandbox_range_usd_micro  (RefillsSandboxBrand      *brand,
                                            guint64                   minor);
gboolean  refills_sandbox_range_has        (RefillsSandboxBrand      *brand,
                                            guint64                   minor);

GBytes *refills_sandbox_logo_get (const char *slug,
                                  const char *color,
                                  const char *name,
                                  int         width,
                                  int         height);
GBytes *refills_sandbox_logo_get_jpeg (void);
GBytes *refills_sandbox_picture_new   (const char *text);

/* Requests for validation and creation. */

typedef struct {
  const RefillsSandboxRail *rail;      /* NULL for an exchange */
  const RefillsSandboxRail *quote_rail;
  char                     *via;
  char                     *email;
  char                     *refund_address;
  char                     *coupon;    /* one that is accepted */
  JsonArray                *deliveries;
  JsonArray                *problems;
  guint64                   units;
  guint64                   original_units;
  guint64                   usd_micro;      /* face value */
  guint64                   cost_usd_micro; /* what is to be paid, before discounts */
  gboolean                  priced;
  gint64                    time;           /* of the service, in epoch seconds */
  char                     *refusal;   /* an HTTP error: what follows `error+`, or its `detail` */
  guint                     refusal_status;
  JsonObject               *refusal_details;
} RefillsSandboxPurchase;

RefillsSandboxPurchase *refills_sandbox_purchase_read            (RefillsSandbox         *sandbox,
                                                                  JsonObject             *request,
                                                                  gboolean                is_order);
void                    refills_sandbox_purchase_free            (RefillsSandboxPurchase *self);
JsonNode               *refills_sandbox_purchase_to_validation   (RefillsSandboxPurchase *self);
JsonObject             *refills_sandbox_purchase_to_summary      (RefillsSandboxPurchase *self,
                                                                  gboolean                with_fiat);
JsonObject             *refills_sandbox_problem_details          (const char             *code,
                                                                  JsonObject             *deliverable,
                                                                  const char             *kind,
                                                                  JsonObject             *payment);
gboolean                refills_sandbox_is_email                 (const char             *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsSandboxPurchase, refills_sandbox_purchase_free)

/* A connection taken over from libsoup, written by hand. */

typedef struct _RefillsSandboxWire RefillsSandboxWire;

typedef void (*RefillsSandboxWireClosed) (RefillsSandboxWire *wire,
                                          gpointer            user_data);

RefillsSandboxWire *refills_sandbox_wire_new         (GIOStream                *stream,
                                                      GMainContext             *context,
                                                      RefillsSandboxWireClosed  closed,
                                                      gpointer                  user_data);
void                refills_sandbox_wire_write       (RefillsSandboxWire       *self,
                                                      GBytes                   *bytes);
void                refills_sandbox_wire_write_text  (RefillsSandboxWire       *self,
                                                      const char               *text);
void                refills_sandbox_wire_write_head  (RefillsSandboxWire       *self,
                                                      guint                     status,
                                                      const char               *content_type,
                                                      gssize                    length,
                                                      const char               *header_name,
                                                      const char               *header_value);
void                refills_sandbox_wire_write_chunk (RefillsSandboxWire       *self,
                                                      const char               *data,
                                                      gsize                     length);
void                refills_sandbox_wire_drip        (RefillsSandboxWire       *self,
                                                      GBytes                   *bytes,
                                                      guint                     interval_ms);
void                refills_sandbox_wire_finish      (RefillsSandboxWire       *self);
void                refills_sandbox_wire_close       (RefillsSandboxWire       *self);

/* Faults that hit one request. */

typedef struct {
  GPtrArray           *mutations; /* of RefillsSandboxFault */
  GPtrArray           *stream;    /* of RefillsSandboxFault */
  RefillsSandboxFault *answer;    /* what replaces or spoils the answer; NULL for none */
  guint                delay_ms;
} RefillsSandboxPlan;

RefillsSandboxPlan *refills_sandbox_faults_plan     (GPtrArray          *faults,
                                                     const char         *method,
                                                     const char         *path);
void                refills_sandbox_plan_free       (RefillsSandboxPlan *self);
gboolean            refills_sandbox_plan_performs   (RefillsSandboxPlan *self);
void                refills_sandbox_plan_mutate     (RefillsSandboxPlan *self,
                                                     JsonNode           *root);
GPtrArray          *refills_sandbox_faults_new      (void);
gboolean            refills_sandbox_faults_add_json (RefillsSandbox     *sandbox,
                                                     JsonObject         *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsSandboxPlan, refills_sandbox_plan_free)

/* Orders, what becomes of them, and their events. */

typedef struct {
  char       *order_id;
  JsonObject *object;   /* what GET answers */
  char       *life;     /* NULL until one has begun */
  guint       stage;    /* how many of its steps are made */
  guint       step_ms;
  guint       sequence; /* the order of creation */
  GSource    *step;
} RefillsSandboxOrder;

typedef struct {
  RefillsSandbox     *sandbox; /* unowned: it owns this */
  char               *order_id;
  RefillsSandboxWire *wire;    /* unowned: it ends itself, and tells */
  RefillsSandboxPlan *plan;
  guint               events;
  gboolean            silent;
  GSource            *keep_alive;
} RefillsSandboxStream;

void                  refills_sandbox_orders_load         (RefillsSandbox      *sandbox);
void                  refills_sandbox_orders_resume       (RefillsSandbox      *sandbox);
void                  refills_sandbox_order_free          (RefillsSandboxOrder *self);
RefillsSandboxAnswer *refills_sandbox_orders_create       (RefillsSandbox      *sandbox,
                                                           JsonObject          *request);
RefillsSandboxOrder  *refills_sandbox_orders_find         (RefillsSandbox      *sandbox,
                                                           const char          *order_id);
RefillsSandboxOrder  *refills_sandbox_orders_find_any     (RefillsSandbox      *sandbox,
                                                           const char          *order_id);
void                  refills_sandbox_orders_expire_due   (RefillsSandbox      *sandbox);
JsonNode             *refills_sandbox_order_to_json       (RefillsSandboxOrder *self);
RefillsSandboxAnswer *refills_sandbox_answer_new_order    (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self);
gboolean              refills_sandbox_order_is_final      (RefillsSandboxOrder *self);
gboolean              refills_sandbox_order_pay           (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self,
                                                           guint                step_ms);
void                  refills_sandbox_order_age           (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self,
                                                           gint64               seconds);
gboolean              refills_sandbox_order_force         (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self,
                                                           JsonObject          *changes);
void                  refills_sandbox_order_changed       (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self);
void                  refills_sandbox_order_set_states    (RefillsSandboxOrder *self,
                                                           const char          *order_state,
                                                           const char          *payment_state,
                                                           const char          *delivery_state);
gboolean              refills_sandbox_order_apply         (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self,
                                                           const char          *scenario);
gboolean              refills_sandbox_order_live          (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self,
                                                           const char          *life,
                                                           guint                step_ms,
                                                           gboolean             first_now);
void                  refills_sandbox_order_resume        (RefillsSandbox      *sandbox,
                                                           RefillsSandboxOrder *self);
void                  refills_sandbox_order_halt          (RefillsSandboxOrder *self);
JsonNode             *refills_sandbox_lives_to_json       (void);
void                  refills_sandbox_delivery_reveal     (RefillsSandbox      *sandbox,
                                                           JsonObject          *delivery);
void                  refills_sandbox_delivery_remember   (RefillsSandbox      *sandbox,
                                                           JsonObject          *delivery);

void refills_sandbox_events_open   (RefillsSandbox       *sandbox,
                                    RefillsSandboxWire   *wire,
                                    const char           *order_id,
                                    RefillsSandboxPlan   *plan);
void refills_sandbox_events_notify (RefillsSandbox       *sandbox,
                                    RefillsSandboxOrder  *order);
void refills_sandbox_events_forget (RefillsSandbox       *sandbox,
                                    RefillsSandboxWire   *wire);
void refills_sandbox_stream_free   (RefillsSandboxStream *self);

/* Help for tests and tours. */

RefillsSandboxAnswer *refills_sandbox_control_answer (RefillsSandbox *sandbox,
                                                      const char     *method,
                                                      const char     *path,
                                                      GHashTable     *query,
                                                      GBytes         *body);

/* The object itself. */

struct _RefillsSandbox {
  GObject       parent_instance;

  guint64       seed;
  guint16       port;
  char         *state_folder;

  SoupServer   *server;
  GMainContext *context;
  char         *base_uri;
  char         *host;
  char         *host_by_name;
  GRand        *random;
  GBytes       *vias_body;

  GPtrArray    *log;        /* of RefillsSandboxRequest */
  GPtrArray    *faults;     /* of RefillsSandboxFault */
  GHashTable   *catalogues; /* country code → RefillsSandboxCatalogue */
  GHashTable   *logo_names; /* slug → RefillsSandboxBrand, unowned */
  GHashTable   *logos;      /* file name → GBytes */
  GHashTable   *orders;     /* order id → RefillsSandboxOrder */
  GHashTable   *shapes;     /* switch → value, where it is not the usual one */
  GHashTable   *pictures;   /* delivery id → what its picture shows */
  GPtrArray    *streams;    /* of RefillsSandboxStream */
  GHashTable   *wires;      /* RefillsSandboxWire → RefillsSandboxRequest, both unowned */
  GHashTable   *pending;    /* answers that wait: GSource, owned */
  GHashTable   *drawings;   /* answers that a thread draws; they own themselves */
  GSource      *clock;
  gint64        forward_s;  /* how far the clock is ahead of the machine's */
  guint         sequence;
};

gint64                   refills_sandbox_get_time      (RefillsSandbox *self);
RefillsSandboxCatalogue *refills_sandbox_get_catalogue (RefillsSandbox *self,
                                                        const char     *country_code);
RefillsSandboxAnswer    *refills_sandbox_answer_request (RefillsSandbox        *self,
                                                         RefillsSandboxRequest *request,
                                                         GHashTable            *query);
void                     refills_sandbox_forget_drawings (RefillsSandbox *self);
void                     refills_sandbox_serve (RefillsSandbox        *self,
                                                SoupServerMessage     *message,
                                                RefillsSandboxRequest *request,
                                                GHashTable            *query);

G_END_DECLS
