"""The history of what was said: one SQLite file per profile, written as it happens.

`History` is where to begin.
"""

from app.history.conversation_record import ConversationRecord, Partner
from app.history.erasure import Deleted
from app.history.export.exporter import ExportFormat
from app.history.export.style import Labels
from app.history.history import History
from app.history.history_error import HistoryError
from app.history.message import Message, MessageState, Who
from app.history.pages import Day, Page
from app.history.profile_file import history_file
from app.history.search import Found, Hit

__all__ = [
    "ConversationRecord",
    "Day",
    "Deleted",
    "ExportFormat",
    "Found",
    "History",
    "HistoryError",
    "Hit",
    "Labels",
    "Message",
    "MessageState",
    "Page",
    "Partner",
    "Who",
    "history_file",
]
