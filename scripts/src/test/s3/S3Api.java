import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The upload endpoints of the API before a real object storage: S3Proxy, which checks signatures, with multipart URLs that
 * the AWS SDK presigns. Prints its endpoint, then a line with the SHA-256 of each completed file, read back from the
 * storage. Arguments: a directory for the storage, the size of a part, the lifetime of the first URLs in seconds; URLs that
 * live for less than 10 s have expired when they are given out.
 */
public final class S3Api {
    private static final String BUCKET = "uploads";
    private static final Pattern TEXT = Pattern.compile("\"filename\": *\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern BYTES = Pattern.compile("\"num_bytes\": *([0-9]+)");
    private static final Pattern PART =
            Pattern.compile("\"part_number\": *([0-9]+), *\"part_token\": *\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final S3Client s3;
    private final S3Presigner presigner;
    private final long partSize;
    private final Duration lifetime;
    private String key = "";
    private String uploadId = "";
    private long size;

    private S3Api(S3Client s3, S3Presigner presigner, long partSize, Duration lifetime) {
        this.s3 = s3;
        this.presigner = presigner;
        this.partSize = partSize;
        this.lifetime = lifetime;
    }

    public static void main(String[] args) throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT")).setLevel(ch.qos.logback.classic.Level.OFF);
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", args[0]);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(ContextBuilder.newBuilder("filesystem")
                        .credentials("identity", "credential")
                        .overrides(properties)
                        .build(BlobStoreContext.class)
                        .getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AKIDFTJTEST", "secret+of/the~test")
                .build();
        proxy.start();
        while (!proxy.getState().equals("STARTED")) {
            Thread.sleep(20);
        }
        URI storage = URI.create("http://127.0.0.1:" + proxy.getPort());
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDFTJTEST", "secret+of/the~test"));
        S3Configuration paths = S3Configuration.builder().pathStyleAccessEnabled(true).build();
        S3Client s3 = S3Client.builder()
                .endpointOverride(storage)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .serviceConfiguration(paths)
                // S3Proxy knows no checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
        S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(storage)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .serviceConfiguration(paths)
                .build();
        s3.createBucket(b -> b.bucket(BUCKET));
        S3Api api = new S3Api(s3, presigner, Long.parseLong(args[1]), Duration.ofSeconds(Long.parseLong(args[2])));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", api::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/v0.5");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer;
        int status = 200;
        try {
            answer = answer(path, body);
        } catch (Exception e) {
            status = 500;
            answer = "{\"detail\": \"" + e.getClass().getSimpleName() + "\"}";
            System.out.println("failed: " + path + " " + e);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String answer(String path, String body) throws Exception {
        if (path.endsWith("/initiate")) {
            key = first(TEXT, body).replace("\\\"", "\"").replace("\\\\", "\\");
            size = Long.parseLong(first(BYTES, body));
            uploadId = s3.createMultipartUpload(b -> b.bucket(BUCKET).key(key)).uploadId();
            List<String> parts = new ArrayList<>();
            for (long offset = 0; offset < size; offset += partSize) {
                parts.add(part(parts.size() + 1, lifetime));
            }
            if (lifetime.compareTo(Duration.ofSeconds(10)) < 0) {
                Thread.sleep(lifetime.plusSeconds(1).toMillis());
            }
            return "{\"upload_id\": \"upl_1\", \"file_uid\": \"fil_1\", \"file_name\": \"x\", \"total_bytes\": " + size
                    + ", \"num_parts\": " + parts.size() + ", \"is_resume\": false, \"parts\": ["
                    + String.join(", ", parts) + "]}";
        }
        if (path.endsWith("/urls")) {
            List<String> parts = new ArrayList<>();
            Matcher numbers = NUMBER.matcher(body);
            while (numbers.find()) {
                parts.add(part(Integer.parseInt(numbers.group()), Duration.ofHours(1)));
            }
            System.out.println("new URL");
            return "{\"parts\": [" + String.join(", ", parts) + "]}";
        }
        if (path.endsWith("/complete")) {
            TreeMap<Integer, String> tokens = new TreeMap<>();
            Matcher parts = PART.matcher(body);
            while (parts.find()) {
                tokens.put(Integer.valueOf(parts.group(1)), parts.group(2).replace("\\\"", "\""));
            }
            List<CompletedPart> completed = new ArrayList<>();
            tokens.forEach((number, token) ->
                    completed.add(CompletedPart.builder().partNumber(number).eTag(token).build()));
            s3.completeMultipartUpload(
                    b -> b.bucket(BUCKET).key(key).uploadId(uploadId).multipartUpload(m -> m.parts(completed)));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = s3.getObject(b -> b.bucket(BUCKET).key(key))) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            System.out.println("sha256 " + HexFormat.of().formatHex(digest.digest()));
            return "{\"file_uid\": \"fil_1\", \"file_name\": \"" + key.replace("\\", "\\\\").replace("\"", "\\\"")
                    + "\", \"num_bytes\": " + size + ", \"file_status\": \"Registered\"}";
        }
        return "{}";
    }

    private String part(int number, Duration life) {
        long offset = (number - 1) * partSize;
        String url = presigner
                .presignUploadPart(p -> p.signatureDuration(life)
                        .uploadPartRequest(u -> u.bucket(BUCKET).key(key).uploadId(uploadId).partNumber(number)))
                .url()
                .toString();
        return "{\"part_number\": " + number + ", \"url\": \"" + url + "\", \"offset\": " + offset + ", \"length\": "
                + Math.min(partSize, size - offset) + "}";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(text);
        }
        return matcher.group(1);
    }
}
