#!/bin/sh
# openai 7.59.0 (npm) and com.openai:openai-java 4.101.0, run 2026-11-28 on Node 20.20.2 and OpenJDK 17.0.15, against a server
# on loopback that answers 500 twice. No network is used after the installation.
#
# Expected: a POST that starts a fine-tune is sent once, or with an idempotency key: a 500 leaves open whether a job was made.
# And a Retry-After of 61 seconds is waited for, or ends the call.
# What happens: both SDKs send the POST three times by default and without such a key; each may have made a job that costs
# money, and the caller sees the last one only. Retry-After holds up to 60 seconds: of 61, JavaScript waits less than a second,
# as if there were none, and Java 8 seconds. `maxRetries: 0` switches it off.
# Output seen:
#   JavaScript: 3 POST /v1/fine_tuning/jobs, idempotency keys 0, returned job-3, first wait of Retry-After 61 below 2 s
#   Java: 3 POST /v1/fine_tuning/jobs, idempotency keys 0, returned job-3, first wait of Retry-After 61 between 7 and 9 s
set -eu
dir=$(mktemp -d)
server=''
trap 'kill $server 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.openai</groupId><artifactId>openai-java</artifactId><version>4.101.0</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@7.59.0 >/dev/null 2>&1
cat >server.js <<'JS'
const fs = require("fs");
let calls = [];
const server = require("http").createServer((request, response) => {
    request.resume().on("end", () => {
        if (request.url === "/seen") {
            const keys = calls.filter((call) => call.key).length;
            const wait = calls[1].at - calls[0].at;
            response.end(`${calls.length} ${calls[0].what}, idempotency keys ${keys}, wait ${wait}`);
            calls = [];
            return;
        }
        const key = Object.keys(request.headers).some((name) => name.includes("idempotency"));
        calls.push({ what: `${request.method} ${request.url}`, key, at: Date.now() });
        response.writeHead(calls.length < 3 ? 500 : 200, { "Content-Type": "application/json", "Retry-After": "61" });
        response.end(JSON.stringify({ id: `job-${calls.length}`, object: "fine_tuning.job" }));
    });
});
// longer than the waits: a connection that is closed meanwhile would cost the Java SDK one of its attempts
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => fs.writeFileSync("port", String(server.address().port)));
JS
cat >finding.js <<'JS'
const OpenAI = require("openai");
new OpenAI({ apiKey: "sk-simulated", baseURL: process.argv[2] }).fineTuning.jobs
    .create({ model: "m", training_file: "file-1" })
    .then((job) => console.log(job.id));
JS
cat >Finding.java <<'JAVA'
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.finetuning.jobs.JobCreateParams;

public class Finding {
    public static void main(String[] args) {
        OpenAIClient client =
                OpenAIOkHttpClient.builder().apiKey("sk-simulated").baseUrl(args[0]).build();
        System.out.println(client.fineTuning()
                .jobs()
                .create(JobCreateParams.builder().model("m").trainingFile("file-1").build())
                .id());
    }
}
JAVA
node server.js &
server=$!
until [ -s port ]; do sleep 0.1; done
origin=http://127.0.0.1:$(cat port)
seen() { # LABEL RETURNED
    curl -s "$origin/seen" | sed 's/, wait / /' | awk -v label="$1" -v returned="$2" '{
        wait = $NF; sub(/ [0-9]+$/, "")
        range = wait < 2000 ? "below 2 s" : wait > 7000 && wait < 9000 ? "between 7 and 9 s" : wait " ms"
        print label ": " $0 ", returned " returned ", first wait of Retry-After 61 " range }'
}
{
    returned=$(node finding.js "$origin/v1")
    seen JavaScript "$returned"
    returned=$(java -cp "$(cat class-path)" Finding.java "$origin/v1" 2>log)
    seen Java "$returned"
} >output
cat >expected <<'OUT'
JavaScript: 3 POST /v1/fine_tuning/jobs, idempotency keys 0, returned job-3, first wait of Retry-After 61 below 2 s
Java: 3 POST /v1/fine_tuning/jobs, idempotency keys 0, returned job-3, first wait of Retry-After 61 between 7 and 9 s
OUT
cat output
diff expected output
