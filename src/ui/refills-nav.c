/* refills-nav.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsNav:
 *
 * A pile of pages of which the top one is seen: a root that stays, and pages pushed over it.
 *
 * Owns the pages; one that is popped is thrown away as soon as it has slid out of sight. Focus moves into a page that
 * is pushed, and returns to where it was. It knows nothing of what the pages show, but that they may have a property
 * `title`. Over a GtkStack, since libadwaita's own navigation widgets are either deprecated or newer than 1.2.
 */

#include "config.h"

#include "refills-nav.h"

#include "refills-unseen.h"

struct _RefillsNav {
  GtkWidget parent_instance;

  GtkStack  *stack;
  GtkWidget *root;
  GPtrArray *pages;   /* of Page, the lowest first; without the root */
  GPtrArray *leaving; /* of GtkWidget, popped and still sliding */
  guint      focus_source;
};

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RefillsNav, refills_nav, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

enum {
  PROP_0,
  PROP_TITLE,
  PROP_CAN_POP,
  PROP_VISIBLE_PAGE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static GtkBuildableIface *parent_buildable_iface;

typedef struct {
  GtkWidget *widget;
  char      *title;
  GtkWidget *focus_below; /* weak: what had the focus when the page was pushed */
} Page;

static void
page_free (Page *page)
{
  g_clear_weak_pointer (&page->focus_below);
  g_clear_pointer (&page->title, g_free);
  g_free (page); /* the box itself */
}

static Page *
get_top (RefillsNav *self)
{
  return self->pages->len > 0 ? g_ptr_array_index (self->pages, self->pages->len - 1) : NULL;
}

static char *
read_title (GtkWidget *widget)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "title");
  char *title = NULL;

  if (pspec && G_IS_PARAM_SPEC_STRING (pspec))
    g_object_get (widget, "title", &title, NULL);

  return title;
}

static void
notify_all (RefillsNav *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VISIBLE_PAGE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_POP]);
}

static void
title_changed_cb (RefillsNav *self,
                  GParamSpec *pspec,
                  GtkWidget  *widget)
{
  for (guint i = 0; i < self->pages->len; i++) {
    Page *page = g_ptr_array_index (self->pages, i);

    if (page->widget == widget) {
      g_clear_pointer (&page->title, g_free);
      page->title = read_title (widget);
    }
  }

  if (refills_nav_get_visible_page (self) == widget)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

static void
drop_leaving (RefillsNav *self)
{
  g_autoptr (GPtrArray) leaving = NULL;

  if (!self->leaving || self->leaving->len == 0)
    return;

  leaving = g_steal_pointer (&self->leaving);
  self->leaving = g_ptr_array_new ();
  for (guint i = 0; i < leaving->len; i++)
    gtk_stack_remove (self->stack, g_ptr_array_index (leaving, i));
}

static void
transition_running_cb (RefillsNav *self)
{
  if (!gtk_stack_get_transition_running (self->stack))
    drop_leaving (self);
}

static void
add_page (RefillsNav *self,
          GtkWidget  *widget)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Page *page = g_new0 (Page, 1);

  page->widget = widget;
  page->title = read_title (widget);
  if (root)
    g_set_weak_pointer (&page->focus_below, gtk_root_get_focus (root));
  g_ptr_array_add (self->pages, page);

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "title"))
    g_signal_connect_object (widget, "notify::title", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_stack_add_child (self->stack, widget);
}

static gboolean
take_focus_cb (gpointer user_data)
{
  RefillsNav *self = user_data;
  GtkWidget *page = refills_nav_get_visible_page (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  self->focus_source = 0;
  if (page && gtk_widget_get_mapped (page) && (!focus || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

static void
slide_to (RefillsNav             *self,
          GtkWidget              *widget,
          GtkStackTransitionType  transition)
{
  gtk_stack_set_transition_type (self->stack, transition);
  gtk_stack_set_visible_child (self->stack, widget);
  if (!gtk_stack_get_transition_running (self->stack))
    drop_leaving (self);
  notify_all (self);
}

static void
refills_nav_add_child (GtkBuildable *buildable,
                       GtkBuilder   *builder,
                       GObject      *child,
                       const char   *type)
{
  RefillsNav *self = REFILLS_NAV (buildable);

  /* The stack itself comes this way while the parent class sets up. */
  if (GTK_IS_WIDGET (child) && self->stack)
    refills_nav_set_root (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = refills_nav_add_child;
}

static void
refills_nav_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  RefillsNav *self = REFILLS_NAV (object);

  switch (property_id) {
    case PROP_TITLE:
      g_value_set_string (value, refills_nav_get_title (self));
      break;
    case PROP_CAN_POP:
      g_value_set_boolean (value, refills_nav_can_pop (self));
      break;
    case PROP_VISIBLE_PAGE:
      g_value_set_object (value, refills_nav_get_visible_page (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_nav_dispose (GObject *object)
{
  RefillsNav *self = REFILLS_NAV (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  self->root = NULL;
  if (self->stack) {
    g_signal_handlers_disconnect_by_data (self->stack, self);
    gtk_widget_unparent (GTK_WIDGET (self->stack));
    self->stack = NULL;
  }

  G_OBJECT_CLASS (refills_nav_parent_class)->dispose (object);
}

static void
refills_nav_class_init (RefillsNavClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_nav_get_property;
  object_class->dispose = refills_nav_dispose;

  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_POP] =
    g_param_spec_boolean ("can-pop", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_VISIBLE_PAGE] =
    g_param_spec_object ("visible-page", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
refills_nav_init (RefillsNav *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  self->leaving = g_ptr_array_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
  refills_unseen_follow (GTK_WIDGET (self->stack));
  g_signal_connect_swapped (self->stack, "notify::transition-running", G_CALLBACK (transition_running_cb), self);
}

/**
 * refills_nav_set_root:
 * @self: a pile of pages
 * @root: (transfer floating): the page under all others
 *
 * Sets the page that stays. To be called once.
 */
void
refills_nav_set_root (RefillsNav *self,
                      GtkWidget  *root)
{
  g_return_if_fail (REFILLS_IS_NAV (self));
  g_return_if_fail (self->root == NULL);

  self->root = root;
  gtk_stack_add_child (self->stack, root);
  notify_all (self);
}

/**
 * refills_nav_push:
 * @self: a pile of pages
 * @page: (transfer floating): a page; the pile owns it from here
 *
 * Slides a page in and moves the focus into it.
 */
void
refills_nav_push (RefillsNav *self,
                  GtkWidget  *page)
{
  g_return_if_fail (REFILLS_IS_NAV (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  add_page (self, page);
  slide_to (self, page, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  if (self->focus_source == 0)
    self->focus_source = g_idle_add (take_focus_cb, self); /* after GTK moved the focus from what it hid */
}

/**
 * refills_nav_pop:
 * @self: a pile of pages
 *
 * Slides the top page out, throws it away, and gives the focus back to what had it before.
 *
 * Returns: whether there was a page to pop
 */
gboolean
refills_nav_pop (RefillsNav *self)
{
  Page *top = NULL;
  g_autoptr (GtkWidget) focus = NULL;

  g_return_val_if_fail (REFILLS_IS_NAV (self), FALSE);

  top = get_top (self);
  if (!top)
    return FALSE;

  if (top->focus_below)
    focus = g_object_ref (top->focus_below);
  g_ptr_array_add (self->leaving, top->widget);
  g_ptr_array_set_size (self->pages, (int) self->pages->len - 1);
  slide_to (self, refills_nav_get_visible_page (self), GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);

  if (focus && gtk_widget_get_root (focus))
    gtk_widget_grab_focus (focus);

  return TRUE;
}

/**
 * refills_nav_pop_to_root:
 * @self: a pile of pages
 *
 * Goes back to the root at once.
 */
void
refills_nav_pop_to_root (RefillsNav *self)
{
  g_return_if_fail (REFILLS_IS_NAV (self));

  if (self->pages->len == 0)
    return;

  for (guint i = 0; i < self->pages->len; i++)
    g_ptr_array_add (self->leaving, ((Page *) g_ptr_array_index (self->pages, i))->widget);
  g_ptr_array_set_size (self->pages, 0);
  slide_to (self, self->root, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
}

/**
 * refills_nav_replace:
 * @self: a pile of pages
 * @page: (transfer floating): a page
 *
 * Slides a page in in place of all that were pushed: from it, back leads to the root.
 */
void
refills_nav_replace (RefillsNav *self,
                     GtkWidget  *page)
{
  g_return_if_fail (REFILLS_IS_NAV (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  for (guint i = 0; i < self->pages->len; i++)
    g_ptr_array_add (self->leaving, ((Page *) g_ptr_array_index (self->pages, i))->widget);
  g_ptr_array_set_size (self->pages, 0);
  refills_nav_push (self, page);
}

/**
 * refills_nav_get_visible_page:
 * @self: a pile of pages
 *
 * Returns: (transfer none) (nullable): the top page, which may be the root
 */
GtkWidget *
refills_nav_get_visible_page (RefillsNav *self)
{
  Page *top = NULL;

  g_return_val_if_fail (REFILLS_IS_NAV (self), NULL);

  top = self->pages ? get_top (self) : NULL;

  return top ? top->widget : self->root;
}

/**
 * refills_nav_get_title:
 * @self: a pile of pages
 *
 * Returns: (nullable): the title of the top page, or %NULL where it is the root
 */
const char *
refills_nav_get_title (RefillsNav *self)
{
  Page *top = NULL;

  g_return_val_if_fail (REFILLS_IS_NAV (self), NULL);

  top = self->pages ? get_top (self) : NULL;

  return top ? top->title : NULL;
}

/**
 * refills_nav_can_pop:
 * @self: a pile of pages
 *
 * Returns: whether there is a page over the root
 */
gboolean
refills_nav_can_pop (RefillsNav *self)
{
  g_return_val_if_fail (REFILLS_IS_NAV (self), FALSE);

  return self->pages && self->pages->len > 0;
}
