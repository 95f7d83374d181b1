"""A lesson changes under its readers: planned, published, told, dismissed."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.stage import Visitor

