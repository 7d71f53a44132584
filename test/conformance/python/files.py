"""Reads the files of a folder with the SDK's own classes, a bucket in memory standing for S3, and says what they hold."""
import copy
import json
import sys

from sagemaker.core.model_monitor import Constraints, ConstraintViolations, Statistics

CLASSES = {"statistics": Statistics, "constraints": Constraints, "constraint_violations": ConstraintViolations}


class MemorySession:
    """As much of a session as the classes ask for."""

    default_bucket_prefix = None

    def __init__(self):
        self.objects = {}

    def default_bucket(self):
        return "bucket"

    def upload_string_as_file_body(self, body, bucket, key, kms_key=None):
        self.objects[bucket, key] = body

    def read_s3_file(self, bucket, key_prefix):
        return self.objects[bucket, key_prefix]


def answer(question):
    session = MemorySession()
    parsed = CLASSES[question["kind"]].from_file_path(question["file"], sagemaker_session=session)
    body = copy.deepcopy(parsed.body_dict)
    if "features" not in body or question["kind"] != "constraints":
        return {"body": body}
    parsed.set_monitoring(False)
    return {"body": body, "evaluates": parsed.body_dict["monitoring_config"]["evaluate_constraints"]}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
