"""One visitor of the server without a browser: the web socket that Streamlit's own front end uses, and nothing drawn.

Ten browsers on the machine that serves would compete with the server; the people it is for have their own. The
messages are Streamlit's (`streamlit.proto`, ForwardMsg and BackMsg); what a session says of itself here, such as the
query string that it gives back at every rerun, is what the front end says.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect  # Streamlit itself stands on it

PATIENCE = 60.0
"""Seconds after which a server that says nothing counts as broken."""

_ANSWER = re.compile(r"-turn-\d+$")  # how the id of a keyed block ends
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


class NoAnswer(Exception):
    """The server did not answer as the chat page does."""


class Session:
    """One tab: it knows the chat input, the button for a new conversation, and what the last run of the page showed."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page = ""
        self._query = ""
        self._input: str | None = None
        self._new: str | None = None
        self.answers = 0
        """Answers that the page shows."""
        self._run([])

    def ask(self, question: str) -> float:
        """Asks a question; gives the seconds until the page with its answer was sent whole.

        Raises:
            NoAnswer: the page has no input, fails, or shows no answer more than before.
        """
        if self._input is None:
            raise NoAnswer("the page shows no field to ask in. Is there an index?")
        state = WidgetState(id=self._input)
        state.chat_input_value.data = question
        before, began = self.answers, time.perf_counter()
        self._run([state])
        spent = time.perf_counter() - began
        if self.answers <= before:
            raise NoAnswer(f"the page shows no answer to “{question}”")
        return spent

    def begin_anew(self) -> None:
        """Begins a new conversation.

        Raises:
            NoAnswer: the page has no button for it, or fails.
        """
        if self._new is None:
            raise NoAnswer("the page shows no button for a new conversation")
        self._run([WidgetState(id=self._new, trigger_value=True)])

    def _run(self, states: list[WidgetState]) -> None:
        """Has the page run and reads what it sends, until it says that it is done."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.query_string = self._query
        message.rerun_script.widget_states.widgets.extend(states)
        self._socket.send(message.SerializeToString())
        while True:
            received = ForwardMsg()
            received.ParseFromString(self._received())
            kind = received.WhichOneof("type")
            if kind == "new_session":
                self._page, self.answers = received.new_session.page_script_hash, 0
            elif kind == "page_info_changed":
                self._query = received.page_info_changed.query_string
            elif kind == "delta":
                self._take(received)
            elif kind == "script_finished" and received.script_finished in _DONE:
                return

    def _received(self) -> bytes:
        try:
            data = self._socket.recv(PATIENCE)
        except TimeoutError as error:
            raise NoAnswer(f"the server said nothing for {PATIENCE:.0f} seconds") from error
        return data if isinstance(data, bytes) else data.encode()

    def _take(self, message: ForwardMsg) -> None:
        delta = message.delta
        if delta.WhichOneof("type") == "add_block":
            self.answers += bool(_ANSWER.search(delta.add_block.id))
            return
        element: Element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise NoAnswer(f"the page fails: {element.exception.type}")
        if kind == "chat_input":
            self._input = element.chat_input.id
        elif kind == "button" and element.button.id.endswith("-new"):
            self._new = element.button.id


@contextmanager
def session(port: int) -> Iterator[Session]:
    """A tab on the page at this port of the machine itself, open for as long as it is needed."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, proxy=None) as socket:  # type: ignore[list-item]
        yield Session(socket)
