"""SageMaker's API: jobs and pipeline executions are kept here, all other resources in moto."""
