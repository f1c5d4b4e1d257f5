package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bpfree.measure.ShallowFloor.Control;
import org.bpfree.measure.ShallowFloor.Gain;
import org.bpfree.measure.ShallowFloor.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShallowFloorTest {
    private static Run run(String learner, double accuracy, String... changed) {
        Map<String, String> settings = new java.util.HashMap<>(FlatSettings.of("""
                seed: 1
                data: {dataset: mnist, trainLimit: 0}
                model: {layers: [{type: dense, units: 10}]}
                optimizer: {learningRate: 0.1}
                training: {epochs: 2}
                learner: {frozen: hidden}
                """));
        settings.put("learner.type", learner);
        for (int i = 0; i < changed.length; i += 2) {
            assertThat(settings).containsKey(changed[i]);
            settings.put(changed[i], changed[i + 1]);
        }
        return new Run(settings, Double.isNaN(accuracy) ? OptionalDouble.empty() : OptionalDouble.of(accuracy));
    }

    @Test
    void theFloorIsTheBestControlWithAnotherLearningRate() {
        ShallowFloor floor = new ShallowFloor(
                List.of(run("shallow", 0.25), run("shallow", 0.5, "optimizer.learningRate", "1"), run("fa", 0.9)));

        assertThat(floor.gain(run("fa", 0.75))).isEqualTo(new Gain(Control.RUN, OptionalDouble.of(0.25)));
        assertThat(floor.gain(run("fa", 0.25)).text()).isEqualTo("-25.00");
        assertThat(floor.gain(run("shallow", 0.25)).control()).isEqualTo(Control.SELF);
        assertThat(floor.gain(run("fa", Double.NaN)).text()).isEqualTo("–");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "data.dataset", "data.trainLimit", "model.layers.0.units", "training.epochs"})
    void aControlOnSomethingElseIsNone(String path) {
        ShallowFloor floor = new ShallowFloor(List.of(run("shallow", 0.25, path, "77")));

        assertThat(floor.gain(run("fa", 0.75))).isEqualTo(new Gain(Control.NOT_RUN, OptionalDouble.empty()));
        assertThat(floor.gain(run("fa", 0.75)).text()).isEqualTo("shallow not run");
    }

    @Test
    void aControlWhoseDenseLayersLearnIsNoFloor() {
        Run dense = run("shallow", 0.5, "learner.frozen", "convolutions");
        ShallowFloor floor = new ShallowFloor(List.of(dense, run("shallow", 0.25)));

        assertThat(floor.gain(dense).text()).isEqualTo("+25.00");
    }

    @Test
    void aControlThatIsNotFinishedIsNone() {
        ShallowFloor floor = new ShallowFloor(List.of(run("shallow", Double.NaN)));

        assertThat(floor.gain(run("fa", 0.75)).control()).isEqualTo(Control.NOT_RUN);
    }

    @Test
    void aMeanTellsHowManySeedsHaveAFloor() {
        Gain half = new Gain(Control.RUN, OptionalDouble.of(0.5));
        Gain none = new Gain(Control.NOT_RUN, OptionalDouble.empty());

        assertThat(Gain.text(List.of(half, half))).isEqualTo("+50.00 ± 0.00");
        assertThat(Gain.text(List.of(none, half))).isEqualTo("+50.00 (1 of 2 seeds)");
        assertThat(Gain.text(List.of(none, none))).isEqualTo("shallow not run");
        assertThat(Gain.text(List.of())).isEqualTo("–");
    }
}
