/* fault-network.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A network that is not as it should be: what GIO thinks of it, names, proxies, routes, and ports that
 * swallow connections.
 */
#define _GNU_SOURCE /* unshare() */

#include "fault-network.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

/* The monitor: GIO's default is one that is never asked for real. */

#define FAULT_TYPE_MONITOR (fault_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FaultMonitor, fault_monitor, FAULT, MONITOR, GObject)

struct _FaultMonitor {
  GObject parent_instance;
};

enum { PROP_0, PROP_AVAILABLE, PROP_METERED, PROP_CONNECTIVITY };

static gboolean is_available = TRUE;
static gboolean is_metered = FALSE;

static gboolean
fault_monitor_init_sync (GInitable     *initable,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = fault_monitor_init_sync;
}

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FaultMonitor, fault_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_iface_init))

static void
fault_monitor_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_AVAILABLE:
    g_value_set_boolean (value, is_available);
    break;
  case PROP_METERED:
    g_value_set_boolean (value, is_metered);
    break;
  case PROP_CONNECTIVITY:
    g_value_set_enum (value, is_available ? G_NETWORK_CONNECTIVITY_FULL : G_NETWORK_CONNECTIVITY_LOCAL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
fault_monitor_class_init (FaultMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fault_monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
fault_monitor_init (FaultMonitor *self)
{
}

static void
implement (const char *point,
           GType       required,
           GType       type,
           const char *variable)
{
  g_io_extension_point_set_required_type (g_io_extension_point_register (point), required);
  g_assert_nonnull (g_io_extension_point_implement (point, type, "fault", 0));
  g_setenv (variable, "fault", TRUE);
}

/* Before anybody asks for the monitor. */
void
fault_network_fake_monitor (gboolean available,
                            gboolean metered)
{
  is_available = available;
  is_metered = metered;
  implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, G_TYPE_NETWORK_MONITOR, FAULT_TYPE_MONITOR,
             "GIO_USE_NETWORK_MONITOR");
  g_assert_true (FAULT_IS_MONITOR (g_network_monitor_get_default ()));
}

void
fault_network_change (gboolean available)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  is_available = available;
  g_object_notify (G_OBJECT (monitor), "network-available");
  g_signal_emit_by_name (monitor, "network-changed", available);
}

/* The proxy: for every address the same one on this machine. */

#define FAULT_TYPE_PROXIES (fault_proxies_get_type ())
G_DECLARE_FINAL_TYPE (FaultProxies, fault_proxies, FAULT, PROXIES, GObject)

struct _FaultProxies {
  GObject parent_instance;
};

static guint proxy_port;

static gboolean
proxies_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
proxies_lookup (GProxyResolver  *resolver,
                const char      *uri,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u", proxy_port);

  g_strv_builder_add (builder, proxy);

  return g_strv_builder_end (builder);
}

static void
proxies_lookup_async (GProxyResolver      *resolver,
                      const char          *uri,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, proxies_lookup (resolver, uri, NULL, NULL), (GDestroyNotify) g_strfreev);
}

static char **
proxies_lookup_finish (GProxyResolver  *resolver,
                       GAsyncResult    *result,
                       GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
proxies_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = proxies_is_supported;
  iface->lookup = proxies_lookup;
  iface->lookup_async = proxies_lookup_async;
  iface->lookup_finish = proxies_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FaultProxies, fault_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, proxies_iface_init))

static void
fault_proxies_class_init (FaultProxiesClass *klass)
{
}

static void
fault_proxies_init (FaultProxies *self)
{
}

/* Before anybody asks for a proxy. */
void
fault_network_fake_proxy (guint port)
{
  proxy_port = port;
  implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, G_TYPE_PROXY_RESOLVER, FAULT_TYPE_PROXIES,
             "GIO_USE_PROXY_RESOLVER");
  g_assert_true (FAULT_IS_PROXIES (g_proxy_resolver_get_default ()));
}

/* Names: there are none. */

#define FAULT_TYPE_NAMES (fault_names_get_type ())
G_DECLARE_FINAL_TYPE (FaultNames, fault_names, FAULT, NAMES, GResolver)

struct _FaultNames {
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (FaultNames, fault_names, G_TYPE_RESOLVER)

static void
names_lookup_async (GResolver                *resolver,
                    const char               *name,
                    GResolverNameLookupFlags  flags,
                    GCancellable             *cancellable,
                    GAsyncReadyCallback       callback,
                    gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                           "Error resolving \"%s\": Name or service not known", name);
}

static GList *
names_lookup_finish (GResolver     *resolver,
                     GAsyncResult  *result,
                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fault_names_class_init (FaultNamesClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = names_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = names_lookup_finish;
}

static void
fault_names_init (FaultNames *self)
{
}

void
fault_network_fake_names (void)
{
  g_autoptr (GResolver) resolver = g_object_new (FAULT_TYPE_NAMES, NULL);

  g_resolver_set_default (resolver);
}

/* Whether fault_network_leave() is allowed here. At the start of a program: forks. */
gboolean
fault_network_can_leave (void)
{
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    _exit (unshare (CLONE_NEWNET) == 0 ? 0 : 1);

  return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

/* Goes to a network of which even the loopback is down. What was open before stays open. */
void
fault_network_leave (void)
{
  g_assert_cmpint (unshare (CLONE_NEWNET), ==, 0);
}

/* A listener that never accepts, and whose queue is full: the kernel drops what else wants to connect. */

#define N_FILLERS 8

struct _FaultHole {
  GSocket *listener;
  GSocket *fillers[N_FILLERS];
  guint port;
};

FaultHole *
fault_hole_new (const char *address,
                guint       port)
{
  FaultHole *self = g_new0 (FaultHole, 1);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocketAddress) given = NULL;
  GSocketFamily family = g_socket_address_get_family (wanted);
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_set_listen_backlog (self->listener, 0);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  given = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));

  for (guint i = 0; i < N_FILLERS; i++) {
    self->fillers[i] = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
    g_assert_no_error (error);
    g_socket_set_blocking (self->fillers[i], FALSE);
    g_socket_connect (self->fillers[i], given, NULL, NULL);
  }

  return self;
}

void
fault_hole_free (FaultHole *self)
{
  for (guint i = 0; i < N_FILLERS; i++)
    g_object_unref (self->fillers[i]); /* end of life */
  g_object_unref (self->listener);     /* end of life */
  g_free (self);                       /* end of life */
}

guint
fault_hole_get_port (FaultHole *self)
{
  return self->port;
}
