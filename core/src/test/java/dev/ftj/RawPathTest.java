package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawPathTest {
    @ParameterizedTest
    @CsvSource({
        "/fine-tune/jobs,/fine-tune/jobs",
        "fine-tune/jobs?limit=1&a=../b,/fine-tune/jobs?limit=1&a=../b",
        "/files/a%20b..c/...,/files/a%20b..c/...",
        "/files/%C3%85%c2%a0%2F?a=100%25,/files/%C3%85%c2%a0%2F?a=100%25",
        "'',/",
        "/v0.5/fine-tune/status,/fine-tune/status",
        "v0.5/files?a=/v0.6/b,/files?a=/v0.6/b",
        "/v0.5?a,/?a",
        "/v0.55/files,/v0.55/files",
        "/files/v0.6,/files/v0.6"
    })
    void aPathBelowTheBaseIsKept(String path, String target) {
        assertThat(RawPath.below(path, "v0.5")).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'', none, 'not an HTTP method'",
                "'GET /other HTTP/1.1\r\nHost: other\r\n\r\nGET', none, 'not an HTTP method'",
                "get, none, 'not an HTTP method: get'",
                "GET, {}, 'GET takes no body'",
                "HEAD, {}, 'HEAD takes no body'"
            })
    void whatIsNoMethodOrHasABodyThatItsMethodHasNotIsAUsageError(
            String method, @Nullable String body, String problem) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> ApiRequest.raw(method, "/files", "v0.5", body))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v0.6/fine_tuning/jobs", "v0.6", "/v0.6?a=1"})
    void aPathOfTheOtherVersionSaysHowToAskThere(String path) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> RawPath.below(path, "v0.5"))
                .withMessage("invalid path: it is of v0.6, but the endpoint is of v0.5."
                        + " Ask there with --endpoint v0.6.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "/../v1/users",
                "/a/../../b",
                "/a/./b",
                "/%2e%2e/b",
                "/.%2E/b",
                "/%252e%252e/b",
                "/a%2f..%2fb",
                "/a/..%5cb",
                "/..;x/b",
                "/..%3bx/b",
                "//host.example/a",
                "https://host.example/a",
                "/a b",
                "/a\\..\\b",
                "/a#b",
                "/a%zz",
                "/é",
                "/a\nb",
                "/a%00b",
                "/a%0D%0aX-Header:%20b",
                "/a%250ab",
                "/a%7f",
                "/a%C2%85b",
                "/a?b=%1b"
            })
    void aPathThatLeavesTheBaseOrIsNotValidIsAUsageError(String path) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> RawPath.below(path, "v0.5"))
                .withMessageStartingWith("invalid path: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
    }
}
