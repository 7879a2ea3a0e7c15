"""Checks that write nothing: of what a build would read, and of what builds have written."""

from newsgen.check.inputs import CheckReport, check
from newsgen.check.written import VerifyReport, verify

__all__ = ["CheckReport", "VerifyReport", "check", "verify"]
