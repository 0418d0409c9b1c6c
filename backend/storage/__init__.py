"""Bytes by key: a folder of this machine, or a bucket that speaks S3."""
