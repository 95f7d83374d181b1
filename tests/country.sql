-- A country of school teams out of the demonstration: cohorts :first to :last, a hundred
-- teams of ten people in each, nine works of a team, ten versions of a work. Every tenth
-- cohort is under way, the others have their certificates, but for one team in five
-- hundred whose people wait for theirs. Ids follow from the numbers of cohort, team,
-- person, work and version, so that no statement has to look them up.

CREATE TEMP TABLE c ON COMMIT DROP AS
SELECT n, n % 10 = 1 AS running, 1000 + n AS id
FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n;

CREATE TEMP TABLE t ON COMMIT DROP AS
SELECT c.n AS c, c.running, c.id AS cohort_id, (c.n - 1) * 100 + k AS n,
       10000 + (c.n - 1) * 100 + k AS id, 9000000 + c.n * 2 + k % 2 AS tutor_id
FROM c, generate_series(1, 100) AS k;

CREATE TEMP TABLE w ON COMMIT DROP AS
SELECT t.*, m.id AS module_id, m.position AS k, 100000 + (t.n - 1) * 9 + m.position AS work_id,
       m.current_revision_id AS revision_id,
       CASE WHEN NOT running OR m.position < 7 THEN 'ACCEPTED'
            WHEN m.position > 7 THEN 'DRAFT'
            ELSE (ARRAY['WAITING', 'RETURNED', 'ACCEPTED'])[1 + t.n % 3] END AS status,
       now() - CASE WHEN running THEN interval '1 day' ELSE interval '300 days' END
             - (t.n % 97) * interval '1 hour' - (9 - m.position) * interval '20 days' AS sent_at
FROM t, module AS m WHERE m.position BETWEEN 1 AND 9;

INSERT INTO cohort
SELECT (jsonb_populate_record(old, jsonb_build_object('id', c.id, 'name', 'Округ ' || c.n))).*
FROM c, cohort AS old
WHERE old.id = (SELECT min(id) FROM cohort WHERE calendar = 'two_years' AND rule IS NOT NULL);

INSERT INTO calendar_row (cohort_id, module_id, position, opens_on, due_on)
SELECT c.id, r.module_id, r.position,
       r.opens_on - CASE WHEN running THEN 240 ELSE 900 END,
       r.due_on - CASE WHEN running THEN 240 ELSE 900 END
FROM c, calendar_row AS r
WHERE r.cohort_id = (SELECT min(id) FROM cohort WHERE calendar = 'two_years' AND rule IS NOT NULL);

INSERT INTO "user" (id, email, full_name, password_hash, roles, timezone, consent_version, created_at)
SELECT 9000000 + c.n * 2 + k, format('tutor%s-%s@country.example', c.n, k),
       format('Тьюторова %s Округовна %s', c.n, k), '-', 'TUTOR', 'Europe/Moscow',
       (SELECT version FROM consent_document ORDER BY id DESC LIMIT 1), now()
FROM c, generate_series(0, 1) AS k;

INSERT INTO cohort_tutor (cohort_id, user_id)
SELECT c.id, 9000000 + c.n * 2 + k FROM c, generate_series(0, 1) AS k
UNION ALL SELECT c.id, u.id FROM c, "user" AS u WHERE u.email = 'tutor2@example.org';

INSERT INTO school (id, name, municipality, region)
SELECT id, 'Школа № ' || n, 'Округ ' || c, 'Область ' || (c % 89) FROM t;

INSERT INTO team (id, school_id, cohort_id, name, tutor_id)
SELECT id, id, cohort_id, 'Команда ' || n, tutor_id FROM t;

INSERT INTO "user" (id, email, full_name, password_hash, roles, timezone, consent_version, created_at)
SELECT 1000000 + (t.n - 1) * 10 + p, format('p%s.%s@school%s.example', t.n, p, t.n),
       (ARRAY['Седова', 'Орлова', 'Громова', 'Лях', 'Ёлкина', 'Зуева', 'Белых', 'Панина', 'Жукова', 'Сомова', 'Рогова'])[1 + (t.n * 7 + p) % 11]
       || (ARRAY[' Анна', ' Вера', ' Яна', ' Ольга', ' Мария', ' Нина', ' Дарья'])[1 + (t.n + p * 3) % 7]
       || (ARRAY[' Ивановна', ' Петровна', ' Олеговна', ' Игоревна', ' Львовна'])[1 + (t.n * 3 + p) % 5],
       '-', '', 'Europe/Moscow', (SELECT version FROM consent_document ORDER BY id DESC LIMIT 1), now()
FROM t, generate_series(1, 10) AS p;

INSERT INTO membership (id, user_id, team_id, cohort_id, position, is_captain, joined_at, chosen_at)
SELECT 1000000 + (t.n - 1) * 10 + p, 1000000 + (t.n - 1) * 10 + p, t.id, t.cohort_id, 'TEACHER', p = 1,
       now() - interval '400 days', now() - interval '400 days'
FROM t, generate_series(1, 10) AS p;

INSERT INTO submission (id, cohort_id, module_id, team_id, status, due_on, sent_at, created_at)
SELECT work_id, cohort_id, module_id, id, status, CAST(sent_at AS date),
       CASE WHEN status <> 'DRAFT' THEN sent_at END, sent_at - interval '30 days'
FROM w;

CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT DISTINCT ON (revision_id) revision_id, fields -> 0 ->> 'key' AS key, fields -> 0 ->> 'label' AS label
FROM attempt WHERE id < 100000 ORDER BY revision_id, id;

INSERT INTO attempt (id, submission_id, number, revision_id, fields, sent_by_id, sent_at)
SELECT w.work_id * 10 + a, w.work_id, a, w.revision_id, json_build_array(json_build_object(
         'key', said.key, 'label', said.label, 'text', 'Версия ' || a || ' команды ' || w.n,
         'html', '<p>Версия ' || a || ' команды ' || w.n || '</p>')),
       1000000 + (w.n - 1) * 10 + 1, w.sent_at - (10 - a) * interval '2 days'
FROM w, said, generate_series(1, 10) AS a
WHERE said.revision_id = w.revision_id AND w.status <> 'DRAFT';

INSERT INTO review (id, attempt_id, tutor_id, verdict, levels, notes, points, summary, released_at)
SELECT work_id * 10 + 10, work_id * 10 + 10, tutor_id, status, '[]', '[]', 8, 'Убедительно.', sent_at + interval '3 days'
FROM w WHERE status IN ('ACCEPTED', 'RETURNED');

INSERT INTO credit (id, user_id, cohort_id, module_id, submission_id, reason, credited_at)
SELECT w.work_id * 10 + p, 1000000 + (w.n - 1) * 10 + p, cohort_id, module_id, work_id, '', sent_at + interval '3 days'
FROM w, generate_series(1, 10) AS p WHERE status = 'ACCEPTED';

INSERT INTO quiz_result (id, user_id, module_id, revision_id, answers, percent, taken_at)
SELECT w.work_id * 10 + p, 1000000 + (w.n - 1) * 10 + p, module_id, revision_id, '{}', 90, sent_at
FROM w, generate_series(1, 10) AS p WHERE running AND status <> 'DRAFT';

INSERT INTO certificate (id, number, code, user_id, cohort_id, team_id, holder_name, school_name,
  municipality, team_name, course_title, hours, modules, signer, signer_position, signature_sha256,
  issuer, issued_by_id, issued_at, pdf_sha256, state, revoked_reason)
SELECT u.id, 'ТС-2025-' || lpad(CAST(u.id - 1000000 AS text), 6, '0'), 'COUNTRY-' || u.id, u.id,
       t.cohort_id, t.id, u.full_name, 'Школа № ' || t.n, 'Округ ' || t.c, 'Команда ' || t.n,
       old.course_title, old.hours, old.modules, old.signer, old.signer_position, '', old.issuer,
       t.tutor_id, now() - interval '200 days' - t.n * interval '1 minute', old.pdf_sha256, 'VALID', ''
FROM t, generate_series(1, 10) AS p, "user" AS u, (SELECT * FROM certificate ORDER BY id LIMIT 1) AS old
WHERE NOT t.running AND t.n % 500 > 0 AND u.id = 1000000 + (t.n - 1) * 10 + p;

INSERT INTO audit_event (id, at, actor_id, action, object_type, object_id, object_title, after)
SELECT 1000000 + work_id, sent_at + interval '3 days', tutor_id, 'работа проверена', 'Submission',
       work_id, 'Команда ' || n, '{"решение": "зачтено"}'
FROM w WHERE status = 'ACCEPTED';

INSERT INTO message (id, submission_id, author_id, voice, text, form_token, written_at)
SELECT 1000000 + work_id * 2 + side, work_id,
       CASE WHEN side = 0 THEN 1000000 + (n - 1) * 10 + 1 ELSE tutor_id END,
       CASE WHEN side = 0 THEN 'OWNER' ELSE 'TUTOR' END, 'Вопрос и ответ', 'country-' || work_id || '-' || side,
       sent_at - interval '9 days' + side * interval '1 day'
FROM w, generate_series(0, 1) AS side WHERE (n + k) % 20 = 0;

INSERT INTO thread (submission_id, asked_at, tutor_id, answered_up_to, answer_id, answered_at)
SELECT work_id, NULL, tutor_id, 1000000 + work_id * 2, 1000000 + work_id * 2 + 1, sent_at - interval '8 days'
FROM w WHERE (n + k) % 20 = 0;
