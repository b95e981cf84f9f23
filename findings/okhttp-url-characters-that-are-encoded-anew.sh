#!/bin/sh
# OkHttp 5.5.1, run 2026-11-27 on OpenJDK 17.0.15.
#
# Expected: a URL that is a valid request target is sent as it was given; a presigned URL's signature covers its bytes.
# What happens: HttpUrl.parse encodes ' in a query and | ^ ` { } in a path, and resolves dot segments, also encoded ones, so
# that the storage answers SignatureDoesNotMatch. Whoever signs with the AWS SDK encodes these characters; others need not.
# Output seen:
#   path: " # < > \ ^ ` { | }
#   query: " # ' < >
#   /a/../b: /b
#   /a/%2e%2E/b: /b
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import okhttp3.HttpUrl;

public class Finding {
    public static void main(String[] args) {
        StringBuilder path = new StringBuilder("path:");
        StringBuilder query = new StringBuilder("query:");
        for (char c = '!'; c <= '~'; c++) {
            HttpUrl inPath = HttpUrl.get("https://h/x" + c + "y");
            String target = inPath.encodedPath() + (inPath.encodedQuery() == null ? "" : "?" + inPath.encodedQuery());
            path.append(target.equals("/x" + c + "y") ? "" : " " + c);
            query.append(("x" + c + "y").equals(HttpUrl.get("https://h/?x" + c + "y").encodedQuery()) ? "" : " " + c);
        }
        System.out.println(path);
        System.out.println(query);
        System.out.println("/a/../b: " + HttpUrl.get("https://h/a/../b").encodedPath());
        System.out.println("/a/%2e%2E/b: " + HttpUrl.get("https://h/a/%2e%2E/b").encodedPath());
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java
