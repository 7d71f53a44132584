"""What ministack's CloudWatch leaves out: refusals, alarms by dimension, period and missing data, their events."""
