package org.bpfree.measure.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No false alarm: every learner with every setting that changes its rule, on every network it takes, from five seeds. */
@DisplayName("verify accepts")
class CorrectLearnersTest {
    /** Networks that not every learner takes; a refusal of any other is a mistake in the list. */
    private static final List<String> MAY_REFUSE = List.of("residual", "tokens");

    @TempDir
    private Path folder;

    /** The blocks of {@code correct-learners.txt}. */
    static Stream<Arguments> learners() throws IOException {
        try (InputStream stream = CorrectLearnersTest.class.getResourceAsStream("correct-learners.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n"))
                    .filter(block -> block.startsWith("# "))
                    .flatMap(CorrectLearnersTest::pairs);
        }
    }

    private static Stream<Arguments> pairs(String block) {
        List<String> lines = block.lines().toList();
        List<String> networks = List.of(lines.get(0).substring(2).split(" "));
        return lines.stream().skip(1).flatMap(learner -> networks.stream()
                .map(network -> Arguments.of(learner, network)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("learners")
    @DisplayName("a learner that is what it says")
    void acceptsFromFiveSeeds(String learner, String network) {
        Verify verify = new Verify(getClass().getClassLoader(), folder);
        for (int seed = 1; seed <= 5; seed++) {
            String[] settings = (learner + " ; seed=" + seed).split("[ ;]+(?=[a-zA-Z.]+=)");
            Verify.Outcome outcome = verify.run(
                    network, "{type: " + settings[0] + "}", Arrays.copyOfRange(settings, 1, settings.length));
            if (outcome.exitCode() == 2 && MAY_REFUSE.contains(network)) {
                assertThat(outcome.messages()).contains("model.layers");
                return; // the learner does not take this network, and says so
            }
            assertThat(outcome.broken())
                    .as("seed %d: %s", seed, outcome.messages())
                    .isEmpty();
            assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
        }
    }
}
