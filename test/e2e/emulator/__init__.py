"""AWS on this machine for the end-to-end tests: ministack deploys and runs, moto answers for SageMaker, this package joins them."""
