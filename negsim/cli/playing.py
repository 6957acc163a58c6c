"""The conversation of `negsim play`: tells what is said, asks for a move, keeps it; and says how to go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from negsim import __version__
from negsim.cli.offering import choose_deal, deal_on_a_line
from negsim.cli.terminal import new_page, say
from negsim.errors import UsageError
from negsim.records import dataclass

if TYPE_CHECKING:
    from negsim.cli.asking import Answers
    from negsim.report.page import Page
    from negsim.teaching.playing.moves import Move
    from negsim.teaching.playing.own import Own, View
    from negsim.teaching.playing.saving import Save
    from negsim.teaching.playing.told import Question, State

__all__ = ["Conversation", "QuitError", "say_page"]

_YES, _NO = ("yes", "y", "ja", "1"), ("no", "n")

_AT_AN_OFFER = {
    "offer": "make an offer: alone, issue by issue; or on one line, as in 'offer price=120 paid=later'",
    "pass": "let the turn go by without an offer",
}
_AT_AN_ANSWER = {"accept": "say yes", "refuse": "say no"}
_ALWAYS = {
    "leave": "leave the talks for good",
    "sheet": "show your own sheet again",
    "history": "show what was said so far",
    "hint": "ask for a hint",
    "quit": "stop here; the match is kept, and you can go on later",
    "help": "show this list",
}
_ALSO = {"yes": "accept", "no": "refuse", "?": "help", "exit": "quit", "reject": "refuse"}


class QuitError(Exception):
    """The person stops here, for now."""


@dataclass(slots=True)
class Conversation:
    """One person at the prompt; ``moves`` are those made so far, ``told`` how much of the talks was shown."""

    own: Own
    answers: Answers
    moves: list[Move]
    hints: bool
    save: Save | None
    told: int = 0
    sitting: int = -1

    def begin(self, *, resumed: bool) -> None:
        """Show the own sheet, and what was said before."""
        self._show_sheet()
        if resumed:
            self._show_history()
            state = self._state()
            self.told = len(state.said)
            self._sit_down(_session_of(state) - 1, quietly=True)

    def hold(self) -> None:
        """Talk until the end.

        Raises
        ------
        EndOfAnswersError, QuitError, KeyboardInterrupt
            If the person stops before; every move made is kept.
        """
        while True:
            state = self._state()
            self._tell(state)
            if state.question is None:
                return
            self._ask(state, state.question)

    def _state(self) -> State:
        from negsim.teaching.playing.session import state_after

        return state_after(self.own.match, self.moves)

    def _tell(self, state: State) -> None:
        from negsim.report.text_play import write_said

        for said in state.said[self.told :]:
            self._sit_down(said.session - 1)
            page = new_page()
            write_said(page, said, self.own)
            say_page(page)
        self.told = len(state.said)
        self._sit_down(_session_of(state) - 1)

    def _sit_down(self, sitting: int, *, quietly: bool = False) -> None:
        """Go on to a session, and tell what happened before it and before those in between."""
        from negsim.report.text_play import write_sitting
        from negsim.teaching.playing.own import own_view

        while self.sitting < sitting:
            self.sitting += 1
            before, self.own = self.own.no_deal, own_view(self.own.match, self.sitting)
            page = new_page()
            write_sitting(page, self.own, self.sitting, before)
            if not quietly:
                say_page(page)

    def _ask(self, state: State, question: Question) -> None:
        from negsim.report.text_play import write_question

        page = new_page()
        write_question(page, question, self.own)
        self._hint(page, state)
        words = "offer, pass" if question.kind == "offer" else "accept, refuse"
        page.paragraph(f"({words}, leave, sheet, history, hint, quit; help says what they do.)")
        say_page(page)
        while not self._handle(state, question, self.answers.ask("> ")):
            pass

    def _hint(self, page: Page, state: State) -> None:
        if self.hints:
            self._write_hints(page, state)

    def _write_hints(self, page: Page, state: State) -> int:
        from negsim.report.text_play import hint_sentence
        from negsim.teaching.playing.hints import hints_on_question

        found = hints_on_question(self.own, state)
        for hint in found:
            page.paragraph(f"Hint: {hint_sentence(hint, self.own)}")
        return len(found)

    def _handle(self, state: State, question: Question, said: str) -> bool:
        """Do what was said; tell whether that was a move."""
        word, _, rest = said.partition(" ")
        command = self._command(question, word.casefold())
        match command:
            case "offer":
                return self._offer(state, question, rest)
            case "pass":
                return self._move("pass")
            case "accept":
                return self._accept(question)
            case "refuse":
                return self._move("refuse")
            case "leave":
                return self._sure("You leave the talks for good.") and self._move("leave")
            case "sheet":
                self._show_sheet()
            case "history":
                self._show_history()
            case "hint":
                page = new_page()
                if not self._write_hints(page, state):
                    page.paragraph("There is nothing to remark on.")
                say_page(page)
            case "quit":
                raise QuitError
            case "help":
                self._help(question)
        return False

    def _command(self, question: Question, word: str) -> str:
        """Find the command that a word means, whole or begun; empty if none, which is then said."""
        from negsim.scenario.words import did_you_mean

        known = {**(_AT_AN_OFFER if question.kind == "offer" else _AT_AN_ANSWER), **_ALWAYS}
        if not word:
            return "offer" if question.kind == "offer" else _say_nothing(known)
        begun = [name for name in known if name.startswith(word)]
        also = _ALSO.get(word, "")
        if word in known or also in known:
            return word if word in known else also
        if len(begun) == 1:
            return begun[0]
        hint = did_you_mean(word, known)
        _tell_wrong(
            f"There is no move {word!r} here; {hint}" + ("" if "known here" in hint else " 'help' lists them all.")
        )
        return ""

    def _offer(self, state: State, question: Question, rest: str) -> bool:
        from negsim.report.text_play import deal_terms, hint_sentence, view_sentences
        from negsim.teaching.playing.hints import hints_on_offer

        try:
            chosen = (
                deal_on_a_line(rest, self.own, question.last)
                if rest.strip()
                else choose_deal(self.answers, self.own, question.last)
            )
        except UsageError as error:
            say(str(error))
            return False
        if chosen is None:
            return False
        view = self.own.view(chosen)
        page = new_page()
        page.paragraph("Your offer:")
        page.pairs(deal_terms(chosen, self.own.match.scenario))
        page.paragraph(" ".join(view_sentences(view, self.own)))
        self._warn(page, view)
        for hint in hints_on_offer(self.own, state, chosen) if self.hints else ():
            page.paragraph(f"Hint: {hint_sentence(hint, self.own)}")
        say_page(page)
        harmless = view.gain >= 0 and not view.real
        return self._yes(f"Send it? [{'yes' if harmless else 'no'}] ", default=harmless) and self._move("offer", chosen)

    def _warn(self, page: Page, view: View) -> None:
        if view.gain < 0:
            page.paragraph("Careful: if this is accepted you are worse off than without a deal.")
        if view.real:
            page.paragraph("Careful: you have said that you will not cross this line, and you mean it.")

    def _accept(self, question: Question) -> bool:
        view = self.own.view(question.options)
        if view.is_acceptable or question.kind == "draft":
            return self._move("accept")
        page = new_page()
        self._warn(page, view)
        say_page(page)
        return self._yes("Accept all the same? [no] ", default=False) and self._move("accept")

    def _sure(self, what: str) -> bool:
        say(what)
        return self._yes("Are you sure? [no] ", default=False)

    def _yes(self, prompt: str, *, default: bool) -> bool:
        while True:
            said = self.answers.ask(prompt).casefold()
            if not said:
                return default
            if said in (*_YES, *_NO):
                return said in _YES
            say("Please answer yes or no.")

    def _move(self, kind: str, options: tuple[tuple[str, str], ...] = ()) -> bool:
        """Make a move, if it is allowed, and keep it."""
        from negsim.teaching.playing.moves import Move
        from negsim.teaching.playing.session import IllegalMoveError, state_after

        move = Move(kind, options)
        try:
            state_after(self.own.match, [*self.moves, move])
        except IllegalMoveError as error:
            _tell_wrong(f"{error}.")
            return False
        # First on the disk: whoever interrupts this loses nothing that counts.
        if self.save is not None:
            self.save.add(move)
        self.moves.append(move)
        return True

    def _show_sheet(self) -> None:
        from negsim.report.text_play_sheet import write_sheet

        page = new_page()
        write_sheet(page, self.own)
        say_page(page)

    def _show_history(self) -> None:
        from negsim.report.text_play import write_history

        state = self._state()
        page = new_page()
        page.heading("What was said so far")
        if not state.said:
            page.paragraph("Nothing yet.")
        write_history(page, state.said, self.own)
        say_page(page)

    def _help(self, question: Question) -> None:
        page = new_page()
        page.pairs({**(_AT_AN_OFFER if question.kind == "offer" else _AT_AN_ANSWER), **_ALWAYS}.items())
        page.paragraph("The beginning of a word will do. Ctrl-D stops as quit does.")
        say_page(page)

    def stop(self, folder: Path) -> str:
        """Keep the match, and say how to go on."""
        from negsim.teaching.playing.saving import start_save

        if not self.moves:
            return "You stopped before your first move; there is nothing to keep."
        if self.save is None:
            match = self.own.match
            name = f"{match.scenario.id}-{match.party.id}"
            names = (f"{name}{mark}.play.jsonl" for mark in ("", *(f"-{k}" for k in range(2, 1000))))
            path = next(folder / one for one in names if not (folder / one).exists())
            self.save = start_save(path, match, __version__, hints=self.hints, moves=tuple(self.moves))
        return f"The match is kept in {self.save.path}, up to your last move."


def _session_of(state: State) -> int:
    """Give the session, from 1, in which a match stands or has ended."""
    if state.question is not None:
        return state.question.session
    return 1 if state.ending is None else state.ending.session


def _say_nothing(known: dict[str, str]) -> str:
    say(f"Type {', '.join(list(known)[:2])} or another of these words; 'help' says what they do.")
    return ""


def _tell_wrong(said: str) -> None:
    page = new_page()
    page.paragraph(said)
    say(page.text())


def say_page(page: Page) -> None:
    """Say what is on a page, if anything is."""
    text = page.text()
    if text.strip():
        say(text)
