# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian packages Refills needs, in groups, and the one way to install them. To be sourced by bash.
# Names are Debian 12's and hold in Debian 13 too.

# To compile.
packages_build=(
  build-essential meson ninja-build pkg-config gettext
  libglib2.0-dev libgtk-4-dev libadwaita-1-dev
  libsoup-3.0-dev libjson-glib-dev libxml2-dev nettle-dev
  libsqlite3-dev libsecret-1-dev libsodium-dev libqrencode-dev libwebp-dev
  libxml2-utils gtk-update-icon-cache desktop-file-utils
)

# To start the application: TLS, settings schemas, icons, names of countries, fonts.
packages_run=(
  glib-networking gsettings-desktop-schemas adwaita-icon-theme librsvg2-common shared-mime-info iso-codes
  fonts-cantarell fonts-dejavu-core libgl1-mesa-dri dbus dbus-daemon ca-certificates
)

# To drive the window without a screen: a display, a session bus, the accessibility tree, keys and pictures.
packages_headless=(
  xvfb xauth dbus dbus-daemon at-spi2-core
  python3 python3-gi gir1.2-atspi-2.0 python3-pyatspi
  xdotool x11-utils imagemagick zbar-tools
)

# What the suites call besides.
packages_tests=(
  appstream man-db curl sqlite3 openssl nodejs webp procps locales chromium
  gnome-keyring libsecret-tools strace
)

# What `build-aux/test --long` calls besides: a Debian 13 tree, and a way into it.
packages_long=(
  debootstrap bubblewrap debian-archive-keyring
)

# What `build-aux/fuzz` calls.
packages_fuzz=(
  clang libclang-rt-14-dev
)

# Fills missing_packages with those of the named packages that dpkg does not have installed.
find_missing_packages ()
{
  local package
  local -A installed=()

  while IFS= read -r package; do
    installed[$package]=1
  done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' -- "$@" 2>/dev/null | sed -n 's/^installed //p')

  missing_packages=()
  for package in "$@"; do
    [[ -n ${installed[$package]-} ]] && continue
    installed[$package]=1 # named once is enough
    missing_packages+=("$package")
  done
}

# apt-get as root. Where a password cannot be typed, sudo must not wait for one.
run_apt ()
{
  local -a as_root=()

  if (( EUID != 0 )); then
    as_root=(sudo)
    [[ -t 0 ]] || as_root+=(-n)
  fi

  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null
}

have_package_lists ()
{
  local -a lists=()

  shopt -s nullglob
  lists=(/var/lib/apt/lists/*_Packages /var/lib/apt/lists/*_Packages.*)
  shopt -u nullglob

  (( ${#lists[@]} > 0 ))
}

# install_packages MODE PACKAGE…
#
# Names what is missing and installs it. MODE is
#   ask   ask first on a terminal, install straight away where nobody can answer
#   yes   install without asking
#   no    only name the packages
#
# Returns 0 where nothing is missing any more, or where going on is worth a try (MODE is no, or this is not
# Debian, so that the packages may be there under other names), and 1 where it is not.
install_packages ()
{
  local mode=$1 answer
  shift

  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get. Refills needs what these Debian packages hold:"
    printf '  %s\n' "$@" | sort -u
    return 0
  fi

  find_missing_packages "$@"
  (( ${#missing_packages[@]} == 0 )) && return 0

  echo "Missing Debian packages:"
  printf '  %s\n' "${missing_packages[@]}"

  if [[ $mode == no ]]; then
    echo "To install them: apt-get install --no-install-recommends ${missing_packages[*]}"
    return 0
  fi

  if (( EUID != 0 )) && ! command -v sudo >/dev/null; then
    echo "Installing packages needs root, and there is no sudo here. As root, run:" >&2
    echo "  apt-get install --no-install-recommends ${missing_packages[*]}" >&2
    return 1
  fi

  if [[ $mode == ask && -t 0 && -t 1 && ${CI-} != true ]]; then
    read -r -p "Install them now? [Y/n] " answer || answer=n
    case $answer in
      ''|[Yy]*) ;;
      *) echo "Nothing was installed."; return 1 ;;
    esac
  fi

  have_package_lists || run_apt update || return 1

  # Lists that are too old name packages that are gone: fetch new ones once, then try again. Nothing that is
  # installed is ever removed.
  if ! run_apt install -y --no-install-recommends --no-remove "${missing_packages[@]}"; then
    run_apt update || return 1
    run_apt install -y --no-install-recommends --no-remove "${missing_packages[@]}" || return 1
  fi

  find_missing_packages "$@"
  if (( ${#missing_packages[@]} > 0 )); then
    echo "Still missing: ${missing_packages[*]}" >&2
    return 1
  fi
}

# set_up_tree FOLDER [meson setup arguments…]: sets the build folder up, once.
set_up_tree ()
{
  local folder=$1 program
  shift

  for program in cc pkg-config meson ninja msgfmt; do
    if ! command -v "$program" >/dev/null; then
      echo "Cannot build: $program is not installed." >&2
      return 1
    fi
  done

  if [[ ! -f $folder/build.ninja ]]; then
    meson setup "$folder" -Dwerror=true "$@" || { echo "Cannot set up the build." >&2; return 1; }
  fi
}

# What starting the application takes, and no more: a newcomer does not wait for the tests.
build_application ()
{
  ninja -C "$1" src/refills data/gschemas.compiled refills-gmo
}

# build_all FOLDER KIND: everything, with what `meson test` (KIND test) or `meson test --benchmark` (KIND benchmark)
# runs, which newer Meson leaves out of a plain build.
build_all ()
{
  ninja -C "$1" all "meson-$2-prereq"
}
