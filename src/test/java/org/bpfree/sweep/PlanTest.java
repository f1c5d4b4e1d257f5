package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final String FOUR = "grid: {training.epochs: [1, 2]}\nseeds: [1, 2]\n";

    @TempDir
    private Path folder;

    private SweepFiles files;
    private Path file;
    private Plan plan;

    @BeforeEach
    void writePlan() {
        files = SweepFiles.in(folder);
        file = folder.resolve("plan.jsonl");
        plan = files.plan(FOUR);
        plan.write(file);
    }

    @Test
    void readsBackAsItWasWrittenWithTheCellOfAnIndexOnItsLine() {
        assertThat(Plan.read(file)).isEqualTo(plan);
        assertThat(files.read(file).lines().toList().get(2)).startsWith("{\"index\":2,");
    }

    @Test
    void writingTheSamePlanAgainChangesNothing() {
        String before = files.read(file);

        assertThat(files.plan(FOUR).write(file)).isFalse();
        assertThat(files.read(file)).isEqualTo(before);
    }

    @Test
    void anotherPlanDoesNotTakeItsPlace() {
        String before = files.read(file);

        assertThatThrownBy(() -> files.plan("grid: {training.epochs: [2, 3]}\nseeds: [1, 2]\n")
                        .write(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("4 cells there, 4 now, 2 in both")
                .hasMessageNotContaining("base");
        assertThat(files.read(file)).isEqualTo(before);
    }

    @Test
    void aChangedBaseIsNamedWhereThePlanIsMadeAndWhereItIsUsed() {
        assertThat(plan.baseChange(file)).isEmpty();

        files.write("base.yaml", SweepFiles.BASE.replace("learningRate: 0.1", "learningRate: 0.5"));

        assertThat(plan.baseChange(file).orElseThrow())
                .contains(folder.resolve("base.yaml").toString(), "Cells keep the configuration in");
        assertThatThrownBy(() -> files.plan(FOUR).write(file)).hasMessageContaining("the base base.yaml has changed");
        assertThat(Plan.read(file).cell(0).configuration()).contains("learningRate: 0.1");
    }

    @Test
    void anyDamageToALineIsFoundAndItsPlaceTold() {
        List<String> lines = files.read(file).lines().toList();
        String sound = lines.get(1);
        for (String damaged : List.of(
                sound.replace("training.epochs", "training.epoch"),
                sound.replace("\"1\"}", "\"3\"}"),
                sound.replace("epochs: 1", "epochs: 9"),
                sound.replace("\"seed\":2", "\"seed\":3"),
                sound.substring(0, sound.length() / 2),
                sound.replace("\"check\"", "\"chekc\""),
                "",
                "null",
                "{}")) {
            assertThat(damaged).isNotEqualTo(sound);
            List<String> changed = new ArrayList<>(lines);
            changed.set(1, damaged);
            Path other = files.write("damaged.jsonl", String.join("\n", changed) + "\n");

            assertThatThrownBy(() -> Plan.read(other))
                    .as(damaged)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("damaged.jsonl:2: ");
        }
        // Negative control: the same way of writing, without damage.
        Path whole = files.write("damaged.jsonl", String.join("\n", lines) + "\n");
        assertThatCode(() -> Plan.read(whole)).doesNotThrowAnyException();
    }

    @Test
    void missingRepeatedTurnedAndMixedLinesAreFound() {
        List<String> lines = new ArrayList<>(files.read(file).lines().toList());
        Path cut = files.write("cut.jsonl", String.join("\n", lines.subList(0, 3)) + "\n");
        assertThatThrownBy(() -> Plan.read(cut)).hasMessageContaining("has 3 cells, expected 4");

        Path empty = files.write("empty.jsonl", "");
        assertThatThrownBy(() -> Plan.read(empty)).hasMessageContaining("has 0 cells");

        Collections.swap(lines, 0, 1);
        Path turned = files.write("turned.jsonl", String.join("\n", lines) + "\n");
        assertThatThrownBy(() -> Plan.read(turned)).hasMessageContaining("turned.jsonl:1: is the line of index 1");
    }

    @Test
    void whatIsNoPlanIsRefused() {
        assertThatThrownBy(() -> Plan.read(folder.resolve("base.yaml"))).hasMessageContaining("this takes a plan");
        assertThatThrownBy(() -> Plan.read(files.write("text.jsonl", "words\n")))
                .hasMessageContaining("text.jsonl:1: not a cell");
        assertThatThrownBy(() -> Plan.read(folder.resolve("none.jsonl"))).hasMessageContaining("no such file");
    }

    @Test
    void anIndexBeyondThePlanIsExplained() {
        assertThat(plan.cell(3).index()).isEqualTo(3);
        assertThatThrownBy(() -> plan.cell(4)).hasMessageContaining("--index 4: the plan has 4 cells, expected 0 to 3");
        assertThatThrownBy(() -> plan.cell(-1)).hasMessageContaining("expected 0 to 3");
    }
}
