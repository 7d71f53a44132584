"""Runs in the container of SageMaker Model Monitor: of each captured record, what the model was asked is analysed, and not what it answered."""
import base64
import csv
import io
import json


def preprocess_handler(inference_record):
    request = inference_record.endpoint_input
    text = base64.b64decode(request.data).decode("utf-8") if request.encoding == "BASE64" else request.data
    if request.encoding == "JSON":
        return json.loads(text)
    # The container sorts columns by name, so that their places are padded with zeros.
    rows = [{str(place).zfill(20): value for place, value in enumerate(row)} for row in csv.reader(io.StringIO(text)) if row]
    return rows[0] if len(rows) == 1 else rows
