"""What one feature tells the others is heard in every process, or not done at all."""

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.signals import attempt_sent
from tests.conftest import count
from tests.works import send

# Who listens in a process that makes the site and nothing else, twice over.
SCRIPT = """
from blinker import default_namespace
from lms.site import create_app
create_app(), create_app()
for name, signal in sorted(default_namespace.items()):
    print(name, *sorted(heard.__name__ for heard in signal.receivers_for(None)))
"""
LISTENERS = """
access_ended say_of_teams
announcement_changed follow_announcement
attempt_sent enqueue_excerpts follow_attempt settle_sent
attempt_withdrawn hide_withdrawn reopen_withdrawn
calendar_changed follow_calendar follow_days
cohort_closed close_round close_rounds graduate
cohort_reopened take_graduation_back
course_imported name_operator_of_the_course settle_indicators
decision_reversed settle_reversed
letter_composed sign_letter
letter_waited drop_overtaken leave_out_departed look_again
live_revision_moved call_off_plan
measures_imported keep_edition keep_surveys
names_removed forget_names
page_rendered_anew name_what_pages_say stamp_news
person_acted follow_action
person_erased await_nobody drop_answers drop_copies end_memberships leave_cohorts
plan_changed follow_plan
question_changed follow_question
review_released draw_for_second_reader
roster_changed follow_departures follow_roster
school_corrected follow_school follow_school_of_team move_questions
school_emptied move_council move_documents move_pairs move_partners \
move_uses_of_practices move_ventures
schools_renamed name_schools_anew
site_restored replay_beside
territory_merged follow_merger move_meetings
"""


def test_making_the_site_connects_every_listener_once(tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"INSTANCE": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert answer.stdout.strip() == LISTENERS.strip()


def test_listener_that_fails_stops_what_it_heard_of(module, captain, team):
    def stumble(_attempt):
        raise ZeroDivisionError

    with attempt_sent.connected_to(stumble), pytest.raises(ZeroDivisionError):
        send(module, captain, team)

    db.session.rollback()
    assert db.session.scalars(sa.select(Submission)).one().is_editable
    assert count(Attempt) == 0
