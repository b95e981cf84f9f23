package dev.ftj.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, when it has ended.
 *
 * @param number 1 for the first
 * @param path the path and query as sent
 * @param reply null if none arrived
 * @param failure null if a response arrived
 * @param nextIn the time until the next attempt; null if there is none
 */
public record HttpAttempt(
        int number,
        HttpRequest request,
        String path,
        @Nullable HttpReply reply,
        @Nullable HttpFailure failure,
        Duration took,
        @Nullable Duration nextIn) {}
