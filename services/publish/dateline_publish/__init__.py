"""Publish: releases, holds and withdraws stories, in version order."""

RULES = "publish/2"
