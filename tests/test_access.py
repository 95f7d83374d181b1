"""Who may come to which address: every endpoint × every kind of person.

A page that is listed nowhere turns the build red. To add one, put a row into `READ`
(what a GET answers) or `WRITE` (what a POST answers), and what its address needs
into the fixture `furniture` of tests/places.py. Who may come does not depend on the
database, so these tests run on one.
"""

import pytest

from tests.places import PEOPLE
from tests.years import join_another_cohort

#                                   guest, member, other, tutor, other_tutor, admin,
#                                   coordinator, other_coordinator
#                                   coordinator, other_coordinator
READ = {
    "static":                       [200, 200, 200, 200, 200, 200, 200, 200],
    "health.healthz":               [200, 200, 200, 200, 200, 200, 200, 200],
    "health.readyz":                [200, 200, 200, 200, 200, 200, 200, 200],
    "metrics.metrics":              [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.sign_in":             [200, 302, 302, 302, 302, 302, 302, 302],
    "accounts.forgot":              [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.reset":               [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.consent":             [302, 302, 302, 302, 302, 302, 302, 302],
    "accounts.consent_text":        [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.profile":             [302, 200, 200, 200, 200, 200, 200, 200],
    "accounts.change_password":     [302, 200, 200, 200, 200, 200, 200, 200],
    "addresses.change":             [302, 200, 200, 200, 200, 200, 200, 200],
    "addresses.come_back":          [200, 200, 200, 200, 200, 200, 200, 200],
    "addresses.confirm":            [200, 200, 200, 200, 200, 200, 200, 200],
    "factors.create":               [302, 404, 404, 200, 302, 302, 302, 302],
    "factors.enter":                [302, 302, 302, 302, 302, 302, 302, 302],
    "factors.index":                [302, 404, 404, 200, 200, 200, 200, 200],
    "factors.picture":              [302, 404, 404, 200, 404, 404, 404, 404],
    "factors.remove":               [302, 404, 404, 302, 302, 302, 302, 302],
    "factors.renew":                [302, 404, 404, 302, 302, 302, 302, 302],
    "people.create":                [302, 404, 404, 404, 404, 200, 404, 404],
    "people.edit":                  [302, 404, 404, 404, 404, 200, 404, 404],
    "people.index":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "people.person":                [302, 404, 404, 404, 404, 200, 404, 404],
    "people.way_back":              [302, 404, 404, 404, 404, 200, 404, 404],
    "agenda.create_meeting":        [302, 404, 404, 200, 200, 200, 404, 404],
    "agenda.edit_meeting":          [302, 404, 404, 200, 404, 200, 404, 404],
    "agenda.feed":                  [200, 200, 200, 200, 200, 200, 200, 200],
    "agenda.index":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "agenda.meeting_event":         [302, 200, 404, 200, 404, 200, 200, 404],
    "meetings.upload":              [302, 404, 404, 200, 404, 200, 404, 404],
    "meetings.check":               [302, 404, 404, 200, 404, 200, 404, 404],
    "meetings.attendance":          [302, 404, 404, 200, 404, 200, 200, 404],
    "meetings.meeting":             [302, 200, 404, 200, 404, 200, 200, 404],
    "meetings.paper":               [302, 200, 404, 200, 404, 200, 200, 404],
    "meetings.sheet":               [302, 404, 404, 200, 404, 200, 200, 404],
    "meetings.summary":             [302, 404, 404, 200, 404, 200, 404, 404],
    "agenda.subscription":          [302, 200, 200, 200, 200, 200, 200, 200],
    "announcements.announcement":   [302, 200, 404, 200, 404, 200, 404, 404],
    "announcements.create":         [302, 404, 404, 200, 200, 200, 404, 404],
    "announcements.edit":           [302, 404, 404, 200, 404, 200, 404, 404],
    "announcements.index":          [302, 200, 200, 200, 200, 200, 200, 200],
    "appeals.appeal":               [302, 404, 404, 200, 404, 200, 404, 404],
    "appeals.ask":                  [302, 200, 404, 403, 404, 403, 404, 404],
    "appeals.index":                [302, 404, 404, 200, 200, 200, 404, 404],
    "audit.journal":                [302, 404, 404, 404, 404, 200, 404, 404],
    "batches.archive":              [302, 404, 404, 200, 404, 200, 404, 404],
    "batches.archive_file":         [302, 404, 404, 200, 404, 200, 404, 404],
    "batches.batch":                [302, 404, 404, 200, 404, 200, 404, 404],
    "calibration.result":           [302, 404, 404, 200, 200, 404, 404, 404],
    "calibration.score":            [302, 404, 404, 200, 200, 404, 404, 404],
    "certificates.certificate":     [302, 404, 404, 200, 404, 200, 404, 404],
    "certificates.eligible":        [302, 404, 404, 200, 200, 200, 404, 404],
    "certificates.pdf":             [302, 200, 404, 200, 404, 200, 404, 404],
    "certificates.registry":        [302, 404, 404, 200, 200, 200, 200, 200],
    "certificates.remaining":       [302, 200, 404, 200, 404, 200, 404, 404],
    "certificates.replace":         [302, 404, 404, 404, 404, 200, 404, 404],
    "certificates.revoke":          [302, 404, 404, 404, 404, 200, 404, 404],
    "certificates.workbook":        [302, 404, 404, 200, 200, 200, 404, 404],
    "certificates.verify":          [200, 200, 200, 200, 200, 200, 200, 200],
    "certificates.verify_form":     [200, 200, 200, 200, 200, 200, 200, 200],
    "cohorts.calendar":             [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.cohort":               [302, 404, 404, 200, 404, 200, 404, 404],
    "cohorts.copy":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.copy_dates":           [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.create":               [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.edit":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.end":                  [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.index":                [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.open":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.preview":              [302, 404, 404, 404, 404, 302, 404, 404],
    "cohorts.tutors":               [302, 404, 404, 404, 404, 200, 404, 404],
    "deferrals.ask":                [302, 200, 404, 404, 404, 403, 404, 404],
    "deferrals.deferral":           [302, 404, 404, 200, 404, 200, 404, 404],
    "deferrals.index":              [302, 404, 404, 200, 200, 200, 404, 404],
    "diagnostics.cohort":           [302, 404, 404, 404, 404, 200, 200, 200],
    "diagnostics.index":            [302, 200, 200, 200, 200, 200, 200, 200],
    "diagnostics.sitting":          [302, 200, 404, 404, 404, 404, 404, 404],
    "diagnostics.workbook":         [302, 404, 404, 404, 404, 200, 200, 200],
    "drafts.edit":                  [302, 200, 404, 404, 404, 403, 404, 404],
    "drafts.file":                  [302, 200, 404, 404, 404, 403, 404, 404],
    "drafts.history":               [302, 200, 404, 404, 404, 403, 404, 404],
    "drafts.picture":               [302, 200, 404, 404, 404, 403, 404, 404],
    "drafts.preview":               [302, 200, 404, 404, 404, 403, 404, 404],
    "editing.pending":              [302, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.check":            [302, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.match":            [302, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.refused":          [302, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.sample":           [302, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.upload":           [302, 404, 404, 404, 404, 200, 404, 404],
    "holders.mine":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "holders.picture":              [302, 200, 404, 200, 404, 200, 404, 404],
    "home.front":                   [200, 200, 200, 200, 200, 200, 200, 200],
    "home.robots":                  [200, 200, 200, 200, 200, 200, 200, 200],
    "home.start":                   [302, 200, 200, 200, 200, 200, 200, 200],
    "indicators.choice":            [302, 404, 404, 404, 404, 200, 404, 404],
    "indicators.decide":            [302, 404, 404, 404, 404, 200, 200, 404],
    "indicators.file":              [302, 200, 404, 404, 404, 200, 200, 404],
    "indicators.index":             [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.indicator":         [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.mine":              [302, 302, 302, 404, 404, 404, 404, 404],
    "indicators.reword":            [302, 404, 404, 404, 404, 200, 404, 404],
    "indicators.school":            [302, 200, 404, 404, 404, 200, 200, 404],
    "indicators.school_target":     [302, 404, 404, 404, 404, 200, 200, 404],
    "indicators.school_word":       [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.school_workbook":   [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.target":            [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.word":              [302, 404, 404, 404, 404, 200, 200, 200],
    "indicators.workbook":          [302, 404, 404, 404, 404, 200, 200, 200],
    "invitations.invite":           [302, 403, 404, 200, 404, 200, 403, 404],
    "invitations.join":             [200, 200, 200, 200, 200, 200, 200, 200],
    "invitations.qr":               [302, 403, 404, 200, 404, 200, 403, 404],
    "invitations.sheet":            [302, 403, 404, 200, 404, 200, 403, 404],
    "letters.index":                [302, 200, 200, 200, 200, 200, 200, 200],
    "letters.switch_off":           [200, 200, 200, 200, 200, 200, 200, 200],
    "outbox.index":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "mailings.index":               [302, 404, 404, 200, 404, 200, 200, 200],
    "mailings.mailing":             [302, 404, 404, 200, 404, 200, 404, 404],
    "mailings.write":               [302, 404, 404, 200, 404, 200, 200, 200],
    "members.leave":                [302, 200, 404, 403, 404, 403, 403, 404],
    "members.position":             [302, 200, 404, 200, 404, 200, 403, 404],
    "pairs.add_event":             [302, 200, 200, 404, 404, 403, 403, 403],
    "pairs.change_event":          [302, 200, 200, 404, 404, 403, 403, 403],
    "pairs.create":                [302, 404, 404, 404, 404, 200, 200, 200],
    "pairs.index":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "pairs.pair":                  [302, 200, 200, 404, 404, 200, 200, 200],
    "pairs.word":                  [302, 200, 200, 404, 404, 200, 200, 200],
    "pairs.workbook":              [302, 200, 200, 404, 404, 200, 200, 200],
    "mentors.ask":                 [302, 200, 200, 404, 404, 404, 404, 404],
    "mentors.ask_coordinator":     [302, 200, 200, 404, 404, 404, 404, 404],
    "mentors.index":               [302, 200, 200, 200, 200, 200, 200, 200],
    "mentors.me":                  [302, 200, 200, 404, 404, 404, 404, 404],
    "mentors.meeting_event":       [302, 200, 200, 404, 404, 403, 403, 404],
    "mentors.request":             [302, 200, 200, 404, 404, 200, 200, 404],
    "mentors.requests":            [302, 200, 200, 200, 200, 200, 200, 200],
    "modules.guide":                [302, 404, 404, 200, 200, 200, 404, 404],
    "modules.index":                [302, 200, 200, 200, 200, 200, 200, 200],
    "modules.media":                [302, 200, 200, 200, 200, 200, 200, 200],
    "modules.read":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "newcomers.index":             [302, 404, 404, 404, 404, 200, 404, 404],
    "newcomers.join":              [200, 200, 200, 200, 200, 200, 200, 200],
    "plans.add_action":             [302, 307, 404, 403, 404, 403, 403, 404],
    "plans.change_action":          [302, 307, 404, 403, 404, 403, 403, 404],
    "plans.mine":                   [302, 302, 302, 404, 404, 404, 404, 404],
    "plans.paragraph":              [302, 200, 404, 403, 404, 403, 403, 404],
    "plans.pdf":                    [302, 200, 404, 200, 404, 200, 200, 404],
    "plans.plan":                   [302, 200, 404, 200, 404, 200, 200, 404],
    "plans.word":                   [302, 200, 404, 200, 404, 200, 200, 404],
    "practices.edit":               [302, 403, 404, 404, 404, 403, 404, 404],
    "practices.index":              [200, 200, 200, 200, 200, 200, 200, 200],
    "practices.practice":           [200, 200, 200, 200, 200, 200, 200, 200],
    "practices.word":               [200, 200, 200, 200, 200, 200, 200, 200],
    "partners.add":                [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.agree":              [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.agreement":          [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.change":             [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.mine":               [302, 302, 302, 404, 404, 404, 404, 404],
    "partners.paper":              [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.partner":            [302, 200, 404, 404, 404, 200, 200, 404],
    "partners.register":           [302, 200, 404, 404, 404, 200, 200, 404],
    "partners.word":               [302, 200, 404, 404, 404, 200, 200, 404],
    "partners.workbook":           [302, 200, 404, 404, 404, 200, 200, 404],
    "partners.offers":             [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.upload":             [302, 200, 404, 404, 404, 403, 403, 404],
    "partners.merge":              [302, 200, 404, 404, 404, 403, 403, 404],
    "projects.add":                 [302, 200, 404, 403, 404, 403, 403, 404],
    "projects.change":              [302, 200, 404, 403, 404, 403, 403, 404],
    "projects.events":              [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.mine":                [302, 302, 302, 404, 404, 404, 404, 404],
    "projects.offers":              [302, 200, 404, 403, 404, 403, 403, 404],
    "projects.quarter":             [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.results":             [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.risks":               [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.schedule":            [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.snapshot":            [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.word":                [302, 200, 404, 200, 404, 200, 200, 404],
    "projects.workbook":            [302, 200, 404, 200, 404, 200, 200, 404],
    "progress.answers":             [302, 404, 404, 200, 404, 200, 404, 404],
    "progress.cohort":              [302, 404, 404, 200, 404, 200, 200, 200],
    "progress.index":               [302, 404, 404, 302, 200, 302, 302, 302],
    "progress.levels":              [302, 404, 404, 200, 404, 200, 404, 404],
    "progress.weeks":               [302, 404, 404, 200, 404, 200, 404, 404],
    "progress.workbook":            [302, 404, 404, 200, 404, 200, 200, 200],
    "readings.comparison":          [302, 404, 404, 200, 200, 200, 404, 404],
    "readings.index":               [302, 404, 404, 200, 200, 200, 404, 404],
    "readings.read":                [302, 404, 404, 200, 404, 404, 404, 404],
    "readings.rubric":              [302, 404, 404, 404, 404, 200, 404, 404],
    "reports.download":             [302, 404, 404, 404, 404, 200, 200, 404],
    "reports.edition":              [302, 404, 404, 404, 404, 200, 200, 404],
    "reports.index":                [302, 200, 200, 200, 200, 200, 200, 200],
    "reports.report":               [302, 404, 404, 404, 404, 200, 200, 404],
    "questions.ask":                [302, 200, 200, 403, 403, 403, 403, 403],
    "questions.index":              [302, 200, 200, 200, 200, 200, 200, 200],
    "questions.place":              [302, 200, 200, 200, 200, 200, 200, 200],
    "questions.question":           [302, 200, 404, 200, 404, 200, 404, 404],
    "questions.share":              [302, 404, 404, 200, 404, 200, 404, 404],
    "quizzes.result":               [302, 200, 404, 404, 404, 404, 404, 404],
    "quizzes.take":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "credits.excuse":               [302, 404, 404, 200, 404, 404, 404, 404],
    "handovers.everything":         [302, 404, 404, 200, 200, 404, 404, 404],
    "handovers.one":                [302, 404, 404, 200, 404, 404, 404, 404],
    "previews.file":                [302, 200, 404, 200, 404, 200, 404, 404],
    "previews.picture":             [302, 200, 404, 200, 404, 200, 404, 404],
    "remarks.edit":                 [302, 404, 404, 200, 404, 404, 404, 404],
    "remarks.index":                [302, 404, 404, 200, 200, 404, 404, 404],
    "reviews.desk":                 [302, 404, 404, 200, 404, 200, 404, 404],
    "reviews.queue":                [302, 404, 404, 200, 200, 200, 404, 404],
    "reviews.released":             [302, 404, 404, 200, 200, 200, 404, 404],
    "releases.changes":             [302, 200, 200, 200, 200, 200, 200, 200],
    "revisions.difference":         [302, 404, 404, 404, 404, 200, 404, 404],
    "revisions.edit":               [302, 404, 404, 404, 404, 200, 404, 404],
    "revisions.index":              [302, 404, 404, 404, 404, 200, 404, 404],
    "revisions.publish":            [302, 404, 404, 404, 404, 200, 404, 404],
    "revisions.preview":            [302, 404, 404, 404, 404, 200, 404, 404],
    "revisions.upload":             [302, 404, 404, 404, 404, 200, 404, 404],
    "settings.edit":                [302, 404, 404, 404, 404, 200, 404, 404],
    "settings.revision":            [302, 404, 404, 404, 404, 200, 404, 404],
    "settings.revisions":           [302, 404, 404, 404, 404, 200, 404, 404],
    "settings.signature":           [302, 404, 404, 404, 404, 200, 404, 404],
    "search.index":                 [302, 200, 200, 200, 200, 200, 200, 200],
    "submissions.attempt":          [302, 200, 404, 200, 404, 200, 404, 404],
    "submissions.attempt_file":     [302, 200, 404, 200, 404, 200, 404, 404],
    "submissions.work":             [302, 200, 404, 200, 404, 200, 404, 404],
    "surveys.answer":               [302, 200, 404, 404, 404, 404, 404, 404],
    "surveys.index":                [302, 404, 404, 404, 404, 200, 200, 200],
    "surveys.results":              [302, 404, 404, 404, 404, 200, 200, 200],
    "surveys.workbook":             [302, 404, 404, 404, 404, 200, 200, 200],
    "tasks.compare":                [302, 200, 404, 404, 404, 403, 404, 404],
    "threads.index":                [302, 404, 404, 200, 200, 200, 404, 404],
    "threads.thread":               [302, 200, 404, 200, 404, 200, 404, 404],
    "territories.create":           [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.edit":             [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.index":            [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.merge":            [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.move":             [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.territory":        [302, 404, 404, 404, 404, 200, 404, 404],
    "territories.unplaced":         [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.create":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.edit":                   [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.index":                  [302, 404, 404, 200, 200, 200, 200, 200],
    "teams.mine":                   [302, 302, 302, 200, 200, 200, 200, 200],
    "teams.school":                 [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.schools":                [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.table":                  [302, 404, 404, 404, 404, 200, 404, 404],
    "teams.team":                   [302, 200, 404, 200, 404, 200, 200, 404],
    "viewpoints.index":             [302, 404, 404, 404, 404, 200, 404, 404],
    "timesheets.index":             [302, 404, 404, 302, 302, 200, 404, 404],
    "timesheets.sheet":             [302, 404, 404, 200, 404, 200, 404, 404],
    "timesheets.word":              [302, 404, 404, 200, 404, 200, 404, 404],
    "timesheets.workbook":          [302, 404, 404, 200, 404, 200, 404, 404],
    "viewpoints.lesson":            [302, 404, 404, 404, 404, 200, 404, 404],
    "uploads.upload":               [302, 200, 404, 404, 404, 404, 404, 404],
}  # fmt: skip

# Who sends an empty form; who is let in gets the form back (200) or an answer.
#                                   guest, member, other, tutor, other_tutor, admin,
#                                   coordinator, other_coordinator
#                                   coordinator, other_coordinator
WRITE = {
    "accounts.sign_in":             [200, 302, 302, 302, 302, 302, 302, 302],
    "accounts.sign_out":            [302, 302, 302, 302, 302, 302, 302, 302],
    "accounts.sign_out_everywhere": [401, 302, 302, 302, 302, 302, 302, 302],
    "accounts.sign_out_browser":    [401, 302, 302, 302, 302, 302, 302, 302],
    "accounts.forgot":              [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.reset":               [200, 200, 200, 200, 200, 200, 200, 200],
    "accounts.consent":             [401, 302, 302, 302, 302, 302, 302, 302],
    "accounts.profile":             [401, 200, 200, 200, 200, 200, 200, 200],
    "accounts.change_password":     [401, 200, 200, 200, 200, 200, 200, 200],
    "addresses.change":             [401, 200, 200, 200, 200, 200, 200, 200],
    "addresses.come_back":          [200, 200, 200, 200, 200, 200, 200, 200],
    "addresses.confirm":            [302, 302, 302, 302, 302, 302, 302, 302],
    "people.close":                 [401, 404, 404, 404, 404, 302, 404, 404],
    "people.create":                [401, 404, 404, 404, 404, 200, 404, 404],
    "people.edit":                  [401, 404, 404, 404, 404, 200, 404, 404],
    "people.person":                [401, 404, 404, 404, 404, 302, 404, 404],
    "people.reopen":                [401, 404, 404, 404, 404, 302, 404, 404],
    "people.reset_factor":          [401, 404, 404, 404, 404, 409, 404, 404],
    "people.send_password_link":    [401, 404, 404, 404, 404, 302, 404, 404],
    "people.way_back":              [401, 404, 404, 404, 404, 200, 404, 404],
    "agenda.cancel_meeting":        [401, 404, 404, 302, 404, 302, 404, 404],
    "agenda.create_meeting":        [401, 404, 404, 200, 200, 200, 404, 404],
    "agenda.edit_meeting":          [401, 404, 404, 200, 404, 200, 404, 404],
    "agenda.give_address":          [401, 302, 302, 302, 302, 302, 302, 302],
    "agenda.give_team_address":     [401, 302, 404, 302, 404, 302, 403, 404],
    "agenda.replace_address":       [401, 302, 302, 302, 302, 302, 302, 302],
    "agenda.replace_team_address":  [401, 403, 404, 302, 404, 302, 403, 404],
    "meetings.add_file":            [401, 404, 404, 200, 404, 200, 404, 404],
    "meetings.answer":              [401, 400, 404, 403, 404, 403, 403, 404],
    "meetings.upload":              [401, 404, 404, 200, 404, 200, 404, 404],
    "meetings.check":               [401, 404, 404, 200, 404, 200, 404, 404],
    "meetings.discard":             [401, 404, 404, 302, 404, 302, 404, 404],
    "meetings.attendance":          [401, 404, 404, 200, 404, 200, 200, 404],
    "meetings.remove_file":         [401, 404, 404, 302, 404, 302, 404, 404],
    "meetings.summary":             [401, 404, 404, 200, 404, 200, 404, 404],
    "meetings.lost":                [401, 409, 404, 403, 404, 403, 403, 404],
    "meetings.watch":               [401, 409, 404, 403, 404, 403, 403, 404],
    "announcements.create":         [401, 404, 404, 200, 200, 200, 404, 404],
    "announcements.edit":           [401, 404, 404, 200, 404, 200, 404, 404],
    "announcements.read":           [401, 302, 404, 302, 404, 302, 404, 404],
    "announcements.withdraw":       [401, 404, 404, 302, 404, 302, 404, 404],
    "batches.make_archive":         [401, 404, 404, 302, 404, 302, 404, 404],
    "calibration.score":            [401, 404, 404, 422, 422, 404, 404, 404],
    "appeals.appeal":               [401, 404, 404, 403, 404, 200, 404, 404],
    "appeals.ask":                  [401, 200, 404, 403, 404, 403, 404, 404],
    "certificates.issue":           [401, 404, 404, 302, 404, 302, 404, 404],
    "certificates.issue_cohort":    [401, 404, 404, 302, 404, 302, 404, 404],
    "certificates.issue_team":      [401, 404, 404, 302, 404, 302, 404, 404],
    "certificates.replace":         [401, 404, 404, 404, 404, 200, 404, 404],
    "certificates.revoke":          [401, 404, 404, 404, 404, 200, 404, 404],
    "checklists.tick":              [401, 302, 404, 403, 404, 403, 404, 404],
    "checklists.untick":            [401, 302, 404, 403, 404, 403, 404, 404],
    "cohorts.calendar":             [401, 404, 404, 404, 404, 302, 404, 404],
    "cohorts.calendar_past_holidays": [401, 404, 404, 404, 404, 200, 404, 404],
    "digest.choose":                [401, 403, 404, 403, 404, 403, 403, 404],
    "factors.begin":                [401, 404, 404, 302, 302, 302, 302, 302],
    "factors.create":               [401, 404, 404, 200, 302, 302, 302, 302],
    "factors.enter":                [302, 302, 302, 302, 302, 302, 302, 302],
    "factors.remove":               [401, 404, 404, 302, 302, 302, 302, 302],
    "factors.renew":                [401, 404, 404, 302, 302, 302, 302, 302],
    "cohorts.close":                [401, 404, 404, 404, 404, 302, 404, 404],
    "cohorts.copy":                 [401, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.create":               [401, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.edit":                 [401, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.open":                 [401, 404, 404, 404, 404, 200, 404, 404],
    "cohorts.reopen":               [401, 404, 404, 404, 404, 409, 404, 404],
    "cohorts.tutors":               [401, 404, 404, 404, 404, 302, 404, 404],
    "deferrals.ask":                [401, 200, 404, 404, 404, 403, 404, 404],
    "deferrals.decline":            [401, 404, 404, 409, 404, 404, 404, 404],
    "deferrals.grant":              [401, 404, 404, 422, 404, 404, 404, 404],
    "deferrals.withdraw":           [401, 302, 404, 404, 404, 403, 404, 404],
    "diagnostics.begin":            [401, 302, 409, 404, 404, 404, 404, 404],
    "diagnostics.finish":           [401, 302, 404, 404, 404, 404, 404, 404],
    "diagnostics.save":             [401, 409, 404, 404, 404, 404, 404, 404],
    "drafts.add_file":              [401, 302, 404, 404, 404, 403, 404, 404],
    "drafts.preview":               [401, 302, 404, 404, 404, 403, 404, 404],
    "editing.attach":               [401, 404, 404, 404, 404, 400, 404, 404],
    "editing.preview":              [401, 404, 404, 404, 404, 200, 404, 404],
    "drafts.remove_file":           [401, 302, 404, 404, 404, 403, 404, 404],
    "drafts.restore":               [401, 404, 404, 404, 404, 403, 404, 404],
    "drafts.save":                  [401, 302, 404, 404, 404, 403, 404, 404],
    "drafts.save_field":            [401, 200, 404, 404, 404, 403, 404, 404],
    "drafts.send":                  [401, 422, 404, 404, 404, 403, 404, 404],
    "drafts.settle":                [401, 400, 404, 404, 404, 403, 404, 404],
    "enrolments.check":            [401, 404, 404, 404, 404, 200, 404, 404],
    "enrolments.discard":          [401, 404, 404, 404, 404, 302, 404, 404],
    "enrolments.match":            [401, 404, 404, 404, 404, 302, 404, 404],
    "enrolments.schools":          [401, 404, 404, 404, 404, 302, 404, 404],
    "enrolments.upload":           [401, 404, 404, 404, 404, 200, 404, 404],
    "indicators.accept":            [401, 404, 404, 404, 404, 302, 302, 404],
    "indicators.begin":             [401, 404, 404, 404, 404, 302, 404, 404],
    "indicators.decide":            [401, 404, 404, 404, 404, 200, 200, 404],
    "indicators.end":               [401, 404, 404, 404, 404, 302, 404, 404],
    "indicators.reword":            [401, 404, 404, 404, 404, 200, 404, 404],
    "indicators.school":            [401, 403, 404, 404, 404, 302, 302, 404],
    "indicators.school_target":     [401, 404, 404, 404, 404, 302, 302, 404],
    "indicators.target":            [401, 404, 404, 404, 404, 302, 302, 302],
    "invitations.enter":            [401, 200, 200, 200, 200, 200, 200, 200],
    "invitations.invite":           [401, 403, 404, 200, 404, 200, 403, 404],
    "invitations.join":             [200, 200, 200, 200, 200, 200, 200, 200],
    "invitations.replace":          [401, 403, 404, 302, 404, 302, 403, 404],
    "invitations.withdraw":         [401, 403, 404, 302, 404, 302, 403, 404],
    "letters.index":                [401, 302, 302, 302, 302, 302, 302, 302],
    "letters.switch_off":           [200, 200, 200, 200, 200, 200, 200, 200],
    "outbox.again":                 [401, 404, 404, 404, 404, 302, 404, 404],
    "outbox.all_again":             [401, 404, 404, 404, 404, 302, 404, 404],
    "mailings.remind":              [401, 403, 404, 403, 404, 403, 403, 404],
    "mailings.write":               [401, 404, 404, 200, 404, 200, 200, 200],
    "members.choose":               [401, 302, 404, 403, 404, 403, 403, 404],
    "members.bring_back":           [401, 403, 404, 409, 404, 409, 403, 404],
    "members.leave":                [401, 302, 404, 403, 404, 403, 403, 404],
    "members.make_captain":         [401, 403, 404, 302, 404, 302, 403, 404],
    "members.position":             [401, 200, 404, 200, 404, 200, 403, 404],
    "members.remove":               [401, 403, 404, 302, 404, 302, 403, 404],
    "pairs.add_event":             [401, 200, 200, 404, 404, 403, 403, 403],
    "pairs.change_event":          [401, 200, 200, 404, 404, 403, 403, 403],
    "pairs.close":                 [401, 403, 403, 404, 404, 302, 302, 302],
    "pairs.create":                [401, 404, 404, 404, 404, 200, 200, 200],
    "pairs.remove_event":          [401, 302, 302, 404, 404, 403, 403, 403],
    "mentors.accept":              [401, 403, 200, 404, 404, 403, 403, 404],
    "mentors.arrange":             [401, 200, 200, 404, 404, 403, 403, 404],
    "mentors.ask":                 [401, 200, 200, 404, 404, 404, 404, 404],
    "mentors.ask_coordinator":     [401, 200, 200, 404, 404, 404, 404, 404],
    "mentors.decline":             [401, 403, 200, 404, 404, 403, 403, 404],
    "mentors.hand_over":           [401, 403, 403, 404, 404, 200, 200, 404],
    "mentors.leave_to_coordinator":[401, 409, 403, 404, 404, 403, 403, 404],
    "mentors.me":                  [401, 200, 200, 404, 404, 404, 404, 404],
    "mentors.pause":               [401, 404, 302, 404, 404, 404, 404, 404],
    "mentors.renew":               [401, 404, 302, 404, 404, 404, 404, 404],
    "mentors.result":              [401, 200, 200, 404, 404, 403, 403, 404],
    "mentors.resume":              [401, 404, 302, 404, 404, 404, 404, 404],
    "mentors.stop":                [401, 404, 302, 404, 404, 404, 404, 404],
    "mentors.take_back":           [401, 302, 403, 404, 404, 403, 403, 404],
    "modules.mark_read":            [401, 302, 302, 302, 302, 302, 302, 302],
    "newcomers.enter":             [401, 409, 409, 409, 409, 409, 409, 409],
    "newcomers.join":              [200, 200, 200, 200, 200, 200, 200, 200],
    "newcomers.remind":            [401, 403, 404, 302, 404, 302, 403, 404],
    "newcomers.send_again":        [401, 404, 404, 404, 404, 302, 404, 404],
    "newcomers.send_one_again":    [401, 404, 404, 404, 404, 302, 404, 404],
    "newcomers.withdraw":          [401, 404, 404, 404, 404, 302, 404, 404],
    "plans.add_action":             [401, 307, 404, 403, 404, 403, 403, 404],
    "plans.change_action":          [401, 307, 404, 403, 404, 403, 403, 404],
    "plans.paragraph":              [401, 200, 404, 403, 404, 403, 403, 404],
    "plans.remove_action":          [401, 307, 404, 403, 404, 403, 403, 404],
    "plans.restore":                [401, 302, 404, 403, 404, 403, 403, 404],
    "partners.add":                [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.add_paper":          [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.agree":              [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.agreement":          [401, 302, 404, 404, 404, 403, 403, 404],
    "partners.change":             [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.close":              [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.remove_agreement":   [401, 302, 404, 404, 404, 403, 403, 404],
    "partners.remove_paper":       [401, 302, 404, 404, 404, 403, 403, 404],
    "partners.reopen":             [401, 302, 404, 404, 404, 403, 403, 404],
    "partners.offers":             [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.upload":             [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.add_list":           [401, 400, 404, 404, 404, 403, 403, 404],
    "partners.merge":              [401, 200, 404, 404, 404, 403, 403, 404],
    "partners.part":               [401, 302, 404, 404, 404, 403, 403, 404],
    "presence.tell":                [401, 200, 404, 404, 404, 403, 404, 404],
    "reports.close":                [401, 404, 404, 404, 404, 302, 302, 404],
    "reports.report":               [401, 404, 404, 404, 404, 302, 302, 404],
    "reports.settle":               [401, 404, 404, 404, 404, 302, 302, 404],
    "practices.answer":             [401, 200, 200, 200, 200, 200, 200, 200],
    "practices.ask":                [401, 403, 404, 404, 404, 403, 404, 404],
    "practices.edit":               [401, 403, 404, 404, 404, 403, 404, 404],
    "practices.give_back":          [401, 404, 404, 404, 200, 200, 404, 404],
    "practices.offer":              [401, 403, 404, 403, 404, 403, 404, 404],
    "practices.publish":            [401, 404, 404, 404, 200, 200, 404, 404],
    "practices.question":           [401, 200, 200, 200, 200, 200, 200, 200],
    "practices.reply":              [401, 200, 403, 403, 403, 403, 403, 403],
    "practices.school":             [401, 302, 302, 403, 403, 403, 403, 403],
    "practices.take":               [401, 200, 302, 404, 404, 404, 404, 404],
    "practices.withdraw":           [401, 403, 404, 404, 404, 403, 404, 404],
    "practices.words":              [401, 403, 404, 404, 404, 403, 404, 404],
    "projects.add":                 [401, 200, 404, 403, 404, 403, 403, 404],
    "projects.change":              [401, 200, 404, 403, 404, 403, 403, 404],
    "projects.close":               [401, 302, 404, 403, 404, 403, 403, 404],
    "projects.comment":             [401, 200, 404, 200, 404, 200, 200, 404],
    "projects.offers":              [401, 200, 404, 403, 404, 403, 403, 404],
    "projects.remove":              [401, 302, 404, 403, 404, 403, 403, 404],
    "projects.settle":              [401, 400, 404, 403, 404, 403, 403, 404],
    "questions.ask":                [401, 200, 200, 403, 403, 403, 403, 403],
    "questions.question":           [401, 403, 404, 200, 404, 200, 404, 404],
    "questions.share":              [401, 404, 404, 200, 404, 200, 404, 404],
    "questions.withdraw_shared":    [401, 404, 404, 302, 404, 302, 404, 404],
    "quizzes.take":                 [401, 200, 200, 200, 200, 200, 200, 200],
    "readings.read":                [401, 404, 404, 422, 404, 404, 404, 404],
    "readings.settle":              [401, 404, 404, 403, 403, 422, 404, 404],
    "readings.rubric":              [401, 404, 404, 404, 404, 302, 404, 404],
    "revisions.edit":               [401, 404, 404, 404, 404, 200, 404, 404],
    "credits.excuse":               [401, 404, 404, 200, 404, 404, 404, 404],
    "filters.drop":                 [401, 404, 404, 302, 404, 404, 404, 404],
    "filters.keep":                 [401, 404, 404, 302, 302, 302, 404, 404],
    "handovers.everything":         [401, 404, 404, 200, 200, 404, 404, 404],
    "handovers.one":                [401, 404, 404, 200, 404, 404, 404, 404],
    "handovers.take_over":          [401, 404, 404, 403, 404, 404, 404, 404],
    "remarks.delete":               [401, 404, 404, 302, 404, 404, 404, 404],
    "remarks.edit":                 [401, 404, 404, 200, 404, 404, 404, 404],
    "reviews.cancel":               [401, 404, 404, 302, 404, 404, 404, 404],
    "reviews.drop_note":            [401, 404, 404, 302, 404, 404, 404, 404],
    "reviews.insert":               [401, 404, 404, 302, 404, 404, 404, 404],
    "reviews.keep":                 [401, 404, 404, 409, 404, 404, 404, 404],
    "reviews.let_go":               [401, 404, 404, 409, 404, 404, 404, 404],
    "reviews.next":                 [401, 404, 404, 302, 302, 404, 404, 404],
    "reviews.release":              [401, 404, 404, 422, 404, 404, 404, 404],
    "reviews.save":                 [401, 404, 404, 302, 404, 404, 404, 404],
    "reviews.take":                 [401, 404, 404, 302, 404, 404, 404, 404],
    "releases.cancel":              [401, 404, 404, 404, 404, 302, 404, 404],
    "releases.seen":                [401, 302, 302, 302, 302, 302, 302, 302],
    "revisions.publish":            [401, 404, 404, 404, 404, 302, 404, 404],
    "revisions.upload":             [401, 404, 404, 404, 404, 200, 404, 404],
    "revisions.withdraw":           [401, 404, 404, 404, 404, 302, 404, 404],
    "settings.edit":                [401, 404, 404, 404, 404, 200, 404, 404],
    "settings.restore":             [401, 404, 404, 404, 404, 409, 404, 404],
    "settings.test_letter":         [401, 404, 404, 404, 404, 302, 404, 404],
    "submissions.withdraw":         [401, 409, 404, 404, 404, 403, 404, 404],
    "submissions.start":            [401, 302, 302, 404, 404, 404, 404, 404],
    "surveys.answer":               [401, 200, 404, 404, 404, 404, 404, 404],
    "tasks.switch":                 [401, 409, 404, 404, 404, 403, 404, 404],
    "threads.mark_seen":            [401, 302, 404, 302, 404, 302, 404, 404],
    "threads.settle":               [401, 404, 404, 302, 404, 302, 404, 404],
    "threads.write":                [401, 200, 404, 200, 404, 200, 404, 404],
    "territories.create":           [401, 404, 404, 404, 404, 200, 404, 404],
    "territories.edit":             [401, 404, 404, 404, 404, 302, 404, 404],
    "territories.give":             [401, 404, 404, 404, 404, 302, 404, 404],
    "territories.merge":            [401, 404, 404, 404, 404, 200, 404, 404],
    "territories.move":             [401, 404, 404, 404, 404, 302, 404, 404],
    "territories.take":             [401, 404, 404, 404, 404, 302, 404, 404],
    "teams.create":                 [401, 404, 404, 404, 404, 200, 404, 404],
    "teams.edit":                   [401, 404, 404, 404, 404, 302, 404, 404],
    "teams.table":                  [401, 404, 404, 404, 404, 200, 404, 404],
    "teams.school":                 [401, 404, 404, 404, 404, 302, 404, 404],
    "uploads.append":               [401, 409, 404, 404, 404, 404, 404, 404],
    "uploads.begin":                [401, 409, 404, 404, 404, 403, 404, 404],
    "uploads.finish":               [401, 409, 404, 404, 404, 404, 404, 404],
}  # fmt: skip

REFUSALS = {401, 403, 404}


def column(table, name):
    """Return what one of `PEOPLE` is answered, by endpoint."""
    return {page: answers[PEOPLE.index(name)] for page, answers in table.items()}


ALLOWED = [
    (page, name, status)
    for name in PEOPLE
    for page, status in column(WRITE, name).items()
    if status not in REFUSALS
]


@pytest.fixture
def database_url(one_database):
    return one_database


@pytest.fixture
def url_of(app, places):
    """Return a function that gives the address of an endpoint."""

    def build(endpoint):
        values = places | places.get(endpoint, {})
        rule = next(app.url_map.iter_rules(endpoint))
        with app.test_request_context():
            return app.url_for(endpoint, **{n: values[n] for n in rule.arguments})

    return build


def endpoints(app, method):
    """Return the endpoints that answer to a method."""
    return {
        rule.endpoint for rule in app.url_map.iter_rules() if method in rule.methods
    }


@pytest.mark.parametrize(("method", "table"), [("GET", READ), ("POST", WRITE)])
def test_every_page_is_listed(app, method, table):
    assert endpoints(app, method) == set(table)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_a_person_may_read(url_of, browser_of, name):
    browser = browser_of(name)

    answers = {}
    for page in READ:
        with browser.get(url_of(page)) as response:
            answers[page] = response.status_code

    assert answers == column(READ, name)


@pytest.mark.parametrize("is_shown", [True, False])
def test_person_of_two_cohorts_reads_what_each_team_reads(
    app, url_of, browser_of, copy, is_shown
):
    join_another_cohort(copy.emails["member"], is_shown=is_shown)
    browser = browser_of("member")

    answers = {}
    for page in READ:
        with browser.get(url_of(page)) as response:
            answers[page] = response.status_code

    assert answers == column(READ, "member")


@pytest.mark.parametrize(("is_shown", "hidden"), [(True, "Опора"), (False, "№ 7")])
def test_pages_of_no_team_in_particular_show_the_chosen_one_alone(
    app, url_of, browser_of, copy, is_shown, hidden
):
    join_another_cohort(copy.emails["member"], is_shown=is_shown)
    browser = browser_of("member")
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}

    mixed = set()
    for page in (page for page in READ if not rules[page].arguments):
        with browser.get(url_of(page)) as response:
            is_page = response.mimetype == "text/html"
            main = response.text.partition("<main")[2] if is_page else ""
        mixed |= {page} if hidden in main.partition("</main")[0] else set()

    # Schools are reported of, in however many cohorts they are.
    assert mixed <= {"reports.index"}


def test_person_of_two_cohorts_writes_no_more_than_each_team(
    app, url_of, browser_of, copy
):
    refused = {p: s for p, s in column(WRITE, "member").items() if s in REFUSALS}
    browser = browser_of("member")
    join_another_cohort(copy.emails["member"], is_shown=True)

    answers = {page: browser.post(url_of(page)).status_code for page in refused}

    assert answers == refused


# Mail programs press the button of a letter; its address holds the secret.
NEED_NO_TOKEN = {"letters.switch_off"}


def test_nothing_is_sent_from_another_site(app, url_of, browser_of):
    browser = browser_of("admin")
    app.config["WTF_CSRF_ENABLED"] = True

    answers = {page: browser.post(url_of(page)).status_code for page in WRITE}

    assert {page for page in answers if answers[page] != 400} == NEED_NO_TOKEN


# The same for everybody, or a picture of a lesson: kept by its hash.
MAY_BE_KEPT = {"static", "modules.media"}
# Small copies of pictures on a page, kept as the page is.
PARTS_OF_PAGES = {"drafts.picture", "previews.picture"}
# Kept no more than a file while it shows a secret.
SECRET = {"factors.create"}


@pytest.mark.parametrize("name", ["member", "tutor", "admin"])
def test_what_is_no_page_stays_in_no_browser(url_of, browser_of, name):
    browser = browser_of(name)

    kept = set()
    for page in READ:
        with browser.get(url_of(page)) as response:
            is_page = response.mimetype == "text/html"
            if response.headers["Cache-Control"] not in {
                "private, no-cache" if is_page else "private, no-store",
            }:
                kept.add(page)

    assert kept - SECRET - PARTS_OF_PAGES == MAY_BE_KEPT


# A work and the files of it, which other pages show in frames.
HAVE_FRAMES = {"reviews.desk", "readings.read"}


def test_pages_with_frames_alone_may_have_them(url_of, browser_of):
    browser, other = browser_of("tutor"), browser_of("admin")

    may = set()
    for page in READ:
        for one in (browser, other):
            with one.get(url_of(page)) as response:
                policy = response.headers.get("Content-Security-Policy", "")
                may |= {page} if "frame-src 'self'" in policy else set()

    assert may == HAVE_FRAMES


# That somebody has read, so that it is new to them no more.
IS_READ = ("INSERT INTO glance", "UPDATE membership SET news_seen_at")


@pytest.mark.parametrize("name", PEOPLE)
def test_reading_changes_nothing(url_of, browser_of, count_statements, name):
    browser = browser_of(name)

    with count_statements() as statements:
        for page in READ:
            browser.get(url_of(page)).close()

    reads = ("SELECT", "WITH", "PRAGMA main.table_info", *IS_READ)
    assert [sql for sql in statements if not sql.startswith(reads)] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_what_a_person_may_not_write(url_of, browser_of, name):
    refused = {p: s for p, s in column(WRITE, name).items() if s in REFUSALS}
    browser = browser_of(name)

    answers = {page: browser.post(url_of(page)).status_code for page in refused}

    assert answers == refused


@pytest.mark.parametrize(("page", "name", "status"), ALLOWED)
def test_what_a_person_may_write(url_of, browser_of, page, name, status):
    assert browser_of(name).post(url_of(page)).status_code == status
