"""Diagnostics and a survey of the sample module without a mistake."""

DIAGNOSTICS = """---
title: Вход и выход
---

## proba: составить пары

### А. Кого *первым*?

Пришли двое.

- [ ] Старшего
- [x] Того, кто просил
  Он просил.
- [ ] Обоих

### Б. Кого позвать?

- [x] Кто назвал дело
  Дело названо.
- [ ] Кто ближе
- [ ] Никого
"""
SURVEY = """---
title: Насколько это было полезно школе?
after_module: proba
scales:
  - {key: pary, text: Пары стали чаще, low: нет, high: да}
  - {key: lyudi, text: Людей стало больше, low: нет, high: да}
  - {key: vremya, text: Время ушло не зря, low: нет, high: да}
open_question: Что осталось у школы?
---

Ответы без имён.
"""
