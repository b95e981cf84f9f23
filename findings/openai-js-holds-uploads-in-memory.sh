#!/bin/sh
# openai 7.59.0 (npm), run 2026-11-28 on Node 20.20.2 against a server on loopback. No network is used after the installation.
#
# Expected: `files.create({ file: fs.createReadStream(path) })` streams, and is repeated after a 500 like other calls, since a
# file can be read again. And `files.waitForProcessing` rejects if the service could not read the file.
# What happens: the whole stream is read into memory before the request begins (600 MB: a peak over 600 MB), and a 500 is not
# repeated, although creating a job is. waitForProcessing resolves with a file of status "error": whoever awaits it and goes on
# starts a fine-tune on a file that was refused.
# Output seen:
#   upload of 600 MB: 500 after 1 request, peak memory over 600 MB: true
#   waitForProcessing: resolved, status error
set -eu
dir=$(mktemp -d)
server=''
trap 'kill $server 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openai@7.59.0 >/dev/null 2>&1
cat >server.js <<'JS'
const fs = require("fs");
let uploads = 0;
const server = require("http").createServer((request, response) => {
    request.resume().on("end", () => {
        const upload = request.method === "POST";
        uploads += upload ? 1 : 0;
        response.writeHead(upload ? 500 : 200, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ id: "file-1", status: "error", uploads }));
    });
});
server.listen(0, "127.0.0.1", () => fs.writeFileSync("port", String(server.address().port)));
JS
cat >finding.js <<'JS'
const fs = require("fs");
const OpenAI = require("openai");
const client = new OpenAI({ apiKey: "sk-simulated", baseURL: process.argv[2] });
(async () => {
    const failure = await client.files
        .create({ file: fs.createReadStream("data.jsonl"), purpose: "fine-tune" })
        .catch((error) => error);
    const peak = process.resourceUsage().maxRSS / 1024;
    const { uploads } = await client.files.retrieve("file-1");
    console.log(`upload of 600 MB: ${failure.status} after ${uploads} request, peak memory over 600 MB: ${peak > 600}`);
    const end = await client.files.waitForProcessing("file-1").then(
        (file) => `resolved, status ${file.status}`,
        (error) => `rejected, ${error}`,
    );
    console.log(`waitForProcessing: ${end}`);
})();
JS
truncate -s 600M data.jsonl
node server.js &
server=$!
until [ -s port ]; do sleep 0.1; done
node finding.js "http://127.0.0.1:$(cat port)/v1" >output
cat >expected <<'OUT'
upload of 600 MB: 500 after 1 request, peak memory over 600 MB: true
waitForProcessing: resolved, status error
OUT
cat output
diff expected output
