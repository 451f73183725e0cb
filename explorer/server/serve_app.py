"""What Streamlit serves: the pages behind the guard of hosts. Run by `streamlit run`, which looks for `app` here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import streamlit as st

from explorer.server.host_guard import guarded
from explorer.settings import read_hosts

app: Any = st.App(Path(__file__).parents[1] / "app.py")
app = guarded(app, read_hosts(os.environ))
