"""What may be chosen in a self-check: the questions are declared by the author."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from lms.course.content.quiz import Question, Quiz


@dataclass(frozen=True)
class Answers:
    """The chosen options by question, as the page sent them."""

    chosen: dict[int, set[int]]

    @classmethod
    def read(cls, quiz: Quiz, form: MultiDict[str, str]) -> "Answers":
        """Take the options that exist; a question with one answer keeps one."""
        chosen = {}
        for question in quiz.questions:
            sent = form.getlist(f"question-{question.id}")
            known = [o.id for o in question.options if str(o.id) in sent]
            chosen[question.id] = set(known if question.multiple else known[:1])
        return cls(chosen)

    def missing(self, quiz: Quiz) -> list[Question]:
        """Return the questions without an answer."""
        return [question for question in quiz.questions if not self.chosen[question.id]]
