package dev.ftj.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody writes by hand who knows OkHttp and Jackson: the same limits and time-outs, and nothing else. */
final class ByHand implements AutoCloseable {
    private static final int AT_ONCE = 8;

    private final JsonMapper mapper = new JsonMapper();
    private final OkHttpClient http;

    ByHand() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(AT_ONCE);
        http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(AT_ONCE, 45, TimeUnit.SECONDS))
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .writeTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(60))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }

    JsonNode job(String id) throws IOException {
        try (Response response = http.newCall(request(id)).execute()) {
            return record(response);
        }
    }

    CompletableFuture<JsonNode> jobAsync(String id) {
        CompletableFuture<JsonNode> future = new CompletableFuture<>();
        http.newCall(request(id)).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    future.complete(record(response));
                } catch (IOException e) {
                    future.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** The records of many jobs in the order of their ids. */
    AtomicReferenceArray<JsonNode> jobs(int count, IntFunction<String> ids) throws InterruptedException, IOException {
        AtomicReferenceArray<JsonNode> records = new AtomicReferenceArray<>(count);
        AtomicReference<IOException> failed = new AtomicReference<>();
        CountDownLatch missing = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int place = i;
            http.newCall(request(ids.apply(i))).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) throws IOException {
                    try (response) {
                        records.set(place, record(response));
                    } finally {
                        missing.countDown();
                    }
                }

                @Override
                public void onFailure(Call call, IOException e) {
                    failed.set(e);
                    missing.countDown();
                }
            });
        }
        missing.await();
        IOException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
        return records;
    }

    private Request request(String id) {
        return new Request.Builder()
                .url(Service.endpoint() + "/fine-tune/jobs/" + id)
                .header("Authorization", "Bearer " + Service.KEY)
                .header("Accept", "application/json")
                .header("User-Agent", "by-hand")
                .build();
    }

    private JsonNode record(Response response) throws IOException {
        if (!response.isSuccessful()) {
            throw new IOException("status " + response.code());
        }
        return mapper.readTree(response.body().bytes());
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
