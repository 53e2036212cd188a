"""Where settings, state and logs are kept on this system."""

import os
from pathlib import Path

APPLICATION = "kotoutus"
CATALOGUE_KEY = "KOTOUTUS_CATALOGUE_KEY"  # the variable; it outranks the files


def site_settings_file() -> Path:
    """Return the settings file of the whole machine, /etc/xdg/kotoutus/settings.toml on Linux."""
    import platformdirs

    return platformdirs.site_config_path(APPLICATION) / "settings.toml"


def user_settings_file() -> Path:
    """Return this person's settings file, which outranks the machine's."""
    import platformdirs

    return platformdirs.user_config_path(APPLICATION) / "settings.toml"


def catalogue_key_files() -> tuple[Path, Path]:
    """Return where the key of the national service catalogue may stand: this person's file, the machine's."""
    own, site = user_settings_file(), site_settings_file()
    return own.with_name("catalogue.key"), site.with_name("catalogue.key")


def state_directory() -> Path:
    """Return the default directory for drafts, screen state and the log of this person."""
    import platformdirs

    return platformdirs.user_state_path(APPLICATION)


def login_name() -> str:
    """Return the name of the operating system's user this process runs as.

    The environment is not asked: USER and LOGNAME can be set to anybody.
    """
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
