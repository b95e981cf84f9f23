package dev.ftj.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
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
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void caseIsNoSlip() {
        assertThat(Nearest.to("JSON", List.of("jsonl", "json"))).isEqualTo("json");
    }

    @Test
    void upToEightChoicesAreAllNamedHoweverNearOneIs() {
        List<String> eight = List.of("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1");
        List<String> nine = List.of("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1");

        assertThat(Nearest.choice("a2", eight)).isEqualTo("Possible: a1, b1, c1, d1, e1, f1, g1, h1");
        assertThat(Nearest.choice("a2", nine)).isEqualTo("Did you mean a1?");
    }

    @Test
    void whereNothingIsNearAllAreNamed() {
        assertThat(Nearest.hint("zzzzz", List.of("bash", "zsh"))).isEqualTo("Possible: bash, zsh");
        assertThat(Nearest.hint("zzzzz", List.of())).isNull();
    }
}
