package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpfree.binding.Origin;
import org.bpfree.binding.Problems;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;

/** Problems that show up only once the whole experiment is known. */
class LaterProblemsTest {
    private static LoadedExperiment load(ExperimentCheck... checks) {
        return new ExperimentLoader(InstalledTypes.find(), List.of(checks))
                .read("exp.yaml", Samples.COMPLETE, List.of());
    }

    @Test
    void checksReportAtTheSetting() {
        assertThatThrownBy(() -> load(
                        (experiment, problems) -> problems.add("model.layers.0.kernel", "does not fit."),
                        (experiment, problems) ->
                                problems.add("learner.mode", "does not suit " + experiment.name() + ".")))
                .isInstanceOf(Failure.class)
                .hasMessage("""
                        2 problems in exp.yaml
                        exp.yaml:9:41: model.layers.0.kernel: does not fit.
                                - {type: conv, filters: 64, kernel: 3}
                                                                    ^
                        exp.yaml:15:10: learner.mode: does not suit ekdaa-cifar10.
                            learner: {type: ekdaa, beta: 0.9, gamma: 0.1}
                                     ^""");
    }

    @Test
    void anArchitectureThatDoesNotFitTheImagesIsReportedAtItsSetting() {
        String text = Samples.SMALLEST.replace("{type: lenet}", "{type: vit-tiny, patch: 5}");

        assertThatThrownBy(() -> new ExperimentLoader(InstalledTypes.find(), List.of(new ModelCheck()))
                        .read("exp.yaml", text, List.of()))
                .isInstanceOf(Failure.class)
                .hasMessage("""
                        1 problem in exp.yaml
                        exp.yaml:3:47: model.architecture.patch: patches of 5x5 pixels do not divide images of 28x28. \
                        Choose a common divisor of both.
                            model: {architecture: {type: vit-tiny, patch: 5}}
                                                                          ^""");
    }

    @Test
    void attentionOverTooManyTokensIsReportedAtTheBatchSize() {
        String text = Samples.SMALLEST
                .replace("{type: lenet}", "{type: vit-tiny, patch: 1}")
                .replace("epochs: 1", "epochs: 1, batchSize: 500");

        assertThatThrownBy(() -> new ExperimentLoader(InstalledTypes.find(), List.of(new ModelCheck()))
                        .read("exp.yaml", text, List.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("training.batchSize: 500 images are too many")
                .hasMessageContaining("'attention1'")
                .hasMessageContaining("At most 218 do."); // 2^31 / (4 heads * 784 * 784 tokens * 4 bytes)
    }

    @Test
    void checksDoNotRunOnAnUnsoundExperiment() {
        ExperimentCheck never = (experiment, problems) -> {
            throw new AssertionError("called with " + experiment);
        };

        assertThatThrownBy(() -> new ExperimentLoader(InstalledTypes.find(), List.of(never))
                        .read("exp.yaml", "name: x", List.of()))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aLoadedExperimentKnowsItsPlaces() {
        LoadedExperiment loaded = load();

        assertThat(loaded.origin("training.epochs")).contains(new Origin.InFile(17, 20));
        assertThat(loaded.origin("training.twin")).contains(new Origin.BuiltIn());
        assertThat(loaded.origin("training.nothing")).isEmpty();
        assertThat(loaded.sourceText()).isEqualTo(Samples.COMPLETE);

        Problems problems = loaded.problems();
        problems.add("data.synthetic.size", "is odd.");
        assertThat(problems.sorted()).singleElement().satisfies(problem -> assertThat(problem.text())
                .startsWith("exp.yaml:4:3: data.synthetic.size: is odd."));
    }
}
