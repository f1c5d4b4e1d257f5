package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Runs beside each other")
class RunNamesTest {
    private static Map<String, String> run(String learner, String rate, String seed) {
        return Map.of("name", "n" + seed, "learner.type", learner, "optimizer.learningRate", rate, "seed", seed);
    }

    @Test
    @DisplayName("are a group where they differ in their seed only")
    void seeds() {
        List<RunNames.Group> groups =
                RunNames.groups(List.of(run("fa", "0.1", "1"), run("frsf", "0.1", "1"), run("fa", "0.1", "2")));

        assertThat(groups)
                .containsExactly(
                        new RunNames.Group("fa", "fa", List.of(0, 2)), new RunNames.Group("frsf", "frsf", List.of(1)));
    }

    @Test
    @DisplayName("are named by what differs, and by their seeds where several are alike")
    void names() {
        assertThat(RunNames.each(List.of(
                        run("fa", "0.1", "1"), run("fa", "0.2", "1"), run("fa", "0.1", "2"), run("frsf", "0.1", "1"))))
                .containsExactly(
                        "fa, learningRate=0.1, seed 1", "fa, learningRate=0.2", "fa, learningRate=0.1, seed 2", "frsf");
    }

    @Test
    @DisplayName("of one seed are no seeds of a group: a run made twice stands by itself")
    void repeats() {
        List<Map<String, String>> twice = List.of(run("fa", "0.1", "1"), run("fa", "0.1", "1"));

        assertThat(RunNames.groups(twice).stream().map(RunNames.Group::runs)).containsExactly(List.of(0), List.of(1));
        assertThat(RunNames.each(twice)).containsExactly("fa", "fa, again");
    }
}
