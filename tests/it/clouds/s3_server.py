"""S3 on this machine: moto's server, which answers one request at a time, so that its conditions hold, and none that is not signed.

Writes one line: the port and the keys of two users, one that may do everything with S3 and one that may do nothing. Ends with its standard input.
"""

import json
import os
import sys
import threading

# The requests that make the users and the bucket; from then on each is held to its signature and its user's rights.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "6"

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
threading.Thread(target=server.serve_forever, daemon=True).start()

known = dict(
    endpoint_url=f"http://127.0.0.1:{server.port}",
    region_name="us-east-1",
    aws_access_key_id="setup",
    aws_secret_access_key="setup",
)
iam = boto3.client("iam", **known)
users = {}
for name in ["writer", "stranger"]:
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    users[name] = [key["AccessKeyId"], key["SecretAccessKey"]]
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
iam.put_user_policy(UserName="writer", PolicyName="all", PolicyDocument=json.dumps(policy))
boto3.client("s3", **known).create_bucket(Bucket="states")

print(json.dumps({"port": server.port, **users}), flush=True)
sys.stdin.read()
