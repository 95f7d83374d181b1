"""What a restored backup says to the features of the site."""

from blinker import signal

site_restored = signal(
    "site_restored",
    "A backup has become this site; sent after the commit with the path of the backup."
    " Each answer is a sentence for whoever restores.",
)
