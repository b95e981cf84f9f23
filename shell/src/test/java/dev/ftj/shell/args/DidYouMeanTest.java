package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    @ParameterizedTest
    @CsvSource({
        "get,get,0",
        "gte,get,1",
        "ge,get,1",
        "gett,get,1",
        "gat,get,1",
        "teg,get,2",
        "list,ls,2",
        "abc,xyz,3",
        "'',ab,2",
        "'','',0",
        "abcdefgh,a,3"
    })
    void distancesCountSlipsOfTheFinger(String a, String b, int distance) {
        assertThat(DidYouMean.distance(a, b)).isEqualTo(distance);
        assertThat(DidYouMean.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void caseIsNoSlip() {
        assertThat(DidYouMean.to("JSON", List.of("jsonl", "json"))).isEqualTo("json");
    }

    @Test
    void upToEightChoicesAreAllNamedHoweverNearOneIs() {
        List<String> eight = List.of("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1");
        List<String> nine = List.of("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1");

        assertThat(DidYouMean.choice("a2", eight)).isEqualTo("Expected one of: a1, b1, c1, d1, e1, f1, g1, h1");
        assertThat(DidYouMean.choice("a2", nine)).isEqualTo("Did you mean a1?");
    }

    @Test
    void whereNothingIsNearAllAreNamed() {
        assertThat(DidYouMean.hint("zzzzz", List.of("bash", "zsh"))).isEqualTo("Expected one of: bash, zsh");
        assertThat(DidYouMean.hint("zzzzz", List.of())).isNull();
    }
}
