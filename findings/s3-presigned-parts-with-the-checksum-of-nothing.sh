#!/bin/sh
# @aws-sdk/client-s3 and s3-request-presigner 3.1175.0 and 3.1162.0, software.amazon.awssdk:s3 2.57.8, run 2026-11-27 on
# Node 20.20.2 and OpenJDK 17.0.15. No network is used after the installation.
#
# Expected: two SDKs of one vendor presign the upload of a part alike: bucket, key, part, expiry. The bytes are not known yet.
# What happens: the JavaScript SDK also signs `x-amz-checksum-crc32=AAAAAA==` into the URL, the CRC-32 of an empty body, which is
# what it has at that moment. A server that checks it refuses every part but an empty one, and a client that uploads to such a
# URL can do nothing about it: the parameter is signed. `requestChecksumCalculation: "WHEN_REQUIRED"` leaves it out. The Java SDK
# signs no checksum.
# Output seen:
#   JavaScript: partNumber uploadId x-amz-checksum-crc32=AAAAAA== x-amz-sdk-checksum-algorithm=CRC32
#   JavaScript, when required: partNumber uploadId
#   Java: partNumber uploadId
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.awssdk</groupId><artifactId>s3</artifactId><version>2.57.8</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @aws-sdk/client-s3@3.1175.0 @aws-sdk/s3-request-presigner@3.1162.0 >/dev/null 2>&1
cat >finding.js <<'JS'
const { S3Client, UploadPartCommand } = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
const credentials = { accessKeyId: "id", secretAccessKey: "secret" };
const part = { Bucket: "bucket", Key: "key", UploadId: "upload", PartNumber: 1 };
const presign = (settings) =>
    getSignedUrl(new S3Client({ region: "us-east-1", credentials, ...settings }), new UploadPartCommand(part));
(async () => {
    console.log(await presign({}));
    console.log(await presign({ requestChecksumCalculation: "WHEN_REQUIRED" }));
})();
JS
cat >Finding.java <<'JAVA'
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

public class Finding {
    public static void main(String[] args) {
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build()) {
            System.out.println(presigner.presignUploadPart(signed -> signed.signatureDuration(Duration.ofMinutes(10))
                            .uploadPartRequest(part ->
                                    part.bucket("bucket").key("key").uploadId("upload").partNumber(1)))
                    .url());
        }
    }
}
JAVA
parameters() { # of a URL, without those of every signature
    sed 's/.*?//' | tr '&' '\n' | grep -vi '^x-amz-\(algorithm\|content-sha256\|credential\|date\|expires\|signature\|signedheaders\)=' |
        grep -v '^x-id=' | sed 's/%3D/=/g; s/^\(partNumber\|uploadId\)=.*/\1/' | sort | paste -sd' '
}
NODE_NO_WARNINGS=1 node finding.js 2>/dev/null >urls
{
    echo "JavaScript: $(sed -n 1p urls | parameters)"
    echo "JavaScript, when required: $(sed -n 2p urls | parameters)"
    echo "Java: $(java -cp "$(cat class-path)" Finding.java 2>/dev/null | parameters)"
} >output
cat >expected <<'OUT'
JavaScript: partNumber uploadId x-amz-checksum-crc32=AAAAAA== x-amz-sdk-checksum-algorithm=CRC32
JavaScript, when required: partNumber uploadId
Java: partNumber uploadId
OUT
cat output
diff expected output
