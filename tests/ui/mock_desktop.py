# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for what a desktop has on the session bus: the names on the command line. Prints each call as a line of
JSON, and answers as the desktop would."""

import json
import sys

from gi.repository import Gio, GLib

# The portal's responses about the first URI and those that follow: opened, and in no way.
RESPONSES = [0, 2]
INTERFACES = {
    'org.gtk.Notifications': ('/org/gtk/Notifications', 'org.gtk.Notifications', '''
        <method name="AddNotification"><arg type="s"/><arg type="s"/><arg type="a{sv}"/></method>
        <method name="RemoveNotification"><arg type="s"/><arg type="s"/></method>'''),
    'org.freedesktop.Notifications': ('/org/freedesktop/Notifications', 'org.freedesktop.Notifications', '''
        <method name="Notify"><arg type="s"/><arg type="u"/><arg type="s"/><arg type="s"/><arg type="s"/>
          <arg type="as"/><arg type="a{sv}"/><arg type="i"/><arg type="u" direction="out"/></method>
        <method name="CloseNotification"><arg type="u"/></method>
        <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
          <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
        <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
        <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>'''),
    'org.gnome.SessionManager': ('/org/gnome/SessionManager', 'org.gnome.SessionManager', '''
        <method name="RegisterClient"><arg type="s"/><arg type="s"/><arg type="o" direction="out"/></method>
        <method name="Inhibit"><arg type="s"/><arg type="u"/><arg type="s"/><arg type="u"/>
          <arg type="u" direction="out"/></method>
        <method name="Uninhibit"><arg type="u"/></method>'''),
    'org.freedesktop.portal.Inhibit': ('/org/freedesktop/portal/desktop', 'org.freedesktop.portal.Inhibit', '''
        <method name="Inhibit"><arg type="s"/><arg type="u"/><arg type="a{sv}"/><arg type="o" direction="out"/></method>
        <method name="CreateMonitor"><arg type="s"/><arg type="a{sv}"/><arg type="o" direction="out"/></method>'''),
    'org.freedesktop.portal.OpenURI': ('/org/freedesktop/portal/desktop', 'org.freedesktop.portal.OpenURI', '''
        <method name="OpenURI"><arg type="s"/><arg type="s"/><arg type="a{sv}"/><arg type="o" direction="out"/></method>'''),
    'org.freedesktop.portal.Desktop': ('/org/freedesktop/portal/desktop', 'org.freedesktop.portal.Background', '''
        <method name="RequestBackground"><arg type="s"/><arg type="a{sv}"/><arg type="o" direction="out"/></method>
        <method name="SetStatus"><arg type="a{sv}"/></method>'''),
}


def say(line):
    print(json.dumps(line), flush=True)


def open_uri(connection, sender, options, invocation):
    """As the portal: the request, and then what became of it, to the caller alone."""
    handle = f'/org/freedesktop/portal/desktop/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
    invocation.return_value(GLib.Variant('(o)', (handle,)))
    connection.emit_signal(sender, handle, 'org.freedesktop.portal.Request', 'Response',
                           GLib.Variant('(ua{sv})', (RESPONSES.pop(0), {})))


def called(connection, sender, path, interface, method, arguments, invocation):
    say([method, *arguments.unpack()])
    answers = {'Notify': ('(u)', (7,)),
               'GetServerInformation': ('(ssss)', ('mock', 'Refills', '1', '1.2')),
               **dict.fromkeys(('RequestBackground', 'Inhibit', 'CreateMonitor'),
                               ('(o)', ('/org/freedesktop/portal/desktop/request/1',)))}
    if interface == 'org.gnome.SessionManager':
        answers = {'Inhibit': ('(u)', (17,)), 'RegisterClient': ('(o)', ('/org/gnome/SessionManager/Client1',))}
    if method == 'OpenURI':
        open_uri(connection, sender, *arguments.unpack()[2:], invocation)
    elif method in answers:
        invocation.return_value(GLib.Variant(*answers[method]))
    else:
        invocation.return_value(None)


def main():
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    for name in sys.argv[1:]:
        path, interface, methods = INTERFACES[name]
        node = Gio.DBusNodeInfo.new_for_xml(f'<node><interface name="{interface}">{methods}</interface></node>')
        connection.register_object(path, node.interfaces[0], called, None, None)
        Gio.bus_own_name_on_connection(connection, name, Gio.BusNameOwnerFlags.NONE,
                                       lambda _, owned: say(['owned', owned]), None)
    GLib.MainLoop().run()


main()
