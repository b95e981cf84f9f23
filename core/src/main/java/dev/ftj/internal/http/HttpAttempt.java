package dev.ftj.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call, when it has ended: with a reply or a failure; nextIn is null if there is no further attempt.
 */
public record HttpAttempt(
        int number,
        HttpRequest request,
        String path,
        @Nullable HttpReply reply,
        @Nullable HttpFailure failure,
        Duration took,
        @Nullable Duration nextIn) {}
