"""Where Piccolo finds the engine and the project's one app."""

from piccolo.conf.apps import AppRegistry

from backend.database.engine import engine_for
from backend.settings import settings

DB = engine_for(settings().database)
APP_REGISTRY = AppRegistry(apps=["backend.piccolo_app"])
